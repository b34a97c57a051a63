package org.omadm;

/** One event of a generic alert (1226) or client event (1224): an item of it. What is absent is null. */
public final class AlertEvent extends Value {
    private final String type;
    private final String source;
    private final Format format;
    private final String mark;
    private final int importance;
    private final Data data;

    AlertEvent(String type, String source, Format format, String mark, int importance, Data data) {
        this.type = type;
        this.source = source;
        this.format = format;
        this.mark = mark;
        this.importance = importance;
        this.data = data;
    }

    /**
     * The registered name, without a prefix that some senders write before it. A type that is not known is answered with 415.
     *
     * @return the name, or null
     */
    public String type() {
        return type;
    }

    /**
     * {@code Source/LocURI}: the management object that it is about.
     *
     * @return the URI, or null
     */
    public String source() {
        return source;
    }

    /**
     * The format of the data: {@link Format#CHR} when it is absent.
     *
     * @return the format; null for a name that is none
     */
    public Format format() {
        return format;
    }

    /**
     * {@code Mark}: {@code informational} when it is absent.
     *
     * @return the mark
     */
    public String mark() {
        return mark;
    }

    /**
     * How important it is.
     *
     * @return from 7 for {@code fatal} down to 1 for {@code indeterminate}; 0 for a mark that is not an alert's
     */
    public int importance() {
        return importance;
    }

    /**
     * The data as it was sent.
     *
     * @return the data, or null
     */
    public Data data() {
        return data;
    }

    @Override
    Object[] parts() {
        return new Object[] {type, source, format, mark, importance, data};
    }
}
