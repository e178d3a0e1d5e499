/** What users write and read: the SchemaVersion resource. */
package dev.schemaversion.api.v1alpha1;
