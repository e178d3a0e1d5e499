/**
 * Starts a Kubernetes cluster for tests, and builds and loads images. Begin with {@link
 * dev.schemaversion.e2e.cluster.Cluster}.
 */
package dev.schemaversion.e2e.cluster;
