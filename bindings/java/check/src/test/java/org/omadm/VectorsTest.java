package org.omadm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The vectors that all languages share: {@code tests/vectors/README.md}. */
class VectorsTest {
    @TestFactory
    List<DynamicTest> everyVectorHasTheSameJsonForm() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : new String[] {"notifications", "messages", "trees", "errors"}) {
            byte[] octets = Files.read(Files.root().resolve("tests/vectors/" + file + ".json"));
            for (JsonElement vector : JsonParser.parseString(new String(octets, StandardCharsets.UTF_8)).getAsJsonArray()) {
                JsonObject object = vector.getAsJsonObject();
                tests.add(DynamicTest.dynamicTest(file + ": " + object.get("name").getAsString(), () -> run(object)));
            }
        }
        assertTrue(tests.size() >= 34, "there are " + tests.size());
        return tests;
    }

    private static void run(JsonObject vector) {
        boolean accepted = vector.has("json");
        String form;
        try {
            form = form(vector);
        } catch (OmadmException error) {
            form = error.toJson();
        }
        assertEquals(compact(vector.get(accepted ? "json" : "error")), form);
        if (accepted) {
            String kind = vector.get("kind").getAsString();
            Kind detected = kind.equals("SyncML") ? Kind.SYNCML : kind.equals("MgmtTree") ? Kind.TREE : Kind.NOTIFICATION;
            assertEquals(detected, Omadm.detect(input(vector)));
            // Data synchronisation is told by its media type only, what was opened by its credentials.
            if (!vector.has("media_type") && !vector.has("open") && !vector.has("options")) {
                assertEquals(form, Omadm.dump(input(vector)));
            }
        }
    }

    private static String form(JsonObject vector) {
        byte[] input = input(vector);
        Options options = Options.DEFAULT;
        if (vector.has("options")) {
            for (Map.Entry<String, JsonElement> limit : vector.getAsJsonObject("options").entrySet()) {
                String name = limit.getKey().substring("limit_".length()).toUpperCase(Locale.ROOT);
                options = options.with(Options.Limit.valueOf(name), limit.getValue().getAsLong());
            }
        }
        switch (vector.get("kind").getAsString()) {
            case "SyncML":
                try (Message message = Message.decode(input, options)) {
                    return message.toJson();
                }
            case "MgmtTree":
                try (Tree tree = Tree.fromTnds(input, options)) {
                    return tree.toJson();
                }
            default:
                return notification(vector, input);
        }
    }

    private static String notification(JsonObject vector, byte[] input) {
        MediaType type = vector.has("media_type") ? MediaType.of(vector.get("media_type").getAsInt()) : MediaType.DM12;
        if (!vector.has("open")) {
            return Notification.decode(input, type).toJson();
        }
        JsonObject open = vector.getAsJsonObject("open");
        ServerCredentials credentials =
                ServerCredentials.of(hex(open.get("secret").getAsString()), hex(open.get("nonce").getAsString()));
        return Notification.open(input, open.has("resync") ? credentials.withResync() : credentials, type).toJson();
    }

    static byte[] input(JsonObject vector) {
        return vector.has("hex") ? hex(joined(vector.get("hex"))) : joined(vector.get("text")).getBytes(StandardCharsets.UTF_8);
    }

    private static String joined(JsonElement text) {
        if (!text.isJsonArray()) {
            return text.getAsString();
        }
        StringBuilder joined = new StringBuilder();
        for (JsonElement part : text.getAsJsonArray()) {
            joined.append(part.getAsString());
        }
        return joined.toString();
    }

    private static byte[] hex(String digits) {
        byte[] octets = new byte[digits.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return octets;
    }

    /** Without white space, and escaped as the JSON form is: written here once more, so that two have to agree. */
    private static String compact(JsonElement element) {
        StringBuilder text = new StringBuilder();
        if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> member : element.getAsJsonObject().entrySet()) {
                text.append(text.length() == 0 ? "" : ",").append('"').append(member.getKey()).append("\":").append(compact(member.getValue()));
            }
            return "{" + text + "}";
        }
        if (element.isJsonArray()) {
            JsonArray array = element.getAsJsonArray();
            for (JsonElement member : array) {
                text.append(text.length() == 0 ? "" : ",").append(compact(member));
            }
            return "[" + text + "]";
        }
        if (!element.getAsJsonPrimitive().isString()) {
            return element.getAsString();
        }
        String value = element.getAsString().replace("\\", "\\\\").replace("\"", "\\\"");
        value = value.replace("\b", "\\b").replace("\t", "\\t").replace("\n", "\\n").replace("\f", "\\f").replace("\r", "\\r");
        for (char low = 0; low < 0x20; low++) {
            value = value.replace(String.valueOf(low), String.format("\\u%04x", (int) low));
        }
        return '"' + value + '"';
    }
}
