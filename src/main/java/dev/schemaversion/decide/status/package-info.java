/**
 * Computes the status of a SchemaVersion: records the reports of ended Jobs, and derives
 * conditions, messages and Events. Begin with {@link
 * dev.schemaversion.decide.status.RecordedState}, which is what is known about a database.
 */
package dev.schemaversion.decide.status;
