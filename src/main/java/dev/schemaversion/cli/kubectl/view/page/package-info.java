/**
 * The pages of {@code dashboard}, made as HTML by pure functions of what the API server lists; time
 * is passed in. Begin with {@link dev.schemaversion.cli.kubectl.view.page.Dashboard}.
 */
package dev.schemaversion.cli.kubectl.view.page;
