package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is known about the database, and what is being done. Written by the operator alone. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record SchemaVersionStatus(
    @JsonPropertyDescription(
            "The generation of the resource that this status is about; -1 before anybody looked.")
        Long observedGeneration,
    @JsonPropertyDescription("The version the database is proven to be at. The gate trusts it.")
        String version,
    @Pattern(Names.VERSION_PATTERN)
        @JsonPropertyDescription(
            "The version a sync is about to go to; gone when its outcome is recorded. What declares"
                + " a lower max-version is not released meanwhile.")
        String target,
    @JsonPropertyDescription("When the target was written.") String targetSince,
    @JsonPropertyDescription("How many workloads are held back because of this resource.")
        Integer held,
    @JsonPropertyDescription(
            "Ready, Reconciling and Stalled as kstatus reads them; Baselined, Synced, Proven and"
                + " Released tell how far it is.")
        List<Condition> conditions,
    @JsonPropertyDescription("The database that the evidence below is about.")
        DatabaseStatus database,
    @JsonPropertyDescription("How the database's first version came to be known.")
        BaselineStatus baseline,
    @JsonPropertyDescription("The last sync that succeeded.") SyncedStatus synced,
    @JsonPropertyDescription("How the schema compares with what the migrations build.")
        ProofStatus proof,
    @JsonPropertyDescription("What a sync would do, where it waits for approval.") PlanStatus plan,
    @JsonPropertyDescription(
            "What was read from the image of spec.migrations.image. Nothing else is taken under the"
                + " same reference.")
        ImageStatus image,
    @JsonPropertyDescription(
            "The sync that was begun last, from before its Job is made until it is known what it has"
                + " done.")
        InterruptedSyncStatus interruptedSync,
    @JsonPropertyDescription("The last ten Jobs, the newest last.") List<Operation> history,
    @JsonPropertyDescription("The workloads that are held back, at most fifty of them.")
        List<HeldWorkload> workloads)
    implements SchemaVersionStatusBuilder.With {

  /** Nothing is known yet. */
  public static final SchemaVersionStatus NONE =
      SchemaVersionStatusBuilder.builder()
          .conditions(List.of())
          .history(List.of())
          .workloads(List.of())
          .build();

  /** The database that evidence is about. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RecordBuilder
  public record DatabaseStatus(
      @JsonPropertyDescription(
              "A digest of the fields of spec.database that lead to it. Another value voids the"
                  + " evidence.")
          String address,
      @JsonPropertyDescription("What the server calls itself (PostgreSQL: system_identifier).")
          String server,
      @JsonPropertyDescription("The database's name.") String name,
      @JsonPropertyDescription("The server's version.") String serverVersion)
      implements DatabaseStatusBuilder.With {}

  /** How the first version came to be known. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BaselineStatus(
      @JsonPropertyDescription(
              "Empty: there was nothing in it. Proven: its schema equalled the version's. Accepted:"
                  + " it differed by what spec.baseline.acceptDifference accepts.")
          String source,
      @JsonPropertyDescription("The version; none for an empty database.") String version,
      @JsonPropertyDescription("When it was recorded.") String at) {}

  /** A sync that succeeded. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SyncedStatus(
      @JsonPropertyDescription("The version it reached.") String version,
      @JsonPropertyDescription("A digest of all its inputs; another one needs another sync.")
          String inputs,
      @JsonPropertyDescription("The digest of the migrations' content.") String migrations,
      @JsonPropertyDescription("When it was recorded.") String at) {}

  /** The migrations of an image. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ImageStatus(
      @JsonPropertyDescription("The image's reference.") String reference,
      @JsonPropertyDescription("The folder in it.") String path,
      @JsonPropertyDescription("The digest of the migrations' content.") String content) {}

  /** A sync whose end is not known. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RecordBuilder
  public record InterruptedSyncStatus(
      @JsonPropertyDescription("The Job's name.") String job,
      @Pattern(Names.VERSION_PATTERN)
          @JsonPropertyDescription(
              "The highest version the database may have reached; none where the sync was not to"
                  + " move it. The gate counts with it until a proof says where the database is.")
          String target,
      @JsonPropertyDescription(
              "Why it is not known what a sync has done, in one word; none while the Job is there,"
                  + " and all before it is known.")
          String reason,
      @JsonPropertyDescription(
              "The annotation schemaversion.dev/retry when a script was found half applied; another"
                  + " value says that a person has seen to it.")
          String retry)
      implements InterruptedSyncStatusBuilder.With {}

  /** A Job that has ended. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Operation(
      @JsonPropertyDescription("The Job's name.") String job,
      @JsonPropertyDescription("baseline, sync, verify, prove or plan.") String step,
      @JsonPropertyDescription("Digest of the inputs it was made for.") String inputs,
      @JsonPropertyDescription("Which attempt it was with these inputs, counted from 1.")
          Integer attempt,
      @JsonPropertyDescription("How it ended, in one word.") String reason,
      @JsonPropertyDescription("How it ended, in a sentence.") String message,
      @JsonPropertyDescription("The version the database had afterwards.") String version,
      @JsonPropertyDescription("How many migrations it committed.") Integer migrations,
      @JsonPropertyDescription("When the runner started.") String startedAt,
      @JsonPropertyDescription("When the runner ended.") String finishedAt,
      @JsonPropertyDescription("How long the runner took, in seconds.") Double seconds) {}

  /** A workload that is held back. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HeldWorkload(
      @JsonPropertyDescription("Its kind; pods are told as what made them.") String kind,
      @JsonPropertyDescription("Its name.") String name,
      @JsonPropertyDescription(
              "The versions it runs on, as its pod template says: the lowest, and the highest if it"
                  + " says one, such as 13-15.")
          String needs,
      @JsonPropertyDescription("Why it is held, in one word.") String verdict,
      @JsonPropertyDescription("Since when it is seen to be held.") String since) {}
}
