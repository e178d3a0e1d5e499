package dev.schemaversion.runner.step;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.report.ReportDraft;
import java.sql.SQLException;

/** Which server and database answered. */
public final class ServerIdentityCheck {
  private ServerIdentityCheck() {}

  /**
   * Records which database it is and refuses to go on with another than the expected one.
   *
   * @param expected the database whose evidence is recorded, or null
   */
  public static void check(
      Engine engine, Catalog catalog, Target target, DatabaseIdentity expected, ReportDraft report)
      throws SQLException {
    var about = catalog.about();
    var identity = new DatabaseIdentity(about.identifier(), about.database());
    report.server(identity, about.version());
    if (!about.product().equals(engine.name())) {
      throw new RunFailure(
          Outcome.INVALID_REQUEST,
          "spec.database.engine says "
              + engine.name()
              + ", and at "
              + target.address()
              + " answers "
              + about.product()
              + ". Nothing was done. Correct spec.database.engine.");
    }
    if (about.readOnly()) {
      throw new RunFailure(
          Outcome.DATABASE_UNREACHABLE,
          "The server at "
              + target.address()
              + " is a read-only standby. The operator retries; point spec.database at the primary.");
    }
    if (expected != null && !expected.equals(identity)) {
      throw new RunFailure(
          Outcome.DATABASE_CHANGED,
          "Under "
              + target.address()
              + " answers another database ("
              + identity
              + ") than the one whose version is recorded ("
              + expected
              + "). What was recorded no longer holds; nothing was done. The operator begins with a"
              + " baseline.");
    }
  }

  /**
   * Refuses a pooler that hands one session of the server to several clients: the run lock would be
   * shared by several clients. Two sessions that are open at the same time have two processes on
   * the server, unless a pooler in between shares them.
   *
   * @param one a session outside a transaction
   * @param other another one
   * @throws RunFailure {@link Outcome#POOLER_REFUSED}
   */
  public static void failIfPooled(Catalog one, Catalog other, Target target) throws SQLException {
    if (one.session().equals(other.session())) {
      throw new RunFailure(
          Outcome.POOLER_REFUSED,
          "At "
              + target.address()
              + " a connection pooler answers that shares the server's sessions among its clients"
              + " (PgBouncer's pool_mode transaction or statement, ProxySQL's multiplexing): locks of a session would leak."
              + " Nothing was done. Point spec.database at the server itself, or at a pool with"
              + " pool_mode session.");
    }
  }
}
