package dev.schemaversion.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.testing.ToolShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of the tool's container, run by the shell that the operator's image brings along. */
@Timeout(60)
class ToolScriptTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir private Path root;
  @TempDir private Path image;
  private Path folder;
  private ToolShell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new ToolShell(root, Map.of("OF_IMAGE", "kept"));
    folder = shell.folder();
    shell.awaitFile("output");
  }

  @AfterEach
  void end() {
    shell.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 77, 255})
  void anOrderEndsWithTheExitCodeOfTheProgram(int code) throws Exception {
    var output = shell.order("sh", "-c", "echo out; echo err >&2; exit " + code);

    assertThat(shell.exitCode()).isEqualTo(code);
    assertThat(output.get()).isEqualTo("out\nerr\n");
    assertThat(folder).isDirectoryNotContaining("glob:**{running,cancel,exit.new}");
  }

  @Test
  void ordersFollowOneAnother() throws Exception {
    for (int i = 1; i <= 5; i++) {
      var output = shell.order("sh", "-c", "echo $0; exit $0", "" + i);

      assertThat(shell.exitCode()).isEqualTo(i);
      assertThat(output.get()).isEqualTo(i + "\n");
    }
  }

  @Test
  void argumentsAndEnvironmentArriveUnchanged() throws Exception {
    var odd = "it's \"a\" $HOME `id` \\ *\n  second line\n";
    var program = program("show", "printf '<%s>' \"$VALUE\" \"$OF_IMAGE\" \"$@\"");

    var output = shell.order(0, Map.of("VALUE", odd), List.of(program, odd, "", "-n", "a b"));

    assertThat(shell.exitCode()).isZero();
    assertThat(output.get()).isEqualTo("<" + odd + "><kept><" + odd + "><><-n><a b>");
  }

  @Test
  void aProgramOfTheImageIsPreferredToOneOfTheShell() throws Exception {
    program("ls", "echo of the image");
    var path = Map.of("PATH", "/nowhere:" + image);

    var output = shell.order(0, path, List.of("ls"));

    assertThat(shell.exitCode()).isZero();
    assertThat(output.get()).isEqualTo("of the image\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuchprogram", "cat", ""})
  void aProgramThatTheImageLacksIsNamed(String program) throws Exception {
    var output = shell.order(0, Map.of("PATH", image.toString()), List.of(program, "x"));

    assertThat(shell.exitCode()).isEqualTo(127);
    assertThat(output.get()).isEqualTo(program + ": not found in PATH\n");
  }

  @Test
  void aProgramThatTheImageLacksAtThisPathIsNamed() throws Exception {
    var output = shell.order("/no/such/program");

    assertThat(shell.exitCode()).isEqualTo(127);
    assertThat(output.get()).contains("/no/such/program: not found");
  }

  @Test
  void aProgramReadsNoInputAndWritesFilesThatOthersCannotChange() throws Exception {
    var output = shell.order("sh", "-c", "cat; umask");

    assertThat(shell.exitCode()).isZero();
    assertThat(output.get()).isEqualTo("0022\n");
  }

  @Test
  void theLimitTerminatesTheProgram() throws Exception {
    var output =
        shell.order(
            1, NONE, List.of("sh", "-c", "trap 'echo asked; exit 9' TERM; sleep 99 & wait"));

    assertThat(shell.exitCode()).isEqualTo(9);
    assertThat(output.get()).isEqualTo("asked\n");
  }

  @Test
  void cancelTerminatesTheProgramAndThenKillsIt() throws Exception {
    var output = shell.order("sh", "-c", "trap '' TERM; echo begun; sleep 99; sleep 99");
    shell.awaitFile("running");
    Files.createFile(folder.resolve("cancel"));

    assertThat(shell.exitCode()).isEqualTo(137);
    assertThat(output.get()).isEqualTo("begun\n");
    assertThat(folder.resolve("cancel")).doesNotExist();
  }

  @Test
  void whatTheProgramLeavesRunningIsKilled() throws Exception {
    var stubborn = "(trap '' TERM HUP; while :; do sleep 99; done) & echo $!";

    var output = shell.order("sh", "-c", stubborn);

    assertThat(shell.exitCode()).isZero();
    var left = ProcessHandle.of(Long.parseLong(output.get().strip()));
    Awaitility.await().until(() -> left.filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aRestartWhileAnOrderRunsEndsTheOrder() throws Exception {
    var output = shell.order("sleep", "99");
    shell.awaitFile("running");
    shell.kill();
    shell.start();

    assertThat(shell.exitCode()).isEqualTo(137);
    assertThat(output.get()).isEmpty();
    assertThat(folder.resolve("running")).doesNotExist();
  }

  @Test
  void aRestartBeforeTheExitCodeWasPublishedPublishesIt() throws Exception {
    shell.kill();
    Files.writeString(folder.resolve("exit.new"), "3\n");
    shell.start();

    assertThat(shell.exitCode()).isEqualTo(3);
  }

  @Test
  void aRestartBetweenOrdersEndsNone() throws Exception {
    shell.kill();
    shell.start();
    var output = shell.order("true");
    assertThat(shell.exitCode()).isZero();
    assertThat(output.get()).isEmpty();
  }

  @Test
  void stopEndsTheShell() throws Exception {
    shell.send("stop");

    assertThat(shell.end()).isZero();
  }

  @Test
  void sigtermEndsTheShellAtOnce() throws Exception {
    shell.close();
    assertThat(shell.end()).isZero();
  }

  @Test
  void sigtermEndsTheShellAndTheProgramAtOnce() throws Exception {
    var output = shell.order("sh", "-c", "trap '' TERM; sleep 99");
    Awaitility.await()
        .until(
            () ->
                shell
                    .process()
                    .descendants()
                    .anyMatch(each -> each.info().arguments().toString().contains("99")));
    var program =
        shell
            .process()
            .descendants()
            .filter(each -> each.info().command().toString().contains("sh"))
            .toList();

    shell.close();
    assertThat(shell.end()).isZero();
    program.forEach(each -> assertThat(each.onExit()).succeedsWithin(10, TimeUnit.SECONDS));
    assertThat(output.get()).isEmpty();
  }

  @Test
  void theKubeletReplacesNothingInTheScript() {
    assertThat(ToolScript.TEXT)
        .doesNotContain("$$")
        .doesNotContainPattern("\\$\\([-._a-zA-Z0-9]+\\)");
  }

  @Test
  void everyUserMayWriteIntoThePipes() throws Exception {
    for (var pipe : List.of("orders", "output")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(pipe))))
          .isEqualTo("rw-rw-rw-");
    }
  }

  /** Creates a program in the folder that stands for the image. */
  private String program(String name, String text) throws IOException {
    var file = image.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
