package io.pharos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The shape that DESIGN.md gives the service, section 4. */
@AnalyzeClasses(packages = "io.pharos", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String WEB = "io.pharos.web..";
  private static final String APP = "io.pharos.app..";
  private static final String MESSAGING = "io.pharos.messaging..";
  private static final String REDIS = "io.pharos.redis..";
  private static final String RELAY = "io.pharos.relay..";

  @ArchTest
  static final ArchRule onlyTheEdgesKnowJakarta =
      noClasses()
          .that()
          .resideOutsideOfPackages(WEB, APP, MESSAGING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "javax..", "org.eclipse.microprofile..")
          .because("the core is plain Java and is tested without a server");

  @ArchTest
  static final ArchRule onlyTheRedisPackageKnowsJedis =
      noClasses()
          .that()
          .resideOutsideOfPackages(REDIS, APP)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("redis.clients..")
          .because("every other package knows the broker's port alone");

  @ArchTest
  static final ArchRule theCoreOpensNoSockets =
      noClasses()
          .that()
          .resideOutsideOfPackages(WEB, APP, REDIS, RELAY)
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.net\\.(Server|Datagram)?Socket|java\\.nio\\.channels\\..*")
          .because("connections are a port of the core");

  @ArchTest
  static final ArchRule nothingDependsOnTheEdges =
      noClasses()
          .that()
          .resideOutsideOfPackages(WEB, APP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(WEB, APP);

  @ArchTest
  static final ArchRule theCoreDoesNotKnowHowApplicationsUseIt =
      noClasses()
          .that()
          .resideOutsideOfPackages(APP, MESSAGING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(MESSAGING)
          .because("message handlers are a port of the core");

  @ArchTest
  static final ArchRule whatApplicationsUseKnowsValuesAlone =
      classes()
          .that()
          .resideInAPackage("io.pharos.messaging")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.pharos.messaging", "io.pharos.message..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule valuesDependOnNothing =
      classes()
          .that()
          .resideInAPackage("io.pharos.message..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.pharos.message..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule theBrokersPortKnowsValuesAlone =
      classes()
          .that()
          .resideInAPackage("io.pharos.broker..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.pharos.broker..", "io.pharos.message..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule theWayOutNeverCallsTheWayIn =
      noClasses()
          .that()
          .resideInAPackage("io.pharos.hub..")
          .and()
          .doNotHaveSimpleName("Publisher")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.pharos.hub.Publisher")
          .because("the broker is the only turn-around of a message");

  @ArchTest
  static final ArchRule protocolsDoNotKnowEachOther =
      slices().matching("io.pharos.(sse|stomp|sockjs)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.pharos.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule loggingIsThePlatforms =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.slf4j..")
          .because("java.lang.System.Logger goes wherever the server logs");

  @ArchTest static final ArchRule failuresAreNamed = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  @ArchTest
  static final ArchRule staticsAreConstants =
      fields().that().areStatic().should().beFinal().because("state belongs to objects");

  @ArchTest
  static final ArchRule nullIsAlwaysNamed = classes().should(resideInAPackageMarkedAgainstNull());

  private static ArchCondition<JavaClass> resideInAPackageMarkedAgainstNull() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getName() + " is not @NullMarked"));
      }
    };
  }
}
