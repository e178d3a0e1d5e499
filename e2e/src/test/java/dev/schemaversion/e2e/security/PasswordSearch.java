package dev.schemaversion.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Searches for the password of the databases in everything that operator and Jobs write: every
 * object (status, Events, termination messages, Jobs, pods) and every line of their logs. At the
 * end it prints how much text was searched.
 */
public final class PasswordSearch implements AutoCloseable {
  private static final String KINDS =
      "schemaversions,jobs,pods,events,configmaps,deployments,replicasets,statefulsets";
  private static final List<String> NEEDLES =
      List.of(
          Glance.PASSWORD_MARK,
          Base64.getEncoder().encodeToString(Glance.PASSWORD.getBytes(StandardCharsets.UTF_8)));

  private final Cluster cluster;
  private final AtomicLong objects = new AtomicLong();
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong namespaces = new AtomicLong();

  /** On this cluster. */
  public PasswordSearch(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Fails where something in this namespace, or the operator's log, has the password in it. */
  public void in(String namespace) {
    namespaces.incrementAndGet();
    var kubectl = new Kubectl(cluster, namespace);
    for (var object : json(kubectl.run("get", KINDS, "-o", "json")).get("items")) {
      objects.incrementAndGet();
      assertHasNot(
          object.at("/kind").asText() + " " + object.at("/metadata/name").asText(),
          object.toString());
    }
    logs(kubectl, "app.kubernetes.io/managed-by=schemaversion-operator");
    logs(
        new Kubectl(cluster, Installation.NAMESPACE),
        "app.kubernetes.io/name=schemaversion-operator");
  }

  private void logs(Kubectl kubectl, String selector) {
    kubectl
        .run(
            "logs",
            "-l",
            selector,
            "--all-containers",
            "--prefix",
            "--tail=-1",
            "--ignore-errors",
            "--max-log-requests=100")
        .lines()
        .forEach(
            line -> {
              lines.incrementAndGet();
              assertHasNot("a line of a log", line);
            });
  }

  private static void assertHasNot(String where, String text) {
    for (var needle : NEEDLES) {
      assertThat(text.contains(needle)).as("%s has the password: %s", where, text).isFalse();
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  @Override
  public void close() {
    System.out.printf(
        "Searched %,d objects and %,d lines of logs in %,d namespaces for the password%n",
        objects.get(), lines.get(), namespaces.get());
  }
}
