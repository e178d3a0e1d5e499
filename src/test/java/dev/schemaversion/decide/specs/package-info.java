/**
 * Resources by chance, made from the CRD's own schema: {@link
 * dev.schemaversion.decide.specs.Resources} makes them, {@link
 * dev.schemaversion.decide.specs.Mischief} spoils them, and {@link
 * dev.schemaversion.decide.specs.Crd} says which of them the API server lets through.
 */
package dev.schemaversion.decide.specs;
