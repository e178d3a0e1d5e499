package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.stories.MariaDb.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stories of the Glance example on MySQL, with the migrations for MariaDB. */
@Extended
@WithOperator
@ExtendWith(OnCluster.class)
class MySqlTest extends MariaDbStories {
  MySqlTest() {
    super(Product.MYSQL);
  }

  @BeforeAll
  static void loadImage(Cluster cluster) {
    cluster.load(Product.MYSQL.image());
  }
}
