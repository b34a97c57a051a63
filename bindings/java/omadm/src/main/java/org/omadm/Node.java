package org.omadm;

/** One node of a tree and its properties, as they were when it was read. What is absent is null. */
public final class Node extends Value {
    private final long id;
    private final long parent;
    private final String uri;
    private final String name;
    private final Format format;
    private final boolean isInterior;
    private final boolean isImplicit;
    private final boolean isPermanent;
    private final boolean isOpaque;
    private final int childCount;
    private final byte[] value;
    private final String mediaType;
    private final String moId;
    private final String acl;
    private final String title;
    private final String tstamp;
    private final String verNo;

    Node(
            long id,
            long parent,
            String uri,
            String name,
            Format format,
            boolean isInterior,
            boolean isImplicit,
            boolean isPermanent,
            boolean isOpaque,
            int childCount,
            byte[] value,
            String mediaType,
            String moId,
            String acl,
            String title,
            String tstamp,
            String verNo) {
        this.id = id;
        this.parent = parent;
        this.uri = uri;
        this.name = name;
        this.format = format;
        this.isInterior = isInterior;
        this.isImplicit = isImplicit;
        this.isPermanent = isPermanent;
        this.isOpaque = isOpaque;
        this.childCount = childCount;
        this.value = value;
        this.mediaType = mediaType;
        this.moId = moId;
        this.acl = acl;
        this.title = title;
        this.tstamp = tstamp;
        this.verNo = verNo;
    }

    /**
     * Its number in its tree: for {@link Tree#node(long)}. A node that is made later never has the same.
     *
     * @return the number
     */
    public long id() {
        return id;
    }

    /**
     * The number of its parent.
     *
     * @return the number; 0 for the root
     */
    public long parent() {
        return parent;
    }

    /**
     * Where it is, escaped as URIs are.
     *
     * @return the URI, such as {@code ./DevInfo/Mod}
     */
    public String uri() {
        return uri;
    }

    /**
     * The last segment of the URI, not escaped.
     *
     * @return the name; empty for the root
     */
    public String name() {
        return name;
    }

    /**
     * The format.
     *
     * @return the format
     */
    public Format format() {
        return format;
    }

    /**
     * Whether it may have children, and has no value.
     *
     * @return true for an interior node
     */
    public boolean isInterior() {
        return isInterior;
    }

    /**
     * Whether the document only leads through it.
     *
     * @return true if it does not describe it
     */
    public boolean isImplicit() {
        return isImplicit;
    }

    /**
     * Whether it can neither be deleted nor renamed.
     *
     * @return true if it cannot
     */
    public boolean isPermanent() {
        return isPermanent;
    }

    /**
     * Whether its value came as octets, in a WBXML opaque block.
     *
     * @return true if it did
     */
    public boolean isOpaque() {
        return isOpaque;
    }

    /**
     * How many children it has.
     *
     * @return their number
     */
    public int childCount() {
        return childCount;
    }

    /**
     * The value of a leaf as it was sent: UTF-8, base64 of a {@code bin} in XML, octets out of WBXML ({@link #isOpaque}).
     *
     * @return a copy of it, or null
     */
    public byte[] value() {
        return value == null ? null : value.clone();
    }

    /**
     * {@code Type} of a leaf.
     *
     * @return the media type, or null
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * {@code Type} of an interior node: the identifier of the management object that begins here.
     *
     * @return the identifier, or null
     */
    public String moId() {
        return moId;
    }

    /**
     * {@code ACL}, where it is its own.
     *
     * @return the list, or null
     */
    public String acl() {
        return acl;
    }

    /**
     * {@code Title}
     *
     * @return the text, or null
     */
    public String title() {
        return title;
    }

    /**
     * {@code TStamp}
     *
     * @return the text, or null
     */
    public String tstamp() {
        return tstamp;
    }

    /**
     * {@code VerNo}
     *
     * @return the text, or null
     */
    public String verNo() {
        return verNo;
    }

    /**
     * The value of a leaf as text.
     *
     * @return the value as it was sent, taken for UTF-8; null if there is none
     */
    public String text() {
        return value == null ? null : new String(value, java.nio.charset.StandardCharsets.UTF_8);
    }

    byte[] lentValue() {
        return value;
    }

    @Override
    Object[] parts() {
        return new Object[] {id, parent, uri, name, format, isInterior, isImplicit, isPermanent, isOpaque, childCount, value, mediaType, moId, acl, title, tstamp, verNo};
    }
}
