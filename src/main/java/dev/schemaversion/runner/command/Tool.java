package dev.schemaversion.runner.command;

import dev.schemaversion.runner.engine.Login;

/** The user's migration tool. It works on one database at a time. */
interface Tool {
  /** Has the tool migrate a database to a version, and waits for its end. */
  Ended migrate(Login login, String version);

  /** Has the tool record that a database is at a version, without migrating. */
  Ended stamp(Login login, String version);
}
