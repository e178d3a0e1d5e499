/**
 * What the operator reads from the API server, and how much memory that takes: the client with its
 * filter of answers, and the ConfigMaps with migrations. Begin with {@link
 * dev.schemaversion.operator.watch.KeptFields}.
 */
package dev.schemaversion.operator.watch;
