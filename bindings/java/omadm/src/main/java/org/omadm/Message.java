package org.omadm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongToIntFunction;

/**
 * A SyncML message, decoded from XML or WBXML. It does not change: many threads may read one. What it gives are values that outlive it.
 *
 * <pre>{@code
 * try (Message message = Message.decode(octets)) {
 *     for (Command command : message.commands()) {
 *         System.out.println(command.name() + " " + command.items());
 *     }
 * }
 * }</pre>
 *
 * <p>Octets are copied when they are decoded. The virtual machine moves its arrays, and pins them only by stopping its collector for as long; a copy costs less
 * than what is done with it.
 */
public final class Message extends Handle implements Document {
    private static final int HAS_META = 8;
    private static final int HAS_CHAL = 16;
    private static final int ITEM_HAS_META = 2;
    private static final int EXTRAS = 32;
    private static final int UI_DEFAULT = 1;
    private static final int UI_DEFAULT_YES = 2;
    private static final int UI_PASSWORD = 4;
    private static final int CONFIRMATION = 1101;
    private static final int TEXT_INPUT = 1102;
    // How the numbers of a message stand in rows: the head and the header's texts, and how many there are to a command, an item, a reference and a meta.
    private static final int COUNT = 3;
    private static final int FIRST_COMMAND = 4 + 9;
    private static final int COMMAND = 8 + 7 + 4;
    private static final int FLAGS = 1;
    private static final int ITEM_COUNT = 5;
    private static final int REF_COUNT = 6;
    private static final int ITEM = 2 + 9 + 4;
    private static final int REF = 2;
    private static final int META = 6 + 4 + 4;

    private volatile List<Command> commands;

    private Message(long address) {
        super(address, Lib::omadm_message_free, "the message");
    }

    /**
     * Decodes a message, within the default limits.
     *
     * @param data the octets, XML or WBXML
     * @return the message, to be closed
     * @throws OmadmException what is wrong with it, and where
     */
    public static Message decode(byte[] data) {
        return decode(data, Options.DEFAULT);
    }

