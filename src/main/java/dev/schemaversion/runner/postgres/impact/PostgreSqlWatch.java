package dev.schemaversion.runner.postgres.impact;

import dev.schemaversion.runner.impact.Hint;
import dev.schemaversion.runner.impact.Observation;
import dev.schemaversion.runner.impact.StatementWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Observes the statements of one session. The server says at the level debug1 which tables it
 * rewrites and scans and which indexes it builds; a transaction keeps its locks to its end, so they
 * can be read after each statement. A statement outside of a transaction has released them by then;
 * its lock follows from what it is.
 */
final class PostgreSqlWatch implements StatementWatch {
  private final Connection clone;
  private final KnownTables tables;
  private final DesignAdvice design;
  private final Set<Long> reported = new LinkedHashSet<>();
  private SessionState held = SessionState.NOTHING;
  private boolean silent = true;

  PostgreSqlWatch(Connection clone) throws SQLException {
    this.clone = clone;
    this.tables = KnownTables.read(clone);
    this.design = DesignAdvice.before(clone);
  }

  @Override
  public void begin() {
    held = SessionState.NOTHING;
    reported.clear();
    silent = true;
  }

  @Override
  public void before(Connection session, String sql) throws SQLException {
    if (silent) {
      try (var statement = session.createStatement()) {
        statement.execute("SET client_min_messages = debug1");
      }
      silent = false;
    }
    if (new StatementKind(sql).movesFiles()) {
      tables.moved(session); // by statements before it
    }
  }

  @Override
  public List<Observation> after(Connection session, String sql, List<String> messages)
      throws SQLException {
    var kind = new StatementKind(sql);
    if (kind.endsTransaction()) {
      begin();
    }
    silent |= kind.setsMessages();
    if (!kind.hasSnapshot()) {
      return List.of();
    }
    // Seed data may be thousands of statements, which lock no table.
    var now =
        kind.changesRowsOnly() && messages.isEmpty() ? held : SessionState.read(session, tables);
    var work = new StatementWork(session, kind, tables, now);
    var seen = new ArrayList<>(work.of(messages));
    seen.addAll(locks(now, work.tables()));
    seen.addAll(heldDuring(kind, seen, now));
    held = now;
    return seen;
  }

  /** Tables that are worked through are locked as well, which is said with the work. */
  private List<Observation> locks(SessionState now, Set<Long> worked) {
    var seen = new ArrayList<Observation>();
    now.locks()
        .forEach(
            (oid, mode) -> {
              if (mode.blocksOthers() && now.isNew(oid, held)) {
                if (!worked.contains(oid)) {
                  seen.add(observation(Hint.SHORT_LOCK, oid, mode));
                }
                if (now.unlimited()) {
                  seen.add(observation(Hint.NO_LOCK_TIMEOUT, oid, mode));
                }
              }
            });
    return seen;
  }

  /** What an earlier statement has locked and this one lets others wait for, once in a script. */
  private List<Observation> heldDuring(
      StatementKind kind, List<Observation> seen, SessionState now) {
    boolean works = kind.worksOnRows() || seen.stream().anyMatch(each -> each.hint().readsRows());
    boolean waits = seen.stream().anyMatch(each -> each.hint() == Hint.SHORT_LOCK);
    var all = new ArrayList<Observation>();
    held.locks()
        .forEach(
            (oid, mode) -> {
              boolean still = now.locks().containsKey(oid) && mode == LockMode.ACCESS_EXCLUSIVE;
              boolean itself =
                  !kind.worksOnRows()
                      && seen.stream()
                          .filter(each -> each.hint().readsRows() || each.hint() == Hint.SHORT_LOCK)
                          .allMatch(each -> each.root().equals(tables.get(oid).root()));
              if (still
                  && !itself
                  && (works ? reported.add(oid) : waits && !reported.contains(oid))) {
                all.add(observation(works ? Hint.LOCK_HELD : Hint.LOCKS_TOGETHER, oid, mode));
              }
            });
    return all;
  }

  private Observation observation(Hint hint, long oid, LockMode mode) {
    var table = tables.get(oid);
    return new Observation(hint, table.name(), table.root(), mode.lock());
  }

  @Override
  public List<String> advice() throws SQLException {
    return design.since(clone);
  }
}
