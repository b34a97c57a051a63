package org.omadm;

/** What became of a node. */
public enum ChangeKind {
    /** Only the second tree has it, with everything below it. */
    ADDED(1),
    /** Only the first tree has it, with everything below it. */
    REMOVED(2),
    /** Both have it. */
    CHANGED(3);

    private final int number;

    ChangeKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ChangeKind of(int number) {
        for (ChangeKind value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("ChangeKind " + number);
    }
}
