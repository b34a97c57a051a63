package org.omadm;

import java.util.List;

/** A command to send. Begin with {@link #of}. */
public final class NewCommand extends Value {
    private final CommandKind kind;
    private final int code;
    private final String msgRef;
    private final String cmdRef;
    private final String cmd;
    private final String correlator;
    private final Meta meta;
    private final Meta chal;
    private final Data data;
    private final List<Ref> refs;
    private final List<NewItem> items;

    NewCommand(
            CommandKind kind,
            int code,
            String msgRef,
            String cmdRef,
            String cmd,
            String correlator,
            Meta meta,
            Meta chal,
            Data data,
            List<Ref> refs,
            List<NewItem> items) {
        this.kind = kind;
        this.code = code;
        this.msgRef = msgRef;
        this.cmdRef = cmdRef;
        this.cmd = cmd;
        this.correlator = correlator;
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
     * The code of a {@code Status} or {@code Alert}.
     *
     * @return the code; 0 if there is none
     */
    public int code() {
        return code;
    }

    /**
     * {@code MsgRef}
     *
     * @return the identifier, or null
     */
    public String msgRef() {
        return msgRef;
    }

    /**
     * {@code CmdRef}
     *
     * @return the identifier, or null
     */
    public String cmdRef() {
        return cmdRef;
    }

    /**
     * {@code Cmd}
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
     * {@code Meta}
     *
     * @return the meta-information, or null
     */
    public Meta meta() {
        return meta;
    }

    /**
     * {@code Meta} in the {@code Chal} of a {@code Status}
     *
     * @return the challenge, or null
     */
    public Meta chal() {
        return chal;
    }

    /**
     * {@code Data}, where it is no code.
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
    public List<NewItem> items() {
        return items;
    }

    /**
     * The same with another {@code code}.
     *
     * @param code a code; 0 for none
     * @return the changed copy
     */
    public NewCommand withCode(int code) {
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code msgRef}.
     *
     * @param msgRef what it is to be; null for none
     * @return the changed copy
     */
    public NewCommand withMsgRef(String msgRef) {
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code cmdRef}.
     *
     * @param cmdRef what it is to be; null for none
     * @return the changed copy
     */
    public NewCommand withCmdRef(String cmdRef) {
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code cmd}.
     *
     * @param cmd what it is to be; null for none
     * @return the changed copy
     */
    public NewCommand withCmd(String cmd) {
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code correlator}.
     *
     * @param correlator what it is to be; null for none
     * @return the changed copy
     */
    public NewCommand withCorrelator(String correlator) {
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code meta}.
     *
     * @param meta what it is to be; null for none
     * @return the changed copy
     */
    public NewCommand withMeta(Meta meta) {
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code chal}.
     *
     * @param chal what it is to be; null for none
     * @return the changed copy
     */
    public NewCommand withChal(Meta chal) {
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code data}.
     *
     * @param data what it is to be; null for none
     * @return the changed copy
     */
    public NewCommand withData(Data data) {
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code refs}.
     *
     * @param refs what they are to be
     * @return the changed copy
     */
    public NewCommand withRefs(List<Ref> refs) {
        refs = List.copyOf(refs);
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * The same with another {@code items}.
     *
     * @param items what they are to be
     * @return the changed copy
     */
    public NewCommand withItems(List<NewItem> items) {
        items = List.copyOf(items);
        return new NewCommand(kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items);
    }

    /**
     * A command with nothing but items.
     *
     * @param kind what it asks or tells: not {@code OTHER}, and not {@code ATOMIC} or {@code SEQUENCE}, for which there is {@link MessageBuilder#begin}
     * @param items its items
     * @return the command
     */
    public static NewCommand of(CommandKind kind, NewItem... items) {
        java.util.Objects.requireNonNull(kind, "kind");
        return new NewCommand(kind, 0, null, null, null, null, null, null, null, List.of(), List.of(items));
    }

    @Override
    Object[] parts() {
        return new Object[] {kind, code, msgRef, cmdRef, cmd, correlator, meta, chal, data, refs, items};
    }
}
