package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.CloneInterrupted;
import dev.schemaversion.runner.scratch.DumpFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs {@code pg_dump}. The process is started without a shell, in a clean environment, and ends
 * before the call returns.
 */
final class Dump {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final long POLL_MILLIS = 20;
  private static final int MAX_LINES = 5;
  private static final int MAX_LENGTH = 600;

  private static final List<String> SCHEMA =
      List.of(
          "--schema-only",
          "--no-subscriptions",
          // their providers are missing on the scratch server
          "--no-security-labels",
          "--encoding=UTF8",
          "--no-password");

  private final String program;
  private final Duration timeout;
  private final BooleanSupplier stop;

  Dump(String program, Duration timeout, BooleanSupplier stop) {
    this.program = program;
    this.timeout = timeout;
    this.stop = stop;
  }

  /** Returns the program's major version. */
  int major() {
    var output = run(List.of(program, "--version"), Map.of());
    var version = VERSION.matcher(output);
    if (!version.find()) {
      throw new CloneFailed(
          "The version of pg_dump cannot be parsed: “"
              + program
              + " --version” printed “"
              + brief(output)
              + "”. Use an operator image with pg_dump, or set spec.proof.mode to OnBaseline, which"
              + " skips the rehearsal.");
    }
    return Integer.parseInt(version.group(1));
  }

  /**
   * Dumps the database's schema as SQL, which contains commands of psql.
   *
   * @param extensions the names of those that are left out, which needs pg_dump 17
   */
  String schema(Target source, List<String> extensions) {
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(SCHEMA);
    command.add("--lock-wait-timeout=" + source.limits().lockWait() + "s");
    source.role().ifPresent(role -> command.add("--role=" + role));
    extensions.forEach(name -> command.add("--exclude-extension=" + Quoted.name(name)));
    return run(command, DumpEnvironment.of(source));
  }

  private String run(List<String> command, Map<String, String> environment) {
    var process = start(command, environment);
    try {
      var output = read(process.getInputStream());
      var errors = read(process.getErrorStream());
      await(process);
      if (process.exitValue() != 0) {
        throw new DumpFailed(
            "pg_dump failed with exit code "
                + process.exitValue()
                + ": "
                + brief(errors.join())
                + ". The database was not touched; the operator retries. If a right is missing,"
                + " GRANT SELECT on all tables and sequences of the schema to the user, set"
                + " spec.database.role to a role that has it, or set spec.proof.mode to"
                + " OnBaseline, which skips the rehearsal.");
      }
      return output.join();
    } finally {
      end(process);
    }
  }

  private Process start(List<String> command, Map<String, String> environment) {
    var builder = new ProcessBuilder(command);
    // no inherited settings, password file or certificates; messages in English
    var path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("HOME", "/nonexistent");
    builder.environment().put("PGPASSFILE", "/dev/null");
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CloneFailed(
          "The runner's image has no pg_dump, which copies the schema for the rehearsal. Use an"
              + " operator image that includes it, or set spec.proof.mode to OnBaseline, which"
              + " skips the rehearsal.",
          e);
    }
  }

  private void await(Process process) {
    var end = System.nanoTime() + timeout.toNanos();
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stop.getAsBoolean()) {
          throw new CloneInterrupted();
        }
        if (System.nanoTime() - end > 0) {
          throw new DumpFailed(
              "pg_dump did not finish within "
                  + timeout.toSeconds()
                  + " s and was stopped. The database was not touched; the operator retries.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloneInterrupted();
    }
  }

  /** Kills the process and its children, and waits until they are reaped. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private static CompletableFuture<String> read(InputStream stream) {
    var read = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                read.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
              } catch (IOException | RuntimeException | OutOfMemoryError e) {
                read.completeExceptionally(
                    e instanceof IOException io ? new UncheckedIOException(io) : e);
              }
            });
    return read;
  }

  /** Shortens the output and removes the program's name from the lines. */
  private static String brief(String errors) {
    var message =
        errors
            .lines()
            .map(line -> line.replaceFirst("^pg_dump: (error: |detail: |hint: )?", "").strip())
            .filter(line -> !line.isEmpty())
            .limit(MAX_LINES)
            .collect(Collectors.joining("; "))
            .replaceFirst("\\.$", "");
    return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + " …";
  }
}
