package dev.schemaversion.runner;

import dev.schemaversion.contract.RunRequest;
import java.util.List;

/** Refuses a request for a migration tool of the user that cannot be carried out. */
final class CommandRequests {
  private CommandRequests() {}

  static void check(RunRequest request) {
    var command = request.command();
    if (isEmpty(command.versions())) {
      throw Requests.invalid("spec.migrations.command.versions has no version");
    }
    if (isEmpty(command.migrate())) {
      throw Requests.invalid("spec.migrations.command.migrate has no program");
    }
    if (isEmpty(command.historyTables())) {
      throw Requests.invalid("spec.migrations.command.history.tables has no table");
    }
    if (command.files() == null || command.env() == null) {
      throw Requests.invalid("The request lacks the files or the environment of the tool");
    }
    if (request.limitsOrDefault().rewrite() != null) {
      throw Requests.invalid(
          "spec.job.limits.rewrite is for Flyway: of another tool's statements nothing is known");
    }
  }

  private static boolean isEmpty(List<String> texts) {
    return texts == null || texts.isEmpty() || texts.contains(null);
  }
}
