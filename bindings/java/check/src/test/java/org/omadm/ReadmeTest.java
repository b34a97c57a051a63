package org.omadm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first example of {@code bindings/java/README.md}, as it stands there. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void theExampleOfTheReadmeCompilesAndRuns() throws Exception {
        String readme = new String(Files.read(Files.root().resolve("bindings/java/README.md")), StandardCharsets.UTF_8);
        Matcher block = Pattern.compile("(?s)```java\n(.*?)```").matcher(readme);
        assertTrue(block.find());
        Path example = folder.resolve("Example.java");
        java.nio.file.Files.write(example, block.group(1).getBytes(StandardCharsets.UTF_8));
        // Run from its source, by the machine that runs this.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String input = Files.root().resolve("tests/data/package1.syncml.wbxml").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), example.toString(), input)
                .redirectErrorStream(true)
                .start();
        String printed;
        try (InputStream output = process.getInputStream()) {
            printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(0, process.waitFor(), printed);
        // tests/data/README.md: alert 1201, then DevInfo.
        assertTrue(printed.contains("Alert ") && printed.contains("Replace ") && printed.contains("  ./DevInfo/DevId"), printed);
    }
}
