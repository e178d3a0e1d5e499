package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.JobFactory;
import java.time.Instant;
import java.util.List;

/**
 * The world around one resource, as the caches show it.
 *
 * @param resource the resource with its last status
 * @param missingSources the ConfigMaps it names that are not there
 * @param migrationsDigest the digest of its migrations, or null while one is missing
 * @param jobs its Jobs, whatever they are for
 * @param workloads the workloads that need it
 * @param factory how its Jobs are made
 * @param now the time
 */
public record Observed(
    SchemaVersion resource,
    List<String> missingSources,
    String migrationsDigest,
    List<ObservedJob> jobs,
    List<Workload> workloads,
    JobFactory factory,
    Instant now) {}
