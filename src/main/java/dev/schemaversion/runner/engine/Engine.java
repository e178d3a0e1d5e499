package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.RunRequest;
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

  /**
   * Describes implicit commits; empty if the engine rolls a failed script back together with its
   * row in the history table.
   */
  Optional<ImplicitCommit> implicitCommit();

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

  /**
   * The reason why a script must not contain a statement.
   *
   * @param what the predicate of a sentence that begins with “V1__x.sql line 3 …”
   * @param why the explanation, a full sentence
   */
  record Objection(String what, String why) {}

  /**
   * Returns why a script must not contain this statement; empty if the statement is allowed.
   *
   * @param sql the statement without the comments before it
   * @param transactional whether the statement can run in a transaction
   */
  Optional<Objection> objection(String sql, boolean transactional);

  /**
   * Waits for the scratch server and connects to it.
   *
   * @param target the real database, the source of clones
   * @param historyTable the history table, whose rows are copied into a clone
   * @param stop whether the run is asked to stop
   */
  ScratchServer scratch(
      RunRequest.Scratch address, Target target, String historyTable, BooleanSupplier stop);
}
