package org.omadm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A whole message or tree in one buffer, as {@code omadm_unstable_message_rows} describes it: one call, and one copy. */
final class Rows {
    private static final int HEAD = 24;
    private static final int ENDS = 1;
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
    private static final VarHandle NUMBERS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] all;
    /** Where the numbers begin. */
    private final int numbers;
    /** Where the text with a number begins, and behind that of the last where it would. A zero octet lies between two. */
    private final int[] textStarts;
    private final int[] runEnds;
    private final int runs;
    private final String[] read;
    private int at;

    Rows(byte[] all) {
        this.all = all;
        ByteBuffer octets = ByteBuffer.wrap(all).order(ByteOrder.nativeOrder());
        int[] head = ints(octets, 0, HEAD / 4);
        runs = HEAD + head[4];
        int next = runs + head[5] + 7 & ~7;
        numbers = next;
        next += 4 * head[1];
        int[] ends = null;
        if ((head[0] & ENDS) != 0) {
            ends = ints(octets, next, head[2]);
            next += 4 * head[2];
        }
        runEnds = ints(octets, next, head[3]);
        textStarts = new int[head[2] + 1];
        if (ends != null) {
            for (int i = 0; i < ends.length; i++) {
                textStarts[i + 1] = HEAD + ends[i] + 1;
            }
            textStarts[0] = HEAD + 1;
        } else {
            int count = 0;
            int i = HEAD;
            for (; i + 8 <= runs; i += 8) {
                for (long zeros = zeros((long) WORDS.get(all, i)); zeros != 0; zeros &= zeros - 1) {
                    textStarts[count++] = i + (Long.numberOfTrailingZeros(zeros) >>> 3) + 1;
                }
            }
            for (; i < runs; i++) {
                if (all[i] == 0) {
                    textStarts[count++] = i + 1;
                }
            }
            textStarts[count] = runs + 1;
        }
        read = new String[head[2]];
    }

    /** The top bit of each octet that is zero. */
    private static long zeros(long octets) {
        return ~((octets & LOW_BITS) + LOW_BITS | octets | LOW_BITS);
    }

    private static int[] ints(ByteBuffer octets, int start, int count) {
        int[] ints = new int[count];
        octets.position(start);
        octets.asIntBuffer().get(ints);
        return ints;
    }

    /** The number at a place. */
    int number(int place) {
        return (int) NUMBERS.get(all, numbers + 4 * place);
    }

    /** Where {@link #next} goes on. */
    void seek(int place) {
        at = place;
    }

    int place() {
        return at;
    }

    int next() {
        return number(at++);
    }

    /** A number in two, the lower half first. */
    long nextLong() {
        long low = next() & 0xFFFF_FFFFL;
        return low | (long) next() << 32;
    }

    /** Whether the numbers at two places are the same: texts with other numbers may be, too. */
    boolean same(int one, int other, int count) {
        int left = numbers + 4 * one;
        int right = numbers + 4 * other;
        return Arrays.equals(all, left, left + 4 * count, all, right, right + 4 * count);
    }

    /** The text whose number is next; null for none. */
    String nextText() {
        return text(next());
    }

    /** The text with a number from 1; null for 0. A text that is asked for again is the same string. */
    String text(int number) {
        if (number == 0) {
            return null;
        }
        String known = read[number - 1];
        if (known == null) {
            known = once(number);
            read[number - 1] = known;
        }
        return known;
    }

    /** The text with a number from 1, which no other place has. */
    String once(int number) {
        int start = textStarts[number - 1];
        return new String(all, start, textStarts[number] - 1 - start, StandardCharsets.UTF_8);
    }

    /** The octets of the text with a number from 1. */
    byte[] textOctets(int number) {
        return Arrays.copyOfRange(all, textStarts[number - 1], textStarts[number] - 1);
    }

    /** The run of octets with a number from 1. */
    byte[] run(int number) {
        return Arrays.copyOfRange(all, runs + (number == 1 ? 0 : runEnds[number - 2]), runs + runEnds[number - 1]);
    }
}
