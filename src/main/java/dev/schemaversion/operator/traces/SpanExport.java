package dev.schemaversion.operator.traces;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Hands spans to OpenTelemetry. The identifiers of a trace and of its root are derived from a name,
 * so that spans of one trace can be exported one after the other, and by different replicas.
 */
final class SpanExport {
  private static final int TRACE_ID_LENGTH = 32;
  private static final int SPAN_ID_LENGTH = 16;
  private static final String SCOPE = "schemaversion-operator";

  private final Tracer tracer;
  private final RootIds ids;

  private SpanExport(Tracer tracer, RootIds ids) {
    this.tracer = tracer;
    this.ids = ids;
  }

  /** Creates the export as OpenTelemetry's environment variables say. */
  static SpanExport fromEnvironment() {
    var ids = new RootIds();
    var sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(
                () ->
                    Map.of(
                        "otel.service.name", SCOPE,
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none",
                        "otel.exporter.otlp.protocol", "http/protobuf"))
            .addTracerProviderCustomizer((provider, properties) -> provider.setIdGenerator(ids))
            .build()
            .getOpenTelemetrySdk();
    return new SpanExport(sdk.getTracer(SCOPE), ids);
  }

  /** Creates the export to a provider that is built here, for tests. */
  static SpanExport to(UnaryOperator<SdkTracerProviderBuilder> with) {
    var ids = new RootIds();
    var provider = with.apply(SdkTracerProvider.builder().setIdGenerator(ids)).build();
    return new SpanExport(provider.get(SCOPE), ids);
  }

  /**
   * Exports spans.
   *
   * @param trace the name of the trace
   */
  void export(String trace, List<TracedSpan> spans) {
    var hash = hash(trace);
    var root =
        SpanContext.createFromRemoteParent(
            hash.substring(0, TRACE_ID_LENGTH),
            hash.substring(TRACE_ID_LENGTH, TRACE_ID_LENGTH + SPAN_ID_LENGTH),
            TraceFlags.getSampled(),
            TraceState.getDefault());
    var started = new HashMap<String, Context>();
    for (var span : spans) {
      var parent =
          span.root()
              ? Context.root()
              : started.getOrDefault(span.parent(), Context.root().with(Span.wrap(root)));
      var begun = span.root() ? ids.as(root, () -> begin(span, parent)) : begin(span, parent);
      started.put(span.name(), parent.with(begun));
      if (span.failure() != null) {
        begun.setStatus(StatusCode.ERROR, span.failure());
      }
      begun.end(span.end());
    }
  }

  private Span begin(TracedSpan span, Context parent) {
    var builder = tracer.spanBuilder(span.name()).setParent(parent).setStartTimestamp(span.start());
    span.attributes()
        .forEach((key, value) -> builder.setAttribute(AttributeKey.stringKey(key), value));
    return builder.startSpan();
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JVM has SHA-256", e);
    }
  }

  /** Random identifiers, but those of a root span are given. */
  private static final class RootIds implements IdGenerator {
    private static final ThreadLocal<SpanContext> GIVEN = new ThreadLocal<>();

    Span as(SpanContext root, Supplier<Span> begin) {
      GIVEN.set(root);
      try {
        return begin.get();
      } finally {
        GIVEN.remove();
      }
    }

    @Override
    public String generateTraceId() {
      var root = GIVEN.get();
      return root == null ? IdGenerator.random().generateTraceId() : root.getTraceId();
    }

    @Override
    public String generateSpanId() {
      var root = GIVEN.get();
      return root == null ? IdGenerator.random().generateSpanId() : root.getSpanId();
    }
  }
}
