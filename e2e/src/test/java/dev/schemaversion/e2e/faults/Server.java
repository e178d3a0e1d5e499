package dev.schemaversion.e2e.faults;

import java.util.List;
import java.util.Map;

/** A database server in a cell's namespace, with an empty database to migrate. */
interface Server {
  /** Makes the namespace, labelled for a step, and the server; returns when it answers. */
  void start(Step step);

  /** Of its pod, by labels. */
  String selector();

  /** {@code spec.database} of a SchemaVersion. */
  String database();

  /**
   * Four migrations by file name, with which the work can stop at the step. The second and the
   * third wait at the end until their {@link Marker} is set. Where the step needs them, a
   * repeatable migration and a callback follow.
   */
  Map<String, String> migrations();

  /** Whether the migration of this version writes it into a table, as nearly all do. */
  boolean records(String version);

  /** The image and command of a container that says which version it finds, and stays. */
  String program();

  /** Sets a marker, here and in the scratch servers of these pods. */
  void open(Marker marker, List<String> pods);

  /** Whether a migration stands and waits for this marker; on the scratch server of a pod. */
  boolean waits(Marker marker, List<String> pods);

  /** The runner gets no answer any more between two migrations, and after the last. */
  void freezeRunner();

  /** It does again. */
  void thawRunner();

  /** The versions that the history has. */
  List<String> history();

  /** The versions that migrations wrote down that they ran, one for each run. */
  List<String> runs();

  /** Names of the runners' sessions. */
  List<String> sessions();

  /** The schema as text, without the history. */
  String schema();

  /** The schema as these migrations make it in a new database, without us. */
  String rebuilt(List<String> scripts);

  /** Ends all sessions of runners. */
  void cutSessions();

  /** Ends the server as a crash would; returns when it is back. */
  void restart();

  /**
   * Undoes an interrupted migration by following the operator's message.
   *
   * @throws IllegalStateException if the message does not say how
   */
  void undo(String message);

  /** Gives the user another password, and the Secret too. */
  void changePassword();
}
