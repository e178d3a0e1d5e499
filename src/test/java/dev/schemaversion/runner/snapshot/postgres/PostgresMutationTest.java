package dev.schemaversion.runner.snapshot.postgres;

import dev.schemaversion.runner.snapshot.CannotReadCatalog;
import dev.schemaversion.runner.snapshot.ComparedProperties;
import dev.schemaversion.runner.snapshot.SchemaBusy;
import dev.schemaversion.runner.snapshot.Server;
import dev.schemaversion.runner.snapshot.SnapshotDatabase;
import dev.schemaversion.runner.snapshot.postgres.CatalogRows.Row;
import dev.schemaversion.testing.Extended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes each column of each table of PostgreSQL's catalog, alone, and holds the comparison to the
 * table on the page about concepts. Which tables and columns there are, and which values, is read
 * from the catalog, so that a column of a new version is changed as well, or fails. With {@code
 * -Dmutations=all}, each column is changed for each kind of object that its table describes, on
 * PostgreSQL 15 too.
 */
@Extended
class PostgresMutationTest {
  private static final boolean ALL = "all".equals(System.getProperty("mutations"));
  private static final String MUST_BE_THERE = "must be there";

  /** So many rows of all kinds, that one of them has a value of the column that a dump writes. */
  private static final int MOST_TRIES = 40;

  private final ComparedProperties properties = new ComparedProperties();

  /** The columns that no dump writes, and in which no comparison sees a change. */
  private final Set<String> silent = new TreeSet<>();

  private final Map<String, String> page;
  private final Set<String> unchangeable = unchangeable();
  private int changes;
  private int refused;

  PostgresMutationTest() throws IOException {
    page = ComparedProperties.page("| what `pg_dump -s` writes", (what, code) -> code);
  }

  /** Each server takes more than a minute. */
  static Stream<Server> servers() {
    return ALL ? Stream.of(Server.values()) : Stream.of(Server.POSTGRES_18);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void eachPropertyOfADumpIsTreatedAsThePageSays(Server server) throws SQLException, IOException {
    try (var database = SnapshotDatabase.on(server).script("postgres/everything.sql")) {
      if (server == Server.POSTGRES_18) {
        database.script("postgres/everything-18.sql");
      }
      var connection = database.connection();
      var bench = new MutationBench(database);
      var tables =
          CatalogColumn.all(connection).stream()
              .filter(column -> !isListed(column))
              .collect(
                  Collectors.groupingBy(CatalogColumn::catalog, TreeMap::new, Collectors.toList()));
      var end = CatalogRows.end(connection);
      for (var columns : tables.values()) {
        try (var rows = new CatalogRows(connection, columns, end)) {
          for (var column : columns) {
            tryAll(column, rows, bench);
          }
        }
      }
      bench.assertUnchanged();
    }
    System.out.printf(
        "pg_dump -s of PostgreSQL %s: %d properties of %d kinds changed by %d statements (%d"
            + " refused or without effect): %d compared, %d must be there, %d noted, %d left out%n",
        server,
        properties.results().size(),
        properties.kinds(),
        changes,
        refused,
        properties.count("compared"),
        properties.count(MUST_BE_THERE),
        properties.count("noted"),
        properties.count("left out"));
    var untried = new TreeSet<>(page.keySet());
    properties.results().keySet().forEach(each -> code(each).ifPresent(untried::remove));
    if (!ALL || server == Server.POSTGRES_15) {
      untried.removeIf(code -> code.contains(" ")); // a kind; older versions lack some
    }
    untried.removeAll(unchangeable);
    var all = new SoftAssertions();
    all.assertThat(properties.contradictions(each -> said(each).orElse("nothing"))).isEmpty();
    all.assertThat(silent).as("neither dumped nor in unchangeable.txt").isEmpty();
    all.assertThat(untried).as("on the page and not changed").isEmpty();
    all.assertAll();
  }

  private void tryAll(CatalogColumn column, CatalogRows rows, MutationBench bench)
      throws SQLException, IOException {
    boolean isSilent = true;
    int tries = 0;
    for (var row : rows.rows()) {
      var property = kind(column, row) + "." + column.name();
      for (var value : rows.others(column, row)) {
        if (properties.isKnown(property) || (!ALL && !isSilent) || tries == MOST_TRIES) {
          break;
        }
        tries++;
        var result = result(column, row, value, rows, bench);
        result.ifPresent(
            each -> properties.record(property, asSaid(property, each), row + " " + value));
        isSilent &= result.isEmpty();
      }
    }
    if (isSilent) {
      silent.add(column.property());
    }
  }

  /** What must be there must also be equal: a change of it can be a difference on both sides. */
  private String asSaid(String property, String result) {
    return result.equals("compared") && said(property).filter(MUST_BE_THERE::equals).isPresent()
        ? MUST_BE_THERE
        : result;
  }

  private static String kind(CatalogColumn column, Row row) {
    return row.kind().isEmpty() ? column.catalog() : column.catalog() + " " + row.kind();
  }

  /** What a proof does with a change; empty if it is refused, or neither seen nor dumped. */
  private Optional<String> result(
      CatalogColumn column, Row row, String value, CatalogRows rows, MutationBench bench)
      throws SQLException, IOException {
    try {
      if (!rows.change(column, row, value)) {
        return Optional.empty();
      }
    } catch (SQLException e) {
      refused++;
      return Optional.empty();
    }
    try {
      var result = bench.treatment();
      if ((ALL || result.equals("left out")) && !bench.isDumped()) {
        refused++;
        return Optional.empty();
      }
      changes++;
      return Optional.of(result);
    } catch (SQLException | SchemaBusy | CannotReadCatalog | IllegalStateException e) {
      refused++; // no such catalog is one that a server has
      return Optional.empty();
    } finally {
      rows.undo(column, row);
    }
  }

  /** Finds what the page says about a property: of its kind, or else of the whole table. */
  private Optional<String> said(String property) {
    return code(property).map(page::get);
  }

  private Optional<String> code(String property) {
    var column = property.substring(property.lastIndexOf('.'));
    var kind = property.substring(0, property.lastIndexOf('.'));
    var table = kind.split(" ", 2)[0];
    return Stream.of(kind + column, table + column, kind, table)
        .filter(page::containsKey)
        .findFirst();
  }

  private boolean isListed(CatalogColumn column) {
    return Stream.of(column.property(), column.catalog() + ".*", "*." + column.name())
        .anyMatch(unchangeable::contains);
  }

  /** The columns that cannot be changed alone, or that no dump writes. */
  private static Set<String> unchangeable() throws IOException {
    try (var stream = PostgresMutationTest.class.getResourceAsStream("unchangeable.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("  "))
          .flatMap(line -> Stream.of(line.strip().split(" ")))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
