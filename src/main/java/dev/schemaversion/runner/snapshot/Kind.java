package dev.schemaversion.runner.snapshot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  SETTING,
  REPLICA_IDENTITY,
  GRANT,
  GRANT_TO_PUBLIC,
  REVOKE,
  OWNER,
  DEFAULT_PRIVILEGES,
  PUBLICATION,
  PUBLISHED_TABLE,
  PUBLISHED_SCHEMA,
  LANGUAGE,
  TRANSFORM,
  ACCESS_METHOD,
  FOREIGN_DATA_WRAPPER,
  FOREIGN_SERVER,
  USER_MAPPING;

  /** Who may do what. Which roles there are is often decided outside the migrations. */
  private static final Set<Kind> RIGHTS =
      EnumSet.of(GRANT, GRANT_TO_PUBLIC, REVOKE, OWNER, DEFAULT_PRIVILEGES);

  /** What belongs to the whole database, and others add beside the migrations. */
  private static final Set<Kind> OF_DATABASE =
      EnumSet.of(
          EXTENSION,
          PUBLICATION,
          LANGUAGE,
          TRANSFORM,
          ACCESS_METHOD,
          FOREIGN_DATA_WRAPPER,
          FOREIGN_SERVER,
          USER_MAPPING);

  /** What programs, tools and administrators add in the normal course of events. */
  private static final Set<Kind> NOTED_IF_UNEXPECTED =
      EnumSet.of(PARTITION, REPLICA_IDENTITY, GRANT, REVOKE, OWNER, DEFAULT_PRIVILEGES);

  static {
    NOTED_IF_UNEXPECTED.addAll(OF_DATABASE);
  }

  /** What is no object in the schemas, so that a database that has nothing else is empty. */
  private static final Set<Kind> NO_OBJECTS =
      EnumSet.of(SCHEMA, SETTING, REPLICA_IDENTITY, PUBLISHED_TABLE, PUBLISHED_SCHEMA);

  static {
    NO_OBJECTS.addAll(RIGHTS);
    NO_OBJECTS.addAll(OF_DATABASE);
  }

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

  /** Whether this is an object in a schema. */
  public boolean isObject() {
    return !NO_OBJECTS.contains(this);
  }

  /** Whether this says who may do what, which {@code proof.grants} governs. */
  public boolean isRight() {
    return RIGHTS.contains(this);
  }

  /**
   * Whether something of this kind that no migration made is only noted. What the migrations made
   * must be there all the same.
   */
  public boolean isNotedIfUnexpected() {
    return NOTED_IF_UNEXPECTED.contains(this);
  }

  /** Returns the name as lines show it, such as {@code materialized view}. */
  @Override
  public String toString() {
    return text;
  }
}
