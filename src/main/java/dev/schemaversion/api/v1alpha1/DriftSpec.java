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
            "The interval at which a verify Job compares the schema with the proven one, in "
                + "hours, minutes and seconds, such as 1h, 30m, 1h30m or 90s; at least 10s. Each "
                + "resource varies the interval by up to a tenth, so that resources applied "
                + "together do not run together. With 0s the operator verifies only when the "
                + "annotation schemaversion.dev/verify gets a new value.")
        String interval,
    @Default("Report")
        @JsonPropertyDescription(
            "What follows when the schema has drifted. Report: condition Proven becomes "
                + "False, and the gate still releases workloads by the proven version. Hold: the "
                + "gate also holds new roll-outs until the drift is undone or accepted.")
        OnDrift onDrift) {

  /** The default: verify once an hour and report drift. */
  public static final DriftSpec DEFAULT = new DriftSpec("1h", OnDrift.Report);

  /** The consequence of drift. */
  public enum OnDrift {
    /** Drift is reported. */
    Report,
    /** Drift is reported, and the gate holds new roll-outs. */
    Hold
  }

  /** {@code interval} with its default; zero if the operator verifies only on demand. */
  public Duration every() {
    return interval == null ? Duration.ofHours(1) : DurationText.parse(interval);
  }

  /** Returns whether the gate holds roll-outs while the schema has drifted. */
  public boolean holds() {
    return onDrift == OnDrift.Hold;
  }
}
