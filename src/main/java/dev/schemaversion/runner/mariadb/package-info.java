/** MariaDB and MySQL: their sessions, catalog and locks, and scratch databases of them. */
package dev.schemaversion.runner.mariadb;
