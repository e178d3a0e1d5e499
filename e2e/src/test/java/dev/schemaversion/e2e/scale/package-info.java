/**
 * The operator as a process with its shipped memory limit, on an API server that holds many or
 * large objects, or that does not behave.
 */
package dev.schemaversion.e2e.scale;
