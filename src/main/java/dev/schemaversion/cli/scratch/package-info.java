/**
 * Where the scratch server of a command comes from. Begin with {@link
 * dev.schemaversion.cli.scratch.ScratchSource}.
 */
package dev.schemaversion.cli.scratch;
