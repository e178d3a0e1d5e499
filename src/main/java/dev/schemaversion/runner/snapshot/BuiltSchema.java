package dev.schemaversion.runner.snapshot;

import dev.schemaversion.runner.snapshot.Catalog.OtherSchema;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads what migrations build on a scratch database: the objects in the scope, and what they make
 * outside of it. In a schema that they create, everything counts. In one that is there before them,
 * or that an extension uses, only their own objects do.
 */
public final class BuiltSchema {
  /** A report has no room for more bytes. */
  private static final int ROOM = 400;

  private final Connection admin;
  private final Scope scope;
  private final Consumer<String> warnings;
  private final Set<String> before;
  private Outside outside = Outside.NOTHING;

  /**
   * Notes which schemas are there.
   *
   * @param admin a session on the scratch database, on which no migration has run
   * @param warnings gets a sentence if not all that is outside can be compared
   */
  public BuiltSchema(Connection admin, Scope scope, Consumer<String> warnings) throws SQLException {
    this.admin = admin;
    this.scope = scope;
    this.warnings = warnings;
    this.before = others().stream().map(OtherSchema::name).collect(Collectors.toSet());
  }

  /** Reads what is built now. */
  public Snapshot read() throws SQLException {
    outside = fitting(find());
    return new SnapshotReader(admin, scope.with(outside)).readAlone();
  }

  /** Finds out which witnesses certainly still hold, see {@link Catalog#confirmed}. */
  public Set<Witness> confirmed(List<Witness> witnesses) throws SQLException {
    return Catalog.of(admin, scope).confirmed(witnesses);
  }

  /** Settles comparisons with what {@link #read} read last. */
  public RoundTrip trip() throws SQLException {
    return new RoundTrip(admin, scope.with(outside.widened()));
  }

  private List<OtherSchema> others() throws SQLException {
    return new SnapshotReader(admin, scope).otherSchemas();
  }

  private List<String> find() throws SQLException {
    var others = others();
    if (others.isEmpty()) {
      return List.of();
    }
    var all = scope.of(others.stream().map(OtherSchema::name).toList());
    var objects =
        new SnapshotReader(admin, all)
            .readAlone().lines().stream()
                .flatMap(line -> Outside.object(line).stream())
                .collect(Collectors.toSet());
    var entries = new ArrayList<String>();
    for (var schema : others) {
      var inside = objects.stream().filter(o -> o.startsWith(schema.quoted() + ".")).toList();
      if (before.contains(schema.name()) || schema.holdsExtension()) {
        entries.addAll(inside);
      } else {
        entries.add(inside.isEmpty() ? schema.quoted() : Outside.whole(schema.quoted()));
      }
    }
    return entries;
  }

  private Outside fitting(List<String> entries) {
    var room = ROOM;
    var fitting = new ArrayList<String>();
    for (var entry : entries.stream().sorted().toList()) {
      room -= entry.getBytes(StandardCharsets.UTF_8).length + 3;
      if (room < 0) {
        warnings.accept(
            "Warning: the migrations make more objects outside spec.database.schemas than can be"
                + " recorded, and not all of them are compared. Add their schemas to"
                + " spec.database.schemas.");
        break;
      }
      fitting.add(entry);
    }
    return new Outside(fitting);
  }
}
