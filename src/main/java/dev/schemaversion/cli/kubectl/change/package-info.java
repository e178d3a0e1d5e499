/**
 * The commands that change a resource: {@code approve}, {@code retry}, {@code verify}, {@code
 * suspend} and {@code resume}. Each sets one annotation or {@code spec.suspend} by a merge patch,
 * and says what follows. Begin with {@link dev.schemaversion.cli.kubectl.change.RetryCommand}.
 */
package dev.schemaversion.cli.kubectl.change;
