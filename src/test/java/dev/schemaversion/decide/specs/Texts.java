package dev.schemaversion.decide.specs;

import com.github.curiousoddman.rgxgen.RgxGen;
import com.github.curiousoddman.rgxgen.config.RgxGenOption;
import com.github.curiousoddman.rgxgen.config.RgxGenProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates random texts: ones that match a pattern, ones at the length limits, and hostile ones.
 */
final class Texts {
  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "line\nline\r\n",
          "13\n",
          "\u001b[31m",
          "${jndi:ldap://x}",
          "$(POSTGRES_PASSWORD)",
          "%s%n%d",
          "{0} {}",
          "'; DROP TABLE images; --",
          "\"quoted\"",
          "../../etc/passwd",
          "null",
          "-1",
          "1e999",
          "99999999999999999999999",
          "PT1H",
          "İstanbul ſ K",
          "数据库",
          "\u202eright to left",
          "\ud83d\udc18 elephant",
          "e\u0301",
          "x".repeat(64),
          "9".repeat(300),
          "ü".repeat(2_000));

  private static final List<String> ALPHABET = List.of("a", "0", "ü", "\ud83d\udc18");
  private static final int TRIES = 20;

  private final Random random;
  private final Map<String, RgxGen> generators = new HashMap<>();

  Texts(Random random) {
    this.random = random;
  }

  String hostile() {
    return one(HOSTILE);
  }

  <T> T one(List<T> many) {
    return many.get(random.nextInt(many.size()));
  }

  /** Returns a text that matches a pattern, if there is one, with a length within limits. */
  String valid(String pattern, int min, int max) {
    var matching = Pattern.compile(pattern == null ? "(?s).*" : pattern).asMatchPredicate();
    // Sometimes a text at the length limits.
    if (random.nextInt(4) == 0) {
      var letter = one(ALPHABET);
      var atBounds =
          IntStream.of(min, Math.min(max, 5_000), 1)
              .mapToObj(letter::repeat)
              .filter(text -> fits(text, min, max) && matching.test(text))
              .toList();
      if (!atBounds.isEmpty()) {
        return one(atBounds);
      }
    }
    return Stream.generate(() -> pattern == null ? hostile() : generator(pattern).generate(random))
        .limit(TRIES)
        .filter(text -> fits(text, min, max) && matching.test(text))
        .findFirst()
        .orElse("a".repeat(Math.max(1, min)));
  }

  /** Returns a text that nearly matches. */
  String invalid(String pattern) {
    return generator(pattern).generateNotMatching(random);
  }

  private static boolean fits(String text, int min, int max) {
    int length = text.codePointCount(0, text.length());
    return length >= min && length <= max;
  }

  private RgxGen generator(String pattern) {
    return generators.computeIfAbsent(
        pattern,
        p -> {
          var properties = new RgxGenProperties();
          RgxGenOption.INFINITE_PATTERN_REPETITION.setInProperties(properties, 12);
          return RgxGen.parse(properties, p);
        });
  }
}
