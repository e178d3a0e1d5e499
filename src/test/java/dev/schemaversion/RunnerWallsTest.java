package dev.schemaversion;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls inside the runner: who may know Flyway, a tool, an engine or a step. */
@AnalyzeClasses(packages = "dev.schemaversion", importOptions = DoNotIncludeTests.class)
class RunnerWallsTest {
  private static final String FLYWAY = "dev.schemaversion.runner.flyway..";
  private static final String COMMAND = "dev.schemaversion.runner.command..";
  private static final String PROOF = "dev.schemaversion.runner.proof..";
  private static final String STEP = "dev.schemaversion.runner.step..";

  @ArchTest
  static final ArchRule onlyOneRoomKnowsFlyway =
      noClasses()
          .that()
          .resideOutsideOfPackage(FLYWAY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.flywaydb..")
          .because("another tool can take its place");

  @ArchTest
  static final ArchRule proofAndStepsKnowNeitherToolNorEngine =
      noClasses()
          .that()
          .resideInAnyPackage(PROOF, STEP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              FLYWAY,
              COMMAND,
              "dev.schemaversion.runner.postgres..",
              "dev.schemaversion.runner.mariadb..")
          .because("they are written against MigrationTool and Engine");

  @ArchTest
  static final ArchRule theUsersToolKnowsNeitherFlywayNorAnEngine =
      noClasses()
          .that()
          .resideInAPackage(COMMAND)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              FLYWAY, "dev.schemaversion.runner.postgres..", "dev.schemaversion.runner.mariadb..");

  @ArchTest
  static final ArchRule nothingBelowTheRunnerKnowsAStep =
      noClasses()
          .that()
          .resideInAPackage("dev.schemaversion.runner.*..")
          .and()
          .resideOutsideOfPackage(STEP)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(STEP);

  @ArchTest
  static final ArchRule snapshotsKnowNoProof =
      noClasses()
          .that()
          .resideInAPackage("dev.schemaversion.runner.snapshot..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROOF, STEP, FLYWAY, "dev.schemaversion.runner.engine..");
}
