package dev.schemaversion.runner.command;

import dev.schemaversion.contract.request.ToolCommand;
import dev.schemaversion.runner.engine.Login;
import dev.schemaversion.runner.report.RunContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tool of {@code spec.migrations.command}, in its container. */
final class ContainerTool implements Tool {
  private final ToolCommand command;
  private final ToolContainer container;
  private final RunContext run;

  ContainerTool(RunContext run, ToolContainer container) {
    this.command = run.request().command();
    this.container = container;
    this.run = run;
  }

  @Override
  public Ended migrate(Login login, String version) {
    return call(command.migrate(), "migrate", login, version);
  }

  @Override
  public Ended stamp(Login login, String version) {
    return call(command.stamp(), "stamp", login, version);
  }

  private Ended call(List<String> program, String field, Login login, String version) {
    var ended =
        container.run(
            order(program, field, login, version), run.shutdown().remaining().orElse(null));
    // What is left of the limit is nobody's figure.
    return ended.limit() == null
        ? ended
        : new Ended(
            ended.program(), ended.exitCode(), run.request().limitsOrDefault().run(), ended.last());
  }

  private ToolOrder order(List<String> program, String field, Login login, String version) {
    var variables = new Variables(login, version);
    return new ToolOrder(
        program.stream().map(text -> variables.replace(text, field)).toList(),
        replaced(command.env(), "env", variables),
        replaced(command.files(), "files", variables),
        // A tool could find the Secret while it works on the scratch server, too.
        List.of(login.password(), run.target().password()));
  }

  private static Map<String, String> replaced(
      Map<String, String> texts, String field, Variables variables) {
    var replaced = new TreeMap<String, String>();
    texts.forEach((name, text) -> replaced.put(name, variables.replace(text, field + "." + name)));
    return replaced;
  }
}
