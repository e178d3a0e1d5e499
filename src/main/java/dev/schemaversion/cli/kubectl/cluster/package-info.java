/**
 * The edge of the plugin: options of the connection, requests to the API server, and the messages
 * about its refusals. Begin with {@link dev.schemaversion.cli.kubectl.cluster.Cluster}.
 */
package dev.schemaversion.cli.kubectl.cluster;
