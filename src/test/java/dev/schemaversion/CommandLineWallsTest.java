package dev.schemaversion;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls around the command line and the kubectl plugin. */
@AnalyzeClasses(packages = "dev.schemaversion", importOptions = DoNotIncludeTests.class)
class CommandLineWallsTest {
  private static final String OURS = "dev.schemaversion..";
  private static final String API = "dev.schemaversion.api..";
  private static final String CONTRACT = "dev.schemaversion.contract..";
  private static final String DESIRED = "dev.schemaversion.desired..";
  private static final String CLI = "dev.schemaversion.cli..";
  private static final String TERMINAL = "dev.schemaversion.cli.terminal..";
  private static final String PLUGIN = "dev.schemaversion.cli.kubectl..";

  @ArchTest
  static final ArchRule nothingIsBuiltOnTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI)
          .because("it is an edge, as the operator is");

  @ArchTest
  static final ArchRule theCommandLineRunsTheRunnerAsAWhole =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.schemaversion.runner.step..",
              "dev.schemaversion.runner.proof..",
              "dev.schemaversion.runner.flyway..",
              "dev.schemaversion.runner.command..",
              "dev.schemaversion.runner.postgres..",
              "dev.schemaversion.runner.mariadb..")
          .because("what it proves is what a Job proves");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsHowItIsParsed =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule thePluginKnowsOnlyWhatUsersSee =
      classes()
          .that()
          .resideInAPackage(PLUGIN)
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackage(OURS)
                  .or(resideInAnyPackage(PLUGIN, TERMINAL, API, CONTRACT, DESIRED)))
          .because("it is a client of the API server, and decides and proves nothing");
}
