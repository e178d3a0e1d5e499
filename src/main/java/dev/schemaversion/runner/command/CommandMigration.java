package dev.schemaversion.runner.command;

import dev.schemaversion.runner.proof.PendingMigration;
import java.util.List;
import java.util.Optional;

/** What the tool does to reach a version from the one before. Its statements are not known. */
record CommandMigration(String name) implements PendingMigration {
  @Override
  public Optional<String> version() {
    return Optional.of(name);
  }

  @Override
  public String checksum() {
    return null;
  }

  @Override
  public List<String> statements() {
    return List.of();
  }

  @Override
  public void inspect() {
    // The tool's own files are not known.
  }
}
