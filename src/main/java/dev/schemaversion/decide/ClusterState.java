package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.rule.SharedDatabases;
import dev.schemaversion.desired.JobFactory;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * The world around one resource, as the caches show it.
 *
 * @param resource the resource with its last status
 * @param migrationsDigest the digest of its migrations, or null while it is not known; of an image,
 *     whose content only its Jobs see, the reference
 * @param sourcesProblem why it is not known, or null
 * @param jobs its Jobs, whatever they are for
 * @param workloads the workloads that need it
 * @param living the pods of workloads that need it and have neither ended nor are held, Terminating
 *     ones too, by a list that no cache has answered; null as long as nobody asked for it
 * @param sharing the oldest other SchemaVersions that are about the same database, at most {@link
 *     SharedDatabases#MOST_KNOWN}
 * @param factory how its Jobs are made
 * @param now the time
 */
@RecordBuilder
public record ClusterState(
    SchemaVersion resource,
    String migrationsDigest,
    SourcesProblem sourcesProblem,
    List<ObservedJob> jobs,
    List<Workload> workloads,
    List<Workload> living,
    List<SchemaVersion> sharing,
    JobFactory factory,
    Instant now)
    implements ClusterStateBuilder.With {}
