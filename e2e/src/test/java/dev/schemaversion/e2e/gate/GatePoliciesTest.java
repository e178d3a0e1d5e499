package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Program.annotated;
import static dev.schemaversion.e2e.gate.Program.further;
import static dev.schemaversion.e2e.gate.Program.image;
import static dev.schemaversion.e2e.gate.Program.labelled;
import static dev.schemaversion.e2e.gate.Program.marked;
import static dev.schemaversion.e2e.gate.Program.needing;
import static dev.schemaversion.e2e.gate.Program.paused;
import static dev.schemaversion.e2e.gate.Program.replicas;
import static dev.schemaversion.e2e.gate.Program.together;
import static dev.schemaversion.e2e.gate.Program.unlabelled;
import static dev.schemaversion.e2e.gate.Program.unmarked;
import static dev.schemaversion.e2e.gate.Verdict.GOING;
import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static dev.schemaversion.e2e.gate.Verdict.PAUSED_BY_USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies alone, without the operator, hold and pass Deployments through sequences of changes
 * by a user. Database "glance" is at version 13, "ahead" at 20, "keystone" at 4; the version of
 * "unknown" is not recorded.
 */
@GateAlone
class GatePoliciesTest {

  /** The steps of a user: the first creates the Deployment, the others change the stored one. */
  record Story(String sentence, Verdict expected, List<UnaryOperator<Deployment>> steps) {
    @Override
    public String toString() {
      return sentence + ": " + expected;
    }
  }

  private static final UnaryOperator<Deployment> SATISFIED =
      together(labelled("glance"), needing("13"));
  private static final UnaryOperator<Deployment> UNSATISFIED =
      together(labelled("glance"), needing("14"));
  private static final UnaryOperator<Deployment> PAUSE = paused(true);
  private static final UnaryOperator<Deployment> RESUME = paused(false);
  private static final UnaryOperator<Deployment> NO_PAUSE_SAID = paused(null);
  private static final UnaryOperator<Deployment> NEW_PODS = image("localhost/program:2");

  private static Tenant tenant;

  @BeforeAll
  static void databases(Tenant shared) {
    tenant = shared;
    tenant.database("ahead", "20");
    tenant.database("keystone", "4");
    tenant.awaitPoliciesSeeDatabases();
  }

  static Stream<Story> holding() {
    return Stream.of(
        story("a new Deployment is held", HELD, UNSATISFIED),
        story("before its SchemaVersion is there", HELD, labelled("unknown"), needing("1")),
        story("without a min-version", HELD, labelled("glance")),
        story("min-version not on the pods", HELD, together(labelled("glance"), onItself())),
        story("a label without a name", HELD, together(labelled(""), needing("1"))),
        story("a changed template is held", HELD, SATISFIED, needing("14")),
        story("re-applied with paused: false", HELD, UNSATISFIED, RESUME),
        story("re-applied without paused", HELD, UNSATISFIED, NO_PAUSE_SAID),
        story("changed and resumed", HELD, UNSATISFIED, together(NEW_PODS, RESUME)),
        story("mark taken away", HELD, UNSATISFIED, unmarked()),
        story("mark set to false", HELD, UNSATISFIED, marked("false")),
        story("mark and pause gone", HELD, UNSATISFIED, together(unmarked(), NO_PAUSE_SAID)),
        story("mark gone, pods new", HELD, UNSATISFIED, together(unmarked(), NEW_PODS)),
        story(
            "mark and pause gone, pods new",
            HELD,
            UNSATISFIED,
            together(unmarked(), RESUME, NEW_PODS)),
        story("changed again", HELD, UNSATISFIED, NEW_PODS),
        story("annotated", HELD, UNSATISFIED, annotated("a", "b")),
        story("scaled by an edit", HELD, UNSATISFIED, replicas(1)),
        story("moved to another that does not satisfy", HELD, UNSATISFIED, labelled("unknown")),
        story("forged mark on a new one", HELD, together(UNSATISFIED, marked("true"))),
        story("a held one from a backup", HELD, together(UNSATISFIED, marked("true"), PAUSE)),
        story(
            "forged mark on a going one", HELD, needing("14"), labelled("glance"), marked("true")),
        story("label and new template at once", HELD, needing("13"), UNSATISFIED),
        story("label gone and back with new pods", HELD, UNSATISFIED, unlabelled(), again()));
  }

  static Stream<Story> passing() {
    return Stream.of(
        story("a satisfied new one goes", GOING, SATISFIED),
        story("a satisfied change goes", GOING, SATISFIED, NEW_PODS),
        story("a held one changed back goes", GOING, SATISFIED, needing("14"), needing("13")),
        story("moved to one that satisfies", GOING, UNSATISFIED, labelled("ahead")),
        story("forged mark on a satisfied one", GOING, together(SATISFIED, marked("true"))),
        story("satisfied, from a backup", GOING, together(SATISFIED, marked("true"), PAUSE)),
        story("label added to a running one", GOING, needing("14"), labelled("glance")),
        story(
            "a running one annotated",
            GOING,
            needing("14"),
            labelled("glance"),
            annotated("a", "b")),
        story("unlabelled is none of ours", GOING, needing("14"), NEW_PODS));
  }

