package org.omadm;

import java.util.Set;

/** One difference between two trees. */
public final class Change extends Value {
    private final ChangeKind kind;
    private final String uri;
    private final long before;
    private final long after;
    private final Set<Property> what;
    private final boolean valueDiffers;

    Change(ChangeKind kind, String uri, long before, long after, Set<Property> what, boolean valueDiffers) {
        this.kind = kind;
        this.uri = uri;
        this.before = before;
        this.after = after;
        this.what = what;
        this.valueDiffers = valueDiffers;
    }

    /**
     * What became of the node.
     *
     * @return the kind
     */
    public ChangeKind kind() {
        return kind;
    }

    /**
     * Where it is.
     *
     * @return the URI
     */
    public String uri() {
        return uri;
    }

    /**
     * The node in the first tree.
     *
     * @return its number; 0 if it was added
     */
    public long before() {
        return before;
    }

    /**
     * The node in the second tree.
     *
     * @return its number; 0 if it was removed
     */
    public long after() {
        return after;
    }

    /**
     * Of a node that changed: which properties differ, besides perhaps its value.
     *
     * @return the properties
     */
    public Set<Property> what() {
        return what;
    }

    /**
     * Of a leaf that changed: whether its value differs.
     *
     * @return true if it does
     */
    public boolean valueDiffers() {
        return valueDiffers;
    }

    @Override
    Object[] parts() {
        return new Object[] {kind, uri, before, after, what, valueDiffers};
    }
}
