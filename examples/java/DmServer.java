import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.omadm.Auth;
import org.omadm.Command;
import org.omadm.CommandKind;
import org.omadm.Data;
import org.omadm.Encoding;
import org.omadm.Header;
import org.omadm.Message;
import org.omadm.MessageBuilder;
import org.omadm.Meta;
import org.omadm.NewCommand;
import org.omadm.NewItem;
import org.omadm.OmadmException;
import org.omadm.Scheme;

/**
 * A server that takes package 1 of DM clients over HTTP and answers with package 2: a status for everything that the client sent, a nonce for the next time,
 * and, once the client has shown that it has its secret, a Get. XML and WBXML; the answer is written as the request was.
 *
 * <pre>java -cp omadm.jar:omadm-linux-x86-64.jar:jna.jar DmServer.java 8080 dev1 secret</pre>
 */
public final class DmServer implements AutoCloseable {
    private static final int LARGEST_BODY = 1 << 20;
    private static final String TYPE = "application/vnd.syncml.dm+";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final SecureRandom random = new SecureRandom();
    /** The secret of each client, and the nonce that is due, by user name. */
    private final Map<String, String> secrets;
    private final Map<String, byte[]> nonces = new ConcurrentHashMap<>();

    /**
     * Starts a server on the loopback address.
     *
     * @param port the port; 0 for any that is free
     * @param secrets the secret of each client, by user name
     * @throws IOException if the port is taken
     */
    public DmServer(int port, Map<String, String> secrets) throws IOException {
        this.secrets = Map.copyOf(secrets);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/omadm", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Sets the nonce that a client is to use next, as its account has it.
     *
     * @param user the client's user name
     * @param nonce the nonce
     */
    public void expect(String user, byte[] nonce) {
        nonces.put(user, nonce.clone());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")).toLowerCase(Locale.ROOT);
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
            } else if (body.length > LARGEST_BODY) {
                exchange.sendResponseHeaders(413, -1);
            } else if (!type.startsWith(TYPE)) {
                exchange.sendResponseHeaders(415, -1);
            } else {
                answer(exchange, body);
            }
        } finally {
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        byte[] answer;
        Encoding encoding;
        try (Message request = Message.decode(body)) {
            encoding = request.encoding();
            answer = answer(request);
        } catch (OmadmException unreadable) {
            byte[] why = (unreadable.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(400, why.length);
            exchange.getResponseBody().write(why);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", TYPE + encoding.name().toLowerCase(Locale.ROOT));
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private byte[] answer(Message request) {
        Header header = request.header();
        boolean authentic = authentic(request);
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        if (header.sourceName() != null && secrets.containsKey(header.sourceName())) {
            nonces.put(header.sourceName(), nonce);
        }
        try (MessageBuilder answer = new MessageBuilder(header.sessionId(), "1", header.source(), header.target())) {
            Meta challenge = Meta.of("b64", "syncml:auth-md5").withNextNonce(Data.text(Base64.getEncoder().encodeToString(nonce)));
            // 212: authenticated for the whole session. 401, 407: credentials are wrong, or missing.
            int outcome = authentic ? 212 : header.cred() == null ? 407 : 401;
            answer.command(NewCommand.of(CommandKind.STATUS)
                    .withMsgRef(header.msgId()).withCmdRef("0").withCmd("SyncHdr").withCode(outcome).withChal(challenge));
            List<Command> commands = request.commands();
            for (Command command : commands) {
                if (command.kind() != CommandKind.STATUS && command.kind() != CommandKind.RESULTS) {
                    answer.status(header.msgId(), command.cmdId(), command.name(), authentic ? 200 : outcome);
                }
            }
            if (authentic) {
                answer.command(NewCommand.of(CommandKind.GET, NewItem.target("./DevDetail/SwV"), NewItem.target("./DevInfo?list=TNDS")));
            }
            return answer.encode(request.encoding());
        }
    }

    private boolean authentic(Message request) {
        String user = request.header().sourceName();
        String secret = user == null ? null : secrets.get(user);
        byte[] nonce = user == null ? null : nonces.get(user);
        if (secret == null || nonce == null) {
            return false;
        }
        try {
            request.verify(Scheme.MD5, Auth.a1(user, secret.getBytes(StandardCharsets.UTF_8)), nonce);
            return true;
        } catch (OmadmException refused) {
            return false;
        }
    }

    /**
     * Starts a server for one client, with a nonce of no octets.
     *
     * @param arguments port, user name and secret
     * @throws IOException if the port is taken
     */
    public static void main(String[] arguments) throws IOException {
        @SuppressWarnings("resource")
        DmServer server = new DmServer(Integer.parseInt(arguments[0]), Map.of(arguments[1], arguments[2]));
        server.expect(arguments[1], new byte[0]);
        System.out.println("http://localhost:" + server.port() + "/omadm");
    }
}
