package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.contract.request.FlywaySettings;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Versions and names of files as projects write them. */
final class RandomNames {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");

  private static final List<String> DESCRIPTIONS =
      List.of(
          "create",
          "add_a_column",
          "two__underscores",
          "with.dots.and-dashes",
          "with spaces",
          "it's_100%_done",
          "CamelCase",
          "_leading",
          "trailing_",
          "issue_#42",
          "(in_brackets)",
          "long_" + "name_".repeat(30));

  private final Random random;
  private final FlywaySettings options;

  RandomNames(Random random, FlywaySettings options) {
    this.random = random;
    this.options = options;
  }

  /** So many versions, each higher than the one before. */
  List<String> versions(int count) {
    var versions = new ArrayList<String>();
    int style = random.nextInt(6);
    int number = style == 2 ? 7 : 1;
    for (int i = 0; i < count; i++) {
      versions.add(version(style, number));
      number += 1 + (random.nextInt(4) == 0 ? random.nextInt(20) : 0);
    }
    return versions;
  }

  private String version(int style, int number) {
    return switch (style) {
      case 0 -> "" + number;
      case 1 -> "%03d".formatted(number);
      case 2 -> number / 5 + "." + number % 5;
      case 3 -> number / 3 + 1 + "_" + number % 3 + "_0";
      case 4 -> LocalDate.of(2024, 1, 30).plusDays(number).format(DATE) + "1200";
      default ->
          (number / 4 + 1) + (number % 4 == 0 ? "" : (number % 2 == 0 ? "_" : ".") + number % 4);
    };
  }

  /** The name of a versioned script. */
  String versioned(String version) {
    // Without a description the separator may be left out.
    return random.nextInt(8) == 0
        ? options.sqlMigrationPrefix() + version + suffix()
        : file(options.sqlMigrationPrefix() + version, description(), suffix());
  }

  /** The name of a baseline script. */
  String baseline(String version) {
    var prefix =
        Objects.requireNonNullElse(options.optionsOrDefault().baselineMigrationPrefix(), "B");
    return file(prefix + version, description(), suffix());
  }

  /** The name of a repeatable script, whose description decides when it runs. */
  String repeatable(String description) {
    var prefix =
        Objects.requireNonNullElse(options.optionsOrDefault().repeatableSqlMigrationPrefix(), "R");
    return file(prefix, description, firstSuffix());
  }

  /** The name of a script for an event. */
  String callback(String event) {
    return event + firstSuffix();
  }

  /** The name of one of several scripts for an event. */
  String callback(String event, String description) {
    return file(event, description, firstSuffix());
  }

  private String file(String head, String description, String suffix) {
    var separator =
        Objects.requireNonNullElse(options.optionsOrDefault().sqlMigrationSeparator(), "__");
    return head + separator + description + suffix;
  }

  private String description() {
    return DESCRIPTIONS.get(random.nextInt(DESCRIPTIONS.size()));
  }

  /** Scripts without a version have one name, whatever they are at each stop. */
  private String firstSuffix() {
    return options.sqlMigrationSuffixes().getFirst();
  }

  private String suffix() {
    var suffixes = options.sqlMigrationSuffixes();
    return suffixes.get(random.nextInt(suffixes.size()));
  }
}
