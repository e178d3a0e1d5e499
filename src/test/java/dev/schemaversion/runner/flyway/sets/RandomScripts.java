package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.runner.flyway.sets.statements.Placeholders;
import dev.schemaversion.runner.flyway.sets.statements.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes versioned scripts that build on each other. */
final class RandomScripts {
  /** The script that none of the others builds on, so that it may run late. */
  static final int INDEPENDENT = 1;

  /**
   * A script.
   *
   * @param conf its settings, if it has a file of them
   */
  record Script(String version, String file, String text, Optional<String> conf) {
    boolean isLatin1() {
      return conf.filter(settings -> settings.startsWith("encoding")).isPresent();
    }
  }

  private final TestedEngine engine;
  private final Random random;
  private final Set<Feature> features;
  private final RandomNames names;
  private final Placeholders placeholders;
  private final Statements statements;

  RandomScripts(
      TestedEngine engine,
      Random random,
      Set<Feature> features,
      RandomNames names,
      Placeholders placeholders) {
    this.engine = engine;
    this.random = random;
    this.features = features;
    this.names = names;
    this.placeholders = placeholders;
    this.statements = engine.statements(random, placeholders, "");
  }

  /** One script for each version. */
  List<Script> of(List<String> versions) {
    var scripts = new ArrayList<Script>();
    for (var version : versions) {
      scripts.add(
          switch (scripts.size()) {
            case 0 -> script(version, Statements.ANCHOR + sharedView() + statements.script());
            case INDEPENDENT ->
                script(version, engine.statements(random, placeholders, "own_").script());
            default -> further(version);
          });
    }
    return scripts;
  }

  /**
   * One script that does what these do; empty if one of them does what the others must not.
   *
   * @param scripts the first ones
   */
  Optional<Script> baseline(List<Script> scripts) {
    if (scripts.stream().anyMatch(script -> script.conf().isPresent() || isAlone(script))) {
      return Optional.empty();
    }
    var version = scripts.getLast().version();
    var text = scripts.stream().map(Script::text).collect(Collectors.joining());
    return Optional.of(new Script(version, names.baseline(version), text, Optional.empty()));
  }

  private static boolean isAlone(Script script) {
    return script.text().contains("CONCURRENTLY") || script.text().contains("VACUUM");
  }

  /** An object of a version that a repeatable script replaces. */
  private String sharedView() {
    return features.contains(Feature.REPEATABLE)
        ? "CREATE VIEW shared_view AS SELECT id, name, 0 AS edition FROM anchor;\n"
        : "";
  }

  private Script script(String version, String text) {
    return new Script(version, names.versioned(version), text, Optional.empty());
  }

  private Script script(String version, String text, String conf) {
    return new Script(version, names.versioned(version), text, Optional.of(conf));
  }

  private Script further(String version) {
    if (has(Feature.NON_TRANSACTIONAL) && engine == TestedEngine.POSTGRESQL && oneIn(4)) {
      return script(version, nonTransactional(statements.newName("con")));
    }
    if (has(Feature.SCRIPT_CONF) && oneIn(4)) {
      return configured(version);
    }
    var altered = has(Feature.CALLBACKS) && oneIn(3) ? statements.widenAnchor() : "";
    return script(version, altered + statements.script());
  }

  private String nonTransactional(String index) {
    var texts =
        List.of(
            "CREATE INDEX CONCURRENTLY %s ON anchor (name);\n",
            "CREATE INDEX CONCURRENTLY %1$s ON anchor (name);\nDROP INDEX CONCURRENTLY %1$s;\n",
            "VACUUM anchor;\n",
            """
            CREATE TABLE old_%1$s (id integer);
            DROP TABLE old_%1$s;
            CREATE UNIQUE INDEX CONCURRENTLY %1$s ON anchor (id, name);
            """);
    return texts.get(random.nextInt(texts.size())).formatted(index);
  }

  private Script configured(String version) {
    return switch (random.nextInt(has(Feature.NON_TRANSACTIONAL) ? 3 : 2)) {
      case 0 ->
          script(
              version,
              "INSERT INTO anchor (id, name) SELECT coalesce(max(id), 0) + 1, 'hello ${user.name}'"
                  + " FROM anchor;\n",
              "placeholderReplacement=false\n");
      case 1 -> script(version, statements.script(), "encoding=ISO-8859-1\n");
      default -> script(version, statements.script(), "executeInTransaction=false\n");
    };
  }

  private boolean has(Feature feature) {
    return features.contains(feature);
  }

  private boolean oneIn(int some) {
    return random.nextInt(some) == 0;
  }
}
