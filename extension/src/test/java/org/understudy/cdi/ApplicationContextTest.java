package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.enterprise.concurrent.ContextService;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplicationContextTest {

    private static Executor serverExecutor;

    /** The names of a server that has one name. */
    public static class Names implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Context.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("lookup") && arguments[0].equals("java:comp/DefaultContextService")
                                    ? contextService()
                                    : null);
        }

        private static ContextService contextService() {
            return (ContextService) Proxy.newProxyInstance(
                    Names.class.getClassLoader(),
                    new Class<?>[] {ContextService.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("currentContextExecutor") ? serverExecutor : null);
        }
    }

    private final List<String> log = new ArrayList<>();

    @AfterEach
    void noServer() {
        System.clearProperty(InitialContext.INITIAL_CONTEXT_FACTORY);
    }

    @Test
    void without_a_server_tasks_run_with_the_class_loader_of_whoever_captured_it() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader application = new ClassLoader(before) {};
        thread.setContextClassLoader(application);
        Executor context = ApplicationContext.capture();
        thread.setContextClassLoader(before);

        context.execute(() -> assertThat(thread.getContextClassLoader()).isSameAs(application));
        assertThat(thread.getContextClassLoader()).isSameAs(before);
    }

    @Test
    void a_server_runs_tasks_in_its_own_context() {
        server(task -> {
            log.add("begin");
            task.run();
            log.add("end");
        });
        ApplicationContext.capture().execute(() -> log.add("task"));
        assertThat(log).containsExactly("begin", "task", "end");
    }

    @Test
    void where_a_server_gives_its_context_no_more_tasks_run_all_the_same() {
        server(task -> {
            throw new IllegalStateException("the application stops");
        });
        ApplicationContext.capture().execute(() -> log.add("task"));
        assertThat(log).containsExactly("task");
    }

    @Test
    void however_a_server_says_so() {
        server(task -> {
            throw new RejectedExecutionException("the application stops");
        });
        ApplicationContext.capture().execute(() -> log.add("task"));
        assertThat(log).containsExactly("task");
    }

    @Test
    void what_a_task_throws_is_its_own_and_not_the_servers() {
        server(Runnable::run);
        Executor context = ApplicationContext.capture();
        assertThatIllegalStateException()
                .isThrownBy(() -> context.execute(() -> {
                    log.add("task");
                    throw new IllegalStateException("as a test");
                }))
                .withMessage("as a test");
        assertThat(log).containsExactly("task");
    }

    private static void server(Executor executor) {
        serverExecutor = executor;
        System.setProperty(InitialContext.INITIAL_CONTEXT_FACTORY, Names.class.getName());
    }
}
