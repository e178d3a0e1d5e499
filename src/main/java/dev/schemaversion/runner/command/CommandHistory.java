package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Settlement;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the user's tool has recorded in its tables. */
final class CommandHistory implements History {
  private final CommandTool tool;
  private final Mark mark;
  private Optional<String> version;

  /**
   * A history.
   *
   * @param mark the tool's tables
   */
  CommandHistory(CommandTool tool, Mark mark) {
    this.tool = tool;
    this.mark = mark;
  }

  /**
   * The version with this mark, which is looked for at the first call; empty for an empty mark, and
   * if no version has it.
   */
  Optional<String> version() {
    if (version == null) {
      version = mark.isEmpty() ? Optional.empty() : tool.marks().version(mark);
    }
    return version;
  }

  /** Whether the tool has recorded something, and it is not the mark of any version. */
  boolean isUnknown() {
    return !mark.isEmpty() && version().isEmpty();
  }

  @Override
  public boolean exists() {
    return !mark.tables().isEmpty();
  }

  /**
   * The version of the database.
   *
   * @throws RunFailure {@link Outcome#HISTORY_UNKNOWN} if no version has this mark
   */
  @Override
  public Optional<String> present() {
    if (isUnknown() && tool.canBuild()) {
      throw new RunFailure(
          Outcome.HISTORY_UNKNOWN,
          tool.marks().unknown(mark)
              + " Nothing was done. If a version is missing in spec.migrations.command.versions, add"
              + " it. Otherwise repair the tables with the tool itself."
              + tool.howToRecord()
              + " Then set the annotation schemaversion.dev/retry.");
    }
    return version();
  }

  @Override
  public Optional<String> stamp() {
    return Optional.empty();
  }

  @Override
  public int migrations() {
    return version().map(tool.versions()::count).orElse(0);
  }

  @Override
  public String digest() {
    return mark.digest();
  }

  @Override
  public List<PendingMigration> pending() {
    var wanted = tool.wanted();
    var present = present().orElse(ListedVersions.BEGINNING);
    if (tool.versions().count(present) > tool.versions().count(wanted)) {
      throw new RunFailure(
          Outcome.DOWNGRADE_REFUSED,
          "The database is at "
              + present
              + " and spec.version wants "
              + wanted
              + ". Migrations only go forward; nothing was done. Set spec.version to "
              + present
              + " or a later version, or restore the database.");
    }
    return tool.versions().between(present, wanted).stream()
        .<PendingMigration>map(CommandMigration::new)
        .toList();
  }

  @Override
  public List<String> changed() {
    return List.of();
  }

  @Override
  public History takeOverChanges() {
    return this;
  }

  @Override
  public Replay replay() {
    return tool.replay();
  }

  @Override
  public Optional<Replay> replayInFull() {
    return Optional.empty();
  }

  @Override
  public Replay replayWithPending() {
    return tool.replayTo(tool.wanted());
  }

  @Override
  public void failIfFailed() {
    // The mark of a failed migration is that of no version.
  }

  @Override
  public History settle(SchemaProof proof) throws SQLException {
    failIfInterrupted(proof.real().read(), proof);
    return this;
  }

  @Override
  public Settlement settlement(SchemaProof proof) throws SQLException {
    return new Settlement(this, failIfPartlyApplied(proof.real().read(), proof), List.of());
  }

  @Override
  public Snapshot failIfPartlyApplied(Snapshot found, SchemaProof proof) throws SQLException {
    failIfInterrupted(found, proof);
    return found;
  }

  /** A tool commits as it likes, so after an interruption only the schema can tell what it did. */
  private void failIfInterrupted(Snapshot found, SchemaProof proof) throws SQLException {
    if (tool.isAfterInterruption()) {
      new InterruptedTool(tool, proof).failIfPartlyApplied(this, found);
    }
  }

  @Override
  public void failIfForgotten(List<PendingMigration> pending) {
    // The tool's own history decides what it runs.
  }

  Mark mark() {
    return mark;
  }
}
