package dev.schemaversion.operator.reconcile;

import dev.schemaversion.operator.watch.BoundedLruMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Emits Events on resources and workloads. The name of an Event is a digest of its content, so the
 * same Event is emitted once, also after a restart of the operator. If its cause persists, it is
 * emitted again after half an hour, because the API server deletes Events after an hour.
 */
@ApplicationScoped
public class Events {
  private static final Logger LOG = Logger.getLogger(Events.class);
  private static final String REPORTER = "schemaversion.dev/operator";

  /** The API server's limit for a note. */
  private static final int NOTE_BYTES = 1024;

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Duration REPEAT_AFTER = Duration.ofMinutes(30);
  private static final int MAX_CACHED = 10_000;

  private final KubernetesClient client;
  private final Clock clock;

  /**
   * When each Event was emitted, by name. Thousands of held pods are reconciled again without a
   * request to the API server.
   */
  private final Map<String, Instant> emitted =
      Collections.synchronizedMap(new BoundedLruMap<>(MAX_CACHED));

  public Events(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Emits an Event, unless it was emitted in the last half hour. A failure is logged and ignored.
   *
   * @param regarding the object that the Event is about
   * @param warning whether the type is Warning instead of Normal
   * @param reason the reason, in CamelCase
   * @param note the message; the end is cut if it is longer than the API server's limit
   */
  public void emit(HasMetadata regarding, boolean warning, String reason, String note) {
    var metadata = regarding.getMetadata();
    var text = truncated(note);
    var identity = metadata.getUid() + metadata.getGeneration() + reason + text;
    var name =
        metadata.getName()
            + "."
            + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    var now = clock.instant();
    var last = emitted.get(name);
    if (last != null && now.isBefore(last.plus(REPEAT_AFTER))) {
      return;
    }
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(metadata.getNamespace())
            .endMetadata()
            .withEventTime(new MicroTime(MICROS.format(now)))
            .withReportingController(REPORTER)
            .withReportingInstance("schemaversion-operator")
            .withAction("Reconcile")
            .withType(warning ? "Warning" : "Normal")
            .withReason(reason)
            .withNote(text)
            .withRegarding(
                new ObjectReferenceBuilder()
                    .withApiVersion(regarding.getApiVersion())
                    .withKind(regarding.getKind())
                    .withNamespace(metadata.getNamespace())
                    .withName(metadata.getName())
                    .withUid(metadata.getUid())
                    .build())
            .build();
    try {
      client.resource(event).create();
      emitted.put(name, now);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        emitted.put(name, now);
      } else {
        LOG.warnf("cannot emit Event %s on %s: %s", reason, metadata.getName(), e.getMessage());
      }
    }
  }

  private static String truncated(String note) {
    var bytes = note.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= NOTE_BYTES) {
      return note;
    }
    int end = NOTE_BYTES - 4;
    // Moves back to the first byte of a character.
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…";
  }
}
