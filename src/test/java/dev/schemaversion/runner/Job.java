package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.FlywayOptionsBuilder;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.FirstSync;
import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.contract.request.KnownSchema;
import dev.schemaversion.contract.request.MigrationsImage;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RequestedDatabase;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.contract.request.ToolCommand;
import dev.schemaversion.runner.report.CurrentActivity;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import dev.schemaversion.testing.WayOut;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A Job's pod as the runner sees it: mounted files, an environment variable, a log, a report. */
public final class Job {
  private final Path root;
  public final MountedFiles files;
  public Shutdown stop = new Shutdown();
  public String name = "glance-sync-test-1";
  public String version = "1";
  String baselineVersion;
  public String engine = "PostgreSQL";
  public String host = "localhost";
  public Integer port;
  public String database;
  public List<String> schemas = List.of("public");
  public String role;
  public TlsMode tlsMode = TlsMode.Prefer;
  public Map<String, String> parameters;
  public final JobFlyway flyway = new JobFlyway();
  public String digest;
  public DatabaseIdentity expected;
  public ProofRules proof = ProofRules.STRICT;
  public RequestedScratch scratch = Postgres.scratch();
  public String approvedPlan;
  MigrationsImage image;
  public RunLimits limits;
  public RequestedRehearsal rehearsal;
  public ToolCommand command;
  public boolean afterLost;
  public FirstSync firstSync;
  public CurrentActivity activity = new CurrentActivity(InstantSource.system());

  public Job(Path root, TestDatabase database) {
    this.root = root;
    this.files = new MountedFiles(root);
    this.port = database.port();
    this.database = database.name();
    if (database instanceof MariaDb.Database) {
      engine = MariaDb.engine();
      schemas = List.of();
      scratch = MariaDb.scratch();
    }
    secret("username", database.user());
    secret("password", database.password());
  }

  /** What a run left. */
  public record Ended(Report report, Report written, String log) {}

  public Job secret(String key, String value) {
    files.secret(key, value);
    return this;
  }

  public Job file(String file, String sql) {
    return file(0, file, sql.getBytes(StandardCharsets.UTF_8));
  }

  public Job file(int source, String file, byte[] content) {
    files.file(source, file, content);
    return this;
  }

  public Job without(String file) {
    files.sources().forEach(source -> source.remove(file));
    return this;
  }

  /** The migrations come from an image; files are put into it by their whole path. */
  public Job image(String path) {
    image = new MigrationsImage("registry.example.org/migrations:13", path);
    files.sources().clear();
    return this;
  }

  public Job imageFile(String path, String sql) {
    files.imageFile(path, sql);
    return this;
  }

  /** One table for each version, {@code t1} and so on. */
  public Job tables(int... versions) {
    for (int each : versions) {
      file("V" + each + "__table_" + each + ".sql", "CREATE TABLE t" + each + " (id int);\n");
    }
    return this;
  }

  public Job version(String wanted) {
    version = wanted;
    return this;
  }

  public Job baseline(String claimed) {
    baselineVersion = claimed;
    return this;
  }

  /** Sets options of Flyway. */
  public Job options(Consumer<FlywayOptionsBuilder> set) {
    flyway.set(set);
    return this;
  }

  /** Sets all that {@code spec.migrations.flyway} has. */
  public Job flyway(FlywaySettings all) {
    flyway.set(all);
    return this;
  }

  /** No scratch server: what was proven is believed while the fingerprint stays. */
  public Job withoutScratch() {
    scratch = null;
    return this;
  }

  /** No clone, so that what fails because of rows fails on the database only. */
  public Job withoutClone() {
    rehearsal = new RequestedRehearsal(RequestedRehearsal.Mode.OFF, List.of(), 0);
    return this;
  }

  /** Hands what was proven to the next run, as the operator does. */
  private void remember(Report report) {
    if (report.proof() != null && report.proof().holds() && report.schema() != null) {
      var accepted = report.proof().accepted();
      proof =
          new ProofRules(
              proof.ignore(),
              proof.acceptDifference(),
              accepted == null ? List.of() : accepted,
              new KnownSchema(report.proof().version(), report.schema(), report.proof().basis()));
    }
  }

  public String request(Step step) {
    return Codec.write(
        new RunRequest(
            step,
            "glance/glance",
            name,
            version,
            baselineVersion,
            new RequestedDatabase(engine, host, port, database, schemas, role, tlsMode, parameters),
            flyway.settings(),
            files.sources().size(),
            digest != null || image != null ? digest : files.digest(),
            expected,
            proof,
            scratch,
            approvedPlan,
            image,
            limits,
            rehearsal,
            command,
            afterLost,
            firstSync));
  }

  public Ended baseline() {
    return run(request(Step.BASELINE));
  }

  public Ended sync() {
    return run(request(Step.SYNC));
  }

  public Ended verify() {
    return run(request(Step.VERIFY));
  }

  public Ended plan() {
    return run(request(Step.PLAN));
  }

  /** Has a scratch server, whatever the other runs have. */
  public Ended prove() {
    var others = scratch;
    scratch = engine.equals(MariaDb.engine()) ? MariaDb.scratch() : Postgres.scratch();
    try {
      return run(request(Step.PROVE));
    } finally {
      scratch = others;
    }
  }

  public Ended sync(String wanted) {
    return version(wanted).sync();
  }

  /** A run of this step with the scratch server that is set. */
  public Ended run(Step step) {
    return run(request(step));
  }

  public Ended run(String request) {
    files.mount();
    return runMounted(request);
  }

  /** With what has been mounted before. */
  public Ended runMounted(String request) {
    var out = new ByteArrayOutputStream();
    var log = new Log(new PrintStream(out, true, StandardCharsets.UTF_8), activity);
    var report = new Runner(root, log, stop).run(request);
    assertThat(WayOut.isIn(report.outcome(), report.message()))
        .as("the message names a field, an annotation or a command: %s", report.message())
        .isTrue();
    remember(report);
    return new Ended(report, written(), out.toString(StandardCharsets.UTF_8));
  }

  public Report written() {
    return files.report();
  }
}
