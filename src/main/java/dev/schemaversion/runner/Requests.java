package dev.schemaversion.runner;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.report.ReportDraft;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the request and refuses one that cannot be carried out. */
public final class Requests {
  /** Absolute, and no part of it begins with a dot. */
  private static final Pattern FOLDER = Pattern.compile("/|(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  private Requests() {}

  /**
   * The request in this text.
   *
   * @throws RunFailure {@link Outcome#INVALID_REQUEST}
   */
  public static RunRequest read(String text, ReportDraft report) {
    if (text == null || text.isBlank()) {
      throw invalid("The environment variable " + Mounts.REQUEST + " is not set");
    }
    RunRequest request;
    try {
      request = Codec.readRequest(text);
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          Outcome.INVALID_REQUEST,
          e.getMessage()
              + ". Operator and runner must be of the same release; then set the annotation"
              + " schemaversion.dev/retry.",
          null,
          e);
    }
    if (request == null) {
      throw invalid("The request is empty");
    }
    return checked(request, report);
  }

  /**
   * The same request, if it can be carried out.
   *
   * @throws RunFailure {@link Outcome#INVALID_REQUEST}
   */
  static RunRequest checked(RunRequest request, ReportDraft report) {
    report.step(request.step());
    check(request);
    return request;
  }

  private static void check(RunRequest request) {
    var database = request.database();
    var flyway = request.flyway();
    if (request.step() == null || database == null || flyway == null) {
      throw invalid("The request lacks its step, database or flyway");
    }
    Engines.named(database.engine());
    if (request.command() == null) {
      checkVersions(request);
    } else {
      CommandRequests.check(request);
    }
    if (database.port() != null && (database.port() < 1 || database.port() > 65_535)) {
      throw invalid("spec.database.port: " + database.port() + " is not a number from 1 to 65535");
    }
    if (isNullOrEmpty(flyway.sqlMigrationSuffixes())) {
      throw invalid("spec.migrations.flyway.sqlMigrationSuffixes needs at least one suffix");
    }
    if (database.schemas() != null && database.schemas().stream().anyMatch(Requests::blank)) {
      throw invalid("spec.database.schemas has a schema without a name");
    }
    if (blank(flyway.table()) || blank(flyway.sqlMigrationPrefix())) {
      throw invalid("spec.migrations.flyway lacks table or sqlMigrationPrefix");
    }
    var limits = request.limitsOrDefault();
    if (Stream.of(limits.run(), limits.lockWait(), limits.statement())
        .anyMatch(seconds -> seconds != null && seconds < 1)) {
      throw invalid("spec.job.limits has a limit of less than a second");
    }
    var image = request.image();
    if (image != null && !FOLDER.matcher(String.valueOf(image.path())).matches()) {
      throw invalid(
          "spec.migrations.image.path: “"
              + image.path()
              + "” is not absolute, or leads out of its image");
    }
    if (flyway.table().contains("${")
        || database.schemas().stream().anyMatch(s -> s.contains("${"))) {
      throw invalid(
          "The names in spec.database.schemas and spec.migrations.flyway.table must not have ${ in them, which Flyway takes for a"
              + " placeholder");
    }
    // Flyway does not double quotes in the names of the table's index and key.
    if (flyway.table().chars().anyMatch(c -> c == '"' || c == '`' || c == 0)) {
      throw invalid("spec.migrations.flyway.table must not have a quote in it");
    }
  }

  private static void checkVersions(RunRequest request) {
    if (!Versions.isComparable(request.version())
        || (request.baselineVersion() != null
            && !Versions.isComparable(request.baselineVersion()))) {
      throw invalid(
          "spec.version: a version must be numbers with dots or underscores between them");
    }
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }

  private static boolean isNullOrEmpty(List<String> values) {
    return values == null || values.isEmpty() || values.stream().anyMatch(Requests::blank);
  }

  static RunFailure invalid(String message) {
    return new RunFailure(
        Outcome.INVALID_REQUEST,
        message
            + ". Correct that field of the resource. If it is correct, operator and runner are of"
            + " different releases: upgrade the operator, then set the annotation"
            + " schemaversion.dev/retry.");
  }
}
