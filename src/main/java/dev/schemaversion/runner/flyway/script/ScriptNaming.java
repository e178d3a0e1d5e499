package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.runner.flyway.script.Script.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;

/**
 * Reads the names of files as Flyway does. Flyway ignores a file that it does not recognise; a name
 * that is almost the name of a migration is an error here, because nobody wants that one ignored.
 */
final class ScriptNaming {
  private static final Pattern UNDO = Pattern.compile("U[0-9].*");
  private static final Pattern VERSION_ONLY = Pattern.compile("[0-9][0-9._]*");

  private final Configuration configuration;
  private final ResourceNameParser parser;
  private final String versioned;
  private final String repeatable;
  private final String baseline;
  private final String separator;

  ScriptNaming(FlywaySettings flyway) {
    configuration = FlywayOptionMapping.reading(flyway);
    parser = new ResourceNameParser(configuration);
    versioned = configuration.getSqlMigrationPrefix();
    repeatable = configuration.getRepeatableSqlMigrationPrefix();
    baseline =
        configuration
            .getPluginRegister()
            .getExact(BaselineMigrationConfigurationExtension.class)
            .getBaselineMigrationPrefix();
    separator = configuration.getSqlMigrationSeparator();
  }

  /** What a file is, by its name. */
  sealed interface Named {
    /** A script that Flyway runs. */
    record Taken(Kind kind, ResourceName name) implements Named {}

    /** Nothing that Flyway runs. */
    record Ignored() implements Named {}

    /**
     * Almost a migration.
     *
     * @param problem what is wrong, as the predicate of a sentence about the file
     */
    record NearMiss(String problem) implements Named {}
  }

  /** Returns what the file of this name, without its folder, is. */
  Named named(String file) {
    boolean sql = hasSuffix(file);
    if (!sql) {
      return looksLikeMigration(file) ? new Named.NearMiss(notSql()) : new Named.Ignored();
    }
    var name = parser.parse(file);
    if (name.isValid()) {
      return valid(name);
    }
    var stem = file.substring(0, file.length() - suffix(file).length());
    if (UNDO.matcher(stem).matches()) {
      return new Named.Ignored();
    }
    return isNear(stem) ? new Named.NearMiss(problem(name)) : new Named.Ignored();
  }

  private Named valid(ResourceName name) {
    if (Event.fromId(name.getPrefix()) != null) {
      return new Named.Taken(Kind.CALLBACK, name);
    }
    if (name.getPrefix().equals(repeatable)) {
      return new Named.Taken(Kind.REPEATABLE, name);
    }
    if (!Versions.isComparable(name.getVersion().toString())) {
      return new Named.NearMiss(problem(name));
    }
    return new Named.Taken(
        name.getPrefix().equals(baseline) ? Kind.BASELINE : Kind.VERSIONED, name);
  }

  private String notSql() {
    return "is no SQL script, whose name ends in "
        + String.join(" or ", configuration.getSqlMigrationSuffixes())
        + "; script and Java migrations are not supported";
  }

  private String problem(ResourceName name) {
    return "the name is not like "
        + versioned
        + "7"
        + separator
        + "what_it_does"
        + suffixes().getFirst()
        + " or "
        + repeatable
        + separator
        + "what_it_does"
        + suffixes().getFirst()
        + (name.isValid() ? ", with a version of one to eight numbers" : "");
  }

  private List<String> suffixes() {
    return Arrays.asList(configuration.getSqlMigrationSuffixes());
  }

  private boolean hasSuffix(String file) {
    return !suffix(file).isEmpty();
  }

  private String suffix(String file) {
    return suffixes().stream()
        .filter(each -> file.toUpperCase(Locale.ROOT).endsWith(each.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElse("");
  }

  /** Whether a file without a SQL suffix would be a migration, were it one of SQL. */
  private boolean looksLikeMigration(String file) {
    if (file.endsWith(".conf")) {
      return false;
    }
    int end = file.indexOf(separator);
    boolean withVersion =
        end > 0
            && (file.startsWith(versioned) || file.startsWith(baseline))
            && VERSION_ONLY.matcher(file.substring(versioned.length(), end)).matches();
    return withVersion
        || file.startsWith(repeatable + separator)
        || Arrays.stream(Event.values())
            .anyMatch(
                event ->
                    file.startsWith(event.getId() + separator)
                        || file.startsWith(event.getId() + "."));
  }

  /** Whether a name that Flyway does not recognise was probably meant to be one. */
  private boolean isNear(String stem) {
    var first = separator.substring(0, 1);
    return nearVersion(stem, versioned)
        || nearVersion(stem, baseline)
        || (startsWith(stem, repeatable) && stem.substring(repeatable.length()).startsWith(first))
        || (startsWith(stem, repeatable)
            && stem.contains(separator)
            && isDigit(stem, repeatable.length()))
        || (isDigit(stem, 0) && stem.contains(separator))
        || Arrays.stream(Event.values()).anyMatch(event -> nearEvent(stem, event, first));
  }

  private boolean nearVersion(String stem, String prefix) {
    return startsWith(stem, prefix)
        && (isDigit(stem, prefix.length())
            || (stem.startsWith(prefix) && stem.contains(separator)));
  }

  private static boolean nearEvent(String stem, Event event, String first) {
    return stem.equalsIgnoreCase(event.getId())
        || (startsWith(stem, event.getId())
            && stem.substring(event.getId().length()).startsWith(first));
  }

  private static boolean startsWith(String stem, String prefix) {
    return stem.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static boolean isDigit(String stem, int index) {
    return index < stem.length() && Character.isDigit(stem.charAt(index));
  }
}
