package dev.schemaversion.e2e.scale;

import java.util.Map;
import java.util.TreeMap;

/**
 * Metadata of the largest size that etcd accepts: half a megabyte of labels, their names again in
 * the managed fields, and as many annotations as allowed.
 */
final class Large {
  /** The API server's limit, for all of them together, with some air for others. */
  private static final int ANNOTATIONS_BYTES = 250_000;

  private static final int LABELS = 1_500;
  private static final String PREFIX = ("p".repeat(60) + ".").repeat(4) + "example";
  private static final String VALUE = "v".repeat(63);

  private Large() {}

  /** Labels have a limit each and none together: 550 KB, and as much again in managed fields. */
  static Map<String, String> labels() {
    var labels = new TreeMap<String, String>();
    for (int i = 0; i < LABELS; i++) {
      labels.put(PREFIX + "/" + "n".repeat(50) + i, VALUE);
    }
    return labels;
  }

  /** One annotation as large as all of them may be. */
  static Map<String, String> annotations() {
    return Map.of("example.org/large", "a".repeat(ANNOTATIONS_BYTES));
  }

  /** Requirements that are far too many. */
  static Map<String, String> requirements(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append("further-").append(i).append("=1");
    }
    return Map.of("schemaversion.dev/requirements", text.toString());
  }
}
