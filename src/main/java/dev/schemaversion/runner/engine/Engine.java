package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.impact.ImpactSource;
import dev.schemaversion.runner.rows.RowRulesReader;
import dev.schemaversion.runner.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** A database engine: everything that differs between the engines the runner supports. */
public interface Engine {
  /** The name of the engine, as in {@code spec.database.engine}. */
  String name();

  /** The default TCP port. */
  int defaultPort();

  /**
   * Returns the schemas that the migrations own; the first one contains the history table.
   *
   * @param requested the schemas of {@code spec.database.schemas}, empty if the field is not set
   * @param database the database's name
   * @throws RunFailure if the engine does not support these schemas
   */
  List<String> schemas(List<String> requested, String database);

  /** Describes which scripts are not rolled back as a whole. */
  ImplicitCommit implicitCommit();

  /** Finds what interrupted index builds leave; empty if the engine leaves nothing. */
  Optional<InvalidIndexes> invalidIndexes();

  /** Reads what the rows of a database must satisfy. */
  RowRulesReader rowRules();

  /** Quotes an identifier for SQL. */
  String quoted(String name);

  /**
   * Returns a source of sessions on the target. If a session cannot be opened, the source throws a
   * {@link RunFailure} with the reason.
   */
  DataSource sessions(Target target);

  /**
   * Returns a source of sessions for migrations: the server cancels a statement that exceeds the
   * statement timeout. Sessions that read the schema or hold the run lock have no such timeout.
   */
  DataSource migrating(Target target);

  /**
   * Whether the server enforces the statement timeout; if not, the runner has to {@link #cancel}.
   */
  boolean limitsStatements();

  /** Cancels the running statement of this session, from another session. */
  void cancel(Connection session) throws SQLException;

  /** Returns the catalog as this session sees it. */
  Catalog catalog(Connection session);

  /** Returns the locks of this session. */
  Locks locks(Connection session);

  /** Returns the other sessions of the user of this session. */
  OtherSessions otherSessions(Connection session);

  /**
   * Whether a statement changes the server, or the session, and not the schema, and is skipped on
   * the scratch server: the same script runs there more than once.
   *
   * @param sql the statement without the comments before it
   */
  boolean isSkippedOnScratch(String sql);

  /**
   * Explains an error on the scratch server whose cause is that this database alone is built there.
   *
   * @return a sentence for users; empty for any other error
   */
  default Optional<String> lackOfOtherDatabases(SQLException error) {
    return Optional.empty();
  }

  /** What is done around one statement, until it is closed. */
  interface Attendance extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Prepares a session for a statement that waits for other sessions without blocking them; empty
   * if this statement needs nothing.
   *
   * @param sql the statement without the comments before it
   */
  Optional<Attendance> attend(Connection session, String sql) throws SQLException;

  /**
   * Returns how to find out for which other sessions this session waits.
   *
   * @throws SQLException if the session is lost
   */
  Blockers blockers(Connection session) throws SQLException;

  /** Returns how it is found out what migrations do to tables that programs use. */
  ImpactSource impact();

  /**
   * Returns the beginning of an INSERT that gives each column a value, also one that the server
   * would number itself.
   *
   * @param table the quoted name
   * @param columns the quoted names
   */
  String insertInto(String table, List<String> columns);

  /**
   * Makes the server go on numbering after the rows of a table.
   *
   * @param table the quoted name
   */
  void continueNumbering(Connection session, String table) throws SQLException;

  /**
   * Waits for the scratch server and connects to it.
   *
   * @param target the real database, the source of clones
   * @param historyTable the history table, whose rows are copied into a clone
   * @param stop whether the run is asked to stop
   */
  ScratchServer scratch(
      RequestedScratch address, Target target, String historyTable, BooleanSupplier stop);
}
