package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.Login;
import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Creates the accounts that migrations need on the scratch server. */
final class ScratchAccounts {
  /** The user that migrates on the scratch server; it is never superuser. */
  static final String MIGRATING = "schemaversion";

  /** The user of a tool that migrates there, with a password, which some tools insist on. */
  private static final String TOOL = "schemaversion_tool";

  private static final String TOOL_PASSWORD = "scratch";

  private ScratchAccounts() {}

  /** Returns how a tool connects. */
  static Login login(RequestedScratch address, String database) {
    return new Login(
        address.host(), address.port(), database, TOOL, TOOL_PASSWORD, TlsMode.Disable);
  }

  /**
   * Returns the statements that create the accounts for a database like the real one.
   *
   * @param address the scratch server, with the password of all accounts if it has one
   */
  static List<String> create(RealDatabase real, RequestedScratch address) {
    var statements = new ArrayList<>(account(MIGRATING, "%", real.name(), address));
    statements.addAll(account(TOOL, "%", real.name(), address));
    statements.add(
        "ALTER USER " + name(TOOL, "%") + " IDENTIFIED BY " + Quoted.text(TOOL_PASSWORD));
    if (!real.user().equals(MariaDbScratch.ROOT) && !real.user().isEmpty()) {
      // scripts may name this user as a definer
      statements.addAll(account(real.user(), real.host(), real.name(), address));
    }
    return statements;
  }

  private static List<String> account(
      String user, String host, String database, RequestedScratch address) {
    var account = name(user, host);
    return List.of(
        "DROP USER IF EXISTS " + account,
        "CREATE USER "
            + account
            + (address.password() == null
                ? ""
                : " IDENTIFIED BY " + Quoted.text(address.password())),
        "GRANT ALL ON " + Quoted.name(pattern(database)) + ".* TO " + account);
  }

  private static String name(String user, String host) {
    return Quoted.text(user) + "@" + Quoted.text(host);
  }

  /** Escapes a database name, because grants interpret it as a pattern. */
  private static String pattern(String database) {
    return database.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
  }

  /**
   * Grants the right to set any definer; its name depends on the server, and some servers lack it.
   */
  static void allowDefiners(Connection root) throws SQLException {
    for (var right :
        List.of("SET USER", "SET_USER_ID", "SET_ANY_DEFINER, ALLOW_NONEXISTENT_DEFINER")) {
      try {
        ScratchSessions.execute(
            root,
            List.of(
                "GRANT " + right + " ON *.* TO " + name(MIGRATING, "%"),
                "GRANT " + right + " ON *.* TO " + name(TOOL, "%")));
      } catch (SQLException e) {
        if (ScratchUnavailable.isCauseOf(e)) {
          throw e;
        }
      }
    }
  }
}
