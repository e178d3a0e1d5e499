package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Recognises a tool that applies a resource from a repository, and may revert a change. */
final class GitOpsTool {
  private static final String ARGO_CD = "Argo CD";
  private static final String FLUX = "Flux";

  private static final Map<String, String> MANAGERS =
      Map.of(
          "argocd-controller", ARGO_CD,
          "argocd-application-controller", ARGO_CD,
          "kustomize-controller", FLUX,
          "helm-controller", FLUX);

  private static final Map<String, String> MARKS =
      Map.of(
          "argocd.argoproj.io/tracking-id", ARGO_CD,
          "argocd.argoproj.io/instance", ARGO_CD,
          "kustomize.toolkit.fluxcd.io/name", FLUX,
          "helm.toolkit.fluxcd.io/name", FLUX);

  private GitOpsTool() {}

  /** Returns the name of the tool that applies a resource; empty if none is recognised. */
  static Optional<String> of(SchemaVersion resource) {
    var metadata = resource.getMetadata();
    var labels = Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of());
    var annotations =
        Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
    return metadata.getManagedFields().stream()
        .map(ManagedFieldsEntry::getManager)
        .filter(Objects::nonNull)
        .map(MANAGERS::get)
        .filter(Objects::nonNull)
        .findFirst()
        .or(
            () ->
                MARKS.entrySet().stream()
                    .filter(
                        mark ->
                            labels.containsKey(mark.getKey())
                                || annotations.containsKey(mark.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }
}
