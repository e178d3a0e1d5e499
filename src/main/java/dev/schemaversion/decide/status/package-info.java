/**
 * Computes the status of a SchemaVersion: records the reports of ended Jobs, and derives
 * conditions, messages and Events. Begin with {@link
 * dev.schemaversion.decide.status.RecordedState}, the state that the operator records of a
 * database.
 */
package dev.schemaversion.decide.status;
