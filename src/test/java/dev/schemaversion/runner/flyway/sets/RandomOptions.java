package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.contract.FlywayOptionsBuilder;
import dev.schemaversion.contract.request.FlywaySettings;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Options of Flyway, each from a list of values that projects use. */
final class RandomOptions {
  private final Random random;
  private final Set<Feature> features;

  RandomOptions(Random random, Set<Feature> features) {
    this.random = random;
    this.features = features;
  }

  FlywaySettings next() {
    var further = FlywayOptionsBuilder.builder();
    if (features.contains(Feature.ENCODING) && oneIn(4)) {
      further.encoding(pick("ISO-8859-1", "windows-1252"));
    }
    if (features.contains(Feature.OPTIONS)) {
      names(further);
      placeholders(further);
      further.initSql(oneIn(6) ? "SELECT 1" : null);
      further.installedBy(oneIn(6) ? "release-bot" : null);
      further.createSchemas(oneIn(6) ? Boolean.valueOf(random.nextBoolean()) : null);
      further.ignoreMigrationPatterns(oneIn(6) ? List.of("*:pending", "*:future") : null);
    }
    var options = further.build();
    return new FlywaySettings(
        pick("flyway_schema_history", "schema_version"),
        Map.of("prefix", "app_", "greeting", "good morning", "app.name", "the app; v2"),
        oneIn(3),
        pick("V", "V", "M", "Version"),
        pick(List.of(".sql"), List.of(".sql"), List.of(".ddl", ".sql"), List.of("PG.sql")),
        oneIn(2) && options.equals(FlywayOptionsBuilder.builder().build()) ? null : options);
  }

  private void names(FlywayOptionsBuilder further) {
    further.sqlMigrationSeparator(oneIn(4) ? pick("--", "-", "__") : null);
    further.repeatableSqlMigrationPrefix(oneIn(6) ? pick("Repeat", "R") : null);
    further.baselineMigrationPrefix(oneIn(6) ? pick("Base", "B") : null);
  }

  private void placeholders(FlywayOptionsBuilder further) {
    if (oneIn(5)) {
      further.placeholderReplacement(random.nextBoolean());
    }
    if (oneIn(5)) {
      further.placeholderPrefix("#[").placeholderSuffix("]");
    }
    if (oneIn(8)) {
      further.placeholderSeparator("__");
    }
  }

  private boolean oneIn(int some) {
    return random.nextInt(some) == 0;
  }

  @SafeVarargs
  private <T> T pick(T... some) {
    return some[random.nextInt(some.length)];
  }
}
