// omadm.hpp: messages put together, credentials, notifications and what carries them, conversion. Vectors of wire.md, 13.4 and 13.5, of notification.md, 6, and of
// provisional.md.
#include "check.hpp"

static const std::vector<std::uint8_t> COUNTING = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
static const std::vector<std::uint8_t> ZEROS(4);

// Message G1 of wire.md, 13.1.
static const char G1[] =
    "02a4016a006d6c7103312e3200017203444d2f312e3200016503314100015b033100016e570368747470733a2f2f646d2e65"
    "78616d706c652e636f6d2f6f6d61646d000101675703494d45493a3439303135343230333233373531380001560364657631"
    "0001014e5a000147036236340001530373796e636d6c3a617574682d6d643500010100004f034c3845692b514f65384e7731"
    "496f78474c666d6176673d3d0001015a00014c03313633383400015503313034383537360001010100006b464b033100014f"
    "0331323031000101604b03320001546757032e2f446576496e666f2f44657649640001014fc314494d45493a343930313534"
    "3230333233373531380101546757032e2f446576496e666f2f4d616e0001014fc30441636d650101546757032e2f44657649"
    "6e666f2f4d6f640001014fc30252310101546757032e2f446576496e666f2f446d560001014fc303312e320101546757032e"
    "2f446576496e666f2f4c616e670001014fc302656e010101120101";

