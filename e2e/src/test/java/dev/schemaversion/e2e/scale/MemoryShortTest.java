package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * With a memory limit that is far too small, the operator exits and does not keep running in a
 * broken state.
 */
@Isolated("memory is measured")
@ExtendWith(ApiServer.OfTheClass.class)
class MemoryShortTest {
  private static final long FAR_TOO_LITTLE = 32L << 20;

  private static final int HEAP_FULL = 3;

  @Test
  void aMemoryLimitThatIsTooSmallIsReported(ApiServer server, @TempDir Path folder)
      throws IOException {
    var message = Files.createFile(folder.resolve("termination-log"));
    try (var operator =
        OperatorProcess.start(
            "memory-short",
            server.proxy().address(),
            FAR_TOO_LITTLE,
            Map.of("SCHEMAVERSION_TERMINATION_LOG", message.toString()))) {
      await("it has ended").atMost(Duration.ofMinutes(2)).until(() -> !operator.running());

      int exitCode = operator.exitCode().getAsInt();
      assertThat(exitCode).isIn(1, HEAP_FULL);
      assertThat(operator.says("OutOfMemoryError")).as(operator.log().toString()).isTrue();
      if (exitCode == HEAP_FULL) {
        // Else it could still speak, and the kubelet shows the end of its log.
        assertThat(message)
            .content()
            .contains("ran out of memory", "Raise", "resources.limits.memory", "docs/scale.md");
      }
    }
  }
}
