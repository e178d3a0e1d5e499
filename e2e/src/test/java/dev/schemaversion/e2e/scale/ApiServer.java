package dev.schemaversion.e2e.scale;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An API server of its own for a test class, with the shipped CRD, RBAC and policies, and with an
 * {@link ApiServerProxy} for the operator. No controller runs on it.
 */
final class ApiServer implements AutoCloseable {
  private final Cluster cluster;
  private final KubernetesClient client;
  private final Api api;
  private final ApiServerProxy proxy;
  private final Map<String, String> namespaces = new ConcurrentHashMap<>();

  private ApiServer(Cluster cluster) {
    this.cluster = cluster;
    var config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
    api = new Api(config);
    proxy = new ApiServerProxy(api);
    install();
  }

  private void install() {
    apply(Checkout.root().resolve("crds"), "schemaversions.*");
    client
        .resources(CustomResourceDefinition.class)
        .withName("schemaversions.schemaversion.dev")
        .waitUntilCondition(ApiServer::established, 1, TimeUnit.MINUTES);
    apply(Checkout.root().resolve("deploy/base"), "0*.yaml");
    apply(Checkout.root().resolve("deploy/base"), "1*-policy-*.yaml");
    awaitPolicies();
  }

  /** Until they know the new kind that is their parameter, they refuse every labelled pod. */
  private void awaitPolicies() {
    var pods = "/api/v1/namespaces/" + namespace("probe") + "/pods?dryRun=All";
    var container = Map.of("name", "probe", "image", "probe");
    var labels = Map.of("schemaversion.dev/requires", "absent");
    var pod =
        Map.of(
            "metadata",
            Map.of("name", "probe", "labels", labels),
            "spec",
            Map.of("containers", List.of(container)));
    await("the policies are in force")
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(() -> api.create(pods, pod));
  }

  private static boolean established(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private void apply(Path folder, String glob) {
    var matching = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (var files = Files.list(folder)) {
      files
          .filter(file -> matching.matches(file.getFileName()))
          .sorted()
          .flatMap(this::objects)
          .forEach(
              object ->
                  client
                      .resource(object)
                      .fieldManager("installer")
                      .forceConflicts()
                      .serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<HasMetadata> objects(Path file) {
    try (var content = Files.newInputStream(file)) {
      return client.load(content).items().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The administrator's requests. */
  Api api() {
    return api;
  }

  /** The administrator's client, for what {@link Api} is too plain for. */
  KubernetesClient client() {
    return client;
  }

  /** The cluster that it makes. */
  Cluster cluster() {
    return cluster;
  }

  /** Where the operator asks. */
  ApiServerProxy proxy() {
    return proxy;
  }

  /** Makes sure of a namespace in which pods can be, and returns its name. */
  String namespace(String name) {
    return namespaces.computeIfAbsent(name, this::created);
  }

  private String created(String namespace) {
    api.create("/api/v1/namespaces", Map.of("metadata", Map.of("name", namespace)));
    // A controller would make it.
    api.create(
        "/api/v1/namespaces/" + namespace + "/serviceaccounts",
        Map.of("metadata", Map.of("name", "default")));
    return namespace;
  }

  @Override
  public void close() {
    proxy.close();
    client.close();
    cluster.close();
  }

  /** Gives a test class one, which ends with the class; skips the class where there can be none. */
  static final class OfTheClass implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ApiServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      assumeTrue(Memory.isKnown(), "only Linux says how much memory a process takes");
      var ofClass = context.getTestMethod().isPresent() ? context.getParent().get() : context;
      return ofClass
          .getStore(Namespace.create(ApiServer.class))
          .computeIfAbsent(ApiServer.class, key -> start(), ApiServer.class);
    }

    private static ApiServer start() {
      var cluster = Cluster.startApiServer();
      assumeTrue(
          cluster.isPresent(), "no API server may be filled where the user names the cluster");
      try {
        return new ApiServer(cluster.get());
      } catch (RuntimeException e) {
        cluster.get().close();
        throw e;
      }
    }
  }
}
