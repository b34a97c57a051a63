package org.omadm;

/** One node that a device description describes. What is absent is null. */
public final class DescribedNode extends Value {
    private final long id;
    private final long parent;
    private final String uri;
    private final String name;
    private final Format format;
    private final int access;
    private final int occurrenceMin;
    private final int occurrenceMax;
    private final boolean isPermanent;
    private final String title;
    private final String description;
    private final String moId;
    private final String mediaType;
    private final byte[] defaultValue;

    DescribedNode(
            long id,
            long parent,
            String uri,
            String name,
            Format format,
            int access,
            int occurrenceMin,
            int occurrenceMax,
            boolean isPermanent,
            String title,
            String description,
            String moId,
            String mediaType,
            byte[] defaultValue) {
        this.id = id;
        this.parent = parent;
        this.uri = uri;
        this.name = name;
        this.format = format;
        this.access = access;
        this.occurrenceMin = occurrenceMin;
        this.occurrenceMax = occurrenceMax;
        this.isPermanent = isPermanent;
        this.title = title;
        this.description = description;
        this.moId = moId;
        this.mediaType = mediaType;
        this.defaultValue = defaultValue;
    }

    /**
     * Its number in its schema.
     *
     * @return the number
     */
    public long id() {
        return id;
    }

    /**
     * The node that it stands in.
     *
     * @return its number; 0 at the top of its document
     */
    public long parent() {
        return parent;
    }

    /**
     * Its URI; of unnamed nodes a template like {@code ./Vendor/Acc/{Name}/Port}.
     *
     * @return the URI
     */
    public String uri() {
        return uri;
    }

    /**
     * {@code NodeName}
     *
     * @return the name; null for an empty one, which stands for nodes of any name
     */
    public String name() {
        return name;
    }

    /**
     * {@code DFFormat}
     *
     * @return the format
     */
    public Format format() {
        return format;
    }

    /**
     * {@code AccessType}: 1 Add, 2 Copy, 4 Delete, 8 Exec, 16 Get, 32 Replace.
     *
     * @return the sum of these
     */
    public int access() {
        return access;
    }

    /**
     * How many there must be at least.
     *
     * @return their number
     */
    public int occurrenceMin() {
        return occurrenceMin;
    }

    /**
     * How many there may be.
     *
     * @return their number; -1 for any
     */
    public int occurrenceMax() {
        return occurrenceMax;
    }

    /**
     * {@code Scope}
     *
     * @return true for {@code Permanent}
     */
    public boolean isPermanent() {
        return isPermanent;
    }

    /**
     * {@code DFTitle}
     *
     * @return the text, or null
     */
    public String title() {
        return title;
    }

    /**
     * {@code Description}
     *
     * @return the text, or null
     */
    public String description() {
        return description;
    }

    /**
     * The identifier of the management object that begins here.
     *
     * @return the identifier, or null
     */
    public String moId() {
        return moId;
    }

    /**
     * The first media type of a leaf.
     *
     * @return the media type, or null
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * {@code DefaultValue}
     *
     * @return a copy of the value, or null
     */
    public byte[] defaultValue() {
        return defaultValue == null ? null : defaultValue.clone();
    }

    @Override
    Object[] parts() {
        return new Object[] {id, parent, uri, name, format, access, occurrenceMin, occurrenceMax, isPermanent, title, description, moId, mediaType, defaultValue};
    }
}
