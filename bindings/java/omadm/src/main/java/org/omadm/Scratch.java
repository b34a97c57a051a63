package org.omadm;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Native memory for the time of one call: what is handed to the library, and what it fills. It comes from a block of each thread, which is freed with the
 * thread; what does not fit is allocated.
 */
final class Scratch implements AutoCloseable {
    private static final int BLOCK = 256 * 1024;

    /** A thread's block: at its beginning an {@code omadm_error}, behind it a stack. */
    private static final class Block {
        final ByteBuffer octets = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.nativeOrder());
        final long address = Pointer.nativeValue(Native.getDirectBufferPointer(octets));
        int top = 128;

        Block() {
            octets.putInt(0, Layout.omadm_error.SIZE);
        }
    }

    private static final ThreadLocal<Block> BLOCKS = ThreadLocal.withInitial(Block::new);

    /** Some of the memory, with an address. */
    static final class Mem {
        final ByteBuffer octets;
        final long address;
        private final int start;
        private final Scratch scratch;

        Mem(Scratch scratch, ByteBuffer octets, int start, long address) {
            this.scratch = scratch;
            this.octets = octets;
            this.start = start;
            this.address = address;
        }

        int getInt(int at) {
            return octets.getInt(start + at);
        }

        long getLong(int at) {
            return octets.getLong(start + at);
        }

        Mem putInt(int at, int value) {
            octets.putInt(start + at, value);
            return this;
        }

        Mem putShort(int at, int value) {
            octets.putShort(start + at, (short) value);
            return this;
        }

        Mem putLong(int at, long value) {
            octets.putLong(start + at, value);
            return this;
        }

        /** A text in an {@code omadm_str}; null is absent. */
        Mem putText(int at, String text) {
            return putOctets(at, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
        }

        /** Octets in an {@code omadm_bytes}; null is absent. */
        Mem putOctets(int at, byte[] value) {
            if (value != null) {
                putLong(at, scratch.octets(value).address);
                putLong(at + 8, value.length);
            }
            return this;
        }

    }

    private final Block block = BLOCKS.get();
    private final int mark = block.top;
    private final List<ByteBuffer> outside = new ArrayList<>(0);

    /** Where the {@code omadm_error} of this thread is. */
    final long error = block.address;

    /** Octets that are zero, of any number, on an address that is a multiple of 8. */
    Mem alloc(int size) {
        int rounded = Math.addExact(size, 7) & ~7;
        if (rounded > BLOCK - block.top) {
            ByteBuffer octets = ByteBuffer.allocateDirect(Math.max(rounded, 8)).order(ByteOrder.nativeOrder());
            outside.add(octets);
            return new Mem(this, octets, 0, Pointer.nativeValue(Native.getDirectBufferPointer(octets)));
        }
        int start = block.top;
        block.top += rounded;
        for (int at = start; at < block.top; at += 8) {
            block.octets.putLong(at, 0);
        }
        return new Mem(this, block.octets, start, block.address + start);
    }

    /** A structure, or an array of them, with {@code struct_size} set in the first. */
    Mem struct(int size) {
        return alloc(size).putInt(0, size);
    }

    /** Room for structures that the library writes: their size is passed, so that nothing needs to be set. */
    Mem rows(int size, int count) {
        int octets = Math.multiplyExact(size, count);
        if (octets > BLOCK - block.top) {
            return alloc(octets);
        }
        int start = block.top;
        block.top += octets + 7 & ~7;
        return new Mem(this, block.octets, start, block.address + start);
    }

    Mem octets(byte[] value) {
        Mem copy = alloc(Math.max(value.length, 1));
        ByteBuffer octets = copy.octets.duplicate();
        octets.position(copy.start);
        octets.put(value);
        return copy;
    }

    /** What the library said was wrong. */
    OmadmException failure(int code) {
        long message = block.octets.getLong(Layout.omadm_error.message);
        long subject = block.octets.getLong(Layout.omadm_error.subject);
        long length = block.octets.getLong(Layout.omadm_error.subject + 8);
        String about = subject == 0 ? null : new String(new Pointer(subject).getByteArray(0, (int) length), StandardCharsets.UTF_8);
        return new OmadmException(
                code,
                Lib.text(message),
                about,
                block.octets.getLong(Layout.omadm_error.offset),
                block.octets.getLong(Layout.omadm_error.inner_offset));
    }

    /** Throws if a call did not do what it was asked for. */
    void check(int code) {
        if (code != 0) {
            throw failure(code);
        }
    }

    /** As {@link #check}, but says false where the library says {@code OMADM_NOT_FOUND}. */
    boolean found(int code) {
        if (code == ErrorKind.NOT_FOUND.code()) {
            return false;
        }
        check(code);
        return true;
    }

    @Override
    public void close() {
        block.top = mark;
        outside.clear();
    }
}
