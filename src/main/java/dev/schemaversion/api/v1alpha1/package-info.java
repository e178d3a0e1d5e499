/**
 * The API: the SchemaVersion resource as users write and read it. The CRD is generated from these
 * classes. Begin with {@link dev.schemaversion.api.v1alpha1.SchemaVersionSpec}.
 */
package dev.schemaversion.api.v1alpha1;
