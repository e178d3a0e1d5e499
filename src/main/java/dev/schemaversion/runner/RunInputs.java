package dev.schemaversion.runner;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.report.ReportDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The inputs of a run besides its request, and where its report goes. */
interface RunInputs extends Target.Mounted {
  /**
   * The migrations of all sources, content by file name.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure {@code INPUTS_CHANGED} if they are not what
   *     the request is about
   */
  List<Map<String, byte[]>> migrations(RunRequest request, ReportDraft report);

  /** The folder that has what the runner shares with a migration tool of the user's. */
  Path root();

  /** Writes the report's text. */
  void writeReport(String json) throws IOException;
}
