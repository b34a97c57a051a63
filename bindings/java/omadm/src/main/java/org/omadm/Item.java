package org.omadm;

/** One {@code Item} of a command. What is absent is null. */
public final class Item extends Value {
    private final int command;
    private final int index;
    private final long offset;
    private final String nodeUri;
    private final String target;
    private final String targetName;
    private final String source;
    private final String sourceName;
    private final String targetParent;
    private final String sourceParent;
    private final String format;
    private final String mediaType;
    private final boolean moreData;
    private final Meta meta;
    private final Data data;

    Item(
            int command,
            int index,
            long offset,
            String nodeUri,
            String target,
            String targetName,
            String source,
            String sourceName,
            String targetParent,
            String sourceParent,
            String format,
            String mediaType,
            boolean moreData,
            Meta meta,
            Data data) {
        this.command = command;
        this.index = index;
        this.offset = offset;
        this.nodeUri = nodeUri;
        this.target = target;
        this.targetName = targetName;
        this.source = source;
        this.sourceName = sourceName;
        this.targetParent = targetParent;
        this.sourceParent = sourceParent;
        this.format = format;
        this.mediaType = mediaType;
        this.moreData = moreData;
        this.meta = meta;
        this.data = data;
    }

    /**
     * The index of its command.
     *
     * @return the index
     */
    public int command() {
        return command;
    }

    /**
     * Its place in the command.
     *
     * @return the index
     */
    public int index() {
        return index;
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
     * The URI of the node that it is about: its {@code Target}, in {@code Results} its {@code Source}, or the other one where that is absent.
     *
     * @return the URI, or null
     */
    public String nodeUri() {
        return nodeUri;
    }

    /**
     * {@code Target/LocURI}
     *
     * @return the URI, or null
     */
    public String target() {
        return target;
    }

    /**
     * {@code Target/LocName}
     *
     * @return the name, or null
     */
    public String targetName() {
        return targetName;
    }

    /**
     * {@code Source/LocURI}
     *
     * @return the URI, or null
     */
    public String source() {
        return source;
    }

    /**
     * {@code Source/LocName}
     *
     * @return the name, or null
     */
    public String sourceName() {
        return sourceName;
    }

    /**
     * {@code TargetParent/LocURI}, of data synchronisation.
     *
     * @return the URI, or null
     */
    public String targetParent() {
        return targetParent;
    }

    /**
     * {@code SourceParent/LocURI}, of data synchronisation.
     *
     * @return the URI, or null
     */
    public String sourceParent() {
        return sourceParent;
    }

    /**
     * {@code Format}: the item's, or else that of the command, or of a container around it.
     *
     * @return the format, or null
     */
    public String format() {
        return format;
    }

    /**
     * {@code Type}: in the same way.
     *
     * @return the media type, or null
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * {@code MoreData}: this is a chunk of a large object, and not the last.
     *
     * @return whether it is there
     */
    public boolean moreData() {
        return moreData;
    }

    /**
     * Its own {@code Meta}.
     *
     * @return the meta-information, or null
     */
    public Meta meta() {
        return meta;
    }

    /**
     * {@code Data} as it was sent; {@link Message#octets} has the value that it stands for.
     *
     * @return the data, or null
     */
    public Data data() {
        return data;
    }

    @Override
    Object[] parts() {
        return new Object[] {command, index, offset, nodeUri, target, targetName, source, sourceName, targetParent, sourceParent, format, mediaType, moreData, meta, data};
    }
}
