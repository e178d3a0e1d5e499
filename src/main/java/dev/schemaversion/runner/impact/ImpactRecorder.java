package dev.schemaversion.runner.impact;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what the scripts of a rehearsal do to tables. It must not decide how the rehearsal ends:
 * if the observation itself fails, the rest of the scripts is not observed.
 */
public final class ImpactRecorder implements AutoCloseable {
  private static final String BETWEEN = "a callback";

  private final Connection clone;
  private StatementWatch watch;
  private final Map<String, List<Observation>> scripts = new LinkedHashMap<>();
  private final Map<TableName, Integer> statements = new HashMap<>();
  private String script = BETWEEN;
  private SQLException failure;

  /**
   * Begins to watch a clone.
   *
   * @param clone a session that can read everything; it is closed with this
   */
  public ImpactRecorder(ImpactSource source, Connection clone) {
    this.clone = clone;
    observe(() -> watch = source.watch(clone));
  }

  /** A script begins. */
  public void begin(String file) {
    script = file;
    statements.clear();
    observe(() -> watch.begin());
  }

  /** A script has ended; what runs before the next one is a callback. */
  public void end() {
    begin(BETWEEN);
  }

  /** A statement begins. */
  public void before(Connection session, String sql) {
    observe(() -> watch.before(session, sql));
  }

  /** A statement has succeeded. */
  public void after(Connection session, String sql, List<String> messages) {
    observe(() -> add(watch.after(session, sql, messages)));
  }

  private interface Look {
    void look() throws SQLException;
  }

  private void observe(Look look) {
    if (failure == null) {
      try {
        look.look();
      } catch (SQLException e) {
        failure = e;
      }
    }
  }

  private void add(List<Observation> seen) {
    if (seen.isEmpty()) {
      return;
    }
    var all = scripts.computeIfAbsent(script, any -> new ArrayList<>());
    all.addAll(seen);
    var once = new HashSet<TableName>();
    for (var each : seen) {
      if (each.hint().readsRows() && isAlterTable(each.hint()) && once.add(each.table())) {
        int times = statements.merge(each.table(), 1, Integer::sum);
        if (times == 2) {
          all.add(new Observation(Hint.REPEATED, each.table(), each.root(), each.lock()));
        }
      }
    }
  }

  /** What one ALTER TABLE could do at once. */
  private static boolean isAlterTable(Hint hint) {
    return hint.rewrites() || hint == Hint.CONSTRAINT_SCAN || hint == Hint.NOT_NULL_SCAN;
  }

  /** What each script did, in their order. */
  public Map<String, List<Observation>> scripts() {
    return scripts;
  }

  List<String> advice() {
    var advice = new ArrayList<String>();
    observe(() -> advice.addAll(watch.advice()));
    return advice;
  }

  /** Why the scripts could not be observed to their end; null if they were. */
  SQLException failure() {
    return failure;
  }

  @Override
  public void close() {
    try {
      clone.close();
    } catch (SQLException e) {
      // The scratch server has ended the session already.
    }
  }
}
