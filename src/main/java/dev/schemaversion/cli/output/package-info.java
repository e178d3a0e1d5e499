/**
 * How results are printed: as text for people and as JSON for machines. Begin with {@link
 * dev.schemaversion.cli.output.Result}.
 */
package dev.schemaversion.cli.output;
