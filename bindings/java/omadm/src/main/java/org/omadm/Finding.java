package org.omadm;

/** One thing that a check found. */
public final class Finding extends Value {
    private final boolean isWrong;
    private final int status;
    private final long offset;
    private final String uri;
    private final String reason;
    private final String text;
    private final String expected;

    Finding(boolean isWrong, int status, long offset, String uri, String reason, String text, String expected) {
        this.isWrong = isWrong;
        this.status = status;
        this.offset = offset;
        this.uri = uri;
        this.reason = reason;
        this.text = text;
        this.expected = expected;
    }

    /**
     * Whether something is not as described; else a value or name could not be judged.
     *
     * @return true if it is wrong
     */
    public boolean isWrong() {
        return isWrong;
    }

    /**
     * The status code that a device answers a command with.
     *
     * @return the code; 0 where there is none
     */
    public int status() {
        return status;
    }

    /**
     * Where the item begins in the message that was checked.
     *
     * @return the offset; -1 elsewhere
     */
    public long offset() {
        return offset;
    }

    /**
     * The node that it is about.
     *
     * @return the URI
     */
    public String uri() {
        return uri;
    }

    /**
     * A short name for programs, such as {@code not-described}.
     *
     * @return the name
     */
    public String reason() {
        return reason;
    }

    /**
     * The reason in words.
     *
     * @return the text
     */
    public String text() {
        return text;
    }

    /**
     * What the description has instead, in words.
     *
     * @return the text, or null
     */
    public String expected() {
        return expected;
    }

    @Override
    Object[] parts() {
        return new Object[] {isWrong, status, offset, uri, reason, text, expected};
    }
}
