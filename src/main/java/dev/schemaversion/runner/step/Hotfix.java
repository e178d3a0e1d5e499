package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.Rehearsal;
import dev.schemaversion.runner.proof.Rehearsal.Rehearsed;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.snapshot.Line;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Objects that were created by hand and that the pending migrations create too, such as an index
 * that was built in an incident. The present version is not proven with them. The sync goes on
 * nevertheless, because the rehearsal proves that the migrations run beside these objects and end
 * in the schema that they build from nothing.
 */
final class Hotfix {
  /** There are no such objects: the present version is proven. */
  static final Hotfix NONE = new Hotfix(List.of(), null);

  private static final int NAMED = 10;

  private final List<Line> objects;
  private final PresentRefusal refusal;

  /**
   * A hotfix.
   *
   * @param objects the objects that only the database has, and that the migrations will have built
   * @param refusal how the run ends if the migrations do not run beside them
   */
  Hotfix(List<Line> objects, PresentRefusal refusal) {
    this.objects = List.copyOf(objects);
    this.refusal = refusal;
  }

  boolean isEmpty() {
    return objects.isEmpty();
  }

  /**
   * Rehearses the pending migrations beside these objects.
   *
   * @param present the proof of the present version
   * @throws RunFailure how a schema that differs is refused, if the rehearsal fails; without a
   *     hotfix, {@link Outcome#REHEARSAL_FAILED}
   */
  Rehearsed rehearse(
      Rehearsal rehearsal,
      History history,
      boolean besideOthers,
      List<PendingMigration> pending,
      Proof present)
      throws SQLException {
    try {
      return rehearsal.run(history, besideOthers, pending.size(), present);
    } catch (RunFailure e) {
      if (isEmpty() || e.outcome() != Outcome.REHEARSAL_FAILED) {
        throw e;
      }
      throw refusal.because(
          "The pending migrations create these objects too, but do not run where they exist already."
              + " Write them so that they do, such as with CREATE INDEX IF NOT EXISTS. "
              + e.getMessage());
    }
  }

  /** The kinds and names of the objects, possibly shortened; null if there are none. */
  List<String> names() {
    if (isEmpty()) {
      return null;
    }
    var names = objects.stream().map(line -> StatementText.brief(line.title())).toList();
    return names.size() <= NAMED
        ? names
        : Stream.concat(
                names.stream().limit(NAMED), Stream.of("and " + (names.size() - NAMED) + " more"))
            .toList();
  }

  /** Says in one sentence what a sync adopts; empty if that is nothing. */
  String message(String who) {
    return isEmpty()
        ? ""
        : " "
            + who
            + " objects that were created by hand and that these migrations create too: "
            + String.join(", ", names())
            + ".";
  }
}
