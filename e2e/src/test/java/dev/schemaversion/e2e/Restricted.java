package dev.schemaversion.e2e;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The restricted Pod Security Standard: namespaces that enforce it, and pods that comply. All test
 * namespaces with running pods enforce it, except {@code image-registry}, whose pod uses the host
 * network to serve the kubelet.
 */
public final class Restricted {
  /** Of a pod, in YAML. */
  public static final String POD =
      "{runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}";

  /** Of each of its containers, in YAML. */
  public static final String CONTAINER =
      "{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}";

  private Restricted() {}

  /** A namespace of this name where it is enforced. */
  public static Namespace namespace(String name) {
    return namespace(new ObjectMetaBuilder().withName(name));
  }

  /** One whose name begins so. */
  public static Namespace namespaceLike(String prefix) {
    return namespace(new ObjectMetaBuilder().withGenerateName(prefix));
  }

  private static Namespace namespace(ObjectMetaBuilder metadata) {
    return new NamespaceBuilder()
        .withMetadata(
            metadata.addToLabels("pod-security.kubernetes.io/enforce", "restricted").build())
        .build();
  }

  /** Of a pod. */
  public static PodSecurityContext pod() {
    return Serialization.unmarshal("---\n" + POD, PodSecurityContext.class);
  }

  /** Of each of its containers. */
  public static SecurityContext container() {
    return Serialization.unmarshal("---\n" + CONTAINER, SecurityContext.class);
  }
}
