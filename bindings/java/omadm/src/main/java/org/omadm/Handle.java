package org.omadm;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Something of the library's that has to be freed. Who uses it is counted: closing it while another thread is in a call only marks it, and the last call to
 * return frees it, so that nothing is ever read after it was freed.
 */
abstract class Handle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int CLOSED = Integer.MIN_VALUE;

    /** What is left when nobody holds the handle any more. */
    private static final class State implements Runnable {
        private final long address;
        private final LongConsumer free;
        private final String name;
        private final AtomicInteger users = new AtomicInteger();

        State(long address, LongConsumer free, String name) {
            this.address = address;
            this.free = free;
            this.name = name;
        }

        long acquire() {
            for (;;) {
                int now = users.get();
                if (now < 0) {
                    throw new IllegalStateException(name + " is closed");
                }
                if (users.compareAndSet(now, now + 1)) {
                    return address;
                }
            }
        }

        void release() {
            if (users.decrementAndGet() == CLOSED) {
                free.accept(address);
            }
        }

        @Override
        public void run() {
            int before = users.getAndUpdate(now -> now | CLOSED);
            if (before == 0) {
                free.accept(address);
            }
        }
    }

    private final State state;
    private final Cleaner.Cleanable cleanable;

    Handle(long address, LongConsumer free, String name) {
        state = new State(address, free, name);
        cleanable = CLEANER.register(this, state);
    }

    /** The address, for calls until {@link #release}. */
    final long acquire() {
        return state.acquire();
    }

    final void release() {
        state.release();
    }

    /** Frees it. Later calls are refused with {@link IllegalStateException}; closing it again does nothing. */
    @Override
    public void close() {
        cleanable.clean();
    }
}
