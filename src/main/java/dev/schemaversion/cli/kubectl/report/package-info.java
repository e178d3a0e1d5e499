/**
 * {@code report}: one archive for support. It contains no Secret, no content of a ConfigMap, and no
 * value of an environment variable that is not the project's own. Begin with {@link
 * dev.schemaversion.cli.kubectl.report.ReportCommand}.
 */
package dev.schemaversion.cli.kubectl.report;
