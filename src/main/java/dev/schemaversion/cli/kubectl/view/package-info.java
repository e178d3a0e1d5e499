/**
 * What the plugin prints, made by pure functions of the objects that the API server lists; time is
 * passed in. Begin with {@link dev.schemaversion.cli.kubectl.view.StatusView}.
 */
package dev.schemaversion.cli.kubectl.view;