static void builds_a_message() {
    auto made = omadm::builder::make("1A", "2", "https://dm.example.com/omadm", "IMEI:490154203237518");
    REQUIRE(made.has_value());
    omadm::builder builder = *std::move(made);
    CHECK(made->status("1", "0", "SyncHdr", 212).code() == OMADM_E_NULL && made->finish(OMADM_XML).code() == OMADM_E_NULL);
    CHECK(builder.source_name("dev1") && builder.resp_uri("https://dm.example.com/r") && builder.versions("1.2", "DM/1.2"));
    CHECK(builder.cred("syncml:auth-md5", "b64", "L8Ei+QOe8Nw1IoxGLfmavg=="));
    CHECK(builder.meta(omadm::new_meta().max_msg_size(16384).max_obj_size(1048576)) && builder.not_final());
    CHECK(builder.status("1", "0", "SyncHdr", 212).value_or(0) == 1);
    {
        // All of it is copied: nothing of this is there when the message is finished.
        std::string uri = "./FUMO/system/State", value = "a <b> & \"c\"";
        std::vector<omadm::new_item> items;
        items.push_back(omadm::new_item().source(uri).data(value));
        items.push_back(omadm::new_item().source("./FUMO").format("node").data("system"));
        CHECK(builder.results("1", "4", items).value_or(0) == 2);
        omadm::new_item chunk;
        chunk.target(uri).target_name("State").source("./From").meta(omadm::new_meta().format("b64").media_type("text/x").size(9)).more_data();
        chunk.data("AAEC");
        omadm::new_item copy = chunk;
        std::vector<std::uint8_t> octets = {0, 1, 2, 255};
        chunk = omadm::new_item().target("./B").format("bin").media_type("image/png").data({OMADM_DATA_OPAQUE, octets});
        omadm::new_command replace(OMADM_CMD_REPLACE);
        CHECK(builder.command(replace.meta(omadm::new_meta().format("chr")).item(copy).item(chunk).correlator("c1")).value_or(0) == 3);
    }
    CHECK(builder.begin(OMADM_CMD_ATOMIC).value_or(0) == 4 && builder.finish(OMADM_XML).code() == OMADM_E_STATE);
    CHECK(builder.command(omadm::new_command(OMADM_CMD_ALERT).code(1226).data({})).value_or(0) == 5);
    CHECK(builder.end() && builder.end().code() == OMADM_E_STATE && builder.begin(OMADM_CMD_GET).code() == OMADM_E_UNEXPECTED_ELEMENT);
    omadm::new_command status(OMADM_CMD_STATUS);
    status.answers("1", "0", "SyncHdr").code(407).target_ref("t").source_ref("s");
    status.chal(omadm::new_meta().media_type("syncml:auth-md5").format("b64").next_nonce("AAECAwQFBgcICQoLDA0ODw=="));
    CHECK(builder.command(status).value_or(0) == 6);
    CHECK(builder.command(omadm::new_command(OMADM_CMD_OTHER)).code() == OMADM_E_UNEXPECTED_ELEMENT);

    const std::size_t length = builder.encoded_len(OMADM_WBXML).value_or(0);
    auto encoded = builder.finish(OMADM_WBXML);
    REQUIRE(encoded.has_value());
    CHECK(encoded->size() == length && encoded->data()[0] == 2);
    CHECK(builder.status("1", "1", "Get", 200).code() == OMADM_E_STATE && builder.source_name("x").code() == OMADM_E_STATE);
    auto text = builder.finish(OMADM_XML);
    REQUIRE(text.has_value());
    CHECK(text->text().find("<Data>a &lt;b&gt; &amp; ") != std::string_view::npos);
    CHECK(text->text().find("<Final") == std::string_view::npos && text->text().find("<Data>AAEC/w==</Data>") != std::string_view::npos);

    auto message = builder.message(), again = omadm::message::decode(*encoded);
    REQUIRE(message && again);
    builder = omadm::builder();
    CHECK(message->command_count() == 6 && again->normalise()->equals(*message->normalise()).value_or(false));
    for (const omadm::message *of : {&*message, &*again}) {
        std::vector<omadm::command> commands;
        for (const omadm::command &command : of->commands())
            commands.push_back(command);
        REQUIRE(commands.size() == 6);
        CHECK(!of->is_final() && omadm::view(of->header().source_name) == "dev1" && of->header_meta()->max_obj_size() == 1048576);
        CHECK(omadm::view(of->header().resp_uri) == "https://dm.example.com/r" && of->cred()->data().text() == "L8Ei+QOe8Nw1IoxGLfmavg==");
        auto results = of->items(commands[1]);
        CHECK(results.begin()->data().text() == "a <b> & \"c\"" && results.begin()->source() == "./FUMO/system/State");
        CHECK(commands[2].correlator() == "c1" && commands[2].item_count() == 2 && of->meta(commands[2])->format() == "chr");
        CHECK(of->meta(commands[2], 0)->size() == 9 && of->meta(commands[2], 0)->media_type() == "text/x");
        CHECK(of->meta(commands[2], 1)->media_type() == "image/png" && is_hex(*of->item_octets(commands[2], 1), "000102ff"));
        CHECK(of->meta(commands[2], 2).code() == OMADM_NOT_FOUND && of->meta(commands[1]).code() == OMADM_NOT_FOUND);
        auto items = of->items(commands[2]);
        CHECK(items.begin()->more_data() && items.begin()->target() == "./FUMO/system/State");
        CHECK(commands[4].parent() == commands[3].index() && commands[4].code() == 1226);
        CHECK(commands[5].code() == 407 && of->chal(commands[5])->media_type() == "syncml:auth-md5" && count_of(of->refs(commands[5])) == 2);
        auto nonce = omadm::auth::next_nonce(*of, commands[5]);
        CHECK(nonce && *nonce == COUNTING && omadm::auth::next_nonce(*of, commands[0]).code() == OMADM_NOT_FOUND);
    }
    // An empty text is one; a view of nothing is a text that was forgotten.
    CHECK(omadm::builder::make("", "1", "t", "s").code() == OMADM_OK && omadm::builder::make({}, "1", "t", "s").code() == OMADM_E_NULL);
}

