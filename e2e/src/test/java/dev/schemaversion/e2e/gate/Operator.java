package dev.schemaversion.e2e.gate;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Acts as the operator, with the shipped rights of the operator's account. */
final class Operator {

  static final String USER =
      "system:serviceaccount:" + InstalledGate.SYSTEM + ":" + InstalledGate.OPERATOR;

  private static final String RELEASE =
      """
      {"metadata": {"annotations": {"schemaversion.dev/held": null}}, "spec": {"paused": null}}
      """;

  private Operator() {}

  static KubernetesClient impersonated(KubernetesClient administrator) {
    return client(administrator.getConfiguration(), USER);
  }

  /** The operator's account with all rights, so that only the policies can deny its requests. */
  static KubernetesClient withEveryRight(KubernetesClient administrator) {
    return withEveryRight(administrator, USER);
  }

  /** Another account with all rights. */
  static KubernetesClient withEveryRight(KubernetesClient administrator, String account) {
    return client(administrator.getConfiguration(), account, "system:masters");
  }

  private static KubernetesClient client(Config administrator, String account, String... groups) {
    var config =
        new ConfigBuilder(administrator)
            .withImpersonateUsername(account)
            .withImpersonateGroups(groups)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Sends the operator's release patch with the tenant's client. */
  static void release(Tenant as, String deployment) {
    as.deployment(deployment).patch(PatchContext.of(PatchType.JSON_MERGE), RELEASE);
  }
}
