package dev.schemaversion.runner.snapshot;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.testing.MariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A schema, one change to it, and the expected differences: one block of a {@code .cases} file.
 *
 * @param title the title of the test, a sentence
 * @param only the major version that the case applies to, or 0 for all
 * @param before the SQL that creates the schema
 * @param change the SQL that changes it
 * @param differences the expected differences as printed
 */
record DifferenceCase(String title, int only, String before, String change, String differences) {
  static List<DifferenceCase> all(String file) {
    try (var stream = DifferenceCase.class.getResourceAsStream(file + ".cases")) {
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^== ")).skip(1).map(DifferenceCase::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cases for PostgreSQL. */
  static Stream<DifferenceCase> all() {
    return Stream.of(
            "tables", "partitions", "constraints", "others", "rights", "replicas", "renames")
        .flatMap(file -> all(file).stream());
  }

  static Stream<DifferenceCase> mariaDb() {
    return (MariaDb.product() == Product.MARIADB
            ? Stream.of("mariadb-tables", "mariadb-programs")
            : Stream.of("mysql"))
        .flatMap(file -> all(file).stream());
  }

  private static DifferenceCase parse(String block) {
    var titled = block.split("\n", 2);
    var parts = titled[1].split("(?m)^(-->|--=)$\n?", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a case: " + block);
    }
    var major = titled[0].matches(".* \\[\\d+]") ? titled[0].replaceAll(".* \\[(\\d+)]", "$1") : "";
    return new DifferenceCase(
        titled[0],
        major.isEmpty() ? 0 : Integer.parseInt(major),
        parts[0],
        parts[1],
        parts[2].replaceAll("\n+$", ""));
  }

  boolean isFor(Server server) {
    return only == 0 || only == server.major();
  }

  @Override
  public String toString() {
    return title;
  }
}
