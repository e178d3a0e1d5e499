/**
 * The log, the progress and the report of a run, and the messages in them. Begin with {@link
 * dev.schemaversion.runner.report.ReportDraft}.
 */
package dev.schemaversion.runner.report;
