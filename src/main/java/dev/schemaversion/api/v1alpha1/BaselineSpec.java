package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;

/** The claimed starting version of an existing database, and the accepted schema difference. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.version) || has(self.acceptDifference)",
    message = "baseline must have version or acceptDifference")
public record BaselineSpec(
    @Pattern(Names.VERSION_NAME_PATTERN)
        @JsonPropertyDescription(
            "The version that a database with tables but without a migration history is "
                + "claimed to have, as an integer or text. The baseline Job proves the claim first: "
                + "only when the schema equals the schema of this version does the Job stamp it, "
                + "once, and only then do later migrations run. An empty database ignores the "
                + "field, so one manifest serves new and existing environments. 0, which no "
                + "migration need have, claims that nothing of these migrations has run and that "
                + "what is there belongs to others, as proof.ignore names it.")
        String version,
    @Pattern("^sha256:[0-9a-f]{64}$")
        @JsonPropertyDescription(
            "The digest of a schema difference that you accept, as status.proof.digest gives "
                + "it after a failed proof. The acceptance stays valid while differences disappear. "
                + "A new difference voids it, and so does removing the field.")
        String acceptDifference) {}
