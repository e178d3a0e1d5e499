/**
 * The scratch server as the proof and the steps use it, and the exceptions for its failures. Begin
 * with {@link dev.schemaversion.runner.scratch.ScratchDatabases}.
 */
package dev.schemaversion.runner.scratch;
