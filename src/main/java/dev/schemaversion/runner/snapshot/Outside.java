package dev.schemaversion.runner.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The objects outside the schemas of a scope that are read all the same, because migrations make
 * them. Others' objects there are not read.
 *
 * @param entries sorted; a schema with all that is in it ({@code shop.*}), a schema alone ({@code
 *     shop}), or an object with its parts ({@code public.orders}), quoted as SQL
 */
public record Outside(List<String> entries) {
  /** Nothing is read. */
  public static final Outside NOTHING = new Outside(List.of());

  private static final String WHOLE = ".*";

  /** The name before the first dot outside of quotes. */
  private static final Pattern FIRST = Pattern.compile("(?s)(?:\"((?:[^\"]|\"\")*)\"|([^.\"]+)).*");

  /** Copies the list. */
  public Outside {
    entries = entries.stream().distinct().sorted().toList();
  }

  /** The entry for a schema with all that is in it. */
  public static String whole(String schema) {
    return schema + WHOLE;
  }

  /** Returns the same schemas, each with all that is in it. */
  public Outside widened() {
    return new Outside(entries.stream().map(entry -> whole(first(entry))).toList());
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The names of the schemas that are read with all that is in them, unquoted. */
  public List<String> wholeSchemas() {
    return entries.stream().filter(Outside::isWhole).map(Outside::schema).distinct().toList();
  }

  /** The names of the other schemas that have something that is read, unquoted. */
  public List<String> partlyReadSchemas() {
    return entries.stream()
        .filter(entry -> !isWhole(entry))
        .map(Outside::schema)
        .distinct()
        .toList();
  }

  /** Whether an object, or one that has this part, is named. */
  public boolean names(Line line) {
    return object(line).filter(entries::contains).isPresent();
  }

  /** Whether an object is named or is in a schema that is read with all that is in it. */
  public boolean covers(Line line) {
    return !isEmpty() && isCovered(line);
  }

  private boolean isCovered(Line line) {
    return names(line)
        || object(line).filter(name -> entries.contains(whole(first(name)))).isPresent();
  }

  /**
   * The entry for the object that a line describes or describes a part of; empty for an object
   * without a schema.
   */
  public static Optional<String> object(Line line) {
    if (line.kind() == Kind.SCHEMA) {
      return Optional.of(line.local());
    }
    if (line.within().isEmpty()) {
      return Optional.empty();
    }
    // What is in a schema is the object; what is in an object is a part of it, and so is a right.
    return Optional.of(
        isQualified(line.within()) || line.kind().isRight() ? line.within() : line.name());
  }

  private static boolean isQualified(String name) {
    return !name.equals(first(name));
  }

  private static boolean isWhole(String entry) {
    return entry.endsWith(WHOLE) && first(entry).length() == entry.length() - WHOLE.length();
  }

  /** The name of the schema that an entry begins with, unquoted. */
  private static String schema(String entry) {
    var matcher = FIRST.matcher(entry);
    if (!matcher.matches()) {
      return entry;
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1).replace("\"\"", "\"");
  }

  /** The name of the schema that an entry begins with, quoted as it is. */
  private static String first(String name) {
    var matcher = FIRST.matcher(name);
    if (!matcher.matches()) {
      return name;
    }
    return name.substring(0, matcher.group(1) == null ? matcher.end(2) : matcher.end(1) + 1);
  }
}
