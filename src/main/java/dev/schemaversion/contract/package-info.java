/**
 * The contract between operator and runner: the request and the mounts of a Job, the exit codes and
 * the report. Both sides come from one image, so their versions cannot differ. Begin with {@link
 * dev.schemaversion.contract.RunRequest} and {@link dev.schemaversion.contract.Report}.
 */
package dev.schemaversion.contract;
