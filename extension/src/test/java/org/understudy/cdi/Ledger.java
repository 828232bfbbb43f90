package org.understudy.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.understudy.Consistency;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.KeyRange;

/** A bean that keeps entries here and in SQL, in whatever transaction it is told to. */
@ApplicationScoped
class Ledger {
    @Inject
    Environment environment;

    @Inject
    @DatabaseName("ledger")
    Database<String, String> entries;

    @Inject
    SqlTable table;

    @Transactional
    public <T> T inOne(Callable<T> work) throws Exception {
        return work.call();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public <T> T inAnother(Callable<T> work) throws Exception {
        return work.call();
    }

    @Transactional(TxType.NOT_SUPPORTED)
    public <T> T inNone(Callable<T> work) throws Exception {
        return work.call();
    }

    public Environment environment() {
        return environment;
    }

    public Database<String, String> entries() {
        return entries;
    }

    /** In both places. */
    public void enter(String name, String content) {
        entries.put(name, content);
        table.insert(name, content);
    }

    /** What is committed here. */
    public Map<String, String> content() {
        Map<String, String> all = new TreeMap<>();
        environment.read(Consistency.LOCAL, txn -> {
            try (var rows = entries.stream(txn, KeyRange.all())) {
                rows.forEach(entry -> all.put(entry.key(), entry.value()));
            }
            return all;
        });
        return all;
    }
}
