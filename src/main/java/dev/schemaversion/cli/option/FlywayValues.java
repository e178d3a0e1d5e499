package dev.schemaversion.cli.option;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemaversion.api.v1alpha1.FlywaySpec;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code --flyway NAME=VALUE}, with the names of the fields of {@link FlywaySpec}. */
final class FlywayValues {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PLACEHOLDERS = "placeholders";

  private FlywayValues() {}

  /**
   * Returns the options with these values.
   *
   * @param base what the values replace; null for the defaults
   * @param values each {@code NAME=VALUE}
   * @throws UsageError if there is no such option or it cannot have that value
   */
  static FlywaySpec over(FlywaySpec base, List<String> values) {
    ObjectNode all = base == null ? JSON.createObjectNode() : JSON.valueToTree(base);
    for (var each : values) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new UsageError(
            "--flyway %s is not NAME=VALUE, such as --flyway table=history.".formatted(each));
      }
      set(all, each.substring(0, equals), each.substring(equals + 1));
    }
    return all.isEmpty() ? null : JSON.convertValue(all, FlywaySpec.class);
  }

  private static void set(ObjectNode all, String name, String value) {
    if (name.startsWith(PLACEHOLDERS + ".")) {
      all.withObjectProperty(PLACEHOLDERS).put(name.substring(PLACEHOLDERS.length() + 1), value);
      return;
    }
    var type = component(name).map(RecordComponent::getType).orElseThrow(() -> unknown(name));
    if (type == Map.class) {
      throw new UsageError("Write a placeholder as --flyway placeholders.NAME=VALUE.");
    } else if (type == List.class) {
      var list = all.putArray(name);
      Arrays.stream(value.split(",", -1)).map(String::strip).forEach(list::add);
    } else if (type == Boolean.class) {
      all.put(name, bool(name, value));
    } else if (type.isEnum()) {
      all.put(name, constant(name, value, type.getEnumConstants()));
    } else {
      all.put(name, value);
    }
  }

  private static boolean bool(String name, String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new UsageError("--flyway %s is true or false, not “%s”.".formatted(name, value));
    }
    return Boolean.parseBoolean(value);
  }

  private static String constant(String name, String value, Object[] constants) {
    if (Arrays.stream(constants).noneMatch(each -> each.toString().equals(value))) {
      throw new UsageError(
          "--flyway %s is one of %s, not “%s”."
              .formatted(
                  name,
                  Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", ")),
                  value));
    }
    return value;
  }

  private static Optional<RecordComponent> component(String name) {
    return Arrays.stream(FlywaySpec.class.getRecordComponents())
        .filter(each -> each.getName().equals(name))
        .findFirst();
  }

  private static UsageError unknown(String name) {
    return new UsageError(
        "--flyway has no option “%s”; it has %s."
            .formatted(
                name,
                Arrays.stream(FlywaySpec.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .sorted()
                    .collect(Collectors.joining(", "))));
  }
}
