package dev.schemaversion.e2e.scale;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/** Reads a process's memory from Linux. */
final class Memory {
  /** MiB between two readings that count as equal. */
  private static final double NOTHING = 0.5;

  private Memory() {}

  /** Whether this machine says it. */
  static boolean isKnown() {
    return Files.exists(Path.of("/proc/self/status"));
  }

  /** A line of a process's status, in MiB; 0 where the process has ended. */
  static double of(long pid, String line) {
    try {
      var status = Files.readString(Path.of("/proc/" + pid + "/status"));
      var found = Pattern.compile(line + ":\\s+(\\d+) kB").matcher(status);
      return found.find() ? Long.parseLong(found.group(1)) / 1024.0 : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Readings until two of them, seconds apart, are nearly equal. */
  static final class Settling {
    private final DoubleSupplier reading;
    private double last = Double.MAX_VALUE;

    Settling(DoubleSupplier reading) {
      this.reading = reading;
    }

    double settled() {
      await("the memory settles")
          .atMost(Duration.ofMinutes(2))
          .pollDelay(Duration.ofSeconds(1))
          .pollInterval(Duration.ofSeconds(2))
          .until(
              () -> {
                double before = last;
                last = reading.getAsDouble();
                return Math.abs(before - last) <= NOTHING;
              });
      return last;
    }
  }
}
