package org.understudy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

/** The arrows between the packages run downwards only, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "org.understudy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** The API: one vocabulary, in three packages only so that it reads well. */
    private static final String[] API = {"org.understudy", "org.understudy.event", "org.understudy.spi"};

    private static final String LOG = "org.understudy.log..";
    private static final String PROTOCOL = "org.understudy.protocol..";
    private static final String STORE = "org.understudy.store..";
    private static final String NET = "org.understudy.net..";
    private static final String BACKEND = "org.understudy.backend..";
    private static final String PROCESS = "org.understudy.process..";
    private static final String SITE = "org.understudy.site..";
    private static final String THREAD = "org.understudy.thread..";
    private static final String JDK = "java..";

    /** Stages whose dependents would run on the JVM's common pool, or that its own timer would end. */
    private static final Set<String> MAKING_STAGES = Set.of(
            "<init>",
            "allOf",
            "anyOf",
            "completedFuture",
            "completedStage",
            "delayedExecutor",
            "failedFuture",
            "failedStage",
            "minimalCompletionStage",
            "runAsync",
            "supplyAsync");

    /** What does things rather than says them, and therefore is not for the protocol. */
    private static final Set<Class<?>> LIVE = Set.of(
            Environment.class,
            Messaging.class,
            Channel.class,
            Database.class,
            Transaction.class,
            Cursor.class,
            EnvironmentConfigBuilder.class);

    @ArchTest
    static final ArchRule packages_have_no_cycle =
            slices().assignedFrom(new ApiAsOneAndEachOtherPackage()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_api_is_plain_java = classes()
            .that()
            .resideInAnyPackage(API)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(and(API, JDK));

    @ArchTest
    static final ArchRule the_log_knows_only_the_api = classes()
            .that()
            .resideInAPackage(LOG)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(and(API, LOG, JDK));

    @ArchTest
    static final ArchRule the_protocol_has_no_thread_clock_socket_file_or_logger = classes()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(and(API, LOG, PROTOCOL))
                    .or(resideInAnyPackage(
                            "java.lang", "java.lang.invoke", "java.util", "java.util.function", "java.util.random"))
                    .or(resideInAnyPackage("java.util.stream"))
                    .or(resideInAPackage("java.nio").and(isOneOf(Set.of(ByteBuffer.class))))
                    .or(isOneOf(Set.of(Duration.class))));

    @ArchTest
    static final ArchRule the_protocol_asks_nothing_of_the_machine = noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat(isOneOf(LIVE)
                    .or(isOneOf(Set.of(Thread.class, Runtime.class, Process.class, ProcessHandle.class)))
                    .or(isOneOf(Set.of(System.Logger.class, Timer.class))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getLogger", String.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule the_store_knows_only_the_api_and_the_log = classes()
            .that()
            .resideInAPackage(STORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(and(API, LOG, THREAD, STORE, "org.rocksdb..", JDK, "javax.management.."));

    @ArchTest
    static final ArchRule the_net_knows_only_the_api_the_log_and_the_protocol = classes()
            .that()
            .resideInAPackage(NET)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(and(API, LOG, PROTOCOL, NET, "io.vertx..", "io.netty..", JDK));

    @ArchTest
    static final ArchRule the_backend_knows_only_the_api_and_the_protocol = classes()
            .that()
            .resideInAPackage(BACKEND)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(and(API, PROTOCOL, BACKEND, JDK));

    @ArchTest
    static final ArchRule the_processes_know_no_storage_and_no_network = classes()
            .that()
            .resideInAPackage(PROCESS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(and(API, LOG, THREAD, PROTOCOL, BACKEND, PROCESS, JDK));

    @ArchTest
    static final ArchRule the_threads_know_only_the_jdk =
            classes().that().resideInAPackage(THREAD).should().onlyDependOnClassesThat(resideInAnyPackage(THREAD, JDK));

    @ArchTest
    static final ArchRule only_the_threads_make_threads = noClasses()
            .that(not(resideInAPackage(THREAD)))
            .should()
            .accessTargetWhere(madeBy(Thread.class, Set.of("<init>")));

    @ArchTest
    static final ArchRule no_stage_runs_on_the_common_pool = noClasses()
            .that(not(resideInAPackage(THREAD)))
            .should()
            .accessTargetWhere(madeBy(CompletableFuture.class, MAKING_STAGES))
            .orShould()
            .accessTargetWhere(madeBy(ForkJoinPool.class, Set.of("commonPool")));

    @ArchTest
    static final ArchRule only_the_store_knows_rocksdb = noClasses()
            .that(not(resideInAPackage(STORE)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..");

    @ArchTest
    static final ArchRule only_the_net_and_the_site_know_vertx = noClasses()
            .that(not(resideInAnyPackage(NET, SITE)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule nobody_knows_the_site = noClasses()
            .that(not(resideInAPackage(SITE)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SITE);

    @ArchTest
    static final ArchRule exceptions_of_the_api_are_of_one_family = classes()
            .that()
            .resideInAnyPackage(API)
            .and()
            .areAssignableTo(Throwable.class)
            .should()
            .beAssignableTo(ReplicationException.class);

    @ArchTest
    static final ArchRule exceptions_are_final = classes()
            .that()
            .areAssignableTo(ReplicationException.class)
            .and()
            .doNotBelongToAnyOf(ReplicationException.class)
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static DescribedPredicate<JavaAccess<?>> madeBy(Class<?> type, Set<String> names) {
        return DescribedPredicate.describe(
                "makes one by " + type.getSimpleName() + names,
                access -> access.getTargetOwner().isEquivalentTo(type) && names.contains(access.getName()));
    }

    private static DescribedPredicate<JavaClass> isOneOf(Set<Class<?>> types) {
        return DescribedPredicate.describe(
                "one of " + types, javaClass -> types.stream().anyMatch(javaClass::isEquivalentTo));
    }

    private static String[] and(String[] some, String... others) {
        String[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }

    /** The API's packages name each other's types, as one vocabulary does; every other package stands for itself. */
    private static final class ApiAsOneAndEachOtherPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String name = javaClass.getPackageName();
            return Set.of(API).contains(name) ? SliceIdentifier.of("the API") : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "the API and every other package";
        }
    }
}
