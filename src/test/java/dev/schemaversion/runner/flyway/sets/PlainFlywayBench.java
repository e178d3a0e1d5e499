package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.runner.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Prints how long plain Flyway and the runner take for the same migrations. The runner migrates an
 * empty database, with and without a rehearsal, or proves the one that plain Flyway has migrated.
 * Nothing is asserted.
 */
public final class PlainFlywayBench {
  private static final int ROUNDS = 5;

  private static final FlywaySettings OPTIONS =
      new FlywaySettings("flyway_schema_history", Map.of(), false, "V", List.of(".sql"), null);

  private PlainFlywayBench() {}

  /**
   * Prints.
   *
   * @param migrations the SQL of each version, from 1
   */
  public static void print(IntFunction<String> migrations) throws IOException {
    for (int versions : new int[] {13, 90, 300}) {
      print(stop(versions, migrations));
    }
  }

  /**
   * Prints how long it takes to prove that a database, whose history is lost, is at the newest of
   * some versions, and to find out at which one it is.
   *
   * @param migrations the SQL of each version, from 1
   */
  public static void printProofs(int versions, IntFunction<String> migrations) throws IOException {
    int rounds = versions > 1000 ? 1 : 3;
    var plain = new long[rounds];
    var proved = new long[rounds];
    var searched = new long[rounds];
    var stop = stop(versions, migrations);
    var engine = TestedEngine.POSTGRESQL;
    for (int round = 0; round < rounds; round++) {
      var database = engine.fresh();
      var flyway = new PlainFlyway(engine, database, Files.createTempDirectory("bench"), OPTIONS);
      plain[round] = millis(() -> flyway.migrate(stop));
      database.execute("DROP TABLE flyway_schema_history");
      var job = engine.job(Files.createTempDirectory("bench"), database).flyway(OPTIONS);
      stop.files().forEach((name, content) -> job.file(0, name, content));
      job.version(stop.target());
      searched[round] = millis(() -> end(job.prove(), Outcome.BASELINE_REQUIRED));
      job.baseline(stop.target());
      proved[round] = millis(() -> succeed(job.baseline()));
    }
    var flyway = median(plain);
    System.out.printf(
        "%d migrations: plain Flyway %d ms; proof %s, search %s%n",
        versions, flyway, within(flyway, median(proved)), within(flyway, median(searched)));
  }

  /** The time, and its ratio to one and a half times Flyway's and half a second. */
  private static String within(long flyway, long runner) {
    return "%d ms (%.2f of 1.5 times and 0.5 s)".formatted(runner, runner / (flyway * 1.5 + 500));
  }

  private static MigrationSet.Stop stop(int versions, IntFunction<String> migrations) {
    var files = new TreeMap<String, byte[]>();
    for (int version = 1; version <= versions; version++) {
      files.put(
          "V%04d__change.sql".formatted(version),
          migrations.apply(version).getBytes(StandardCharsets.UTF_8));
    }
    return new MigrationSet.Stop("" + versions, files);
  }

  private static void print(MigrationSet.Stop stop) throws IOException {
    var plain = new long[ROUNDS];
    var migrated = new long[ROUNDS];
    var rehearsed = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      plain[round] = plain(stop);
      migrated[round] = runner(stop, false);
      rehearsed[round] = runner(stop, true);
    }
    var flyway = median(plain);
    System.out.printf(
        "%d migrations: plain Flyway %d ms; runner, proof.mode OnBaseline %s, Always %s%n",
        stop.files().size(),
        flyway,
        beside(flyway, median(migrated)),
        beside(flyway, median(rehearsed)));
  }

  /** The ratio, and the time above one and a half times Flyway's. */
  private static String beside(long flyway, long runner) {
    return "%d ms (%.2f times, %d ms above 1.5 times)"
        .formatted(runner, (double) runner / flyway, Math.max(0, runner - flyway * 3 / 2));
  }

  private static long plain(MigrationSet.Stop stop) throws IOException {
    var engine = TestedEngine.POSTGRESQL;
    var folder = Files.createTempDirectory("bench");
    var flyway = new PlainFlyway(engine, engine.fresh(), folder, OPTIONS);
    long start = System.nanoTime();
    flyway.migrate(stop);
    return millisSince(start);
  }

  private static long runner(MigrationSet.Stop stop, boolean rehearsing) throws IOException {
    var engine = TestedEngine.POSTGRESQL;
    var job = engine.job(Files.createTempDirectory("bench"), engine.fresh()).flyway(OPTIONS);
    job.version(stop.target());
    stop.files().forEach((name, content) -> job.file(0, name, content));
    succeed(job.baseline());
    if (!rehearsing) {
      job.withoutScratch();
    }
    long start = System.nanoTime();
    succeed(job.sync());
    return millisSince(start);
  }

  private static long millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return millisSince(start);
  }

  private static void succeed(Job.Ended ended) {
    end(ended, Outcome.SUCCEEDED);
  }

  private static void end(Job.Ended ended, Outcome outcome) {
    if (ended.report().outcome() != outcome) {
      throw new IllegalStateException(ended.report().message());
    }
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static long median(long[] millis) {
    return Arrays.stream(millis).sorted().skip(millis.length / 2).findFirst().orElseThrow();
  }
}
