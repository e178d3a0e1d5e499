package dev.schemaversion.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the log begins is the activity, and whoever waits for the next one gets it. */
class CurrentActivityTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final CurrentActivity activity = new CurrentActivity(now::get);
  private final Log log =
      new Log(
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), activity);

  @Test
  void aScriptIsAnActivityWithItsNumberAndWhenItBegan() throws InterruptedException {
    log.belongsTo("glance-sync-1");
    now.set(Instant.parse("2026-03-01T12:05:00.7Z"));
    log.script("running", "V9__name.sql", 3, 13);

    assertThat(present())
        .isEqualTo(
            new Progress(
                "glance-sync-1", 2, "running V9__name.sql", 3, 13, "2026-03-01T12:05:00Z", null));
  }

  @Test
  void theNextActivityHasNoNumberAndWaitsForNothing() throws InterruptedException {
    log.script("running", "V9__name.sql", 3, 13);
    log.waiting("other sessions: process 7");
    log.begin("proving version 9");

    assertThat(present().script()).isNull();
    assertThat(present().waitingFor()).isNull();
  }

  @Test
  void anActivityThatGoesOnKeepsItsBeginning() throws InterruptedException {
    log.begin("copying the rows of 2 tables");
    now.set(now.get().plusSeconds(30));
    log.proceed("copying images: 1000 rows");

    assertThat(present().activity()).isEqualTo("copying images: 1000 rows");
    assertThat(present().since()).isEqualTo("2026-03-01T12:00:00Z");
  }

  @Test
  void whatItWaitsForAgainIsNoChange() throws InterruptedException {
    log.waiting("other sessions: process 7");
    long revision = present().revision();
    log.waiting("other sessions: process 7");
    assertThat(present().revision()).isEqualTo(revision);

    log.waitsNoLonger();
    log.waitsNoLonger();
    assertThat(present().revision()).isEqualTo(revision + 1);
  }

  @Test
  void aLongTextIsCut() throws InterruptedException {
    log.begin("x".repeat(5000));

    assertThat(present().activity()).hasSizeLessThan(400).endsWith("…");
  }

  @Test
  void whoeverWaitsForTheNextChangeGetsIt() throws InterruptedException {
    long revision = present().revision();
    var next =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return activity.after(revision, LONG);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    log.begin("proving version 9");

    assertThat(next.join().activity()).isEqualTo("proving version 9");
  }

  @Test
  void withoutAChangeThePresentOneIsReturnedAtTheEnd() throws InterruptedException {
    var present = present();

    assertThat(activity.after(present.revision(), Duration.ofMillis(20))).isEqualTo(present);
  }

  private Progress present() throws InterruptedException {
    return activity.after(-1, LONG);
  }
}
