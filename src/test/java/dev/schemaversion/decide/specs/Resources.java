package dev.schemaversion.decide.specs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.DatabaseAddress;
import dev.schemaversion.operator.Main;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Generates random resources from the CRD's schema; the same seed gives the same resources. */
public final class Resources {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NAME = "[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?";

  /**
   * A text of nearly the largest size: the API server stores no object of more than about 1.5 MB.
   */
  private static final String LONGEST_KEY = "k".repeat(60_000);

  private static final KubernetesSerialization READER = reader();

  private static final List<String> NUMBERS =
      List.of("0", "1", "9", "13", "013", "1.2", "1_2", "2012.04.05", "999999999999999999");

  private static final List<String> SOURCES = List.of("configMapRefs", "image", "command");

  private final JsonNode schema;
  private final Random random;
  private final Texts texts;
  private final Vocabulary words;
  private final Mutations mischief;
  private double density;

  /** Creates a generator for a CRD with a seed. */
  public Resources(Crd crd, long seed) {
    this.schema = crd.schema();
    this.random = new Random(seed);
    this.texts = new Texts(random);
    this.words = new Vocabulary(texts);
    this.mischief = new Mutations(random, texts);
  }

  /** Returns the next resource, without a status; about half of them are invalid. */
  public ObjectNode next() {
    density = random.nextDouble();
    var resource = JSON.objectNode();
    resource.put("apiVersion", Names.GROUP + "/" + Names.VERSION);
    resource.put("kind", "SchemaVersion");
    resource.set("metadata", metadata());
    resource.set("spec", value("spec", schema.at("/properties/spec"), 0, false));
    oneSource((ObjectNode) resource.path("spec"));
    asTheEngineWants((ObjectNode) resource.path("spec").path("database"));
    if (random.nextBoolean()) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        mischief.spoil((ObjectNode) resource.get("spec"), schema.at("/properties/spec"));
      }
    }
    return resource;
  }

  /**
   * Returns a status for the database at an address, as an older or a newer release may have
   * written it.
   */
  public JsonNode status(String address) {
    density = 0.5 + random.nextDouble() / 2;
    var status = (ObjectNode) value("status", schema.at("/properties/status"), 0, true);
    if (status.path("database") instanceof ObjectNode database && random.nextInt(8) > 0) {
      database.put("address", address);
    }
    if (random.nextInt(3) == 0) {
      mischief.spoil(status, schema.at("/properties/status"));
    }
    return status;
  }

  private ObjectNode metadata() {
    var metadata = JSON.objectNode();
    metadata.put(
        "name",
        random.nextInt(20) == 0
            ? texts.one(List.of("a".repeat(41), "x".repeat(253), "a.b.c"))
            : texts.valid(NAME, 1, 40));
    metadata.put("namespace", "glance");
    metadata.put("uid", "5f0c1f5e-0000-4000-8000-000000000001");
    metadata.put("generation", 1 + random.nextInt(3));
    metadata.put("resourceVersion", "1");
    var annotations = metadata.putObject("annotations");
    List.of(Names.RETRY, Names.APPROVE, Names.VERIFY, Names.SHARES_WITH).stream()
        .filter(name -> random.nextInt(3) == 0)
        .forEach(name -> annotations.put(name, texts.hostile()));
    if (random.nextInt(10) == 0) {
      metadata.put("deletionTimestamp", "2026-03-01T12:00:00Z");
    }
    if (random.nextInt(4) == 0) {
      metadata.putArray("finalizers").add(Names.FINALIZER);
    }
    return metadata;
  }

  /** Satisfies CEL rules; otherwise few resources would be valid. */
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

  /** Satisfies further CEL rules. */
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

  private JsonNode value(String name, JsonNode schema, int depth, boolean recorded) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      if (name.equals("version")) {
        return random.nextInt(3) == 0
            ? JSON.numberNode(random.nextInt(20))
            : JSON.textNode(text(name, schema, recorded));
      }
      return JSON.textNode(texts.one(List.of("1", "100m", "64Mi", "0", "1.5")));
    }
    if (schema.has("enum")) {
      return texts.one(schema.get("enum").valueStream().toList());
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(name, schema, depth, recorded);
      case "array" -> {
        var list = JSON.arrayNode();
        int least = schema.path("minItems").asInt(0);
        int most = Math.min(schema.path("maxItems").asInt(4), random.nextInt(10) == 0 ? 20 : 3);
        for (int i = random.nextInt(least, most + 1); i > 0; i--) {
          list.add(value(name, schema.get("items"), depth + 1, recorded));
        }
        yield list;
      }
      case "integer" -> integer(schema);
      case "number" -> JSON.numberNode(random.nextDouble());
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      default -> JSON.textNode(text(name, schema, recorded));
    };
  }

  private JsonNode object(String name, JsonNode schema, int depth, boolean recorded) {
    var object = JSON.objectNode();
    Set<String> required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::textValue)
            .collect(Collectors.toSet());
    for (var property : schema.path("properties").properties()) {
      // Fewer fields at greater depth, because affinities are deep.
      if (required.contains(property.getKey())
          || random.nextDouble() < density * Math.pow(recorded ? 0.95 : 0.8, depth)) {
        object.set(
            property.getKey(), value(property.getKey(), property.getValue(), depth + 1, recorded));
      }
    }
    if (schema.path("additionalProperties").isObject()) {
      for (int i = random.nextInt(3); i > 0; i--) {
        object.set(
            random.nextInt(500) == 0 ? LONGEST_KEY : texts.hostile(),
            value(name, schema.get("additionalProperties"), depth + 1, recorded));
      }
    }
    return object;
  }

  /** As a parser reads it: of the smallest type that has room for it. */
  private static JsonNode number(long value) {
    return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
  }

  private JsonNode integer(JsonNode schema) {
    long least = schema.path("minimum").asLong(0);
    long most = schema.path("maximum").asLong(100_000);
    return number(texts.one(List.of(least, most, random.nextLong(least, most + 1))));
  }

  private String text(String name, JsonNode schema, boolean recorded) {
    return recorded && random.nextInt(12) > 0
        ? words.of(name)
        : texts.valid(
            schema.path("pattern").textValue(),
            schema.path("minLength").asInt(0),
            schema.path("maxLength").asInt(Integer.MAX_VALUE));
  }

  /** Returns the address that a status must have to count. */
  public static String address(SchemaVersion resource) {
    return DatabaseAddress.of(resource.getSpec());
  }

  /** Parses a resource like an informer. */
  public static SchemaVersion read(JsonNode resource) {
    return READER.unmarshal(resource.toString(), SchemaVersion.class);
  }

  /** Returns the serialization of the operator. */
  public static KubernetesSerialization reader() {
    Main.allowLongKeys();
    return new KubernetesSerialization();
  }
}
