package dev.schemaversion.runner.flyway;

import static java.util.Comparator.naturalOrder;

import dev.schemaversion.runner.flyway.history.ChangedMigration;
import dev.schemaversion.runner.flyway.history.HistoryTable;
import dev.schemaversion.runner.flyway.history.HistoryValidation;
import dev.schemaversion.runner.flyway.history.IgnoredFindings;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Settlement;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** Flyway's history table together with the migrations that it is compared with. */
final class FlywayHistory implements History {
  /** As Flyway runs them: repeatable migrations come last. */
  private static final Comparator<MigrationInfo> IN_ORDER =
      Comparator.comparing(MigrationInfo::getVersion, Comparator.nullsLast(naturalOrder()))
          .thenComparing(MigrationInfo::getDescription);

  private final FlywayTool tool;
  private final HistoryTable table;
  private MigrationInfoService infos;

  FlywayHistory(FlywayTool tool, HistoryTable table) {
    this.tool = tool;
    this.table = table;
  }

  HistoryTable table() {
    return table;
  }

  @Override
  public boolean exists() {
    return table.exists();
  }

  @Override
  public Optional<String> present() {
    return table.present().map(tool::text);
  }

  @Override
  public Optional<String> stamp() {
    return table.stamp().map(tool::text);
  }

  @Override
  public int migrations() {
    return table.migrations();
  }

  @Override
  public String digest() {
    return table.digest();
  }

  @Override
  public List<PendingMigration> pending() {
    Unreplayable.failIfUnknown(table);
    new HistoryValidation(
            tool.run().request(), tool.migrations(), tool.asWritten(present().orElse(null)))
        .check(table, List.of(infos().all()));
    return pendingInfos()
        .<PendingMigration>map(
            info ->
                new ScriptToRun(
                    tool,
                    info.getScript(),
                    Optional.ofNullable(info.getVersion()).map(Versions::text),
                    String.valueOf(info.getChecksum())))
        .toList();
  }

  /**
   * What Flyway calls pending. It reads the rows itself, so it calls a migration failed whose row
   * is in the database and not in this history, see {@link HistoryTable#withoutUnfinished}.
   */
  private Stream<MigrationInfo> pendingInfos() {
    var pending = List.of(infos().pending());
    var names = pending.stream().map(MigrationInfo::getScript).collect(Collectors.toSet());
    var again =
        Stream.of(infos().all())
            .filter(info -> info.getState() == MigrationState.FAILED)
            .filter(info -> !table.has(info.getInstalledRank()))
            .filter(info -> info.getVersion() == null || isWanted(info.getVersion()))
            .filter(info -> !names.contains(info.getScript()))
            .toList();
    return again.isEmpty()
        ? pending.stream()
        : Stream.concat(pending.stream(), again.stream()).sorted(IN_ORDER);
  }

  @Override
  public List<String> changed() {
    return changedMigrations().stream().map(ChangedMigration::script).toList();
  }

  @Override
  public History takeOverChanges() throws SQLException {
    return tool.migration().update(changedMigrations());
  }

  private List<ChangedMigration> changedMigrations() {
    Unreplayable.failIfUnknown(table);
    return ChangedMigration.among(
        List.of(infos().all()), table, IgnoredFindings.of(tool.run().request()));
  }

  /** How Flyway compares this history with the scripts; it parses all of them. */
  private MigrationInfoService infos() {
    if (infos == null) {
      infos = tool.scripts().info();
    }
    return infos;
  }

  private Migrations chain() {
    return tool.chains().of(table);
  }

  private Optional<Replay> unreplayable() {
    var chain = chain();
    var replaced = chain.baselines().stream().findFirst();
    return Unreplayable.of(
        table,
        chain.missingVersions(table).stream()
            .filter(version -> replaced.filter(b -> !version.isNewerThan(b)).isEmpty())
            .map(Versions::text)
            .toList());
  }

  @Override
  public Replay replay() {
    var present = table.present().orElseThrow();
    return unreplayable()
        .orElseGet(
            () ->
                tool.replay(
                    chain(), version -> table.built(version) || version.isNewerThan(present)));
  }

  @Override
  public Optional<Replay> replayInFull() {
    return tool.migrations().haveUnversioned()
            && unreplayable().isEmpty()
            && repeatablesAreCurrent()
        ? Optional.of(tool.replayInFull(chain(), table::built))
        : Optional.empty();
  }

  /** Whether each repeatable migration has run as it is now, and no other has. */
  private boolean repeatablesAreCurrent() {
    return Stream.of(infos().all())
        .filter(info -> info.getVersion() == null)
        .map(MigrationInfo::getState)
        .allMatch(state -> state == MigrationState.SUCCESS || state == MigrationState.SUPERSEDED);
  }

  @Override
  public Replay replayWithPending() {
    var chain = table.present().isEmpty() ? tool.chains().fromNothing(wanted()) : chain();
    return unreplayable()
        .orElseGet(
            () -> tool.replayInFull(chain, version -> table.built(version) || isWanted(version)));
  }

  private MigrationVersion wanted() {
    return Versions.of(tool.run().request().version());
  }

  private boolean isWanted(MigrationVersion version) {
    return !version.isNewerThan(wanted()) && isPending(version);
  }

  /** Without outOfOrder, nothing below the present version is pending. */
  private boolean isPending(MigrationVersion version) {
    return tool.run().request().flyway().outOfOrder()
        || table.present().filter(present -> !version.isNewerThan(present)).isEmpty();
  }

  /** Builds what the table records and no more. */
  Replay replayBuilt() {
    return tool.replay(chain(), table::built);
  }

  @Override
  public void failIfFailed() {
    table.failIfFailed();
  }

  @Override
  public History settle(SchemaProof proof) throws SQLException {
    return recovery(proof).settle(this);
  }

  @Override
  public Settlement settlement(SchemaProof proof) throws SQLException {
    return recovery(proof).settlement(this);
  }

  @Override
  public Snapshot failIfPartlyApplied(Snapshot found, SchemaProof proof) throws SQLException {
    return recovery(proof).failIfPartlyApplied(found, this);
  }

  @Override
  public void failIfForgotten(List<PendingMigration> pending) throws SQLException {
    new ForgottenScript(tool).failIfForgotten(table, pending);
  }

  InterruptedScriptRecovery recovery(SchemaProof proof) {
    return new InterruptedScriptRecovery(tool, proof);
  }
}
