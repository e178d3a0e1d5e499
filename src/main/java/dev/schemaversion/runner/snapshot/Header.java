package dev.schemaversion.runner.snapshot;

import dev.schemaversion.contract.Sha256;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The conditions under which a snapshot is taken, which are part of its fingerprint. Snapshots with
 * different headers cannot be compared: that is a reason for a new proof, not drift.
 *
 * @param format the version of the lines' format
 * @param engine the database engine
 * @param major the major version of the engine, with the minor one for MariaDB and MySQL, whose
 *     11.4 and 11.8 are major releases; the output of a server may differ between majors
 * @param ignore the patterns of objects that do not count
 * @param grants whether grants and owners count
 * @param outside what is read outside the schemas
 */
public record Header(
    int format, String engine, String major, List<String> ignore, boolean grants, Outside outside) {
  /** Increment it when the lines of an unchanged schema change. */
  private static final int FORMAT = 2;

  /** Copies the list. */
  public Header {
    ignore = List.copyOf(ignore);
  }

  static Header of(DatabaseMetaData server, Scope scope) throws SQLException {
    var engine = server.getDatabaseProductName();
    var major = String.valueOf(server.getDatabaseMajorVersion());
    return new Header(
        FORMAT,
        engine,
        engine.equals(Catalog.POSTGRESQL) ? major : major + "." + server.getDatabaseMinorVersion(),
        scope.ignore().stream().map(IgnorePattern::toString).distinct().sorted().toList(),
        scope.grants(),
        scope.outside());
  }

  Header with(Outside other) {
    return new Header(format, engine, major, ignore, grants, other);
  }

  /** Returns the header as one short line, equal for equal headers. */
  public String text() {
    return format
        + " "
        + engine
        + " "
        + major
        + (grants ? "" : " noting grants")
        + (ignore.isEmpty() ? "" : " ignoring " + Sha256.ofLines(ignore.stream()))
        + (outside.isEmpty() ? "" : " and " + Sha256.ofLines(outside.entries().stream()));
  }

  List<String> lines() {
    return Stream.of(
            Stream.of("format " + format, "engine " + engine, "major " + major),
            grants ? Stream.<String>empty() : Stream.of("noting grants"),
            ignore.stream().map(pattern -> "ignore " + Quoting.line(pattern)),
            outside.entries().stream().map(entry -> "outside " + Quoting.line(entry)))
        .flatMap(lines -> lines)
        .toList();
  }
}
