package dev.schemaversion.runner.hostile;

import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
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
      case ROLE -> job.role = text;
    }
  }

  /** The harmless value of the field. */
  String defaultValue(Postgres.Database database) {
    return switch (this) {
      case HOST_IN_THE_SPEC, HOST_IN_THE_SECRET -> "localhost";
      case PORT_IN_THE_SECRET -> Integer.toString(database.port());
      case NAME_IN_THE_SPEC, NAME_IN_THE_SECRET -> database.name();
      case USER, ROLE -> database.user();
      case PASSWORD -> Postgres.PASSWORD;
    };
  }

  /**
   * The value that the driver receives if the text is passed on unchanged; null if the driver does
   * not receive it.
   */
  String received(Properties properties) {
    return switch (this) {
      case NAME_IN_THE_SPEC, NAME_IN_THE_SECRET -> properties.getProperty("PGDBNAME");
      case USER -> properties.getProperty("user");
      case PASSWORD -> properties.getProperty("password");
      default -> null;
    };
  }
}
