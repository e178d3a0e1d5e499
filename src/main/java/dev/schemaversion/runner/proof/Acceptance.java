package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Sha256;
import dev.schemaversion.contract.request.ProofRules;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The differences that the user accepts. An acceptance is given as the digest of all differences at
 * once, and holds from then on as long as what differs is part of it.
 */
public final class Acceptance {
  /** A report has no room for more. */
  static final int MOST = 100;

  private static final String FORMAT = "schemaversion.dev/difference/1";
  private static final int LINE_DIGITS = 16;

  /** Stands among the recorded lines for the acceptance itself. */
  private static final String MARK = "";

  private final String digest;
  private final List<String> lines;

  /** What the resource says, and what is recorded of it. */
  public Acceptance(ProofRules proof) {
    this.digest = proof.acceptDifference();
    this.lines = proof.accepted();
  }

  /**
   * What {@code acceptDifference} must be to accept these differences.
   *
   * @param version the version they differ from; null for an empty database
   * @param differences one line each, see {@link
   *     dev.schemaversion.runner.snapshot.comparison.Difference#normalised()}
   */
  public static String digest(String version, List<String> differences) {
    return "sha256:"
        + Sha256.ofLines(
            Stream.concat(Stream.of(FORMAT, String.valueOf(version)), differences.stream()));
  }

  /**
   * Whether these differences are accepted.
   *
   * @return digests of the accepted lines, to be recorded; empty if one of them is not
   */
  public Optional<List<String>> of(String version, List<String> differences) {
    if (digest == null || differences.size() > MOST) {
      return Optional.empty();
    }
    var found = differences.stream().map(this::line).toList();
    if (digest.equals(digest(version, differences))) {
      return Optional.of(Stream.concat(Stream.of(line(MARK)), found.stream()).toList());
    }
    return new HashSet<>(lines).containsAll(found) ? Optional.of(lines) : Optional.empty();
  }

  /** Whether this difference is among those on record as accepted. */
  public boolean covers(String difference) {
    return lines.contains(line(difference));
  }

  /** Whether what is recorded, if anything is, was accepted by what the resource says now. */
  public boolean isRecorded() {
    return lines.isEmpty() || (digest != null && lines.contains(line(MARK)));
  }

  /** Whether nothing that is recorded had to be accepted. */
  public boolean isUnused() {
    return lines.isEmpty();
  }

  /** What is recorded. */
  public List<String> recorded() {
    return lines;
  }

  /**
   * With the acceptance's own digest in it, so that another acceptance forgets this one's lines.
   */
  private String line(String difference) {
    return Sha256.of(digest + "\n" + difference).substring(0, LINE_DIGITS);
  }
}
