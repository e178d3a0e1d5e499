package dev.schemaversion.runner.flyway.script;

import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Event;

/**
 * The event that a callback is for.
 *
 * @param event the event of Flyway
 */
public record CallbackEvent(Event event) {
  /**
   * The event in a callback's file name: the longest one, because some are the beginning of others.
   */
  public static CallbackEvent of(Script callback) {
    var name = callback.file().substring(callback.file().lastIndexOf('/') + 1);
    return Stream.of(Event.values())
        .filter(event -> name.startsWith(event.getId()))
        .max((one, two) -> Integer.compare(one.getId().length(), two.getId().length()))
        .map(CallbackEvent::new)
        .orElseThrow();
  }

  /** Whether the callback runs in each migrate, even if no migration is pending. */
  boolean runsAlways() {
    return switch (event) {
      case BEFORE_MIGRATE,
          AFTER_VERSIONED,
          AFTER_MIGRATE,
          AFTER_MIGRATE_OPERATION_FINISH,
          BEFORE_VALIDATE,
          AFTER_VALIDATE,
          AFTER_CONNECT ->
          true;
      default -> false;
    };
  }

  /** Whether the callback can run in a migrate. */
  boolean isOfMigrate() {
    return runsAlways()
        || switch (event) {
          case BEFORE_EACH_MIGRATE,
              AFTER_EACH_MIGRATE,
              BEFORE_EACH_MIGRATE_STATEMENT,
              AFTER_EACH_MIGRATE_STATEMENT,
              BEFORE_REPEATABLES,
              AFTER_MIGRATE_APPLIED,
              BEFORE_CREATE_SCHEMA,
              CREATE_SCHEMA ->
              true;
          default -> false;
        };
  }

  /** Whether the callback runs when the versioned migrations are done. */
  boolean isFinishing() {
    return switch (event) {
      case AFTER_VERSIONED,
          BEFORE_REPEATABLES,
          AFTER_MIGRATE_APPLIED,
          AFTER_MIGRATE,
          AFTER_MIGRATE_OPERATION_FINISH ->
          true;
      default -> false;
    };
  }
}
