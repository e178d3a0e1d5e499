package dev.schemaversion.runner;

import dev.schemaversion.contract.FlywayOptionsBuilder;
import dev.schemaversion.contract.request.FlywaySettings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What {@code spec.migrations.flyway} has in a Job; first the defaults. */
public final class JobFlyway {
  public String table = "flyway_schema_history";
  public Map<String, String> placeholders = Map.of();
  public boolean outOfOrder;
  public String prefix = "V";
  public List<String> suffixes = List.of(".sql");
  private FlywayOptionsBuilder options = FlywayOptionsBuilder.builder();

  void set(Consumer<FlywayOptionsBuilder> change) {
    change.accept(options);
  }

  void set(FlywaySettings all) {
    table = all.table();
    placeholders = all.placeholders();
    outOfOrder = all.outOfOrder();
    prefix = all.sqlMigrationPrefix();
    suffixes = all.sqlMigrationSuffixes();
    options = FlywayOptionsBuilder.builder(all.optionsOrDefault());
  }

  FlywaySettings settings() {
    return new FlywaySettings(table, placeholders, outOfOrder, prefix, suffixes, options.build());
  }
}
