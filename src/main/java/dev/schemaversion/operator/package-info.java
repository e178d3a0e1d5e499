/**
 * The Kubernetes edge: observes through caches, lets {@code decide} decide, applies, and writes the
 * status. It reads no Secret and never talks to a database.
 */
package dev.schemaversion.operator;
