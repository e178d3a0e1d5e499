package dev.schemaversion.e2e.bench;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects of all ways, made of the worked example's own, so that the ways differ in nothing but
 * what makes them ways: one program with one pod, one container with Flyway.
 */
final class ExampleObjects {
  private static final String REQUIRES = "schemaversion.dev/requires";
  private static final String MIN_VERSION = "schemaversion.dev/min-version";
  private static final String MIGRATIONS = "migrations";

  private final String flywayImage;
  private final ConfigMap migrations;
  private final Deployment program;
  private final GenericKubernetesResource schemaVersion;

  /** Renders the example's manifests for its namespace. */
  ExampleObjects(Cluster cluster, KubernetesClient client, Glance glance) {
    var text = glance.manifests("app").getBytes(StandardCharsets.UTF_8);
    var all = client.load(new ByteArrayInputStream(text)).items();
    this.flywayImage = cluster.image("plain-flyway");
    this.migrations = one(all, ConfigMap.class);
    this.program = one(all, Deployment.class);
    this.schemaVersion = one(all, GenericKubernetesResource.class);
  }

  private static <T> T one(List<HasMetadata> all, Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  /** Returns the release of the example at a version. */
  Release release(int version) {
    return Release.at(version, migrations.getData());
  }

  ConfigMap migrations(Release release) {
    return new ConfigMapBuilder(migrations).withData(release.migrations()).build();
  }

  /** Returns the program's Deployment, which the gate holds. */
  Deployment gatedProgram(Release release) {
    return new DeploymentBuilder(program)
        .editSpec()
        .withReplicas(1)
        .editTemplate()
        .editMetadata()
        .addToAnnotations(MIN_VERSION, Integer.toString(release.version()))
        .endMetadata()
        .editSpec()
        .editFirstContainer()
        .removeMatchingFromEnv(variable -> variable.getName().equals("GLANCE_RELEASE"))
        .addNewEnv()
        .withName("GLANCE_RELEASE")
        .withValue(release.program())
        .endEnv()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Returns the program's Deployment without the gate. */
  Deployment program(Release release) {
    return new DeploymentBuilder(gatedProgram(release))
        .editMetadata()
        .removeFromLabels(REQUIRES)
        .endMetadata()
        .editSpec()
        .editTemplate()
        .editMetadata()
        .removeFromLabels(REQUIRES)
        .removeFromAnnotations(MIN_VERSION)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Returns the program's Deployment with an init container that migrates. */
  Deployment migratingProgram(Release release) {
    return new DeploymentBuilder(program(release))
        .editSpec()
        .editTemplate()
        .editSpec()
        .addToInitContainers(flyway())
        .addToVolumes(migrationsVolume())
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Returns a Job that migrates. */
  Job job() {
    var pod = program.getSpec().getTemplate().getSpec();
    return new JobBuilder()
        .withNewMetadata()
        .withName("migrate")
        .withNamespace(program.getMetadata().getNamespace())
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withNewTemplate()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(pod.getSecurityContext())
        .withContainers(flyway())
        .withVolumes(migrationsVolume())
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Returns the SchemaVersion for a release. */
  GenericKubernetesResource schemaVersion(Release release, String proofMode) {
    var spec = new TreeMap<String, Object>(schemaVersion.<Map<String, Object>>get("spec"));
    spec.put("version", Integer.toString(release.version()));
    spec.put("proof", Map.of("mode", proofMode));
    // Neither an empty database nor one with a history needs a claim.
    spec.remove("baseline");
    var changed = new GenericKubernetesResource();
    changed.setApiVersion(schemaVersion.getApiVersion());
    changed.setKind(schemaVersion.getKind());
    changed.setMetadata(schemaVersion.getMetadata());
    changed.setAdditionalProperty("spec", spec);
    return changed;
  }

  /** As small as the runner's container, with the rights and the Secret of the program's. */
  private Container flyway() {
    var container = program.getSpec().getTemplate().getSpec().getContainers().getFirst();
    return new ContainerBuilder()
        .withName("flyway")
        .withImage(flywayImage)
        .addAllToEnv(
            Stream.concat(
                    container.getEnv().stream()
                        .filter(variable -> variable.getName().startsWith("DB_")),
                    Stream.of(
                        new EnvVar(
                            "DB_URL", "jdbc:postgresql://$(DB_HOST):$(DB_PORT)/$(DB_NAME)", null)))
                .toList())
        .withNewResources()
        .addToRequests("cpu", new Quantity("100m"))
        .addToRequests("memory", new Quantity("192Mi"))
        .addToLimits("memory", new Quantity("512Mi"))
        .endResources()
        .withSecurityContext(container.getSecurityContext())
        .addNewVolumeMount()
        .withName(MIGRATIONS)
        .withMountPath("/migrations")
        .withReadOnly(true)
        .endVolumeMount()
        .build();
  }

  private Volume migrationsVolume() {
    return new VolumeBuilder()
        .withName(MIGRATIONS)
        .withNewConfigMap()
        .withName(migrations.getMetadata().getName())
        .endConfigMap()
        .build();
  }
}
