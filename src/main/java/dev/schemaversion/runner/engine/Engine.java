package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** A kind of database: everything the runner does otherwise on one than on another. */
public interface Engine {
  /** As {@code spec.database.engine} says it. */
  String name();

  /** The TCP port where nobody names one. */
  int defaultPort();

  /**
   * The schemas that the migrations own; the first holds the history.
   *
   * @param asked what {@code spec.database.schemas} says, or nothing
   * @param database the database's name
   * @throws RunFailure if there can be no such schemas
   */
  List<String> schemas(List<String> asked, String database);

  /**
   * Present where statements commit by themselves; otherwise a script that dies is rolled back
   * together with its row in the history.
   */
  Optional<ImplicitCommit> selfCommitting();

  /** A name as it stands in SQL, whatever is in it. */
  String quoted(String name);

  /**
   * Opens sessions on the target, all alike; one that cannot be opened is a {@link RunFailure} that
   * says why.
   */
  DataSource sessions(Target target);

  /**
   * The same for running migrations: the server ends a statement that takes longer than it may,
   * which neither a look at the schema nor the session of the run lock is to suffer from.
   */
  DataSource migrating(Target target);

  /** Whether the server does so; where it does not, the runner has to {@link #cancel}. */
  boolean limitsStatements();

  /** Ends the statement that this session is in, from another one. */
  void cancel(Connection session) throws SQLException;

  /** What the server and its catalog say on this session. */
  Catalog catalog(Connection session);

  /** The locks of this session. */
  Locks locks(Connection session);

  /**
   * Why a script must not have a statement.
   *
   * @param what continues “V1__x.sql line 3 …”
   * @param why a sentence
   */
  record Objection(String what, String why) {}

  /**
   * Why a script must not have this statement; empty if it may.
   *
   * @param sql the statement without the comments before it
   * @param transactional whether the statement can run in a transaction
   */
  Optional<Objection> objection(String sql, boolean transactional);

  /**
   * The scratch server; it is waited for.
   *
   * @param target the real database, which is cloned from there
   * @param historyTable whose rows go along into a clone
   * @param stop whether somebody wants the run to end
   */
  ScratchServer scratch(
      RunRequest.Scratch address, Target target, String historyTable, BooleanSupplier stop);
}
