package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.report.RunContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses a scratch server that is the server of the real database. In a pod it cannot be; outside
 * of a cluster the user names it, and everything on a scratch server is dropped.
 */
final class DistinctServers {
  /** The superusers of a scratch server; that of PostgreSQL is renamed when it is set up. */
  private static final List<String> SUPERUSERS =
      List.of("postgres", "schemaversion_scratch", "root");

  private DistinctServers() {}

  /**
   * Compares the addresses, and looks for the run lock on the scratch server.
   *
   * @param run holds the run lock on the real database
   * @throws RunFailure {@link Outcome#INVALID_REQUEST}
   */
  static void check(RunContext run) {
    var scratch = run.request().scratch();
    if (scratch == null) {
      return;
    }
    var target = run.target();
    if ((scratch.port() == target.port() && isSameHost(scratch.host(), target.host()))
        || SUPERUSERS.stream().anyMatch(user -> isLocked(run, scratch, user))) {
      throw new RunFailure(
          Outcome.INVALID_REQUEST,
          "The scratch server at "
              + scratch
              + " is the server of the database itself. Everything on a scratch server is dropped,"
              + " so nothing was done. Name another server with --scratch-url, which has nothing of"
              + " value on it.");
    }
  }

  private static boolean isSameHost(String one, String other) {
    return one.equalsIgnoreCase(other)
        || addresses(one).stream().anyMatch(addresses(other)::contains);
  }

  private static Set<InetAddress> addresses(String host) {
    try {
      return Set.copyOf(Arrays.asList(InetAddress.getAllByName(host)));
    } catch (UnknownHostException e) {
      return Set.of();
    }
  }

  /**
   * Whether the database of the same name on the scratch server has the lock that the run holds.
   */
  private static boolean isLocked(RunContext run, RequestedScratch scratch, String user) {
    var real = run.target();
    var same =
        new Target(
            scratch.host(),
            scratch.port(),
            real.database(),
            user,
            scratch.passwordOrEmpty(),
            Optional.empty(),
            real.schemas(),
            TlsMode.Disable,
            real.certificateAuthority(),
            Map.of(),
            RunLimits.DEFAULT,
            real.application());
    try (var session = run.engine().sessions(same).getConnection()) {
      return !run.engine().locks(session).take();
    } catch (SQLException | RunFailure e) {
      return false; // who uses the server says why it cannot be used
    }
  }
}
