package dev.schemaversion.runner.snapshot;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.testing.MariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The script that creates a schema with all kinds of objects, for MariaDB or MySQL. */
public final class MariaDbOriginal {
  private MariaDbOriginal() {}

  /** The statements of the script. */
  public static String[] statements() {
    return script().split(";\n", -1);
  }

  private static String script() {
    try (var stream =
        MariaDbOriginal.class.getResourceAsStream(
            MariaDb.product() == Product.MARIADB ? "mariadb-original.sql" : "mysql-original.sql")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
