package dev.schemaversion.runner.report;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Quoting;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Summarises the objects of a schema that count, for messages. What belongs to another object, such
 * as a column, is not listed beside it.
 */
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

  private static final Comparator<Line> TABLES_FIRST =
      Comparator.comparing((Line line) -> line.kind() != Kind.TABLE)
          .thenComparing(line -> line.kind().toString())
          .thenComparing(Line::local);

  private final Map<String, List<String>> bySchema = new TreeMap<>();
  private final List<String> otherTools = new ArrayList<>();

  private SchemaSummary() {}

  /**
   * Creates the summary of what a snapshot shows.
   *
   * @param schema the schema of objects that do not name theirs
   */
  public static SchemaSummary of(Snapshot found, String schema) {
    var summary = new SchemaSummary();
    var names = found.objects().stream().map(Line::name).collect(Collectors.toSet());
    found.objects().stream()
        .filter(line -> !names.contains(line.within()))
        .sorted(TABLES_FIRST)
        .forEach(line -> summary.add(line, schema));
    return summary;
  }

  private void add(Line line, String schema) {
    bySchema
        .computeIfAbsent(line.within().isEmpty() ? schema : line.within(), key -> new ArrayList<>())
        .add(line.kind() + " " + Quoting.line(line.local()));
    if (line.kind() == Kind.TABLE && OTHER_TOOLS.containsKey(line.local())) {
      otherTools.add(line.local() + " of " + OTHER_TOOLS.get(line.local()));
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
