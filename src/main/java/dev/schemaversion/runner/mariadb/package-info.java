/**
 * The MariaDB and MySQL engines: their sessions, catalog and locks, and their scratch databases.
 * Begin with {@link dev.schemaversion.runner.mariadb.MariaDb}.
 */
package dev.schemaversion.runner.mariadb;
