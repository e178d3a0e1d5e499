package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Parameter;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.request.RequestedDatabase;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.secret.DatabaseSecret;
import dev.schemaversion.runner.engine.secret.InvalidSecret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
    RunLimits limits,
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
    try {
      return of(request, new DatabaseSecret(engine.name(), inputs::secret), inputs, engine);
    } catch (InvalidSecret e) {
      throw invalid(e.getMessage());
    }
  }

  private static Target of(
      RunRequest request, DatabaseSecret secret, Mounted inputs, Engine engine) {
    var database = request.database();
    var missing = new ArrayList<String>();
    var user = required("username", secret.username(), missing);
    var password = required("password", secret.password(), missing);
    var host = required("host", Optional.ofNullable(database.host()).or(secret::host), missing);
    var name =
        required("dbname", Optional.ofNullable(database.name()).or(secret::database), missing);
    if (!missing.isEmpty()) {
      throw new RunFailure(
          Outcome.CREDENTIALS_MISSING,
          "The Secret of spec.database.secretRef does not exist or lacks "
              + String.join(", ", missing)
              + ". Add the missing keys"
              + (missing.contains("host") || missing.contains("dbname")
                  ? " (host and dbname can also be set in spec.database)"
                  : "")
              + ", or a URL as the key uri; the next attempt uses them.");
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
        port(database, secret, engine.defaultPort()),
        unquoted("database name", name),
        unquoted("user name", user),
        password,
        Optional.ofNullable(database.role()).map(role -> unquoted("role", role)),
        engine.schemas(database.schemas() == null ? List.of() : database.schemas(), name),
        tlsMode(Objects.requireNonNullElse(database.tlsMode(), TlsMode.Prefer), secret),
        inputs.certificateAuthority(),
        parameters(database, secret),
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

  private static String required(String key, Optional<String> value, List<String> missing) {
    if (value.isEmpty()) {
      missing.add(key);
    }
    return value.orElse("");
  }

  /** A URL that asks for more than the default is obeyed. */
  private static TlsMode tlsMode(TlsMode mode, DatabaseSecret secret) {
    var asked = secret.sslMode().orElse("");
    if (mode == TlsMode.Prefer && asked.startsWith("verify")) {
      throw invalid(
          "The URL in the Secret has the sslmode %s. Set spec.database.tls, with the certificate authority."
              .formatted(asked));
    }
    return mode == TlsMode.Prefer && asked.equals("require") ? TlsMode.Require : mode;
  }

  private static Map<String, String> parameters(RequestedDatabase database, DatabaseSecret secret) {
    var parameters =
        new HashMap<String, String>(Objects.requireNonNullElse(database.parameters(), Map.of()));
    if (secret.bindsChannel()) {
      parameters.put(Parameter.CHANNEL_BINDING.label(), "require");
    }
    return Map.copyOf(parameters);
  }

  private static int port(RequestedDatabase database, DatabaseSecret secret, int defaultPort) {
    if (database.port() != null) {
      return database.port();
    }
    var text = secret.port().orElse(Integer.toString(defaultPort));
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // reported below, together with numbers that are not valid ports
    }
    // Never the text: it may be the password of a URL without a host.
    throw invalid("The port in the Secret is not a number from 1 to 65535.");
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
