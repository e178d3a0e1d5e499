/**
 * The MariaDB and MySQL engines: their sessions, catalog and locks. Begin with {@link
 * dev.schemaversion.runner.mariadb.MariaDb}. The sub-packages create and clone scratch databases,
 * observe statements, and read what rows must satisfy.
 */
package dev.schemaversion.runner.mariadb;
