package org.understudy.site;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.harness.FaultProxy;
import org.understudy.harness.Route;

/** A group whose sites listen elsewhere than at their names: what reaches them comes through a proxy, and that can fail. */
final class ProxiedGroup implements AutoCloseable {
    private final Map<String, String> listening = new HashMap<>();
    private final TestGroup group;
    private final FaultProxy proxy;

    ProxiedGroup(Path folder, int sites, UnaryOperator<EnvironmentConfigBuilder> settings) {
        group = new TestGroup(folder, sites, builder -> settings.apply(elsewhere(builder)));
        List<String> addresses = TestGroup.freeNames(sites);
        for (int site = 0; site < sites; site++) {
            listening.put(group.name(site), addresses.get(site));
        }
        proxy = new FaultProxy(listening);
    }

    private EnvironmentConfigBuilder elsewhere(EnvironmentConfigBuilder builder) {
        return builder.listenAddress(listening.get(builder.build().localSite().orElseThrow()));
    }

    TestGroup sites() {
        return group;
    }

    /** Nobody reaches this site any more. */
    void deafen(String site) {
        to(site).forEach(Route::cut);
    }

    /** This site and the others lose each other, and notice at once. */
    void isolate(String site) {
        around(site).forEach(Route::cut);
        around(site).forEach(Route::reset);
    }

    void heal(String site) {
        around(site).forEach(Route::heal);
    }

    private Stream<Route> around(String site) {
        return Stream.concat(to(site), others(site).map(other -> proxy.route(site, other)));
    }

    private Stream<Route> to(String site) {
        return others(site).map(other -> proxy.route(other, site));
    }

    private Stream<String> others(String site) {
        return listening.keySet().stream().filter(name -> !name.equals(site));
    }

    @Override
    public void close() {
        group.close();
        proxy.close();
    }
}
