/**
 * Every interleaving, not only the tried ones: the real {@code Decide} in a small model of all the
 * rest, walked through state by state. {@link dev.schemaversion.decide.model.State} is what there
 * is, {@link dev.schemaversion.decide.model.Moves} what can happen, {@link
 * dev.schemaversion.decide.model.Invariants} what must be true whatever happens, {@link
 * dev.schemaversion.decide.model.Explorer} the walk.
 */
package dev.schemaversion.decide.model;
