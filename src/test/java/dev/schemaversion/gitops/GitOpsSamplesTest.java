package dev.schemaversion.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntimeFactory;
import dev.schemaversion.decide.specs.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The samples for Argo CD and Flux name folders that exist, and Flux's expressions tell statuses of
 * the operator apart. {@code ArgoCdTest} in {@code e2e} parses them by the tools' own types.
 */
class GitOpsSamplesTest {
  private static final Path SAMPLES = Path.of("deploy", "samples", "gitops");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectMapper WITH_LONGS =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  static List<HealthCase> resources() {
    return HealthCase.all();
  }

  static Stream<JsonNode> objects() throws IOException {
    return Stream.of("argocd/application.yaml", "flux/glance.yaml", "flux/waves.yaml")
        .flatMap(GitOpsSamplesTest::documents);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void theFoldersExist(JsonNode object) {
    var kind = object.path("kind").asText();
    var path = object.at(kind.equals("Application") ? "/spec/source/path" : "/spec/path");
    if (kind.equals("GitRepository")) {
      assertThat(path.isMissingNode()).isTrue();
      return;
    }
    assertThat(Path.of(path.asText(), "kustomization.yaml")).exists();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void fluxWaitsForWhatArgoCdCallsProgressing(HealthCase resource) throws Exception {
    var json = Resources.reader().convertValue(resource.resource(), JsonNode.class);
    var checks =
        documents("flux/waves.yaml").findFirst().orElseThrow().at("/spec/healthCheckExprs/0");

    assertThat(status(checks, json)).isEqualTo(expected(resource));
  }

  /** A plan that waits fails at once; kstatus would wait for it until the timeout. */
  private static String expected(HealthCase resource) {
    return switch (resource.health()) {
      case "Healthy" -> "current";
      case "Degraded" -> "failed";
      case "Suspended" ->
          switch (resource.name()) {
            case "approval-pending" -> "failed";
            case "suspended-and-ready" -> "current";
            default -> "inProgress";
          };
      default -> "inProgress";
    };
  }

  @Test
  void theSamplesAreInTheDocumentation() throws IOException {
    var page = Files.readString(Path.of("docs", "gitops.md"));
    try (var folders = Files.list(SAMPLES)) {
      assertThat(folders)
          .isNotEmpty()
          .allSatisfy(folder -> assertThat(page).contains("(../" + folder));
    }
  }

  /** In Flux's order; an object for which no expression holds is in progress. */
  private static String status(JsonNode checks, JsonNode resource)
      throws CelValidationException, CelEvaluationException {
    for (var name : List.of("inProgress", "failed", "current")) {
      if (holds(checks.path(name).asText(), resource)) {
        return name;
      }
    }
    return "inProgress";
  }

  private static boolean holds(String expression, JsonNode resource)
      throws CelValidationException, CelEvaluationException {
    var compiler = CelCompilerFactory.standardCelCompilerBuilder();
    compiler.setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    List.of("metadata", "spec", "status").forEach(name -> compiler.addVar(name, SimpleType.DYN));
    var program =
        CelRuntimeFactory.standardCelRuntimeBuilder()
            .build()
            .createProgram(compiler.build().compile(expression).getAst());
    var variables = WITH_LONGS.convertValue(resource, new TypeReference<Map<String, Object>>() {});
    return (Boolean) program.eval(variables);
  }

  private static Stream<JsonNode> documents(String file) {
    try {
      return Stream.of(Files.readString(SAMPLES.resolve(file)).split("(?m)^---$", -1))
          .map(GitOpsSamplesTest::parsed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parsed(String document) {
    try {
      return YAML.readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
