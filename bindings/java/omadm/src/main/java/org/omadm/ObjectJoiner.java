package org.omadm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Puts large objects together from the chunks of several messages, and says what is to be answered. It is given every command, ordinary ones too, because
 * anything that comes between two chunks breaks the object. It takes memory only for what has arrived. Its calls take turns.
 *
 * <pre>{@code
 * for (Command command : message.commands()) {
 *     for (JoinStep step : joiner.feed(message, command)) {
 *         if (step.joined() == Joined.COMPLETE) {
 *             carryOut(command, step.octets());
 *         }
 *     }
 * }
 * }</pre>
 */
public final class ObjectJoiner extends Handle {
    /** For objects of any size that the limits allow. */
    public ObjectJoiner() {
        this(-1, Options.DEFAULT);
    }

    /**
     * For objects up to a size.
     *
     * @param maxObjSize the {@code MaxObjSize} that the peer was told; -1 for none
     * @param options {@link Options.Limit#TEXT} bounds an object in any case
     */
    public ObjectJoiner(long maxObjSize, Options options) {
        super(make(maxObjSize, options), Lib::omadm_joiner_free, "the joiner");
    }

    private static long make(long maxObjSize, Options options) {
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem joiner = scratch.alloc(8);
            scratch.check(Lib.omadm_joiner_new(maxObjSize, options.put(scratch), joiner.address, scratch.error));
            return joiner.getLong(0);
        }
    }

    /** A call: with the address, and the room that it needs. */
    private interface Call<T> {
        T on(long joiner, Scratch scratch);
    }

    private synchronized <T> T call(Call<T> call) {
        long joiner = acquire();
        try (Scratch scratch = new Scratch()) {
            return call.on(joiner, scratch);
        } finally {
            release();
        }
    }

    /**
     * Takes a command.
     *
     * @param message a message of the peer's
     * @param command a command of that message: each is given once, in order
     * @return a step for each of its items, or one for a command without any; none for a status and for Alert 1222, which are what stands between two chunks
     */
    public List<JoinStep> feed(Message message, Command command) {
        int capacity = Math.max(1, command.items().size());
        return call((joiner, scratch) -> {
            Scratch.Mem rows = scratch.struct(Math.multiplyExact(Layout.omadm_join_step.SIZE, capacity));
            Scratch.Mem found = scratch.alloc(8);
            scratch.check(message.with(address -> Lib.omadm_joiner_feed(
                    joiner, address, command.index(), rows.address, Layout.omadm_join_step.SIZE, capacity, found.address, scratch.error)));
            List<JoinStep> steps = new ArrayList<>();
            Lent lent = new Lent();
            for (int i = 0; i < found.getLong(0); i++) {
                steps.add(step(rows, i * Layout.omadm_join_step.SIZE, lent));
            }
            return Collections.unmodifiableList(steps);
        });
    }

    private static JoinStep step(Scratch.Mem row, int at, Lent lent) {
        JoinStep.Broken broken = row.getInt(at + Layout.omadm_join_step.is_broken) == 0 ? null : new JoinStep.Broken(
                CommandKind.of(row.getInt(at + Layout.omadm_join_step.broken_kind)),
                lent.text(row, at + Layout.omadm_join_step.broken_target),
                lent.text(row, at + Layout.omadm_join_step.broken_source));
        return new JoinStep(
                Joined.of(row.getInt(at + Layout.omadm_join_step.joined)),
                row.getInt(at + Layout.omadm_join_step.status),
                row.getInt(at + Layout.omadm_join_step.reason),
                row.getLong(at + Layout.omadm_join_step.offset),
                broken,
                lent.text(row, at + Layout.omadm_join_step.format),
                lent.text(row, at + Layout.omadm_join_step.media_type),
                lent.octets(row, at + Layout.omadm_join_step.octets));
    }

    /**
     * The octets that the complete object of a step stands for: decoded where its format is {@code b64}.
     *
     * @param step the place of the step in the list that {@link #feed} gave last
     * @return the octets; empty if there is no such step, or no complete object in it
     * @throws OmadmException {@link ErrorKind#INVALID_BASE64}
     */
    public Optional<byte[]> octets(int step) {
        return call((joiner, scratch) -> {
            try (OutBuffer octets = new OutBuffer(scratch)) {
                return scratch.found(Lib.omadm_joiner_octets(joiner, step, octets.address, scratch.error)) ? Optional.of(octets.octets()) : Optional.empty();
            }
        });
    }

    /**
     * Whether chunks are missing: then the message is answered with Alert 1222.
     *
     * @return true if an object is open
     */
    public boolean isOpen() {
        return call((joiner, scratch) -> {
            Scratch.Mem isOpen = scratch.alloc(4);
            scratch.check(Lib.omadm_joiner_is_open(joiner, isOpen.address, scratch.error));
            return isOpen.getInt(0) != 0;
        });
    }

    /**
     * Changes {@code MaxObjSize}, for the next object.
     *
     * @param maxObjSize the size that the peer was told; -1 for none
     */
    public void setMaxObjSize(long maxObjSize) {
        call((joiner, scratch) -> {
            scratch.check(Lib.omadm_joiner_set_max_obj_size(joiner, maxObjSize, scratch.error));
            return null;
        });
    }

    /**
     * Ends what is open: at {@code Final}, which no sender sets in the middle of an object, and at the end of the session.
     *
     * @return the object that was broken off; empty if none was open
     */
    public Optional<JoinStep.Broken> giveUp() {
        return call((joiner, scratch) -> {
            Scratch.Mem step = scratch.struct(Layout.omadm_join_step.SIZE);
            boolean found = scratch.found(Lib.omadm_joiner_give_up(joiner, step.address, scratch.error));
            return found ? step(step, 0, new Lent()).broken() : Optional.empty();
        });
    }
}
