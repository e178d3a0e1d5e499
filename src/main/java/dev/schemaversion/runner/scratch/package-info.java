/**
 * The scratch server as the proof and the steps see it, and the ways in which it can fail. Begin
 * with {@link dev.schemaversion.runner.scratch.ScratchDatabases}.
 */
package dev.schemaversion.runner.scratch;
