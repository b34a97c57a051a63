package org.omadm;

import java.util.List;
import java.util.Objects;

/**
 * Puts a message of DM 1.2 together and numbers its commands from 1. When it is finished, only the message can be had of it. For one thread at a time.
 *
 * <pre>{@code
 * try (MessageBuilder builder = new MessageBuilder("1", "1", "dev", "https://dm.example.com")) {
 *     builder.status("1", "0", "SyncHdr", 200);
 *     builder.command(NewCommand.of(CommandKind.GET, NewItem.target("./DevInfo")));
 *     byte[] octets = builder.encode(Encoding.WBXML);
 * }
 * }</pre>
 */
public final class MessageBuilder extends Handle {
    /**
     * Begins a message, with {@code Final}.
     *
     * @param sessionId {@code SessionID}
     * @param msgId {@code MsgID}
     * @param target {@code Target/LocURI}: the recipient
     * @param source {@code Source/LocURI}: the sender
     */
    public MessageBuilder(String sessionId, String msgId, String target, String source) {
        super(
                make(
                        Objects.requireNonNull(sessionId, "sessionId"),
                        Objects.requireNonNull(msgId, "msgId"),
                        Objects.requireNonNull(target, "target"),
                        Objects.requireNonNull(source, "source")),
                Lib::omadm_builder_free,
                "the builder");
    }

    private static long make(String sessionId, String msgId, String target, String source) {
        try (Scratch scratch = new Scratch()) {
            Text session = new Text(scratch, sessionId);
            Text msg = new Text(scratch, msgId);
            Text to = new Text(scratch, target);
            Text from = new Text(scratch, source);
            Scratch.Mem out = scratch.alloc(8);
            scratch.check(Lib.omadm_builder_new(
                    session.address, session.length, msg.address, msg.length, to.address, to.length, from.address, from.length,
                    out.address, scratch.error));
            return out.getLong(0);
        }
    }

    /** A call: with the address, and the room that it needs. */
    private interface Call<T> {
        T on(long builder, Scratch scratch);
    }

    private synchronized <T> T call(Call<T> call) {
        long builder = acquire();
        try (Scratch scratch = new Scratch()) {
            return call.on(builder, scratch);
        } finally {
            release();
        }
    }

    /**
     * {@code Source/LocName}: the user name of MD5 and MAC credentials.
     *
     * @param name the name
     * @return this builder
     */
    public MessageBuilder sourceName(String name) {
        return call((builder, scratch) -> {
            Text text = new Text(scratch, Objects.requireNonNull(name, "name"));
            scratch.check(Lib.omadm_builder_source_name(builder, text.address, text.length, scratch.error));
            return this;
        });
    }

    /**
     * {@code RespURI}: where further responses go.
     *
     * @param uri the URI
     * @return this builder
     */
    public MessageBuilder respUri(String uri) {
        return call((builder, scratch) -> {
            Text text = new Text(scratch, Objects.requireNonNull(uri, "uri"));
            scratch.check(Lib.omadm_builder_resp_uri(builder, text.address, text.length, scratch.error));
            return this;
        });
    }

    /**
     * Other versions than {@code 1.2} and {@code DM/1.2}.
     *
     * @param verDtd {@code VerDTD}
     * @param verProto {@code VerProto}
     * @return this builder
     */
    public MessageBuilder versions(String verDtd, String verProto) {
        return call((builder, scratch) -> {
            Text dtd = new Text(scratch, Objects.requireNonNull(verDtd, "verDtd"));
            Text proto = new Text(scratch, Objects.requireNonNull(verProto, "verProto"));
            scratch.check(Lib.omadm_builder_versions(builder, dtd.address, dtd.length, proto.address, proto.length, scratch.error));
            return this;
        });
    }

    /**
     * {@code Cred}: credentials.
     *
     * @param cred the credentials
     * @return this builder
     */
    public MessageBuilder cred(Cred cred) {
        return call((builder, scratch) -> {
            Scratch.Mem struct = scratch.struct(Layout.omadm_new_cred.SIZE)
                    .putText(Layout.omadm_new_cred.scheme, cred.scheme())
                    .putText(Layout.omadm_new_cred.format, cred.format());
            cred.data().put(struct, Layout.omadm_new_cred.data);
            scratch.check(Lib.omadm_builder_cred(builder, struct.address, scratch.error));
            return this;
        });
    }

