package org.omadm;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * A copy of an array in native memory, for as long as the library reads it. The virtual machine may move the array itself at any time.
 *
 * <p>Where octets live on in a handle, the library would copy them once more. It is given large ones instead, and gives them back when it is done; for
 * small ones a copy costs less than being called back.
 */
final class Octets implements AutoCloseable {
    private static final int LARGE = 1 << 16;
    private static final int ADOPT = 2;

    /** {@code omadm_release} */
    private interface Release extends Callback {
        void invoke(long context, long data, long len);
    }

    private static final Release RELEASE = (context, data, len) -> Native.free(data);

    final long address;
    final long length;
    private boolean isOurs = true;

    Octets(byte[] data) {
        length = data.length;
        address = Native.malloc(Math.max(data.length, 1));
        if (address == 0) {
            throw new OutOfMemoryError("no native memory for " + data.length + " octets");
        }
        new Pointer(address).write(0, data, 0, data.length);
    }

    /** An {@code omadm_input}; its call goes through {@link #taken}. */
    long input(Scratch scratch) {
        Scratch.Mem input = scratch.struct(Layout.omadm_input.SIZE)
                .putLong(Layout.omadm_input.data, address)
                .putLong(Layout.omadm_input.len, length);
        if (length >= LARGE) {
            input.putInt(Layout.omadm_input.ownership, ADOPT)
                    .putLong(Layout.omadm_input.release, Pointer.nativeValue(CallbackReference.getFunctionPointer(RELEASE)));
        }
        return input.address;
    }

    /** The code of a call that was handed the input: unless it is one of these three, what was to be adopted is the library's, or was released already. */
    int taken(int code) {
        if (length >= LARGE && code != ErrorKind.NULL.code() && code != ErrorKind.ARGUMENT.code() && code != ErrorKind.STRUCT_SIZE.code()) {
            isOurs = false;
        }
        return code;
    }

    @Override
    public void close() {
        if (isOurs) {
            Native.free(address);
        }
    }
}
