package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.mariadb.MariaDb;
import dev.schemaversion.runner.postgres.PostgreSql;
import java.util.List;
import java.util.stream.Collectors;

/** The kinds of databases that can be migrated. */
public final class Engines {
  private static final List<Engine> ALL =
      List.of(
          new PostgreSql(),
          new MariaDb(MariaDb.Product.MARIADB),
          new MariaDb(MariaDb.Product.MYSQL));

  private Engines() {}

  /**
   * The engine of this name.
   *
   * @throws RunFailure {@link Outcome#INVALID_REQUEST}
   */
  public static Engine named(String name) {
    return ALL.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RunFailure(
                    Outcome.INVALID_REQUEST,
                    "The engine "
                        + name
                        + " is not supported; these are: "
                        + ALL.stream().map(Engine::name).collect(Collectors.joining(", "))
                        + ". Correct spec.database.engine."));
  }
}