    /**
     * {@code Meta} of the header: {@code MaxMsgSize} and {@code MaxObjSize}, what the sender takes.
     *
     * @param meta the meta-information
     * @return this builder
     */
    public MessageBuilder meta(Meta meta) {
        return call((builder, scratch) -> {
            scratch.check(Lib.omadm_builder_meta(builder, put(Objects.requireNonNull(meta, "meta"), scratch), scratch.error));
            return this;
        });
    }

    /**
     * Leaves out {@code Final}: more messages of this package follow.
     *
     * @return this builder
     */
    public MessageBuilder notFinal() {
        return call((builder, scratch) -> {
            scratch.check(Lib.omadm_builder_not_final(builder, scratch.error));
            return this;
        });
    }

    /**
     * Adds a {@code Status}: the outcome of a command.
     *
     * @param msgRef the message that it was in
     * @param cmdRef its {@code CmdID}; {@code 0} for the header
     * @param cmd its name; {@code SyncHdr} for the header
     * @param code the outcome
     * @return the {@code CmdID} that the status was given
     */
    public int status(String msgRef, String cmdRef, String cmd, int code) {
        return command(NewCommand.of(CommandKind.STATUS).withMsgRef(msgRef).withCmdRef(cmdRef).withCmd(cmd).withCode(code));
    }

    /**
     * Adds a command.
     *
     * @param command the command
     * @return the {@code CmdID} that it was given
     * @throws OmadmException {@link ErrorKind#UNEXPECTED_ELEMENT} for a kind that cannot be added this way; {@link ErrorKind#STATE} when the message is finished
     */
    public int command(NewCommand command) {
        Objects.requireNonNull(command, "command");
        return call((builder, scratch) -> {
            Scratch.Mem struct = scratch.struct(Layout.omadm_new_command.SIZE)
                    .putInt(Layout.omadm_new_command.kind, command.kind().number())
                    .putInt(Layout.omadm_new_command.code, command.code())
                    .putText(Layout.omadm_new_command.msg_ref, command.msgRef())
                    .putText(Layout.omadm_new_command.cmd_ref, command.cmdRef())
                    .putText(Layout.omadm_new_command.cmd, command.cmd())
                    .putText(Layout.omadm_new_command.correlator, command.correlator())
                    .putLong(Layout.omadm_new_command.meta, put(command.meta(), scratch))
                    .putLong(Layout.omadm_new_command.chal, put(command.chal(), scratch));
            if (command.data() != null) {
                command.data().put(struct, Layout.omadm_new_command.data);
            }
            items(struct, command.items(), scratch);
            refs(struct, command.refs(), scratch);
            Scratch.Mem cmdId = scratch.alloc(4);
            scratch.check(Lib.omadm_builder_command(builder, struct.address, cmdId.address, scratch.error));
            return cmdId.getInt(0);
        });
    }

    private static void items(Scratch.Mem command, List<NewItem> items, Scratch scratch) {
        if (items.isEmpty()) {
            return;
        }
        int size = Layout.omadm_new_item.SIZE;
        Scratch.Mem rows = scratch.alloc(Math.multiplyExact(size, items.size()));
        int at = 0;
        for (NewItem item : items) {
            rows.putInt(at, size)
                    .putInt(at + Layout.omadm_new_item.flags, item.moreData() ? 1 : 0)
                    .putText(at + Layout.omadm_new_item.target, item.target())
                    .putText(at + Layout.omadm_new_item.target_name, item.targetName())
                    .putText(at + Layout.omadm_new_item.source, item.source())
                    .putText(at + Layout.omadm_new_item.source_name, item.sourceName())
                    .putLong(at + Layout.omadm_new_item.meta, put(item.meta(), scratch));
            if (item.data() != null) {
                item.data().put(rows, at + Layout.omadm_new_item.data);
            }
            at += size;
        }
        command.putLong(Layout.omadm_new_command.items, rows.address)
                .putLong(Layout.omadm_new_command.item_size, size)
                .putLong(Layout.omadm_new_command.item_count, items.size());
    }

