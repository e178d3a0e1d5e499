package dev.schemaversion.api.v1alpha1;

/** The API group's own names: what stands in manifests, on workloads and on Jobs. */
public final class Names {
  /** The API group, and the domain of every label and annotation of ours. */
  public static final String GROUP = "schemaversion.dev";

  /** The only API version so far. */
  public static final String VERSION = "v1alpha1";

  /** Label of a workload (and of its pods): the name of the SchemaVersion it needs. */
  public static final String REQUIRES = GROUP + "/requires";

  /** Annotation of a workload's pod template: the lowest version the program runs on. */
  public static final String MIN_VERSION = GROUP + "/min-version";

  /** Annotation of a workload's pod template: the highest version the program runs on. */
  public static final String MAX_VERSION = GROUP + "/max-version";

  /**
   * Annotation of a workload's pod template, beside {@link #MIN_VERSION}: further SchemaVersions it
   * needs, such as {@code keystone=4,nova=13-15}.
   */
  public static final String REQUIREMENTS = GROUP + "/requirements";

  /**
   * Mark of the admission policy on a Deployment that it, and not a person, has paused. Its value
   * tells for whom it waits; whatever it is, the mark counts.
   */
  public static final String HELD = GROUP + "/held";

  /**
   * The scheduling gate of a pod for what its label requires, and for whatever cannot be read. For
   * each further resource there is one more, with a dot and that resource's name behind it.
   */
  public static final String GATE = GROUP + "/schema";

  /** Annotation of a SchemaVersion: a new value asks for another attempt after a refusal. */
  public static final String RETRY = GROUP + "/retry";

  /** Annotation of a SchemaVersion: the digest of the plan that may be carried out. */
  public static final String APPROVE = GROUP + "/approve";

  /** Annotation of a SchemaVersion: a new value asks for a look at the schema now. */
  public static final String VERIFY = GROUP + "/verify";

  /**
   * Annotation of a SchemaVersion: the one, as {@code namespace/name}, that seems to be about the
   * same database, and that a person knows of: it is a copy's, or both shall change it.
   */
  public static final String SHARES_WITH = GROUP + "/shares-with";

  /**
   * Annotation of a SchemaVersion in the operator's memory, and nowhere else: the field that could
   * not be read.
   */
  public static final String UNREADABLE = GROUP + "/unreadable";

  /** Finalizer of a SchemaVersion, there only while a Job of it runs. */
  public static final String FINALIZER = GROUP + "/running-job";

  /** What a version looks like, in the resource and in annotations alike. */
  public static final String VERSION_PATTERN = "^[0-9]{1,18}([._][0-9]{1,18}){0,7}$";

  private Names() {}
}
