package org.understudy.cdi.telemetry;

import static org.understudy.cdi.telemetry.Figure.counter;
import static org.understudy.cdi.telemetry.Figure.gauge;

import java.util.List;
import org.understudy.ChannelStatus;
import org.understudy.ConnectionStatus;
import org.understudy.ForwardingStatus;
import org.understudy.MessageStatus;
import org.understudy.RecordStatus;
import org.understudy.TransferStatus;

/** What a site has exchanged with others. */
final class TrafficFigures {

    static final List<Figure<TransferStatus>> TRANSFER = List.of(
            gauge(
                    "understudy.transfer.done",
                    "By",
                    "transfer.bytesDone",
                    "What it has received in this phase of its synchronisation",
                    TransferStatus::bytesDone),
            gauge(
                    "understudy.transfer.size",
                    "By",
                    "transfer.bytesTotal",
                    "What this phase takes in all, if known",
                    TransferStatus::bytesTotal),
            counter(
                    "understudy.transfer.rolled_back",
                    "{record}",
                    "transfer.rolledBackRecords",
                    "Records undone",
                    TransferStatus::rolledBackRecords),
            counter(
                    "understudy.transfer.initialisations",
                    "{copy}",
                    "transfer.initialisations",
                    "Whole copies taken over",
                    TransferStatus::initialisations),
            counter(
                    "understudy.transfer.ranges_served",
                    "{range}",
                    "transfer.rangesServed",
                    "Ranges of the log sent to others",
                    TransferStatus::rangesServed),
            counter(
                    "understudy.transfer.chunks_served",
                    "{chunk}",
                    "transfer.chunksServed",
                    "Pieces of whole copies sent to others",
                    TransferStatus::chunksServed),
            counter(
                    "understudy.transfer.throttles",
                    "{wait}",
                    "transfer.throttles",
                    "How many of both had to wait for transfer-limit",
                    TransferStatus::throttles));

    static final List<Figure<ConnectionStatus>> CONNECTIONS = List.of(
            gauge(
                    "understudy.connection.established",
                    "{connection}",
                    "connections.established",
                    "Sites it is connected to",
                    ConnectionStatus::established),
            counter(
                    "understudy.connection.broken",
                    "{connection}",
                    "connections.broken",
                    "Connections lost",
                    ConnectionStatus::broken),
            counter(
                    "understudy.connection.try_failed",
                    "{attempt}",
                    "connections.tryFailed",
                    "Attempts to connect that failed",
                    ConnectionStatus::tryFailed),
            counter(
                    "understudy.connection.refused",
                    "{connection}",
                    "connections.refused",
                    "Incoming connections it refused",
                    ConnectionStatus::refused),
            counter(
                    "understudy.connection.sent",
                    "By",
                    "connections.bytesSent",
                    "Bytes sent",
                    ConnectionStatus::bytesSent),
            counter(
                    "understudy.connection.received",
                    "By",
                    "connections.bytesReceived",
                    "Bytes received",
                    ConnectionStatus::bytesReceived));

    static final List<Figure<MessageStatus>> MESSAGES = List.of(
            counter(
                    "understudy.message.sent",
                    "{message}",
                    "messages.sent",
                    "Messages of the protocol sent",
                    MessageStatus::sent),
            counter(
                    "understudy.message.not_sent",
                    "{message}",
                    "messages.notSent",
                    "Those dropped for want of a connection",
                    MessageStatus::notSent),
            counter(
                    "understudy.message.received",
                    "{message}",
                    "messages.received",
                    "Those received",
                    MessageStatus::received),
            counter(
                    "understudy.message.bad_generation",
                    "{message}",
                    "messages.badGeneration",
                    "Those of a master whose generation is over",
                    MessageStatus::badGeneration));

    static final List<Figure<RecordStatus>> RECORDS = List.of(
            counter(
                    "understudy.record.received",
                    "{record}",
                    "records.received",
                    "Records taken from other sites",
                    RecordStatus::received),
            counter(
                    "understudy.record.transactions_received",
                    "{record}",
                    "records.transactionsReceived",
                    "Transactions among them",
                    RecordStatus::transactionsReceived),
            counter(
                    "understudy.record.duplicated",
                    "{record}",
                    "records.duplicated",
                    "Records that came although they were there",
                    RecordStatus::duplicated),
            counter(
                    "understudy.record.ranges_requested",
                    "{range}",
                    "records.rangesRequested",
                    "How often it asked for records it lacks",
                    RecordStatus::rangesRequested),
            counter(
                    "understudy.record.ranges_refused",
                    "{range}",
                    "records.rangesRefused",
                    "How often it did not hold what was asked for",
                    RecordStatus::rangesRefused));

    static final List<Figure<ChannelStatus>> CHANNELS = List.of(
            counter(
                    "understudy.channel.sent",
                    "{message}",
                    "channels.sent",
                    "Messages and requests of the application sent",
                    ChannelStatus::sent),
            counter(
                    "understudy.channel.received",
                    "{message}",
                    "channels.received",
                    "Those received",
                    ChannelStatus::received),
            counter(
                    "understudy.channel.requests",
                    "{request}",
                    "channels.requests",
                    "Requests sent",
                    ChannelStatus::requests),
            counter(
                    "understudy.channel.answered",
                    "{request}",
                    "channels.answered",
                    "Those that got their answer",
                    ChannelStatus::answered),
            counter(
                    "understudy.channel.timeouts",
                    "{request}",
                    "channels.timeouts",
                    "Those that got none in time",
                    ChannelStatus::timeouts),
            counter(
                    "understudy.channel.late_answers",
                    "{message}",
                    "channels.lateAnswers",
                    "Answers that came too late",
                    ChannelStatus::lateAnswers),
            counter(
                    "understudy.channel.refused",
                    "{message}",
                    "channels.refused",
                    "Messages not taken because too many waited",
                    ChannelStatus::refused),
            counter(
                    "understudy.channel.dropped",
                    "{message}",
                    "channels.dropped",
                    "Messages taken and lost with their connection",
                    ChannelStatus::dropped),
            counter(
                    "understudy.channel.unhandled",
                    "{message}",
                    "channels.unhandled",
                    "Messages that came and had no handler",
                    ChannelStatus::unhandled),
            gauge(
                    "understudy.channel.queued",
                    "By",
                    "channels.queuedBytes",
                    "What waits to leave",
                    ChannelStatus::queuedBytes),
            gauge(
                    "understudy.channel.handling",
                    "By",
                    "channels.handlingBytes",
                    "What has come and waits for handlers",
                    ChannelStatus::handlingBytes));

    static final List<Figure<ForwardingStatus>> FORWARDING = List.of(
            counter(
                    "understudy.forwarding.sent",
                    "{write}",
                    "forwarding.writesForwarded",
                    "Writes that went to the master",
                    ForwardingStatus::writesForwarded),
            counter(
                    "understudy.forwarding.received",
                    "{write}",
                    "forwarding.writesReceived",
                    "Writes that this master took from others",
                    ForwardingStatus::writesReceived));

    private TrafficFigures() {}
}
