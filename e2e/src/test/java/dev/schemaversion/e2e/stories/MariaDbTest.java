package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.stories.MariaDb.Product;

/** The stories of the Glance example on MariaDB. */
@WithOperator
class MariaDbTest extends MariaDbStories {
  MariaDbTest() {
    super(Product.MARIADB);
  }
}
