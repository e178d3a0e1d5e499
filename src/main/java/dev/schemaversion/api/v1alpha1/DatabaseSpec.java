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

/** Where the database is and how to log in. */
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
    @Required @JsonPropertyDescription("The kind of database.") Engine engine,
    @Pattern("^([A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,45})$")
        @JsonPropertyDescription(
            "Host name or address. Without it, the Secret's key for it (host) is read.")
        String host,
    @Min(1)
        @Max(65535)
        @JsonPropertyDescription(
            "TCP port. Without it, the Secret's key for it (port) is read, and without that the"
                + " engine's usual port is taken.")
        Integer port,
    @Size(min = 1, max = 63)
        @Pattern("^[^\\x00-\\x1f\\x7f]+$")
        @JsonPropertyDescription(
            "The database's name. Without it, the Secret's key for it (dbname) is read.")
        String name,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "The schemas the migrations own. The first is the default one and holds Flyway's"
                + " history table. By default public. Only for PostgreSQL: elsewhere a database is"
                + " its only schema.")
        List<@Pattern("^[^\\x00-\\x1f\\x7f]{1,63}$") String> schemas,
    @Size(min = 1, max = 63)
        // Flyway does not escape a quote in it.
        @Pattern("^[^\\x00-\\x1f\\x7f'\"]+$")
        @JsonPropertyDescription(
            "A role to take on after login (SET ROLE), so that it owns what the migrations make;"
                + " without quotes. Only for PostgreSQL.")
        String role,
    @Required @JsonPropertyDescription("The Secret with user name and password.")
        SecretRef secretRef,
    @JsonPropertyDescription("How the connection is secured.") TlsSpec tls,
    @Size(max = 8)
        @JsonPropertyDescription(
            "Further parameters of the connection; each value is a text. connectTimeout: how many"
                + " seconds each step of opening a connection may take, from 1 to 60, by default"
                + " 10; for a database that wakes up when somebody comes. channelBinding: require;"
                + " the login is bound to the encrypted connection (SCRAM), so that nobody can sit"
                + " in between. Only for PostgreSQL. There are no others.")
        Map<String, @Size(max = 64) String> parameters) {

  /** The kinds of databases. */
  public enum Engine {
    /** PostgreSQL and what speaks its protocol and has its catalog. */
    PostgreSQL,
    /** MariaDB Server. */
    MariaDB,
    /** MySQL Server. */
    MySQL
  }

  /** A Secret of the resource's own namespace. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretRef(
      @Required
          @Size(min = 1, max = 253)
          @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
          @JsonPropertyDescription(
              "The Secret's name, in the namespace of this resource. Only Job pods read it; the"
                  + " operator has no right to.")
          String name,
      @JsonPropertyDescription(
              "What the Secret's keys are called, where they are not username, password, host, port"
                  + " and dbname (as CloudNativePG writes them).")
          SecretKeys keys) {}

  /** The names of a Secret's keys. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretKeys(
      @Default("username")
          @Pattern(SecretKeys.KEY)
          @JsonPropertyDescription("Key of the user name.")
          String username,
      @Default("password") @Pattern(SecretKeys.KEY) @JsonPropertyDescription("Key of the password.")
          String password,
      @Default("host") @Pattern(SecretKeys.KEY) @JsonPropertyDescription("Key of the host.")
          String host,
      @Default("port") @Pattern(SecretKeys.KEY) @JsonPropertyDescription("Key of the port.")
          String port,
      @Default("dbname")
          @Pattern(SecretKeys.KEY)
          @JsonPropertyDescription("Key of the database's name.")
          String dbname) {
    static final String KEY = "^[-._a-zA-Z0-9]{1,253}$";

    /** The keys as CloudNativePG writes them. */
    public static final SecretKeys DEFAULT =
        new SecretKeys("username", "password", "host", "port", "dbname");
  }

  /** How the connection is secured. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!(self.mode in ['VerifyCA', 'VerifyFull']) || has(self.caRef)",
      message = "tls.caRef is required with mode VerifyCA and VerifyFull")
  public record TlsSpec(
      @Required
          @JsonPropertyDescription(
              "How far the server must prove who it is. Disable: plain text. Prefer: encrypted where"
                  + " the server can. Require: encrypted. VerifyCA: its certificate must come from"
                  + " caRef. VerifyFull: the certificate must also name the host.")
          TlsMode mode,
      @JsonPropertyDescription("The certificate authority that signed the server's certificate.")
          CaRef caRef) {}

  /** How far the server must prove who it is. */
  public enum TlsMode {
    /** Plain text. */
    Disable,
    /** Encrypted where the server can. */
    Prefer,
    /** Encrypted, whoever it is. */
    Require,
    /** Encrypted, with a certificate from the given authority. */
    VerifyCA,
    /** The same, and the certificate must name the host. */
    VerifyFull
  }

  /** A certificate authority in a ConfigMap. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CaRef(
      @Required
          @Size(min = 1, max = 253)
          @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
          @JsonPropertyDescription("A ConfigMap in the namespace of this resource.")
          String configMap,
      @Default("ca.crt")
          @Pattern(SecretKeys.KEY)
          @JsonPropertyDescription("The key with the certificates in PEM form.")
          String key) {}
}
