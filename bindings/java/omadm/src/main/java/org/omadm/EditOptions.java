package org.omadm;

/** For whom, when and how a tree is edited. */
public final class EditOptions extends Value {
    /** The device itself, which may do everything, without a time. */
    public static final EditOptions DEVICE = new EditOptions(null, 0, false);

    private final String principal;
    private final long now;
    private final boolean implicitParents;

    private EditOptions(String principal, long now, boolean implicitParents) {
        this.principal = principal;
        this.now = now;
        this.implicitParents = implicitParents;
    }

    /**
     * For a server, whose rights count.
     *
     * @param serverId the Server Identifier of the authenticated server
     * @return the options
     */
    public static EditOptions server(String serverId) {
        return new EditOptions(java.util.Objects.requireNonNull(serverId, "serverId"), 0, false);
    }

    /**
     * The same at a time: nodes that change get it as their {@code TStamp}, and count their changes in {@code VerNo}.
     *
     * @param seconds seconds since the beginning of 1970; 0 for none
     * @return the changed copy
     */
    public EditOptions at(long seconds) {
        return new EditOptions(principal, seconds, implicitParents);
    }

    /**
     * The same, but adding a node makes the interior nodes that are missing above it, which a device may do.
     *
     * @return the changed copy
     */
    public EditOptions withImplicitParents() {
        return new EditOptions(principal, now, true);
    }

    long put(Scratch scratch) {
        return scratch.struct(Layout.omadm_edit_options.SIZE)
                .putInt(Layout.omadm_edit_options.flags, implicitParents ? 1 : 0)
                .putText(Layout.omadm_edit_options.principal, principal)
                .putLong(Layout.omadm_edit_options.now, now)
                .address;
    }

    @Override
    Object[] parts() {
        return new Object[] {principal, now, implicitParents};
    }
}
