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
 * Records Events on resources and workloads. The same Event is told once, restart or not, and again
 * after half an hour if it is still so: the API server forgets Events after one.
 */
@ApplicationScoped
public class Events {
  private static final Logger LOG = Logger.getLogger(Events.class);
  private static final String REPORTER = "schemaversion.dev/operator";

  /** The API server's limit for a note. */
  private static final int NOTE_BYTES = 1024;

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Duration REMEMBERED = Duration.ofMinutes(30);
  private static final int MOST_REMEMBERED = 10_000;

  private final KubernetesClient client;
  private final Clock clock;

  /** So that a thousand held pods that are judged again ask the API server nothing. */
  private final Map<String, Instant> told =
      Collections.synchronizedMap(new BoundedLruMap<>(MOST_REMEMBERED));

  public Events(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Records an Event, if it is not known. That it cannot be is logged and does not stop anything.
   *
   * @param regarding what it is about
   * @param warning whether a person should look
   * @param reason in one word
   * @param note in a sentence
   */
  public void record(HasMetadata regarding, boolean warning, String reason, String note) {
    var metadata = regarding.getMetadata();
    var text = shortened(note);
    var identity = metadata.getUid() + metadata.getGeneration() + reason + text;
    var name =
        metadata.getName()
            + "."
            + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    var now = clock.instant();
    var last = told.get(name);
    if (last != null && now.isBefore(last.plus(REMEMBERED))) {
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
      told.put(name, now);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        told.put(name, now);
      } else {
        LOG.warnf("Event %s on %s not recorded: %s", reason, metadata.getName(), e.getMessage());
      }
    }
  }

  private static String shortened(String note) {
    var bytes = note.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= NOTE_BYTES) {
      return note;
    }
    int end = NOTE_BYTES - 4;
    // Back to the start of a character.
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…";
  }
}
