package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** Has plain Flyway and the runner migrate a database each by one set, and compares the two. */
final class SetRun {
  /**
   * What the runner did otherwise than it must.
   *
   * @param kind what is wrong, without the particulars of the set
   */
  record Problem(String kind, String details) {}

  /** Plain Flyway refuses the set, which says nothing about the runner. */
  static final class PlainFlywayRefused extends RuntimeException {
    PlainFlywayRefused(FlywayException cause) {
      super("Plain Flyway refuses the set: " + cause.getMessage(), cause);
    }
  }

  /** Ends the comparison at the first problem. */
  private static final class Found extends RuntimeException {
    private final transient Problem problem;

    Found(String kind, String details) {
      this.problem = new Problem(kind, details);
    }
  }

  private final MigrationSet set;
  private final TestDatabase plain;
  private final TestDatabase ours;
  private final PlainFlyway flyway;
  private final Job adopting;
  private final Job migrating;

  private SetRun(MigrationSet set, Path folder) throws IOException {
    this.set = set;
    var engine = set.engine();
    plain = engine.fresh();
    ours = engine.fresh();
    var migrations = Files.createDirectory(folder.resolve("plain"));
    flyway = new PlainFlyway(engine, plain, migrations, set.options());
    adopting = engine.job(folder.resolve("adopting"), plain).flyway(set.options());
    migrating = engine.job(folder.resolve("migrating"), ours).flyway(set.options());
  }

  /** The first problem with a set, if there is one. */
  static Optional<Problem> problem(MigrationSet set) {
    try {
      var folder = Files.createTempDirectory("set");
      try {
        var run = new SetRun(set, folder);
        try {
          return run.problem();
        } finally {
          set.engine().drop(run.plain);
          set.engine().drop(run.ours);
        }
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Optional<Problem> problem() {
    try {
      for (var stop : set.stops()) {
        stop(stop, stop.equals(set.stops().getFirst()));
      }
      failIfSomethingRunsAgain(set.stops().getLast());
      return Optional.empty();
    } catch (Found found) {
      return Optional.of(found.problem);
    }
  }

  private void stop(MigrationSet.Stop stop, boolean first) {
    try {
      flyway.migrate(stop);
    } catch (FlywayException e) {
      throw new PlainFlywayRefused(e);
    }
    mount(adopting, stop);
    mount(migrating, stop);
    failIfNotProven("adopting what plain Flyway left", stop, adopting.baseline());
    if (first) {
      failIfNotProven("baseline of the empty database", stop, migrating.baseline());
    }
    var sync = migrating.sync();
    failIfNotProven("sync", stop, sync);
    failIfDrifted(stop, sync, migrating.verify());
    var difference = state(plain).difference(state(ours));
    if (!difference.isEmpty()) {
      throw new Found(difference.lines().findFirst().orElseThrow(), at(stop) + ": " + difference);
    }
  }

  /** The runner goes on where plain Flyway has ended. */
  private void failIfSomethingRunsAgain(MigrationSet.Stop stop) {
    var before = state(plain).history();
    var sync = adopting.sync();
    failIfNotProven("sync after plain Flyway", stop, sync);
    var after = state(plain).history();
    if (!after.equals(before)) {
      throw new Found(
          "sync after plain Flyway ran something again", at(stop) + ": " + after + sync.log());
    }
  }

  private static void mount(Job job, MigrationSet.Stop stop) {
    job.version(stop.target()).files.sources().getFirst().clear();
    stop.files().forEach((name, content) -> job.file(0, name, content));
  }

  private DatabaseState state(TestDatabase database) {
    return DatabaseState.of(set.engine(), database, set.options().table());
  }

  private static void failIfNotProven(String step, MigrationSet.Stop stop, Job.Ended ended) {
    var report = ended.report();
    var verdict = report.proof() == null ? null : report.proof().verdict();
    if (report.outcome() != Outcome.SUCCEEDED || verdict != Proof.Verdict.Equal) {
      throw new Found(
          step + " ended " + report.outcome() + ", " + verdict,
          at(stop) + ": " + step + ": " + report.message() + "\n" + ended.log());
    }
  }

  private static void failIfDrifted(MigrationSet.Stop stop, Job.Ended sync, Job.Ended verify) {
    if (!sync.report().schema().equals(verify.report().schema())) {
      throw new Found(
          "verify finds another schema than sync left",
          at(stop) + ": " + sync.report() + "\n" + verify.report());
    }
  }

  private static String at(MigrationSet.Stop stop) {
    return "migrated to " + stop.target();
  }
}
