package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.Login;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import dev.schemaversion.runner.scratch.ScratchServer;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.scratch.rows.RowCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scratch server of a run. Its {@code root} has no password, and everything on it is dropped,
 * so the runner first checks that it is a scratch server.
 */
public final class MariaDbScratch implements ScratchServer {
  static final String ROOT = "root";

  private final RequestedScratch address;
  private final String historyTable;

  private MariaDbScratch(RequestedScratch address, String historyTable) {
    this.address = address;
    this.historyTable = historyTable;
  }

  /**
   * Waits until the server answers.
   *
   * @throws ScratchUnavailable if the server does not answer before the timeout, or is not a
   *     scratch server
   */
  public static MariaDbScratch connect(RequestedScratch address, String historyTable) {
    new ScratchStart(address).await();
    return new MariaDbScratch(address, historyTable);
  }

  @Override
  public ScratchDatabase empty(Connection real, List<String> scripts) throws SQLException {
    var like = RealDatabase.read(real);
    var workspace = prepare(like);
    trust(like.trusting());
    return workspace;
  }

  @Override
  public ScratchDatabase cloned(Connection real, Optional<RowCopy> rows) throws SQLException {
    var like = RealDatabase.read(real);
    var workspace = prepare(like);
    try {
      trust(true);
      var clone = new MariaDbClone(SchemaDump.read(real, historyTable));
      clone.createTablesIn(workspace);
      if (rows.isPresent()) {
        copy(rows.get(), workspace);
      }
      clone.createTriggersIn(workspace);
      trust(like.trusting());
      return workspace;
    } catch (SQLException | RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  private void copy(RowCopy rows, MariaDbScratchDatabase workspace) throws SQLException {
    try (var session = sessionForRows(workspace)) {
      rows.run(new MariaDbRows(session, historyTable));
    }
  }

  /** The driver asks for the largest packet when it connects. */
  private Connection sessionForRows(MariaDbScratchDatabase workspace) {
    try (var root = root("").getConnection()) {
      ScratchSessions.execute(root, List.of("SET GLOBAL max_allowed_packet = 1073741824"));
      return workspace.migrating().getConnection();
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  /**
   * Makes the scratch server reject function creators like the real one, so that a script fails
   * here first.
   */
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
      failIfIncompatible(root, real);
      var statements = new ArrayList<String>();
      for (var left : Rows.names(root, ScratchStart.FOREIGN)) {
        statements.add("DROP DATABASE " + Quoted.name(left));
      }
      statements.add("CREATE DATABASE " + Quoted.name(real.name()) + real.options());
      statements.addAll(ScratchAccounts.create(real, address));
      ScratchSessions.execute(root, statements);
      ScratchAccounts.allowDefiners(root);
      return new MariaDbScratchDatabase(
          root(real.name()),
          sessions(ScratchAccounts.MIGRATING, real.name(), real.settings()),
          real.name(),
          () -> loginOfTool(real));
    } catch (SQLException e) {
      if (ScratchUnavailable.isCauseOf(e)) {
        throw ScratchUnavailable.died(e);
      }
      throw new ScratchLacks(
          "The scratch server cannot be set up like the database server: "
              + SanitizedMessages.of(e)
              + ". Set spec.proof.scratch.image to an image that has what is missing.",
          e);
    }
  }

  /** A tool opens its sessions itself, so they get what its sessions on the real server have. */
  private Login loginOfTool(RealDatabase real) {
    try (var root = root("").getConnection()) {
      for (var setting : real.globalSettings()) {
        try {
          ScratchSessions.execute(root, List.of(setting));
        } catch (SQLException e) {
          if (ScratchUnavailable.isCauseOf(e)) {
            throw e;
          }
          // Not all of them exist for the whole server; relevant effects appear in the comparison.
        }
      }
      return ScratchAccounts.login(address, real.name());
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  private static void failIfIncompatible(Connection root, RealDatabase real) throws SQLException {
    var release = RealDatabase.release(root);
    if (!release.equals(real.release())) {
      throw new ScratchMajorMismatch(real.release(), release);
    }
    var names = Rows.names(root, "SELECT @@lower_case_table_names").getFirst();
    if (!names.equals(real.lowerCaseNames())) {
      throw new ScratchLacks(
          "lower_case_table_names is "
              + real.lowerCaseNames()
              + " on the database server and "
              + names
              + " on the scratch server, so that names would differ. Set"
              + " spec.proof.scratch.image to an image with the value "
              + real.lowerCaseNames()
              + ".");
    }
  }

  private ScratchSessions root(String database) {
    return sessions(ROOT, database, List.of());
  }

  private ScratchSessions sessions(String user, String database, List<String> settings) {
    return new ScratchSessions(address, user, database.isEmpty() ? null : database, settings);
  }
}
