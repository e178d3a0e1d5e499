package dev.schemaversion.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.request.FirstSync;
import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.contract.request.MigrationsImage;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RequestedDatabase;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.contract.request.ToolCommand;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  @Test
  void aRequestSurvivesARoundTrip() {
    var request =
        new RunRequest(
            Step.SYNC,
            "glance/glance",
            "glance-sync-abc-1",
            "13",
            "9",
            new RequestedDatabase(
                "PostgreSQL",
                "db",
                5432,
                "glance",
                List.of("public"),
                "owner",
                TlsMode.VerifyCA,
                Map.of("connectTimeout", "30")),
            new FlywaySettings("history", Map.of("a", "b"), true, "V", List.of(".sql"), null),
            2,
            "sha256:00",
            new DatabaseIdentity("7", "glance"),
            new ProofRules(List.of("* public.tmp_*"), "sha256:aa", List.of("01"), null),
            new RequestedScratch("127.0.0.1", 5432),
            "sha256:bb",
            new MigrationsImage("registry.example.org/migrations:13", "/migrations"),
            new RunLimits(1800, 5, 60),
            new RequestedRehearsal(RequestedRehearsal.Mode.ROWS, List.of("users"), 1L << 30),
            new ToolCommand(
                "registry.example.org/glance:2026.2",
                List.of("2023_1_contract01", "2024_1_contract01"),
                List.of("glance-manage", "db", "upgrade", "$(VERSION)"),
                null,
                List.of("alembic_version"),
                List.of("alembic_version.host"),
                Map.of("glance.conf", "[database]"),
                Map.of("PGOPTIONS", "-c jit=off")),
            true,
            FirstSync.Rehearsed);

    assertThat(Codec.readRequest(Codec.write(request))).isEqualTo(request);
  }

  /** A pod has no locale, and the JVM then reads other characters of the environment as U+FFFD. */
  @ParameterizedTest
  @ValueSource(strings = {"Ä", "…", "日本", "😀", "\u007f", "a\u0000b"})
  void aRequestIsAsciiWhateverItContains(String text) {
    var request = request(text);

    var written = Codec.write(request);

    assertThat(written.chars()).allMatch(character -> character < 128);
    assertThat(Codec.readRequest(written)).isEqualTo(request);
  }

  private static RunRequest request(String text) {
    return new RunRequest(
        Step.SYNC,
        text,
        text,
        text,
        null,
        new RequestedDatabase(
            text, text, null, text, List.of(text), null, TlsMode.Prefer, Map.of(text, text)),
        new FlywaySettings(text, Map.of(text, text), true, text, List.of(text), null),
        1,
        null,
        null,
        new ProofRules(List.of(text), null, List.of(), null),
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"step\": \"DANCE\"}"})
  void invalidTextIsNoRequest(String text) {
    assertThatThrownBy(() -> Codec.readRequest(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReportSurvivesARoundTrip() {
    var report = report("done", "CREATE TABLE \"Ä\" ()\n");

    assertThat(Codec.readReport(Codec.write(report))).contains(report);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "€", "😀", "\"", "\n", "\u0001"})
  void aLongReportIsShortenedToValidJson(String text) {
    var report = report(text.repeat(20_000), text.repeat(20_000));

    var json = Codec.write(report);

    assertThat(json.getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(Codec.MAX_REPORT_BYTES);
    var read = Codec.readReport(json).orElseThrow();
    assertThat(read.outcome()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(read.message()).startsWith(text).endsWith(" […]");
    assertThat(read.failure().statement()).startsWith(text).endsWith(" […]");
    assertThat(read.failure().file()).isEqualTo("V1__a.sql");
    assertThat(read.database()).isEqualTo(report.database());
  }

  /** The kubelet would cut it, and then it could not be read. */
  @Test
  void aReportOfAToolFitsIntoTheShareOfOneOfSixContainers() {
    var proof =
        ProofBuilder.builder()
            .verdict(Proof.Verdict.Different)
            .version("2024_1_contract01")
            .differences(78)
            .first(Collections.nCopies(10, "- column images.name: " + "y".repeat(200)))
            .digest("sha256:" + "0".repeat(64))
            .build();
    var report = report("a".repeat(1_000), "s".repeat(1_000)).withProof(proof);

    var json = Codec.write(report, Codec.MAX_REPORT_BYTES_WITH_TOOL);

    assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(12 * 1024 / 6);
    assertThat(Codec.readReport(json).orElseThrow().proof().first()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789abcdef", "short"})
  void acceptedDifferencesSurviveARoundTrip(String last) {
    var accepted = List.of("00000000000000ff", "ffffffffffffffff", last);
    var proof = ProofBuilder.builder().verdict(Proof.Verdict.Accepted).accepted(accepted).build();

    var json = Codec.write(report("done", "").withProof(proof));

    assertThat(Codec.readReport(json).orElseThrow().proof().accepted()).isEqualTo(accepted);
  }

  @Test
  void theListOfAnEarlierReleaseIsRead() {
    var json = "{\"outcome\": \"SUCCEEDED\", \"proof\": {\"accepted\": [\"00000000000000ff\"]}}";

    assertThat(Codec.readReport(json).orElseThrow().proof().accepted())
        .containsExactly("00000000000000ff");
  }

  @Test
  void theStatementIsShortenedBeforeTheMessage() {
    var report = report("m".repeat(1_000), "s".repeat(20_000));

    var read = Codec.readReport(Codec.write(report)).orElseThrow();

    assertThat(read.message()).isEqualTo(report.message());
    assertThat(read.failure().statement()).hasSizeBetween(1_000, 2_010);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", " ", "null", "{}", "[]", "Killed", "{\"outcome\": \"OF_THE_FUTURE\"}"})
  void invalidTextIsNoReport(String text) {
    assertThat(Codec.readReport(text)).isEmpty();
  }

  @Test
  void unknownFieldsAreIgnored() {
    assertThat(Codec.readReport("{\"outcome\": \"SUCCEEDED\", \"mood\": \"good\"}")).isPresent();
  }

  @Test
  void aLongProofIsShortenedAndKeepsItsEssentials() {
    var patterns =
        IntStream.range(0, 50)
            .boxed()
            .collect(Collectors.toMap(i -> "* public." + "x".repeat(150) + i, i -> 1));
    var accepted = IntStream.range(0, 101).mapToObj("%016x"::formatted).toList();
    // as much as a runner records
    var basis =
        new Basis(
            Collections.nCopies(20, "shop_" + "x".repeat(10) + ".*"),
            IntStream.range(0, 10)
                .boxed()
                .collect(Collectors.toMap(i -> "a_name_of_twenty" + i, i -> "v".repeat(35))));
    var proof =
        ProofBuilder.builder()
            .basis(basis)
            .verdict(Proof.Verdict.Accepted)
            .version("9")
            .equalVersions(IntStream.range(0, 300).mapToObj(Integer::toString).toList())
            .differences(100)
            .first(Collections.nCopies(10, "- table public." + "y".repeat(1000)))
            .digest("sha256:" + "0".repeat(64))
            .accepted(accepted)
            .ignored(patterns)
            .build();

    var text = Codec.write(report("a".repeat(5000), "s".repeat(5000)).withProof(proof));
    var read = Codec.readReport(text).orElseThrow();

    assertThat(text.getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(Codec.MAX_REPORT_BYTES);
    assertThat(read.proof().accepted()).isEqualTo(accepted);
    assertThat(read.proof().basis()).isEqualTo(basis);
    assertThat(read.proof().digest()).isEqualTo(proof.digest());
    assertThat(read.message()).startsWith("aaa");
  }

  @Test
  void ofManyLocksAtLeastTheWorstIsNamed() {
    var line = "V1__" + "ä".repeat(250) + ".sql rewrites a table";
    var report =
        report("m".repeat(2500), "s".repeat(2500))
            .withLocks(
                new TableLocks(Collections.nCopies(11, line), Collections.nCopies(11, line)));

    var text = Codec.write(report);

    assertThat(text.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(Codec.MAX_REPORT_BYTES);
    assertThat(Codec.readReport(text).orElseThrow().locks().warnings()).isNotEmpty();
  }

  @Test
  void ofManyChangedFilesAtLeastOneIsNamed() {
    var report =
        report("m".repeat(2500), "s".repeat(2500))
            .withChecksumsUpdated(Collections.nCopies(11, "V1__" + "ä".repeat(250) + ".sql"));

    var text = Codec.write(report);

    assertThat(text.getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(Codec.MAX_REPORT_BYTES);
    assertThat(Codec.readReport(text).orElseThrow().checksumsUpdated()).isNotEmpty();
  }

  private static Report report(String message, String statement) {
    return ReportBuilder.builder()
        .step(Step.SYNC)
        .outcome(Outcome.MIGRATION_FAILED)
        .message(message)
        .version("13")
        .baseline(new Report.Baseline(Report.BaselineSource.PROVEN, "9"))
        .migrationsApplied(4)
        .migrationsDigest("sha256:00")
        .database(new DatabaseIdentity("7000000000000000000", "glance"))
        .serverVersion("17.2")
        .failure(new Report.Failure("V1__a.sql", 3, statement, "42703"))
        .build();
  }
}
