package dev.schemaversion.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The response filter keeps the listed fields of each kind and drops the others. */
class JsonFilterTest {
  private static final String PODS = "/api/v1/pods";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String POD =
      """
      {"kind": "Pod", "apiVersion": "v1",
       "metadata": {"name": "a", "namespace": "n", "uid": "u", "resourceVersion": "7",
         "labels": {"schemaversion.dev/requires": "glance", "team": "Größe 😀"},
         "annotations": {"schemaversion.dev/min-version": "13", "noise": "{\\"a\\": [1]}"},
         "managedFields": [{"manager": "m", "fieldsV1": {"f:metadata": {"f:labels": {".": {}}}}}],
         "finalizers": ["x"], "ownerReferences": [{"kind": "ReplicaSet", "controller": true}]},
       "spec": {"containers": [{"name": "c", "env": [{"name": "e", "value": "v"}]}],
         "schedulingGates": [{"name": "schemaversion.dev/schema"}]},
       "status": {"phase": "Pending", "reason": "Größe 😀", "hostIP": "1.2.3.4",
         "conditions": [{"type": "PodScheduled", "status": "False"}],
         "containerStatuses": [{"name": "c", "image": "i", "restartCount": 3,
           "state": {"terminated": {"exitCode": 0, "message": "done"}}}]}}
      """;

  private static final String FILTERED_POD =
      """
      {"kind": "Pod", "apiVersion": "v1",
       "metadata": {"name": "a", "namespace": "n", "uid": "u", "resourceVersion": "7",
         "labels": {"schemaversion.dev/requires": "glance"},
         "annotations": {"schemaversion.dev/min-version": "13"},
         "ownerReferences": [{"kind": "ReplicaSet", "controller": true}]},
       "spec": {"schedulingGates": [{"name": "schemaversion.dev/schema"}]},
       "status": {"phase": "Pending", "reason": "Größe 😀",
         "conditions": [{"type": "PodScheduled", "status": "False"}],
         "containerStatuses": [{"name": "c",
           "state": {"terminated": {"exitCode": 0, "message": "done"}}}]}}
      """;

  @Test
  void fieldsThatAreNotListedAreDropped() throws IOException {
    assertThat(tree(FilteredObjects.filtered(PODS + "/a", POD))).isEqualTo(tree(FILTERED_POD));
  }

  @Test
  void theItemsOfAListAreFilteredAndTheContinueTokenIsKept() throws IOException {
    var list =
        """
        {"kind": "PodList", "metadata": {"resourceVersion": "9", "continue": "c"}, "items": [%s, %s]}
        """;

    assertThat(tree(FilteredObjects.filtered(PODS, list.formatted(POD, POD))))
        .isEqualTo(tree(list.formatted(FILTERED_POD, FILTERED_POD)));
  }

  @Test
  void eachEventOfAWatchIsFilteredAndEndsWithALineFeed() throws IOException {
    var event = "{\"type\": \"ADDED\", \"object\": %s}\n";
    var error =
        """
        {"type": "ERROR", "object": {"kind": "Status", "status": "Failure", "code": 410,
         "message": "too old", "reason": "Expired", "details": {"retryAfterSeconds": 1}}}
        """;
    var lines =
        FilteredObjects.filtered(PODS, event.formatted(POD) + error + event.formatted(POD))
            .split("\n");

    assertThat(lines).hasSize(3);
    assertThat(tree(lines[0])).isEqualTo(tree(event.formatted(FILTERED_POD)));
    assertThat(tree(lines[1])).isEqualTo(tree(error));
    assertThat(tree(lines[2])).isEqualTo(tree(event.formatted(FILTERED_POD)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void theResultDoesNotDependOnTheSizeOfChunks(int maxLength) throws IOException {
    var random = new Random(maxLength);
    var bytes = (POD + POD).getBytes(StandardCharsets.UTF_8);
    var filter = new JsonFilter(KeptFields.ofPath(PODS).orElseThrow());
    var left = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(maxLength));
      left.writeBytes(filter.filter(ByteBuffer.wrap(bytes, at, length)));
      at += length;
    }

    assertThat(left.toString(StandardCharsets.US_ASCII))
        .isEqualTo(FilteredObjects.filtered(PODS, POD + POD));
  }

  @Test
  void theOutputIsAscii() {
    assertThat(FilteredObjects.filtered(PODS, POD))
        .matches("\\p{ASCII}*")
        .contains("Gr\\u00F6\\u00DFe");
  }

  @Test
  void aTruncatedStringIsNoValidVersion() throws IOException {
    var long_ =
        "{\"metadata\": {\"annotations\": {\"schemaversion.dev/min-version\": \"%s\"}}}"
            .formatted("1".repeat(300_000));

    var left =
        tree(FilteredObjects.filtered(PODS, long_)).at("/metadata/annotations").elements().next();
    assertThat(left.textValue()).hasSize(KeptFields.MAX_TEXT + 1).endsWith(KeptFields.ELLIPSIS);
  }

  @Test
  void aLongListInAnObjectIsTruncatedAndAListOfObjectsIsNot() throws IOException {
    var gates =
        String.join(
            ",", IntStream.range(0, 500).mapToObj("{\"name\": \"g%d\"}"::formatted).toList());
    var pod = "{\"spec\": {\"schedulingGates\": [%s]}}".formatted(gates);
    var list =
        "{\"items\": [%s]}".formatted(String.join(",", java.util.Collections.nCopies(500, pod)));

    var items = tree(FilteredObjects.filtered(PODS, list)).get("items");
    assertThat(items).hasSize(500);
    assertThat(items)
        .allSatisfy(
            item -> assertThat(item.at("/spec/schedulingGates")).hasSize(KeptFields.MAX_ELEMENTS));
  }

  @Test
  void theSpecOfASchemaVersionIsKeptWhole() throws IOException {
    var resource =
        "{\"spec\": {\"a\": \"%s\", \"b\": [%s]}, \"metadata\": {\"managedFields\": [{}]}}"
            .formatted("x".repeat(50_000), "1,".repeat(999) + "1");

    assertThat(
            tree(
                FilteredObjects.filtered(
                    "/apis/schemaversion.dev/v1alpha1/namespaces/n/schemaversions/a", resource)))
        .isEqualTo(tree(resource.replace("\"managedFields\": [{}]", "")));
  }

  @Test
  void aDroppedValueMayHaveAnyNestingDepth() {
    var deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(FilteredObjects.filtered(PODS, "{\"spec\": {\"containers\": %s}}".formatted(deep)))
        .isEqualTo("{\"spec\":{}}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/pods, true",
    "/api/v1/namespaces/n/pods, true",
    "/api/v1/namespaces/n/pods/a, true",
    "/apis/batch/v1/jobs, true",
    "/apis/apps/v1/deployments, true",
    "/apis/apps/v1/namespaces/n/statefulsets/a, true",
    "/apis/schemaversion.dev/v1alpha1/namespaces/n/schemaversions/a/status, true",
    "/api/v1/configmaps, true",
    // Read whole, for the migrations.
    "/api/v1/namespaces/n/configmaps/a, false",
    "/apis/coordination.k8s.io/v1/namespaces/n/leases/a, false",
    "/apis/events.k8s.io/v1/namespaces/n/events, false",
  })
  void thePathDecidesWhetherAResponseIsFiltered(String path, boolean filtered) {
    assertThat(KeptFields.ofPath(path).isPresent()).isEqualTo(filtered);
  }

  private static JsonNode tree(String json) throws IOException {
    return JSON.readTree(json);
  }
}
