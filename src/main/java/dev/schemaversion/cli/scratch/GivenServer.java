package dev.schemaversion.cli.scratch;

import dev.schemaversion.contract.request.RequestedScratch;

/** A scratch server that the user names, and that stays. */
record GivenServer(RequestedScratch address) implements ScratchSource {
  @Override
  public void close() {}
}
