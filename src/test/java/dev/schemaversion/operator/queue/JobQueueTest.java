package dev.schemaversion.operator.queue;

import static dev.schemaversion.operator.queue.QueueFixture.job;
import static dev.schemaversion.operator.queue.QueueFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.JobDemand;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A resource gets a place for its Job within the limits, and keeps it until the Job has ended. */
class JobQueueTest {
  private static final JobLimits ONE = new JobLimits(1, 0, 0);

  private final SchemaVersion first = resource("orders", "first", "db");
  private final SchemaVersion second = resource("orders", "second", "db");
  private final SchemaVersion third = resource("orders", "third", "db");
  private final SchemaVersion elsewhere = resource("billing", "elsewhere", "db.orders.svc");

  static Stream<Arguments> limits() {
    return Stream.of(
        Arguments.of(
            new JobLimits(1, 0, 0), "run as the operator's setting SCHEMAVERSION_MAX_JOBS=1"),
        Arguments.of(
            new JobLimits(0, 1, 0),
            "run in namespace orders as the operator's setting SCHEMAVERSION_MAX_JOBS_PER_NAMESPACE=1"),
        Arguments.of(
            new JobLimits(0, 0, 1),
            "run on the database server db.orders:5432 as the operator's setting SCHEMAVERSION_MAX_JOBS_PER_SERVER=1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void theMessageNamesTheLimitThatIsReached(JobLimits limits, String message) {
    var queue = new QueueFixture(limits).queue;
    queue.ask(first, JobDemand.CREATE);

    assertThat(queue.ask(second, JobDemand.CREATE))
        .hasValueSatisfying(m -> assertThat(m).contains(message));
    assertThat(queue.running()).isEqualTo(1);
    assertThat(queue.waiting()).isEqualTo(1);
  }

  @Test
  void withoutLimitsNobodyWaits() {
    var queue = new QueueFixture(new JobLimits(0, 0, 0)).queue;

    assertThat(
            Stream.of(first, second, third).flatMap(r -> queue.ask(r, JobDemand.CREATE).stream()))
        .isEmpty();
    assertThat(queue.running()).isEqualTo(3);
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        ending(
            "the Job has ended",
            (f, r) -> {
              f.seen(r);
              f.ended(r);
            }),
        ending(
            "the Job was deleted",
            (f, r) -> {
              f.seen(r);
              f.queue.running();
              f.deleted(r);
            }),
        ending("the API server has rejected the Job", (f, r) -> f.queue.rejected(r)),
        ending("no Job has appeared for minutes", (f, r) -> f.pass(Duration.ofMinutes(3))));
  }

  private static Arguments ending(String name, BiConsumer<QueueFixture, SchemaVersion> happens) {
    return Arguments.of(name, happens);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  void thePlaceIsFreeWhen(String name, BiConsumer<QueueFixture, SchemaVersion> happens) {
    var fixture = new QueueFixture(ONE);
    fixture.queue.ask(first, JobDemand.CREATE);
    fixture.queue.ask(second, JobDemand.CREATE);
    fixture.queue.sending(first, job(first));
    assertThat(fixture.queue.admitted()).as("before").isEmpty();

    happens.accept(fixture, first);

    assertThat(fixture.queue.admitted()).as(name).containsExactly(ResourceID.fromResource(second));
    assertThat(fixture.queue.ask(second, JobDemand.CREATE)).as(name).isEmpty();
  }

  static Stream<Arguments> givingUp() {
    return Stream.of(
        ending("it needs no Job any more", (f, r) -> f.queue.ask(r, JobDemand.NONE)),
        ending("live pods block it", (f, r) -> f.queue.ask(r, JobDemand.BLOCKED)),
        ending("its reconciliation has failed", (f, r) -> f.queue.abandon(r)),
        ending("it was deleted", (f, r) -> f.queue.forget(r)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("givingUp")
  void aResourceGivesUpPlaceOrTurnWhen(
      String name, BiConsumer<QueueFixture, SchemaVersion> happens) {
    var fixture = new QueueFixture(ONE);
    Stream.of(first, second, third).forEach(r -> fixture.queue.ask(r, JobDemand.PREPARE));

    happens.accept(fixture, second);
    happens.accept(fixture, first);

    assertThat(fixture.queue.admitted()).as(name).containsExactly(ResourceID.fromResource(third));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("givingUp")
  void aJobThatMayHaveBeenCreatedKeepsThePlaceAlthough(
      String name, BiConsumer<QueueFixture, SchemaVersion> happens) {
    var fixture = new QueueFixture(ONE);
    fixture.queue.ask(first, JobDemand.CREATE);
    fixture.queue.sending(first, job(first));
    fixture.queue.ask(second, JobDemand.CREATE);

    happens.accept(fixture, first);

    assertThat(fixture.queue.admitted()).as(name).isEmpty();
  }

  @Test
  void aPlaceServesFromTheAnnouncementToTheJob() {
    var queue = new QueueFixture(ONE).queue;

    assertThat(queue.ask(first, JobDemand.PREPARE)).isEmpty();
    assertThat(queue.ask(first, JobDemand.PREPARE)).isEmpty();
    assertThat(queue.ask(first, JobDemand.CREATE)).isEmpty();
    assertThat(queue.running()).isEqualTo(1);
  }

  @Test
  void oneWhoseAnnouncementWasBlockedByPodsNeedsNoTurnAndWhilePodsAreThereNoPlace() {
    var queue = new QueueFixture(ONE).queue;
    queue.ask(first, JobDemand.PREPARE);
    queue.ask(first, JobDemand.BLOCKED);
    queue.ask(second, JobDemand.CREATE);

    assertThat(queue.ask(first, JobDemand.PREPARE)).isEmpty();
    assertThat(queue.running()).isEqualTo(1);
    assertThat(queue.ask(first, JobDemand.CREATE)).isEmpty();
    assertThat(queue.running()).isEqualTo(2);
    assertThat(queue.ask(third, JobDemand.CREATE)).isPresent();
  }

  @Test
  void afterARejectionItMustWaitLikeOthers() {
    var queue = new QueueFixture(ONE).queue;
    queue.ask(first, JobDemand.BLOCKED);
    queue.ask(second, JobDemand.CREATE);
    queue.ask(first, JobDemand.CREATE);
    queue.sending(first, job(first));
    queue.rejected(first);

    assertThat(queue.ask(first, JobDemand.CREATE)).isPresent();
  }

  @Test
  void afterARestartTheJobsInTheCacheCount() {
    var fixture = new QueueFixture(ONE);
    fixture.seen(first);

    assertThat(fixture.queue.ask(second, JobDemand.CREATE)).isPresent();
    assertThat(fixture.queue.running()).isEqualTo(1);
  }

  @Test
  void aFullServerKeepsNoOtherServersResourceWaiting() {
    var queue = new QueueFixture(new JobLimits(2, 0, 1)).queue;
    var other = resource("orders", "other", "db-2");
    queue.ask(first, JobDemand.CREATE);
    queue.ask(second, JobDemand.CREATE);

    assertThat(queue.ask(elsewhere, JobDemand.CREATE)).as("the same server").isPresent();
    assertThat(queue.ask(other, JobDemand.CREATE)).isEmpty();
  }

  @Test
  void theOneThatHasWaitedLongestIsNextEvenIfAnotherAsksFirst() {
    var fixture = new QueueFixture(ONE);
    fixture.queue.ask(first, JobDemand.CREATE);
    fixture.queue.ask(third, JobDemand.CREATE);
    fixture.pass(Duration.ofSeconds(5));
    fixture.queue.ask(second, JobDemand.CREATE);
    fixture.queue.abandon(first);

    assertThat(fixture.queue.ask(second, JobDemand.CREATE)).isPresent();
    assertThat(fixture.queue.ask(third, JobDemand.CREATE)).isEmpty();
  }

  @Test
  void aNamespaceWithoutJobsIsNextBeforeOneWithManyThatHaveWaitedLonger() {
    var fixture = new QueueFixture(new JobLimits(2, 0, 0));
    var running = List.of(resource("orders", "a", "db"), resource("orders", "b", "db"));
    running.forEach(r -> fixture.queue.ask(r, JobDemand.CREATE));
    fixture.queue.ask(first, JobDemand.CREATE);
    fixture.pass(Duration.ofMinutes(1));
    fixture.queue.ask(elsewhere, JobDemand.CREATE);

    fixture.queue.abandon(running.getFirst());

    assertThat(fixture.queue.admitted()).containsExactly(ResourceID.fromResource(elsewhere));
  }
}
