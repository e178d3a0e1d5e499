package dev.schemaversion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events are emitted once, with notes that fit the API server's limit. */
@EnableKubernetesMockClient(https = false, crud = true)
class EventsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  KubernetesClient client;
  private Events events;

  private final ConfigMap regarding =
      new ConfigMapBuilder()
          .withNewMetadata()
          .withName("glance")
          .withNamespace("glance")
          .withUid("u")
          .withGeneration(1L)
          .endMetadata()
          .build();

  @BeforeEach
  void events() {
    events = new Events(client, CLOCK);
  }

  @Test
  void anEventRefersToItsObject() {
    events.emit(regarding, true, "MigrationFailed", "a statement failed");

    assertThat(recorded())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getReason()).isEqualTo("MigrationFailed");
              assertThat(event.getNote()).isEqualTo("a statement failed");
              assertThat(event.getRegarding().getKind()).isEqualTo("ConfigMap");
              assertThat(event.getRegarding().getName()).isEqualTo("glance");
              assertThat(event.getRegarding().getUid()).isEqualTo("u");
              assertThat(event.getEventTime().getTime()).isEqualTo("2026-03-01T12:00:00.000000Z");
            });
  }

  @Test
  void theSameEventIsEmittedOnceAlsoAfterARestart() {
    events.emit(regarding, false, "AtVersion", "the database is at 13");
    new Events(client, Clock.offset(CLOCK, Duration.ofMinutes(5)))
        .emit(regarding, false, "AtVersion", "the database is at 13");

    assertThat(recorded()).hasSize(1);
  }

  @Test
  void anEmittedEventIsNotSentAgainForHalfAnHour() {
    var now = new AtomicReference<>(CLOCK.instant());
    InstantSource source = now::get;
    var cachingEvents = new Events(client, source.withZone(ZoneOffset.UTC));
    cachingEvents.emit(regarding, false, "AtVersion", "the database is at 13");
    client.events().v1().events().inNamespace("glance").delete();

    now.set(CLOCK.instant().plus(Duration.ofMinutes(29)));
    cachingEvents.emit(regarding, false, "AtVersion", "the database is at 13");
    assertThat(recorded()).isEmpty();

    now.set(CLOCK.instant().plus(Duration.ofMinutes(30)));
    cachingEvents.emit(regarding, false, "AtVersion", "the database is at 13");
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void anotherNoteIsAnotherEvent() {
    events.emit(regarding, false, "AtVersion", "the database is at 13");
    events.emit(regarding, false, "AtVersion", "the database is at 14");

    assertThat(recorded()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "€", "𝄞", "x€", "xx€", "éx𝄞"})
  void aLongNoteIsTruncatedBetweenTwoCharacters(String character) {
    var note = character.repeat(1500);
    events.emit(regarding, true, "MigrationFailed", note);

    var kept = recorded().getFirst().getNote();
    assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1000, 1024);
    assertThat(kept).endsWith("…").doesNotContain("\ufffd");
    assertThat(note).startsWith(kept.substring(0, kept.length() - 1));
  }

  @Test
  void aNoteWithinTheLimitIsUnchanged() {
    var note = "€".repeat(341) + "x";
    events.emit(regarding, true, "MigrationFailed", note);

    assertThat(recorded().getFirst().getNote()).isEqualTo(note);
  }

  @Test
  void aRejectedEventIsNoError() {
    var forbidding =
        (KubernetesClient)
            Proxy.newProxyInstance(
                KubernetesClient.class.getClassLoader(),
                new Class<?>[] {KubernetesClient.class},
                (proxy, method, arguments) -> {
                  throw new KubernetesClientException("forbidden", 403, null);
                });

    assertThatCode(
            () ->
                new Events(forbidding, CLOCK)
                    .emit(regarding, true, "MigrationFailed", "a statement failed"))
        .doesNotThrowAnyException();
  }

  private List<Event> recorded() {
    return client.events().v1().events().inNamespace("glance").list().getItems();
  }
}
