package dev.schemaversion.runner.failures;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.scratch.DumpTooOld;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import dev.schemaversion.testing.WayOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Each message with which the runner ends a run names a field, an annotation or a command that
 * changes the situation. This test reads the source, so that a new refusal cannot be forgotten:
 * each place that creates one must have such a name among the texts that its message is made of.
 * {@link Job} checks the messages that tests provoke.
 */
class WaysOutTest {
  /** Places whose message contains that of another failure, or of another class. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "AbandonedSessions.await", "the server's statement that ends the session",
          "Runner.failIfTooLarge", "MigrationsSize.problem",
          "InterruptedScriptRecovery.afterFailure", "adds to another failure",
          "PresentRefusal.because", "adds to another failure",
          "ProveStep.validated", "adds to another failure",
          "RowCopy.copy", "unreadable and unwritable");

  @Test
  void eachPlaceThatEndsARunNamesAWayOut() throws IOException {
    var without = new TreeMap<String, String>();
    var sites = new ArrayList<FailureSite>();
    for (var unit : units()) {
      sites.addAll(new FailureSites(unit).found());
    }
    for (var site : sites) {
      var text = String.join("", site.texts());
      boolean retried = site.retried() && WayOut.isByItself(text);
      if (!retried && !WayOut.isNamed(text)) {
        without.put(site.place(), text);
      }
    }
    System.out.println("places that end a run: " + sites.size());

    assertThat(sites).hasSizeGreaterThan(70);
    assertThat(without.keySet())
        .as("these name no field, annotation or command: %s", without)
        .isEqualTo(new TreeSet<>(ELSEWHERE.keySet()));
  }

  @Test
  void failuresThatWordThemselvesNameAWayOut() {
    assertThat(WayOut.isNamed(new DumpTooOld(15, 18).getMessage())).isTrue();
    assertThat(WayOut.isNamed(new ScratchMajorMismatch("18", "15").getMessage())).isTrue();
  }

  private static List<CompilationUnitTree> units() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        var paths = Files.walk(Path.of("src", "main", "java", "dev", "schemaversion", "runner"))) {
      var sources = paths.filter(path -> path.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
      var units = new ArrayList<CompilationUnitTree>();
      task.parse().forEach(units::add);
      return units;
    }
  }
}
