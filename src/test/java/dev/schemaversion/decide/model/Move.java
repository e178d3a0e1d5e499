package dev.schemaversion.decide.model;

/**
 * Something that happens.
 *
 * @param what in words
 * @param next what there is then
 */
record Move(String what, State next) {}
