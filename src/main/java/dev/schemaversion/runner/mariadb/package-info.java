/**
 * The MariaDB and MySQL engines: their sessions, catalog and locks, and their scratch databases.
 * Begin with {@link dev.schemaversion.runner.mariadb.MariaDb}. The sub-packages observe statements,
 * and read what rows must satisfy.
 */
package dev.schemaversion.runner.mariadb;
