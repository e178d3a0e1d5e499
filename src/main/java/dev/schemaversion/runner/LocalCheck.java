package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.MigrationFiles;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Script;
import dev.schemaversion.runner.flyway.script.Script.Kind;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.flyway.setup.ScriptParsing;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads migrations without a database: names, order, and whether they can be parsed. */
public final class LocalCheck {
  private LocalCheck() {}

  /**
   * What was found.
   *
   * @param outcome {@link Outcome#SUCCEEDED}, or what a run with these migrations would end with
   * @param problems one text for each problem
   * @param versions the versions in their order; empty if the names are wrong
   * @param files the scripts in the order in which Flyway takes them
   * @param ignored the files that are no migrations
   */
  public record Found(
      Outcome outcome,
      List<String> problems,
      List<String> versions,
      List<String> files,
      List<String> ignored) {
    /** The newest version; null if there is none. */
    public String newest() {
      return versions.isEmpty() ? null : versions.getLast();
    }
  }

  /**
   * Reads names and order, and parses no script.
   *
   * @param files content by path
   * @param engine the engine's name
   */
  public static Found names(Map<String, byte[]> files, FlywaySettings flyway, String engine) {
    try {
      return found(MigrationFiles.read(List.of(files), flyway, engine), List.of());
    } catch (RunFailure e) {
      return refused(e);
    }
  }

  /** Reads names and order, and parses every script. */
  public static Found all(Map<String, byte[]> files, FlywaySettings flyway, String engine) {
    try {
      var migrations = MigrationFiles.read(List.of(files), flyway, engine);
      return found(migrations, ScriptParsing.problems(migrations, flyway, engine));
    } catch (RunFailure e) {
      return refused(e);
    }
  }

  private static Found refused(RunFailure failure) {
    return new Found(
        failure.outcome(), List.of(failure.getMessage()), List.of(), List.of(), List.of());
  }

  private static Found found(Migrations migrations, List<String> problems) {
    return new Found(
        problems.isEmpty() ? Outcome.SUCCEEDED : Outcome.MIGRATION_FAILED,
        problems,
        Stream.concat(migrations.all(Kind.VERSIONED), migrations.all(Kind.BASELINE))
            .map(Script::version)
            .distinct()
            .sorted()
            .map(Versions::text)
            .toList(),
        migrations.scripts().stream().map(Script::file).toList(),
        migrations.ignored());
  }
}
