/**
 * The commands that only read: {@code status}, {@code plan}, {@code diff}, {@code history} and
 * {@code logs}. Begin with {@link dev.schemaversion.cli.kubectl.show.StatusCommand}.
 */
package dev.schemaversion.cli.kubectl.show;
