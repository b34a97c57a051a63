package org.omadm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The project's own documents. */
final class Files {
    private Files() {}

    static Path root() {
        return Path.of(System.getProperty("omadm.root"));
    }

    static byte[] data(String name) {
        return read(root().resolve("tests/data").resolve(name));
    }

    static byte[] read(Path path) {
        try {
            return java.nio.file.Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
