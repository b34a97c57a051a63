package org.omadm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That functions, structures and numbers are those of {@code include/omadm.h}. */
class HeaderTest {
    private static final String HEADER = header();

    private static String header() {
        String text = new String(Files.read(Files.root().resolve("include/omadm.h")), StandardCharsets.UTF_8);
        return text.replaceAll("(?s)/\\*.*?\\*/", "");
    }

    @Test
    void everyNativeFunctionIsDeclaredInTheHeaderWithTheSameParameters() {
        Map<String, String> prototypes = new HashMap<>();
        Matcher matcher = Pattern.compile("(?m)^((?:const )?\\w+ \\*?)(omadm_\\w+)\\(([^;{]*?)\\);").matcher(HEADER);
        while (matcher.find()) {
            List<String> parameters = new ArrayList<>();
            for (String parameter : matcher.group(3).split(",")) {
                if (!parameter.trim().equals("void")) {
                    parameters.add(type(parameter));
                }
            }
            prototypes.put(matcher.group(2), type(matcher.group(1) + "x") + parameters);
        }
        assertTrue(prototypes.size() > 200, "functions of the header");
        int checked = 0;
        for (Method method : Lib.class.getDeclaredMethods()) {
            if (Modifier.isNative(method.getModifiers())) {
                List<String> parameters = new ArrayList<>();
                for (Class<?> parameter : method.getParameterTypes()) {
                    parameters.add(parameter.getName());
                }
                assertEquals(prototypes.get(method.getName()), method.getReturnType().getName() + parameters, method.getName());
                checked++;
            }
        }
        assertTrue(checked > 90, "native functions");
    }

    /** The Java type for a declaration of C, whose last word is a name. */
    private static String type(String declaration) {
        String c = declaration.replaceAll("\\w+\\s*$", "").replace("struct ", "").replace("const ", "").trim();
        if (c.endsWith("*")) {
            return "long";
        }
        switch (c) {
            case "void":
                return "void";
            case "uint32_t":
            case "omadm_rc":
                return "int";
            default:
                return "long";
        }
    }

    @Test
    void everyMemberOfAStructureStandsWhereTheHeaderPutsIt() throws IllegalAccessException {
        int checked = 0;
        for (Class<?> struct : Layout.class.getDeclaredClasses()) {
            Map<String, Integer> expected = offsets(struct.getSimpleName());
            for (Field field : struct.getDeclaredFields()) {
                String name = field.getName();
                assertEquals(expected.get(name), (Integer) field.getInt(null), struct.getSimpleName() + "." + name);
                checked++;
            }
        }
        assertTrue(checked > 150, "members");
    }

    private static Map<String, Integer> offsets(String struct) {
        Matcher body = Pattern.compile("(?s)typedef struct " + struct + " \\{(.*?)\\} " + struct + ";").matcher(HEADER);
        assertTrue(body.find(), struct);
        Map<String, Integer> offsets = new LinkedHashMap<>();
        int at = 0;
        int widest = 1;
        for (String member : body.group(1).split(";")) {
            Matcher parts = Pattern.compile("(?s)\\s*(.*?)(\\w+)\\s*").matcher(member);
            if (!parts.matches()) {
                continue;
            }
            int[] size = size(parts.group(1));
            at = (at + size[1] - 1) / size[1] * size[1];
            offsets.put(parts.group(2), at);
            at += size[0];
            widest = Math.max(widest, size[1]);
        }
        offsets.put("SIZE", (at + widest - 1) / widest * widest);
        return offsets;
    }

    /** Size and alignment. */
    private static int[] size(String type) {
        String c = type.replace("struct ", "").replace("const ", "").trim();
        if (c.endsWith("*") || c.equals("size_t") || c.equals("uint64_t") || c.equals("omadm_node") || c.equals("omadm_schema_node")
                || c.equals("omadm_release")) {
            return new int[] {8, 8};
        }
        if (c.equals("uint32_t")) {
            return new int[] {4, 4};
        }
        if (c.equals("uint16_t")) {
            return new int[] {2, 2};
        }
        return new int[] {offsets(c).get("SIZE"), 8};
    }

