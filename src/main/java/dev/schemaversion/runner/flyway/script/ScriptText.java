package dev.schemaversion.runner.flyway.script;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.configuration.ConfigUtils;

/**
 * The text of a script and of its configuration file, or why they cannot be read.
 *
 * @param sql null if there is a problem
 * @param configuration null if there is none
 * @param problem null if there is none
 */
record ScriptText(String sql, String configuration, String problem) {
  private static final String ENCODING = "encoding";
  private static final Set<String> KEYS =
      Set.of("executeInTransaction", ENCODING, "placeholderReplacement");

  /**
   * The lines with which pg_dump guards its output against injected psql commands since its
   * releases of August 2025. They mean nothing to the server.
   */
  private static final Pattern RESTRICTED =
      Pattern.compile(
          "^\\\\restrict ([A-Za-z0-9]+)[ \\t\\r]*$(.*)^\\\\unrestrict \\1[ \\t\\r]*$",
          Pattern.MULTILINE | Pattern.DOTALL | Pattern.UNIX_LINES);

  /**
   * Decodes a script.
   *
   * @param configuration the content of its configuration file, or null
   * @param encoding unless the configuration file names another
   */
  static ScriptText of(byte[] content, byte[] configuration, Charset encoding) {
    if (configuration == null) {
      return decoded(content, null, encoding);
    }
    var text = decode(configuration, StandardCharsets.UTF_8);
    if (text.isEmpty()) {
      return bad("its configuration file is not UTF-8 text");
    }
    try {
      var settings = ConfigUtils.loadConfigurationFromReader(new StringReader(text.get()), true);
      return configured(content, text.get(), settings, encoding);
    } catch (FlywayException e) {
      return bad("its configuration file has a line that is not like key=value");
    }
  }

  private static ScriptText configured(
      byte[] content, String configuration, Map<String, String> settings, Charset encoding) {
    var others = new TreeSet<>(settings.keySet());
    others.removeAll(KEYS);
    if (!others.isEmpty()) {
      return bad(
          "its configuration file sets "
              + String.join(", ", others)
              + ", and only "
              + String.join(", ", new TreeSet<>(KEYS))
              + " are supported");
    }
    var own = settings.get(ENCODING);
    if (own == null) {
      return decoded(content, configuration, encoding);
    }
    var charset = FlywayOptionMapping.charset(own);
    return charset.isEmpty()
        ? bad("its configuration file names the encoding " + own + ", which does not exist")
        : decoded(content, configuration, charset.get());
  }

  private static ScriptText decoded(byte[] content, String configuration, Charset encoding) {
    var text = decode(content, encoding);
    return text.isEmpty()
        ? bad("is not " + encoding + " text, or has a null character")
        : new ScriptText(text.get(), configuration, null);
  }

  /** Empties the lines of pg_dump's guard, so that the other lines keep their numbers. */
  static String unguarded(String text) {
    return text.startsWith("\\restrict ") || text.contains("\n\\restrict ")
        ? RESTRICTED.matcher(text).replaceFirst("$2")
        : text;
  }

  private static Optional<String> decode(byte[] content, Charset encoding) {
    try {
      // Servers take a null character for the end, and of what is sent after it they make nothing.
      return Optional.of(encoding.newDecoder().decode(ByteBuffer.wrap(content)).toString())
          .filter(text -> text.indexOf('\0') < 0);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static ScriptText bad(String problem) {
    return new ScriptText(null, null, problem);
  }
}
