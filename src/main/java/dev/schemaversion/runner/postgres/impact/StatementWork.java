package dev.schemaversion.runner.postgres.impact;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.impact.Hint;
import dev.schemaversion.runner.impact.Observation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What one statement did to the rows of tables, from what the server said meanwhile. */
final class StatementWork {
  private static final Pattern REWRITES = Pattern.compile("rewriting table \"(.+)\"");
  private static final Pattern SCANS = Pattern.compile("verifying table \"(.+)\"");
  private static final Pattern BUILDS =
      Pattern.compile("building index \"(.+)\" on table \"(.+)\" (?:serially|with request .*)");
  private static final Pattern CHECKS_KEYS =
      Pattern.compile("validating foreign key constraint \"(.+)\"");

  private final Connection session;
  private final StatementKind kind;
  private final KnownTables tables;
  private final SessionState now;

  /** One hint for each table; the first, which is the greatest work, stays. */
  private final Map<Long, Hint> found = new LinkedHashMap<>();

  StatementWork(Connection session, StatementKind kind, KnownTables tables, SessionState now) {
    this.session = session;
    this.kind = kind;
    this.tables = tables;
    this.now = now;
  }

  List<Observation> of(List<String> messages) throws SQLException {
    if (kind.movesFiles()) {
      findMoved();
    }
    find(messages, REWRITES, 1, Hint.REWRITE);
    find(messages, SCANS, 1, scan());
    findForeignKeys(messages);
    if (!kind.isConcurrent()) {
      find(messages, BUILDS, 2, build());
    }
    if (kind.validates()) {
      // Before PostgreSQL 18 the server does not say that it reads the table for that.
      target().ifPresent(oid -> found.putIfAbsent(oid, Hint.CONSTRAINT_SCAN));
    }
    var seen = new ArrayList<Observation>();
    for (var each : found.entrySet()) {
      var table = tables.get(each.getKey());
      seen.add(
          new Observation(each.getValue(), table.name(), table.root(), lock(each.getKey()).lock()));
    }
    return seen;
  }

  /** The tables that were worked through. */
  Set<Long> tables() {
    return found.keySet();
  }

  private Hint scan() {
    if (kind.attaches()) {
      return Hint.PARTITION_SCAN;
    }
    return kind.setsNotNull() ? Hint.NOT_NULL_SCAN : Hint.CONSTRAINT_SCAN;
  }

  private Hint build() {
    if (kind.excludes()) {
      return Hint.EXCLUSION_INDEX;
    }
    return kind.addsKey() ? Hint.KEY_INDEX : Hint.INDEX;
  }

  private void find(List<String> messages, Pattern pattern, int group, Hint hint)
      throws SQLException {
    for (var message : messages) {
      var matcher = pattern.matcher(message);
      if (matcher.matches()) {
        table(matcher.group(group)).ifPresent(oid -> found.putIfAbsent(oid, hint));
      }
    }
  }

  private void findForeignKeys(List<String> messages) throws SQLException {
    for (var message : messages) {
      var matcher = CHECKS_KEYS.matcher(message);
      if (matcher.matches()) {
        for (long oid : referencing(matcher.group(1))) {
          if (isTouched(oid)) {
            found.putIfAbsent(oid, Hint.CONSTRAINT_SCAN);
          }
        }
      }
    }
  }

  private List<Long> referencing(String constraint) throws SQLException {
    try (var query =
        session.prepareStatement(
            "SELECT conrelid::pg_catalog.int8 FROM pg_catalog.pg_constraint WHERE contype"
                + " OPERATOR(pg_catalog.=) 'f' AND conname OPERATOR(pg_catalog.=)"
                + " CAST(? AS pg_catalog.name)")) {
      query.setString(1, constraint);
      try (var rows = query.executeQuery()) {
        var oids = new ArrayList<Long>();
        while (rows.next()) {
          oids.add(rows.getLong(1));
        }
        return oids;
      }
    }
  }

  private void findMoved() throws SQLException {
    for (long oid : tables.moved(session)) {
      found.put(oid, Hint.REWRITE);
    }
  }

  /** The known table that the server means by a name without a schema. */
  private Optional<Long> table(String name) throws SQLException {
    var named = tables.named(name);
    if (named.isEmpty() || !session.getAutoCommit()) {
      return named.stream().filter(now.locks()::containsKey).findFirst();
    }
    // Outside of a transaction nothing is locked any more. The table may be a new one of that name.
    var target = targetOid();
    if (target.isPresent() && tables.get(target.get()) == null && isNamed(target.get(), name)) {
      return Optional.empty();
    }
    return target.filter(named::contains).or(() -> named.stream().findFirst());
  }

  private boolean isTouched(long oid) throws SQLException {
    return tables.get(oid) != null && (session.getAutoCommit() || now.locks().containsKey(oid));
  }

  private Optional<Long> target() throws SQLException {
    return targetOid().filter(oid -> tables.get(oid) != null);
  }

  private Optional<Long> targetOid() throws SQLException {
    var name = kind.target();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try (var query =
        session.prepareStatement(
            "SELECT pg_catalog.to_regclass(?)::pg_catalog.oid::pg_catalog.int8")) {
      query.setString(1, name.get());
      try (var rows = query.executeQuery()) {
        return rows.next() && rows.getLong(1) != 0
            ? Optional.of(rows.getLong(1))
            : Optional.empty();
      }
    }
  }

  private boolean isNamed(long oid, String name) throws SQLException {
    return Rows.names(session, "SELECT relname FROM pg_catalog.pg_class WHERE oid = " + oid)
        .contains(name);
  }

  private LockMode lock(long oid) {
    var mode = now.locks().get(oid);
    return mode == null ? kind.usualLock() : mode;
  }
}
