package dev.schemaversion.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.JobDemand;
import dev.schemaversion.desired.DatabaseServer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/** Resources that ask for places in a random order, and Jobs that the cache shows late. */
final class RandomHerd {
  private static final int RESOURCES = 12;

  /** What a resource is doing, as the API server would say. */
  private enum Phase {
    /** It needs no Job. */
    IDLE,
    WAITS,
    /** It has a place and has sent no request. */
    HAS_A_PLACE,
    /** Its Job is created, and the cache does not show it yet. */
    CREATED,
    /** The cache shows its Job. */
    RUNS
  }

  private final Random random;
  private final JobLimits limits;
  private final QueueFixture fixture;
  private final Map<SchemaVersion, Phase> phases = new LinkedHashMap<>();

  /** When those that wait asked first, as a number of the event. */
  private final Map<SchemaVersion, Integer> asked = new HashMap<>();

  private int event;
  private int created;
  private int waited;

  RandomHerd(long seed) {
    random = new Random(seed);
    limits = new JobLimits(random.nextInt(6), random.nextInt(4), random.nextInt(4));
    fixture = new QueueFixture(limits);
    for (int i = 0; i < RESOURCES; i++) {
      var namespace = "ns-" + random.nextInt(3);
      phases.put(
          QueueFixture.resource(namespace, "r" + i, "db-" + random.nextInt(3) + ".example.org"),
          Phase.IDLE);
    }
  }

  int created() {
    return created;
  }

  int waited() {
    return waited;
  }

  /** Lets something happen to one of the resources, and checks the limits. */
  void nextEvent() {
    event++;
    // Two resources that ask in the same second are ordered by their names.
    fixture.pass(Duration.ofSeconds(1));
    var resource = new ArrayList<>(phases.keySet()).get(random.nextInt(RESOURCES));
    switch (phases.get(resource)) {
      case IDLE -> ask(resource);
      case WAITS -> {
        if (random.nextInt(8) == 0) {
          giveUp(resource);
        } else {
          ask(resource);
        }
      }
      case HAS_A_PLACE -> withPlace(resource);
      case CREATED -> {
        if (random.nextInt(4) == 0) {
          createAgain(resource);
        } else {
          see(resource);
        }
      }
      case RUNS -> end(resource);
    }
    limitsHold();
  }

  private void ask(SchemaVersion resource) {
    asked.putIfAbsent(resource, event);
    var demand = random.nextBoolean() ? JobDemand.PREPARE : JobDemand.CREATE;
    if (fixture.queue.ask(resource, demand).isEmpty()) {
      noOlderOneIsPassed(resource);
      asked.remove(resource);
      phases.put(resource, Phase.HAS_A_PLACE);
    } else {
      waited++;
      phases.put(resource, Phase.WAITS);
    }
  }

  /** Those of the same namespace and server that asked before still get a place, too. */
  private void noOlderOneIsPassed(SchemaVersion resource) {
    var older =
        those(Phase.WAITS).stream()
            .filter(other -> asked.get(other) < asked.get(resource))
            .filter(other -> namespace(other).equals(namespace(resource)))
            .filter(other -> server(other).equals(server(resource)))
            .map(ResourceID::fromResource)
            .toList();
    assertThat(fixture.queue.admitted()).containsAll(older);
  }

  private void withPlace(SchemaVersion resource) {
    switch (random.nextInt(5)) {
      case 0 -> giveUp(resource);
      case 1 -> {
        fixture.queue.sending(resource, QueueFixture.job(resource));
        fixture.queue.rejected(resource);
        phases.put(resource, Phase.IDLE);
      }
      default -> {
        fixture.queue.sending(resource, QueueFixture.job(resource));
        created++;
        phases.put(resource, Phase.CREATED);
      }
    }
  }

  /** The cache lacks the Job, so the operator decides the same again. */
  private void createAgain(SchemaVersion resource) {
    assertThat(fixture.queue.ask(resource, JobDemand.CREATE)).isEmpty();
    fixture.queue.sending(resource, QueueFixture.job(resource));
  }

  private void giveUp(SchemaVersion resource) {
    switch (random.nextInt(3)) {
      case 0 -> fixture.queue.ask(resource, JobDemand.NONE);
      case 1 -> fixture.queue.abandon(resource);
      default -> fixture.queue.forget(resource);
    }
    asked.remove(resource);
    phases.put(resource, Phase.IDLE);
  }

  private void see(SchemaVersion resource) {
    fixture.seen(resource);
    phases.put(resource, Phase.RUNS);
  }

  private void end(SchemaVersion resource) {
    fixture.ended(resource);
    // The operator has not forgotten its request when a Job is deleted at once.
    fixture.queue.running();
    fixture.deleted(resource);
    phases.put(resource, Phase.IDLE);
  }

  private void limitsHold() {
    var occupied = those(Phase.HAS_A_PLACE, Phase.CREATED, Phase.RUNS);
    // The cache shows each Job within two minutes.
    those(Phase.CREATED).stream().filter(each -> random.nextInt(8) == 0).forEach(this::see);
    assertThat(fixture.queue.running()).isEqualTo(occupied.size());
    within(limits.total(), occupied, any -> "");
    within(limits.perNamespace(), occupied, RandomHerd::namespace);
    within(limits.perServer(), occupied, RandomHerd::server);
  }

  private static void within(
      int limit, List<SchemaVersion> occupied, Function<SchemaVersion, String> where) {
    var counts = new HashMap<String, Integer>();
    occupied.forEach(resource -> counts.merge(where.apply(resource), 1, Integer::sum));
    assertThat(counts.values()).allMatch(count -> limit == 0 || count <= limit);
  }

  /** Every Job ends, and each that waits gets its place: in order, and without asking in vain. */
  void finishes() {
    those(Phase.HAS_A_PLACE).forEach(this::giveUp);
    while (!those(Phase.WAITS).isEmpty()) {
      those(Phase.CREATED).forEach(this::see);
      those(Phase.RUNS).forEach(this::end);
      assertThat(fixture.queue.admitted()).isNotEmpty();
      while (!fixture.queue.admitted().isEmpty()) {
        create(fixture.queue.admitted().getFirst());
      }
      limitsHold();
    }
    those(Phase.CREATED).forEach(this::see);
    those(Phase.RUNS).forEach(this::end);
    assertThat(fixture.queue.waiting()).isZero();
    assertThat(fixture.queue.running()).isZero();
  }

  private void create(ResourceID next) {
    var resource =
        those(Phase.WAITS).stream()
            .filter(each -> ResourceID.fromResource(each).equals(next))
            .findFirst()
            .orElseThrow();
    assertThat(fixture.queue.ask(resource, JobDemand.CREATE)).isEmpty();
    fixture.queue.sending(resource, QueueFixture.job(resource));
    phases.put(resource, Phase.CREATED);
  }

  private List<SchemaVersion> those(Phase... which) {
    Predicate<SchemaVersion> isOne = resource -> List.of(which).contains(phases.get(resource));
    return phases.keySet().stream().filter(isOne).toList();
  }

  private static String namespace(SchemaVersion resource) {
    return resource.getMetadata().getNamespace();
  }

  private static String server(SchemaVersion resource) {
    return DatabaseServer.of(resource);
  }
}
