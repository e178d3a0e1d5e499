package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.runner.scratch.DumpTooOld;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import dev.schemaversion.testing.WayOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Each message with which the runner ends a run names a field, an annotation or a command that
 * changes the situation. This test reads the source, so that a new refusal cannot be forgotten:
 * each place that creates one must have such a name among the texts that its message is made of.
 * {@link Job} checks the messages that tests provoke.
 */
class WaysOutTest {
  /** What ends a run. {@code Unprovable} is missing: the runner adds to each how to accept it. */
  private static final Set<String> FAILURES =
      Set.of("RunFailure", "ScratchLacks", "CloneFailed", "DumpFailed", "ScratchUnavailable");

  private static final Set<String> RETRIED = Set.of("DumpFailed", "ScratchUnavailable");

  /** Places whose message contains that of another failure, or of another class. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "AbandonedSessions.await", "the server's statement that ends the session",
          "Runner.failIfTooLarge", "MigrationsSize.problem",
          "InterruptedScriptRecovery.afterFailure", "adds to another failure",
          "PresentRefusal.because", "adds to another failure",
          "ProveStep.validated", "adds to another failure",
          "RowCopy.copy", "unreadable and unwritable");

  @Test
  void eachPlaceThatEndsARunNamesAWayOut() throws IOException {
    var without = new TreeMap<String, String>();
    var sites = new ArrayList<Site>();
    for (var unit : units()) {
      sites.addAll(new Sites(unit).found());
    }
    for (var site : sites) {
      var text = String.join("", site.texts());
      boolean retried = site.retried() && WayOut.isByItself(text);
      if (!retried && !WayOut.isNamed(text)) {
        without.put(site.place(), text);
      }
    }
    System.out.println("places that end a run: " + sites.size());

    assertThat(sites).hasSizeGreaterThan(70);
    assertThat(without.keySet())
        .as("these name no field, annotation or command: %s", without)
        .isEqualTo(new TreeSet<>(ELSEWHERE.keySet()));
  }

  @Test
  void failuresThatWordThemselvesNameAWayOut() {
    assertThat(WayOut.isNamed(new DumpTooOld(15, 18).getMessage())).isTrue();
    assertThat(WayOut.isNamed(new ScratchMajorMismatch("18", "15").getMessage())).isTrue();
  }

  private static List<CompilationUnitTree> units() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        var paths = Files.walk(Path.of("src", "main", "java", "dev", "schemaversion", "runner"))) {
      var sources = paths.filter(path -> path.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
      var units = new ArrayList<CompilationUnitTree>();
      task.parse().forEach(units::add);
      return units;
    }
  }

  /**
   * A place where a failure is created.
   *
   * @param place class and method
   * @param texts the string literals that its message may be made of
   * @param retried whether the operator retries what ends so
   */
  private record Site(String place, List<String> texts, boolean retried) {}

  /** Finds the places in one file. A method that only passes a text on stands for its callers. */
  private static final class Sites extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final String file;
    private final Map<String, List<Tree>> members = new TreeMap<>();
    private final Set<String> passing = new TreeSet<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<MethodTree> enclosing = new ArrayList<>();

    Sites(CompilationUnitTree unit) {
      this.unit = unit;
      this.file =
          Path.of(unit.getSourceFile().getName())
              .getFileName()
              .toString()
              .replaceFirst("\\..*", "");
    }

