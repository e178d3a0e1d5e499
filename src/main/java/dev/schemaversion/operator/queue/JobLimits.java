package dev.schemaversion.operator.queue;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The limits of Jobs that run at the same time; 0 means no limit.
 *
 * @param total in all watched namespaces
 * @param perNamespace in a namespace
 * @param perServer on a database server
 */
public record JobLimits(int total, int perNamespace, int perServer) {
  /** The variable with the limit in all watched namespaces. */
  public static final String TOTAL = "SCHEMAVERSION_MAX_JOBS";

  /** The variable with the limit in a namespace. */
  public static final String PER_NAMESPACE = "SCHEMAVERSION_MAX_JOBS_PER_NAMESPACE";

  /** The variable with the limit on a database server. */
  public static final String PER_SERVER = "SCHEMAVERSION_MAX_JOBS_PER_SERVER";

  /** The default limits. */
  public static final JobLimits DEFAULT = new JobLimits(20, 0, 10);

  private static final Pattern LIMIT = Pattern.compile("0|[1-9][0-9]{0,4}");

  /**
   * Reads and validates the limits.
   *
   * @throws IllegalArgumentException with one sentence that names the variable and its valid values
   */
  public static JobLimits of(Map<String, String> environment) {
    return new JobLimits(
        limit(environment, TOTAL, DEFAULT.total()),
        limit(environment, PER_NAMESPACE, DEFAULT.perNamespace()),
        limit(environment, PER_SERVER, DEFAULT.perServer()));
  }

  private static int limit(Map<String, String> environment, String variable, int otherwise) {
    var text = environment.getOrDefault(variable, Integer.toString(otherwise));
    if (!LIMIT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "%s is \"%s\", but must be a number of Jobs from 1 to 99999, or 0 for no limit"
              .formatted(variable, text));
    }
    return Integer.parseInt(text);
  }
}
