package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.Script.Kind;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;

/** Reads the files of the sources into one set of scripts, and refuses what is wrong with them. */
public final class MigrationFiles {
  private static final int NAMED = 20;
  private static final String CONFIGURATION = ".conf";

  private final ScriptNaming naming;
  private final Charset encoding;
  private final List<Script> scripts = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final List<String> unsupported = new ArrayList<>();
  private final List<String> duplicates = new ArrayList<>();
  private final Map<String, Script> byIdentity = new HashMap<>();

  private MigrationFiles(FlywaySettings flyway) {
    this.naming = new ScriptNaming(flyway);
    this.encoding = FlywayOptionMapping.encoding(flyway.optionsOrDefault());
  }

  /**
   * Reads the files.
   *
   * @param sources content by path, one map for each source
   * @param engine the engine's name
   * @throws RunFailure {@link Outcome#UNSUPPORTED_MIGRATION} naming every file that cannot be used,
   *     or {@link Outcome#DUPLICATE_VERSION}
   */
  public static Migrations read(
      List<Map<String, byte[]>> sources, FlywaySettings flyway, String engine) {
    var files = new MigrationFiles(flyway);
    var locations = flyway.optionsOrDefault().locationsOrDefault();
    for (var source : sources) {
      Locations.of(source, locations, engine.toLowerCase(Locale.ROOT)).forEach(files::add);
    }
    refuse(Outcome.UNSUPPORTED_MIGRATION, "Not usable as migrations: ", files.unsupported);
    refuse(Outcome.DUPLICATE_VERSION, "Migrations that exist twice: ", files.duplicates);
    files.scripts.sort(
        Comparator.comparing(Script::version, Comparator.nullsLast(MigrationVersion::compareTo))
            .thenComparing(Script::kind));
    return new Migrations(files.scripts, files.ignored);
  }

  private static void refuse(Outcome outcome, String what, List<String> problems) {
    if (!problems.isEmpty()) {
      var named = String.join("; ", problems.subList(0, Math.min(NAMED, problems.size())));
      throw new RunFailure(
          outcome,
          what
              + named
              + (problems.size() > NAMED ? "; and " + (problems.size() - NAMED) + " more" : "")
              + ". Nothing was done. Correct the files in spec.migrations and apply them.");
    }
  }

  private void add(Map<String, byte[]> location) {
    location.forEach(
        (path, content) -> {
          var file = path.substring(path.lastIndexOf('/') + 1);
          switch (naming.named(file)) {
            case ScriptNaming.Named.Ignored() -> {
              if (!configures(path, location)) {
                ignored.add(path);
              }
            }
            case ScriptNaming.Named.NearMiss(var problem) -> unsupported.add(path + ": " + problem);
            case ScriptNaming.Named.Taken(var kind, var name) -> {
              var text = ScriptText.of(content, location.get(path + CONFIGURATION), encoding);
              if (text.problem() != null) {
                unsupported.add(path + ": " + text.problem());
                return;
              }
              boolean versioned = kind == Kind.VERSIONED || kind == Kind.BASELINE;
              add(
                  new Script(
                      kind,
                      path,
                      versioned ? name.getVersion() : null,
                      name.getDescription(),
                      text.sql(),
                      text.configuration()));
            }
          }
        });
  }

  private static boolean configures(String path, Map<String, byte[]> location) {
    return path.endsWith(CONFIGURATION)
        && location.containsKey(path.substring(0, path.length() - CONFIGURATION.length()));
  }

  private void add(Script script) {
    var what = identity(script);
    var other = byIdentity.putIfAbsent(what, script);
    if (other == null) {
      scripts.add(script);
    } else {
      duplicates.add(
          what
              + (other.file().equals(script.file())
                  ? ": " + script.file() + " is in two sources"
                  : ": " + other.file() + " and " + script.file()));
    }
  }

  /** What must be unique, and is what Flyway knows the script by. */
  private static String identity(Script script) {
    return switch (script.kind()) {
      case VERSIONED -> "version " + Versions.text(script.version());
      case BASELINE -> "baseline version " + Versions.text(script.version());
      case REPEATABLE -> "repeatable migration “" + script.description() + "”";
      case CALLBACK ->
          "callback "
              + CallbackEvent.of(script).event().getId()
              + " “"
              + script.description()
              + "”";
    };
  }
}
