package dev.schemaversion.e2e.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.stories.OnGlance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The search finds a password that is there. */
@ExtendWith({OnCluster.class, OnGlance.class})
class PasswordSearchTest {
  @Test
  void itFindsThePasswordWhereItIs(Cluster cluster, Glance glance) {
    var search = new PasswordSearch(cluster);
    glance.kubectl("create", "namespace", glance.namespace());
    assertThatCode(() -> search.in(glance.namespace())).doesNotThrowAnyException();

    glance.kubectl("create", "configmap", "leak", "--from-literal=a=" + Glance.PASSWORD);

    assertThatThrownBy(() -> search.in(glance.namespace()))
        .hasMessageContaining("ConfigMap leak has the password");
    glance.kubectl("delete", "configmap", "leak");
  }
}
