/**
 * Reads the connection data of a Secret, by the names that database operators and platforms give
 * them. Begin with {@link dev.schemaversion.runner.engine.secret.DatabaseSecret}.
 */
package dev.schemaversion.runner.engine.secret;
