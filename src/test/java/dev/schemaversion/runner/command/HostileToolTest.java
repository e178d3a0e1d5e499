package dev.schemaversion.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.command.ToolFixture.OnEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool that looks for the Secret through the folder that it shares with the runner. */
class HostileToolTest {
  @TempDir Path root;
  private ToolFixture tool;

  @AfterEach
  void close() {
    tool.close();
  }

  @Test
  void aLinkInThePlaceOfTheExitCodeIsNotFollowed() {
    assertThatThePasswordIsNowhere("ln -sf %1$s %2$s/exit.new; ln -sf %1$s %2$s/exit");
  }

  @Test
  void aLinkInThePlaceOfTheOutputIsNotFollowed() {
    assertThatThePasswordIsNowhere("rm -f %2$s/output; ln -s %1$s %2$s/output");
  }

  @Test
  void aLinkInThePlaceOfTheNextOrderIsReplaced() {
    assertThatThePasswordIsNowhere("ln -sf %1$s %2$s/order.new; echo secret 1>&2; cat %2$s/order");
  }

  private void assertThatThePasswordIsNowhere(String script) {
    tool = new ToolFixture(OnEngine.POSTGRESQL, root);
    tool.migrateWith(
        script.formatted(root.resolve("run/schemaversion/secret/password"), tool.shell.folder()));
    tool.job.limits = new RunLimits(20, 5, null);

    var ended = tool.job.sync();

    assertThat(ended.log()).doesNotContain(tool.database.password());
    assertThat(String.valueOf(ended.report())).doesNotContain(tool.database.password());
  }
}
