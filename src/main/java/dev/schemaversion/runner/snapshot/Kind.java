package dev.schemaversion.runner.snapshot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of objects in a snapshot; lines show them as {@link #toString()}. */
public enum Kind {
  SCHEMA,
  EXTENSION,
  TABLE,
  FOREIGN_TABLE,
  COLUMN,
  CONSTRAINT,
  INDEX,
  VIEW,
  MATERIALIZED_VIEW,
  VIEW_COLUMN,
  SEQUENCE,
  FUNCTION,
  PROCEDURE,
  AGGREGATE,
  TRIGGER,
  RULE,
  POLICY,
  ENUM,
  DOMAIN,
  DOMAIN_CONSTRAINT,
  COMPOSITE_TYPE,
  RANGE_TYPE,
  BASE_TYPE,
  STATISTICS,
  COLLATION,
  CONVERSION,
  OPERATOR,
  OPERATOR_CLASS,
  OPERATOR_FAMILY,
  TEXT_SEARCH_CONFIGURATION,
  TEXT_SEARCH_DICTIONARY,
  TEXT_SEARCH_PARSER,
  TEXT_SEARCH_TEMPLATE,
  CAST,
  EVENT_TRIGGER,
  PARTITION,
  EVENT,
  PACKAGE,
  PACKAGE_BODY,
  SETTING;

  /** Precomputed, because lines are sorted by it. */
  private final String text = name().toLowerCase(Locale.ROOT).replace('_', ' ');

  private static final Map<String, Kind> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(Kind::toString, Function.identity()));

  /** The longest first, so that "view column x" is not parsed as a view. */
  private static final List<Kind> LONGEST_FIRST =
      Arrays.stream(values())
          .sorted(Comparator.comparing((Kind kind) -> kind.toString().length()).reversed())
          .toList();

  /** Parses the name of a kind. */
  public static Kind of(String text) {
    var kind = BY_TEXT.get(text);
    if (kind == null) {
      throw new IllegalArgumentException("unknown kind of object: " + text);
    }
    return kind;
  }

  /** Finds the kind that a line or a pattern begins with. */
  static Optional<Kind> startOf(String text) {
    return LONGEST_FIRST.stream().filter(kind -> text.startsWith(kind + " ")).findFirst();
  }

  /** Returns the name as lines show it, such as {@code materialized view}. */
  @Override
  public String toString() {
    return text;
  }
}
