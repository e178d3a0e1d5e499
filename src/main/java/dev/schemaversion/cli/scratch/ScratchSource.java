package dev.schemaversion.cli.scratch;

import dev.schemaversion.contract.request.RequestedScratch;

/** A scratch server for one command. Closing it ends the server if the command has started it. */
public interface ScratchSource extends AutoCloseable {
  /** The address, and the password if it requires one. */
  RequestedScratch address();

  /** Why the server does not answer, if it is known; else empty. */
  default String problem() {
    return "";
  }

  @Override
  void close();
}
