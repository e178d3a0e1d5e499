package dev.schemaversion.runner.flyway.sets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.runner.flyway.sets.statements.Placeholders;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a random set from a seed; the same seed and features make the same set. */
final class RandomSet {
  private static final Map<String, String> OTHER_FILES =
      new TreeMap<>(
          Map.of(
              "README.md", "# Migrations\n",
              ".gitkeep", "",
              "kustomization.yaml", "resources: []\n",
              "U1__undo.sql", "SELECT * FROM nowhere;\n"));

  private final TestedEngine engine;
  private final Random random;
  private final Set<Feature> features;
  private final FlywaySettings options;
  private final RandomNames names;
  private final Placeholders placeholders;
  private final Map<String, byte[]> encoded = new TreeMap<>();

  private RandomSet(TestedEngine engine, long seed, Set<Feature> features) {
    this.engine = engine;
    this.random = new Random(seed);
    this.features = features;
    this.options = new RandomOptions(random, features).next();
    this.names = new RandomNames(random, options);
    this.placeholders = Placeholders.of(options);
  }

  /** The set of this seed. */
  static MigrationSet of(TestedEngine engine, long seed, Set<Feature> features) {
    return new RandomSet(engine, seed, features).next();
  }

  private MigrationSet next() {
    var versioned = new RandomScripts(engine, random, features, names, placeholders);
    var scripts = versioned.of(names.versions(2 + random.nextInt(6)));
    var targets = targets(scripts.size());
    boolean late = options.outOfOrder() && targets.getFirst() > RandomScripts.INDEPENDENT;
    var baseline =
        has(Feature.BASELINE) && !late
            ? versioned.baseline(scripts.subList(0, 1 + random.nextInt(targets.getFirst() + 1)))
            : Optional.<RandomScripts.Script>empty();
    boolean baselineFirst = oneIn(2);
    boolean allFromTheStart = oneIn(2);
    var finishing = new FinishingScripts(random, engine, placeholders, names);
    var stops = new ArrayList<MigrationSet.Stop>();
    var others = others();
    for (int target : targets) {
      boolean first = stops.isEmpty();
      var files = new TreeMap<>(others);
      for (int i = 0; i <= (allFromTheStart ? scripts.size() - 1 : target); i++) {
        if (!(late && first && i == RandomScripts.INDEPENDENT)) {
          add(files, scripts.get(i));
        }
      }
      if (baselineFirst || !first) {
        baseline.ifPresent(script -> add(files, script));
      }
      finishing
          .next(features)
          .forEach((name, text) -> files.put(name, encode(name + text, text, charset())));
      stops.add(new MigrationSet.Stop(scripts.get(target).version(), files));
    }
    return new MigrationSet(engine, options, stops);
  }

  private boolean has(Feature feature) {
    return features.contains(feature);
  }

  private boolean oneIn(int some) {
    return random.nextInt(some) == 0;
  }

  private Charset charset() {
    return MigrationSet.charset(options);
  }

  /** The indexes of the scripts at which the database stops; the last may be reached twice. */
  private List<Integer> targets(int scripts) {
    var targets = new ArrayList<Integer>();
    targets.add(random.nextInt(scripts - 1));
    if (oneIn(2)) {
      targets.add(targets.getFirst() + random.nextInt(scripts - targets.getFirst()));
    }
    targets.add(scripts - 1);
    return targets;
  }

  private void add(SortedMap<String, byte[]> files, RandomScripts.Script script) {
    var charset = script.isLatin1() ? ISO_8859_1 : charset();
    files.put(script.file(), encode(script.file(), script.text(), charset));
    script
        .conf()
        .ifPresent(
            settings ->
                files.put(
                    script.file() + ".conf",
                    encoded.computeIfAbsent(
                        script.file() + ".conf", file -> settings.getBytes(UTF_8))));
  }

  /** The bytes of a text, which are the same at each stop. */
  private byte[] encode(String key, String text, Charset charset) {
    var known = encoded.get(key);
    if (known == null) {
      known = encode(text, charset);
      encoded.put(key, known);
    }
    return known;
  }

  private byte[] encode(String text, Charset charset) {
    boolean byLine = text.contains("DELIMITER") || text.contains("COPY");
    var written =
        oneIn(5) && !byLine && text.endsWith(";\n") ? text.substring(0, text.length() - 2) : text;
    if (oneIn(5) && !byLine) {
      written = written.replace("\n", "\r\n");
    }
    if (has(Feature.BYTE_ORDER_MARK) && charset.equals(UTF_8) && oneIn(6)) {
      written = "\uFEFF" + written;
    }
    return written.getBytes(charset);
  }

  private SortedMap<String, byte[]> others() {
    var files = new TreeMap<String, byte[]>();
    if (has(Feature.OTHER_FILES)) {
      OTHER_FILES.forEach(
          (name, text) -> {
            if (oneIn(3)) {
              files.put(name, text.getBytes(UTF_8));
            }
          });
    }
    return files;
  }
}
