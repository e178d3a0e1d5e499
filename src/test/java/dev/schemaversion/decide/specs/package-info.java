/**
 * Random resources from the CRD's schema: {@link dev.schemaversion.decide.specs.Resources}
 * generates them, {@link dev.schemaversion.decide.specs.Mutations} makes them invalid, and {@link
 * dev.schemaversion.decide.specs.Crd} says which of them the API server accepts. Begin with {@link
 * dev.schemaversion.decide.specs.Resources}.
 */
package dev.schemaversion.decide.specs;
