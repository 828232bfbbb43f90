package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import jakarta.transaction.TransactionManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of an application with a {@link Ledger}: Narayana is its transaction manager, and H2 the other resource. */
abstract class LedgerTest {

    @TempDir
    Path home;

    Application.Started application;
    Ledger ledger;
    SqlTable table;
    TransactionManager manager;

    /** Starts it, with some settings and with more beans. */
    final void start(List<String> settings, Class<?>... more) {
        application = Application.start(
                List.of(new TransactionExtension()),
                settings,
                Stream.concat(Stream.of(Ledger.class, SqlTable.class), Stream.of(more))
                        .toArray(Class<?>[]::new));
        ledger = application.get(Ledger.class);
        table = application.get(SqlTable.class);
        manager = application.get(TransactionManager.class);
    }

    @AfterEach
    final void stop() {
        application.close();
    }

    /** This is what has been committed here and in SQL, and nothing waits for a decision. */
    final void assertBothHold(Map<String, String> content) {
        assertThat(ledger.content()).isEqualTo(content);
        assertThat(table.content()).isEqualTo(content);
        assertThat(ledger.environment().prepared()).isEmpty();
    }
}
