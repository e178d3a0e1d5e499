package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** The custom resource: the schema version that a database must have. */
@Group(Names.GROUP)
@Version(Names.VERSION)
@ShortNames("sv")
@AdditionalPrinterColumn(
    name = "VERSION",
    jsonPath = ".status.version",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "WANTED",
    jsonPath = ".spec.version",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type=='Ready')].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "REASON",
    jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "HELD",
    jsonPath = ".status.held",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "ACTIVITY",
    jsonPath = ".status.progress.activity",
    priority = 1,
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "SCRIPT",
    jsonPath = ".status.progress.script",
    priority = 1,
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "OF",
    jsonPath = ".status.progress.scripts",
    priority = 1,
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "SINCE",
    jsonPath = ".status.progress.since",
    priority = 1,
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "WAITS FOR",
    jsonPath = ".status.progress.waitingFor",
    priority = 1,
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$')",
    message =
        "metadata.name must be at most 40 lower-case letters, digits and hyphens: the names and"
            + " labels of Jobs are made from it and end at 63 characters")
@JsonDeserialize(using = SchemaVersionReader.class)
public class SchemaVersion extends CustomResource<SchemaVersionSpec, SchemaVersionStatus>
    implements Namespaced {

  /**
   * Returns the field that could not be parsed, such as {@code spec.database.engine}, or null. A
   * newer release may have written it. The spec or the status with that field is null then.
   */
  @JsonIgnore
  public String getUnreadable() {
    var annotations = getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Names.UNREADABLE);
  }
}
