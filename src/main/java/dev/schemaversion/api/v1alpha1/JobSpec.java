package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** How the pods of the Jobs are made. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.podLabels) || !self.podLabels.exists(k, k == 'schemaversion.dev' ||"
            + " k.startsWith('schemaversion.dev/'))",
    message = "job.podLabels must not use the domain schemaversion.dev")
@ValidationRule(
    value =
        "!has(self.podAnnotations) || !self.podAnnotations.exists(k,"
            + " k.startsWith('schemaversion.dev/'))",
    message = "job.podAnnotations must not use the domain schemaversion.dev")
@ValidationRule(
    value =
        "!has(self.podAnnotations) || !self.podAnnotations.exists(k,"
            + " k.startsWith('container.apparmor.security.') ||"
            + " k.startsWith('container.seccomp.security.') || k.startsWith('seccomp.security.'))",
    message =
        "job.podAnnotations must not choose a profile of AppArmor or seccomp: the pods run with the"
            + " runtime's own")
@RecordBuilder
public record JobSpec(
    @JsonPropertyDescription(
            "CPU and memory of the runner's container. By default 100m and 192Mi are requested and"
                + " memory is limited to 512Mi.")
        ResourceRequirements resources,
    @JsonPropertyDescription("Labels of the nodes the pods may run on.")
        Map<String, String> nodeSelector,
    @JsonPropertyDescription("Affinity of the pods.") Affinity affinity,
    @JsonPropertyDescription("Taints the pods tolerate.") List<Toleration> tolerations,
    @JsonPropertyDescription(
            "Secrets with which the images of the pods are pulled, one with migrations too.")
        List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription("Further labels of the pods, such as a service mesh wants.")
        Map<String, String> podLabels,
    @JsonPropertyDescription("Further annotations of the pods, such as a service mesh wants.")
        Map<String, String> podAnnotations,
    @JsonPropertyDescription("How many ended Jobs are kept.") History history,
    @JsonPropertyDescription(
            "How long a run, its waits for locks and its statements may take. The runner keeps them"
                + " and ends in order; the Job itself has no deadline, which would kill a migration.")
        LimitsSpec limits) {

  /** How many ended Jobs are kept. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record History(
      @Default("1")
          @Min(0)
          @Max(20)
          @JsonPropertyDescription("How many Jobs that succeeded are kept.")
          Integer successful,
      @Default("3") @Min(0) @Max(20) @JsonPropertyDescription("How many Jobs that failed are kept.")
          Integer failed) {
    /** One and three. */
    public static final History DEFAULT = new History(1, 3);
  }

  /** The history with its default. */
  public static History historyOf(JobSpec job) {
    return job == null || job.history() == null ? History.DEFAULT : job.history();
  }
}
