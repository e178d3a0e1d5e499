package dev.schemaversion.runner.failures;

import java.util.List;

/**
 * A place where a failure is created.
 *
 * @param place class and method
 * @param texts the string literals that its message may be made of
 * @param retried whether the operator retries what ends so
 */
record FailureSite(String place, List<String> texts, boolean retried) {}
