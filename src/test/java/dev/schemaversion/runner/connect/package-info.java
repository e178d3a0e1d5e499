/**
 * How runs end that find no way to the database, and how connections are secured. Begin with {@link
 * dev.schemaversion.runner.connect.ConnectTest}.
 */
package dev.schemaversion.runner.connect;
