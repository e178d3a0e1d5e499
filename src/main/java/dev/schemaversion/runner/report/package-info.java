/** The log, the progress and the report of a run, and the messages in them. */
package dev.schemaversion.runner.report;
