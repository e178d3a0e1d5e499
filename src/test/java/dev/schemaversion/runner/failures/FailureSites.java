package dev.schemaversion.runner.failures;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.testing.WayOut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the places in one file. A method that only passes a text on stands for its callers. */
final class FailureSites extends TreeScanner<Void, Void> {
  /** What ends a run. {@code Unprovable} is missing: the runner adds to each how to accept it. */
  private static final Set<String> FAILURES =
      Set.of("RunFailure", "ScratchLacks", "CloneFailed", "DumpFailed", "ScratchUnavailable");

  private static final Set<String> RETRIED = Set.of("DumpFailed", "ScratchUnavailable");

  private final CompilationUnitTree unit;
  private final String file;
  private final Map<String, List<Tree>> members = new TreeMap<>();
  private final Set<String> passing = new TreeSet<>();
  private final List<FailureSite> sites = new ArrayList<>();
  private final List<MethodTree> enclosing = new ArrayList<>();

  FailureSites(CompilationUnitTree unit) {
    this.unit = unit;
    this.file =
        Path.of(unit.getSourceFile().getName()).getFileName().toString().replaceFirst("\\..*", "");
  }

  List<FailureSite> found() {
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
    var texts = new MessageTexts(members, method);
    arguments.forEach(argument -> texts.scan(argument, null));
    var found = String.join("", texts.literals());
    boolean retried =
        retriedType
            || (!texts.outcomes().isEmpty()
                && texts.outcomes().stream().allMatch(each -> each.kind() == Kind.RETRY));
    if (texts.passesOn() && !WayOut.isNamed(found) && isCalled(name(method))) {
      passing.add(name(method));
      return;
    }
    sites.add(new FailureSite(file + "." + name(method), texts.literals(), retried));
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
