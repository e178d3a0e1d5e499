package dev.schemaversion.cli.option;

import dev.schemaversion.cli.terminal.Terminal;
import picocli.CommandLine.Mixin;

/** What all commands share that read migrations or a database. */
public final class RunOptions {
  @Mixin DatabaseOptions database;
  @Mixin MigrationOptions migrations;
  @Mixin ProofOptions proof;

  /**
   * What a command wants besides what its options say.
   *
   * @param version the version to migrate to; null for that of the manifest, or else the newest
   * @param claim the claimed version; null for that of the manifest
   * @param rehearsal how to rehearse
   * @param needsDatabase whether the command connects to the database
   * @param needsMigrations whether it reads migrations
   */
  public record Wanted(
      String version,
      String claim,
      RehearsalOptions rehearsal,
      boolean needsDatabase,
      boolean needsMigrations) {
    /** A command that proves or compares. */
    public static Wanted ofProof(String claim) {
      return new Wanted(null, claim, null, true, true);
    }
  }

  /**
   * Returns what the options, the manifest and the environment say together.
   *
   * @throws UsageError if that is not enough, or contradicts itself
   */
  public Setup setUp(Wanted wanted, Terminal terminal) {
    var manifest =
        migrations.manifest == null
            ? null
            : Manifest.read(migrations.manifest, migrations.name, terminal.in());
    var resource = new ResourceOptions(database, migrations, proof, wanted);
    var connection = wanted.needsDatabase() ? Credentials.of(database, terminal) : Credentials.NONE;
    var spec = resource.over(manifest, connection);
    if (wanted.needsDatabase()) {
      connection.failIfIncomplete(spec.database());
    }
    var files = wanted.needsMigrations() ? Sources.read(migrations.folder, manifest) : Sources.NONE;
    return Setup.of(
        manifest, spec, files, connection.byKey(), Authority.of(database.authority, spec));
  }
}
