/**
 * Migrations by the user's own tool, in a container of its own. The runner knows of the tool only
 * how to have it migrate one database to one version, and which tables it keeps its history in.
 * Begin with {@link dev.schemaversion.runner.command.CommandTool}.
 */
package dev.schemaversion.runner.command;
