/** The commands, one class each. Begin with {@link dev.schemaversion.cli.command.ProveCommand}. */
package dev.schemaversion.cli.command;
