package dev.schemaversion.runner.flyway;

import dev.schemaversion.runner.flyway.script.ScriptInspector;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Flyway's history table together with the migrations that it is compared with. */
final class FlywayHistory implements History {
  private final FlywayTool tool;
  private final HistoryTable table;

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
  public List<String> missing() {
    return tool.migrations().missing(table);
  }

  @Override
  public List<PendingMigration> pending() {
    var infos = tool.info();
    new HistoryValidation(
            tool.run().request(), tool.migrations(), tool.asWritten(present().orElse(null)))
        .check(table, List.of(infos.all()));
    return Stream.of(infos.pending()).<PendingMigration>map(Pending::new).toList();
  }

  @Override
  public Replay replay() {
    var present = table.present().orElseThrow();
    return tool.replay(version -> table.built(version) || version.isNewerThan(present));
  }

  @Override
  public Replay replayWithPending() {
    var wanted = Versions.of(tool.run().request().version());
    return tool.replay(
        version -> table.built(version) || (!version.isNewerThan(wanted) && isPending(version)));
  }

  /** Without outOfOrder, nothing below the present version is pending. */
  private boolean isPending(MigrationVersion version) {
    return tool.run().request().flyway().outOfOrder()
        || table.present().filter(present -> !version.isNewerThan(present)).isEmpty();
  }

  /** Builds what the table records and no more. */
  Replay replayBuilt() {
    return tool.replay(table::built);
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

  /** A script that Flyway would run. */
  private final class Pending implements PendingMigration {
    private final MigrationInfo info;

    Pending(MigrationInfo info) {
      this.info = info;
    }

    @Override
    public String name() {
      return info.getScript();
    }

    @Override
    public String checksum() {
      return String.valueOf(info.getChecksum());
    }

    @Override
    public List<String> statements() {
      return tool.statements(name()).stream().map(ScriptInspector.Statement::bare).toList();
    }

    @Override
    public void inspect() {
      ScriptInspector.inspect(name(), tool.parsed(name()));
    }
  }
}
