package org.omadm;

import java.util.List;

/** One command. What it has depends on its kind; what is absent is null. */
public final class Command extends Value {
    private final CommandKind kind;
    private final String name;
    private final int index;
    private final int parent;
    private final int end;
    private final long offset;
    private final String cmdId;
    private final String msgRef;
    private final String cmdRef;
    private final String cmd;
    private final String correlator;
    private final String lang;
    private final int code;
    private final boolean noResp;
    private final boolean archive;
    private final boolean sftDel;
    private final Meta meta;
    private final Meta chal;
    private final Data data;
    private final List<Ref> refs;
    private final List<Item> items;

    Command(
            CommandKind kind,
            String name,
            int index,
            int parent,
            int end,
            long offset,
            String cmdId,
            String msgRef,
            String cmdRef,
            String cmd,
            String correlator,
            String lang,
            int code,
            boolean noResp,
            boolean archive,
            boolean sftDel,
            Meta meta,
            Meta chal,
            Data data,
            List<Ref> refs,
            List<Item> items) {
        this.kind = kind;
        this.name = name;
        this.index = index;
        this.parent = parent;
        this.end = end;
        this.offset = offset;
        this.cmdId = cmdId;
        this.msgRef = msgRef;
        this.cmdRef = cmdRef;
        this.cmd = cmd;
        this.correlator = correlator;
        this.lang = lang;
        this.code = code;
        this.noResp = noResp;
        this.archive = archive;
        this.sftDel = sftDel;
        this.meta = meta;
        this.chal = chal;
        this.data = data;
        this.refs = refs;
        this.items = items;
    }

    /**
     * What it asks or tells.
     *
     * @return the kind
     */
    public CommandKind kind() {
        return kind;
    }

    /**
     * The name of the element.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Its place among all commands of the message, from 0.
     *
     * @return the index
     */
    public int index() {
        return index;
    }

    /**
     * The container that it is directly in.
     *
     * @return the index of that {@code Atomic} or {@code Sequence}; -1 at the top
     */
    public int parent() {
        return parent;
    }

    /**
     * Where its subtree ends.
     *
     * @return one past the index of the last command inside; {@code index() + 1} if there is none
     */
    public int end() {
        return end;
    }

    /**
     * Where the element begins in the input.
     *
     * @return the offset
     */
    public long offset() {
        return offset;
    }

    /**
     * {@code CmdID}
     *
     * @return the identifier
     */
    public String cmdId() {
        return cmdId;
    }

    /**
     * {@code MsgRef}: the message that it answers.
     *
     * @return the identifier, or null
     */
    public String msgRef() {
        return msgRef;
    }

    /**
     * {@code CmdRef}: the command that it answers.
     *
     * @return the identifier, or null
     */
    public String cmdRef() {
        return cmdRef;
    }

    /**
     * {@code Cmd}: the name of the command that it answers.
     *
     * @return the name, or null
     */
    public String cmd() {
        return cmd;
    }

    /**
     * {@code Correlator}
     *
     * @return the text, or null
     */
    public String correlator() {
        return correlator;
    }

    /**
     * {@code Lang}
     *
     * @return the text, or null
     */
    public String lang() {
        return lang;
    }

    /**
     * The outcome of a {@code Status}, the code of an {@code Alert}.
     *
     * @return the code; -1 for others, and if it is no number
     */
    public int code() {
        return code;
    }

    /**
     * {@code NoResp}, which DM does not use.
     *
     * @return whether it is there
     */
    public boolean noResp() {
        return noResp;
    }

    /**
     * {@code Archive}, which DM does not use.
     *
     * @return whether it is there
     */
    public boolean archive() {
        return archive;
    }

    /**
     * {@code SftDel}, which DM does not use.
     *
     * @return whether it is there
     */
    public boolean sftDel() {
        return sftDel;
    }

    /**
     * {@code Meta}, which counts for all items unless theirs says otherwise.
     *
     * @return the meta-information, or null
     */
    public Meta meta() {
        return meta;
    }

    /**
     * The {@code Meta} in a {@code Chal}: the scheme that is wanted is its media type, and there is the next nonce.
     *
     * @return the challenge, or null
     */
    public Meta chal() {
        return chal;
    }

    /**
     * The command's own data.
     *
     * @return the data, or null
     */
    public Data data() {
        return data;
    }

    /**
     * {@code TargetRef} and {@code SourceRef}
     *
     * @return a list that does not change
     */
    public List<Ref> refs() {
        return refs;
    }

    /**
     * {@code Item}
     *
     * @return a list that does not change
     */
    public List<Item> items() {
        return items;
    }

    @Override
    Object[] parts() {
        return new Object[] {kind, name, index, parent, end, offset, cmdId, msgRef, cmdRef, cmd, correlator, lang, code, noResp, archive, sftDel, meta, chal, data, refs, items};
    }
}
