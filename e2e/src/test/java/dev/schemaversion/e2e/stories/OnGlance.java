package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.security.PasswordSearch;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides each test with the operator as shipped, with two replicas, and with the Glance example
 * in its own namespace, which is deleted after the test.
 */
public final class OnGlance implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
  private static final Namespace STORE = Namespace.create(OnGlance.class);
  private static final int REPLICAS = 2;

  @Override
  public void beforeEach(ExtensionContext context) {
    installed(context).scale(REPLICAS);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Glance.class || type == Installation.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Installation.class
        ? installed(context)
        : glance(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var glance = context.getStore(STORE).remove(Glance.class, Glance.class);
    if (glance != null) {
      try (glance) {
        search(context).in(glance.namespace());
      }
    }
  }

  private Glance glance(ExtensionContext context) {
    // Namespaces end slowly, so each test has another one.
    return context
        .getStore(STORE)
        .computeIfAbsent(
            Glance.class,
            key -> new Glance(cluster(context), "glance-" + Long.toString(System.nanoTime(), 36)),
            Glance.class);
  }

  private Installation installed(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(
            Installation.class,
            key -> {
              var cluster = cluster(context);
              Glance.loadImages(cluster);
              cluster.load("mariadb");
              var installation = new Installation(cluster);
              installation.install();
              return installation;
            },
            Installation.class);
  }

  private PasswordSearch search(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(
            PasswordSearch.class,
            key -> new PasswordSearch(cluster(context)),
            PasswordSearch.class);
  }

  private Cluster cluster(ExtensionContext context) {
    return OnCluster.cluster(context);
  }
}
