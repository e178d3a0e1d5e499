package dev.schemaversion.docs;

import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.needs;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ProgressStatus;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.decide.DriftFixtures;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The console examples of the documentation, by their names: the runner works on the databases of
 * the worked example, on a real PostgreSQL, and the operator decides what its reports mean.
 */
final class Examples {
  private static final Path GLANCE = Path.of("deploy", "samples", "glance");
  private static final String FOURTEEN = "spec: {version: '14'}";

  private final Path root;
  private final Map<String, String> examples = new TreeMap<>();
  private Postgres.Database database;
  private int jobs;

  Examples(Path root) {
    this.root = root;
  }

  Map<String, String> all() throws IOException {
    splitBrain();
    running();
    refusals();
    acceptance();
    drift();
    upgrade();
    contract();
    examples.putAll(new CommandLineExamples(root).all());
    return examples;
  }

  private void splitBrain() throws IOException {
    var stamped = glance("environment-diablo/diablo.sql", "environment-diablo-stamped/stamp.sql");
    var report = stamped.baseline("9").baseline().report();
    show("split-brain", baselined("9", report), ConditionType.Proven);
  }

  private static SimulatedCluster withProgress(SimulatedCluster running) {
    return running.recording(
        running
            .status()
            .withProgress(
                new ProgressStatus(
                    running.activeJob().name(),
                    "running V013__index_images.sql",
                    4,
                    4,
                    running.now().toString(),
                    "other sessions: process 4711, application glance-api, user glance")));
  }

  private void running() {
    var syncing =
        applied()
            .workloads(registry("13", null, true))
            .settle()
            .ends(RunnerReports.claimed("9"))
            .settle()
            .later(Duration.ofSeconds(4));
    examples.put("syncing", Kubectl.get(syncing));
    plugin(
        "plugin-status",
        withProgress(syncing.starts().settle()).later(Duration.ofSeconds(40)),
        "status",
        "glance");
    var ready =
        syncing
            .ends(RunnerReports.synced("13", 4))
            .workloads(List.of())
            .settle()
            .later(Duration.ofSeconds(9));
    examples.put("ready", Kubectl.get(ready));
    plugin("plugin-history", ready, "history", "glance");
    plugin("plugin-logs", syncing, "logs", "glance", "--step", "baseline");
    plugin("plugin-verify", ready, "verify", "glance");
    examples.put(
        "plugin-suspend",
        PluginConsole.run(ready, "suspend", "glance")
            + "\n"
            + PluginConsole.run(ready.patch("spec: {suspend: true}"), "resume", "glance"));
    report(ready);
  }

  private void refusals() throws IOException {
    var diablo = glance("environment-diablo/diablo.sql").baseline().report();
    show("baseline-required", baselined(null, diablo), ConditionType.Stalled);
    adopt(baselined(null, diablo));

    var essex =
        glance("environment-essex/essex.sql", "environment-essex/migrate-version.sql")
            .baseline("13")
            .baseline();
    var refuted = baselined("13", essex.report());
    examples.put(
        "claim-refuted",
        Kubectl.get(refuted)
            + "\n$ kubectl logs job/"
            + refuted.jobs().getFirst().name()
            + " | grep -o '[-+~] .*'\n"
            + essex
                .log()
                .lines()
                .filter(line -> line.matches("[0-9.]+ s  [-+~] .*"))
                .map(line -> line.replaceFirst("^[0-9.]+ s  ", ""))
                .collect(Collectors.joining("\n", "", "\n")));
  }

  private void acceptance() throws IOException {
    var report =
        glance("environment-diablo/diablo.sql", "environment-diablo-auto-created/from-models.sql")
            .baseline("9")
            .baseline()
            .report();
    show("accept-difference", baselined("9", report), ConditionType.Proven);
  }

  private void drift() throws IOException {
    var job = atThirteenFor(glance());
    database.execute(
        "DROP INDEX ix_images_deleted",
        "ALTER TABLE image_members ALTER COLUMN member TYPE varchar(300)",
        "CREATE FUNCTION by_hand() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER by_hand BEFORE INSERT ON images FOR EACH ROW EXECUTE FUNCTION by_hand()");
    var drifted = drifted(job);
    show("drifted", drifted, ConditionType.Proven);
    plugin("plugin-diff", drifted, "diff", "glance");

    var reported = atThirteenFor(glance());
    database.execute(
        "CREATE TABLE report_days (day date PRIMARY KEY, uploads integer)",
        "CREATE VIEW report_owners AS SELECT owner, count(*) AS images FROM images GROUP BY owner");
    examples.put("ignorable", Kubectl.message(drifted(reported), ConditionType.Proven));
  }

