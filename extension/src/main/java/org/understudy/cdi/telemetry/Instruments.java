package org.understudy.cdi.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.understudy.EnvironmentConfig;
import org.understudy.ReplicationException;
import org.understudy.SiteStatus;
import org.understudy.Status;
import org.understudy.cdi.mastership.MasterOnlyCounts;

/** The instruments of all figures. Each environment's status is read once for all of them. */
final class Instruments {

    /** A figure, its instrument, and how that takes a value. */
    private record Instrument<T>(
            Figure<T> figure, ObservableMeasurement measurement, BiConsumer<Number, Attributes> recorder) {

        void record(T from, Attributes attributes) {
            figure.value().apply(from).ifPresent(value -> recorder.accept(value, attributes));
        }
    }

    private final Meter meter;
    private final List<Instrument<Status>> ofSites;
    private final List<Instrument<SiteStatus>> ofMembers;
    private final List<Instrument<MasterOnlyCounts>> ofCalls;

    Instruments(Meter meter) {
        this.meter = meter;
        this.ofSites = Figures.OF_A_SITE.stream().map(this::instrument).toList();
        this.ofMembers = Figures.OF_MEMBERS.stream().map(this::instrument).toList();
        this.ofCalls = Figures.OF_CALLS.stream().map(this::instrument).toList();
    }

    /** Has the callback called whenever somebody collects these. */
    BatchCallback register(Runnable callback) {
        List<ObservableMeasurement> all = new ArrayList<>();
        ofSites.forEach(instrument -> all.add(instrument.measurement()));
        ofMembers.forEach(instrument -> all.add(instrument.measurement()));
        ofCalls.forEach(instrument -> all.add(instrument.measurement()));
        return meter.batchCallback(
                callback, all.get(0), all.subList(1, all.size()).toArray(ObservableMeasurement[]::new));
    }

    /** Records what an environment's status says now; nothing if it has none to give. */
    void record(Measured environment) {
        Attributes attributes = attributes(environment.config());
        environment
                .masterOnly()
                .get()
                .ifPresent(counts -> ofCalls.forEach(instrument -> instrument.record(counts, attributes)));
        try {
            environment.status().get().ifPresent(status -> record(attributes, status));
        } catch (ReplicationException e) {
            // The process that has the home is going: the next collection asks whoever has it then.
            return;
        }
    }

    private void record(Attributes site, Status status) {
        ofSites.forEach(instrument -> instrument.record(status, site));
        for (SiteStatus member : status.sites()) {
            if (!member.local()) {
                Attributes attributes =
                        site.toBuilder().put(Figures.MEMBER, member.name()).build();
                ofMembers.forEach(instrument -> instrument.record(member, attributes));
            }
        }
    }

    private static Attributes attributes(EnvironmentConfig config) {
        AttributesBuilder attributes = Attributes.builder().put("understudy.environment", config.name());
        config.localSite()
                .ifPresent(site ->
                        attributes.put("understudy.group", config.group()).put("understudy.site", site));
        return attributes.build();
    }

    private <T> Instrument<T> instrument(Figure<T> figure) {
        return switch (figure.kind()) {
            case COUNTER ->
                whole(
                        figure,
                        meter.counterBuilder(figure.name())
                                .setUnit(figure.unit())
                                .setDescription(figure.description())
                                .buildObserver());
            case GAUGE ->
                whole(
                        figure,
                        meter.gaugeBuilder(figure.name())
                                .ofLongs()
                                .setUnit(figure.unit())
                                .setDescription(figure.description())
                                .buildObserver());
            case TIME -> {
                ObservableDoubleMeasurement measurement = meter.gaugeBuilder(figure.name())
                        .setUnit(figure.unit())
                        .setDescription(figure.description())
                        .buildObserver();
                yield new Instrument<>(
                        figure,
                        measurement,
                        (value, attributes) -> measurement.record(value.doubleValue(), attributes));
            }
        };
    }

    private static <T> Instrument<T> whole(Figure<T> figure, ObservableLongMeasurement measurement) {
        return new Instrument<>(
                figure, measurement, (value, attributes) -> measurement.record(value.longValue(), attributes));
    }
}
