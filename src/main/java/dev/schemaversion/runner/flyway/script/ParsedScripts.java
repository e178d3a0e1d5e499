package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.engine.ImplicitCommit;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.internal.sqlscript.SqlScript;

/** The scripts of a run as Flyway parses them, which it does when the first of them is wanted. */
public final class ParsedScripts {
  private final Scripts scripts;
  private final Flyway inspecting;
  private final ImplicitCommit engine;

  /**
   * The parsed form of scripts.
   *
   * @param inspecting resolves these scripts and runs nothing
   * @param engine says which statements commit what was done before them
   */
  public ParsedScripts(Scripts scripts, Flyway inspecting, ImplicitCommit engine) {
    this.scripts = scripts;
    this.inspecting = inspecting;
    this.engine = engine;
  }

  /** How Flyway compares the history with the scripts; it parses all of them. */
  public MigrationInfoService info() {
    return inspecting.info();
  }

  /** A script as Flyway parses it. */
  public SqlScript script(String file) {
    resolve(file);
    return scripts.parsed(file);
  }

  /** The checksum of a script as Flyway computes it. */
  public Integer checksum(String file) {
    resolve(file);
    return scripts.checksum(file);
  }

  private void resolve(String file) {
    if (scripts.parsed(file) == null) {
      var unused = info(); // resolves all scripts
    }
  }

  /** The statements of a script. */
  public List<ScriptInspector.Statement> statements(String file) {
    return ScriptInspector.statements(script(file));
  }

  /**
   * Reads each statement of a script.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure if it cannot be read
   */
  public void inspect(String file) {
    ScriptInspector.inspect(file, script(file));
  }

  /** Why a script may be half done when it fails; empty if it is rolled back as a whole. */
  public Optional<String> commitsByItself(String file) {
    return ScriptInspector.commitsByItself(engine, script(file));
  }
}
