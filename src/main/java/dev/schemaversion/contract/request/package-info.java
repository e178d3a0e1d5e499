/**
 * The parts of the request for a run: database, migrations or tool, limits, rules and what is
 * known. Begin with {@link dev.schemaversion.contract.RunRequest}.
 */
package dev.schemaversion.contract.request;
