package org.omadm;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A copy of an array in native memory, which messages and trees borrow ({@code OMADM_BORROW}): the virtual machine may move the array itself at any time. It is
 * freed with the last that shares it.
 */
final class Input {
    private static final int BORROW = 1;

    final long address;
    final long end;
    private final AtomicInteger users = new AtomicInteger(1);

    Input(byte[] data) {
        address = Native.malloc(Math.max(data.length, 1));
        if (address == 0) {
            throw new OutOfMemoryError("no native memory for " + data.length + " octets");
        }
        end = address + data.length;
        new Pointer(address).write(0, data, 0, data.length);
    }

    Input share() {
        users.incrementAndGet();
        return this;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            Native.free(address);
        }
    }

    /** The address of an {@code omadm_input}. */
    long put(Scratch scratch) {
        return scratch.struct(Layout.omadm_input.SIZE)
                .putInt(Layout.omadm_input.ownership, BORROW)
                .putLong(Layout.omadm_input.data, address)
                .putLong(Layout.omadm_input.len, end - address)
                .address;
    }
}
