package dev.schemaversion.runner.flyway.history;

import java.util.Date;
import java.util.List;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.extensibility.MigrationType;
import org.flywaydb.core.internal.info.AppliedMigrationAttributes;
import org.flywaydb.core.internal.info.MigrationInfoContext;
import org.flywaydb.core.internal.schemahistory.BaseAppliedMigration;
import org.flywaydb.core.internal.util.Pair;

/**
 * A row that says that a migration was undone. Only the paid editions of Flyway write such rows,
 * and the library alone does not know them: it refuses the history, or counts the version as
 * applied. Flyway finds this class as a service.
 */
public final class UndoneMigration extends BaseAppliedMigration {
  /** The types of such rows. */
  private enum Type implements MigrationType {
    UNDO_SQL,
    UNDO_JDBC,
    UNDO_SCRIPT;

    @Override
    public boolean isUndo() {
      return true;
    }

    @Override
    public boolean isSynthetic() {
      return false;
    }

    @Override
    public boolean isBaseline() {
      return false;
    }
  }

  /** For the service loader; a row is made by {@link #create}. */
  public UndoneMigration() {}

  private UndoneMigration(
      int installedRank,
      MigrationVersion version,
      String description,
      String type,
      String script,
      Integer checksum,
      Date installedOn,
      String installedBy,
      int executionTime,
      boolean success) {
    super(
        installedRank,
        version,
        description,
        Type.valueOf(type),
        script,
        checksum,
        installedOn,
        installedBy,
        executionTime,
        success);
  }

  @Override
  public AppliedMigration create(
      int installedRank,
      MigrationVersion version,
      String description,
      String type,
      String script,
      Integer checksum,
      Date installedOn,
      String installedBy,
      int executionTime,
      boolean success) {
    return new UndoneMigration(
        installedRank,
        version,
        description,
        type,
        script,
        checksum,
        installedOn,
        installedBy,
        executionTime,
        success);
  }

  @Override
  public boolean handlesType(String type) {
    return RowKind.of(type) == RowKind.UNDO;
  }

  /** Before Flyway's own class, which takes UNDO_SCRIPT for a migration. */
  @Override
  public int getPriority() {
    return 1;
  }

  /** Its version is not one that the database has. */
  @Override
  public boolean isVersioned() {
    return false;
  }

  @Override
  public MigrationState getState(
      MigrationInfoContext context, boolean outOfOrder, ResolvedMigration resolved) {
    return isSuccess() ? MigrationState.SUCCESS : MigrationState.FAILED;
  }

  /** Marks the migration that it undid, among the rows before it. */
  @Override
  public void updateAttributes(List<Pair<AppliedMigration, AppliedMigrationAttributes>> before) {
    if (!isSuccess() || getVersion() == null) {
      return;
    }
    before.reversed().stream()
        .filter(each -> getVersion().equals(each.getLeft().getVersion()))
        .filter(each -> !each.getLeft().getType().isSynthetic())
        .filter(each -> !each.getLeft().getType().isUndo())
        .filter(each -> !each.getRight().deleted && !each.getRight().undone)
        .findFirst()
        .ifPresent(each -> each.getRight().undone = true);
  }
}
