package dev.schemaversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SECURITY.md has a reason for each right that the operator is shipped with, and for no other. */
class SecurityDocumentTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Path DOCUMENT = Path.of("SECURITY.md");
  private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---$");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z/.0-9]+)` \\| ([a-z, ]+) \\| (\\S.+) \\|$");

  @Test
  void eachRightHasAReasonAndEachReasonARight() throws IOException {
    var reasons =
        ROW.matcher(Files.readString(DOCUMENT))
            .results()
            .map(row -> row.group(1) + ": " + row.group(2))
            .toList();

    assertThat(reasons).containsExactlyElementsOf(rights());
  }

  @Test
  void noRightIsForEverythingAndNoneForSecrets() throws IOException {
    assertThat(rights())
        .isNotEmpty()
        .noneMatch(right -> right.contains("*") || right.contains("secrets"))
        .noneMatch(right -> right.contains("impersonate") || right.contains("escalate"));
  }

  @Test
  void everyFileItPointsToIsThere() throws IOException {
    var links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(DOCUMENT));

    assertThat(links.results().map(link -> Path.of(link.group(1))))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).exists());
  }

  @Test
  void theReadmePointsToIt() throws IOException {
    assertThat(Files.readString(Path.of("README.md"))).contains("(SECURITY.md)");
  }

  /** In the order of the manifests. */
  private static List<String> rights() throws IOException {
    var rights = new ArrayList<String>();
    List<Path> manifests;
    try (var files = Files.list(Path.of("deploy", "base"))) {
      manifests =
          files
              .filter(file -> file.getFileName().toString().matches("\\d+-(cluster)?role.*[.]yaml"))
              .sorted()
              .toList();
    }
    assertThat(manifests).isNotEmpty();
    for (var manifest : manifests) {
      DOCUMENTS
          .splitAsStream(Files.readString(manifest))
          .flatMap(SecurityDocumentTest::rules)
          .forEach(rule -> rights.addAll(rights(rule)));
    }
    return rights;
  }

  private static Stream<PolicyRule> rules(String document) {
    Object object = YAML.unmarshal(document);
    return switch (object) {
      case ClusterRole role -> role.getRules().stream();
      case Role role -> role.getRules().stream();
      default -> Stream.empty();
    };
  }

  private static List<String> rights(PolicyRule rule) {
    var verbs = String.join(", ", rule.getVerbs());
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .map(resource -> group.isEmpty() ? resource : resource + "." + group))
        .map(resource -> resource + ": " + verbs)
        .toList();
  }
}
