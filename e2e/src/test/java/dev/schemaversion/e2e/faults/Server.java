package dev.schemaversion.e2e.faults;

import java.util.List;
import java.util.Map;

/**
 * A database server in the namespace of a cell, with an empty database that is to be migrated, and
 * what can be done to it.
 */
interface Server {
  /** Makes the namespace, with this label, and the server; returns when it answers. */
  void start(String label);

  /** Of its pod, by labels. */
  String selector();

  /** {@code spec.database} of a SchemaVersion. */
  String database();

  /**
   * Four migrations by file name. Each writes its version into a table, and the second and the
   * third stand at the end until their {@link Marker} is there.
   */
  Map<String, String> migrations();

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
   * Does by hand what the operator says is to be done about a migration that was begun and has not
   * ended: undoes it.
   *
   * @throws IllegalStateException if it does not say so
   */
  void undo(String told);

  /** Gives the user another password, and the Secret too. */
  void changePassword();
}
