package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What came of a cell.
 *
 * @param cell the cell
 * @param problems what is not as it has to be; empty if all is
 * @param operations what the Jobs were for and how they ended
 * @param migrations how many migrations ran
 * @param programs how many programs started
 */
record Findings(
    Cell cell, List<String> problems, List<String> operations, int migrations, int programs) {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Pattern SAW = Pattern.compile("(?m)^saw ([0-9]+)$");
  private static final int SUCCESSFUL_KEPT = 1;
  private static final int FAILED_KEPT = 3;

  /** Returns findings of a cell that could not be evaluated because of another failure. */
  static Findings failed(Cell cell, Throwable why) {
    return new Findings(cell, List.of(why.toString()), List.of(), 0, 0);
  }

  /** Evaluates a place after all work has ended. */
  static Findings of(Place place) {
    var problems = new ArrayList<String>();
    var server = place.server();
    var versions =
        IntStream.rangeClosed(1, Integer.parseInt(place.wanted()))
            .mapToObj(String::valueOf)
            .toList();
    var recorded = versions.stream().filter(server::records).toList();
    expect(problems, "each migration ran once", recorded, server.runs());
    expect(problems, "the history", versions, server.history());
    var proven = place.condition("Proven").at("/status").asText();
    expect(problems, "Proven", "True", proven);
    var scripts = scripts(server.migrations(), versions.size());
    expect(problems, "the schema", server.rebuilt(scripts), server.schema());
    expect(problems, "sessions of runners", List.of(), server.sessions());
    jobs(place.jobs(), problems);
    var pods = place.pods("app=program");
    pods.forEach(pod -> program(place, pod, problems));
    return new Findings(
        place.cell(),
        problems,
        place.operations().stream()
            .map(
                operation ->
                    operation.get("step").asText() + " " + operation.get("reason").asText())
            .toList(),
        server.runs().size(),
        pods.size());
  }

  /** The versioned migrations up to the wanted version, and what runs after them. */
  private static List<String> scripts(Map<String, String> migrations, int versions) {
    return Stream.concat(
            migrations.entrySet().stream().filter(Findings::isVersioned).limit(versions),
            migrations.entrySet().stream().filter(script -> !isVersioned(script)))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static boolean isVersioned(Map.Entry<String, String> script) {
    return script.getKey().startsWith("V");
  }

  private static void expect(List<String> problems, String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      problems.add("%s: expected %s, found %s".formatted(what, expected, found));
    }
  }

  private static void jobs(List<Job> jobs, List<String> problems) {
    for (var job : jobs) {
      if (job.getStatus().getActive() != null && job.getStatus().getActive() > 0) {
        problems.add(job.getMetadata().getName() + " has not ended");
      } else if (job.getMetadata().getOwnerReferences().isEmpty()) {
        problems.add(job.getMetadata().getName() + " has ended and has no owner");
      }
    }
    if (jobs.size() > SUCCESSFUL_KEPT + FAILED_KEPT) {
      problems.add(jobs.size() + " Jobs are left over");
    }
  }

  /** A program's pod was not even given a node before what it needs was recorded. */
  private static void program(Place place, Pod pod, List<String> problems) {
    var scheduled =
        pod.getStatus().getConditions().stream()
            .filter(condition -> condition.getType().equals("PodScheduled"))
            .map(condition -> Instant.parse(condition.getLastTransitionTime()))
            .findFirst()
            .orElseThrow();
    var ended = reached(place);
    if (scheduled.isBefore(ended)) {
      problems.add(
          "the program was let go at %s, the runner ended at %s".formatted(scheduled, ended));
    }
    var saw = saw(place, pod);
    if (saw < Place.NEEDED) {
      problems.add("the program found version " + saw);
    }
  }

  /** The version that it found; it may still be trying to reach its database. */
  private static int saw(Place place, Pod pod) {
    return await(place.cell() + ": the program says what it found")
        .atMost(LONG)
        .until(
            () -> SAW.matcher(place.kubectl().run("logs", pod.getMetadata().getName())),
            Matcher::find)
        .reset()
        .results()
        .mapToInt(result -> Integer.parseInt(result.group(1)))
        .min()
        .orElseThrow();
  }

  /** Returns when the first runner ended that reported the version the program requires. */
  private static Instant reached(Place place) {
    return place.operations().stream()
        .filter(operation -> operation.get("reason").asText().equals("Succeeded"))
        .filter(operation -> operation.path("version").asInt() >= Place.NEEDED)
        .map(Findings::finished)
        .findFirst()
        .orElse(Instant.MAX);
  }

  private static Instant finished(JsonNode operation) {
    return Instant.parse(operation.get("finishedAt").asText());
  }

  @Override
  public String toString() {
    return "%s: %s%s"
        .formatted(
            cell,
            String.join(", ", operations),
            problems.isEmpty() ? "" : "; PROBLEMS: " + String.join("; ", problems));
  }
}
