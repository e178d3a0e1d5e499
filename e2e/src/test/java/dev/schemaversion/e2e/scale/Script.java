package dev.schemaversion.e2e.scale;

import com.fasterxml.jackson.databind.JsonNode;

/** Defines how the runners of a test's Jobs end. */
interface Script {
  /**
   * The end of a runner.
   *
   * @param exitCode its exit code
   * @param report its termination message
   */
  record Ending(int exitCode, String report) {}

  /** The end of the runner that was given this request. */
  Ending end(JsonNode request);

  /** Each database is empty, and each sync succeeds and is proven. */
  static Script everythingProven() {
    return request -> {
      boolean baseline = request.path("step").asText().equals("BASELINE");
      boolean empty = baseline || request.has("firstSync");
      var version = baseline ? "null" : '"' + request.path("version").asText() + '"';
      return new Ending(
          0,
          """
          {"step":"%s","outcome":"SUCCEEDED","message":"done","version":%s,%s"migrationsApplied":%d,
           "migrationsDigest":"%s","database":{"server":"7001","name":"%s"},"serverVersion":"17.2",
           "schema":{"header":"postgresql 17","fingerprint":"sha256:a1","history":"sha256:b2"},
           "proof":{"verdict":"Equal","version":%s,"differences":0,"ignored":{}}}"""
              .formatted(
                  request.path("step").asText(),
                  version,
                  empty ? "\"baseline\":{\"source\":\"EMPTY\"}," : "",
                  baseline ? 0 : 1,
                  request.path("migrationsDigest").asText(),
                  request.path("resource").asText(),
                  version));
    };
  }

  /** No database answers, which is tried again with back-off. */
  static Script unreachable() {
    return failing("DATABASE_UNREACHABLE", 10);
  }

  /** A person has to say first which version each database is. */
  static Script refused() {
    return failing("BASELINE_REQUIRED", 30);
  }

  private static Script failing(String outcome, int exitCode) {
    return request ->
        new Ending(
            exitCode,
            """
            {"step":"%s","outcome":"%s","message":"so says the test","migrationsApplied":0,"migrationsDigest":"%s"}"""
                .formatted(
                    request.path("step").asText(),
                    outcome,
                    request.path("migrationsDigest").asText()));
  }
}
