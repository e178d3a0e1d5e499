package dev.schemaversion.runner.postgres.scratch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The roles that migrations create. Roles outlive databases, so that the real server has them
 * already, and where versions are built from nothing they must not be there yet.
 */
final class CreatedRoles {
  private static final Pattern CREATE =
      Pattern.compile(
          "\\bCREATE\\s+(?:ROLE|USER|GROUP)\\s+(?!MAPPING\\b)(?:\"((?:[^\"]|\"\")+)\"|([\\w$]+))",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

  private CreatedRoles() {}

  /** Also those that are created only where they are not there yet. */
  static Set<String> of(List<String> scripts) {
    var roles = new TreeSet<String>();
    for (var script : scripts) {
      var found = CREATE.matcher(script);
      while (found.find()) {
        roles.add(
            found.group(1) == null
                ? found.group(2).toLowerCase(Locale.ROOT)
                : found.group(1).replace("\"\"", "\""));
      }
    }
    return roles;
  }
}
