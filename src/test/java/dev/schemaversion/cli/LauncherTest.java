package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One launcher is the command line, the plugin and its completion, by the name it is called by. */
class LauncherTest {
  private static final Path LAUNCHER =
      Path.of("src", "main", "assembly", "bin", "schemaversion").toAbsolutePath();
  private static final String COMMON =
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.util.logging.manager=org.jboss.logmanager.LogManager ";

  @TempDir Path folder;
  private Path bin;

  /** An installation whose Java prints its arguments. */
  @BeforeEach
  void install() throws IOException {
    bin = Files.createDirectories(folder.resolve("schemaversion-1.2.0").resolve("bin"));
    var java = Files.createDirectories(folder.resolve("java").resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "schemaversion, ''",
    "kubectl-schemaversion, 'kubectl '",
    "kubectl_complete-schemaversion, 'kubectl __complete '",
  })
  void theNameSaysWhatRuns(String name, String command) throws Exception {
    Files.copy(LAUNCHER, bin.resolve(name));

    assertThat(run(bin.resolve(name), Map.of()))
        .isEqualTo(
            COMMON
                + "-cp "
                + bin.resolveSibling("lib")
                + "/* dev.schemaversion.cli.Main "
                + command
                + "status -A\n");
  }

  @Test
  void aLinkFromElsewhereLeadsToTheInstallation() throws Exception {
    Files.copy(LAUNCHER, bin.resolve("kubectl-schemaversion"));
    var elsewhere = Files.createDirectory(folder.resolve("krew"));
    var link = elsewhere.resolve("kubectl-schemaversion");
    Files.createSymbolicLink(
        link, Path.of("..", "schemaversion-1.2.0", "bin", "kubectl-schemaversion"));

    assertThat(run(link, Map.of()))
        .contains("-cp " + bin.toRealPath().resolveSibling("lib") + "/* ")
        .endsWith(" kubectl status -A\n");
  }

  @Test
  void furtherOptionsAndAnotherClassPathComeFromTheEnvironment() throws Exception {
    Files.copy(LAUNCHER, bin.resolve("schemaversion"));

    assertThat(
            run(
                bin.resolve("schemaversion"),
                Map.of(
                    "SCHEMAVERSION_JAVA_OPTS", "-Da=1 -Db=2", "SCHEMAVERSION_CLASS_PATH", "x/*")))
        .isEqualTo(COMMON + "-Da=1 -Db=2 -cp x/* dev.schemaversion.cli.Main status -A\n");
  }

  @Test
  void withoutJavaItSaysWhatIsNeeded() throws Exception {
    Files.copy(LAUNCHER, bin.resolve("schemaversion"));

    assertThat(
            run(
                bin.resolve("schemaversion"),
                Map.of("JAVA_HOME", folder.resolve("none").toString())))
        .isEqualTo(
            "error: schemaversion needs Java 25 or newer. Set JAVA_HOME, or put java on the PATH.\n");
  }

  private String run(Path program, Map<String, String> environment) throws Exception {
    var builder = new ProcessBuilder(program.toString(), "status", "-A").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
