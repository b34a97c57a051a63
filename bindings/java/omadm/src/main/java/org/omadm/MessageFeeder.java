package org.omadm;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a message from chunks as they arrive, command by command: no more is held than a command that is not complete. What comes out before an error is what
 * {@link Message#decode} would have found up to there. Its calls take turns.
 *
 * <pre>{@code
 * try (MessageFeeder feeder = new MessageFeeder()) {
 *     for (byte[] chunk = in.readNBytes(8192); chunk.length > 0; chunk = in.readNBytes(8192)) {
 *         feeder.feed(chunk);
 *         for (List<Command> next = feeder.next(); !next.isEmpty(); next = feeder.next()) {
 *             carryOut(next.get(0));
 *         }
 *     }
 *     feeder.finish();
 *     for (List<Command> next = feeder.next(); !feeder.isAtEnd(); next = feeder.next()) {
 *         carryOut(next.get(0));
 *     }
 * }
 * }</pre>
 */
public final class MessageFeeder extends Handle {
    /** What {@link #next} gave last: the library has the octets of these items only. */
    private List<Command> last = Collections.emptyList();
    private boolean isAtEnd;

    /** Begins to read one message, within the default limits. */
    public MessageFeeder() {
        this(Options.DEFAULT);
    }

    /**
     * Begins to read one message.
     *
     * @param options what it may cost, and what is forgiven
     */
    public MessageFeeder(Options options) {
        super(make(Objects.requireNonNull(options, "options")), Lib::omadm_feeder_free, "the feeder");
    }

    private static long make(Options options) {
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem feeder = scratch.alloc(8);
            scratch.check(Lib.omadm_feeder_new(options.put(scratch), feeder.address, scratch.error));
            return feeder.getLong(0);
        }
    }

    /** A call: with the address, and the room that it needs. */
    private interface Call<T> {
        T on(long feeder, Scratch scratch);
    }

    private synchronized <T> T call(Call<T> call) {
        long feeder = acquire();
        try (Scratch scratch = new Scratch()) {
            return call.on(feeder, scratch);
        } finally {
            release();
        }
    }

    /**
     * Adds a chunk.
     *
     * @param chunk the octets that come next, however many
     * @throws OmadmException {@link ErrorKind#LIMIT_BUFFER} if more would be held than may be: take out commands after each chunk
     */
    public void feed(byte[] chunk) {
        try (Octets octets = new Octets(Objects.requireNonNull(chunk, "chunk"))) {
            call((feeder, scratch) -> {
                scratch.check(Lib.omadm_feeder_feed(feeder, octets.address, octets.length, scratch.error));
                return null;
            });
        }
    }

    /** Says that there are no more chunks. What is not complete now is an error of the next call that reads. */
    public void finish() {
        call((feeder, scratch) -> {
            scratch.check(Lib.omadm_feeder_finish(feeder, scratch.error));
            return null;
        });
    }

    /**
     * The header.
     *
     * @return the header; empty as long as it is not complete
     * @throws OmadmException what is wrong with the message, and where
     */
    public Optional<Header> header() {
        return call((feeder, scratch) -> {
            long message = message(feeder, scratch);
            return message == 0 ? Optional.empty() : Optional.of(Message.header(message, scratch));
        });
    }

    private static long message(long feeder, Scratch scratch) {
        Scratch.Mem message = scratch.alloc(8);
        return scratch.found(Lib.omadm_feeder_message(feeder, message.address, scratch.error)) ? message.getLong(0) : 0;
    }

    /**
     * The next command, if it is there with all that is in it.
     *
     * @return the command, and behind it those inside it; their indexes count from it. Empty if it is not there yet, and at the end of the message
     * @throws OmadmException what is wrong with the message, and where; after an error, the same again
     */
    public List<Command> next() {
        return call((feeder, scratch) -> {
            Scratch.Mem command = scratch.struct(Layout.omadm_command.SIZE);
            last = Collections.emptyList();
            int code = Lib.omadm_feeder_next(feeder, command.address, scratch.error);
            isAtEnd = code == ErrorKind.END.code();
            if (!isAtEnd && scratch.found(code)) {
                last = Message.commands(message(feeder, scratch));
            }
            return last;
        });
    }

    /**
     * Whether {@link #next} has come to the end of the message, which is known after {@link #finish} only.
     *
     * @return true if there are no more commands
     */
    public synchronized boolean isAtEnd() {
        return isAtEnd;
    }

    /**
     * Whether {@code Final} has been read, which is the last thing in a message.
     *
     * @return true if it has
     */
    public boolean isFinal() {
        return call((feeder, scratch) -> {
            Scratch.Mem isFinal = scratch.alloc(4);
            scratch.check(Lib.omadm_feeder_is_final(feeder, isFinal.address, scratch.error));
            return isFinal.getInt(0) != 0;
        });
    }

    /**
     * As {@link Message#octets}, of an item that {@link #next} gave last.
     *
     * @param item the item
     * @return the octets; empty if it has no data
     * @throws OmadmException as there
     */
    public Optional<byte[]> octets(Item item) {
        return call((feeder, scratch) -> Message.octets(messageOf(item, feeder, scratch), item));
    }

    /**
     * As {@link Message#tree(Item)}, of an item that {@link #next} gave last.
     *
     * @param item the item
     * @return the tree, to be closed; empty if there is no tree document in it
     * @throws OmadmException as there
     */
    public Optional<Tree> tree(Item item) {
        return call((feeder, scratch) -> Message.tree(messageOf(item, feeder, scratch), item, Options.DEFAULT));
    }

    private long messageOf(Item item, long feeder, Scratch scratch) {
        for (Command command : last) {
            for (Item known : command.items()) {
                if (known == item) {
                    return message(feeder, scratch);
                }
            }
        }
        throw new IllegalArgumentException("the item is not of the command that was read last");
    }
}
