/**
 * Creates databases on the MariaDB or MySQL scratch server with the options and accounts of the
 * real one, and clones the real one into them. Begin with {@link
 * dev.schemaversion.runner.mariadb.scratch.MariaDbScratch}.
 */
package dev.schemaversion.runner.mariadb.scratch;
