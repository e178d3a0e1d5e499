/**
 * Proves which version a schema has: claim, replay, rehearsal, comparison, acceptance. Knows no
 * migration tool but through {@link dev.schemaversion.runner.proof.MigrationTool}. Begin with
 * {@link dev.schemaversion.runner.proof.SchemaProof}.
 */
package dev.schemaversion.runner.proof;
