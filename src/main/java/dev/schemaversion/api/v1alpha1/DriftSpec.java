package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;

/** What is done about changes that others make to the schema. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.interval) || duration(self.interval) == duration('0s') ||"
            + " duration(self.interval) >= duration('10s')",
    message = "drift.interval must be at least 10s, or 0s for never")
public record DriftSpec(
    @Default("1h")
        @Size(min = DurationText.SHORTEST, max = DurationText.LONGEST)
        @Pattern(DurationText.PATTERN)
        @JsonPropertyDescription(
            "How often the schema is compared with what was proven: hours, minutes and seconds,"
                + " such as 1h, 30m, 1h30m or 90s; at least 10s. Each resource has its own offset"
                + " of up to a tenth of it. 0s: never, except when the annotation"
                + " schemaversion.dev/verify gets a new value.")
        String interval,
    @Default("Report")
        @JsonPropertyDescription(
            "Report: a schema that has drifted is told (Proven is False), and workloads are still"
                + " released by the version that was proven. Hold: no further roll-out starts"
                + " until the drift is undone or accepted.")
        OnDrift onDrift) {

  /** Once an hour, and reported. */
  public static final DriftSpec DEFAULT = new DriftSpec("1h", OnDrift.Report);

  /** What follows from drift. */
  public enum OnDrift {
    /** It is told. */
    Report,
    /** It is told, and new roll-outs are held. */
    Hold
  }

  /** {@code interval} with its default; zero for never. */
  public Duration every() {
    return interval == null ? Duration.ofHours(1) : DurationText.parse(interval);
  }

  /** Whether drift holds roll-outs. */
  public boolean holds() {
    return onDrift == OnDrift.Hold;
  }
}
