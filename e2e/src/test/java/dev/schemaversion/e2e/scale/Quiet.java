package dev.schemaversion.e2e.scale;

import java.util.Map;

/**
 * What the operator sent to the API server while it had nothing to do.
 *
 * @param perMinute requests per minute
 * @param kinds how many of each verb and resource, for the message of a failed test
 */
record Quiet(long perMinute, Map<String, Long> kinds) {
  /** Of an operator that has ended. */
  static final Quiet NONE = new Quiet(0, Map.of());
}
