package dev.schemaversion.runner;

import dev.schemaversion.contract.RunRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses a request for a migration tool of the user that cannot be carried out. */
final class CommandRequests {
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

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
    check(command.files().keySet(), FILE, "files: a key is a file name without a path");
    check(command.env().keySet(), VARIABLE, "env: a key is the name of an environment variable");
    if (request.limitsOrDefault().rewrite() != null) {
      throw Requests.invalid(
          "spec.job.limits.rewrite is for Flyway: of another tool's statements nothing is known");
    }
  }

  private static void check(Set<String> names, Pattern valid, String rule) {
    for (var name : names) {
      if (!valid.matcher(name).matches()) {
        throw Requests.invalid("spec.migrations.command." + rule + ", and “" + name + "” is none");
      }
    }
  }

  private static boolean isEmpty(List<String> texts) {
    return texts == null || texts.isEmpty() || texts.contains(null);
  }
}
