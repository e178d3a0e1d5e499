package dev.schemaversion.decide.specs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The committed CRD: its schema, and whether the API server accepts a resource. */
public final class Crd {
  private static final ObjectMapper WITH_LONGS =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  private final JsonNode schema;
  private final JsonSchema structural;
  private final Map<String, CelRuntime.Program> programs = new HashMap<>();

  private Crd(JsonNode schema) {
    this.schema = schema;
    this.structural =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(likeGo(schema.deepCopy()));
  }

  /** Returns the committed CRD. */
  public static Crd committed() throws IOException {
    var text = Files.readString(Path.of("crds", "schemaversions.schemaversion.dev.yaml"));
    return new Crd(
        Serialization.unmarshal(text, JsonNode.class)
            .at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  JsonNode schema() {
    return schema;
  }

  /** Returns whether the API server accepts a resource: by its structure, then by the CEL rules. */
  public boolean accepts(JsonNode resource) {
    return structural.validate(resource).isEmpty() && rulesHold(schema, resource);
  }

  private boolean rulesHold(JsonNode schema, JsonNode value) {
    for (var rule : schema.path("x-kubernetes-validations")) {
      if (!holds(rule.path("rule").textValue(), value)) {
        return false;
      }
    }
    return schema.path("properties").properties().stream()
            .filter(property -> value.has(property.getKey()))
            .allMatch(property -> rulesHold(property.getValue(), value.path(property.getKey())))
        && (!value.isArray()
            || value.valueStream().allMatch(item -> rulesHold(schema.path("items"), item)));
  }

  private boolean holds(String rule, JsonNode value) {
    try {
      var self = WITH_LONGS.convertValue(value, Object.class);
      return (Boolean) programs.computeIfAbsent(rule, Crd::program).eval(Map.of("self", self));
    } catch (CelEvaluationException e) {
      // The API server treats a rule that cannot be evaluated as violated.
      return false;
    }
  }

  private static CelRuntime.Program program(String rule) {
    try {
      return RUNTIME.createProgram(COMPILER.compile(rule).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(rule, e);
    }
  }

  /**
   * Adapts the schema to Java. In Go, a dollar sign matches only the end of the text; in Java, a
   * line terminator may follow. An integer-or-string type is an extension of Kubernetes.
   */
  private static JsonNode likeGo(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.path("pattern").isTextual()) {
      object.put("pattern", object.get("pattern").textValue().replaceAll("\\$$", "\\\\z"));
    }
    if (schema instanceof ObjectNode object
        && object.path("x-kubernetes-int-or-string").asBoolean()) {
      object.putArray("type").add("integer").add("string");
    }
    schema.forEach(Crd::likeGo);
    return schema;
  }
}
