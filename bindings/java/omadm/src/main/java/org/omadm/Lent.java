package org.omadm;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies what the library lends. Most texts lie in the input of a message or tree: where all of them are read, it is copied as a whole, since that costs less
 * than many small copies. For the others a buffer over the surroundings of the last one reads the next without a call into native code; it looks at nothing
 * but what was lent.
 */
final class Lent {
    private static final long HALF = 1L << 29;
    private static final int MEMOS = 64;
    private static final int LONGEST_MEMO = 64;

    private static final long LARGEST_COPY = 1L << 28;

    /** A copy of the input, and where that is; null if not all of it is read. */
    private final byte[] input;
    private final long inputStart;
    private final long inputEnd;

    private ByteBuffer window;
    private long first;
    private long end;
    private byte[] room = new byte[256];
    /** Where the octets are that were found last: {@code input} or {@code room}. */
    private byte[] found;
    private final byte[][] memoOctets = new byte[MEMOS][];
    private final String[] memos = new String[MEMOS];

    /** For a few texts, from anywhere. */
    Lent() {
        this(null);
    }

    /** For all texts of an input; null for what has none. */
    Lent(Input whole) {
        if (whole == null || whole.end - whole.address > LARGEST_COPY) {
            input = null;
            inputStart = 0;
            inputEnd = 0;
        } else {
            inputStart = whole.address;
            inputEnd = whole.end;
            input = new Pointer(inputStart).getByteArray(0, (int) (inputEnd - inputStart));
        }
    }

    /** The text of an {@code omadm_str}; null where it is absent. */
    String text(long address, long length) {
        if (address == 0) {
            return null;
        }
        if (length == 0) {
            return "";
        }
        int at = find(address, length);
        return new String(found, at, (int) length, StandardCharsets.UTF_8);
    }

    /** A text that is likely to have come before, such as a media type: equal ones become the same string. */
    String repeated(long address, long length) {
        if (address == 0 || length == 0 || length > LONGEST_MEMO) {
            return text(address, length);
        }
        int at = find(address, length);
        int count = (int) length;
        byte[] in = found;
        // Texts that are told apart by three octets and the length are told apart here.
        int hash = 31 * (31 * (31 * count + in[at]) + in[at + count / 2]) + in[at + count - 1];
        int memo = (hash ^ hash >>> 6) & MEMOS - 1;
        byte[] octets = memoOctets[memo];
        if (octets == null || !Arrays.equals(octets, 0, octets.length, in, at, at + count)) {
            memoOctets[memo] = Arrays.copyOfRange(in, at, at + count);
            memos[memo] = new String(in, at, count, StandardCharsets.UTF_8);
        }
        return memos[memo];
    }

    String text(Scratch.Mem struct, int at) {
        return text(struct.getLong(at), struct.getLong(at + 8));
    }

    String repeated(Scratch.Mem struct, int at) {
        return repeated(struct.getLong(at), struct.getLong(at + 8));
    }

    /** The octets of an {@code omadm_bytes}; null where they are absent. */
    byte[] octets(Scratch.Mem struct, int at) {
        return octets(struct.getLong(at), struct.getLong(at + 8));
    }

    byte[] octets(long address, long length) {
        if (address == 0) {
            return null;
        }
        if (length == 0) {
            return new byte[0];
        }
        int at = find(address, length);
        return Arrays.copyOfRange(found, at, at + (int) length);
    }

    /** Puts octets into {@code found}, and says at which place in it. */
    private int find(long address, long length) {
        if (address >= inputStart && address + length <= inputEnd) {
            found = input;
            return (int) (address - inputStart);
        }
        int count = fit(length);
        if (count > room.length) {
            room = new byte[Math.max(count, room.length * 2)];
        }
        copy(address, count, room);
        found = room;
        return 0;
    }

    private void copy(long address, int count, byte[] to) {
        move(address, count);
        window.position((int) (address - first));
        window.get(to, 0, count);
    }

    private static int fit(long length) {
        if (length > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError(length + " octets do not fit into an array");
        }
        return (int) length;
    }

    private void move(long address, long length) {
        if (window == null || address < first || address + length > end) {
            // Above 512 MiB a text has a window of its own.
            first = length > HALF ? address : Math.max(1, address - HALF);
            end = first + Math.max(length, 2 * HALF - 8);
            window = new Pointer(first).getByteBuffer(0, end - first);
        }
    }
}
