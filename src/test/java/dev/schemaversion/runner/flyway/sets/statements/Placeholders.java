package dev.schemaversion.runner.flyway.sets.statements;

import dev.schemaversion.contract.request.FlywaySettings;
import java.util.List;
import java.util.Objects;

/**
 * How scripts write placeholders.
 *
 * @param replaced whether Flyway replaces them
 */
public record Placeholders(boolean replaced, String prefix, String suffix) {
  /** As the settings of Flyway say. */
  public static Placeholders of(FlywaySettings flyway) {
    var options = flyway.optionsOrDefault();
    return new Placeholders(
        Objects.requireNonNullElse(options.placeholderReplacement(), true),
        Objects.requireNonNullElse(options.placeholderPrefix(), "${"),
        Objects.requireNonNullElse(options.placeholderSuffix(), "}"));
  }

  /** A placeholder, or another text where none is replaced. */
  public String of(String name, String otherwise) {
    return replaced ? prefix + name + suffix : otherwise;
  }

  /** Labels of rows. */
  public List<String> labels() {
    return List.of(
        "'plain'",
        "'it''s; -- no comment'",
        "'größer, älter, naïve'",
        "'" + of("greeting", "hello ${user.name}") + "'",
        "'" + of("APP.name", "${not closed") + "'",
        prefix.equals("${") && replaced ? "'$ and { and }'" : "'hello ${user.name}'");
  }
}
