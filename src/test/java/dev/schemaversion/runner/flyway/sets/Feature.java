package dev.schemaversion.runner.flyway.sets;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of Flyway that a random set may use, besides versioned scripts. */
enum Feature {
  /** Scripts that run again when their text has changed. */
  REPEATABLE,
  /** SQL scripts that run at an event. */
  CALLBACKS,
  /** A script that stands for all versions up to its own. */
  BASELINE,
  /** A file of settings for one script. */
  SCRIPT_CONF,
  /** PostgreSQL's statements that run outside a transaction. */
  NON_TRANSACTIONAL,
  /** Files in Latin-1. */
  ENCODING,
  /** Files that begin with a byte order mark. */
  BYTE_ORDER_MARK,
  /** Other separators, prefixes, placeholders. */
  OPTIONS,
  /** Files that are no migrations. */
  OTHER_FILES;

  /** All of them, or those of the system property {@code features}. */
  static Set<Feature> wanted() {
    var named = System.getProperty("features");
    return named == null
        ? EnumSet.allOf(Feature.class)
        : Arrays.stream(named.split(","))
            .filter(name -> !name.isBlank())
            .map(Feature::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Feature.class)));
  }
}
