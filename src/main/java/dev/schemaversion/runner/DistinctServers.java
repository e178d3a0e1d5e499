package dev.schemaversion.runner;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.RunRequest.TlsMode;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.report.RunContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
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
  /** The superusers of a scratch server, before and after the runner has set it up. */
  private static final List<String> SUPERUSERS = List.of("postgres", "schemaversion_scratch");

  private DistinctServers() {}

  /**
   * Compares the addresses, and what the servers say about themselves.
   *
   * @throws RunFailure {@link Outcome#INVALID_REQUEST}
   */
  static void check(RunContext run) throws SQLException {
    var scratch = run.request().scratch();
    if (scratch == null) {
      return;
    }
    var target = run.target();
    var own = run.engine().catalog(run.session()).about().identifier();
    if ((scratch.port() == target.port() && isSameHost(scratch.host(), target.host()))
        || (!own.equals(DatabaseIdentity.UNKNOWN) && identifiers(run, scratch).contains(own))) {
      throw new RunFailure(
          Outcome.INVALID_REQUEST,
          "The scratch server at "
              + scratch
              + " is the server of the database itself. Everything on a scratch server is dropped,"
              + " so nothing was done. Name another server, which has nothing of value on it.");
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

  /** What the scratch server says it is, if it lets a superuser in. */
  private static List<String> identifiers(RunContext run, RunRequest.Scratch scratch) {
    var users = run.engine().name().equals("PostgreSQL") ? SUPERUSERS : List.of("root");
    return users.stream().flatMap(user -> identifier(run, scratch, user).stream()).toList();
  }

  private static Optional<String> identifier(
      RunContext run, RunRequest.Scratch scratch, String user) {
    var target =
        new Target(
            scratch.host(),
            scratch.port(),
            user.equals("root") ? "information_schema" : user,
            user,
            scratch.passwordOrEmpty(),
            Optional.empty(),
            List.of("public"),
            TlsMode.Disable,
            Path.of("ca.crt"),
            Map.of(),
            RunRequest.Limits.DEFAULT,
            "schemaversion");
    try (var session = run.engine().sessions(target).getConnection()) {
      return Optional.of(run.engine().catalog(session).about().identifier());
    } catch (SQLException | RunFailure e) {
      return Optional.empty(); // who uses the server says why it cannot be used
    }
  }
}