static void authenticates() {
    namespace auth = omadm::auth;
    // S1, S2, S2n
    auto bruce = auth::a1("Bruce2", "OhBehave");
    REQUIRE(bruce.has_value());
    CHECK(is_hex(*bruce, "3ed11dafc941438e486d3d5b64892b39") && is_hex(*auth::md5_digest(*bruce, "Nonce"), "673e848af477c9e69a10d71137a96901"));
    CHECK(auth::cred_md5(*bruce, "Nonce").value_or("") == "Zz6EivR3yeaaENcRN6lpAQ==");
    CHECK(auth::cred_md5(*bruce, "Tm9uY2U=").value_or("") == "CmO/kTaDnxgwUdBvdtRh4A==");
    CHECK(auth::cred_basic("Bruce2", "OhBehave").value_or("") == "QnJ1Y2UyOk9oQmVoYXZl");
    // Longer than what one would guess: 3 octets are 4 characters.
    CHECK(auth::cred_basic(std::string(150, 'n'), std::string(149, 's'))->size() == 400);
    // G-md5
    auto dev1 = auth::a1("dev1", "secret");
    REQUIRE(dev1.has_value());
    CHECK(auth::cred_md5(*dev1, COUNTING).value_or("") == "L8Ei+QOe8Nw1IoxGLfmavg==");
    CHECK(auth::cred_md5(*dev1, ZEROS).value_or("") == "UyTG/9eLomMP71AAE3HyYA==");
    CHECK(auth::cred_md5(*dev1, "").value_or("") == "yLuff4TLcSrw4vV/9rAOOg==");
    CHECK(auth::digests_match(*dev1, *dev1) && !auth::digests_match(*dev1, *bruce));

    auto package = omadm::message::decode(text_of("package1.syncml.wbxml"));
    REQUIRE(package.has_value());
    CHECK(auth::verify_cred(*package, OMADM_SCHEME_MD5, *dev1, {COUNTING}).value_or(9) == 0);
    CHECK(auth::verify_cred(*package, OMADM_SCHEME_MD5, *dev1, {"stale", ZEROS, COUNTING}).value_or(9) == 2);
    CHECK(auth::verify_cred(*package, OMADM_SCHEME_MD5, *dev1, {"stale"}).code() == OMADM_REFUSED);
    CHECK(auth::verify_cred(*package, OMADM_SCHEME_MD5, *bruce, {COUNTING}).code() == OMADM_REFUSED);
    CHECK(auth::verify_cred(*package, OMADM_SCHEME_BASIC, *dev1, {COUNTING}).code() == OMADM_ANOTHER_SCHEME);
    CHECK(!auth::verify_cred(*package, OMADM_SCHEME_MD5, *dev1, {}) && !auth::verify_cred(omadm::message(), OMADM_SCHEME_MD5, *dev1, {COUNTING}));
    CHECK(auth::basic_name(*package).code() == OMADM_NOT_FOUND);

    // G-MAC: the header as it has to be written, and over nothing but these octets
    const std::vector<std::uint8_t> body = octets_of(G1);
    auto mac = auth::mac_digest(*dev1, COUNTING, body);
    CHECK(mac && is_hex(*mac, "4f261b07f1805ec1ade1218c89561aa8"));
    const char header[] = "algorithm=MD5, username=\"dev1\", mac=TyYbB/GAXsGt4SGMiVYaqA==";
    CHECK(auth::hmac_header("dev1", *mac).value_or("") == header && auth::hmac_username(header).value_or("") == "dev1");
    CHECK(auth::hmac_header("a\nb", *mac).code() == OMADM_E_AUTH_HEADER_NAME && auth::hmac_username("mac=x").code() == OMADM_E_AUTH_HEADER_INCOMPLETE);
    CHECK(auth::verify_hmac(header, *dev1, {ZEROS, COUNTING}, body).value_or(9) == 1);
    CHECK(auth::verify_hmac(header, *dev1, {COUNTING}, omadm::octets(body.data(), body.size() - 1)).code() == OMADM_REFUSED);
    CHECK(auth::verify_hmac(header, *bruce, {COUNTING}, body).code() == OMADM_REFUSED);

    // wire.md, 5.1
    CHECK(auth::scheme_name(OMADM_SCHEME_MAC) == "syncml:auth-MAC" && auth::scheme_name(static_cast<omadm_scheme>(99)).empty());
    CHECK(auth::scheme_from_name("syncml:auth-md5") == OMADM_SCHEME_MD5 && auth::scheme_from_name("x") == OMADM_SCHEME_OTHER);
    CHECK(auth::scheme_from_account_type("HMAC") == OMADM_SCHEME_MAC && auth::scheme_from_account_type("TRANSPORT") == OMADM_SCHEME_OTHER);
    CHECK(auth::nonce_from_base64("ZG9iZWhhdmUNCg==").value_or({}) == std::vector<std::uint8_t>({'d', 'o', 'b', 'e', 'h', 'a', 'v', 'e', '\r', '\n'}));
    CHECK(auth::nonce_from_base64("Z*").code() == OMADM_E_INVALID_BASE64 && auth::nonce_to_base64(COUNTING).value_or("") == "AAECAwQFBgcICQoLDA0ODw==");
    CHECK(auth::nonce_from_base64(*auth::nonce_to_base64(std::vector<std::uint8_t>(200, 7))).value_or({}) == std::vector<std::uint8_t>(200, 7));
}

