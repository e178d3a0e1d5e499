package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.history.HistoryTable;
import dev.schemaversion.runner.flyway.script.Script.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;

/**
 * A set of scripts for Flyway: versioned, baseline and repeatable migrations, and callbacks. {@link
 * MigrationFiles} reads it.
 *
 * @param scripts versioned and baseline migrations in the order of their versions, then the others
 * @param ignored the paths of the files that are no scripts
 */
public record Migrations(List<Script> scripts, List<String> ignored) {
  private static final int NAMED = 20;

  /** Copies the lists. */
  public Migrations {
    scripts = List.copyOf(scripts);
    ignored = List.copyOf(ignored);
  }

  /** The SQL of the scripts. */
  public List<String> texts() {
    return scripts.stream().map(Script::sql).toList();
  }

  /** The scripts of one kind. */
  public Stream<Script> all(Kind kind) {
    return scripts.stream().filter(script -> script.kind() == kind);
  }

  /** How many migrations there are, without callbacks. */
  public int size() {
    return scripts.size() - (int) callbacks().count();
  }

  /** The migration of this version: the versioned one, or else the baseline one. */
  public Optional<Script> script(MigrationVersion version) {
    return Stream.concat(all(Kind.VERSIONED), all(Kind.BASELINE))
        .filter(script -> script.version().equals(version))
        .findFirst();
  }

  /** Whether a version is the one before all scripts: 0, unless a script has it. */
  public boolean isBeginning(MigrationVersion version) {
    return version.equals(Versions.BEGINNING) && script(version).isEmpty();
  }

  /** The versions that a history lists and no script has. */
  public List<MigrationVersion> missingVersions(HistoryTable history) {
    var versions = versions();
    return history.versions().stream()
        .filter(version -> !versions.contains(version))
        .filter(version -> !history.isStampedAtBeginning(version))
        .toList();
  }

  private TreeSet<MigrationVersion> versions() {
    var versions = new TreeSet<MigrationVersion>();
    scripts.stream().map(Script::version).filter(v -> v != null).forEach(versions::add);
    return versions;
  }

  /** Those whose version is wanted, and those that have none. */
  public Migrations only(Predicate<MigrationVersion> wanted) {
    return where(script -> script.version() == null || wanted.test(script.version()));
  }

  /**
   * Without the finishing scripts: the repeatable migrations, and the callbacks that run when the
   * versioned migrations are done.
   */
  public Migrations withoutFinishing() {
    return where(script -> !isFinishing(script));
  }

  /** Whether there are scripts without a version that run in a migrate. */
  public boolean haveUnversioned() {
    return all(Kind.REPEATABLE).findAny().isPresent()
        || all(Kind.CALLBACK).anyMatch(script -> CallbackEvent.of(script).isOfMigrate());
  }

  /** The callbacks that run in each migrate, even if no migration is pending. */
  public Stream<Script> callbacks() {
    return all(Kind.CALLBACK).filter(script -> CallbackEvent.of(script).runsAlways());
  }

  /** The versions of the baseline scripts, the highest first. */
  public List<MigrationVersion> baselines() {
    return all(Kind.BASELINE).map(Script::version).sorted(Comparator.reverseOrder()).toList();
  }

  /**
   * Without the baseline scripts above the wanted version. Flyway would begin an empty database
   * with the highest one, also above its target.
   */
  public Migrations towards(MigrationVersion wanted) {
    return where(s -> s.kind() != Kind.BASELINE || !s.version().isNewerThan(wanted));
  }

  /**
   * One way from an empty database to the newest version.
   *
   * @param baseline the version of the baseline script that it begins with; empty for the versioned
   *     migrations alone
   */
  public Migrations chain(Optional<MigrationVersion> baseline) {
    return where(
        script ->
            switch (script.kind()) {
              case VERSIONED -> baseline.filter(b -> !script.version().isNewerThan(b)).isEmpty();
              case BASELINE -> baseline.filter(script.version()::equals).isPresent();
              case REPEATABLE, CALLBACK -> true;
            });
  }

  private static boolean isFinishing(Script script) {
    return switch (script.kind()) {
      case VERSIONED, BASELINE -> false;
      case REPEATABLE -> true;
      case CALLBACK -> CallbackEvent.of(script).isFinishing();
    };
  }

  private Migrations where(Predicate<Script> wanted) {
    return new Migrations(scripts.stream().filter(wanted).toList(), ignored);
  }

  /** The highest version there is. */
  public Optional<MigrationVersion> newest() {
    var versions = versions();
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.last());
  }

  /**
   * Refuses a version that no migration has.
   *
   * @param field where the user wrote it
   * @throws RunFailure {@link Outcome#VERSION_MISSING}
   */
  public void require(String version, String field) {
    if (!versions().contains(Versions.of(version))) {
      throw new RunFailure(
          Outcome.VERSION_MISSING,
          "No migration has the version "
              + version
              + " of "
              + field
              + "; there are "
              + (versions().isEmpty() ? "no migrations at all" : "the versions " + list())
              + ". Nothing was done. Add the migration to spec.migrations, or correct "
              + field
              + ".");
    }
  }

  private String list() {
    var versions = versions().stream().map(Versions::text).toList();
    return versions.size() <= NAMED
        ? String.join(", ", versions)
        : versions.getFirst() + " to " + versions.getLast() + ", " + versions.size() + " in all";
  }
}
