/**
 * The options of the commands, and what they say together with a manifest and the environment.
 * Begin with {@link dev.schemaversion.cli.option.RunOptions}.
 */
package dev.schemaversion.cli.option;
