package dev.schemaversion.contract.request;

/**
 * How a sync goes on that begins with a baseline, because nothing is known of the database. It goes
 * on only if the database is empty.
 */
public enum FirstSync {
  /** The migrations are rehearsed, and the schema is proven afterwards. */
  Rehearsed,
  /** The migrations run without a rehearsal ({@code proof.mode: OnBaseline}). */
  NotRehearsed
}
