package dev.schemaversion.api.v1alpha1;

/** The closed list of condition types. */
public enum ConditionType {
  /** The database is what this generation of the resource wants. The one to wait for. */
  Ready,
  /** Work towards it goes on, or is waited for, without a person. */
  Reconciling,
  /** It does not get there before a person changes something; the message says what. */
  Stalled,
  /** It is known where the database started from. */
  Baselined,
  /** The migrations have taken the database to the wanted version. */
  Synced,
  /** The schema found equals the schema the migrations build. */
  Proven,
  /** No workload waits. True with zero workloads as well; anyone's label can make it False. */
  Released
}
