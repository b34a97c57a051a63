package org.omadm;

/** {@code TargetRef} or {@code SourceRef} of a {@code Status} or {@code Results}. */
public final class Ref extends Value {
    private final boolean isTarget;
    private final String uri;

    Ref(boolean isTarget, String uri) {
        this.isTarget = isTarget;
        this.uri = uri;
    }

    /**
     * Which of the two.
     *
     * @return true for {@code TargetRef}
     */
    public boolean isTarget() {
        return isTarget;
    }

    /**
     * What it names.
     *
     * @return the URI
     */
    public String uri() {
        return uri;
    }

    @Override
    Object[] parts() {
        return new Object[] {isTarget, uri};
    }
}
