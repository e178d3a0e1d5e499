package dev.schemaversion.e2e.gate;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.schemaversion.e2e.Restricted;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * The namespace of a test: its user's Deployments and pods, and SchemaVersions whose status the
 * test writes.
 */
final class Tenant implements AutoCloseable {

  /** Writes nulls too, which remove fields. */
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SCHEMA_VERSION =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: %s}
      spec:
        version: "%s"
        database:
          engine: PostgreSQL
          host: postgres
          name: db
          secretRef: {name: db}
        migrations:
          configMapRefs: [{name: migrations}]
      """;

  private final KubernetesClient client;
  private final String namespace;
  private final AtomicInteger barriers = new AtomicInteger();

  Tenant(KubernetesClient client) {
    this(client, newNamespace(client));
  }

  private Tenant(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  private static String newNamespace(KubernetesClient client) {
    var name = client.resource(Restricted.namespaceLike("gate-")).create().getMetadata().getName();
    // A controller would create it, if there is one.
    var account = new ServiceAccountBuilder().withNewMetadata().withName("default").endMetadata();
    client.resource(account.build()).inNamespace(name).serverSideApply();
    return name;
  }

  /** Returns a client of this namespace with the operator's shipped rights. */
  Tenant asOperator() {
    return new Tenant(Operator.impersonated(client), namespace);
  }

  /** Returns a client of this namespace with the operator's account and all rights. */
  Tenant asOperatorWithEveryRight() {
    return new Tenant(Operator.withEveryRight(client), namespace);
  }

  /** Returns a client of this namespace with another account and all rights. */
  Tenant as(String account) {
    return new Tenant(Operator.withEveryRight(client, account), namespace);
  }

  String namespace() {
    return namespace;
  }

  /** Creates a SchemaVersion that the operator has not observed. */
  GenericKubernetesResource unseenDatabase(String name) {
    return schemaVersion(SCHEMA_VERSION.formatted(name, "13")).create();
  }

  /** Creates a SchemaVersion whose database is proven to be at a version. */
  void database(String name, String version) {
    var created = unseenDatabase(name);
    record(name, version, created.getMetadata().getGeneration());
  }

  /**
   * Creates a SchemaVersion whose versions are names.
   *
   * @param reached the names that the database has reached, the present one first
   * @param ahead the names from the present one on
   */
  void namedDatabase(String name, List<String> reached, List<String> ahead) {
    var created = unseenDatabase(name);
    var generation = created.getMetadata().getGeneration();
    recordNames(name, reached.getFirst(), null, reached, ahead, generation);
  }

  /** Writes status as the operator would for versions that are names; a null list is absent. */
  void recordNames(
      String name,
      String version,
      String target,
      List<String> reached,
      List<String> ahead,
      long observedGeneration) {
    var status = new HashMap<String, Object>();
    status.put("observedGeneration", observedGeneration);
    status.put("version", version);
    status.put("target", target);
    status.put("reached", reached);
    status.put("ahead", ahead);
    schemaVersion(SCHEMA_VERSION.formatted(name, "13"))
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            JSON.valueToTree(Map.of("status", status)).toString());
  }

  /** Writes status as the operator would. */
  void record(String name, String version, long observedGeneration) {
    record(name, version, null, observedGeneration);
  }

  /** Writes status as the operator would before a sync to a target. */
  void record(String name, String version, String target, long observedGeneration) {
    var status =
        "{\"status\":{\"observedGeneration\":%d,\"version\":%s,\"target\":%s,\"reached\":null,\"ahead\":null}}"
            .formatted(observedGeneration, quoted(version), quoted(target));
    schemaVersion(SCHEMA_VERSION.formatted(name, "13"))
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), status);
  }

  /** Changes the wanted version. */
  GenericKubernetesResource wish(String name, String version) {
    return schemaVersion(name, version)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"version\":\"%s\"}}".formatted(version));
  }

  private static String quoted(String text) {
    return text == null ? null : '"' + text + '"';
  }

  Resource<GenericKubernetesResource> schemaVersion(String name, String wanted) {
    return schemaVersion(SCHEMA_VERSION.formatted(name, wanted));
  }

  /**
   * Returns once the policies have seen every SchemaVersion written before: they read one ordered
   * watch, so they have when they see one written later.
   */
  void awaitPoliciesSeeDatabases() {
    var barrier = "barrier-" + barriers.incrementAndGet();
    database(barrier, "1");
    await("the policies see " + barrier)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> rehearse(Program.requiring("probe", barrier, "1")) == Verdict.GOING);
  }

  <T extends HasMetadata> T create(T object) {
    return in(object).create();
  }

  /** Creates an object by a dry run, and returns what would be stored. */
  <T extends HasMetadata> T dryRun(T object) {
    return in(object).dryRun().create();
  }

  Verdict rehearse(Deployment deployment) {
    return Verdict.of(dryRun(deployment));
  }

  Verdict rehearse(Pod pod) {
    return Verdict.of(dryRun(pod));
  }

  /** Changes the stored object, with a retry on conflict. */
  <T extends HasMetadata> T change(T stored, UnaryOperator<T> change) {
    return await("the change of " + stored.getMetadata().getName() + " is not in conflict")
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsMatching(Tenant::isConflict)
        .until(() -> in(in(stored).get()).edit(change), changed -> true);
  }

  /** Changes the stored Deployment, with a retry on conflict. */
  Deployment change(String name, UnaryOperator<Deployment> change) {
    return await("the change of " + name + " is not in conflict")
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsMatching(Tenant::isConflict)
        .until(() -> deployment(name).edit(change), changed -> true);
  }

  private static boolean isConflict(Throwable thrown) {
    return thrown instanceof KubernetesClientException refused && refused.getCode() == 409;
  }

  /** Replaces the stored Deployment unconditionally. */
  Deployment replace(Deployment deployment) {
    return in(deployment).update();
  }

  /** Applies by server-side apply, without force. */
  Deployment apply(Deployment deployment) {
    return in(deployment).fieldManager("alice").serverSideApply();
  }

  Verdict verdict(String name) {
    return Verdict.of(deployment(name).get());
  }

  RollableScalableResource<Deployment> deployment(String name) {
    return client.apps().deployments().inNamespace(namespace).withName(name);
  }

  <T extends HasMetadata> Resource<T> in(T object) {
    return client.resource(object).inNamespace(namespace);
  }

  private Resource<GenericKubernetesResource> schemaVersion(String yaml) {
    var resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    return client.resource(resource).inNamespace(namespace);
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
  }
}
