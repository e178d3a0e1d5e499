package dev.schemaversion.runner.command;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the output of the tool line by line and passes it on without the password. It keeps little,
 * however much the tool writes.
 */
final class ToolOutput {
  /** A line is cut there. A password in what is shown of it is complete in what is read of it. */
  private static final int READ = 32_768;

  private static final int SHOWN = 2_000;
  private static final int LOGGED_LINES = 2_000;
  private static final int KEPT_LINES = 20;
  private static final String MASK = "***";

  private final List<String> secrets;
  private final Consumer<String> log;
  private final Deque<String> last = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private long lines;

  /**
   * The output of one call.
   *
   * @param passwords what must not be shown, also in the forms in which programs print it
   * @param log receives each line, as long as they are not too many
   */
  ToolOutput(List<String> passwords, Consumer<String> log) {
    // Longest first, so that no form is left over of which another is a part.
    this.secrets =
        passwords.stream()
            .flatMap(ToolOutput::forms)
            .filter(form -> !form.isEmpty())
            .distinct()
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
    this.log = log;
  }

  private static Stream<String> forms(String password) {
    var bytes = password.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
            Stream.of(password, Variables.encoded(password), json(password)),
            Stream.of(Base64.getEncoder().encodeToString(bytes)),
            // A line never contains a password of several lines.
            password.lines().filter(part -> !part.isBlank()))
        .flatMap(form -> form);
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Reads to the end. */
  void read(Reader reader) throws IOException {
    var buffer = new char[8192];
    for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
      for (int i = 0; i < count; i++) {
        add(buffer[i]);
      }
    }
    if (!line.isEmpty()) {
      end();
    }
    if (lines > LOGGED_LINES) {
      log.accept("… " + (lines - LOGGED_LINES) + " lines more; the last ones are:");
      last.forEach(log);
    }
  }

  private void add(char c) {
    if (c == '\n' || c == '\r') {
      if (!line.isEmpty()) {
        end();
      }
    } else if (line.length() < READ) {
      line.append(c);
    }
  }

  private void end() {
    var text = masked(line.toString());
    line.setLength(0);
    lines++;
    if (lines <= LOGGED_LINES) {
      log.accept(text);
    }
    last.addLast(text);
    if (last.size() > KEPT_LINES) {
      last.removeFirst();
    }
  }

  private String masked(String text) {
    var masked = text;
    for (var secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    if (text.length() == READ && !secrets.isEmpty()) {
      // The cut may have gone through a password, of which this is the beginning then.
      masked = masked.substring(0, Math.max(0, masked.length() - secrets.getFirst().length()));
    }
    return masked.length() > SHOWN ? masked.substring(0, SHOWN) + "…" : masked;
  }

  /** The last lines that were read. */
  List<String> last() {
    return List.copyOf(last);
  }
}
