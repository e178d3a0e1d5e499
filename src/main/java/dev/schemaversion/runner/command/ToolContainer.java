package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.Log;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;

/**
 * The container beside this one in which the user's tool runs. A shell there carries out one order
 * at a time. Orders, output and exit codes go through a folder in memory that both containers
 * mount; see {@code ToolScript} for the shell's side. The tool can write there too, so no link is
 * followed, and nothing that is not as expected is quoted: it could lead to the Secret.
 */
final class ToolContainer {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /** After the tool has ended, something that it started may still hold its output open. */
  private static final Duration OUTPUT_TIMEOUT = Duration.ofSeconds(5);

  /** The shell ends the tool at the limit; after this, the shell itself has failed. */
  private static final Duration BEYOND_LIMIT = Duration.ofSeconds(60);

  private static final long PAUSE_MILLIS = 10;

  /** The exit code of a tool that has put something else in the place of its exit code. */
  private static final int UNKNOWN = 255;

  private final Path folder;
  private final Path files;
  private final Log log;

  /**
   * The container.
   *
   * @param folder the folder that both containers share
   * @param files the folder with the tool's files
   */
  ToolContainer(Path folder, Path files, Log log) {
    this.folder = folder;
    this.files = files;
    this.log = log;
  }

  /**
   * Carries out an order and waits for its end.
   *
   * @param limit after how many seconds the tool is ended; null for no limit
   * @throws RunFailure {@link Outcome#TOOL_UNAVAILABLE} if the container does not answer, and
   *     nothing has run; {@link Outcome#CONNECTION_LOST} if it is not known what the tool has done
   */
  Ended run(ToolOrder order, Integer limit) {
    try {
      await(() -> Files.exists(folder.resolve("output")), START_TIMEOUT);
      return carryOut(order, limit);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give an order to the container of the tool", e);
    }
  }

  private Ended carryOut(ToolOrder order, Integer limit) throws IOException {
    Files.deleteIfExists(folder.resolve("exit"));
    Files.deleteIfExists(folder.resolve("cancel"));
    var output = new ToolOutput(order.secrets(), line -> log.line("tool: " + line));
    var reader = Thread.ofPlatform().daemon().name("tool-output").start(() -> read(output));
    var written = new ArrayList<Path>();
    try {
      for (var file : order.files().entrySet()) {
        written.add(write(files, file.getKey(), file.getValue()));
      }
      written.add(write(folder, "order", order.script()));
      send("run " + (limit == null ? 0 : limit));
      return end(order, limit, output, reader);
    } finally {
      for (var file : written) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Waits for the end of an order that was given.
   *
   * @throws RunFailure {@link Outcome#CONNECTION_LOST} if it is not known what the tool has done:
   *     then the next attempt proves the schema before anything else
   */
  private Ended end(ToolOrder order, Integer limit, ToolOutput output, Thread reader) {
    long start = System.nanoTime();
    var exit = folder.resolve("exit");
    try {
      await(
          () -> Files.exists(exit, LinkOption.NOFOLLOW_LINKS),
          limit == null ? null : Duration.ofSeconds(limit).plus(BEYOND_LIMIT));
      boolean isOver =
          limit != null && System.nanoTime() - start >= Duration.ofSeconds(limit).toNanos();
      int code = code(exit);
      finish(reader);
      return new Ended(order.program(), code, isOver && code != 0 ? limit : null, output.last());
    } catch (IOException | RunFailure e) {
      throw new RunFailure(
          Outcome.CONNECTION_LOST,
          "The container “tool” has not answered how "
              + order.program()
              + " ended, so what it has done is not known. The operator retries, and proves the"
              + " schema first.",
          null,
          e);
    }
  }

  private static int code(Path exit) throws IOException {
    var digits = ByteBuffer.allocate(4);
    try (var file =
        Files.newByteChannel(exit, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      file.read(digits);
    }
    var text = new String(digits.array(), 0, digits.position(), StandardCharsets.US_ASCII).strip();
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : UNKNOWN;
  }

  /** In one step, so that the shell never reads a part; and for any user, as the tool's. */
  private static Path write(Path where, String name, String text) throws IOException {
    var part = where.resolve(name + ".new");
    Files.deleteIfExists(part);
    Files.writeString(part, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return Files.move(part, where.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** A pipe of the shell; a link or a file under its name could be the tool's. */
  private File pipe(String name) throws IOException {
    var pipe = folder.resolve(name);
    if (!Files.readAttributes(pipe, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new IOException(name + " is not a pipe");
    }
    return pipe.toFile();
  }

  /** Opened for both directions, a pipe takes the line even while the shell does not read. */
  private void send(String line) throws IOException {
    try (var orders = new RandomAccessFile(pipe("orders"), "rw")) {
      orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      // Closed by the last process, a pipe loses what was not read: the shell holds it open too.
    }
  }

  private void read(ToolOutput output) {
    try (var pipe = new FileInputStream(pipe("output"));
        var text = new InputStreamReader(pipe, StandardCharsets.UTF_8)) {
      output.read(text);
    } catch (IOException e) {
      log.line("the output of the tool cannot be read: " + e.getMessage());
    }
  }

  private void finish(Thread reader) throws IOException {
    if (!joined(reader)) {
      // A tool that was killed before it started has never opened its output. This ends the wait.
      try (var pipe = new RandomAccessFile(pipe("output"), "rw")) {
        pipe.getFD();
      }
      joined(reader);
    }
  }

  private static boolean joined(Thread reader) {
    try {
      return reader.join(OUTPUT_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void await(BooleanSupplier condition, Duration timeout) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (timeout != null && System.nanoTime() - start > timeout.toNanos()) {
        throw new RunFailure(
            Outcome.TOOL_UNAVAILABLE,
            "The container “tool” does not answer. The operator retries; if the error persists, read"
                + " the state of that container with kubectl describe pod, and correct"
                + " spec.migrations.command.image.");
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunFailure(
            Outcome.INTERRUPTED, "The run was interrupted. The operator retries.", null, e);
      }
    }
  }
}
