package dev.schemaversion.operator.gate;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tells which of the gate's policies are installed. A policy is in force if its binding exists. The
 * API server is asked at most once a minute for each.
 */
@Singleton
public class InstalledPolicies {
  private static final Logger LOG = Logger.getLogger(InstalledPolicies.class);

  /** The name of the binding without which no policy pauses a Deployment. */
  static final String HOLD_ROLLOUTS = "schemaversion-hold-rollouts";

  /** The name of the binding without which no policy gates a pod. */
  static final String HOLD_PODS = "schemaversion-hold-pods";

  /** The name of the binding without which no policy refuses pods without a gate. */
  static final String REFUSE_PODS = "schemaversion-refuse-pods";

  private static final String API = "/apis/admissionregistration.k8s.io/";

  /** A policy is of one of these API versions; the first is the one of Kubernetes 1.36. */
  private static final List<String> MUTATING =
      List.of(
          API + "v1/mutatingadmissionpolicybindings/",
          API + "v1beta1/mutatingadmissionpolicybindings/");

  private static final String VALIDATING = API + "v1/validatingadmissionpolicybindings/";
  private static final Duration CACHE_TIME = Duration.ofMinutes(1);

  private enum Answer {
    INSTALLED,
    MISSING,
    UNKNOWN
  }

  private record Cached(Answer answer, Instant at) {}

  private final KubernetesClient client;
  private final Clock clock;
  private final Map<String, Cached> bindings = new ConcurrentHashMap<>();

  InstalledPolicies(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Returns how the cluster holds workloads. */
  public GateMode mode() {
    var holding = Stream.of(HOLD_ROLLOUTS, HOLD_PODS).map(this::mutating).toList();
    if (holding.stream().allMatch(Answer.INSTALLED::equals)) {
      return GateMode.Admission;
    }
    var refusing = answer(VALIDATING + REFUSE_PODS);
    if (refusing == Answer.INSTALLED) {
      return GateMode.PodTemplate;
    }
    return holding.contains(Answer.UNKNOWN) || refusing == Answer.UNKNOWN
        ? GateMode.Unknown
        : GateMode.None;
  }

  /** Whether a mutating policy is certainly not installed. */
  boolean lacks(String binding) {
    return mutating(binding) == Answer.MISSING;
  }

  private Answer mutating(String binding) {
    var answer = Answer.MISSING;
    for (var path : MUTATING) {
      var here = answer(path + binding);
      if (here == Answer.INSTALLED) {
        return here;
      }
      answer = here == Answer.UNKNOWN ? here : answer;
    }
    return answer;
  }

  private Answer answer(String path) {
    var now = clock.instant();
    return bindings
        .compute(
            path,
            (name, cached) ->
                cached != null && now.isBefore(cached.at().plus(CACHE_TIME))
                    ? cached
                    : new Cached(request(name), now))
        .answer();
  }

  private Answer request(String path) {
    try {
      // The client returns null for code 404, also if the API server does not know the kind.
      return client.raw(path) == null ? Answer.MISSING : Answer.INSTALLED;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        // An operator that has rights in some namespaces only may not read it.
        LOG.warnf("cannot read the policy binding %s: %s", path, e.getMessage());
      }
      return Answer.UNKNOWN;
    }
  }
}
