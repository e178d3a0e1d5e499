package dev.schemaversion.decide.specs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Makes a random spec satisfy the CEL rules of the CRD; otherwise few resources would be valid. */
final class SpecRules {
  private static final List<String> NUMBERS =
      List.of("0", "1", "9", "13", "013", "1.2", "1_2", "2012.04.05", "999999999999999999");

  private static final List<String> SOURCES = List.of("configMapRefs", "image", "command");

  private final Random random;
  private final Texts texts;

  SpecRules(Random random, Texts texts) {
    this.random = random;
    this.texts = texts;
  }

  /** Changes a spec so that it has one source of migrations, and what its engine permits. */
  void satisfy(ObjectNode spec) {
    oneSource(spec);
    asTheEngineWants((ObjectNode) spec.path("database"));
  }

  private void oneSource(ObjectNode spec) {
    var migrations = (ObjectNode) spec.path("migrations");
    var given = SOURCES.stream().filter(migrations::has).toList();
    if (given.isEmpty()) {
      migrations.putArray("configMapRefs").addObject().put("name", "glance-migrations");
      numeric(spec);
      return;
    }
    var kept = texts.one(given);
    given.stream().filter(source -> !source.equals(kept)).forEach(migrations::remove);
    if (kept.equals("command")) {
      asATool(spec, (ObjectNode) migrations.get("command"));
    } else {
      numeric(spec);
    }
  }

  /** Flyway has no names as versions. */
  private void numeric(ObjectNode spec) {
    for (var owner : List.of(spec, spec.path("baseline"))) {
      if (owner instanceof ObjectNode object && object.path("version").isTextual()) {
        object.put("version", texts.one(NUMBERS));
      }
    }
  }

  /** Satisfies the CEL rules for a migration tool of the user. */
  private void asATool(ObjectNode spec, ObjectNode command) {
    ((ObjectNode) spec.path("migrations")).remove("flyway");
    var versions = random.nextBoolean() ? List.of("1", "2", "13") : List.of("pike", "queens", "9");
    var listed = command.putArray("versions");
    versions.forEach(listed::add);
    spec.put("version", texts.one(versions));
    if (spec.path("baseline") instanceof ObjectNode baseline && baseline.has("version")) {
      baseline.put("version", texts.one(versions));
    }
    command.remove(List.of("files", "env"));
    if (spec.path("proof") instanceof ObjectNode proof) {
      proof.remove("mode");
    }
    if (spec.path("job").path("limits") instanceof ObjectNode limits) {
      limits.remove("rewrite");
    }
  }

  private void asTheEngineWants(ObjectNode database) {
    boolean postgreSql = database.path("engine").asText().equals("PostgreSQL");
    if (!postgreSql && random.nextInt(4) > 0) {
      database.remove(List.of("schemas", "role"));
    }
    if (database.path("parameters") instanceof ObjectNode parameters) {
      parameters.removeAll();
      parameters.put("connectTimeout", texts.one(List.of("1", "10", "60")));
      if (postgreSql && random.nextBoolean()) {
        parameters.put("channelBinding", "require");
      }
    }
  }
}
