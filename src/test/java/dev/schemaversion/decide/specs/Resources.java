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

/** Generates random resources from the CRD's schema; the same seed gives the same resources. */
public final class Resources {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final String NAME = "[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?";

  private static final KubernetesSerialization READER = reader();

  private final JsonNode schema;
  private final Random random;
  private final Texts texts;
  private final SpecRules rules;
  private final Mutations mischief;

  /** Creates a generator for a CRD with a seed. */
  public Resources(Crd crd, long seed) {
    this.schema = crd.schema();
    this.random = new Random(seed);
    this.texts = new Texts(random);
    this.rules = new SpecRules(random, texts);
    this.mischief = new Mutations(random, texts);
  }

  /** Returns the next resource, without a status; about half of them are invalid. */
  public ObjectNode next() {
    var values = new SchemaValues(random, texts, random.nextDouble(), false);
    var resource = JSON.objectNode();
    resource.put("apiVersion", Names.GROUP + "/" + Names.VERSION);
    resource.put("kind", "SchemaVersion");
    resource.set("metadata", metadata());
    resource.set("spec", values.of("spec", schema.at("/properties/spec")));
    rules.satisfy((ObjectNode) resource.path("spec"));
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
    var values = new SchemaValues(random, texts, 0.5 + random.nextDouble() / 2, true);
    var status = (ObjectNode) values.of("status", schema.at("/properties/status"));
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
