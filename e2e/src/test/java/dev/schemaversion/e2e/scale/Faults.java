package dev.schemaversion.e2e.scale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemaversion.e2e.scale.Fault.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** The injected faults of the API server. */
final class Faults {
  private Faults() {}

  /** This share of the requests is one too many, and may come again in a second. */
  static Fault throttling(double share) {
    return answering(share, Answer.failure(429, "TooManyRequests", 1));
  }

  /** Every request fails inside the API server. */
  static Fault failing(int status) {
    return answering(1, Answer.failure(status, "InternalError", 0));
  }

  private static Fault answering(double share, Answer answer) {
    return new Fault() {
      @Override
      public Optional<Answer> instead(ApiRequest request) {
        return ThreadLocalRandom.current().nextDouble() < share
            ? Optional.of(answer)
            : Optional.empty();
      }
    };
  }

  /** Every list takes this long. */
  static Fault slowLists(Duration time) {
    return new Fault() {
      @Override
      public Duration delay(ApiRequest request) {
        return request.is("list") ? time : Duration.ZERO;
      }
    };
  }

  /** No watch lasts longer. */
  static Fault cutWatches(Duration after) {
    return new Fault() {
      @Override
      public Optional<Duration> watchLasts() {
        return Optional.of(after);
      }
    };
  }

  /**
   * What a watch or a list wants to go on from is forgotten already: watches begin with an error,
   * and so do second pages. Those that are open are cut.
   */
  static Fault forgetting() {
    return new Fault() {
      @Override
      public Optional<Duration> watchLasts() {
        return Optional.of(Duration.ZERO);
      }

      @Override
      public Optional<Answer> instead(ApiRequest request) {
        var expired = Answer.status(410, "Expired");
        if (request.is("watch")) {
          return Optional.of(
              new Answer(200, 0, "{\"type\":\"ERROR\",\"object\":%s}\n".formatted(expired)));
        }
        return request.is("list") && request.query().contains("continue=")
            ? Optional.of(new Answer(410, 0, expired))
            : Optional.empty();
      }
    };
  }

  /** One object of a resource differs from what is stored. */
  static Fault changing(String resource, String name, Consumer<ObjectNode> change) {
    return new Fault() {
      @Override
      public boolean changes(ApiRequest request) {
        return request.about(resource);
      }

      @Override
      public void change(ObjectNode object) {
        if (object.at("/metadata/name").asText().equals(name)) {
          change.accept(object);
        }
      }
    };
  }

  /**
   * Lists end in the middle of an object, as when a proxy or the API server's timeout cuts them.
   * The watches that are open are ended, so that lists are needed.
   */
  static Fault truncatingLists() {
    var half =
        "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},"
            + "\"items\":[{\"metadata\":{\"name\":\"a\"";
    return new Fault() {
      @Override
      public Optional<Duration> watchLasts() {
        return Optional.of(Duration.ZERO);
      }

      @Override
      public Optional<Answer> instead(ApiRequest request) {
        if (request.is("watch")) {
          var expired = Answer.status(410, "Expired");
          return Optional.of(
              new Answer(200, 0, "{\"type\":\"ERROR\",\"object\":%s}\n".formatted(expired)));
        }
        return request.is("list") ? Optional.of(new Answer(200, 0, half)) : Optional.empty();
      }
    };
  }
}
