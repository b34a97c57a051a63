package org.omadm;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * Cuts the data of one item into chunks, each for a message of its own. What is cut is the data as it travels: for format {@code b64} the base64 text. Its calls take turns.
 *
 * <pre>{@code
 * try (ObjectSplitter splitter = new ObjectSplitter(Data.text(text), maxObjSize)) {
 *     NewItem item = splitter.next(NewItem.target("./Vendor/Blob").withMeta(Meta.of("chr", "text/plain")), 2000).orElseThrow();
 * }
 * }</pre>
 */
public final class ObjectSplitter extends Handle {
    private final DataForm form;

    /**
     * Begins with an object.
     *
     * @param data text, which is cut between characters, or octets, which only WBXML carries in chunks
     * @param maxObjSize the {@code MaxObjSize} of the peer; -1 for none
     * @throws OmadmException {@link ErrorKind#OBJECT_TOO_LARGE} for an object that must not be sent at all
     */
    public ObjectSplitter(Data data, long maxObjSize) {
        super(make(data, maxObjSize), Lib::omadm_splitter_free, "the splitter");
        form = data.form();
    }

    private static long make(Data data, long maxObjSize) {
        byte[] value = Objects.requireNonNull(data.lentOctets(), "data");
        int form = data.form() == DataForm.OPAQUE ? DataForm.OPAQUE.number() : DataForm.TEXT.number();
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(value)) {
            Scratch.Mem splitter = scratch.alloc(8);
            scratch.check(octets.taken(Lib.omadm_splitter_new(octets.input(scratch), form, maxObjSize, splitter.address, scratch.error)));
            return splitter.getLong(0);
        }
    }

    /** A call: with the address, and the room that it needs. */
    private interface Call<T> {
        T on(long splitter, Scratch scratch);
    }

    private synchronized <T> T call(Call<T> call) {
        long splitter = acquire();
        try (Scratch scratch = new Scratch()) {
            return call.on(splitter, scratch);
        } finally {
            release();
        }
    }

    /**
     * The item with the next chunk. An empty object is one empty chunk. A message that ends with an item of {@link Item#moreData} has no {@code Final}.
     *
     * @param item what is the same for each chunk; data, {@code MoreData} and, in the first chunk, {@code Meta/Size} are set
     * @param room how many octets the data may have, as they travel
     * @return the item; empty after the last chunk
     * @throws OmadmException {@link ErrorKind#NO_ROOM} if not even one character fits: nothing was given then
     */
    public Optional<NewItem> next(NewItem item, long room) {
        if (room < 0) {
            throw new IllegalArgumentException("room has to be 0 or more, not " + room);
        }
        return call((splitter, scratch) -> {
            Scratch.Mem chunk = scratch.struct(Layout.omadm_chunk.SIZE);
            int code = Lib.omadm_splitter_next(splitter, room, chunk.address, scratch.error);
            if (code == ErrorKind.END.code()) {
                return Optional.empty();
            }
            scratch.check(code);
            byte[] octets = new Lent().octets(chunk, Layout.omadm_chunk.data);
            NewItem next = item.withMoreData((chunk.getInt(Layout.omadm_chunk.flags) & 1) != 0)
                    .withData(form == DataForm.OPAQUE ? Data.octets(octets) : Data.text(new String(octets, StandardCharsets.UTF_8)));
            long size = chunk.getLong(Layout.omadm_chunk.size);
            return Optional.of(size == -1 ? next : next.withMeta((item.meta() == null ? Meta.EMPTY : item.meta()).withSize(size)));
        });
    }

    /**
     * The size of the whole object.
     *
     * @return octets, as they travel
     */
    public long size() {
        return summary(0);
    }

    /**
     * How much has not been given yet.
     *
     * @return octets, as they travel
     */
    public long remaining() {
        return summary(8);
    }

    private long summary(int which) {
        return call((splitter, scratch) -> {
            Scratch.Mem out = scratch.alloc(16);
            scratch.check(Lib.omadm_splitter_summary(splitter, out.address, out.address + 8, scratch.error));
            return out.getLong(which);
        });
    }

    /** Begins again, for a peer that could not put the object together. */
    public void restart() {
        call((splitter, scratch) -> {
            scratch.check(Lib.omadm_splitter_restart(splitter, scratch.error));
            return null;
        });
    }
}