static void notifies() {
    const char p0a[] = "8d24b9e1ecc475143a3c83ad16172f25 02d8000000001a0e646d2e6578616d706c652e636f6d";
    const char p0c[] = "5a68dfe7b879c33f373dc8bc1899a38d 02e8000000abcd0e646d2e6578616d706c652e636f6ddead";
    const omadm::server_credentials credentials("srvsecret", COUNTING);
    omadm::new_notification wanted("dm.example.com", 0x1A);
    wanted.ui_mode(OMADM_UI_BACKGROUND).initiator(OMADM_INITIATOR_SERVER);
    auto octets = wanted.encode(credentials);
    CHECK(octets && is_hex(*octets, p0a));
    const std::vector<std::uint8_t> dead = {0xDE, 0xAD};
    CHECK(is_hex(*omadm::new_notification("dm.example.com", 0xABCD).ui_mode(OMADM_UI_INFORMATIVE).initiator(OMADM_INITIATOR_SERVER).vendor(dead)
                      .encode(credentials), p0c));
    CHECK(omadm::new_notification("dm.example.com", 0).encode(credentials).code() == OMADM_E_NOTIFICATION_FIELD);
    CHECK(omadm::new_notification("", 1).encode(credentials).code() == OMADM_E_NOTIFICATION_SERVER_ID_LENGTH);
    CHECK(omadm::new_notification(std::string(200, 's'), 1).encode(credentials)->size() == 16 + 8 + 200);

    auto claim = omadm::notification_claim::decode(*octets);
    REQUIRE(claim.has_value());
    CHECK(claim->server_id() == "dm.example.com" && claim->session_id() == 0x1A && claim->version() == 11 && claim->vendor().empty());
    CHECK(claim->ui_mode() == OMADM_UI_BACKGROUND && claim->initiator() == OMADM_INITIATOR_SERVER);
    CHECK(reinterpret_cast<const std::uint8_t *>(claim->server_id().data()) == octets->data() + 24);
    auto opened = omadm::notification::open(*octets, OMADM_MEDIA_DM12, credentials);
    REQUIRE(opened.has_value());
    CHECK(opened->session_id_text() == "1A" && opened->server_id() == "dm.example.com" && opened->prompt() == OMADM_PROMPT_NOTHING);
    CHECK(!opened->by_resync_nonce() && count_of(opened->sync_alerts()) == 0 && opened->vendor().empty());
    // By what is stored in place of the secret.
    const omadm::digest a1 = *omadm::auth::a1("dm.example.com", "srvsecret");
    CHECK(omadm::notification::open(*octets, OMADM_MEDIA_DM12, {a1, COUNTING}));
    CHECK(omadm::notification::open(*octets, OMADM_MEDIA_DM12, {"another", COUNTING}).code() == OMADM_REFUSED);
    CHECK(omadm::notification::open(*octets, OMADM_MEDIA_DM12, {"srvsecret", ZEROS}).code() == OMADM_REFUSED);
    CHECK(!omadm::notification::open(*octets, OMADM_MEDIA_DM12, {"srvsecret", omadm::octets()}));
    CHECK(omadm::notification::open(*octets, OMADM_MEDIA_DM13, credentials).code() == OMADM_E_NOTIFICATION_LAYOUT);
    CHECK(omadm::notification_claim::decode("short").code() == OMADM_E_UNEXPECTED_END);
    // G-P0b: the server has lost its nonce
    const auto lost = octets_of("7c0e5537e9ed1779f0d8935d1da92fe8 02d8000000001a0e646d2e6578616d706c652e636f6d");
    CHECK(omadm::notification::open(lost, OMADM_MEDIA_DM12, credentials).code() == OMADM_REFUSED);
    auto resynchronised = omadm::notification::open(lost, OMADM_MEDIA_DM12, {"srvsecret", COUNTING, OMADM_RESYNC_ALLOW});
    CHECK(resynchronised && resynchronised->by_resync_nonce());

    // R6: data synchronisation, with an empty secret and an empty nonce
    const auto suite = octets_of("0179ab671b68f26698269b4ca78222ad 0318000000000012 5043205375697465204461746120 53796e63 106000000008 436f6e7461637473");
    auto sync = omadm::notification::open(suite, OMADM_MEDIA_DATA_SYNC, {"", omadm::octets("")});
    REQUIRE(sync.has_value());
    CHECK(sync->server_id() == "PC Suite Data Sync" && count_of(sync->sync_alerts()) == 1);
    for (const omadm::sync_alert &alert : sync->sync_alerts())
        CHECK(alert.uri() == "Contacts" && alert.code() == 206);
    CHECK(omadm::session_id_text(0xABCD) == "ABCD");
}

