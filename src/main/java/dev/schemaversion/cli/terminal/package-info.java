/**
 * What the commands of the command line and of the kubectl plugin get from the process they run in.
 * Begin with {@link dev.schemaversion.cli.terminal.Terminal}.
 */
package dev.schemaversion.cli.terminal;
