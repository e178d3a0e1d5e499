package dev.schemaversion.cli.kubectl.dashboard;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.cli.kubectl.cluster.ApiFailures;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.Observed;
import dev.schemaversion.cli.kubectl.show.AllDifferences;
import dev.schemaversion.cli.kubectl.view.StatusView;
import dev.schemaversion.cli.kubectl.view.page.Dashboard;
import dev.schemaversion.cli.kubectl.view.page.ResourceView;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what the pages show. However many browsers ask, the API server is asked at most once in two
 * seconds; while nobody looks at a page, it is not asked.
 */
final class DashboardReader {
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final boolean allNamespaces;
  private final Clock clock;

  /** The logs of Jobs are read once for each comparison. */
  private Map<ProofStatus, List<String>> differences = Map.of();

  private Dashboard last;
  private Instant asked;

  DashboardReader(Cluster cluster, boolean allNamespaces, Clock clock) {
    this.cluster = cluster;
    this.allNamespaces = allNamespaces;
    this.clock = clock;
  }

  /**
   * Reads for the first time.
   *
   * @throws Failure if the cluster does not know the resource
   * @throws KubernetesClientException if the API server does not answer, or refuses
   */
  synchronized void first() {
    asked = clock.instant();
    last = list();
  }

  /**
   * Returns what the API server lists now, or a moment ago. If it does not answer, returns what was
   * read before, with the reason.
   */
  synchronized Dashboard read() {
    var now = clock.instant();
    if (asked != null && now.isBefore(asked.plus(FRESH))) {
      return last;
    }
    try {
      last = list();
    } catch (Failure e) {
      last = last.withProblem(e.getMessage());
    } catch (KubernetesClientException e) {
      last = last.withProblem(ApiFailures.explain(e, cluster.server()));
    }
    // After the answer, for which a person may have waited ten seconds.
    asked = clock.instant();
    return last;
  }

  private Dashboard list() {
    var now = clock.instant();
    var found = new HashMap<ProofStatus, List<String>>();
    var resources =
        Observed.all(cluster, allNamespaces).stream()
            .map(observed -> resource(observed, found))
            .toList();
    differences = found;
    return new Dashboard(
        cluster.server(), allNamespaces ? null : cluster.namespace(), resources, now, null);
  }

  private ResourceView resource(Observed observed, Map<ProofStatus, List<String>> found) {
    var status = StatusView.statusOf(observed.resource());
    var proof = status.proof();
    if (proof == null) {
      return new ResourceView(StatusView.of(observed), status, List.of());
    }
    var known = differences.get(proof);
    var all = known == null ? AllDifferences.of(cluster, proof, observed::pods) : known;
    found.put(proof, all);
    return new ResourceView(StatusView.of(observed), status, all);
  }
}
