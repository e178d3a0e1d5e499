/**
 * Reads the schema of a MariaDB or MySQL database into lines. Begin with {@link
 * dev.schemaversion.runner.snapshot.mariadb.MariaDbCatalog}.
 */
package dev.schemaversion.runner.snapshot.mariadb;
