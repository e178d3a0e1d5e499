package dev.schemaversion.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.schemaversion.contract.request.ToolCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Serializes requests, reports and progress as JSON. */
public final class Codec {
  /**
   * The most bytes of a report. The kubelet divides 12 KiB of termination messages equally among
   * the containers of a pod, and truncates the rest: there are the runner, the scratch server, and
   * the two containers that a service mesh adds.
   */
  public static final int MAX_REPORT_BYTES = 3060;

  /** The most bytes of a report where a user's tool runs, in two more containers. */
  public static final int MAX_REPORT_BYTES_WITH_TOOL = 2040;

  /** The most characters of a list item in a shortened report. */
  private static final int MAX_ITEM = 200;

  private static final String CUT = " […]";
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final ObjectWriter ASCII = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private Codec() {}

  /**
   * Serializes a request for the environment of a Job's pod, in ASCII: without a locale, as in a
   * container, the JVM reads every other character of a variable as U+FFFD.
   */
  public static String write(RunRequest request) {
    return json(ASCII, request);
  }

  /**
   * Parses the request of a runner.
   *
   * @throws IllegalArgumentException if the text is not a request
   */
  public static RunRequest readRequest(String text) {
    try {
      return JSON.readValue(text, RunRequest.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a request: " + e.getOriginalMessage(), e);
    }
  }

  /** The most bytes of the report of a run. */
  public static int maxReportBytes(RunRequest request) {
    return request.command() == null ? MAX_REPORT_BYTES : MAX_REPORT_BYTES_WITH_TOOL;
  }

  /** Serializes a report in at most {@link #MAX_REPORT_BYTES} bytes. */
  public static String write(Report report) {
    return write(report, MAX_REPORT_BYTES);
  }

  /**
   * Serializes a report in at most so many bytes. A report that is too long is shortened field by
   * field, the statement first, so that the JSON stays valid.
   */
  public static String write(Report report, int most) {
    var shortened = report;
    for (int keep = 2000; size(shortened) > most && keep > 0; keep -= 200) {
      shortened = withStatement(report, keep);
    }
    for (int keep = 10; size(shortened) > most && keep >= 0; keep--) {
      shortened = withLists(shortened, keep);
    }
    for (int keep = 3000; size(shortened) > most && keep > 0; keep -= 200) {
      shortened = shortened.withMessage(shorten(report.message(), keep));
    }
    return json(shortened);
  }

  /** Parses the report in a termination message; empty if the text is not a report. */
  public static Optional<Report> readReport(String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      var report = JSON.readValue(text, Report.class);
      return report == null || report.outcome() == null ? Optional.empty() : Optional.of(report);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Serializes a progress. */
  public static String write(Progress progress) {
    return json(progress);
  }

  /** Parses a progress; empty if the text is none. */
  public static Optional<Progress> readProgress(String text) {
    try {
      return Optional.ofNullable(JSON.readValue(text, Progress.class))
          .filter(progress -> progress.activity() != null);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static int size(Report report) {
    return json(report).getBytes(StandardCharsets.UTF_8).length;
  }

  private static Report withStatement(Report report, int keep) {
    var failure = report.failure();
    return failure == null
        ? report
        : report.withFailure(failure.withStatement(shorten(failure.statement(), keep)));
  }

  private static Report withLists(Report report, int keep) {
    var proof = report.proof();
    var plan = report.plan();
    return report
        .withProof(proof == null ? null : withLists(proof, keep))
        .withPlan(plan == null ? null : withLists(plan, keep))
        .withChecksumsUpdated(first(report.checksumsUpdated(), Math.max(keep, 1)))
        .withRowWarnings(first(report.rowWarnings(), keep))
        .withLocks(report.locks() == null ? null : withLists(report.locks(), keep))
        .withAdopted(first(report.adopted(), Math.max(keep, 1)));
  }

  private static Proof withLists(Proof proof, int keep) {
    return proof
        .with()
        .equalVersions(first(proof.equalVersions(), 2 * keep))
        .first(first(proof.first(), keep))
        .ignored(keep < 5 ? null : proof.ignored())
        .build();
  }

  /** Returns the description of a user's tool as JSON, equal for equal tools. */
  static String write(ToolCommand command) {
    return json(command);
  }

  private static Plan withLists(Plan plan, int keep) {
    return plan.with()
        .migrations(first(plan.migrations(), keep))
        .objects(first(plan.objects(), keep))
        .destructive(first(plan.destructive(), keep))
        .adopted(first(plan.adopted(), Math.max(keep, 1)))
        .build();
  }

  private static TableLocks withLists(TableLocks locks, int keep) {
    return new TableLocks(
        first(locks.warnings(), Math.max(keep, 1)), keep < 5 ? null : first(locks.notes(), keep));
  }

  private static List<String> first(List<String> list, int keep) {
    return list == null
        ? null
        : list.stream().limit(keep).map(text -> shorten(text, MAX_ITEM)).toList();
  }

  private static String shorten(String text, int keep) {
    if (text == null || text.length() <= keep) {
      return text;
    }
    // Do not split a surrogate pair.
    int end = Character.isHighSurrogate(text.charAt(keep - 1)) ? keep - 1 : keep;
    return text.substring(0, end) + CUT;
  }

  private static String json(Object value) {
    return json(JSON.writer(), value);
  }

  private static String json(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values can always be serialized", e);
    }
  }
}
