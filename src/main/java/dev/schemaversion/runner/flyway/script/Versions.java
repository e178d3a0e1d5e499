package dev.schemaversion.runner.flyway.script;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;

/** Versions, ordered as Flyway orders them and written as users write them. */
public final class Versions {
  /** What resource and annotations allow; the gate could not compare others. */
  private static final Pattern COMPARABLE = Pattern.compile("[0-9]{1,18}([._][0-9]{1,18}){0,7}");

  /** The version before all migrations, unless a migration has it. */
  public static final MigrationVersion BEGINNING = MigrationVersion.fromVersion("0");

  private Versions() {}

  public static boolean isComparable(String text) {
    return text != null && COMPARABLE.matcher(text).matches();
  }

  public static MigrationVersion of(String text) {
    return MigrationVersion.fromVersion(text);
  }

  /** The user's own spelling if it is that version, otherwise without leading zeros. */
  public static String text(MigrationVersion version, String... spellings) {
    if (version == null) {
      return null;
    }
    return Arrays.stream(spellings)
        .filter(spelling -> spelling != null && of(spelling).equals(version))
        .findFirst()
        .orElseGet(
            () ->
                Arrays.stream(version.toString().split("\\.", -1))
                    .map(part -> new BigInteger(part).toString())
                    .collect(Collectors.joining(".")));
  }
}
