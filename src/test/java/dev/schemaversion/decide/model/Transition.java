package dev.schemaversion.decide.model;

/**
 * A transition of the model.
 *
 * @param what what happens, as text
 * @param next the state afterwards
 */
record Transition(String what, State next) {}
