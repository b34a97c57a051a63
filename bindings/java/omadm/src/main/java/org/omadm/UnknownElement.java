package org.omadm;

/** An element that is not SyncML's. */
public final class UnknownElement extends Value {
    private final String name;
    private final long offset;
    private final byte[] source;

    UnknownElement(String name, long offset, byte[] source) {
        this.name = name;
        this.offset = offset;
        this.source = source;
    }

    /**
     * Its name, without a prefix.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Where it begins in the input.
     *
     * @return the offset
     */
    public long offset() {
        return offset;
    }

    /**
     * The whole element as it stands: XML text, or WBXML tokens that need the message's code pages and string table.
     *
     * @return a copy of it
     */
    public byte[] source() {
        return source == null ? null : source.clone();
    }

    @Override
    Object[] parts() {
        return new Object[] {name, offset, source};
    }
}