  private void upgrade() throws IOException {
    var job = atThirteenFor(glance());
    job.file("V014__long_names.sql", "ALTER TABLE images ALTER COLUMN name TYPE text;\n");
    database.execute("CREATE VIEW report_names AS SELECT name FROM images");
    job.proof = new ProofRules(List.of("* public.report_*"), null, List.of(), null);
    var failed = job.sync("14").report();
    var refused = wanting(FOURTEEN).settle().ends(known(failed)).settle();
    show("rehearsal-failed", refused, ConditionType.Stalled);
    plugin("plugin-retry", refused, "retry", "glance");

    var planned = atThirteenFor(glance());
    planned.file("V014__drop_checksum.sql", "ALTER TABLE images DROP COLUMN checksum;\n");
    var plan = planned.version("14").plan().report();
    var pending =
        wanting("spec: {version: '14', approval: Manual}").settle().ends(known(plan)).settle();
    show("approval-pending", pending, ConditionType.Ready);
    plugin("plugin-approve", pending, "approve", "glance");
  }

  private void report(SimulatedCluster cluster) {
    var file = root.resolve("glance-report.zip").toString();
    examples.put(
        "plugin-report",
        PluginConsole.run(cluster, "report", "glance", "-o", file)
            .replace(file, "glance-report.zip"));
  }

  private void adopt(SimulatedCluster answered) throws IOException {
    var migrations = Files.createDirectory(root.resolve("migrations"));
    Files.writeString(
        migrations.resolve("V009__images.sql"), "CREATE TABLE images (id integer PRIMARY KEY);\n");
    Files.writeString(
        migrations.resolve("V010__owner.sql"), "ALTER TABLE images ADD COLUMN owner text;\n");
    examples.put("plugin-adopt", PluginConsole.adopt(answered, migrations));
  }

  private void plugin(String name, SimulatedCluster cluster, String... arguments) {
    examples.put(name, PluginConsole.run(cluster, arguments));
  }

  private void contract() {
    var waiting = wanting(FOURTEEN);
    var old = registry("9", "13", false);
    show("waiting-for-workloads", waitingFor(waiting, old, old), ConditionType.Reconciling);
    show(
        "incompatible-workloads",
        waitingFor(waiting, registry("14", null, true), old),
        ConditionType.Stalled);
  }

  private static SimulatedCluster waitingFor(
      SimulatedCluster cluster, List<Workload> known, List<Workload> living) {
    return cluster
        .workloads(known)
        .withLivePods(living)
        .settle()
        .later(Duration.ofSeconds(5))
        .settle()
        .later(Duration.ofSeconds(5))
        .settle();
  }

  /** The thirteen migrations, and a database in which these scripts ran. */
  private Job glance(String... scripts) throws IOException {
    database = Postgres.fresh();
    for (var script : scripts) {
      database.execute(Files.readString(GLANCE.resolve(script)));
    }
    var job = new Job(Files.createDirectory(root.resolve("job-" + ++jobs)), database).version("13");
    try (var files = Files.list(GLANCE.resolve("migrations"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".sql")).toList()) {
        job.file(file.getFileName().toString(), Files.readString(file));
      }
    }
    return job;
  }

  private static Job atThirteenFor(Job job) {
    job.sync("13");
    return job;
  }

  /** The baseline Job has ended with that report, and the registry waits. */
  private static SimulatedCluster baselined(String claim, Report report) {
    var cluster =
        claim == null
            ? applied()
            : applied().patch("spec: {baseline: {version: '%s'}}".formatted(claim));
    return cluster
        .workloads(registry("13", null, true))
        .settle()
        .later(Duration.ofSeconds(32))
        .ends(known(report))
        .settle();
  }

  /** Some time after the database had come to 13. */
  private static SimulatedCluster wanting(String change) {
    return atThirteen().later(Duration.ofMinutes(12)).patch(change);
  }

  /** As if the simulated clusters had been about that database from the start. */
  private static Report known(Report report) {
    return RunnerReports.on(SimulatedClusters.DATABASE, report);
  }

  private static SimulatedCluster drifted(Job job) {
    var changed = job.verify().report();
    return DriftFixtures.verifying(atThirteen())
        .ends(known(changed))
        .settle()
        .ends(known(job.prove().report()))
        .settle();
  }

  private static List<Workload> registry(String min, String max, boolean held) {
    return List.of(new Workload("Deployment", "glance-registry", needs(min, max), held));
  }

  private void show(String name, SimulatedCluster cluster, ConditionType type) {
    examples.put(name, Kubectl.get(cluster) + "\n" + Kubectl.message(cluster, type));
  }
}
