/**
 * Reads from a MariaDB or MySQL catalog what rows must satisfy, one class for each kind of rule.
 * Begin with {@link dev.schemaversion.runner.mariadb.rows.MariaDbRowRules}.
 */
package dev.schemaversion.runner.mariadb.rows;
