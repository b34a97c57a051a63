package org.omadm;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies what the library lends. Texts lie close to each other, in a message's or a tree's input: a buffer over the surroundings of the last one reads the
 * next without a call into native code. It looks at nothing but what was lent.
 */
final class Lent {
    private static final long HALF = 1L << 29;
    private static final int MEMOS = 64;
    private static final int LONGEST_MEMO = 64;

    private ByteBuffer window;
    private long first;
    private long end;
    private byte[] room = new byte[256];
    private final byte[][] memoOctets = new byte[MEMOS][];
    private final String[] memos = new String[MEMOS];

    /** The text of an {@code omadm_str}; null where it is absent. */
    String text(long address, long length) {
        if (address == 0) {
            return null;
        }
        if (length == 0) {
            return "";
        }
        int count = read(address, length);
        return new String(room, 0, count, StandardCharsets.UTF_8);
    }

    /** A text that is likely to have come before, such as a media type: equal ones become the same string. */
    String repeated(long address, long length) {
        if (address == 0 || length == 0 || length > LONGEST_MEMO) {
            return text(address, length);
        }
        int count = read(address, length);
        int hash = count;
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + room[i];
        }
        int at = (hash ^ hash >>> 7) & MEMOS - 1;
        byte[] octets = memoOctets[at];
        if (octets == null || octets.length != count || !Arrays.equals(octets, 0, count, room, 0, count)) {
            memoOctets[at] = Arrays.copyOf(room, count);
            memos[at] = new String(room, 0, count, StandardCharsets.UTF_8);
        }
        return memos[at];
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
        byte[] octets = new byte[fit(length)];
        if (length > 0) {
            move(address, length);
            window.position((int) (address - first));
            window.get(octets);
        }
        return octets;
    }

    private int read(long address, long length) {
        int count = fit(length);
        if (count > room.length) {
            room = new byte[Math.max(count, room.length * 2)];
        }
        move(address, length);
        window.position((int) (address - first));
        window.get(room, 0, count);
        return count;
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
