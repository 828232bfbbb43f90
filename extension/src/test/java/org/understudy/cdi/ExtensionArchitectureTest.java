package org.understudy.cdi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.understudy.cdi.codec.JsonbCodecs;
import org.understudy.cdi.jta.JtaFinder;

/** The extension needs CDI and MicroProfile Config; whatever else there may be is met in one place each. */
@AnalyzeClasses(packages = "org.understudy.cdi", importOptions = ImportOption.DoNotIncludeTests.class)
class ExtensionArchitectureTest {

    private static final String JSON_B = "jakarta.json.bind..";
    private static final String CONCURRENCY = "jakarta.enterprise.concurrent..";
    private static final String EJB = "jakarta.ejb..";
    private static final String HEALTH = "org.eclipse.microprofile.health..";
    private static final String JTA = "jakarta.transaction..";
    private static final String TELEMETRY = "io.opentelemetry..";

    @ArchTest
    static final ArchRule packages_have_no_cycle =
            slices().matching("org.understudy.(cdi..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule it_stands_on_the_api_on_cdi_and_on_config = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "org.understudy",
                            "org.understudy.event",
                            "org.understudy.spi",
                            "org.understudy.cdi..",
                            "java..",
                            "javax.naming..",
                            "javax.transaction.xa..")
                    .or(resideInAnyPackage(
                            "jakarta.annotation..",
                            "jakarta.enterprise.context..",
                            "jakarta.enterprise.event..",
                            "jakarta.enterprise.inject..",
                            "jakarta.enterprise.util..",
                            "jakarta.inject..",
                            "jakarta.interceptor.."))
                    .or(resideInAPackage("org.eclipse.microprofile.config.."))
                    .or(resideInAnyPackage(JSON_B, CONCURRENCY, EJB, HEALTH, JTA, TELEMETRY)));

    @ArchTest
    static final ArchRule json_b_is_met_where_codecs_are_found = noClasses()
            .that()
            .doNotBelongToAnyOf(JsonbCodecs.class, ApplicationBeans.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JSON_B);

    @ArchTest
    static final ArchRule the_server_is_met_where_its_context_is_captured = noClasses()
            .that()
            .doNotBelongToAnyOf(ApplicationContext.class, JtaFinder.class)
            .and()
            .doNotHaveSimpleName("TransactionManagers")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONCURRENCY, "javax.naming..");

    @ArchTest
    static final ArchRule jta_is_met_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("org.understudy.cdi.jta")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JTA);

    @ArchTest
    static final ArchRule ejb_is_met_where_its_timers_are_read = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.understudy.cdi.mastership.EjbTimers")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EJB);

    @ArchTest
    static final ArchRule health_is_met_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("org.understudy.cdi.health")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HEALTH);

    @ArchTest
    static final ArchRule telemetry_is_met_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("org.understudy.cdi.telemetry")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TELEMETRY);
}
