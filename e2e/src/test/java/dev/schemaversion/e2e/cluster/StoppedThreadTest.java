package dev.schemaversion.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class StoppedThreadTest {
  @Test
  void aThreadStandsUntilItIsLetGo() throws IOException {
    var process = running("while :; do :; done");
    try {
      await().until(() -> state(process).equals("R"));
      try (var stopped = StoppedThread.stop(process, process.pid())) {
        assertThat(stopped).isNotNull();
        assertThat(state(process)).isEqualTo("t");
      }
      await().until(() -> state(process).equals("R"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aProcessThatEndsMeanwhileIsNoTrouble() throws IOException {
    var process = running("exec sleep 1000");
    try (var stopped = StoppedThread.stop(process, process.pid())) {
      assertThat(stopped).isNotNull();
      process.destroyForcibly();
    }
    await().until(() -> !process.isAlive());
  }

  @Test
  void aThreadThatIsNotThereIsTold() throws IOException {
    var process = running("exec sleep 1000");
    try {
      assertThatThrownBy(() -> StoppedThread.stop(process, 1)).hasMessageContaining("no thread 1");
    } finally {
      process.destroyForcibly();
    }
  }

  /** No child of ours: of a child that stops Java takes it that it has ended. */
  private static ProcessHandle running(String script) throws IOException {
    var shell =
        new ProcessBuilder("sh", "-c", "(" + script + ") >/dev/null 2>&1 & echo $!").start();
    try (var output = shell.inputReader()) {
      return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    }
  }

  private static String state(ProcessHandle process) throws IOException {
    var fields = Files.readString(Path.of("/proc/" + process.pid() + "/stat")).split(" ", -1);
    return fields[2];
  }
}
