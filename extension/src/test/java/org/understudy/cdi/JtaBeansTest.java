package org.understudy.cdi;

import static jakarta.transaction.Status.STATUS_ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.CommitToken;
import org.understudy.DatabaseFilter;
import org.understudy.event.BecameMaster;

/** Which beans can have transactional methods: observers too, and those that a container may write to disk. */
class JtaBeansTest {

    @ApplicationScoped
    static class Observer {

        @Inject
        Ledger ledger;

        @Transactional
        void onMaster(@Observes BecameMaster event) {
            ledger.enter("master", event.origin().site().orElse(""));
            assertThat(ledger.entries().put("more", "1")).isEqualTo(CommitToken.NONE);
        }
    }

    /** Sessions may be written to disk, with all that is injected into them and into their interceptors. */
    @SessionScoped
    static class Session implements Serializable {
        private static final long serialVersionUID = 1L;

        @Transactional
        public void remember() {}

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        public void rememberApart() {}

        @Transactional(Transactional.TxType.NOT_SUPPORTED)
        public void rememberAlone() {}
    }

    /** Is asked for while the environments open, and has a transaction then. */
    @Dependent
    static class Filter implements DatabaseFilter {
        private final Status status;

        @Inject
        Filter(Status status) {
            this.status = status;
            status.find();
        }

        @Override
        public boolean accepts(String database) {
            return status.find() == STATUS_ACTIVE;
        }
    }

    @ApplicationScoped
    static class Status {
        @Inject
        TransactionSynchronizationRegistry registry;

        @Transactional
        int find() {
            return registry.getTransactionStatus();
        }
    }

    @TempDir
    Path home;

    @Test
    void an_observer_of_events_has_a_transaction_of_its_own_if_it_wants_one() {
        List<String> properties = List.of(
                "understudy.home",
                home.toString(),
                "understudy.local-site",
                "localhost:" + Ports.free(),
                "understudy.group-creator",
                "true");
        try (Application.Started application = Application.start(
                List.of(new TransactionExtension()), properties, Observer.class, Ledger.class, SqlTable.class)) {
            Ledger ledger = application.get(Ledger.class);
            await().untilAsserted(() -> assertThat(ledger.content()).containsKeys("master", "more"));
            assertThat(application.get(SqlTable.class).content())
                    .isEqualTo(Map.of("master", ledger.content().get("master")));
        }
    }

    @Test
    void beans_of_sessions_can_have_transactional_methods() {
        try (Application.Started application = Application.start(
                List.of(new TransactionExtension()), List.of("understudy.home", home.toString()), Session.class)) {
            assertThat(application.container().select(Session.class).isResolvable())
                    .isTrue();
        }
    }

    @Test
    void a_bean_that_the_environments_ask_for_can_have_a_transaction_before_they_are_open() {
        try (Application.Started application = Application.start(
                List.of(new TransactionExtension()),
                List.of("understudy.home", home.toString()),
                Filter.class,
                Status.class)) {
            assertThat(application.get(Filter.class).accepts("any")).isTrue();
        }
    }
}
