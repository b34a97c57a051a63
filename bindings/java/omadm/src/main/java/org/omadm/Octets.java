package org.omadm;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** A copy of an array in native memory, for as long as the library reads it. The virtual machine may move the array itself at any time. */
final class Octets implements AutoCloseable {
    final long address;
    final long length;

    Octets(byte[] data) {
        length = data.length;
        address = Native.malloc(Math.max(data.length, 1));
        if (address == 0) {
            throw new OutOfMemoryError("no native memory for " + data.length + " octets");
        }
        new Pointer(address).write(0, data, 0, data.length);
    }

    @Override
    public void close() {
        Native.free(address);
    }
}
