package dev.schemaversion.e2e.gate;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/** The operator's part, played with the rights it is shipped with. */
final class Operator {

  static final String USER =
      "system:serviceaccount:" + InstalledGate.SYSTEM + ":" + InstalledGate.OPERATOR;

  /** As a header is to write it, which the client does not do by itself. */
  private static final String POD_NAME = "authentication.kubernetes.io%2Fpod-name";

  private static final String ADMINISTRATORS = "system:masters";
  private static final String RELEASE =
      """
      {"metadata": {"annotations": {"schemaversion.dev/held": null}}, "spec": {"paused": null}}
      """;

  private Operator() {}

  static KubernetesClient impersonated(KubernetesClient administrator) {
    return client(impersonating(administrator.getConfiguration()));
  }

  /** The operator with every right there is, so that only the policies can refuse it anything. */
  static KubernetesClient withEveryRight(KubernetesClient administrator) {
    return client(impersonating(administrator.getConfiguration(), ADMINISTRATORS));
  }

  /** The operator with every right there is, by the token of one of its pods. */
  static KubernetesClient pod(KubernetesClient administrator, String name) {
    var pod =
        impersonating(administrator.getConfiguration(), ADMINISTRATORS)
            .withImpersonateExtras(Map.of(POD_NAME, List.of(name)));
    return client(pod);
  }

  private static ConfigBuilder impersonating(Config administrator, String... groups) {
    return new ConfigBuilder(administrator)
        .withImpersonateUsername(USER)
        .withImpersonateGroups(groups);
  }

  private static KubernetesClient client(ConfigBuilder config) {
    return new KubernetesClientBuilder().withConfig(config.build()).build();
  }

  /** The patch that takes the hold off, sent by whoever the tenant's client is. */
  static void release(Tenant as, String deployment) {
    as.deployment(deployment).patch(PatchContext.of(PatchType.JSON_MERGE), RELEASE);
  }
}
