package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.Names;

/** The labels and annotations of Jobs and their pods. */
public final class Labels {
  /** Label: the name of the SchemaVersion of the Job. */
  public static final String RESOURCE = Names.GROUP + "/resource";

  /** Label: {@link dev.schemaversion.contract.Step#label()}. */
  public static final String STEP = Names.GROUP + "/step";

  /** Label: {@link JobInputs#id}. */
  public static final String INPUTS = Names.GROUP + "/inputs";

  /** Label: the attempt, counted from 1. */
  public static final String ATTEMPT = Names.GROUP + "/attempt";

  /** Annotation: {@link JobInputs#digest}. */
  public static final String INPUTS_DIGEST = Names.GROUP + "/inputs-digest";

  /** Annotation: {@link DatabaseAddress}, the database for which the Job was created. */
  public static final String ADDRESS = Names.GROUP + "/database";

  /** Annotation: {@link DatabaseServer}, the server on which the Job works. */
  public static final String SERVER = Names.GROUP + "/server";

  /**
   * Annotation: a digest of the pod template; if it changes, a Job that never started is replaced.
   */
  public static final String TEMPLATE = Names.GROUP + "/template";

  /** The label that Kubernetes recommends for the tool that manages an object. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY} on all objects of the operator. */
  public static final String OPERATOR = "schemaversion-operator";

  private Labels() {}
}
