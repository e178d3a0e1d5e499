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

/** What is left of the API server's answers. */
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

  private static final String LEFT =
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
  void whatTheOperatorDoesNotReadIsLeftOut() throws IOException {
    assertThat(tree(Kept.filtered(PODS + "/a", POD))).isEqualTo(tree(LEFT));
  }

  @Test
  void theItemsOfAListAreFilteredAndWhereItGoesOnIsKept() throws IOException {
    var list =
        """
        {"kind": "PodList", "metadata": {"resourceVersion": "9", "continue": "c"}, "items": [%s, %s]}
        """;

    assertThat(tree(Kept.filtered(PODS, list.formatted(POD, POD))))
        .isEqualTo(tree(list.formatted(LEFT, LEFT)));
  }

  @Test
  void theEventsOfAWatchAreFilteredEachOnALineOfItsOwn() throws IOException {
    var event = "{\"type\": \"ADDED\", \"object\": %s}\n";
    var error =
        """
        {"type": "ERROR", "object": {"kind": "Status", "status": "Failure", "code": 410,
         "message": "too old", "reason": "Expired", "details": {"retryAfterSeconds": 1}}}
        """;
    var lines =
        Kept.filtered(PODS, event.formatted(POD) + error + event.formatted(POD)).split("\n");

    assertThat(lines).hasSize(3);
    assertThat(tree(lines[0])).isEqualTo(tree(event.formatted(LEFT)));
    assertThat(tree(lines[1])).isEqualTo(tree(error));
    assertThat(tree(lines[2])).isEqualTo(tree(event.formatted(LEFT)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void theResultIsTheSameHoweverTheStreamIsCut(int longest) throws IOException {
    var random = new Random(longest);
    var bytes = (POD + POD).getBytes(StandardCharsets.UTF_8);
    var filter = new JsonFilter(KeptFields.ofPath(PODS).orElseThrow());
    var left = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(longest));
      left.writeBytes(filter.take(ByteBuffer.wrap(bytes, at, length)));
      at += length;
    }

    assertThat(left.toString(StandardCharsets.US_ASCII)).isEqualTo(Kept.filtered(PODS, POD + POD));
  }

  @Test
  void onlyAsciiIsWritten() {
    assertThat(Kept.filtered(PODS, POD)).matches("\\p{ASCII}*").contains("Gr\\u00F6\\u00DFe");
  }

  @Test
  void aLongTextIsCutSoThatItIsNoVersionAnyMore() throws IOException {
    var long_ =
        "{\"metadata\": {\"annotations\": {\"schemaversion.dev/min-version\": \"%s\"}}}"
            .formatted("1".repeat(300_000));

    var left = tree(Kept.filtered(PODS, long_)).at("/metadata/annotations").elements().next();
    assertThat(left.textValue()).hasSize(KeptFields.LONGEST_TEXT + 1).endsWith(KeptFields.CUT);
  }

  @Test
  void aLongListInAnObjectIsCutAndAListOfObjectsIsNot() throws IOException {
    var gates =
        String.join(
            ",", IntStream.range(0, 500).mapToObj("{\"name\": \"g%d\"}"::formatted).toList());
    var pod = "{\"spec\": {\"schedulingGates\": [%s]}}".formatted(gates);
    var list =
        "{\"items\": [%s]}".formatted(String.join(",", java.util.Collections.nCopies(500, pod)));

    var items = tree(Kept.filtered(PODS, list)).get("items");
    assertThat(items).hasSize(500);
    assertThat(items)
        .allSatisfy(
            item -> assertThat(item.at("/spec/schedulingGates")).hasSize(KeptFields.MOST_ELEMENTS));
  }

  @Test
  void theSpecOfASchemaVersionIsKeptWhole() throws IOException {
    var resource =
        "{\"spec\": {\"a\": \"%s\", \"b\": [%s]}, \"metadata\": {\"managedFields\": [{}]}}"
            .formatted("x".repeat(50_000), "1,".repeat(999) + "1");

    assertThat(
            tree(
                Kept.filtered(
                    "/apis/schemaversion.dev/v1alpha1/namespaces/n/schemaversions/a", resource)))
        .isEqualTo(tree(resource.replace("\"managedFields\": [{}]", "")));
  }

  @Test
  void whatIsDroppedMayBeNestedAsDeepAsItLikes() {
    var deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(Kept.filtered(PODS, "{\"spec\": {\"containers\": %s}}".formatted(deep)))
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
    // Its content is the migrations.
    "/api/v1/namespaces/n/configmaps/a, false",
    "/apis/coordination.k8s.io/v1/namespaces/n/leases/a, false",
    "/apis/events.k8s.io/v1/namespaces/n/events, false",
  })
  void thePathSaysWhatIsFiltered(String path, boolean filtered) {
    assertThat(KeptFields.ofPath(path).isPresent()).isEqualTo(filtered);
  }

  private static JsonNode tree(String json) throws IOException {
    return JSON.readTree(json);
  }
}
