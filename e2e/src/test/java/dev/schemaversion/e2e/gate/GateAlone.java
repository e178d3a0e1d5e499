package dev.schemaversion.e2e.gate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.schemaversion.e2e.GateManifests;
import dev.schemaversion.e2e.OnCluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * For tests of the gate without the operator: the cluster with the {@link InstalledGate}, and for
 * who asks for it a {@link Tenant} of its own with a database {@code glance} at 13. They run when
 * nothing else does, for others need the operator awake.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Isolated("the operator sleeps meanwhile")
@ExtendWith({OnCluster.class, GateAlone.Extension.class})
@interface GateAlone {

  /** Installs the gate once for the run; JUnit closes it with its store. */
  final class Extension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace STORE = Namespace.create(GateAlone.class);

    @Override
    public void beforeAll(ExtensionContext context) {
      assumeTrue(manifests(context).mutate(), "this API server has no MutatingAdmissionPolicy");
      gate(context).scaleOperatorToZero();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      var type = parameter.getParameter().getType();
      return type == InstalledGate.class || type == Tenant.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Tenant.class ? tenant(context) : gate(context);
    }

    private static Tenant tenant(ExtensionContext context) {
      return context
          .getStore(STORE)
          .computeIfAbsent(
              Tenant.class,
              key -> {
                var tenant = new Tenant(OnCluster.client(context));
                tenant.database("glance", "13");
                tenant.awaitPoliciesSeeDatabases();
                return tenant;
              },
              Tenant.class);
    }

    private static InstalledGate gate(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(STORE)
          .computeIfAbsent(
              InstalledGate.class,
              key -> new InstalledGate(OnCluster.client(context), manifests(context)),
              InstalledGate.class);
    }

    private static GateManifests manifests(ExtensionContext context) {
      return GateManifests.of(OnCluster.cluster(context));
    }
  }
}
