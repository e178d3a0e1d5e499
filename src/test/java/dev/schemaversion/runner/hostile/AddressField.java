package dev.schemaversion.runner.hostile;

import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The fields of a database address that an attacker may control. */
enum AddressField {
  HOST_IN_THE_SPEC,
  HOST_IN_THE_SECRET,
  PORT_IN_THE_SECRET,
  NAME_IN_THE_SPEC,
  NAME_IN_THE_SECRET,
  USER,
  PASSWORD,
  HOST_IN_THE_URL,
  NAME_IN_THE_URL,
  USER_IN_THE_URL,
  PASSWORD_IN_THE_URL,
  ROLE;

  void write(Job job, String text) {
    switch (this) {
      case HOST_IN_THE_SPEC -> job.host = text;
      case HOST_IN_THE_SECRET -> job.secret("host", text).host = null;
      case PORT_IN_THE_SECRET -> job.secret("port", text).port = null;
      case NAME_IN_THE_SPEC -> job.database = text;
      case NAME_IN_THE_SECRET -> job.secret("dbname", text).database = null;
      case USER -> job.secret("username", text);
      case PASSWORD -> job.secret("password", text);
      case HOST_IN_THE_URL -> job.secret("uri", "postgres://" + encoded(text)).host = null;
      case NAME_IN_THE_URL ->
          job.secret("uri", "postgres://localhost/" + encoded(text)).database = null;
      case USER_IN_THE_URL ->
          job.secret("username", null).secret("uri", "postgres://" + encoded(text) + "@localhost");
      case PASSWORD_IN_THE_URL ->
          job.secret("password", null)
              .secret("uri", "postgres://u:" + encoded(text) + "@localhost");
      case ROLE -> job.role = text;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The harmless value of the field. */
  String defaultValue(Postgres.Database database) {
    return switch (this) {
      case HOST_IN_THE_SPEC, HOST_IN_THE_SECRET, HOST_IN_THE_URL -> "localhost";
      case PORT_IN_THE_SECRET -> Integer.toString(database.port());
      case NAME_IN_THE_SPEC, NAME_IN_THE_SECRET, NAME_IN_THE_URL -> database.name();
      case USER, USER_IN_THE_URL, ROLE -> database.user();
      case PASSWORD, PASSWORD_IN_THE_URL -> Postgres.PASSWORD;
    };
  }

  /**
   * The value that the driver receives if the text is passed on unchanged; null if the driver does
   * not receive it.
   */
  String received(Properties properties) {
    return switch (this) {
      case NAME_IN_THE_SPEC, NAME_IN_THE_SECRET, NAME_IN_THE_URL ->
          properties.getProperty("PGDBNAME");
      case USER, USER_IN_THE_URL -> properties.getProperty("user");
      case PASSWORD, PASSWORD_IN_THE_URL -> properties.getProperty("password");
      default -> null;
    };
  }
}
