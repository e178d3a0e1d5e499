/**
 * {@code adopt}: the manifests for a database that exists, from a folder of migrations and the name
 * of a Secret. If the user asks for it, a temporary resource, which can never migrate, finds out
 * which version the database is at. Begin with {@link
 * dev.schemaversion.cli.kubectl.adopt.AdoptCommand}.
 */
package dev.schemaversion.cli.kubectl.adopt;