    @Test
    void everyCodeOfTheHeaderHasItsKind() {
        Map<String, Integer> codes = enumerators("omadm_code");
        assertTrue(codes.size() > 150, "codes");
        codes.remove("OMADM_OK");
        codes.forEach((name, number) -> {
            assertEquals(name.replaceFirst("OMADM_(E_)?", ""), ErrorKind.of(number).name());
            assertEquals(number, ErrorKind.of(number).code());
        });
        assertEquals(codes.size() + 1, ErrorKind.values().length);
    }

    @Test
    void theEnumerationsAreThoseOfTheHeader() {
        check("omadm_encoding", "OMADM_", Encoding.values().length, name -> Encoding.valueOf(name).number());
        check("omadm_kind", "OMADM_KIND_", Kind.values().length, name -> Kind.valueOf(name).number());
        check("omadm_format", "OMADM_FORMAT_", Format.values().length, name -> Format.valueOf(name).number());
        check("omadm_command_kind", "OMADM_CMD_", CommandKind.values().length, name -> CommandKind.valueOf(name).number());
        check("omadm_data_form", "OMADM_DATA_", DataForm.values().length + 1,
                name -> name.equals("ABSENT") ? 0 : DataForm.valueOf(name).number());
        check("omadm_media_type", "OMADM_MEDIA_", MediaType.values().length + 1,
                name -> name.equals("NONE") ? 0 : MediaType.valueOf(name).number());
        check("omadm_ui_mode", "OMADM_UI_", UiMode.values().length, name -> UiMode.valueOf(name).number());
        check("omadm_initiator", "OMADM_INITIATOR_", Initiator.values().length, name -> Initiator.valueOf(name).number());
        check("omadm_prompt", "OMADM_PROMPT_", Prompt.values().length, name -> Prompt.valueOf(name).number());
        check("omadm_change_kind", "OMADM_CHANGE_", ChangeKind.values().length, name -> ChangeKind.valueOf(name).number());
        check("omadm_verdict", "OMADM_VERDICT_", Verdict.values().length, name -> Verdict.valueOf(name).number());
        check("omadm_joined", "OMADM_JOINED_", Joined.values().length, name -> Joined.valueOf(name).number());
        check("omadm_input_type", "OMADM_INPUT_", InputType.values().length, name -> InputType.valueOf(name).number());
        check("omadm_scheme", "OMADM_SCHEME_", Scheme.values().length, name -> Scheme.valueOf(name).number());
        check("omadm_property", "OMADM_PROPERTY_", Property.values().length, name -> Property.valueOf(name).number());
    }

    private interface Number {
        int of(String name);
    }

    private static void check(String enumeration, String prefix, int count, Number number) {
        Map<String, Integer> expected = enumerators(enumeration);
        assertEquals(expected.size(), count, enumeration);
        expected.forEach((name, value) -> assertEquals(value, number.of(name.substring(prefix.length())), name));
    }

    private static Map<String, Integer> enumerators(String enumeration) {
        Matcher body = Pattern.compile("(?s)enum " + enumeration + "\\b(?:(?!enum ).)*?\\{(.*?)\\};").matcher(HEADER);
        assertTrue(body.find(), enumeration);
        Map<String, Integer> found = new LinkedHashMap<>();
        Matcher line = Pattern.compile("(OMADM_\\w+) = (\\d+)").matcher(body.group(1));
        while (line.find()) {
            found.put(line.group(1), Integer.parseInt(line.group(2)));
        }
        return found;
    }

    @Test
    void everyLimitOfTheHeaderCanBeSet() {
        for (String name : offsets("omadm_options").keySet()) {
            if (name.startsWith("limit_")) {
                assertNotNull(Options.Limit.valueOf(name.substring("limit_".length()).toUpperCase(Locale.ROOT)));
            }
        }
    }

    @Test
    void thePackageIsForTheAbiOfTheHeader() {
        Matcher version = Pattern.compile("#define OMADM_ABI_VERSION (\\d+)").matcher(HEADER);
        assertTrue(version.find());
        assertEquals(Integer.parseInt(version.group(1)), Lib.ABI_VERSION);
    }

    @Test
    void theTestsRunFromTheJars() {
        assertTrue(Message.class.getProtectionDomain().getCodeSource().getLocation().getPath().endsWith(".jar"));
        String resource = "native/" + com.sun.jna.Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName("omadm");
        assertEquals("jar", Message.class.getClassLoader().getResource(resource).getProtocol());
    }
}