static void carries() {
    const std::string file = text_of("push.bin");
    auto payload = omadm::push_payload::of_wsp(file);
    REQUIRE(payload.has_value());
    CHECK(payload->media_type() == OMADM_MEDIA_DM12 && payload->offset() == 13 && payload->body().text().data() == file.data() + 13);
    CHECK(payload->expiry() == OMADM_EXPIRES_NEVER && payload->expires() == OMADM_NONE);
    auto opened = omadm::notification::open(payload->body(), payload->media_type(), {"srvsecret", COUNTING});
    CHECK(opened && opened->prompt() == OMADM_PROMPT_INFORM);
    auto push = omadm::push::of_wsp(file);
    CHECK(push && push->content_type() == 0x44 && push->application_id() == 7 && push->destination_port() == OMADM_PUSH_PORT);
    CHECK(push->content_type_name() == "application/vnd.syncml.notification" && push->application_urn() == "x-wap-application:syncml.dm");
    CHECK(push->segments() == 1 && push->body().size() == payload->body().size() && push->target().data() == nullptr);
    CHECK(omadm::push_payload::of_wsp("<A/>").code() == OMADM_E_PUSH_PDU && omadm::push::of_wsp("").code() == OMADM_E_UNEXPECTED_END);

    // S4: what is before the notification.
    auto encoded = omadm::new_push(OMADM_MEDIA_DM12, "p0").transaction_id(1).encode_wsp();
    CHECK(encoded && is_hex(*encoded, "010603c4af87 7030"));
    auto named = omadm::new_push("application/x-acme", "p").application_urn("x-acme:app").encode_wsp();
    REQUIRE(named.has_value());
    push = omadm::push::of_wsp(*named);
    CHECK(push && push->content_type_name() == "application/x-acme" && push->application_urn() == "x-acme:app" && push->body().text() == "p");
    CHECK(push->content_type() == OMADM_NO_CODE && push->application_id() == OMADM_NO_CODE);
    const auto expires = octets_of("94046b36ec7f");
    encoded = omadm::new_push(OMADM_MEDIA_DM12, "p0").wsp_headers(expires).encode_wsp();
    REQUIRE(encoded.has_value());
    CHECK(omadm::push_payload::of_wsp(*encoded)->expires() == 1798761599 && omadm::push_payload::of_wsp(*encoded)->body().text() == "p0");
    encoded = omadm::new_push(OMADM_MEDIA_DM12, "p0").transaction_id(1).encode_wsp();
    REQUIRE(encoded.has_value());
    auto segments = omadm::sms_split(*encoded, 0x77);
    REQUIRE(segments && segments->size() == 1);
    CHECK(is_hex(segments->front(), "0605040b84c002 010603c4af87 7030"));
    const std::vector<std::uint8_t> large(300, 'x');
    segments = omadm::sms_split(large, 0x77);
    REQUIRE(segments && segments->size() == 3);
    CHECK((*segments)[0].size() == 140 && (*segments)[2].size() == 12 + 300 - 2 * 128);
    CHECK(omadm::sms_split(large, 0x100).code() == OMADM_E_ARGUMENT);
    CHECK(omadm::sms_split(std::vector<std::uint8_t>(40000), 0x77).code() == OMADM_E_PUSH_SEGMENT_SIZE);

    auto made = omadm::sms_joiner::make();
    REQUIRE(made.has_value());
    omadm::sms_joiner joiner = *std::move(made);
    CHECK(made->add("me", (*segments)[0]).code() == OMADM_E_NULL && count_of(made->incomplete()) == 0);
    CHECK(joiner.add("me", (*segments)[2], 3).code() == OMADM_END && joiner.add("me", (*segments)[0], 4).code() == OMADM_END);
    std::size_t waiting = 0;
    for (const omadm::sms_incomplete &incomplete : joiner.incomplete()) {
        waiting++;
        CHECK(incomplete.sender().text() == "me" && incomplete.total() == 3 && incomplete.missing() == 1 && incomplete.raw().since == 3);
    }
    CHECK(waiting == 1);
    auto whole = joiner.add("me", (*segments)[1], 5);
    CHECK(whole && whole->size() == 307 && whole->text().substr(7) == omadm::octets(large).text() && count_of(joiner.incomplete()) == 0);
    CHECK(joiner.add("me", (*segments)[1], 6).code() == OMADM_END && joiner.forget_before(7).value_or(0) == 1);
    CHECK(joiner.add("me", "").code() >= 101 && joiner.add_cdma("me", 0x10000, "x").code() == OMADM_E_ARGUMENT);
    CHECK(is_hex(*joiner.add_cdma("me", 9, octets_of("00010023f00b84 010603c4af87 7030")), "00010023f00b84 010603c4af87 7030"));
}

