package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/** What an unversioned database is claimed to be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BaselineSpec(
    @Required
        @Pattern(Names.VERSION_PATTERN)
        @JsonPropertyDescription(
            "The version that a database with tables but without a migration history has. It is"
                + " stamped once, then the later migrations run. An empty database ignores it, so"
                + " the same manifest serves new and old environments.")
        String version) {}
