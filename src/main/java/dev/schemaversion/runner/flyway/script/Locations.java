package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Selects the files below the folders that {@code spec.migrations.flyway.locations} names. */
final class Locations {
  private static final String VENDOR = "{vendor}";

  private Locations() {}

  /**
   * Returns the files of each location by their path below it, as Flyway names them. A file that is
   * in two locations, because one is inside the other, is taken once.
   *
   * @param locations empty for the whole source
   * @param vendor the name of the engine as folders have it, {@code postgresql}
   * @throws RunFailure {@link Outcome#UNSUPPORTED_MIGRATION} if there is no file in a location
   */
  static List<Map<String, byte[]>> of(
      Map<String, byte[]> source, List<String> locations, String vendor) {
    if (locations.isEmpty()) {
      return List.of(source);
    }
    var remaining = new LinkedHashMap<>(source);
    var selected = new ArrayList<Map<String, byte[]>>();
    for (var location : locations) {
      var folder = location.replace(VENDOR, vendor) + "/";
      if (source.keySet().stream().noneMatch(path -> path.startsWith(folder))) {
        throw new RunFailure(
            Outcome.UNSUPPORTED_MIGRATION,
            "spec.migrations.flyway.locations names "
                + location
                + ", but the migrations have no file in "
                + folder
                + ". Nothing was done. Correct or remove the location.");
      }
      var files = new LinkedHashMap<String, byte[]>();
      for (var path : List.copyOf(remaining.keySet())) {
        if (path.startsWith(folder)) {
          files.put(path.substring(folder.length()), remaining.remove(path));
        }
      }
      selected.add(files);
    }
    return selected;
  }
}
