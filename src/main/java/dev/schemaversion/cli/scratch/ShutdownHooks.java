package dev.schemaversion.cli.scratch;

/** Takes back hooks that are no longer needed. */
final class ShutdownHooks {
  private ShutdownHooks() {}

  static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs.
    }
  }
}
