/**
 * The commands that only read: {@code status}, {@code plan}, {@code diff}, {@code history} and
 * {@code logs}. What they print is made by pure functions; time is passed in. Begin with {@link
 * dev.schemaversion.cli.kubectl.show.StatusView}.
 */
package dev.schemaversion.cli.kubectl.show;
