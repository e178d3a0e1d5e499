package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;

/** What a database is claimed to be, and what is lived with. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.version) || has(self.acceptDifference)",
    message = "baseline must have version or acceptDifference")
public record BaselineSpec(
    @Pattern(Names.VERSION_PATTERN)
        @JsonPropertyDescription(
            "The version that a database with tables but without a migration history is claimed to"
                + " have. The claim is proven first: only if the schema equals that version's is it"
                + " stamped, once, and the later migrations run. An empty database ignores it, so"
                + " the same manifest serves new and old environments.")
        String version,
    @Pattern("^sha256:[0-9a-f]{64}$")
        @JsonPropertyDescription(
            "\"I have seen exactly this difference and live with it\": the digest that the message"
                + " of a refused proof gives (status.proof.digest). It goes on to hold while"
                + " differences disappear; a new difference voids it, and so does taking it out.")
        String acceptDifference) {}