    private static void refs(Scratch.Mem command, List<Ref> refs, Scratch scratch) {
        if (refs.isEmpty()) {
            return;
        }
        int size = Layout.omadm_ref.SIZE;
        Scratch.Mem rows = scratch.alloc(Math.multiplyExact(size, refs.size()));
        int at = 0;
        for (Ref ref : refs) {
            rows.putInt(at, size)
                    .putInt(at + Layout.omadm_ref.is_target, ref.isTarget() ? 1 : 0)
                    .putText(at + Layout.omadm_ref.uri, ref.uri());
            at += size;
        }
        command.putLong(Layout.omadm_new_command.refs, rows.address)
                .putLong(Layout.omadm_new_command.ref_size, size)
                .putLong(Layout.omadm_new_command.ref_count, refs.size());
    }

    private static long put(Meta meta, Scratch scratch) {
        if (meta == null) {
            return 0;
        }
        Scratch.Mem struct = scratch.struct(Layout.omadm_new_meta.SIZE)
                .putInt(
                        Layout.omadm_new_meta.flags,
                        (meta.size() == null ? 0 : 1) + (meta.maxMsgSize() == null ? 0 : 2) + (meta.maxObjSize() == null ? 0 : 4))
                .putLong(Layout.omadm_new_meta.size, meta.size() == null ? 0 : meta.size())
                .putLong(Layout.omadm_new_meta.max_msg_size, meta.maxMsgSize() == null ? 0 : meta.maxMsgSize())
                .putLong(Layout.omadm_new_meta.max_obj_size, meta.maxObjSize() == null ? 0 : meta.maxObjSize())
                .putText(Layout.omadm_new_meta.format, meta.format())
                .putText(Layout.omadm_new_meta.media_type, meta.mediaType())
                .putText(Layout.omadm_new_meta.mark, meta.mark())
                .putText(Layout.omadm_new_meta.version, meta.version());
        if (meta.nextNonce() != null) {
            meta.nextNonce().put(struct, Layout.omadm_new_meta.next_nonce);
        }
        return struct.address;
    }

    /**
     * Begins an {@code Atomic} or {@code Sequence}: the commands that follow are inside, until {@link #end}.
     *
     * @param kind which of the two
     * @return the {@code CmdID} that it was given
     * @throws OmadmException {@link ErrorKind#UNEXPECTED_ELEMENT} for any other kind
     */
    public int begin(CommandKind kind) {
        return call((builder, scratch) -> {
            Scratch.Mem cmdId = scratch.alloc(4);
            scratch.check(Lib.omadm_builder_begin(builder, kind.number(), cmdId.address, scratch.error));
            return cmdId.getInt(0);
        });
    }

    /**
     * Ends the innermost {@code Atomic} or {@code Sequence}.
     *
     * @return this builder
     * @throws OmadmException {@link ErrorKind#STATE} if none is open
     */
    public MessageBuilder end() {
        return call((builder, scratch) -> {
            scratch.check(Lib.omadm_builder_end(builder, scratch.error));
            return this;
        });
    }

    /**
     * The size that the message would have if it were finished now, for {@code MaxMsgSize}. Open containers count as ended.
     *
     * @param encoding the encoding that is wanted
     * @return the size in octets
     */
    public long encodedLength(Encoding encoding) {
        return call((builder, scratch) -> {
            Scratch.Mem length = scratch.alloc(8);
            scratch.check(Lib.omadm_builder_encoded_len(builder, encoding.number(), length.address, scratch.error));
            return length.getLong(0);
        });
    }

    /**
     * Finishes the message, unless it is, and encodes it. It can be asked for again, in the other encoding, too.
     *
     * @param encoding the encoding that is wanted
     * @return the octets
     * @throws OmadmException {@link ErrorKind#STATE} as long as a container is open; what the encoding cannot carry
     */
    public byte[] encode(Encoding encoding) {
        return call((builder, scratch) -> {
            try (OutBuffer encoded = new OutBuffer(scratch)) {
                scratch.check(Lib.omadm_builder_finish(builder, encoding.number(), encoded.address, scratch.error));
                return encoded.octets();
            }
        });
    }

    /**
     * Finishes the message, unless it is, and gives it to be read.
     *
     * @return the message, to be closed, before or after the builder
     * @throws OmadmException {@link ErrorKind#STATE} as long as a container is open
     */
    public Message message() {
        return call((builder, scratch) -> {
            Scratch.Mem message = scratch.alloc(8);
            scratch.check(Lib.omadm_builder_message(builder, message.address, scratch.error));
            return Message.of(message.getLong(0));
        });
    }
}
