package org.omadm;

import java.util.Arrays;

/** A value: equal to another one of its class whose parts are equal. */
abstract class Value {
    Value() {}

    /** What makes it up, in order. */
    abstract Object[] parts();

    @Override
    public final boolean equals(Object other) {
        return this == other || other != null && other.getClass() == getClass() && Arrays.deepEquals(parts(), ((Value) other).parts());
    }

    @Override
    public final int hashCode() {
        return Arrays.deepHashCode(parts());
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + Arrays.deepToString(parts());
    }
}
