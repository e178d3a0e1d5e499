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

/** Settings of the Jobs and of their pods. */
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
            "CPU and memory of the runner's container. Defaults to requests of 100m and 192Mi "
                + "and a memory limit of 512Mi.")
        ResourceRequirements resources,
    @JsonPropertyDescription("Labels of the nodes on which the pods may run.")
        Map<String, String> nodeSelector,
    @JsonPropertyDescription("Affinity of the pods.") Affinity affinity,
    @JsonPropertyDescription("Taints that the pods tolerate.") List<Toleration> tolerations,
    @JsonPropertyDescription(
            "Secrets for pulling the images of the pods, including an image with migrations.")
        List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription(
            "Additional labels of the pods, for example for a service mesh. Labels in the "
                + "domain schemaversion.dev are not allowed.")
        Map<String, String> podLabels,
    @JsonPropertyDescription(
            "Additional annotations of the pods, for example for a service mesh. Annotations "
                + "in the domain schemaversion.dev, and ones that select an AppArmor or seccomp "
                + "profile, are not allowed.")
        Map<String, String> podAnnotations,
    @JsonPropertyDescription(
            "How many finished Jobs the operator keeps, so that their logs can be read.")
        History history,
    @JsonPropertyDescription(
            "Limits of a run: its time, its lock waits, its statements and the tables it may rewrite. The runner "
                + "enforces them and ends in order. The Job itself has no deadline, because a "
                + "deadline would kill a migration half-way.")
        LimitsSpec limits) {

  /** How many finished Jobs the operator keeps. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record History(
      @Default("1")
          @Min(0)
          @Max(20)
          @JsonPropertyDescription("How many successful Jobs the operator keeps.")
          Integer successful,
      @Default("3")
          @Min(0)
          @Max(20)
          @JsonPropertyDescription("How many failed Jobs the operator keeps.")
          Integer failed) {
    /** The default: one successful and three failed Jobs. */
    public static final History DEFAULT = new History(1, 3);
  }

  /** Returns {@code history} with its default, also for a resource without {@code spec.job}. */
  public static History historyOf(JobSpec job) {
    return job == null || job.history() == null ? History.DEFAULT : job.history();
  }
}
