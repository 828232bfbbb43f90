package org.understudy.process;

import java.util.List;
import java.util.Optional;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/** How a greeting is answered. Its beginning never changes. */
sealed interface Reply {

    /** Come in: this process has the home, as this site, set up like this, each option as {@code key=text}. */
    record Welcome(long pid, Optional<String> localSite, List<String> settings) implements Reply {}

    /** Not with that configuration. */
    record Unfit(List<String> problems) implements Reply {}

    /** Not at all. */
    record Refused(String reason) implements Reply {}

    /** The answer as a frame. */
    default byte[] encoded() {
        ValueWriter out = new ValueWriter();
        if (this instanceof Refused refused) {
            return out.putByte(0).putString(refused.reason()).toByteArray();
        } else if (this instanceof Unfit unfit) {
            return out.putByte(1)
                    .putAll(unfit.problems(), ValueWriter::putString)
                    .toByteArray();
        }
        Welcome welcome = (Welcome) this;
        out.putByte(2).putLong(welcome.pid()).putBoolean(welcome.localSite().isPresent());
        welcome.localSite().ifPresent(out::putString);
        out.putAll(welcome.settings(), ValueWriter::putString);
        return out.toByteArray();
    }

    /** The answer in a frame. */
    static Reply decoded(byte[] frame) {
        ValueReader in = new ValueReader(frame);
        int kind = in.getByte();
        if (kind == 0) {
            return new Refused(in.getString());
        } else if (kind == 1) {
            return new Unfit(in.getAll(ValueReader::getString));
        }
        return new Welcome(
                in.getLong(),
                in.getBoolean() ? Optional.of(in.getString()) : Optional.empty(),
                in.getAll(ValueReader::getString));
    }
}
