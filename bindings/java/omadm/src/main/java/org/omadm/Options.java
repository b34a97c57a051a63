package org.omadm;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What a document may cost, and what is forgiven. It does not change. */
public final class Options extends Value {
    /** What is bounded. */
    public enum Limit {
        /** Octets that a conversion or an encoder may write. */
        OUTPUT(Layout.omadm_options.limit_output, true),
        /** Elements open at once, and segments of a tree's longest URI. */
        DEPTH(Layout.omadm_options.limit_depth, false),
        /** Elements in one document, and nodes of a tree. */
        ELEMENTS(Layout.omadm_options.limit_elements, false),
        /** Attributes on one element, namespace declarations included. */
        ATTRIBUTES(Layout.omadm_options.limit_attributes, false),
        /** Namespace declarations in force at one place. */
        NAMESPACES(Layout.omadm_options.limit_namespaces, false),
        /** Octets of one name. */
        NAME(Layout.omadm_options.limit_name, false),
        /** Octets of one text. */
        TEXT(Layout.omadm_options.limit_text, false),
        /** Octets of a WBXML string table. */
        STRING_TABLE(Layout.omadm_options.limit_string_table, false),
        /** How many times the input's size all its text together may reach. */
        EXPANSION(Layout.omadm_options.limit_expansion, false),
        /** Octets of a message that a feeder holds back. */
        BUFFER(Layout.omadm_options.limit_buffer, false),
        /** Octets that a message which is fed may have before its first command, header aside. */
        PREFIX(Layout.omadm_options.limit_prefix, false),
        /** Segments of a search pattern, or of all paths in a location query. */
        PATTERN(Layout.omadm_options.limit_pattern, false),
        /** Places in the answer to a location query. */
        LOCATIONS(Layout.omadm_options.limit_locations, false),
        /** Nodes in the answer to a structural query. */
        ANSWER_NODES(Layout.omadm_options.limit_answer_nodes, false),
        /** Segments of messages that a joiner holds. */
        SEGMENTS(Layout.omadm_options.limit_segments, false),
        /** Header lines of one push in text. */
        HEADERS(Layout.omadm_options.limit_headers, false),
        /** Octets of one header of these. */
        HEADER(Layout.omadm_options.limit_header, false),
        /** Findings of one check. */
        FINDINGS(Layout.omadm_options.limit_findings, false),
        /** Regular expressions that one check compiles. */
        PATTERNS(Layout.omadm_options.limit_patterns, false),
        /** Octets that one regular expression may take. */
        PATTERN_SIZE(Layout.omadm_options.limit_pattern_size, false);

        private final int at;
        private final boolean isLong;

        Limit(int at, boolean isLong) {
            this.at = at;
            this.isLong = isLong;
        }
    }

    /** The defaults of the library. */
    public static final Options DEFAULT = new Options(0, Collections.emptyMap());

    private static final int BARE_AMPERSAND = 1;
    private static final int UNNAMED_TREES = 2;

    private final int flags;
    private final Map<Limit, Long> limits;

    private Options(int flags, Map<Limit, Long> limits) {
        this.flags = flags;
        this.limits = limits;
    }

    /**
     * The same with another limit.
     *
     * @param limit what is bounded
     * @param value the bound: 32 bits, 64 for {@link Limit#OUTPUT}
     * @return the changed copy
     */
    public Options with(Limit limit, long value) {
        Objects.requireNonNull(limit, "limit");
        if (value < 0 || !limit.isLong && value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(limit + " " + value);
        }
        Map<Limit, Long> changed = new EnumMap<>(Limit.class);
        changed.putAll(limits);
        changed.put(limit, value);
        return new Options(flags, changed);
    }

    /**
     * The same, but takes an {@code &} in XML text that begins no reference for the character itself.
     *
     * @return the changed copy
     */
    public Options withBareAmpersand() {
        return new Options(flags | BARE_AMPERSAND, limits);
    }

    /**
     * The same, but takes WBXML documents without a public identifier whose root is token 0x20 for trees, as some vendors write them.
     *
     * @return the changed copy
     */
    public Options withUnnamedTrees() {
        return new Options(flags | UNNAMED_TREES, limits);
    }

    /** The address of an {@code omadm_options}; 0 for the defaults. */
    long put(Scratch scratch) {
        if (flags == 0 && limits.isEmpty()) {
            return 0;
        }
        Scratch.Mem options = scratch.struct(Layout.omadm_options.SIZE);
        scratch.check(Lib.omadm_options_init(options.address, scratch.error));
        options.putInt(Layout.omadm_options.flags, flags);
        limits.forEach((limit, value) -> {
            if (limit.isLong) {
                options.putLong(limit.at, value);
            } else {
                options.putInt(limit.at, (int) (long) value);
            }
        });
        return options.address;
    }

    @Override
    Object[] parts() {
        return new Object[] {flags, limits};
    }
}
