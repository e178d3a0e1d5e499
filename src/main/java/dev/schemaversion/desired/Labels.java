package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.Names;

/** Labels and annotations of Jobs and their pods. */
public final class Labels {
  /** Label: the name of the SchemaVersion the Job works for. */
  public static final String RESOURCE = Names.GROUP + "/resource";

  /** Label: {@link dev.schemaversion.contract.Step#label()}. */
  public static final String STEP = Names.GROUP + "/step";

  /** Label: {@link JobInputs#id}. */
  public static final String INPUTS = Names.GROUP + "/inputs";

  /** Label: the attempt, counted from 1. */
  public static final String ATTEMPT = Names.GROUP + "/attempt";

  /** Annotation: {@link JobInputs#digest}, which knows nothing of attempts. */
  public static final String INPUTS_DIGEST = Names.GROUP + "/inputs-digest";

  /** Annotation: {@link DatabaseAddress}, the database the Job was made for. */
  public static final String ADDRESS = Names.GROUP + "/database";

  /** Annotation: a digest of the pod template; another one replaces a Job that never started. */
  public static final String TEMPLATE = Names.GROUP + "/template";

  /** Kubernetes' recommended label, and its value on everything the operator makes. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** See {@link #MANAGED_BY}. */
  public static final String OPERATOR = "schemaversion-operator";

  private Labels() {}
}
