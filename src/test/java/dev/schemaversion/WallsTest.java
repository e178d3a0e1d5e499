package dev.schemaversion;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The walls between the packages: who may know whom. */
@AnalyzeClasses(packages = "dev.schemaversion", importOptions = DoNotIncludeTests.class)
class WallsTest {
  private static final String OURS = "dev.schemaversion..";
  private static final String API = "dev.schemaversion.api..";
  private static final String CONTRACT = "dev.schemaversion.contract..";
  private static final String DECIDE = "dev.schemaversion.decide..";
  private static final String DESIRED = "dev.schemaversion.desired..";
  private static final String OPERATOR = "dev.schemaversion.operator..";
  private static final String RUNNER = "dev.schemaversion.runner..";
  private static final String CLI = "dev.schemaversion.cli..";
  private static final String PLUGIN_VIEW = "dev.schemaversion.cli.kubectl.view..";

  /** Where a call to a server could come from; the class that every resource extends is none. */
  private static final String[] CLIENTS = {
    "io.fabric8.kubernetes.client..",
    "io.javaoperatorsdk..",
    "io.quarkus..",
    "io.quarkiverse..",
    "jakarta..",
    "java.net..",
    "java.net.http.."
  };

  private static final String[] DATABASES = {
    "org.flywaydb..", "java.sql..", "javax.sql..", "org.postgresql..", "org.mariadb.."
  };

  @ArchTest
  static final ArchRule decidingAndMakingObjectsTalkToNoServer =
      noClasses()
          .that()
          .resideInAnyPackage(DECIDE, DESIRED, PLUGIN_VIEW)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLIENTS)
          .because("they are pure: the same world gives the same answer");

  @ArchTest
  static final ArchRule decidingKnowsNeitherClockNorChance =
      noClasses()
          .that()
          .resideInAnyPackage(DECIDE, DESIRED, PLUGIN_VIEW)
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.time.Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.random.RandomGenerator.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.UUID.class)
          .because("time is passed in");

  @ArchTest
  static final ArchRule onlyTheRunnerKnowsFlywayAndDatabases =
      noClasses()
          .that()
          .resideOutsideOfPackage(RUNNER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DATABASES)
          .because("the operator never connects to a database");

  @ArchTest
  static final ArchRule theOperatorDoesNotKnowTheRunner =
      noClasses()
          .that()
          .resideOutsideOfPackages(RUNNER, CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(RUNNER)
          .because("they meet in the contract and nowhere else");

  @ArchTest
  static final ArchRule theRunnerKnowsNothingOfOursButTheContract =
      classes()
          .that()
          .resideInAPackage(RUNNER)
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackage(OURS).or(resideInAnyPackage(RUNNER, CONTRACT)))
          .because("it starts in a third of a second, and has no business with Kubernetes")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theRunnerUsesNoKubernetesAndNoFramework =
      noClasses()
          .that()
          .resideInAPackage(RUNNER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8..",
              "io.quarkus..",
              "io.quarkiverse..",
              "io.javaoperatorsdk..",
              "io.smallrye..",
              "org.jboss..",
              "jakarta..")
          .because("it starts in a third of a second, and has no rights")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule whatUsersWriteDependsOnNothingOfOurs =
      classes()
          .that()
          .resideInAPackage(API)
          .should()
          .onlyDependOnClassesThat(resideOutsideOfPackage(OURS).or(resideInAnyPackage(API)));

  @ArchTest
  static final ArchRule theContractDependsOnNothingOfOurs =
      classes()
          .that()
          .resideInAPackage(CONTRACT)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(CONTRACT, "java..", "com.fasterxml.jackson.."));

  @ArchTest
  static final ArchRule onlyTheOperatorIsBuiltOnDeciding =
      noClasses()
          .that()
          .resideOutsideOfPackages(DECIDE, OPERATOR)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(DECIDE);

  @ArchTest
  static final ArchRule nothingIsBuiltOnTheOperator =
      noClasses()
          .that()
          .resideOutsideOfPackage(OPERATOR)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(OPERATOR)
          .because("it is the edge");

  /** Each package knows only those before it, so there is no cycle; and there is no other. */
  @ArchTest
  static void noPackageKnowsALaterOne(JavaClasses ours) {
    var order = List.of(CONTRACT, API, DESIRED, DECIDE, OPERATOR, RUNNER, CLI);
    classes()
        .that()
        .resideOutsideOfPackage("dev.schemaversion")
        .should()
        .resideInAnyPackage(order.toArray(String[]::new))
        .check(ours);
    for (int i = 0; i < order.size() - 1; i++) {
      var later = order.subList(i + 1, order.size()).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(order.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(ours);
    }
  }

  @ArchTest
  static final ArchRule theGatesVerdictKnowsNeitherRulesNorReports =
      noClasses()
          .that()
          .resideInAPackage("dev.schemaversion.decide.gate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.schemaversion.decide.rule..");

  @ArchTest
  static final ArchRule nothingIsCalledUtils =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper");
}
