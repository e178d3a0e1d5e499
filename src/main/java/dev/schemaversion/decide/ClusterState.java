package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Progress;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.rule.SharedDatabases;
import dev.schemaversion.desired.JobFactory;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * The state of the cluster around one resource, as the caches show it.
 *
 * @param resource the resource with its last status
 * @param migrationsDigest the digest of its migrations, or null while the digest is not known; for
 *     an image, whose content only the Jobs can read, its reference; for a command, the digest of
 *     its definition
 * @param sourcesProblem why the digest is not known, or null
 * @param jobs its Jobs of all steps
 * @param progress what the runner of a Job said last of what it does, or null
 * @param workloads the workloads that require it
 * @param livePods the pods of these workloads that have neither ended nor are held, including
 *     terminating ones, from a list request that no cache has answered; null if the pods were not
 *     listed
 * @param sharedWith the oldest other SchemaVersions that manage the same database, at most {@link
 *     SharedDatabases#MAX_CONSIDERED}
 * @param queued why no new Job may be created yet, as a message; null if one may be created
 * @param factory the factory of its Jobs
 * @param now the current time
 */
@RecordBuilder
public record ClusterState(
    SchemaVersion resource,
    String migrationsDigest,
    SourcesProblem sourcesProblem,
    List<ObservedJob> jobs,
    Progress progress,
    List<Workload> workloads,
    List<Workload> livePods,
    List<SchemaVersion> sharedWith,
    String queued,
    JobFactory factory,
    Instant now)
    implements ClusterStateBuilder.With {}
