package dev.schemaversion.runner.postgres.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;

/** The {@code pg_dump} on the PATH. */
final class PgDump {
  private PgDump() {}

  static int major() {
    return new Dump("pg_dump", Duration.ofMinutes(2), () -> false).major();
  }

  /** Fails with instructions unless pg_dump is installed. */
  static void require() {
    assertThatCode(() -> assertThat(major()).isGreaterThanOrEqualTo(15))
        .as(
            "These tests need pg_dump of PostgreSQL 15 or newer on the PATH: run e2e/pg-dump, which"
                + " installs it, or install the package postgresql-client (Debian, Ubuntu)")
        .doesNotThrowAnyException();
  }
}
