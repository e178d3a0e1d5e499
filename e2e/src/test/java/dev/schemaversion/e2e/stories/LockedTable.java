package dev.schemaversion.e2e.stories;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import java.time.Duration;

/**
 * A table of a story's MariaDB that an administrator's session reads, so that a statement that
 * changes it waits.
 */
final class LockedTable implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(4);

  /** The session remains when the command that started it has ended, and executes nothing. */
  private static final String LOCK =
      "{ (echo \"LOCK TABLES %s READ; SELECT GET_LOCK('story', 0);\"; exec sleep 100000)"
          + " | mariadb --no-defaults --unbuffered -u\"$MARIADB_USER\" -p\"$MARIADB_PASSWORD\""
          + " \"$MARIADB_DATABASE\"; } </dev/null >/dev/null 2>&1 &";

  private static final String HOLDER =
      "FROM information_schema.processlist WHERE id = IS_USED_LOCK('story')";
  private static final String WAITING =
      "FROM information_schema.processlist WHERE state LIKE 'Waiting for table%'";

  private final MariaDb database;

  /** Returns when the table is locked. */
  LockedTable(Glance glance, String table) {
    database = new MariaDb(glance);
    glance.kubectl("exec", MariaDb.DEPLOYMENT, "--", "sh", "-c", LOCK.formatted(table));
    await().atMost(LONG).until(() -> is(HOLDER));
  }

  /** Waits until a statement that contains this text waits for the lock. */
  void awaitWaiting(String statement) {
    await().atMost(LONG).until(() -> is(WAITING + " AND info LIKE '%" + statement + "%'"));
  }

  /** Waits until the server has noticed that whoever waited is gone; it gives the statement up. */
  void awaitNobodyWaits() {
    await().atMost(LONG).until(() -> !is(WAITING));
  }

  private boolean is(String sessions) {
    return !database.query("SELECT id " + sessions).isEmpty();
  }

  @Override
  public void close() {
    database.query("SELECT CONCAT('KILL ', id) " + HOLDER).forEach(database::query);
  }
}
