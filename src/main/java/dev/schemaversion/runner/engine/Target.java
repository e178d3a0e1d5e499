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
 * The database and the user to connect as: the fields of the request, completed from the Secret.
 *
 * @param role the role to set after login
 * @param schemas the schemas that the migrations own; the first one contains the history table
 * @param certificateAuthority the certificate authority of the server's certificate, for the TLS
 *     modes that verify it
 * @param parameters the values of {@link Parameter}s that the user has set, by their labels
 * @param limits the timeouts of statements and of lock waits
 * @param application the application name of the sessions on the server
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

  /**
   * A host name or an address, without characters that have a meaning in a URL or on a command
   * line.
   */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?\\.?|[0-9A-Fa-f:]{2,45}");

  /** The files that are mounted into the pod. */
  public interface Mounted {
    /** Reads a key of the Secret; empty if the Secret lacks it. */
    Optional<String> secret(String key);

    /** The path of the certificate authority; the file need not exist. */
    Path certificateAuthority();
  }

  /**
   * Creates the target of a request.
   *
   * @throws RunFailure if a value is missing or invalid
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
          "The Secret of spec.database.secretRef does not exist or lacks "
              + String.join(", ", missing)
              + ". Add the missing keys"
              + (missing.contains("host") || missing.contains("dbname")
                  ? " (host and dbname can also be set in spec.database)"
                  : "")
              + "; the next attempt uses them.");
    }
    if (!HOST.matcher(host).matches()) {
      throw invalid("The host “" + host + "” is neither a host name nor an address.");
    }
    Parameter.problem(engine.name(), database.parameters())
        .ifPresent(
            problem -> {
              throw new RunFailure(
                  Outcome.INVALID_REQUEST,
                  problem + ". Nothing was done. Correct spec.database.parameters.");
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

  /** The timeout in seconds of each step of opening a session. */
  public int connectSeconds() {
    return parameter(Parameter.CONNECT_TIMEOUT)
        .map(Integer::valueOf)
        .orElse(SessionSource.CONNECT_SECONDS);
  }

  /** The value that the user has set for a parameter. */
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
      // reported below, together with numbers that are not valid ports
    }
    throw invalid("The port “" + text + "” in the Secret is not a number from 1 to 65535.");
  }

  /** Rejects a quote in a name, because Flyway restores the role with unescaped quotes. */
  private static String unquoted(String what, String name) {
    if (name.isEmpty() || name.indexOf('\'') >= 0 || name.indexOf('\0') >= 0) {
      throw invalid("The " + what + " “" + name + "” is empty or contains a quote.");
    }
    return name;
  }

  private static RunFailure invalid(String message) {
    return new RunFailure(
        Outcome.INVALID_REQUEST,
        message
            + " Correct the value; after a change in the Secret, set the annotation"
            + " schemaversion.dev/retry.");
  }
}
