/**
 * Watches the API server with bounded memory: the client and its response filter, the event sources
 * of SchemaVersions, and the ConfigMaps with migrations. Begin with {@link
 * dev.schemaversion.operator.watch.KeptFields}.
 */
package dev.schemaversion.operator.watch;
