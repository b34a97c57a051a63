package org.omadm;

/** One item of the {@code Results} that answer a {@code Get}. What is absent is null. */
public final class ResultItem extends Value {
    private final String source;
    private final String format;
    private final String mediaType;
    private final Data data;

    ResultItem(String source, String format, String mediaType, Data data) {
        this.source = source;
        this.format = format;
        this.mediaType = mediaType;
        this.data = data;
    }

    /**
     * {@code Source/LocURI}
     *
     * @return the URI
     */
    public String source() {
        return source;
    }

    /**
     * {@code Format}
     *
     * @return the format; null for the default, {@code chr}
     */
    public String format() {
        return format;
    }

    /**
     * {@code Type}
     *
     * @return the media type; null for the default, {@code text/plain}
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * What is to be sent.
     *
     * @return the data, or null
     */
    public Data data() {
        return data;
    }

    /**
     * The same as an item to send.
     *
     * @return the item, with the URI as its source
     */
    public NewItem toNewItem() {
        return NewItem.EMPTY.withSource(source).withMeta(format == null && mediaType == null ? null : Meta.of(format, mediaType)).withData(data);
    }

    @Override
    Object[] parts() {
        return new Object[] {source, format, mediaType, data};
    }
}
