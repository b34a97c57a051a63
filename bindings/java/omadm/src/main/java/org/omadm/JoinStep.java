package org.omadm;

import java.util.Optional;
import java.util.OptionalLong;

/** What came of one item, or of one command without items, that an {@link ObjectJoiner} was given. What is absent is null. */
public final class JoinStep extends Value {
    private final Joined joined;
    private final int status;
    private final int reason;
    private final long offset;
    private final Broken broken;
    private final String format;
    private final String mediaType;
    private final byte[] octets;

    JoinStep(Joined joined, int status, int reason, long offset, Broken broken, String format, String mediaType, byte[] octets) {
        this.joined = joined;
        this.status = status;
        this.reason = reason;
        this.offset = offset;
        this.broken = broken;
        this.format = format;
        this.mediaType = mediaType;
        this.octets = octets;
    }

    /** An object that was broken off: nothing of it counts, and Alert 1225 with its target and source has to tell the peer. */
    public static final class Broken extends Value {
        private final CommandKind kind;
        private final String target;
        private final String source;

        Broken(CommandKind kind, String target, String source) {
            this.kind = kind;
            this.target = target;
            this.source = source;
        }

        /**
         * The kind of the command that it was sent with.
         *
         * @return the kind
         */
        public CommandKind kind() {
            return kind;
        }

        /**
         * Its {@code Target/LocURI}.
         *
         * @return the URI, or null
         */
        public String target() {
            return target;
        }

        /**
         * Its {@code Source/LocURI}.
         *
         * @return the URI, or null
         */
        public String source() {
            return source;
        }

        @Override
        Object[] parts() {
            return new Object[] {kind, target, source};
        }
    }

    /**
     * What became of it.
     *
     * @return one of four
     */
    public Joined joined() {
        return joined;
    }

    /**
     * The status to be answered: 213, 411, 416, 413, 424 or 400.
     *
     * @return the code; 0 where it depends on what comes of the command
     */
    public int status() {
        return status;
    }

    /**
     * Why it was refused.
     *
     * @return the kind of error; empty if it was not
     */
    public Optional<ErrorKind> reason() {
        return reason == 0 ? Optional.empty() : Optional.of(ErrorKind.of(reason));
    }

    /**
     * Where in the message the refused data begins.
     *
     * @return the offset; empty if nothing was refused
     */
    public OptionalLong offset() {
        return offset == -1 ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /**
     * The object that this item or command broke off.
     *
     * @return the object; empty if none was open
     */
    public Optional<Broken> broken() {
        return Optional.ofNullable(broken);
    }

    /**
     * The {@code Format} of a complete object, out of its first chunk.
     *
     * @return the format, or null
     */
    public String format() {
        return format;
    }

    /**
     * The {@code Type} of a complete object, out of its first chunk.
     *
     * @return the media type, or null
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * A complete object as it travelled: if its format is {@code b64}, base64.
     *
     * @return a copy of the octets, or null
     */
    public byte[] octets() {
        return octets == null ? null : octets.clone();
    }

    @Override
    Object[] parts() {
        return new Object[] {joined, status, reason, offset, broken, format, mediaType, octets};
    }
}
