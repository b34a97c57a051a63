package org.omadm;

/** A node to be added, or what a leaf is to become. Begin with {@link #interior}, {@link #text(String)} or {@link #octets(byte[])}. */
public final class NodeValue extends Value {
    private final Format format;
    private final String text;
    private final byte[] octets;
    private final String type;
    private final String title;

    NodeValue(Format format, String text, byte[] octets, String type, String title) {
        this.format = format;
        this.text = text;
        this.octets = octets;
        this.type = type;
        this.title = title;
    }

    /**
     * The format.
     *
     * @return the format; null: {@code chr} with a text, {@code bin} with octets, else {@code node}
     */
    public Format format() {
        return format;
    }

    /**
     * The value as text; of a {@code bin} node as base64.
     *
     * @return the value, or null
     */
    public String text() {
        return text;
    }

    /**
     * The value as octets, instead of a text.
     *
     * @return a copy of the value, or null
     */
    public byte[] octets() {
        return octets == null ? null : octets.clone();
    }

    /**
     * {@code Type}: the media type of a leaf; of an interior node the identifier of the management object that begins there.
     *
     * @return the type, or null
     */
    public String type() {
        return type;
    }

    /**
     * {@code Title}
     *
     * @return the title, or null
     */
    public String title() {
        return title;
    }

    /**
     * The same with another format.
     *
     * @param format the format
     * @return the changed copy
     */
    public NodeValue withFormat(Format format) {
        return new NodeValue(format, text, octets, type, title);
    }

    /**
     * The same with another type.
     *
     * @param type the media type of a leaf, or the identifier of a management object
     * @return the changed copy
     */
    public NodeValue withType(String type) {
        return new NodeValue(format, text, octets, type, title);
    }

    /**
     * The same with another title, which counts for nodes that are added.
     *
     * @param title a name for people
     * @return the changed copy
     */
    public NodeValue withTitle(String title) {
        return new NodeValue(format, text, octets, type, title);
    }

    /**
     * An interior node.
     *
     * @return the node
     */
    public static NodeValue interior() {
        return new NodeValue(Format.NODE, null, null, null, null);
    }

    /**
     * A leaf with a text.
     *
     * @param text the text
     * @return the leaf
     */
    public static NodeValue text(String text) {
        return new NodeValue(null, java.util.Objects.requireNonNull(text, "text"), null, null, null);
    }

    /**
     * A leaf with octets.
     *
     * @param octets the octets, which are copied
     * @return the leaf
     */
    public static NodeValue octets(byte[] octets) {
        return new NodeValue(null, null, octets.clone(), null, null);
    }

    @Override
    Object[] parts() {
        return new Object[] {format, text, octets, type, title};
    }
}
