package dev.schemaversion.e2e.scale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** A fault of the API server, or of the network before it. By default there is none. */
interface Fault {
  /** An API server that behaves. */
  Fault NONE = new Fault() {};

  /**
   * An answer in the place of the API server's.
   *
   * @param status the HTTP status
   * @param retryAfter in seconds; 0 for none
   * @param body JSON
   */
  record Answer(int status, int retryAfter, String body) {
    /** A failure as the API server words it. */
    static Answer failure(int status, String reason, int retryAfter) {
      return new Answer(status, retryAfter, status(status, reason));
    }

    /** An object of the kind Status. */
    static String status(int code, String reason) {
      return """
      {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%s, says the test","reason":"%s","code":%d}"""
          .formatted(reason, reason, code);
    }
  }

  /** What is answered instead; empty for the API server's own answer. */
  default Optional<Answer> instead(ApiRequest request) {
    return Optional.empty();
  }

  /** How long the answer is kept back. */
  default Duration delay(ApiRequest request) {
    return Duration.ZERO;
  }

  /** After which time a watch is cut in the middle; empty for one that goes on. */
  default Optional<Duration> watchLasts() {
    return Optional.empty();
  }

  /** Whether objects in the answer are changed. */
  default boolean changes(ApiRequest request) {
    return false;
  }

  /** Changes an object in an answer. */
  default void change(ObjectNode object) {}
}
