package dev.schemaversion.cli.kubectl.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An Event about a resource.
 *
 * @param reason its reason
 * @param message its message
 * @param at when it was last emitted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(String reason, String message, String at) {
  private static final int SHOWN = 3;

  /** Returns the newest Events of type Warning, the newest first. */
  static List<EventView> warnings(List<Event> events) {
    return events.stream()
        .filter(event -> "Warning".equals(event.getType()))
        .map(event -> new EventView(event.getReason(), event.getMessage(), time(event)))
        .sorted(Comparator.comparing(EventView::at).reversed())
        .limit(SHOWN)
        .toList();
  }

  /** Returns when an Event was last emitted. */
  private static String time(Event event) {
    var emitted = event.getEventTime() == null ? null : event.getEventTime().getTime();
    return Stream.of(event.getLastTimestamp(), emitted, event.getMetadata().getCreationTimestamp())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }
}