  static Stream<Story> usersOwnPause() {
    return Stream.of(
        story("paused from the start", PAUSED_BY_USER, together(UNSATISFIED, PAUSE)),
        story("satisfied and paused", PAUSED_BY_USER, together(SATISFIED, PAUSE)),
        story("paused while going", PAUSED_BY_USER, SATISFIED, PAUSE),
        story("paused with a change", PAUSED_BY_USER, SATISFIED, together(PAUSE, needing("14"))),
        story("changed while paused", PAUSED_BY_USER, SATISFIED, PAUSE, needing("14")),
        story("changed while paused, satisfied", PAUSED_BY_USER, SATISFIED, PAUSE, NEW_PODS),
        story("label added while paused", PAUSED_BY_USER, PAUSE, UNSATISFIED),
        story(
            "label removed while paused", PAUSED_BY_USER, together(SATISFIED, PAUSE), unlabelled()),
        story("resumed after a change", HELD, SATISFIED, PAUSE, needing("14"), RESUME),
        story("resumed with a change", HELD, SATISFIED, PAUSE, together(needing("14"), RESUME)),
        story("resumed by omitting paused", HELD, together(UNSATISFIED, PAUSE), NO_PAUSE_SAID),
        story("label added with the resume", HELD, PAUSE, together(UNSATISFIED, RESUME)),
        story("resumed and satisfied", GOING, SATISFIED, PAUSE, NEW_PODS, RESUME),
        story(
            "handed to the gate by the mark", HELD, together(UNSATISFIED, PAUSE), marked("true")));
  }

  static Stream<Story> lettingGo() {
    return Stream.of(
        story("label removed", GOING, UNSATISFIED, unlabelled()),
        story("label removed, pods new", GOING, UNSATISFIED, together(unlabelled(), NEW_PODS)),
        story("label and mark removed", GOING, UNSATISFIED, together(unlabelled(), unmarked())),
        story(
            "label, mark and pause removed",
            GOING,
            UNSATISFIED,
            together(unlabelled(), unmarked(), NO_PAUSE_SAID)),
        story(
            "label and mark removed, pods new",
            GOING,
            UNSATISFIED,
            together(unlabelled(), unmarked(), NEW_PODS)),
        story(
            "label removed, mark set to something else",
            GOING,
            UNSATISFIED,
            together(unlabelled(), marked("no"))),
        story("label removed and resumed", GOING, UNSATISFIED, together(unlabelled(), RESUME)),
        story(
            "own pause ended with the label",
            GOING,
            together(UNSATISFIED, PAUSE),
            together(unlabelled(), RESUME)));
  }

  /** The requirement of the label is satisfied in all of them. */
  static Stream<Story> several() {
    var met = together(SATISFIED, further("keystone=4"));
    var unmet = together(SATISFIED, further("keystone=5"));
    return Stream.of(
        story("both satisfied", GOING, met),
        story("one of two is not", HELD, unmet),
        story("one of two is not any more", HELD, met, further("keystone=5")),
        story("one more that is not", HELD, SATISFIED, further("keystone=5")),
        story("the one that was not is dropped", GOING, unmet, further("glance=13")),
        story("the other is satisfied again", GOING, unmet, further("keystone=4")),
        story("resumed by hand", HELD, unmet, RESUME),
        story("marked for what is satisfied", HELD, unmet, marked("glance")),
        story("marked so and resumed", HELD, unmet, together(marked("glance"), RESUME)),
        story("marked so and changed", HELD, unmet, together(marked("glance"), NEW_PODS)),
        story("made with such a mark", HELD, together(unmet, marked("glance"))),
        story("made with such a mark and a pause", HELD, together(unmet, marked("glance"), PAUSE)),
        story(
            "such a mark on one that was going",
            HELD,
            together(needing("13"), further("keystone=5")),
            labelled("glance"),
            marked("glance")),
        story(
            "such a mark and a pause on one that was going",
            HELD,
            together(needing("13"), further("keystone=5")),
            labelled("glance"),
            together(marked("glance"), PAUSE)),
        story(
            "such a mark on one that its user paused",
            HELD,
            together(unmet, PAUSE),
            marked("glance")),
        story("a user's own pause", PAUSED_BY_USER, together(unmet, PAUSE)),
        story("a user's own pause, resumed", HELD, together(unmet, PAUSE), RESUME),
        story("let go", GOING, unmet, unlabelled()));
  }

  /** A mark as an earlier version of the gate, or a user, sets it. */
  static Stream<Story> anyMark() {
    return Stream.of("true", "", "?", "unknown", "glance,unknown", ",", "x".repeat(200_000))
        .flatMap(
            mark ->
                Stream.of(
                    story(
                        "satisfied, from a backup marked " + size(mark),
                        GOING,
                        together(SATISFIED, marked(mark), PAUSE)),
                    story("held, marked " + size(mark), HELD, UNSATISFIED, marked(mark)),
                    story(
                        "held, marked and resumed " + size(mark),
                        HELD,
                        UNSATISFIED,
                        together(marked(mark), RESUME)),
                    story(
                        "let go, marked " + size(mark),
                        GOING,
                        UNSATISFIED,
                        together(marked(mark), unlabelled()))));
  }

  private static String size(String mark) {
    return mark.length() > 20 ? "at length" : '"' + mark + '"';
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"holding", "passing", "usersOwnPause", "lettingGo", "several", "anyMark"})
  void theStoredDeploymentIs(Story story) {
    var name = "story-" + Math.abs(story.toString().hashCode());
    var steps = new ArrayList<>(story.steps());
    tenant.create(steps.removeFirst().apply(Program.deployment(name)));

    steps.forEach(step -> tenant.change(name, step));

    assertThat(tenant.verdict(name)).isEqualTo(story.expected());
  }

  private static UnaryOperator<Deployment> onItself() {
    return annotated(Program.MIN, "1");
  }

  private static UnaryOperator<Deployment> again() {
    return together(labelled("glance"), image("localhost/program:3"));
  }

  @SafeVarargs
  private static Story story(
      String sentence, Verdict expected, UnaryOperator<Deployment>... steps) {
    return new Story(sentence, expected, List.of(steps));
  }
}