    /**
     * Decodes a message.
     *
     * @param data the octets, XML or WBXML
     * @param options what it may cost, and what is forgiven
     * @return the message, to be closed
     * @throws OmadmException what is wrong with it, and where
     */
    public static Message decode(byte[] data, Options options) {
        Objects.requireNonNull(data, "data");
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(data)) {
            Scratch.Mem message = scratch.alloc(8);
            scratch.check(octets.taken(Lib.omadm_message_decode_input(octets.input(scratch), options.put(scratch), message.address, scratch.error)));
            return new Message(message.getLong(0));
        }
    }

    static Message of(long address) {
        return new Message(address);
    }

    /** For a call that reads the message, of something else. */
    int with(LongToIntFunction call) {
        long message = acquire();
        try {
            return call.applyAsInt(message);
        } finally {
            release();
        }
    }

    @Override
    public Kind kind() {
        return Kind.SYNCML;
    }

    /**
     * What it is written in.
     *
     * @return the encoding
     */
    public Encoding encoding() {
        return Encoding.of((int) summary(0));
    }

    /**
     * Whether it has {@code Final}.
     *
     * @return true if it is the last of its package
     */
    public boolean isFinal() {
        return summary(1) != 0;
    }

    /**
     * How many commands it has, those inside containers among them.
     *
     * @return their number
     */
    public int commandCount() {
        return (int) summary(2);
    }

    private long summary(int which) {
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem out = scratch.alloc(24);
            scratch.check(Lib.omadm_message_summary(message, out.address, out.address + 8, out.address + 16, scratch.error));
            return which == 2 ? out.getLong(16) : out.getInt(8 * which);
        } finally {
            release();
        }
    }

    /**
     * Its {@code SyncHdr}.
     *
     * @return the header
     */
    public Header header() {
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            return header(message, scratch);
        } finally {
            release();
        }
    }

    /** The header of a message, or of as much of it as a feeder has. */
    static Header header(long message, Scratch scratch) {
        Scratch.Mem header = scratch.struct(Layout.omadm_header.SIZE);
        scratch.check(Lib.omadm_message_header(message, header.address, scratch.error));
        int flags = header.getInt(Layout.omadm_header.flags);
        Lent lent = new Lent();
        Meta meta = null;
        if ((flags & 2) != 0) {
            Scratch.Mem out = scratch.struct(Layout.omadm_meta.SIZE);
            scratch.check(Lib.omadm_message_header_meta(message, out.address, scratch.error));
            meta = meta(out, lent);
        }
        Cred cred = null;
        if ((flags & 4) != 0) {
            Scratch.Mem out = scratch.struct(Layout.omadm_cred.SIZE);
            scratch.check(Lib.omadm_message_header_cred(message, out.address, scratch.error));
            cred = new Cred(
                    lent.text(out, Layout.omadm_cred.scheme),
                    lent.text(out, Layout.omadm_cred.format),
                    Data.of(out, Layout.omadm_cred.data, lent));
        }
        return new Header(
                lent.text(header, Layout.omadm_header.ver_dtd),
                lent.text(header, Layout.omadm_header.ver_proto),
                lent.text(header, Layout.omadm_header.session_id),
                lent.text(header, Layout.omadm_header.msg_id),
                lent.text(header, Layout.omadm_header.target),
                lent.text(header, Layout.omadm_header.target_name),
                lent.text(header, Layout.omadm_header.source),
                lent.text(header, Layout.omadm_header.source_name),
                lent.text(header, Layout.omadm_header.resp_uri),
                (flags & 1) != 0,
                cred,
                meta);
    }

    /**
     * Checks the credentials in its header against what is stored of the peer: that it returns says that the peer has the secret.
     *
     * @param scheme the scheme that was asked for: {@link Scheme#BASIC} or {@link Scheme#MD5}
     * @param a1 what {@link Auth#a1} made of name and secret; whose it has to be says {@link Header#sourceName}, or {@link #basicName}
     * @param nonces the nonce that is due, decoded from base64; others are tried after it, such as four zero octets where a peer may have lost its nonce. Basic needs none
     * @return the place of the nonce that fitted: above 0 both sides go on with that one, and have to be given new ones
     * @throws OmadmException {@link ErrorKind#NOT_FOUND} if there are no credentials, to be answered with 407; {@link ErrorKind#REFUSED} for a wrong secret or nonce, 401;
     *     {@link ErrorKind#ANOTHER_SCHEME} for credentials of another scheme, or one that cannot be checked here
     */
    public int verify(Scheme scheme, byte[] a1, byte[]... nonces) {
        byte[][] tried = nonces.length == 0 && scheme == Scheme.BASIC ? new byte[1][0] : nonces;
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem place = scratch.alloc(8);
            scratch.check(Lib.omadm_message_verify_cred(
                    message, scheme.number(), Auth.stored(scratch, a1), Auth.nonces(scratch, tried), tried.length, place.address, scratch.error));
            return (int) place.getLong(0);
        } finally {
            release();
        }
    }

    /**
     * The name in credentials of scheme basic, not verified.
     *
     * @return what stands before the first colon; empty if there are no such credentials
     */
    public Optional<String> basicName() {
        return filled((message, scratch) -> (room, size, length) -> Lib.omadm_message_basic_name(message, room, size, length, scratch.error))
                .map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    /**
     * The nonce in the {@code Chal} of a status, decoded: the one to be used next. It is kept only when the peer has authenticated itself.
     *
     * @param status a command of this message
     * @return the octets; empty if there is none
     */
    public Optional<byte[]> nextNonce(Command status) {
        return filled((message, scratch) -> (room, size, length) ->
                Lib.omadm_message_next_nonce(message, status.index(), room, size, length, scratch.error));
    }

    private Optional<byte[]> filled(BiFunction<Long, Scratch, Auth.Fill> fill) {
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            return Optional.ofNullable(Auth.filled(scratch, fill.apply(message, scratch)));
        } finally {
            release();
        }
    }

    /**
     * Its commands in the order of the document, containers before what is in them. They are read once, and kept.
     *
     * @return a list that does not change
     */
    public List<Command> commands() {
        long message = acquire();
        try {
            List<Command> known = commands;
            if (known == null) {
                // Two threads may both read them: they read the same.
                known = commands(message);
                commands = known;
            }
            return known;
        } finally {
            release();
        }
    }

    static List<Command> commands(long message) {
        Rows rows;
        try (Scratch scratch = new Scratch(); OutBuffer buffer = new OutBuffer(scratch)) {
            scratch.check(Lib.omadm_unstable_message_rows(message, 0, buffer.address, scratch.error));
            rows = new Rows(buffer.octets());
        }
        Command[] commands = new Command[rows.number(COUNT)];
        int items = FIRST_COMMAND + commands.length * COMMAND;
        int refs = items;
        int metas = items;
        for (int i = 0; i < commands.length; i++) {
            int at = FIRST_COMMAND + i * COMMAND;
            refs += rows.number(at + ITEM_COUNT) * ITEM;
            metas += rows.number(at + ITEM_COUNT) * ITEM + rows.number(at + REF_COUNT) * REF;
        }
        Metas known = new Metas(rows, metas);
        for (int i = 0; i < commands.length; i++) {
            int at = FIRST_COMMAND + i * COMMAND;
            int flags = rows.number(at + FLAGS);
            Meta meta = known.next((flags & HAS_META) != 0);
            Meta chal = known.next((flags & HAS_CHAL) != 0);
            Item[] own = new Item[rows.number(at + ITEM_COUNT)];
            for (int item = 0; item < own.length; item++) {
                Meta its = known.next((rows.number(items) & ITEM_HAS_META) != 0);
                rows.seek(items);
                own[item] = item(i, item, rows, its);
                items = rows.place();
            }
            Ref[] references = new Ref[rows.number(at + REF_COUNT)];
            rows.seek(refs);
            for (int ref = 0; ref < references.length; ref++) {
                references[ref] = new Ref(rows.next() != 0, rows.nextText());
            }
            refs = rows.place();
            rows.seek(at);
            commands[i] = command(i, rows, meta, chal, list(references), list(own));
        }
        return list(commands);
    }

    /** The meta-information at the end of rows. Neighbours are often alike: they become the same object. */
    private static final class Metas {
        private final Rows rows;
        private int at;
        private int before = -1;
        private Meta last;

        Metas(Rows rows, int at) {
            this.rows = rows;
            this.at = at;
        }

        Meta next(boolean isThere) {
            if (!isThere) {
                return null;
            }
            if (before < 0 || !rows.same(before, at, META)) {
                rows.seek(at);
                Long size = number(rows.nextLong());
                Long maxMsgSize = number(rows.nextLong());
                Long maxObjSize = number(rows.nextLong());
                String format = rows.nextText();
                String mediaType = rows.nextText();
                String mark = rows.nextText();
                String version = rows.nextText();
                last = new Meta(format, mediaType, mark, size, version, Data.next(rows), maxMsgSize, maxObjSize);
            }
            before = at;
            at += META;
            return last;
        }
    }

    private static <T> List<T> list(T[] all) {
        return all.length == 0 ? Collections.emptyList() : Collections.unmodifiableList(Arrays.asList(all));
    }

    private static Command command(int index, Rows rows, Meta meta, Meta chal, List<Ref> refs, List<Item> items) {
        CommandKind kind = CommandKind.of(rows.next());
        int flags = rows.next();
        int code = rows.next();
        int parent = rows.next();
        int end = rows.next();
        // How many items and references there are is known.
        rows.next();
        rows.next();
        long offset = rows.next() & 0xFFFF_FFFFL;
        String name = rows.nextText();
        String cmdId = rows.nextText();
        String msgRef = rows.nextText();
        String cmdRef = rows.nextText();
        String cmd = rows.nextText();
        String correlator = rows.nextText();
        String lang = rows.nextText();
        Data data = Data.next(rows);
        return new Command(
                kind, name, index, parent, end, offset, cmdId, msgRef, cmdRef, cmd, correlator, lang, code,
                (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, meta, chal, data, refs, items);
    }

    private static Item item(int command, int index, Rows rows, Meta meta) {
        int flags = rows.next();
        long offset = rows.next() & 0xFFFF_FFFFL;
        String nodeUri = rows.nextText();
        String target = rows.nextText();
        String targetName = rows.nextText();
        String source = rows.nextText();
        String sourceName = rows.nextText();
        String targetParent = rows.nextText();
        String sourceParent = rows.nextText();
        String format = rows.nextText();
        String mediaType = rows.nextText();
        return new Item(
                command, index, offset, nodeUri, target, targetName, source, sourceName, targetParent, sourceParent, format, mediaType,
                (flags & 1) != 0, meta, Data.next(rows));
    }

    static Meta meta(Scratch.Mem meta, Lent lent) {
        return new Meta(
                lent.repeated(meta, Layout.omadm_meta.format),
                lent.repeated(meta, Layout.omadm_meta.media_type),
                lent.repeated(meta, Layout.omadm_meta.mark),
                number(meta.getLong(Layout.omadm_meta.size)),
                lent.text(meta, Layout.omadm_meta.version),
                Data.of(meta, Layout.omadm_meta.next_nonce, lent),
                number(meta.getLong(Layout.omadm_meta.max_msg_size)),
                number(meta.getLong(Layout.omadm_meta.max_obj_size)));
    }

    private static Long number(long number) {
        return number == -1 ? null : (Long) number;
    }

    /**
     * The octets of the value that an item's data stands for: base64 is decoded, of format {@code b64} in both encodings and of {@code bin} as text of an XML
     * message; all else is as it travelled, and so is a chunk of a large object.
     *
     * @param item an item of this message
     * @return the octets; empty if it has no data
     * @throws OmadmException {@link ErrorKind#INVALID_BASE64}, and {@link ErrorKind#UNEXPECTED_MARKUP} for elements, at the data
     */
    public Optional<byte[]> octets(Item item) {
        long message = acquire();
        try {
            return octets(message, item);
        } finally {
            release();
        }
    }

    static Optional<byte[]> octets(long message, Item item) {
        try (Scratch scratch = new Scratch(); OutBuffer octets = new OutBuffer(scratch)) {
            boolean found = scratch.found(
                    Lib.omadm_message_item_octets(message, item.command(), item.index(), octets.address, scratch.error));
            return found ? Optional.of(octets.octets()) : Optional.empty();
        }
    }

    /**
     * The tree document in an item.
     *
     * @param item an item of this message
     * @return the tree, to be closed, before or after the message; empty if there is no tree document in it
     * @throws OmadmException what is wrong with the tree: its offset is where the item's data begins, its inner offset the place in the document
     */
    public Optional<Tree> tree(Item item) {
        return tree(item, Options.DEFAULT);
    }

    /**
     * As {@link #tree(Item)}, within other limits.
     *
     * @param item an item of this message
     * @param options what the tree may cost, and what is forgiven
     * @return the tree, to be closed; empty if there is no tree document in it
     * @throws OmadmException what is wrong with the tree
     */
    public Optional<Tree> tree(Item item, Options options) {
        long message = acquire();
        try {
            return tree(message, item, options);
        } finally {
            release();
        }
    }

    static Optional<Tree> tree(long message, Item item, Options options) {
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem tree = scratch.alloc(8);
            boolean found = scratch.found(Lib.omadm_tree_of_item(
                    message, item.command(), item.index(), options.put(scratch), tree.address, scratch.error));
            return found ? Optional.of(Tree.of(tree.getLong(0))) : Optional.empty();
        }
    }

    /**
     * The events of a generic alert (1226) or client event (1224): what a client tells of its own accord.
     *
     * @param alert a command of this message
     * @return an event for each item, in a list that does not change; empty for other commands
     */
    public List<AlertEvent> events(Command alert) {
        int count = alert.items().size();
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            int size = Layout.omadm_alert_event.SIZE;
            Scratch.Mem rows = scratch.rows(size, Math.max(count, 1));
            Scratch.Mem written = scratch.alloc(8);
            if (!scratch.found(Lib.omadm_message_alert_events(message, alert.index(), 0, rows.address, size, count, written.address, scratch.error))) {
                return Collections.emptyList();
            }
            AlertEvent[] events = new AlertEvent[(int) written.getLong(0)];
            Lent lent = new Lent();
            for (int i = 0; i < events.length; i++) {
                int at = i * size;
                int format = rows.getInt(at + Layout.omadm_alert_event.format);
                events[i] = new AlertEvent(
                        lent.text(rows, at + Layout.omadm_alert_event.alert_type),
                        lent.text(rows, at + Layout.omadm_alert_event.source),
                        format == 0 ? null : Format.of(format),
                        lent.text(rows, at + Layout.omadm_alert_event.mark),
                        rows.getInt(at + Layout.omadm_alert_event.importance),
                        Data.of(rows, at + Layout.omadm_alert_event.data, lent));
            }
            return list(events);
        } finally {
            release();
        }
    }

    /**
     * Checks that a generic alert or client event has everything that the specification requires: an item, and in each a type, a format and data.
     *
     * @param alert a command of this message
     * @throws OmadmException {@link ErrorKind#ALERT_ITEMS} and {@link ErrorKind#MISSING} for what is to be answered with 412; {@link ErrorKind#NOT_FOUND} for other commands
     */
    public void checkAlert(Command alert) {
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            scratch.check(Lib.omadm_message_alert_check(message, alert.index(), scratch.error));
        } finally {
            release();
        }
    }

    /**
     * What a user-interaction alert (1100 to 1104) shows or asks.
     *
     * @param alert a command of this message
     * @return the alert; empty for other commands
     * @throws OmadmException {@link ErrorKind#ALERT_ITEMS} when options, text or choices are missing, to be answered with 412
     */
    public Optional<UserAlert> userAlert(Command alert) {
        long message = acquire();
        try (Scratch scratch = new Scratch(); OutBuffer entered = new OutBuffer(scratch)) {
            Scratch.Mem out = scratch.struct(Layout.omadm_ui_alert.SIZE);
            if (!scratch.found(Lib.omadm_message_ui_alert(message, alert.index(), 0, out.address, scratch.error))) {
                return Optional.empty();
            }
            int code = out.getInt(Layout.omadm_ui_alert.code);
            int flags = out.getInt(Layout.omadm_ui_alert.flags);
            int count = out.getInt(Layout.omadm_ui_alert.choice_count);
            Scratch.Mem texts = scratch.rows(Layout.omadm_str.SIZE, Math.max(count, 1));
            Scratch.Mem found = scratch.alloc(8);
            scratch.check(Lib.omadm_message_ui_choices(message, alert.index(), 0, texts.address, count, found.address, scratch.error));
            Lent lent = new Lent();
            String[] choices = new String[count];
            for (int i = 0; i < count; i++) {
                choices[i] = lent.text(texts, i * Layout.omadm_str.SIZE);
            }
            String text = null;
            Integer[] numbered = {};
            if ((flags & UI_DEFAULT) != 0 && code != CONFIRMATION) {
                // A choice may be there more than once: how many there are is asked first.
                scratch.check(Lib.omadm_message_ui_default(message, alert.index(), 0, entered.address, 0, 0, found.address, scratch.error));
                text = code == TEXT_INPUT ? new String(entered.octets(), StandardCharsets.UTF_8) : null;
                numbered = new Integer[Math.toIntExact(found.getLong(0))];
                Scratch.Mem numbers = scratch.alloc(4 * Math.max(numbered.length, 1));
                scratch.check(Lib.omadm_message_ui_default(
                        message, alert.index(), 0, entered.address, numbers.address, numbered.length, found.address, scratch.error));
                for (int i = 0; i < numbered.length; i++) {
                    numbered[i] = numbers.getInt(4 * i);
                }
            }
            return Optional.of(new UserAlert(
                    code,
                    lent.text(out, Layout.omadm_ui_alert.text),
                    list(choices),
                    lent.text(out, Layout.omadm_ui_alert.option_text),
                    out.getInt(Layout.omadm_ui_alert.min_display),
                    out.getInt(Layout.omadm_ui_alert.max_display),
                    out.getInt(Layout.omadm_ui_alert.max_len),
                    InputType.of(out.getInt(Layout.omadm_ui_alert.input_type)),
                    (flags & UI_PASSWORD) != 0,
                    (flags & UI_DEFAULT) != 0 && code == CONFIRMATION ? (Boolean) ((flags & UI_DEFAULT_YES) != 0) : null,
                    text,
                    list(numbered)));
        } finally {
            release();
        }
    }

    /**
     * The whole element of a command that DM does not use, as it stands in the message: XML text, or WBXML tokens that need the message's code pages and string
     * table.
     *
     * @param command a command of this message
     * @return the octets; empty for other commands
     */
    public Optional<byte[]> source(Command command) {
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem source = scratch.alloc(Layout.omadm_str.SIZE);
            boolean found = scratch.found(Lib.omadm_message_command_source(message, command.index(), source.address, scratch.error));
            return found ? Optional.of(new Lent().octets(source, 0)) : Optional.empty();
        } finally {
            release();
        }
    }

    /**
     * The elements that are not SyncML's in {@code SyncML} and {@code SyncBody}, those of the latter first.
     *
     * @return them, in order
     */
    public List<UnknownElement> unknown() {
        List<UnknownElement> all = new ArrayList<>(extras(3, 0, 0));
        all.addAll(extras(1, 0, 0));
        return all;
    }

    /**
     * The elements that are not SyncML's in {@code SyncHdr}.
     *
     * @return them, in order
     */
    public List<UnknownElement> unknownInHeader() {
        return extras(2, 0, 0);
    }

    /**
     * The elements that are not SyncML's in a command.
     *
     * @param command a command of this message
     * @return them, in order
     */
    public List<UnknownElement> unknown(Command command) {
        return extras(4, command.index(), 0);
    }

    /**
     * The elements that are not SyncML's in an item.
     *
     * @param item an item of this message
     * @return them, in order
     */
    public List<UnknownElement> unknown(Item item) {
        return extras(5, item.command(), item.index());
    }

    private List<UnknownElement> extras(int place, int command, int item) {
        List<UnknownElement> extras = new ArrayList<>();
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            Lent lent = new Lent();
            int size = Layout.omadm_extra.SIZE;
            Scratch.Mem rows = scratch.rows(size, EXTRAS);
            Scratch.Mem written = scratch.alloc(8);
            do {
                scratch.check(Lib.omadm_message_extras(
                        message, place, command, item, extras.size(), rows.address, size, EXTRAS, written.address, scratch.error));
                for (int at = 0; at < written.getLong(0) * size; at += size) {
                    extras.add(new UnknownElement(
                            lent.text(rows, at + Layout.omadm_extra.name),
                            rows.getLong(at + Layout.omadm_extra.offset),
                            lent.octets(rows, at + Layout.omadm_extra.source)));
                }
            } while (written.getLong(0) == EXTRAS);
        } finally {
            release();
        }
        return extras;
    }

    /**
     * Writes it again, with elements in the order of the DTD and nothing that is not needed.
     *
     * @param encoding the encoding that is wanted
     * @return the octets
     * @throws OmadmException what that encoding cannot carry
     */
    public byte[] encode(Encoding encoding) {
        long message = acquire();
        try (Scratch scratch = new Scratch(); OutBuffer encoded = new OutBuffer(scratch)) {
            scratch.check(Lib.omadm_message_encode(message, encoding.number(), 0, encoded.address, scratch.error));
            return encoded.octets();
        } finally {
            release();
        }
    }

    /**
     * How long the encoded message would be: what {@code MaxMsgSize} counts.
     *
     * @param encoding the encoding that is wanted
     * @return the length in octets
     * @throws OmadmException what that encoding cannot carry
     */
    public long encodedLength(Encoding encoding) {
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem length = scratch.alloc(8);
            scratch.check(Lib.omadm_message_encoded_len(message, encoding.number(), length.address, scratch.error));
            return length.getLong(0);
        } finally {
            release();
        }
    }

    /**
     * The same message as any encoding would carry it, for comparing: octets as base64, trees in one form, with the {@code Format} and {@code Type} that go with
     * that.
     *
     * @return a message of its own, to be closed
     * @throws OmadmException as {@link #encode}
     */
    public Message normalise() {
        long message = acquire();
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem normal = scratch.alloc(8);
            scratch.check(Lib.omadm_message_normalise(message, normal.address, scratch.error));
            return new Message(normal.getLong(0));
        } finally {
            release();
        }
    }

    /**
     * Whether another message says the same. How they were written does not count, but octets and their base64 are not the same: {@link #normalise} makes them
     * so.
     *
     * @param other another message
     * @return true if it says the same
     */
    public boolean saysTheSameAs(Message other) {
        long message = acquire();
        try {
            long second = other.acquire();
            try (Scratch scratch = new Scratch()) {
                Scratch.Mem isEqual = scratch.alloc(4);
                scratch.check(Lib.omadm_message_equal(message, second, isEqual.address, scratch.error));
                return isEqual.getInt(0) != 0;
            } finally {
                other.release();
            }
        } finally {
            release();
        }
    }

    @Override
    public String toJson() {
        Json json = new Json();
        json.message(this);
        return json.toString();
    }
}
