package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.HistoryTable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Event;

/** The migration scripts, all of them plain versioned SQL and no two of the same version. */
public final class Migrations {
  private static final int NAMED = 20;

  /** One script. */
  public record Script(String file, MigrationVersion version, String description, String sql) {}

  private final Map<MigrationVersion, Script> byVersion = new TreeMap<>();

  private Migrations() {}

  /**
   * Sorts the files.
   *
   * @throws RunFailure {@link Outcome#UNSUPPORTED_MIGRATION} naming every file that is no such
   *     script, or {@link Outcome#DUPLICATE_VERSION}
   */
  public static Migrations of(List<Map<String, byte[]>> sources, RunRequest.Flyway flyway) {
    var migrations = new Migrations();
    var unsupported = new ArrayList<String>();
    var duplicate = new ArrayList<String>();
    for (var source : sources) {
      source.forEach(
          (file, content) -> {
            var name = Name.parse(file, flyway);
            var sql = decode(content);
            if (name.problem() != null || sql.isEmpty()) {
              unsupported.add(
                  file
                      + ": "
                      + (name.problem() != null
                          ? name.problem()
                          : "is not UTF-8 text, or has a null character"));
              return;
            }
            var script = new Script(file, Versions.of(name.version()), name.text(), sql.get());
            var other = migrations.byVersion.putIfAbsent(script.version(), script);
            if (other != null) {
              duplicate.add(
                  "version "
                      + script.version()
                      + (other.file().equals(file)
                          ? ": " + file + " is in two sources"
                          : ": " + other.file() + " and " + file));
            }
          });
    }
    refuse(Outcome.UNSUPPORTED_MIGRATION, "Not usable as migrations: ", unsupported);
    refuse(Outcome.DUPLICATE_VERSION, "Versions that exist twice: ", duplicate);
    return migrations;
  }

  private static void refuse(Outcome outcome, String what, List<String> problems) {
    if (!problems.isEmpty()) {
      var named = String.join("; ", problems.subList(0, Math.min(NAMED, problems.size())));
      throw new RunFailure(
          outcome,
          what
              + named
              + (problems.size() > NAMED ? "; and " + (problems.size() - NAMED) + " more" : "")
              + ". Nothing was done. Correct the migrations and apply them.");
    }
  }

  private static Optional<String> decode(byte[] content) {
    try {
      // Servers take a null character for the end, and of what is sent after it they make nothing.
      return Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString())
          .filter(text -> text.indexOf('\0') < 0);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The scripts in the order of their versions. */
  public List<Script> scripts() {
    return List.copyOf(byVersion.values());
  }

  /** The SQL of the scripts. */
  public List<String> texts() {
    return scripts().stream().map(Script::sql).toList();
  }

  /** The script of this version. */
  public Optional<Script> script(MigrationVersion version) {
    return Optional.ofNullable(byVersion.get(version));
  }

  /** Whether a version is the one before all scripts: 0, unless a script has it. */
  public boolean isBeginning(MigrationVersion version) {
    return version.equals(Versions.BEGINNING) && !byVersion.containsKey(version);
  }

  /** The versions that a history lists and no script has. */
  public List<String> missing(HistoryTable history) {
    return history.versions().stream()
        .filter(version -> !byVersion.containsKey(version))
        .filter(version -> !history.isStampedAtBeginning(version))
        .map(Versions::text)
        .toList();
  }

  /** Those of them whose version is wanted. */
  public Migrations only(Predicate<MigrationVersion> wanted) {
    var some = new Migrations();
    byVersion.forEach(
        (version, script) -> {
          if (wanted.test(version)) {
            some.byVersion.put(version, script);
          }
        });
    return some;
  }

  /** The highest version there is. */
  public Optional<MigrationVersion> newest() {
    return byVersion.isEmpty()
        ? Optional.empty()
        : Optional.of(((TreeMap<MigrationVersion, Script>) byVersion).lastKey());
  }

  /**
   * Refuses a version that no script has.
   *
   * @param field where the user wrote it
   * @throws RunFailure {@link Outcome#VERSION_MISSING}
   */
  public void require(String version, String field) {
    if (!byVersion.containsKey(Versions.of(version))) {
      throw new RunFailure(
          Outcome.VERSION_MISSING,
          "No migration has the version "
              + version
              + " of "
              + field
              + "; there are "
              + (byVersion.isEmpty() ? "no migrations at all" : "the versions " + list())
              + ". Nothing was done. Add the migration, or correct "
              + field
              + ".");
    }
  }

  private String list() {
    var versions = byVersion.keySet().stream().map(Versions::text).toList();
    return versions.size() <= NAMED
        ? String.join(", ", versions)
        : versions.getFirst() + " to " + versions.getLast() + ", " + versions.size() + " in all";
  }

  /** What a file's name says. */
  private record Name(String version, String text, String problem) {
    private static final String SEPARATOR = "__";

    static Name parse(String file, RunRequest.Flyway flyway) {
      var suffix =
          flyway.sqlMigrationSuffixes().stream()
              .filter(each -> file.toLowerCase(Locale.ROOT).endsWith(each.toLowerCase(Locale.ROOT)))
              .findFirst();
      if (suffix.isEmpty()) {
        var suffixes = flyway.sqlMigrationSuffixes().stream().collect(Collectors.joining(" or "));
        return bad(
            file.endsWith(".conf")
                ? "script configuration is not supported"
                : "only SQL scripts are, whose names end in " + suffixes);
      }
      var name = file.substring(0, file.length() - suffix.get().length());
      int end = name.indexOf(SEPARATOR);
      var head = end < 0 ? name : name.substring(0, end);
      if (Event.fromId(head) != null) {
        return bad("callbacks are not supported yet");
      }
      var prefix = flyway.sqlMigrationPrefix();
      if (!name.startsWith(prefix)) {
        return bad(
            switch (head.isEmpty() ? ' ' : head.charAt(0)) {
              case 'R' -> "repeatable migrations are not supported yet";
              case 'U' -> "undo migrations are not supported";
              case 'B' -> "baseline migrations are not supported";
              default -> "the name does not begin with " + prefix;
            });
      }
      var version = head.substring(prefix.length());
      if (!Versions.isComparable(version)) {
        return bad(
            "the name is not like "
                + prefix
                + "7__what_it_does"
                + suffix.get()
                + ", with a version of one to eight numbers");
      }
      var description = end < 0 ? "" : name.substring(end + SEPARATOR.length()).replace('_', ' ');
      return new Name(version, description, null);
    }

    private static Name bad(String problem) {
      return new Name(null, null, problem);
    }
  }
}
