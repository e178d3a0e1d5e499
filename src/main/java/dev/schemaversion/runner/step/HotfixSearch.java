package dev.schemaversion.runner.step;

import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out whether a schema that differs from its version differs by a {@link Hotfix} only: it has
 * all that the version has, and what it has more is exactly what the pending migrations create.
 */
final class HotfixSearch {
  /**
   * The statements that a script may have which creates an object of the hotfix. All others may
   * change rows; if the script was run by hand, they would change them for the second time.
   */
  private static final Pattern LEAVES_ROWS =
      Pattern.compile(
          "(?:CREATE\\b(?!\\s+OR\\s+REPLACE\\s+(?:TEMPORARY\\s+)?TABLE\\b)|COMMENT\\b|GRANT\\b"
              + "|REVOKE\\b|SET\\b|RESET\\b|ANALYZE\\b|DROP\\s+INDEX\\b|ALTER\\b(?!.*\\bUSING\\b)).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final RunContext run;
  private final SchemaProof proof;
  private final History history;
  private final String wanted;
  private final List<PendingMigration> pending;

  /**
   * A search in one database.
   *
   * @param pending the migrations that lead to the version of the sync
   */
  HotfixSearch(
      RunContext run,
      MigrationTool tool,
      SchemaProof proof,
      History history,
      List<PendingMigration> pending) {
    this.run = run;
    this.proof = proof;
    this.history = history;
    this.wanted = tool.canonical(run.request().version());
    this.pending = pending;
  }

  /**
   * Returns the hotfix.
   *
   * @param found the schema that differs from the version of the history
   * @param refusal how the run ends without a hotfix
   * @throws RunFailure the refusal, if the schema differs in any other way, if a script that
   *     creates one of the objects may change rows, or after a lost run, which may have created the
   *     objects
   */
  Hotfix of(Snapshot found, PresentRefusal refusal) throws SQLException {
    if (pending.isEmpty()) {
      throw refusal.failure();
    }
    if (run.request().afterLost()) {
      throw refusal.because(
          "An earlier sync was interrupted and may have created these objects, so they are not"
              + " adopted as a hotfix.");
    }
    run.log().begin("looking whether the pending migrations create what the version does not have");
    var walk = walk(found).orElseThrow(refusal::failure);
    if (walk.unexpected.isEmpty() || !walk.last.lines().containsAll(walk.unexpected)) {
      throw refusal.failure();
    }
    for (var migration : pending) {
      if (migration.version().filter(walk.makers::containsValue).isPresent()) {
        failIfItChangesRows(migration, refusal);
      }
    }
    var hotfix = new Hotfix(walk.unexpected, refusal);
    run.log().line("they do: " + String.join(", ", hotfix.names()));
    return hotfix;
  }

  private Optional<Walk> walk(Snapshot found) throws SQLException {
    try {
      var replay = history.replay();
      var walk = new Walk(found, replay.leftOut());
      replay.run(walk);
      return walk.unexpected == null ? Optional.empty() : Optional.of(walk);
    } catch (Unprovable | ScratchLacks e) {
      return Optional.empty(); // the refusal says more
    }
  }

  private static void failIfItChangesRows(PendingMigration migration, PresentRefusal refusal) {
    for (var statement : migration.statements()) {
      if (!LEAVES_ROWS.matcher(statement).matches()) {
        throw refusal.because(
            "The pending migration "
                + migration.name()
                + " creates such objects too, but also has a statement that may change rows: "
                + StatementText.brief(statement)
                + ". If that script was run by hand, the statement would run for the second time;"
                + " so move it to a migration of its own, or accept the difference.");
      }
    }
  }

  /** Compares with the present version, then notes which version creates what is unexpected. */
  private final class Walk implements Replay.Visitor {
    private final Snapshot found;
    private final LeftOut leftOut;
    private final String present = history.present().orElseThrow();
    private final Map<Line, String> makers = new HashMap<>();
    private List<Line> unexpected;
    private Snapshot last;

    Walk(Snapshot found, LeftOut leftOut) {
      this.found = found;
      this.leftOut = leftOut;
    }

    @Override
    public boolean built(String version, Replay.Built built) throws SQLException {
      if (version.equals(present)) {
        last = built.read();
        unexpected = unexpected(last, built.trip());
      } else if (unexpected != null) {
        last = built.read();
        var lines = new HashSet<>(last.lines());
        unexpected.stream()
            .filter(lines::contains)
            .forEach(line -> makers.putIfAbsent(line, version));
      }
      boolean refuted = version.equals(present) && unexpected == null;
      return !refuted && !version.equals(wanted);
    }

    /** What only the database has; null if anything else differs that is not accepted. */
    private List<Line> unexpected(Snapshot schema, RoundTrip trip) throws SQLException {
      var differences =
          trip.settle(proof.comparison(found, leftOut, schema)).differences().stream()
              .filter(difference -> !proof.accepts(difference))
              .toList();
      return differences.stream().allMatch(Difference.Unexpected.class::isInstance)
          ? differences.stream()
              .map(Difference.Unexpected.class::cast)
              .map(Difference.Unexpected::found)
              .toList()
          : null;
    }
  }
}
