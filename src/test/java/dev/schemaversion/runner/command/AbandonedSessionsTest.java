package dev.schemaversion.runner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.OtherSessions;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.Log;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which sessions are awaited, with the server's answers given one after the other. */
class AbandonedSessionsTest {
  private final Deque<List<OtherSessions.Session>> answers = new ArrayDeque<>();
  private Duration limit = Duration.ofMinutes(5);
  private boolean stop;

  private void await(String... others) throws Exception {
    var log = new Log(new PrintStream(OutputStream.nullOutputStream()));
    // The last answer does not change any more.
    OtherSessions server = () -> answers.size() > 1 ? answers.pop() : answers.peek();
    new AbandonedSessions(server, limit, () -> stop, log)
        .await(Set.of(others), "The tool was killed.", Outcome.CONNECTION_LOST);
  }

  /** An answer of the server; sessions that execute a statement have an exclamation mark. */
  private AbandonedSessionsTest answer(String... sessions) {
    answers.add(
        Stream.of(sessions)
            .map(
                name -> {
                  var id = name.replace("!", "");
                  return new OtherSessions.Session(
                      id, name.endsWith("!"), "process " + id, "SELECT end(" + id + ")");
                })
            .toList());
    return this;
  }

  @Test
  void nothingIsAwaitedIfNoSessionExecutesAnything() throws Exception {
    answer("1", "2").await();
  }

  @Test
  void aSessionIsAwaitedUntilItEnds() throws Exception {
    answer("1!", "2").answer("1!", "2!").answer("2!").await();
    assertThat(answers).hasSize(1);
  }

  @Test
  void aSessionThatWaitsForItsNextStatementIsNotAwaitedLonger() throws Exception {
    answer("1!").answer("1").await();
  }

  @Test
  void whatAProgramBeginsMeanwhileIsNotAwaited() throws Exception {
    answer("1!").answer("1!", "3!").answer("3!").await();
  }

  @Test
  void sessionsFromBeforeTheToolAreNotAwaited() throws Exception {
    answer("7!", "8!").await("7", "8");
  }

  @Test
  void aStatementThatIsLongerThanTheLimitIsNamed() {
    limit = Duration.ZERO;
    answer("1", "2!");
    assertThatThrownBy(this::await)
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "The tool was killed. The server still executes a statement of this user (process 2),"
                + " perhaps the one that the tool had sent. The operator retries when it has ended,"
                + " and proves the schema first. To end it, run SELECT end(2).");
  }

  @Test
  void aRunThatIsAskedToStopDoesNotWait() {
    stop = true;
    answer("2!");
    assertThatThrownBy(this::await).isInstanceOf(RunFailure.class);
  }

  @Test
  void theSessionsThatExistAreIdentified() throws Exception {
    answer("1!", "2");
    var log = new Log(new PrintStream(OutputStream.nullOutputStream()));
    assertThat(new AbandonedSessions(answers::peek, limit, () -> false, log).existing())
        .containsExactlyInAnyOrder("1", "2");
  }
}
