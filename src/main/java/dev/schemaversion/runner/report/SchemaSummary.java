package dev.schemaversion.runner.report;

import dev.schemaversion.runner.engine.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Summarises the objects in the schemas, without the history table, for messages. */
public final class SchemaSummary {
  private static final int NAMED = 5;

  /** The version tables of other tools. Messages mention them; their content is never trusted. */
  private static final Map<String, String> OTHER_TOOLS =
      Map.of(
          "migrate_version", "sqlalchemy-migrate",
          "alembic_version", "Alembic",
          "schema_migrations", "Rails, golang-migrate or dbmate",
          "databasechangelog", "Liquibase",
          "django_migrations", "Django");

  private final Map<String, List<String>> bySchema = new TreeMap<>();
  private final List<String> otherTools = new ArrayList<>();

  private SchemaSummary() {}

  /** Creates the summary of these objects. */
  public static SchemaSummary of(List<Catalog.Item> items) {
    var summary = new SchemaSummary();
    items.forEach(item -> summary.add(item.schema(), item.kind(), item.name()));
    return summary;
  }

  private void add(String schema, String kind, String name) {
    bySchema.computeIfAbsent(schema, key -> new ArrayList<>()).add(kind + " " + name);
    if (kind.equals("table") && OTHER_TOOLS.containsKey(name)) {
      otherTools.add(name + " of " + OTHER_TOOLS.get(name));
    }
  }

  public boolean isEmpty() {
    return bySchema.isEmpty();
  }

  /**
   * Returns the number of objects and a few names for each schema, followed by {@link #otherTools}.
   */
  public String describe() {
    var schemas =
        bySchema.entrySet().stream()
            .map(entry -> describe(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    return otherTools.isEmpty() ? schemas : schemas + "." + otherTools();
  }

  /**
   * Names the version tables of other tools, as a sentence without a full stop; empty if there are
   * none.
   */
  public String otherTools() {
    return otherTools.isEmpty()
        ? ""
        : " It contains the table "
            + String.join(", ", otherTools)
            + ", whose content is not trusted";
  }

  private static String describe(String schema, List<String> objects) {
    var some = String.join(", ", objects.subList(0, Math.min(NAMED, objects.size())));
    return "schema “"
        + schema
        + "” has "
        + objects.size()
        + (objects.size() == 1 ? " object (" : " objects (")
        + some
        + (objects.size() > NAMED ? ", …)" : ")");
  }
}
