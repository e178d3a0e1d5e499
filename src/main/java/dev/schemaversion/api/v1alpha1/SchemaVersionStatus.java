package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The observed state of the database, and the progress towards the spec. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record SchemaVersionStatus(
    @JsonPropertyDescription(
            "The generation of the spec to which this status belongs; -1 before the first "
                + "reconciliation.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "The proven version of the database. The gate releases workloads by this version.")
        String version,
    @Pattern(Names.VERSION_NAME_PATTERN)
        @JsonPropertyDescription(
            "The version to which a sync is about to take the database. The operator removes "
                + "it when the result of the sync is recorded. Until then the gate holds workloads "
                + "with a lower max-version.")
        String target,
    @JsonPropertyDescription("When the target was set.") String targetSince,
    @Size(max = MAX_NAMES)
        @JsonPropertyDescription(
            "The versions that the database has reached, the present one first. Set only where "
                + "spec.migrations.command.versions are names, which have no order of their own. "
                + "The gate releases a workload only if this list has its min-version.")
        List<String> reached,
    @Size(max = MAX_NAMES)
        @JsonPropertyDescription(
            "The versions that are neither below version nor below target, the nearest one "
                + "first. Set only where spec.migrations.command.versions are names. The gate "
                + "releases a workload with a max-version only if this list has it.")
        List<String> ahead,
    @JsonPropertyDescription(
            "The number of workloads that the gate holds because of this resource.")
        Integer held,
    @JsonPropertyDescription(
            "The conditions: Ready, Reconciling and Stalled with the meanings of kstatus; "
                + "Baselined, Synced, Proven and Released for the progress in detail.")
        List<Condition> conditions,
    @JsonPropertyDescription("The database to which the recorded state belongs.")
        DatabaseStatus database,
    @JsonPropertyDescription("How the starting version of the database was determined.")
        BaselineStatus baseline,
    @JsonPropertyDescription("The last successful sync.") SyncedStatus synced,
    @JsonPropertyDescription(
            "The result of comparing the schema with the schema that the migrations build.")
        ProofStatus proof,
    @JsonPropertyDescription(
            "What the next sync does. Set while spec.approval is Manual and a sync is needed.")
        PlanStatus plan,
    @JsonPropertyDescription(
            "The content of the image in spec.migrations.image. The operator refuses other "
                + "content under the same reference.")
        ImageStatus image,
    @JsonPropertyDescription(
            "The last sync that started and whose result is not known. The operator sets it "
                + "before creating the Job and removes it when the result is known.")
        InterruptedSyncStatus interruptedSync,
    @JsonPropertyDescription(
            "What the running Job does at the moment, as its runner says. Not set while none runs, "
                + "or while the operator cannot reach its pod. It only informs.")
        ProgressStatus progress,
    @JsonPropertyDescription("The last ten finished Jobs, the latest one last.")
        List<Operation> history,
    @JsonPropertyDescription("The workloads that the gate holds, at most fifty of them.")
        List<HeldWorkload> workloads)
    implements SchemaVersionStatusBuilder.With {

  /** {@code spec.migrations.command.versions} has at most 500 entries; 0 comes before them. */
  static final int MAX_NAMES = 501;

  /** The status of a resource that was never reconciled. */
  public static final SchemaVersionStatus NONE =
      SchemaVersionStatusBuilder.builder()
          .conditions(List.of())
          .history(List.of())
          .workloads(List.of())
          .build();

  /** The database to which the recorded state belongs. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RecordBuilder
  public record DatabaseStatus(
      @JsonPropertyDescription(
              "A digest of the fields of spec.database that identify the database. Another "
                  + "value voids the recorded state.")
          String address,
      @JsonPropertyDescription(
              "The identifier that the server reports (PostgreSQL: system_identifier), or "
                  + "unknown.")
          String server,
      @JsonPropertyDescription("The name of the database.") String name,
      @JsonPropertyDescription("The version of the server.") String serverVersion)
      implements DatabaseStatusBuilder.With {}

  /** How the starting version was determined. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BaselineStatus(
      @JsonPropertyDescription(
              "Empty: the database was empty. Proven: its schema equalled the schema of the "
                  + "version. Accepted: its schema differed only by the difference in "
                  + "spec.baseline.acceptDifference.")
          String source,
      @JsonPropertyDescription("The starting version. Not set for an empty database.")
          String version,
      @JsonPropertyDescription("When the baseline was recorded.") String at) {}

  /** A successful sync. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SyncedStatus(
      @JsonPropertyDescription("The version that the sync reached.") String version,
      @JsonPropertyDescription(
              "The digest of all inputs of the sync. Other inputs require another sync.")
          String inputs,
      @JsonPropertyDescription("The digest of the content of the migrations.") String migrations,
      @JsonPropertyDescription("When the sync was recorded.") String at) {}

  /** The content of an image with migrations. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ImageStatus(
      @JsonPropertyDescription("The reference of the image.") String reference,
      @JsonPropertyDescription("The folder inside the image.") String path,
      @JsonPropertyDescription("The digest of the content of the migrations.") String content) {}

  /** A sync whose result is not known. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RecordBuilder
  public record InterruptedSyncStatus(
      @JsonPropertyDescription("The name of the Job.") String job,
      @Pattern(Names.VERSION_NAME_PATTERN)
          @JsonPropertyDescription(
              "The highest version that the database may have reached. Not set where the sync "
                  + "does not change the version. The gate takes it into account until a proof "
                  + "determines the version of the database.")
          String target,
      @JsonPropertyDescription(
              "Why the result of the sync is not known. Not set while the Job exists and the "
                  + "results of all earlier syncs are known.")
          String reason,
      @JsonPropertyDescription(
              "The value of the annotation schemaversion.dev/retry when the runner found a "
                  + "half-applied script. Another value confirms that a person has repaired it.")
          String retry)
      implements InterruptedSyncStatusBuilder.With {}

  /** What a running Job does. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ProgressStatus(
      @JsonPropertyDescription("The name of the Job.") String job,
      @JsonPropertyDescription(
              "What it does, such as \"running V9__name.sql\", \"rehearsing V9__name.sql\" or "
                  + "\"proving version 9 of the history\".")
          String activity,
      @JsonPropertyDescription("The number of the script that runs, counted from 1.")
          Integer script,
      @JsonPropertyDescription("The number of scripts to run.") Integer scripts,
      @JsonPropertyDescription("When the activity began.") String since,
      @JsonPropertyDescription("The sessions of the database for which it waits.")
          String waitingFor) {}

  /** A finished Job. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Operation(
      @JsonPropertyDescription("The name of the Job.") String job,
      @JsonPropertyDescription("The step of the Job: baseline, sync, verify, prove or plan.")
          String step,
      @JsonPropertyDescription("The digest of the inputs of the Job.") String inputs,
      @JsonPropertyDescription("The number of the attempt with these inputs, counted from 1.")
          Integer attempt,
      @JsonPropertyDescription("The result as a reason.") String reason,
      @JsonPropertyDescription("The result as a message.") String message,
      @JsonPropertyDescription("The version of the database after the Job.") String version,
      @JsonPropertyDescription("The number of migrations that the Job committed.")
          Integer migrations,
      @JsonPropertyDescription("When the runner started.") String startedAt,
      @JsonPropertyDescription("When the runner finished.") String finishedAt,
      @JsonPropertyDescription("The run time of the runner in seconds.") Double seconds) {}

  /** A workload that the gate holds. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HeldWorkload(
      @JsonPropertyDescription(
              "The kind of the workload. Pods are listed under the kind of their owner.")
          String kind,
      @JsonPropertyDescription("The name of the workload.") String name,
      @JsonPropertyDescription(
              "The versions that the workload requires, from its pod template: the lowest one, "
                  + "and the highest one if there is one, such as 13-15.")
          String needs,
      @JsonPropertyDescription("Why the gate holds the workload, as a reason.") String verdict,
      @JsonPropertyDescription("Since when the operator has seen the workload held.")
          String since) {}
}
