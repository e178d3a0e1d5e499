package dev.schemaversion.cli.kubectl;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Observed;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Objects of a cluster as YAML documents, each resource with those that belong to it. */
public record RecordedCluster(List<HasMetadata> objects) {
  /** Reads documents that are separated as YAML documents are. */
  public static RecordedCluster of(String documents) {
    return new RecordedCluster(
        Arrays.stream(documents.split("(?m)^---$", -1)).map(RecordedCluster::object).toList());
  }

  /** Returns the objects with another text in place of each occurrence of a text. */
  public RecordedCluster replace(String text, String by) {
    var quoted = Serialization.asJson(by);
    var content = quoted.substring(1, quoted.length() - 1);
    return new RecordedCluster(
        objects.stream()
            .<HasMetadata>map(
                object ->
                    Serialization.unmarshal(
                        Serialization.asJson(object).replace(text, content), object.getClass()))
            .toList());
  }

  /** Returns the resources with their objects. */
  public List<Observed> observed() {
    return only(SchemaVersion.class).map(this::observed).toList();
  }

  private Observed observed(SchemaVersion resource) {
    var metadata = resource.getMetadata();
    return new Observed(
        resource,
        only(Job.class).filter(job -> isOf(job, resource)).toList(),
        only(Pod.class).filter(pod -> isOf(pod, resource)).toList(),
        objects.stream()
            .filter(object -> "apps/v1".equals(object.getApiVersion()))
            .filter(object -> object.getMetadata().getNamespace().equals(metadata.getNamespace()))
            .toList(),
        only(Event.class).toList(),
        List.of());
  }

  private static boolean isOf(HasMetadata object, SchemaVersion resource) {
    return resource
        .getMetadata()
        .getName()
        .equals(object.getMetadata().getLabels().get(Labels.RESOURCE));
  }

  private <T> Stream<T> only(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  private static HasMetadata object(String document) {
    return document.contains("kind: SchemaVersion\n")
        ? Serialization.unmarshal(document, SchemaVersion.class)
        : Serialization.unmarshal(document, HasMetadata.class);
  }
}
