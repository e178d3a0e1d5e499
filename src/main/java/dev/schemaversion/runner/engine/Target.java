package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Parameter;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.RunRequest.Limits;
import dev.schemaversion.contract.RunRequest.TlsMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which database to connect to and as whom: the request's fields, completed from the Secret.
 *
 * @param role the role to take on after login
 * @param schemas what the migrations own; the first holds the history
 * @param certificateAuthority whom the server's certificate must come from, where it is checked
 * @param parameters what users have set of {@link Parameter}s, by their labels
 * @param limits how long its statements may take and wait
 * @param application how the sessions are called on the server
 */
public record Target(
    String host,
    int port,
    String database,
    String user,
    String password,
    Optional<String> role,
    List<String> schemas,
    TlsMode tlsMode,
    Path certificateAuthority,
    Map<String, String> parameters,
    Limits limits,
    String application) {

  /** A name or an address, and nothing that means something in a URL or to a program. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?\\.?|[0-9A-Fa-f:]{2,45}");

  /** What is mounted in the pod. */
  public interface Mounted {
    /** A key of the Secret; empty if there is no such key. */
    Optional<String> secret(String key);

    /** Where the certificate authority is, whether it is there or not. */
    Path certificateAuthority();
  }

  /**
   * The target of a request.
   *
   * @throws RunFailure if something is missing, or no name or number
   */
  public static Target of(RunRequest request, Mounted inputs, Engine engine) {
    var database = request.database();
    var missing = new ArrayList<String>();
    var user = required(null, "username", inputs, missing);
    var password = required(null, "password", inputs, missing);
    var host = required(database.host(), "host", inputs, missing);
    var name = required(database.name(), "dbname", inputs, missing);
    if (!missing.isEmpty()) {
      throw new RunFailure(
          Outcome.CREDENTIALS_MISSING,
          "The Secret is not there or lacks "
              + String.join(", ", missing)
              + ". Add what is missing"
              + (missing.contains("host") || missing.contains("dbname")
                  ? " (host and dbname may stand in spec.database as well)"
                  : "")
              + "; the next attempt takes it.");
    }
    if (!HOST.matcher(host).matches()) {
      throw invalid("The host “" + host + "” is neither a host name nor an address.");
    }
    Parameter.problem(engine.name(), database.parameters())
        .ifPresent(
            problem -> {
              throw new RunFailure(
                  Outcome.INVALID_REQUEST, problem + ". Nothing was done. Correct the resource.");
            });
    return new Target(
        host,
        port(database, inputs, engine.defaultPort()),
        unquoted("database name", name),
        unquoted("user name", user),
        password,
        Optional.ofNullable(database.role()).map(role -> unquoted("role", role)),
        engine.schemas(database.schemas() == null ? List.of() : database.schemas(), name),
        Optional.ofNullable(database.tlsMode()).orElse(TlsMode.Prefer),
        inputs.certificateAuthority(),
        Objects.requireNonNullElse(database.parameters(), Map.of()),
        request.limitsOrDefault(),
        request.job() == null ? "schemaversion" : request.job());
  }

  /** The most seconds that each step of opening a session may take. */
  public int connectSeconds() {
    return parameter(Parameter.CONNECT_TIMEOUT)
        .map(Integer::valueOf)
        .orElse(SessionSource.CONNECT_SECONDS);
  }

  /** What users have set of it. */
  public Optional<String> parameter(Parameter parameter) {
    return Optional.ofNullable(parameters.get(parameter.label()));
  }

  /** Host and port as messages show them. */
  public String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String toString() {
    return user + " at " + address() + "/" + database;
  }

  private static String required(String given, String key, Mounted inputs, List<String> missing) {
    if (given != null) {
      return given;
    }
    var found = inputs.secret(key);
    if (found.isEmpty()) {
      missing.add(key);
    }
    return found.orElse("");
  }

  private static int port(RunRequest.Database database, Mounted inputs, int defaultPort) {
    if (database.port() != null) {
      return database.port();
    }
    var text = inputs.secret("port").orElse(Integer.toString(defaultPort));
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, together with numbers that are no ports
    }
    throw invalid("The port “" + text + "” in the Secret is not a number from 1 to 65535.");
  }

  /** Flyway puts the role back with unescaped quotes, so a quote in a name cannot be allowed. */
  private static String unquoted(String what, String name) {
    if (name.isEmpty() || name.indexOf('\'') >= 0 || name.indexOf('\0') >= 0) {
      throw invalid("The " + what + " “" + name + "” is empty or has a quote in it.");
    }
    return name;
  }

  private static RunFailure invalid(String message) {
    return new RunFailure(
        Outcome.INVALID_REQUEST,
        message
            + " Correct it; if it stands in the Secret, then set the annotation"
            + " schemaversion.dev/retry.");
  }
}
