/**
 * Fixtures for tests of several packages: databases on real servers, and programs. Begin with
 * {@link dev.schemaversion.testing.Postgres} and {@link dev.schemaversion.testing.MariaDb}.
 */
package dev.schemaversion.testing;