static void does_what_is_unstable() {
    namespace unstable = omadm::unstable;
    const omadm::server_credentials credentials("srvsecret", COUNTING);
    // provisional.md, T1
    const std::vector<unstable::value> hints = {
        unstable::value::of_number(OMADM_UNSTABLE_HINT_EXPIRES, 1798761599), unstable::value::of_number(OMADM_UNSTABLE_HINT_AUTH, 3),
        unstable::value::of_number(OMADM_UNSTABLE_HINT_AUTH, 2), unstable::value::of_number(OMADM_UNSTABLE_HINT_DEV_DETAIL, 4 + 8 + 32)};
    CHECK(unstable::encode_hints_text(hints).value_or("") == "DMH:oQEEazbsfwYCAwIHAgAs");
    CHECK(unstable::encode_hints({unstable::value::of_text(OMADM_UNSTABLE_HINT_REASON_LANGUAGE, "de")}).code() == OMADM_E_ARGUMENT);
    CHECK(is_hex(*unstable::encode_hints({hints[0], unstable::value::of_octets(0x42, "\xCA\xFE")}), "d6480ba101046b36ec7f4202cafe"));

    // E1: a hint in the vendor's octets, carried by WSP
    std::vector<std::uint8_t> e1 = octets_of("010609c4af8794046b36ec7f 68734190d7b147ee496a60ebadfa7c13 02d8000000001a0e646d2e6578616d706c652e636f6d"
                                             "d64807a101046b36ec7f");
    auto payload = omadm::push_payload::of_wsp(e1);
    REQUIRE(payload.has_value());
    CHECK(payload->expiry() == OMADM_EXPIRES_AT && payload->expires() == 1798761599);
    CHECK(unstable::notification::open(*payload, {"another", COUNTING}).code() == OMADM_REFUSED);
    CHECK(unstable::notification::decode(*payload)->server_id() == "dm.example.com");
    auto made = unstable::notification::open(*payload, credentials);
    REQUIRE(made.has_value());
    e1.assign(e1.size(), 0); // it has its own
    unstable::notification notification = *std::move(made);
    CHECK(made->summary().code() == OMADM_E_NULL && count_of(made->hints()) == 0 && made->reason().data() == nullptr);
    CHECK(made->expiry(1).code() == OMADM_E_NULL && made->check_hints().code() == OMADM_E_NULL);
    CHECK(notification.summary()->session_id_text() == "1A" && notification.reason().data() == nullptr && count_of(notification.options()) == 0);
    CHECK(notification.expiry(1798761599).value_or(OMADM_UNSTABLE_EXPIRY_UNKNOWN) == OMADM_UNSTABLE_EXPIRY_VALID);
    CHECK(notification.expiry(1798761600).value_or(OMADM_UNSTABLE_EXPIRY_UNKNOWN) == OMADM_UNSTABLE_EXPIRY_EXPIRED);
    CHECK(notification.expiry(1798761600, 1).value_or(OMADM_UNSTABLE_EXPIRY_UNKNOWN) == OMADM_UNSTABLE_EXPIRY_VALID);
    CHECK(notification.check_hints().value_or(0) == 1 && count_of(notification.hints()) == 1);
    for (const unstable::value &hint : notification.hints())
        CHECK(hint.subject() == OMADM_UNSTABLE_HINT_EXPIRES && hint.form() == OMADM_UNSTABLE_FORM_NUMBER && hint.number() == 1798761599);

    // Hints that are broken are none, and the notification is none the worse.
    const auto broken = octets_of("d64804a10201ff");
    auto octets = omadm::new_notification("a", 1).vendor(broken).encode(credentials);
    REQUIRE(octets.has_value());
    auto worse = unstable::notification::open(omadm::push_payload(*octets), credentials);
    REQUIRE(worse.has_value());
    CHECK(count_of(worse->hints()) == 0 && worse->check_hints().code() == OMADM_E_INVALID_UTF8 && worse->check_hints().error().offset() == 25 + 6);

    // N0, and N2 with its options in their order
    const std::vector<unstable::value> server = {unstable::value::of_text(OMADM_UNSTABLE_OPTION_SERVER_ID, "dm.example.com")};
    omadm::new_notification fields({}, 0x1A);
    fields.ui_mode(OMADM_UI_BACKGROUND).initiator(OMADM_INITIATOR_SERVER);
    auto n0 = unstable::encode_notification13(OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED, fields, server, credentials);
    CHECK(n0 && is_hex(*n0, "0358001a01100e646d2e6578616d706c652e636f6de02fe108c2b77cc16f87b42fbcee76c9"));
    CHECK(unstable::encode_notification13(OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED, fields, {}, credentials).code() == OMADM_E_NOTIFICATION_OPTION_MISSING);
    const auto n2 = octets_of("0378001a08100e646d2e6578616d706c652e636f6d20012730010f300136400102400101501742726f777365722073657474696e677320757064617465"
                              "6018444d483a6f514545617a6273667759434177494841674173f94ede58d74e79986e732aa3f02fd18b");
    const omadm::push_payload bare(n2, OMADM_MEDIA_DM13);
    CHECK(unstable::notification::open(bare, credentials).code() == OMADM_E_NOTIFICATION_LAYOUT);
    auto opened = unstable::notification::open(bare, credentials, OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED);
    REQUIRE(opened.has_value());
    CHECK(opened->reason() == "Browser settings update" && opened->reason_language().data() == nullptr && opened->summary()->prompt() == OMADM_PROMPT_CONFIRM);
    std::vector<std::uint32_t> subjects;
    for (const unstable::value &option : opened->options()) {
        subjects.push_back(option.subject());
        if (option.subject() == OMADM_UNSTABLE_OPTION_SERVER_ID)
            CHECK(option.form() == OMADM_UNSTABLE_FORM_TEXT && option.text() == "dm.example.com" && option.octets().data() == nullptr);
    }
    CHECK(subjects == std::vector<std::uint32_t>({1, 2, 3, 3, 4, 4, 5, 6}));
    CHECK(unstable::mo_identifier(0x27).value_or("") == "urn:oma:mo:oma-fumo:1.0" && unstable::mo_index("urn:oma:mo:oma-scomo:1.0").value_or(0) == 0x36);
    CHECK(unstable::mo_identifier(0xFFFE).code() == OMADM_NOT_FOUND && unstable::mo_index("urn:none").code() == OMADM_NOT_FOUND);

    // Carriers in text.
    const char http[] = "POST /push HTTP/1.1\r\nHost: 198.51.100.7:4035\r\nX-More: yes\r\nContent-Type: application/vnd.syncml.notification\r\n"
                        "X-Wap-Application-Id: x-wap-application:syncml.dm\r\nExpires: Thu, 31 Dec 2026 23:59:59 GMT\r\nContent-Length: 2\r\n\r\np0";
    omadm::new_push push(OMADM_MEDIA_DM12, "p0");
    auto text = unstable::encode(OMADM_UNSTABLE_CARRIER_HTTP, push.target("/push").host("198.51.100.7:4035").expires(1798761599).header("X-More", "yes"));
    CHECK(text && omadm::octets(*text).text() == http);
    auto read = unstable::payload(OMADM_UNSTABLE_CARRIER_HTTP, http);
    CHECK(read && read->body().text() == "p0" && read->expires() == 1798761599);
    auto all = unstable::decode(OMADM_UNSTABLE_CARRIER_HTTP, http);
    CHECK(all && all->target() == "/push" && all->application_id() == 7 && all->destination_port() == OMADM_NO_CODE);
    CHECK(unstable::decode(OMADM_UNSTABLE_CARRIER_SIP, http).code() == OMADM_E_PUSH_START_LINE);
    auto parts = unstable::payload("Content-Type: application/vnd.syncml.notification\r\nX-Wap-Application-Id: x-wap-application:syncml.dm\r\n", "p0");
    CHECK(parts && parts->body().text() == "p0" && parts->media_type() == OMADM_MEDIA_DM12);
    auto pap = unstable::encode(OMADM_UNSTABLE_CARRIER_PAP,
                                omadm::new_push(OMADM_MEDIA_DM12, "p0").host("ppg.example.com").push_id("1@dm.example.com").boundary("package-0")
                                    .address("WAPPUSH=+15551230001/TYPE=PLMN@ppg.example.com"));
    CHECK(pap && omadm::octets(*pap).text().find("<push-message push-id=\"1@dm.example.com\">") != std::string_view::npos);
    CHECK(unstable::encode(OMADM_UNSTABLE_CARRIER_PAP, omadm::new_push(OMADM_MEDIA_DM12, "p0")).code() == OMADM_E_PUSH_CONTROL);
    // 43199 seconds after noon
    auto sip = unstable::encode(OMADM_UNSTABLE_CARRIER_SIP, omadm::new_push(OMADM_MEDIA_DM12, "p0").target("sip:a@b").date(1798718400, 43199));
    CHECK(sip && unstable::payload(OMADM_UNSTABLE_CARRIER_SIP, *sip)->expires() == 1798761599);
}

