package dev.schemaversion.cli.scratch;

import dev.schemaversion.contract.RunRequest;

/** A scratch server that the user names, and that stays. */
record GivenServer(RunRequest.Scratch address) implements ScratchSource {
  @Override
  public void close() {}
}
