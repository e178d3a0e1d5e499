/**
 * Decides whether a workload may start: the versions that it requires, compared with the version
 * that is recorded for the database. Begin with {@link dev.schemaversion.decide.gate.Verdict}.
 */
package dev.schemaversion.decide.gate;
