package dev.schemaversion.api.v1alpha1;

/** The names of the API: labels, annotations, the finalizer and the scheduling gate. */
public final class Names {
  /** The API group, which is also the domain of all labels and annotations. */
  public static final String GROUP = "schemaversion.dev";

  /** The API version. */
  public static final String VERSION = "v1alpha1";

  /** Label of a workload and of its pods: the name of the SchemaVersion that it requires. */
  public static final String REQUIRES = GROUP + "/requires";

  /** Annotation of a workload's pod template: the lowest version the program runs on. */
  public static final String MIN_VERSION = GROUP + "/min-version";

  /** Annotation of a workload's pod template: the highest version the program runs on. */
  public static final String MAX_VERSION = GROUP + "/max-version";

  /**
   * Annotation of a workload's pod template, beside {@link #MIN_VERSION}: further SchemaVersions
   * that it requires, such as {@code keystone=4,nova=13-15}.
   */
  public static final String REQUIREMENTS = GROUP + "/requirements";

  /**
   * Annotation by which the admission policy marks a Deployment that the policy, and not a person,
   * has paused. The value names the SchemaVersions that the Deployment waits for; it is
   * informational, only the presence of the annotation counts.
   */
  public static final String HELD = GROUP + "/held";

  /**
   * The scheduling gate of a pod for the requirement in its label, and for requirements that cannot
   * be parsed. Each further required resource has its own gate: this name, a dot and the name of
   * that resource.
   */
  public static final String GATE = GROUP + "/schema";

  /** Annotation of a SchemaVersion: a new value requests another attempt after a refusal. */
  public static final String RETRY = GROUP + "/retry";

  /** Annotation of a SchemaVersion: the digest of the plan that is approved. */
  public static final String APPROVE = GROUP + "/approve";

  /** Annotation of a SchemaVersion: a new value requests a verification of the schema now. */
  public static final String VERIFY = GROUP + "/verify";

  /**
   * Annotation of a SchemaVersion: {@code namespace/name} of another SchemaVersion that appears to
   * manage the same database. It confirms that this one may proceed, because its database is a copy
   * or because both are meant to change the database.
   */
  public static final String SHARES_WITH = GROUP + "/shares-with";

  /**
   * Annotation of a SchemaVersion that exists only in the operator's memory: the field that could
   * not be parsed.
   */
  public static final String UNREADABLE = GROUP + "/unreadable";

  /** Finalizer of a SchemaVersion, present only while one of its Jobs runs. */
  public static final String FINALIZER = GROUP + "/running-job";

  /**
   * The format of a version that is a name, for a migration tool of the user. Each version in
   * {@link #VERSION_PATTERN} is in this format too.
   */
  public static final String VERSION_NAME_PATTERN = "^[A-Za-z0-9][A-Za-z0-9_.]{0,150}$";

  /** The format of a version that is a number, in the resource and in annotations. */
  public static final String VERSION_PATTERN = "^[0-9]{1,18}([._][0-9]{1,18}){0,7}$";

  private Names() {}
}
