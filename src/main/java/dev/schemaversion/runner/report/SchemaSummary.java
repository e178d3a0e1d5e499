package dev.schemaversion.runner.report;

import dev.schemaversion.runner.engine.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is in the schemas besides the history table, in words. */
public final class SchemaSummary {
  private static final int NAMED = 5;

  /** Where other tools keep the version. They are told of, and never trusted. */
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

  /** Sorts what the catalog has. */
  public static SchemaSummary of(List<Catalog.Item> items) {
    var contents = new SchemaSummary();
    items.forEach(item -> contents.add(item.schema(), item.kind(), item.name()));
    return contents;
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

  /** How much there is in which schema, a few names, and whose traces are among them. */
  public String describe() {
    var schemas =
        bySchema.entrySet().stream()
            .map(entry -> describe(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    return otherTools.isEmpty() ? schemas : schemas + "." + otherTools();
  }

  /** Whose traces are there, in a sentence without a full stop; empty if nobody's are. */
  public String otherTools() {
    return otherTools.isEmpty()
        ? ""
        : " There is the table "
            + String.join(", ", otherTools)
            + "; what it says is only a claim and is not trusted";
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
