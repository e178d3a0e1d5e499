package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.flyway.sets.PlainFlywayBench;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints how long it takes to read schemas of some sizes, to take Glance's database from 9 to 13
 * with and without a rehearsal, to prove and to search sets of versions beside plain Flyway, and to
 * migrate an empty database beside it; {@code make bench-proofs} runs it. {@code -Dversions=13,317}
 * only proves and searches such sets. Nothing is asserted.
 */
public final class ProofBench {
  private static final int ROUNDS = 5;
  private static final Path GLANCE = Path.of("deploy/samples/glance/migrations");

  private ProofBench() {}

  /** Prints. */
  public static void main(String[] args) throws SQLException, IOException {
    var only = System.getProperty("versions");
    if (only == null) {
      all();
    }
    for (var versions : (only == null ? "13,178,317,2000" : only).split(",", -1)) {
      PlainFlywayBench.printProofs(Integer.parseInt(versions), ProofBench::change);
    }
    System.exit(0); // the servers' threads would live on
  }

  private static void all() throws SQLException, IOException {
    for (int tables : new int[] {10, 100, 1000, 2000}) {
      snapshot(tables);
    }
    glance(true);
    glance(false);
    walk(300);
    PlainFlywayBench.print(ProofBench::change);
  }

  private static void snapshot(int tables) throws SQLException {
    var database = Postgres.fresh();
    database.execute(IntStream.range(0, tables).mapToObj(ProofBench::table).toArray(String[]::new));
    var millis = new long[ROUNDS];
    int lines = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (var session = database.connect()) {
        long start = System.nanoTime();
        lines = new SnapshotReader(session, Scope.of("public")).read().lines().size();
        millis[round] = (System.nanoTime() - start) / 1_000_000;
      }
    }
    System.out.printf(
        "snapshot of %d tables (%d lines), two readings: %s ms, heap in use %d MiB%n",
        tables, lines, each(millis), heap());
  }

  /** Ten columns, a key, two indexes, a check and a default: what tables have. */
  private static String table(int number) {
    return IntStream.range(0, 8)
            .mapToObj(column -> "c" + column + " varchar(80)")
            .collect(
                Collectors.joining(
                    ", ",
                    "CREATE TABLE table_" + number + " (id serial PRIMARY KEY, ",
                    ", at timestamp NOT NULL DEFAULT now(), CHECK (c0 <> '')); "))
        + "CREATE INDEX ON table_%1$d (c1); CREATE INDEX ON table_%1$d (c2, c3)".formatted(number);
  }

  /** The runs alone, in this process: without the start of a pod and of the scratch server. */
  private static void glance(boolean always) throws IOException {
    var baseline = new long[ROUNDS];
    var sync = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      var job = new Job(Files.createTempDirectory("bench"), Postgres.fresh());
      try (var files = Files.newDirectoryStream(GLANCE, "*.sql")) {
        for (var file : files) {
          job.file(file.getFileName().toString(), Files.readString(file));
        }
      }
      job.sync("9");
      job.proof = ProofRules.STRICT;
      baseline[round] = millis(job::baseline);
      if (!always) {
        job.withoutScratch();
      }
      sync[round] = millis(() -> job.sync("13"));
    }
    System.out.printf(
        "Glance at 9, proof.mode %s: baseline %s ms, sync to 13 %s ms%n",
        always ? "Always" : "OnBaseline", each(baseline), each(sync));
  }

  private static long millis(Supplier<Job.Ended> run) {
    long start = System.nanoTime();
    var report = run.get().report();
    if (report.outcome() != Outcome.SUCCEEDED) {
      throw new IllegalStateException(report.message());
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  /**
   * A database that has half of the versions, less an index, and is claimed to have all: every
   * version is built, read and compared, to name the nearest one.
   */
  private static void walk(int versions) throws IOException, SQLException {
    var database = Postgres.fresh();
    var job = new Job(Files.createTempDirectory("bench"), database);
    IntStream.rangeClosed(1, versions)
        .forEach(version -> job.file("V%03d__change.sql".formatted(version), change(version)));
    job.sync("" + versions / 2);
    database.execute("DROP INDEX table_1_c1_idx", "DROP TABLE flyway_schema_history");
    job.version("" + versions).baseline("" + versions);
    job.baseline(); // starts the scratch server
    long start = System.nanoTime();
    var report = job.baseline().report();
    System.out.printf(
        "%d versions built and compared: %d ms (%s, nearest is %s), heap in use %d MiB%n",
        versions,
        (System.nanoTime() - start) / 1_000_000,
        report.outcome().reason(),
        report.proof().nearest(),
        heap());
  }

  /** By turns a table, a change of one, and a change of rows, which no schema shows. */
  private static String change(int version) {
    int table = (version + 2) / 3;
    return switch (version % 3) {
      case 1 -> table(table);
      case 2 ->
          "ALTER TABLE table_%1$d ADD added integer; CREATE INDEX ON table_%1$d (added)"
              .formatted(table);
      default -> "INSERT INTO table_%d (c0) VALUES ('a row')".formatted(table);
    };
  }

  private static long heap() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private static String each(long[] millis) {
    return Arrays.stream(millis).mapToObj(Long::toString).collect(Collectors.joining(", "));
  }
}
