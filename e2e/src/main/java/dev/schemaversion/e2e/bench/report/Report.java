package dev.schemaversion.e2e.bench.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The figures of all scenarios in a folder: {@code bench.json}, and made of it {@code bench.md} and
 * {@code bench.svg}. A scenario that is not measured again keeps its figures.
 */
public final class Report {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final Map<String, ScenarioFigures> scenarios;

  private Report(Path folder, Map<String, ScenarioFigures> scenarios) {
    this.folder = folder;
    this.scenarios = scenarios;
  }

  /** Reads the figures that are in a folder. */
  public static Report in(Path folder) throws IOException {
    var file = folder.resolve("bench.json");
    return new Report(
        folder,
        Files.exists(file)
            ? JSON.readValue(
                file.toFile(), new TypeReference<TreeMap<String, ScenarioFigures>>() {})
            : new TreeMap<>());
  }

  /** Returns the figures by the names of the scenarios. */
  public Map<String, ScenarioFigures> scenarios() {
    return scenarios;
  }

  /** Puts in a scenario's figures, and writes the files. */
  public void put(String name, ScenarioFigures figures) throws IOException {
    scenarios.put(name, figures);
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("bench.json").toFile(), scenarios);
    Files.writeString(folder.resolve("bench.md"), markdown());
    Files.writeString(folder.resolve("bench.svg"), new Plot(scenarios.values()).svg());
  }

  private String markdown() {
    return scenarios.values().stream().map(Report::markdown).collect(Collectors.joining("\n"));
  }

  private static String markdown(ScenarioFigures scenario) {
    var text = new StringBuilder();
    text.append("## ").append(scenario.title()).append("\n\n");
    text.append(scenario.date()).append(", ").append(scenario.machine().inWords());
    text.append(".\n\n").append(Table.seconds(scenario).markdown());
    if (!scenario.showsParts()) {
      return text.toString();
    }
    text.append("\n").append(Table.parts(scenario).markdown());
    for (var way : scenario.ways()) {
      text.append("\n### ").append(way.way()).append("\n\n");
      text.append(Table.moments(way).markdown());
    }
    return text.toString();
  }
}
