/**
 * An explicit-state model checker: the real {@code Decide} in a small model of everything around
 * it, explored in every interleaving. {@link dev.schemaversion.decide.model.State} is a state,
 * {@link dev.schemaversion.decide.model.Transitions} the transitions, {@link
 * dev.schemaversion.decide.model.Invariants} the invariants, {@link
 * dev.schemaversion.decide.model.Explorer} the search. Begin with {@link
 * dev.schemaversion.decide.model.EveryInterleavingTest}.
 */
package dev.schemaversion.decide.model;
