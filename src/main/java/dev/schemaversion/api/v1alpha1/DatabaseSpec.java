package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** The connection to the database: its address, credentials and TLS settings. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.engine == 'PostgreSQL' || !has(self.schemas)",
    message = "database.schemas is for PostgreSQL; elsewhere a database is its only schema")
@ValidationRule(
    value = "self.engine == 'PostgreSQL' || !has(self.role)",
    message = "database.role is for PostgreSQL; elsewhere give the user a default role")
@ValidationRule(
    value =
        "!has(self.parameters) || self.parameters.all(name, name == 'connectTimeout' ||"
            + " (name == 'channelBinding' && self.engine == 'PostgreSQL'))",
    message =
        "database.parameters may have connectTimeout, with PostgreSQL also channelBinding, and no"
            + " other")
@ValidationRule(
    value =
        "!has(self.parameters) || !('connectTimeout' in self.parameters) ||"
            + " self.parameters['connectTimeout'].matches('^([1-9]|[1-5][0-9]|60)$')",
    message = "database.parameters: connectTimeout must be whole seconds from 1 to 60")
@ValidationRule(
    value =
        "!has(self.parameters) || !('channelBinding' in self.parameters) ||"
            + " self.parameters['channelBinding'] == 'require'",
    message = "database.parameters: channelBinding must be require")
public record DatabaseSpec(
    @Required @JsonPropertyDescription("The database engine.") Engine engine,
    @Pattern("^([A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,45})$")
        @JsonPropertyDescription(
            "The host name or IP address of the server. Defaults to the host key of the "
                + "Secret.")
        String host,
    @Min(1)
        @Max(65535)
        @JsonPropertyDescription(
            "The TCP port of the server. Defaults to the port key of the Secret and, where "
                + "the Secret has none, to the engine's default port.")
        Integer port,
    @Size(min = 1, max = 63)
        @Pattern("^[^\\x00-\\x1f\\x7f]+$")
        @JsonPropertyDescription(
            "The name of the database. Defaults to the dbname key of the Secret.")
        String name,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "PostgreSQL only: the schemas that the migrations own. The first one is the "
                + "default schema and holds Flyway's history table. Defaults to public. With "
                + "MariaDB and MySQL a database is its only schema.")
        List<@Pattern("^[^\\x00-\\x1f\\x7f]{1,63}$") String> schemas,
    @Size(min = 1, max = 63)
        // Flyway does not escape a quote in it.
        @Pattern("^[^\\x00-\\x1f\\x7f'\"]+$")
        @JsonPropertyDescription(
            "PostgreSQL only: a role to assume after login (SET ROLE), so that this role owns "
                + "the objects that the migrations create. The name must not contain quotes. "
                + "Defaults to the user that logs in.")
        String role,
    @Required @JsonPropertyDescription("The Secret with the user name and the password.")
        SecretRef secretRef,
    @JsonPropertyDescription("TLS settings of the connection. Defaults to mode Prefer.")
        TlsSpec tls,
    @Size(max = 8)
        @JsonPropertyDescription(
            "Further connection parameters; each value is text. connectTimeout: the timeout "
                + "in seconds for each step of opening a connection, from 1 to 60, 10 by default; "
                + "raise it for a database that starts on demand. channelBinding (PostgreSQL only): "
                + "require binds the SCRAM login to the TLS connection and so excludes a man in the "
                + "middle. Other parameters are not allowed.")
        Map<String, @Size(max = 64) String> parameters) {

  /** The database engines. */
  public enum Engine {
    /** PostgreSQL, and servers with its protocol and its catalog. */
    PostgreSQL,
    /** MariaDB Server. */
    MariaDB,
    /** MySQL Server. */
    MySQL;

    /** Returns the port on which a server listens unless it is configured otherwise. */
    public int defaultPort() {
      return switch (this) {
        case PostgreSQL -> 5432;
        case MariaDB, MySQL -> 3306;
      };
    }
  }

  /** A reference to a Secret in the namespace of the resource. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretRef(
      @Required
          @Size(min = 1, max = 253)
          @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
          @JsonPropertyDescription(
              "The name of the Secret, in the namespace of this resource. Only the pods of the "
                  + "Jobs read it; the operator has no access to Secrets.")
          String name,
      @JsonPropertyDescription(
              "The names of the keys in the Secret. Defaults to username or user, password, host, "
                  + "port, and dbname or database, as database operators write them; what has no "
                  + "key is taken from the URL in uri.")
          SecretKeys keys) {}

  /** The names of the keys in the Secret. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretKeys(
      @Default("username")
          @Pattern(SecretKeys.KEY)
          @JsonPropertyDescription("The key of the user name.")
          String username,
      @Default("password")
          @Pattern(SecretKeys.KEY)
          @JsonPropertyDescription("The key of the password.")
          String password,
      @Default("host") @Pattern(SecretKeys.KEY) @JsonPropertyDescription("The key of the host.")
          String host,
      @Default("port") @Pattern(SecretKeys.KEY) @JsonPropertyDescription("The key of the port.")
          String port,
      @Default("dbname")
          @Pattern(SecretKeys.KEY)
          @JsonPropertyDescription("The key of the database name.")
          String dbname,
      @Pattern(SecretKeys.KEY)
          @JsonPropertyDescription(
              "The key of a URL, such as DATABASE_URL: postgres://user:password@host:5432/name, "
                  + "also with jdbc: in front. What has no key of its own is taken from it. Of its "
                  + "parameters, sslmode and channel_binding are used. Defaults to uri, unless "
                  + "another key is named.")
          String uri) {
    static final String KEY = "^[-._a-zA-Z0-9]{1,253}$";

    /** The default keys, as CloudNativePG writes them. */
    public static final SecretKeys DEFAULT =
        new SecretKeys("username", "password", "host", "port", "dbname", null);
  }

  /** TLS settings of the connection. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!(self.mode in ['VerifyCA', 'VerifyFull']) || has(self.caRef)",
      message = "tls.caRef is required with mode VerifyCA and VerifyFull")
  public record TlsSpec(
      @Required
          @JsonPropertyDescription(
              "How the connection is encrypted and the server verified, with the meanings of "
                  + "libpq's sslmode. Disable: no encryption. Prefer: encryption if the server "
                  + "supports it. Require: encryption; the certificate is not verified. VerifyCA: the "
                  + "certificate must be signed by caRef. VerifyFull: the certificate must also match "
                  + "the host.")
          TlsMode mode,
      @JsonPropertyDescription(
              "The certificate authority that signed the server's certificate. Required with "
                  + "VerifyCA and VerifyFull.")
          CaRef caRef) {}

  /** How the connection is encrypted and the server verified. */
  public enum TlsMode {
    /** No encryption. */
    Disable,
    /** Encryption if the server supports it. */
    Prefer,
    /** Encryption; the certificate is not verified. */
    Require,
    /** Encryption, with a certificate that the given authority signed. */
    VerifyCA,
    /** As {@link #VerifyCA}, and the certificate must match the host. */
    VerifyFull
  }

  /** A reference to a ConfigMap with the certificates of an authority. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CaRef(
      @Required
          @Size(min = 1, max = 253)
          @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
          @JsonPropertyDescription("The name of a ConfigMap in the namespace of this resource.")
          String configMap,
      @Default("ca.crt")
          @Pattern(SecretKeys.KEY)
          @JsonPropertyDescription("The key with the certificates, in PEM format.")
          String key) {}
}
