/** A Kubernetes cluster to test on, wherever the tests run, and the images that go into it. */
package dev.schemaversion.e2e.cluster;
