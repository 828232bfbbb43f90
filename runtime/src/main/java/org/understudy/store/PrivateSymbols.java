package org.understudy.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The change to a shared library of Linux after which each copy of it in one process has its own variables.
 *
 * <p>C++ compilers mark the variables of inline functions as unique: of all copies of a library in a process, one for each
 * class loader, only the first one's are used. RocksDB keeps methods of its Java classes in such, so a second copy would call
 * those of the first one's class loader, and end the JVM when that is gone. Here they become ordinary symbols. That one of them
 * was unique also kept the C library from ever unloading a copy; it still must not. By itself it waits for the threads that
 * have used the copy, but not to their very end: the last that they do is to call RocksDB once more, and the copy may have been
 * unloaded just before (NativeLibraryTest shows it). So the copy is marked as one that stays.
 *
 * <p>The names are those of the ELF specification, and of the GNU extensions to it.
 */
final class PrivateSymbols {
    private static final int MAGIC = 0x7f454c46;
    private static final int CLASS_64 = 2;
    private static final int BIG_ENDIAN = 2;

    private static final int SECTION_DYNAMIC = 6;
    private static final int SECTION_DYNSYM = 11;
    private static final int BIND_GLOBAL = 1;
    private static final int BIND_GNU_UNIQUE = 10;
    private static final long TAG_NULL = 0;
    private static final long TAG_FLAGS_1 = 0x6ffffffb;
    private static final long FLAG_1_NODELETE = 8;

    private final ByteBuffer image;
    private final boolean wide;

    private PrivateSymbols(ByteBuffer image) {
        this.image = image;
        this.wide = image.get(4) == CLASS_64;
        image.order(image.get(5) == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Makes the change, where there is something to change, in place.
     *
     * @return whether copies of the library share nothing now; if not, nothing was changed
     */
    static boolean give(byte[] library) {
        ByteBuffer image = ByteBuffer.wrap(library);
        return library.length < Integer.BYTES || image.getInt(0) != MAGIC || new PrivateSymbols(image).give();
    }

    private boolean give() {
        if (changeUnique(false) == 0) {
            return true;
        }
        OptionalInt entry = flagsEntry();
        if (entry.isEmpty()) {
            return false;
        }
        int value = entry.getAsInt() + word();
        long flags = isFlags(entry.getAsInt()) ? readWord(value) : 0;
        writeWord(entry.getAsInt(), TAG_FLAGS_1);
        writeWord(value, flags | FLAG_1_NODELETE);
        changeUnique(true);
        return true;
    }

    /** How many symbols are unique; they are no longer, if so wanted. */
    private int changeUnique(boolean change) {
        int size = wide ? 24 : 16;
        int found = 0;
        for (Section section : sections(SECTION_DYNSYM)) {
            for (int symbol = section.from; symbol + size <= section.to; symbol += size) {
                int info = symbol + (wide ? 4 : 12);
                if ((image.get(info) & 0xf0) >> 4 == BIND_GNU_UNIQUE) {
                    found++;
                    if (change) {
                        image.put(info, (byte) (BIND_GLOBAL << 4 | image.get(info) & 0x0f));
                    }
                }
            }
        }
        return found;
    }

    /** Where the flags are, or can be: the linker leaves room behind the last entry, of which one has to stay empty. */
    private OptionalInt flagsEntry() {
        int size = 2 * word();
        for (Section section : sections(SECTION_DYNAMIC)) {
            for (int entry = section.from; entry + size <= section.to; entry += size) {
                boolean last = readWord(entry) == TAG_NULL;
                if (isFlags(entry) || last && entry + 2 * size <= section.to && readWord(entry + size) == TAG_NULL) {
                    return OptionalInt.of(entry);
                }
                if (last) {
                    break;
                }
            }
        }
        return OptionalInt.empty();
    }

    private boolean isFlags(int entry) {
        return readWord(entry) == TAG_FLAGS_1;
    }

    private List<Section> sections(int type) {
        int table = Math.toIntExact(readWord(wide ? 0x28 : 0x20));
        int size = Short.toUnsignedInt(image.getShort(wide ? 0x3a : 0x2e));
        int count = Short.toUnsignedInt(image.getShort(wide ? 0x3c : 0x30));
        List<Section> sections = new ArrayList<>();
        for (int header = table; header < table + count * size; header += size) {
            if (image.getInt(header + 4) == type) {
                int from = Math.toIntExact(readWord(header + (wide ? 0x18 : 0x10)));
                sections.add(new Section(
                        from, Math.addExact(from, Math.toIntExact(readWord(header + (wide ? 0x20 : 0x14))))));
            }
        }
        return sections;
    }

    /** The bytes of an address or of a number as large. */
    private int word() {
        return wide ? Long.BYTES : Integer.BYTES;
    }

    private long readWord(int at) {
        return wide ? image.getLong(at) : Integer.toUnsignedLong(image.getInt(at));
    }

    private void writeWord(int at, long value) {
        if (wide) {
            image.putLong(at, value);
        } else {
            image.putInt(at, (int) value);
        }
    }

    /** The bytes of one part of the file. */
    private record Section(int from, int to) {}
}
