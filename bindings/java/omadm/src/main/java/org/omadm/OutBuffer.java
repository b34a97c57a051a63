package org.omadm;

import com.sun.jna.Pointer;

/** An {@code omadm_buffer}, which the library fills. */
final class OutBuffer implements AutoCloseable {
    private final Scratch.Mem buffer;
    final long address;

    OutBuffer(Scratch scratch) {
        buffer = scratch.struct(Layout.omadm_buffer.SIZE);
        address = buffer.address;
    }

    long data() {
        return buffer.getLong(Layout.omadm_buffer.data);
    }

    long length() {
        return buffer.getLong(Layout.omadm_buffer.len);
    }

    byte[] octets() {
        long length = length();
        if (length > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError(length + " octets do not fit into an array");
        }
        return length == 0 ? new byte[0] : new Pointer(data()).getByteArray(0, (int) length);
    }

    @Override
    public void close() {
        Lib.omadm_buffer_free(address);
    }
}
