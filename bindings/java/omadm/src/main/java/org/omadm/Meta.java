package org.omadm;

/** {@code Meta}, element by element. Begin one to send with {@link #EMPTY}. */
public final class Meta extends Value {
    private final String format;
    private final String mediaType;
    private final String mark;
    private final Long size;
    private final String version;
    private final Data nextNonce;
    private final Long maxMsgSize;
    private final Long maxObjSize;

    Meta(
            String format,
            String mediaType,
            String mark,
            Long size,
            String version,
            Data nextNonce,
            Long maxMsgSize,
            Long maxObjSize) {
        this.format = format;
        this.mediaType = mediaType;
        this.mark = mark;
        this.size = size;
        this.version = version;
        this.nextNonce = nextNonce;
        this.maxMsgSize = maxMsgSize;
        this.maxObjSize = maxObjSize;
    }

    /**
     * {@code Format}
     *
     * @return the format, or null
     */
    public String format() {
        return format;
    }

    /**
     * {@code Type}
     *
     * @return the media type, in a challenge the scheme; or null
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * {@code Mark}: the importance of an alert.
     *
     * @return the mark, or null
     */
    public String mark() {
        return mark;
    }

    /**
     * {@code Size}: octets of a large object.
     *
     * @return the size, or null if it is absent or no number
     */
    public Long size() {
        return size;
    }

    /**
     * {@code Version}
     *
     * @return the version, or null
     */
    public String version() {
        return version;
    }

    /**
     * {@code NextNonce} as it was sent: base64 text, or octets.
     *
     * @return the nonce, or null
     */
    public Data nextNonce() {
        return nextNonce;
    }

    /**
     * {@code MaxMsgSize}
     *
     * @return the size in octets, or null
     */
    public Long maxMsgSize() {
        return maxMsgSize;
    }

    /**
     * {@code MaxObjSize}
     *
     * @return the size in octets, or null
     */
    public Long maxObjSize() {
        return maxObjSize;
    }

    /**
     * The same with another {@code format}.
     *
     * @param format what it is to be; null for none
     * @return the changed copy
     */
    public Meta withFormat(String format) {
        return new Meta(format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize);
    }

    /**
     * The same with another {@code mediaType}.
     *
     * @param mediaType what it is to be; null for none
     * @return the changed copy
     */
    public Meta withMediaType(String mediaType) {
        return new Meta(format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize);
    }

    /**
     * The same with another {@code mark}.
     *
     * @param mark what it is to be; null for none
     * @return the changed copy
     */
    public Meta withMark(String mark) {
        return new Meta(format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize);
    }

    /**
     * The same with another {@code size}.
     *
     * @param size what it is to be; null for none
     * @return the changed copy
     */
    public Meta withSize(Long size) {
        return new Meta(format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize);
    }

    /**
     * The same with another {@code version}.
     *
     * @param version what it is to be; null for none
     * @return the changed copy
     */
    public Meta withVersion(String version) {
        return new Meta(format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize);
    }

    /**
     * The same with another {@code nextNonce}.
     *
     * @param nextNonce what it is to be; null for none
     * @return the changed copy
     */
    public Meta withNextNonce(Data nextNonce) {
        return new Meta(format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize);
    }

    /**
     * The same with another {@code maxMsgSize}.
     *
     * @param maxMsgSize what it is to be; null for none
     * @return the changed copy
     */
    public Meta withMaxMsgSize(Long maxMsgSize) {
        return new Meta(format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize);
    }

    /**
     * The same with another {@code maxObjSize}.
     *
     * @param maxObjSize what it is to be; null for none
     * @return the changed copy
     */
    public Meta withMaxObjSize(Long maxObjSize) {
        return new Meta(format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize);
    }

    /** Nothing. */
    public static final Meta EMPTY = new Meta(null, null, null, null, null, null, null, null);

    /**
     * Format and type.
     *
     * @param format the format, or null
     * @param mediaType the media type, or null
     * @return both
     */
    public static Meta of(String format, String mediaType) {
        return EMPTY.withFormat(format).withMediaType(mediaType);
    }

    @Override
    Object[] parts() {
        return new Object[] {format, mediaType, mark, size, version, nextNonce, maxMsgSize, maxObjSize};
    }
}
