package dev.schemaversion.api.v1alpha1;

/** The types of the conditions in {@code status.conditions}. The list is closed. */
public enum ConditionType {
  /** The database is in the state that this generation of the spec asks for. Wait for this one. */
  Ready,
  /** The operator is working towards the spec, or waits for something that needs no person. */
  Reconciling,
  /** The operator makes no progress until a person acts; the message says what to do. */
  Stalled,
  /** The version from which the database started is known. */
  Baselined,
  /** The migrations have taken the database to the wanted version. */
  Synced,
  /** The schema of the database equals the schema that the migrations build. */
  Proven,
  /** The gate holds no workload. True also where no workload requires the resource. */
  Released
}
