package dev.schemaversion.runner.flyway.build;

import dev.schemaversion.runner.flyway.history.HistoryTable;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.report.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;

/**
 * The ways from an empty database to a version: the versioned migrations alone, or a baseline
 * script and the versioned migrations above it.
 */
public final class Chains {
  private final Migrations migrations;
  private final ScratchBuilds builds;
  private final Log log;
  private final Map<Migrations, OwnedObjects> owned = new HashMap<>();

  public Chains(Migrations migrations, ScratchBuilds builds, Log log) {
    this.migrations = migrations;
    this.builds = builds;
    this.log = log;
  }

  /** What finishing scripts own in a chain. */
  public OwnedObjects owned(Migrations chain) {
    return owned.computeIfAbsent(chain, each -> new OwnedObjects(builds, each, log));
  }

  /** The versioned migrations alone. */
  public Migrations versioned() {
    return migrations.chain(Optional.empty());
  }

  /**
   * The chains that build a version, or all of them for null; the versioned one first.
   *
   * @return at least one chain
   */
  public List<Migrations> to(MigrationVersion version) {
    var chains = new ArrayList<Migrations>();
    var highest = baselineFor(version);
    boolean whole =
        highest.isEmpty()
            || versioned().scripts().stream()
                .anyMatch(s -> s.version() != null && !s.version().isNewerThan(highest.get()));
    if (whole && (version == null || versioned().script(version).isPresent())) {
      chains.add(versioned());
    }
    highest.map(baseline -> migrations.chain(Optional.of(baseline))).ifPresent(chains::add);
    return chains.isEmpty() ? List.of(versioned()) : chains;
  }

  /** The baseline script that Flyway would choose on an empty database. */
  private Optional<MigrationVersion> baselineFor(MigrationVersion version) {
    return migrations.baselines().stream()
        .filter(baseline -> version == null || !baseline.isNewerThan(version))
        .findFirst();
  }

  /** The chain that Flyway would run on an empty database. */
  public Migrations fromNothing(MigrationVersion version) {
    return migrations.chain(baselineFor(version));
  }

  /**
   * The chain that a history has followed: it says so if it began with a baseline script. Where the
   * versioned migrations that it lists are gone, the baseline script stands for them.
   */
  public Migrations of(HistoryTable history) {
    var began = history.baselineScript();
    if (began.isPresent()) {
      return migrations.chain(began);
    }
    var missing = versioned().missingVersions(history);
    var present = history.present();
    return migrations.chain(
        missing.isEmpty() || present.isEmpty()
            ? Optional.empty()
            : migrations.baselines().stream()
                .filter(baseline -> !baseline.isNewerThan(present.get()))
                .filter(baseline -> missing.stream().noneMatch(v -> v.isNewerThan(baseline)))
                .findFirst());
  }
}
