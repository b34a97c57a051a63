import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.omadm.Command;
import org.omadm.CommandKind;
import org.omadm.Encoding;
import org.omadm.Message;
import org.omadm.Omadm;

/** The example server, asked by a real HTTP client. */
class DmServerTest {
    private static final byte[] NONCE = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private static HttpResponse<byte[]> post(DmServer server, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/omadm"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .header("Accept", "application/vnd.syncml.dm+wbxml, application/vnd.syncml.dm+xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** tests/data/README.md: package 1 with MD5 credentials of user dev1, secret "secret", nonce 00 to 0F. */
    private static byte[] package1() throws Exception {
        return Files.readAllBytes(Path.of(System.getProperty("omadm.root"), "tests/data/package1.syncml.wbxml"));
    }

    @Test
    void package1InWbxmlIsAnsweredWithPackage2InWbxml() throws Exception {
        try (DmServer server = new DmServer(0, Map.of("dev1", "secret"))) {
            server.expect("dev1", NONCE);
            HttpResponse<byte[]> response = post(server, "application/vnd.syncml.dm+wbxml", package1());
            assertEquals(200, response.statusCode());
            assertEquals("application/vnd.syncml.dm+wbxml", response.headers().firstValue("Content-Type").orElseThrow());
            try (Message request = Message.decode(package1()); Message answer = Message.decode(response.body())) {
                assertEquals(Encoding.WBXML, answer.encoding());
                assertTrue(answer.isFinal());
                assertEquals(request.header().source(), answer.header().target());
                assertEquals(request.header().sessionId(), answer.header().sessionId());
                List<Command> commands = answer.commands();
                assertEquals(212, commands.get(0).code());
                assertEquals("syncml:auth-md5", commands.get(0).chal().mediaType());
                // Every command of the client's is answered, by its CmdID.
                assertEquals(
                        request.commands().stream().map(Command::cmdId).collect(Collectors.toList()),
                        commands.stream().skip(1).filter(command -> command.kind() == CommandKind.STATUS).map(Command::cmdRef).collect(Collectors.toList()));
                Command last = commands.get(commands.size() - 1);
                assertEquals(CommandKind.GET, last.kind());
                assertEquals("./DevDetail/SwV", last.items().get(0).target());
            }
        }
    }

    @Test
    void credentialsThatWereUsedBeforeAreChallenged() throws Exception {
        try (DmServer server = new DmServer(0, Map.of("dev1", "secret"))) {
            server.expect("dev1", NONCE);
            assertEquals(212, outcome(post(server, "application/vnd.syncml.dm+wbxml", package1())));
            assertEquals(401, outcome(post(server, "application/vnd.syncml.dm+wbxml", package1())));
        }
    }

    private static int outcome(HttpResponse<byte[]> response) {
        try (Message answer = Message.decode(response.body())) {
            boolean gets = answer.commands().stream().anyMatch(command -> command.kind() == CommandKind.GET);
            assertEquals(answer.commands().get(0).code() == 212, gets);
            return answer.commands().get(0).code();
        }
    }

    @Test
    void xmlIsAnsweredInXmlAndWhatIsNoMessageWithAnError() throws Exception {
        try (DmServer server = new DmServer(0, Map.of())) {
            HttpResponse<byte[]> xml = post(server, "application/vnd.syncml.dm+xml; charset=utf-8", Omadm.convert(package1(), Encoding.XML));
            assertEquals("application/vnd.syncml.dm+xml", xml.headers().firstValue("Content-Type").orElseThrow());
            try (Message answer = Message.decode(xml.body())) {
                assertEquals(Encoding.XML, answer.encoding());
                assertEquals(401, answer.commands().get(0).code());
            }
            assertEquals(400, post(server, "application/vnd.syncml.dm+wbxml", new byte[] {2, 3}).statusCode());
            assertEquals(415, post(server, "text/plain", package1()).statusCode());
            // Not much more than is read: what is not read at all resets the connection, perhaps before the answer has arrived.
            assertEquals(413, post(server, "application/vnd.syncml.dm+wbxml", new byte[(1 << 20) + 1]).statusCode());
        }
    }
}
