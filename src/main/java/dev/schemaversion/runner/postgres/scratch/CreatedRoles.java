package dev.schemaversion.runner.postgres.scratch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the roles that migrations create. Roles outlive databases, so the real server already has
 * them; a server that builds versions from an empty database must not have them yet.
 */
final class CreatedRoles {
  private static final Pattern CREATE =
      Pattern.compile(
          "\\bCREATE\\s+(?:ROLE|USER|GROUP)\\s+(?!MAPPING\\b)(?:\"((?:[^\"]|\"\")+)\"|([\\w$]+))",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

  private CreatedRoles() {}

  /** Returns the names of the roles, including those that a script creates conditionally. */
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