static void converts() {
    const std::vector<std::uint8_t> g1 = octets_of(G1);
    CHECK(omadm::detect(g1).value_or(OMADM_KIND_TREE) == OMADM_KIND_SYNCML && omadm::detect("<MgmtTree/>").value_or(OMADM_KIND_PUSH) == OMADM_KIND_TREE);
    CHECK(omadm::detect(text_of("push.bin")).value_or(OMADM_KIND_TREE) == OMADM_KIND_PUSH && omadm::detect("hello").code() == OMADM_E_UNKNOWN_FORMAT);
    auto xml = omadm::convert(g1, OMADM_XML);
    REQUIRE(xml.has_value());
    CHECK(xml->text().find("<Source><LocURI>IMEI:490154203237518</LocURI><LocName>dev1</LocName></Source>") != std::string_view::npos);
    CHECK(xml->text().find('\n') == std::string_view::npos);
    auto again = omadm::message::decode(*omadm::convert(*xml, OMADM_WBXML));
    CHECK(again && again->normalise()->equals(*omadm::message::decode(g1)->normalise()).value_or(false));
    CHECK(omadm::convert(g1, OMADM_XML, omadm::convert_options(OMADM_LAYOUT_INDENTED))->text().find("\n  <SyncHdr>\n") != std::string_view::npos);
    auto wrong = omadm::convert("<SyncML><A></B></SyncML>", OMADM_WBXML);
    CHECK(wrong.code() == OMADM_E_XML_END_TAG && wrong.error().offset() == 11);
    omadm::options tight;
    tight.limit_output = 8;
    omadm::convert_options bounded;
    bounded.read = &tight;
    CHECK(omadm::convert(g1, OMADM_XML, bounded).code() == OMADM_E_LIMIT_OUTPUT);
    CHECK(is_hex(*omadm::octets_from_base64("AAEC/w=="), "000102ff") && omadm::octets_from_base64("*").code() == OMADM_E_INVALID_BASE64);
}

int main() {
    builds_a_message();
    authenticates();
    notifies();
    carries();
    does_what_is_unstable();
    converts();
    return outcome();
}
