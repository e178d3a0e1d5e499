/** Observes on MariaDB and MySQL what statements do to tables. */
package dev.schemaversion.runner.mariadb.impact;
