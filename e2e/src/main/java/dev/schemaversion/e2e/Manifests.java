package dev.schemaversion.e2e;

import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import java.util.regex.Pattern;

/** Renders the project's manifests as {@code kubectl apply -k} would apply them to a cluster. */
public final class Manifests {
  private static final Pattern OUR_IMAGE = Pattern.compile("localhost/([a-z0-9-]+):dev");

  private final Cluster cluster;
  private final Kubectl kubectl;

  /** Renders manifests for this cluster. */
  public Manifests(Cluster cluster) {
    this.cluster = cluster;
    this.kubectl = new Kubectl(cluster);
  }

  /**
   * Returns the objects of a kustomization, with references to images of this cluster.
   *
   * @param folder below the project's folder, such as {@code deploy}
   */
  public String of(String folder) {
    var text = kubectl.run("kustomize", Checkout.root().resolve(folder).toString());
    return OUR_IMAGE.matcher(text).replaceAll(image -> cluster.image(image.group(1)));
  }
}
