package org.understudy.net;

import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;
import org.understudy.protocol.Command;

/** Values inside frames that no other place writes. */
final class WireValues {
    private static final int REMOVE = 1;
    private static final int TRANSFER_MASTERSHIP = 2;
    private static final int CHANGE_PRIORITY = 3;
    private static final int DEMOTE_TO_VIEW = 4;
    private static final int FORCE_REMOVE = 5;

    private WireValues() {}

    static void putConstant(ValueWriter out, Enum<?> value) {
        out.putByte(value.ordinal());
    }

    static <E extends Enum<E>> E getConstant(ValueReader in, Class<E> type) {
        int ordinal = in.getByte();
        E[] constants = type.getEnumConstants();
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new MalformedValueException("unknown " + type.getSimpleName() + " " + ordinal);
        }
        return constants[ordinal];
    }

    static void putCommand(ValueWriter out, Command command) {
        if (command instanceof Command.Remove remove) {
            out.putByte(REMOVE).putString(remove.site());
        } else if (command instanceof Command.TransferMastership transfer) {
            out.putByte(TRANSFER_MASTERSHIP).putString(transfer.site());
        } else if (command instanceof Command.ChangePriority change) {
            out.putByte(CHANGE_PRIORITY).putString(change.site()).putInt(change.priority());
        } else if (command instanceof Command.DemoteToView demote) {
            out.putByte(DEMOTE_TO_VIEW).putString(demote.site());
        } else if (command instanceof Command.ForceRemove remove) {
            out.putByte(FORCE_REMOVE).putString(remove.site());
        } else {
            throw new IllegalArgumentException("no wire format for " + command);
        }
    }

    static Command getCommand(ValueReader in) {
        byte code = in.getByte();
        return switch (code) {
            case REMOVE -> new Command.Remove(in.getString());
            case TRANSFER_MASTERSHIP -> new Command.TransferMastership(in.getString());
            case CHANGE_PRIORITY -> new Command.ChangePriority(in.getString(), in.getInt());
            case DEMOTE_TO_VIEW -> new Command.DemoteToView(in.getString());
            case FORCE_REMOVE -> new Command.ForceRemove(in.getString());
            default -> throw new MalformedValueException("unknown command " + code);
        };
    }
}
