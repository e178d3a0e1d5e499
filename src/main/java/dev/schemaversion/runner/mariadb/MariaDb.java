package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.Blockers;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.InvalidIndexes;
import dev.schemaversion.runner.engine.Locks;
import dev.schemaversion.runner.engine.OtherSessions;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.impact.ImpactSource;
import dev.schemaversion.runner.mariadb.impact.MariaDbImpact;
import dev.schemaversion.runner.mariadb.rows.MariaDbRowRules;
import dev.schemaversion.runner.mariadb.scratch.MariaDbScratch;
import dev.schemaversion.runner.rows.RowRulesReader;
import dev.schemaversion.runner.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * The MariaDB and MySQL engines, in which each statement that changes the schema commits
 * implicitly. A database is its only schema.
 */
public final class MariaDb implements Engine {
  private static final int PORT = 3306;

  /** No right to a database or to a table, and no such database. */
  private static final Set<Integer> OTHER_DATABASE = Set.of(1044, 1142, 1049);

  /** The product, which names the engine. */
  public enum Product {
    /** MariaDB Server. */
    MARIADB("MariaDB"),
    /** MySQL Server and servers that identify themselves as MySQL. */
    MYSQL("MySQL");

    private final String label;

    Product(String label) {
      this.label = label;
    }
  }

  private final Product product;

  /** Creates the engine of a product. */
  public MariaDb(Product product) {
    this.product = product;
  }

  @Override
  public String name() {
    return product.label;
  }

  @Override
  public int defaultPort() {
    return PORT;
  }

  @Override
  public List<String> schemas(List<String> requested, String database) {
    if (!requested.isEmpty() && !requested.equals(List.of(database))) {
      throw invalid(
          "spec.database.schemas applies to PostgreSQL only; in MariaDB and MySQL a"
              + " database is its only schema");
    }
    if (database.indexOf('`') >= 0) {
      throw invalid("The database name “" + database + "” contains a backtick");
    }
    return List.of(database);
  }

  private static RunFailure invalid(String message) {
    return new RunFailure(Outcome.INVALID_REQUEST, message + ". Correct spec.database.");
  }

  @Override
  public ImplicitCommit implicitCommit() {
    return new Statements();
  }

  @Override
  public Optional<InvalidIndexes> invalidIndexes() {
    return Optional.empty();
  }

  @Override
  public RowRulesReader rowRules() {
    return new MariaDbRowRules(product);
  }

  @Override
  public String quoted(String name) {
    return Quoted.name(name);
  }

  @Override
  public String insertInto(String table, List<String> columns) {
    return "INSERT INTO " + table + " (" + String.join(", ", columns) + ")";
  }

  @Override
  public void continueNumbering(Connection session, String table) {
    // AUTO_INCREMENT goes on after the highest number by itself.
  }

  @Override
  public DataSource sessions(Target target) {
    return sessions(target, "");
  }

  @Override
  public DataSource migrating(Target target) {
    var limit = target.limits().statement();
    return sessions(
        target, limit != null && limitsStatements() ? ", max_statement_time = " + limit : "");
  }

  /** MySQL limits only {@code SELECT} statements. */
  @Override
  public boolean limitsStatements() {
    return product == Product.MARIADB;
  }

  @Override
  public void cancel(Connection session) throws SQLException {
    session.unwrap(org.mariadb.jdbc.Connection.class).cancelCurrentQuery();
  }

  private static DataSource sessions(Target target, String settings) {
    if (target.role().isPresent()) {
      throw invalid(
          "spec.database.role applies to PostgreSQL only; in MariaDB and MySQL set a"
              + " default role for the user");
    }
    return new MariaDbSessions(target, settings);
  }

  @Override
  public Catalog catalog(Connection session) {
    return new MariaDbCatalog(session);
  }

  @Override
  public Locks locks(Connection session) {
    return new MariaDbLocks(session);
  }

  @Override
  public OtherSessions otherSessions(Connection session) {
    return new MariaDbOtherSessions(session);
  }

  @Override
  public boolean isSkippedOnScratch(String sql) {
    return false;
  }

  @Override
  public Optional<String> lackOfOtherDatabases(SQLException error) {
    return OTHER_DATABASE.contains(error.getErrorCode())
        ? Optional.of(
            "The scratch server builds this database alone, so what a migration makes or uses in"
                + " another database cannot be proven. Give that database migrations and a"
                + " SchemaVersion of its own, or set spec.proof.mode to OnBaseline, which skips the"
                + " rehearsal, and accept that this version cannot be built.")
        : Optional.empty();
  }

  @Override
  public Optional<Attendance> attend(Connection session, String sql) {
    return Optional.empty();
  }

  @Override
  public Blockers blockers(Connection session) throws SQLException {
    return new MariaDbBlockers(session.unwrap(org.mariadb.jdbc.Connection.class).getThreadId());
  }

  @Override
  public ImpactSource impact() {
    return new MariaDbImpact();
  }

  @Override
  public ScratchServer scratch(
      RequestedScratch address, Target target, String historyTable, BooleanSupplier stop) {
    return MariaDbScratch.connect(address, historyTable);
  }
}
