package org.omadm;

import java.util.OptionalLong;

/** What the library refused: an input, or a call. It says what was wrong, and at which octet. */
public final class OmadmException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final long NONE = -1;

    /** The number that the library returned. */
    private final int code;
    /** What the number stands for. */
    private final ErrorKind kind;
    /** The element or argument. */
    private final String subject;
    /** The octet of the input. */
    private final long offset;
    /** The octet of a document in a document. */
    private final long innerOffset;

    OmadmException(int code, String message, String subject, long offset, long innerOffset) {
        super(sentence(code, message, subject, offset, innerOffset));
        this.code = code;
        this.kind = ErrorKind.of(code);
        this.subject = subject;
        this.offset = offset;
        this.innerOffset = innerOffset;
    }

    private static String sentence(int code, String message, String subject, long offset, long innerOffset) {
        StringBuilder sentence = new StringBuilder();
        if (subject != null) {
            sentence.append(subject).append(": ");
        }
        sentence.append(message == null ? "error " + code : message);
        if (offset != NONE) {
            sentence.append(" at byte ").append(offset);
        }
        if (innerOffset != NONE) {
            sentence.append(", byte ").append(innerOffset).append(" of the document in it");
        }
        return sentence.toString();
    }

    /**
     * What was wrong.
     *
     * @return the kind; {@link ErrorKind#OTHER} for a code that this version of the package has no name for
     */
    public ErrorKind kind() {
        return kind;
    }

    /**
     * The number of what was wrong.
     *
     * @return a number of {@code enum omadm_code}
     */
    public int code() {
        return code;
    }

    /**
     * The octet of the input at fault, from 0. For a document in a {@code Data} element: where that begins in the outermost input.
     *
     * @return the offset; empty if no input is at fault
     */
    public OptionalLong offset() {
        return offset == NONE ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /**
     * In a document inside a document, the octet of its decoded form.
     *
     * @return the offset; empty elsewhere
     */
    public OptionalLong innerOffset() {
        return innerOffset == NONE ? OptionalLong.empty() : OptionalLong.of(innerOffset);
    }

    /**
     * The element, or the argument of the C function, that it is about.
     *
     * @return the name, or null
     */
    public String subject() {
        return subject;
    }

    /**
     * The error in the JSON form of the shared vectors.
     *
     * @return one JSON object
     */
    public String toJson() {
        Json json = new Json();
        json.error(this);
        return json.toString();
    }

    /**
     * The status code with which a client answers a command that failed so: 4xx for what is wrong with the command, 500 for everything that has no code of its
     * own.
     *
     * @return a SyncML status code
     */
    public int status() {
        return Lib.omadm_code_status(code);
    }
}