    List<Site> found() {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitClass(ClassTree node, Void nothing) {
          for (var member : node.getMembers()) {
            if (member instanceof MethodTree method) {
              members.computeIfAbsent(name(method), key -> new ArrayList<>()).add(method.getBody());
            } else if (member instanceof VariableTree field) {
              members
                  .computeIfAbsent(field.getName().toString(), key -> new ArrayList<>())
                  .add(field.getInitializer());
            }
          }
          return super.visitClass(node, null);
        }
      }.scan(unit, null);
      int known;
      do { // until no further method only passes on what its callers say
        known = passing.size();
        sites.clear();
        scan(unit, null);
      } while (passing.size() > known);
      return sites;
    }

    @Override
    public Void visitMethod(MethodTree node, Void nothing) {
      enclosing.add(node);
      super.visitMethod(node, null);
      enclosing.removeLast();
      return null;
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void nothing) {
      var type = node.getIdentifier().toString();
      if (FAILURES.contains(type)) {
        site(node.getArguments(), RETRIED.contains(type));
      }
      return super.visitNewClass(node, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void nothing) {
      if (node.getMethodSelect() instanceof IdentifierTree called
          && passing.contains(called.getName().toString())) {
        site(node.getArguments(), false);
      }
      return super.visitMethodInvocation(node, null);
    }

    private void site(List<? extends ExpressionTree> arguments, boolean retriedType) {
      if (enclosing.isEmpty()) {
        return;
      }
      var method = enclosing.getLast();
      var texts = new Texts(members, method);
      arguments.forEach(argument -> texts.scan(argument, null));
      var found = String.join("", texts.literals);
      boolean retried =
          retriedType
              || (!texts.outcomes.isEmpty()
                  && texts.outcomes.stream().allMatch(each -> each.kind() == Kind.RETRY));
      if (texts.passesOn && !WayOut.isNamed(found) && isCalled(name(method))) {
        passing.add(name(method));
        return;
      }
      sites.add(new Site(file + "." + name(method), texts.literals, retried));
    }

    private boolean isCalled(String method) {
      var calls = new ArrayList<Tree>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree node, Void nothing) {
          if (node.getMethodSelect() instanceof IdentifierTree called
              && called.getName().contentEquals(method)) {
            calls.add(node);
          }
          return super.visitMethodInvocation(node, null);
        }
      }.scan(unit, null);
      return !calls.isEmpty();
    }

    private static String name(MethodTree method) {
      return method.getName().toString();
    }
  }

  /** Collects the literals of expressions, also those of the members and variables in them. */
  private static final class Texts extends TreeScanner<Void, Void> {
    private final List<String> literals = new ArrayList<>();
    private final Set<Outcome> outcomes = new HashSet<>();
    private final Map<String, List<Tree>> members;
    private final Map<String, List<Tree>> locals = new TreeMap<>();
    private final Set<String> parameters = new TreeSet<>();
    private final Set<String> followed = new HashSet<>();
    private boolean passesOn;

    Texts(Map<String, List<Tree>> members, MethodTree method) {
      this.members = members;
      method.getParameters().stream()
          .filter(parameter -> parameter.getType().toString().matches("String|List<String>"))
          .forEach(parameter -> parameters.add(parameter.getName().toString()));
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitVariable(VariableTree node, Void nothing) {
          if (node.getInitializer() != null) {
            locals
                .computeIfAbsent(node.getName().toString(), key -> new ArrayList<>())
                .add(node.getInitializer());
          }
          return super.visitVariable(node, null);
        }
      }.scan(method.getBody(), null);
    }

    @Override
    public Void visitLiteral(LiteralTree node, Void nothing) {
      if (node.getValue() instanceof String text) {
        literals.add(text);
      }
      return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree node, Void nothing) {
      return null; // what it computes is no text of ours
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree node, Void nothing) {
      if (node.getExpression().toString().equals("Outcome")) {
        outcomes.add(Outcome.valueOf(node.getIdentifier().toString()));
        return null;
      }
      return super.visitMemberSelect(node, null);
    }

    @Override
    public Void visitIdentifier(IdentifierTree node, Void nothing) {
      var name = node.getName().toString();
      if (parameters.contains(name)) {
        passesOn = true;
      } else if (followed.add(name)) {
        locals.getOrDefault(name, members.getOrDefault(name, List.of())).stream()
            .filter(tree -> tree != null)
            .forEach(tree -> scan(tree, null));
      }
      return null;
    }
  }
}
