package dev.schemaversion.runner.hostile;

import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.util.Properties;

/** A field that leads to a database and that an attacker may write, by who writes it. */
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

  /** What stands there where nobody means harm. */
  String usual(Postgres.Database database) {
    return switch (this) {
      case HOST_IN_THE_SPEC, HOST_IN_THE_SECRET -> "localhost";
      case PORT_IN_THE_SECRET -> Integer.toString(database.port());
      case NAME_IN_THE_SPEC, NAME_IN_THE_SECRET -> database.name();
      case USER, ROLE -> database.user();
      case PASSWORD -> Postgres.PASSWORD;
    };
  }

  /** What the driver is told where the text is taken as it is; null where it is not told it. */
  String told(Properties told) {
    return switch (this) {
      case NAME_IN_THE_SPEC, NAME_IN_THE_SECRET -> told.getProperty("PGDBNAME");
      case USER -> told.getProperty("user");
      case PASSWORD -> told.getProperty("password");
      default -> null;
    };
  }
}
