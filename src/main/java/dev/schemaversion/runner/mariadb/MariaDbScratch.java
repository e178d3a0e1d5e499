package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import dev.schemaversion.runner.scratch.ScratchServer;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The scratch server of a run on this target. Its {@code root} is let in without a password, and
 * everything on it is thrown away: so it had better be one.
 */
final class MariaDbScratch implements ScratchServer {
  static final String ROOT = "root";

  /** Who migrates there: no superuser, whoever it is on the real server. */
  private static final String MIGRATING = "schemaversion";

  /** Marks the server as ours. */
  private static final String MARK = "schemaversion_scratch";

  /** It has been starting beside the runner; creating its files takes seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long PAUSE_MILLIS = 100;

  private static final String FOREIGN =
      """
      SELECT schema_name FROM information_schema.schemata WHERE LOWER(schema_name) NOT IN
        ('information_schema', 'performance_schema', 'mysql', 'sys', 'test', '%s')
      """
          .formatted(MARK);

  private final RunRequest.Scratch address;
  private final String historyTable;

  private MariaDbScratch(RunRequest.Scratch address, String historyTable) {
    this.address = address;
    this.historyTable = historyTable;
  }

  /**
   * Waits until the server answers.
   *
   * @throws ScratchUnavailable if it does not in time, or is no scratch server
   */
  static MariaDbScratch connect(RunRequest.Scratch address, String historyTable) {
    var scratch = new MariaDbScratch(address, historyTable);
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (var root = scratch.root("").getConnection()) {
        scratch.takeOver(root);
        return scratch;
      } catch (SQLException e) {
        if (!ScratchUnavailable.isBehind(e) || System.nanoTime() - end > 0) {
          throw scratch.unavailable(SanitizedMessages.of(e), e);
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw scratch.unavailable("interrupted", e);
      }
    }
  }

  private void takeOver(Connection root) throws SQLException {
    if (Rows.names(root, "SHOW DATABASES LIKE '" + MARK + "'").isEmpty()) {
      var foreign = Rows.names(root, FOREIGN);
      if (!foreign.isEmpty()) {
        throw unavailable(
            "it is no scratch server, for it has the database " + foreign.getFirst(), null);
      }
      ScratchSessions.execute(root, List.of("CREATE DATABASE " + MARK));
    }
  }

  private ScratchUnavailable unavailable(String why, Exception e) {
    return new ScratchUnavailable(
        "The scratch server at "
            + address.host()
            + ":"
            + address.port()
            + " cannot be used: "
            + why
            + ". It is tried again; look at the log of the pod's container “scratch”.",
        e);
  }

  @Override
  public ScratchDatabase empty(Connection real, List<String> scripts) throws SQLException {
    var like = RealDatabase.read(real);
    var workspace = prepare(like);
    trust(like.trusting());
    return workspace;
  }

  @Override
  public ScratchDatabase cloned(Connection real) throws SQLException {
    var like = RealDatabase.read(real);
    var workspace = prepare(like);
    try {
      trust(true);
      MariaDbClone.of(real, historyTable).into(workspace);
      trust(like.trusting());
      return workspace;
    } catch (SQLException | RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  /** A script that the real server refuses half-way is to be refused here already. */
  private void trust(boolean creators) {
    try (var root = root("").getConnection()) {
      ScratchSessions.execute(
          root, List.of("SET GLOBAL log_bin_trust_function_creators = " + (creators ? 1 : 0)));
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  private MariaDbScratchDatabase prepare(RealDatabase real) {
    try (var root = root("").getConnection()) {
      failIfOther(root, real);
      var statements = new ArrayList<String>();
      for (var left : Rows.names(root, FOREIGN)) {
        statements.add("DROP DATABASE " + Quoted.name(left));
      }
      statements.add("CREATE DATABASE " + Quoted.name(real.name()) + real.options());
      statements.addAll(account(MIGRATING, "%", real.name()));
      if (!real.user().equals(ROOT) && !real.user().isEmpty()) {
        // whom scripts may name as a definer
        statements.addAll(account(real.user(), real.host(), real.name()));
      }
      ScratchSessions.execute(root, statements);
      mayNameDefiners(root);
      return new MariaDbScratchDatabase(
          root(real.name()), sessions(MIGRATING, real.name(), real.settings()), real.name());
    } catch (SQLException e) {
      if (ScratchUnavailable.isBehind(e)) {
        throw ScratchUnavailable.died(e);
      }
      throw new ScratchLacks(
          "The scratch server cannot be made like the real one: " + SanitizedMessages.of(e) + ".",
          e);
    }
  }

  private static void failIfOther(Connection root, RealDatabase real) throws SQLException {
    var release = RealDatabase.release(root);
    if (!release.equals(real.release())) {
      throw new ScratchMajorMismatch(real.release(), release);
    }
    var names = Rows.names(root, "SELECT @@lower_case_table_names").getFirst();
    if (!names.equals(real.lowerCaseNames())) {
      throw new ScratchLacks(
          "lower_case_table_names is "
              + real.lowerCaseNames()
              + " on the real server and "
              + names
              + " on the scratch server, so that names would differ. Set spec.proof.scratch.image to"
              + " an image whose server has the same.");
    }
  }

  private static List<String> account(String user, String host, String database) {
    var account = Quoted.text(user) + "@" + Quoted.text(host);
    return List.of(
        "DROP USER IF EXISTS " + account,
        "CREATE USER " + account,
        "GRANT ALL ON " + Quoted.name(pattern(database)) + ".* TO " + account);
  }

  /** A grant's database is a pattern. */
  private static String pattern(String database) {
    return database.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
  }

  /** Called otherwise on each server, and unknown to some. */
  private static void mayNameDefiners(Connection root) throws SQLException {
    for (var right :
        List.of("SET USER", "SET_USER_ID", "SET_ANY_DEFINER, ALLOW_NONEXISTENT_DEFINER")) {
      try {
        ScratchSessions.execute(
            root, List.of("GRANT " + right + " ON *.* TO '" + MIGRATING + "'@'%'"));
      } catch (SQLException e) {
        if (ScratchUnavailable.isBehind(e)) {
          throw e;
        }
      }
    }
  }

  private ScratchSessions root(String database) {
    return sessions(ROOT, database, List.of());
  }

  private ScratchSessions sessions(String user, String database, List<String> settings) {
    return new ScratchSessions(address, user, database.isEmpty() ? null : database, settings);
  }
}
