/**
 * The places of the runner's source that end a run, and the texts of their messages. Begin with
 * {@link dev.schemaversion.runner.failures.WaysOutTest}.
 */
package dev.schemaversion.runner.failures;
