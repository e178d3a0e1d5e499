package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the extensions that migrations create and that need a superuser. Where the migrating user
 * may create them on the scratch server, they must not exist there before.
 */
final class CreatedExtensions {
  private static final Pattern CREATE =
      Pattern.compile(
          "\\bCREATE\\s+EXTENSION\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:\"([^\"]+)\"|([\\w$]+))",
          Pattern.CASE_INSENSITIVE);

  private CreatedExtensions() {}

  /** Returns the names of those that the migrating user may create on the scratch server. */
  static Set<String> of(List<String> scripts, RequestedScratch permitted) {
    var names = new TreeSet<String>();
    for (var script : scripts) {
      var found = CREATE.matcher(script);
      while (found.find()) {
        var name =
            found.group(1) == null ? found.group(2).toLowerCase(Locale.ROOT) : found.group(1);
        if (permitted.permitsSuperuser() || permitted.extensionsOrDefault().contains(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
