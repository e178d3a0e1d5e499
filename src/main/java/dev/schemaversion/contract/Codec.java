package dev.schemaversion.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Requests and reports as JSON text. */
public final class Codec {
  /** The kubelet keeps 4,096 bytes of a termination message and cuts the rest off in the middle. */
  public static final int REPORT_BYTES = 4000;

  /** Characters of one difference, where all do not fit. */
  private static final int LIST_ITEM = 200;

  private static final String CUT = " […]";
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Codec() {}

  /** The request as the Job carries it. */
  public static String write(RunRequest request) {
    return json(request);
  }

  /**
   * The request a runner was given.
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

  /**
   * The report in at most {@link #REPORT_BYTES} bytes. What is too long is shortened field by
   * field, the statement first, so that the JSON stays whole.
   */
  public static String write(Report report) {
    var shortened = report;
    for (int keep = 2000; size(shortened) > REPORT_BYTES && keep > 0; keep -= 200) {
      shortened = withStatement(report, keep);
    }
    for (int keep = 10; size(shortened) > REPORT_BYTES && keep >= 0; keep--) {
      shortened = withLists(shortened, keep);
    }
    for (int keep = 3000; size(shortened) > REPORT_BYTES && keep > 0; keep -= 200) {
      shortened = shortened.withMessage(shorten(report.message(), keep));
    }
    return json(shortened);
  }

  /** The report in a termination message; empty where there is none or something else stands. */
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
        .withPlan(plan == null ? null : withLists(plan, keep));
  }

  private static Proof withLists(Proof proof, int keep) {
    return proof
        .with()
        .equalVersions(first(proof.equalVersions(), 2 * keep))
        .first(first(proof.first(), keep))
        .ignored(keep < 5 ? null : proof.ignored())
        .build();
  }

  private static Plan withLists(Plan plan, int keep) {
    return plan.with()
        .migrations(first(plan.migrations(), keep))
        .objects(first(plan.objects(), keep))
        .destructive(first(plan.destructive(), keep))
        .build();
  }

  private static List<String> first(List<String> list, int keep) {
    return list == null
        ? null
        : list.stream().limit(keep).map(text -> shorten(text, LIST_ITEM)).toList();
  }

  private static String shorten(String text, int keep) {
    if (text == null || text.length() <= keep) {
      return text;
    }
    // Never half of a surrogate pair.
    int end = Character.isHighSurrogate(text.charAt(keep - 1)) ? keep - 1 : keep;
    return text.substring(0, end) + CUT;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values can always be written", e);
    }
  }
}
