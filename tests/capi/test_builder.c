/* Messages put together, read again, and held against octets that others have written. */
#include "compare.h"

static omadm_str str(const char *text) {
    omadm_str made;
    made.ptr = text;
    made.len = text ? OMADM_NUL : 0;
    return made;
}

static omadm_data data_of(uint32_t form, const char *octets, size_t len) {
    omadm_data made;
    memset(&made, 0, sizeof made);
    made.form = form;
    made.bytes.ptr = (const uint8_t *)octets;
    made.bytes.len = len;
    return made;
}

static omadm_builder *builder_of(const char *msg_id, const char *target, const char *source) {
    omadm_builder *builder = NULL;
    omadm_error error = OMADM_ERROR_INIT;
    REQUIRE(omadm_builder_new("1A", OMADM_NUL, msg_id, OMADM_NUL, target, OMADM_NUL, source, OMADM_NUL, &builder, &error) ==
            OMADM_OK);
    return builder;
}

#define SERVER "https://dm.example.com/omadm"
#define DEVICE "IMEI:490154203237518"

/* wire.md 13.1, G3: package 3 of a client, as xml2wbxml has written it. */
static const char G3_XML[] =
    "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1A</SessionID>"
    "<MsgID>2</MsgID><Target><LocURI>https://dm.example.com/omadm</LocURI></Target><Source><LocURI>IMEI:490154203237518"
    "</LocURI></Source></SyncHdr><SyncBody><Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>"
    "<Data>212</Data></Status><Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>5</CmdRef><Cmd>Get</Cmd><Data>200</Data>"
    "</Status><Results><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>5</CmdRef><Item><Source><LocURI>./DevInfo</LocURI></Source>"
    "<Meta><Format xmlns=\"syncml:metinf\">node</Format><Type xmlns=\"syncml:metinf\">text/plain</Type></Meta><Data>"
    "DevId/Man/Mod/DmV/Lang</Data></Item></Results><Status><CmdID>4</CmdID><MsgRef>1</MsgRef><CmdRef>8</CmdRef><Cmd>Exec</Cmd>"
    "<Data>202</Data></Status><Alert><CmdID>5</CmdID><Data>1226</Data><Correlator>c42</Correlator><Item><Source><LocURI>"
    "./FUMO/1</LocURI></Source><Meta><Format xmlns=\"syncml:metinf\">chr</Format><Type xmlns=\"syncml:metinf\">"
    "org.openmobilealliance.dm.firmwareupdate.download</Type><Mark xmlns=\"syncml:metinf\">critical</Mark></Meta><Data>200"
    "</Data></Item></Alert><Final/></SyncBody></SyncML>";
static const char G3_WBXML[] =
    "02a4016a006d6c7103312e3200017203444d2f312e3200016503314100015b033200016e570368747470733a2f2f646d"
    "2e6578616d706c652e636f6d2f6f6d61646d000101675703494d45493a34393031353432303332333735313800010101"
    "6b694b033100015c033100014c033000014a0353796e6348647200014f03323132000101694b033200015c033100014c"
    "033500014a0347657400014f03323030000101624b033300015c033100014c03350001546757032e2f446576496e666f"
    "0001015a000147036e6f646500015303746578742f706c61696e00010100004f0344657649642f4d616e2f4d6f642f44"
    "6d562f4c616e6700010101694b033400015c033100014c033800014a034578656300014f03323032000101464b033500"
    "014f033132323600017c036334320001546757032e2f46554d4f2f310001015a00014703636872000153036f72672e6f"
    "70656e6d6f62696c65616c6c69616e63652e646d2e6669726d776172657570646174652e646f776e6c6f616400014b03"
    "637269746963616c00010100004f0332303000010101120101";

static int is_hex(const omadm_buffer *octets, const char *hex) {
    size_t at;
    if (octets->len * 2 != strlen(hex))
        return 0;
    for (at = 0; at < octets->len; at++) {
        char two[3];
        snprintf(two, sizeof two, "%02x", octets->data[at]);
        if (memcmp(two, hex + 2 * at, 2) != 0)
            return 0;
    }
    return 1;
}

static void writes_what_others_write(void) {
    omadm_builder *builder = builder_of("2", SERVER, DEVICE);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_new_item result = OMADM_NEW_ITEM_INIT, event = OMADM_NEW_ITEM_INIT;
    omadm_new_meta meta = OMADM_NEW_META_INIT;
    omadm_new_command alert = OMADM_NEW_COMMAND_INIT;
    omadm_buffer encoded = OMADM_BUFFER_INIT;
    uint32_t cmd_id = 0;
    size_t length = 0;

    CHECK(omadm_builder_status(builder, "1", OMADM_NUL, "0", OMADM_NUL, "SyncHdr", OMADM_NUL, 212, &cmd_id, &error) == OMADM_OK);
    CHECK(cmd_id == 1);
    CHECK(omadm_builder_status(builder, "1", OMADM_NUL, "5", OMADM_NUL, "Get", OMADM_NUL, 200, NULL, &error) == OMADM_OK);
    result.source = str("./DevInfo");
    result.format = str("node");
    result.media_type = str("text/plain");
    result.data = data_of(OMADM_DATA_TEXT, "DevId/Man/Mod/DmV/Lang", OMADM_NUL);
    CHECK(omadm_builder_results(builder, "1", OMADM_NUL, "5", OMADM_NUL, &result, sizeof result, 1, &cmd_id, &error) == OMADM_OK);
    CHECK(cmd_id == 3);
    CHECK(omadm_builder_status(builder, "1", OMADM_NUL, "8", OMADM_NUL, "Exec", OMADM_NUL, 202, &cmd_id, &error) == OMADM_OK);
    meta.format = str("chr");
    meta.media_type = str("org.openmobilealliance.dm.firmwareupdate.download");
    meta.mark = str("critical");
    event.source = str("./FUMO/1");
    event.meta = &meta;
    event.data = data_of(OMADM_DATA_TEXT, "200", 3);
    alert.kind = OMADM_CMD_ALERT;
    alert.code = 1226;
    alert.correlator = str("c42");
    alert.items = &event;
    alert.item_size = sizeof event;
    alert.item_count = 1;
    CHECK(omadm_builder_command(builder, &alert, &cmd_id, &error) == OMADM_OK);
    CHECK(cmd_id == 5);

    CHECK(omadm_builder_encoded_len(builder, OMADM_WBXML, &length, &error) == OMADM_OK);
    CHECK(length == 409); /* As wire.md has it. */
    CHECK(omadm_builder_finish(builder, OMADM_WBXML, &encoded, &error) == OMADM_OK);
    CHECK(is_hex(&encoded, G3_WBXML));
    CHECK(omadm_builder_finish(builder, OMADM_XML, &encoded, &error) == OMADM_OK);
    CHECK(same_octets(encoded.data, encoded.len, G3_XML, strlen(G3_XML)));
    CHECK(omadm_builder_encoded_len(builder, OMADM_XML, &length, &error) == OMADM_OK && length == strlen(G3_XML));
    omadm_buffer_free(&encoded);
    omadm_builder_free(builder);
}

/* Everything that a builder takes, read again. */
static void what_was_built_is_read_again(uint32_t encoding) {
    static const char octets[] = {'\0', '\1', '<', '\377'};
    omadm_builder *builder = builder_of("7", DEVICE, SERVER);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_new_meta limits = OMADM_NEW_META_INIT, chal = OMADM_NEW_META_INIT, of_command = OMADM_NEW_META_INIT, size = OMADM_NEW_META_INIT;
    omadm_new_cred cred = OMADM_NEW_CRED_INIT;
    omadm_new_command command = OMADM_NEW_COMMAND_INIT;
    omadm_new_item items[2] = {OMADM_NEW_ITEM_INIT, OMADM_NEW_ITEM_INIT};
    omadm_ref refs[2] = {OMADM_REF_INIT, OMADM_REF_INIT};
    omadm_buffer encoded = OMADM_BUFFER_INIT, value = OMADM_BUFFER_INIT;
    omadm_message *built = NULL, *message = NULL;
    omadm_header header = OMADM_HEADER_INIT;
    omadm_meta meta = OMADM_META_INIT;
    omadm_cred credentials = OMADM_CRED_INIT;
    omadm_command commands[8];
    omadm_item read_items[2];
    omadm_ref read_refs[2];
    uint32_t cmd_id = 0, is_final = 7, is_equal = 7;
    size_t written, length;

    CHECK(omadm_builder_versions(builder, "1.1", OMADM_NUL, "DM/1.1", OMADM_NUL, &error) == OMADM_OK);
    CHECK(omadm_builder_source_name(builder, "srv & co", OMADM_NUL, &error) == OMADM_OK);
    CHECK(omadm_builder_resp_uri(builder, "https://dm.example.com/omadm?x=1&y=2#", 36, &error) == OMADM_OK);
    limits.flags = OMADM_NEW_MAX_MSG_SIZE | OMADM_NEW_MAX_OBJ_SIZE;
    limits.max_msg_size = 16384;
    limits.size = 5; /* Not asked for. */
    CHECK(omadm_builder_meta(builder, &limits, &error) == OMADM_OK);
    cred.scheme = str("syncml:auth-md5");
    cred.format = str("b64");
    cred.data = data_of(OMADM_DATA_TEXT, "L8Ei+QOe8Nw1IoxGLfmavg==", OMADM_NUL);
    CHECK(omadm_builder_cred(builder, &cred, &error) == OMADM_OK);
    CHECK(omadm_builder_not_final(builder, &error) == OMADM_OK);

    command.kind = OMADM_CMD_STATUS;
    command.code = 401;
    command.msg_ref = str("6");
    command.cmd_ref = str("0");
    command.cmd = str("SyncHdr");
    refs[0].is_target = 1;
    refs[0].uri = str(SERVER);
    refs[1].uri = str(DEVICE);
    command.refs = refs;
    command.ref_size = sizeof refs[0];
    command.ref_count = 2;
    chal.format = str("b64");
    chal.media_type = str("syncml:auth-md5");
    chal.next_nonce = data_of(OMADM_DATA_OPAQUE, "\0\1\2", 3);
    command.chal = &chal;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_OK && cmd_id == 1);

    CHECK(omadm_builder_begin(builder, OMADM_CMD_ATOMIC, &cmd_id, &error) == OMADM_OK && cmd_id == 2);
    CHECK(omadm_builder_begin(builder, OMADM_CMD_SEQUENCE, NULL, &error) == OMADM_OK);
    memset(&command, 0, sizeof command);
    command.struct_size = sizeof command;
    command.kind = OMADM_CMD_REPLACE;
    command.items = items;
    command.item_size = sizeof items[0];
    command.item_count = 2;
    of_command.format = str("chr");
    command.meta = &of_command;
    items[0].target = str("./A/Caf\303\251");
    items[0].target_name = str("name");
    items[0].data = data_of(OMADM_DATA_CDATA, "<a>&", OMADM_NUL);
    items[1].target = str("./A/B");
    items[1].flags = OMADM_ITEM_MORE_DATA;
    size.flags = OMADM_NEW_SIZE;
    size.size = 30;
    items[1].meta = &size;
    items[1].data = data_of(OMADM_DATA_TEXT, "", 0);
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_OK && cmd_id == 4);
    CHECK(omadm_builder_end(builder, &error) == OMADM_OK);

    /* Open containers count as ended. */
    CHECK(omadm_builder_encoded_len(builder, encoding, &length, &error) == OMADM_OK && length > 100);
    CHECK(omadm_builder_finish(builder, encoding, &encoded, &error) == OMADM_E_STATE && encoded.data == NULL);
    CHECK(omadm_builder_message(builder, &built, &error) == OMADM_E_STATE && built == NULL);
    CHECK(omadm_builder_end(builder, &error) == OMADM_OK);
    CHECK(omadm_builder_end(builder, &error) == OMADM_E_STATE);

    memset(items, 0, sizeof items);
    items[0].struct_size = sizeof items[0];
    items[0].target = str("./A/C");
    items[0].format = str("bin");
    items[0].data = data_of(OMADM_DATA_OPAQUE, octets, sizeof octets);
    command.kind = OMADM_CMD_ADD;
    command.item_count = 1;
    command.meta = NULL;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_OK && cmd_id == 5);
    memset(items, 'x', sizeof items); /* They were copied. */

    CHECK(omadm_builder_finish(builder, encoding, &encoded, &error) == OMADM_OK);
    REQUIRE(omadm_builder_message(builder, &built, &error) == OMADM_OK);
    CHECK(omadm_builder_not_final(builder, &error) == OMADM_E_STATE);
    CHECK(omadm_builder_begin(builder, OMADM_CMD_ATOMIC, &cmd_id, &error) == OMADM_E_STATE && cmd_id == 5);
    omadm_builder_free(builder);

    REQUIRE(omadm_message_decode(encoded.data, encoded.len, NULL, &message, &error) == OMADM_OK);
    CHECK(omadm_message_summary(message, NULL, &is_final, &written, &error) == OMADM_OK && is_final == 0 && written == 5);
    CHECK(omadm_message_header(message, &header, &error) == OMADM_OK);
    CHECK(is_text(header.ver_dtd, "1.1") && is_text(header.ver_proto, "DM/1.1"));
    CHECK(is_text(header.session_id, "1A") && is_text(header.msg_id, "7"));
    CHECK(is_text(header.target, DEVICE) && is_text(header.target_name, NULL));
    CHECK(is_text(header.source, SERVER) && is_text(header.source_name, "srv & co"));
    CHECK(is_text(header.resp_uri, "https://dm.example.com/omadm?x=1&y=2"));
    CHECK(omadm_message_header_meta(message, &meta, &error) == OMADM_OK);
    CHECK(meta.max_msg_size == 16384 && meta.max_obj_size == 0 && meta.size == OMADM_NONE);
    CHECK(omadm_message_header_cred(message, &credentials, &error) == OMADM_OK);
    CHECK(is_text(credentials.scheme, "syncml:auth-md5") && is_text(credentials.format, "b64"));
    CHECK(is_octets(credentials.data.bytes, "L8Ei+QOe8Nw1IoxGLfmavg=="));

    REQUIRE(omadm_message_commands(message, 0, commands, sizeof commands[0], 8, &written, &error) == OMADM_OK && written == 5);
    CHECK(commands[0].kind == OMADM_CMD_STATUS && commands[0].code == 401 && is_text(commands[0].cmd_id, "1"));
    CHECK(is_text(commands[0].msg_ref, "6") && is_text(commands[0].cmd_ref, "0") && is_text(commands[0].cmd, "SyncHdr"));
    CHECK(omadm_message_refs(message, 0, 0, read_refs, sizeof read_refs[0], 2, &written, &error) == OMADM_OK && written == 2);
    CHECK(read_refs[0].is_target == 1 && is_text(read_refs[0].uri, SERVER));
    CHECK(read_refs[1].is_target == 0 && is_text(read_refs[1].uri, DEVICE));
    CHECK(omadm_message_chal(message, 0, &meta, &error) == OMADM_OK);
    CHECK(is_text(meta.format, "b64") && is_text(meta.media_type, "syncml:auth-md5"));
    CHECK(is_octets(meta.next_nonce.bytes, "AAEC")); /* DM wants base64 in both encodings. */

    CHECK(commands[1].kind == OMADM_CMD_ATOMIC && commands[1].end == 4 && commands[1].parent == OMADM_NO_INDEX);
    CHECK(commands[2].kind == OMADM_CMD_SEQUENCE && commands[2].parent == 1 && commands[2].end == 4);
    CHECK(commands[3].kind == OMADM_CMD_REPLACE && commands[3].parent == 2 && commands[3].item_count == 2);
    CHECK(omadm_message_items(message, 3, 0, read_items, sizeof read_items[0], 2, &written, &error) == OMADM_OK && written == 2);
    CHECK(is_text(read_items[0].target, "./A/Caf\303\251") && is_text(read_items[0].target_name, "name"));
    CHECK(is_text(read_items[0].source, NULL) && is_text(read_items[0].format, "chr"));
    CHECK(is_octets(read_items[0].data.bytes, "<a>&"));
    CHECK(read_items[0].data.form == (encoding == OMADM_XML ? OMADM_DATA_CDATA : OMADM_DATA_OPAQUE));
    CHECK(read_items[1].flags == (OMADM_ITEM_MORE_DATA | OMADM_ITEM_META));
    CHECK(is_octets(read_items[1].data.bytes, "") && read_items[1].data.form == OMADM_DATA_TEXT);
    CHECK(omadm_message_item_meta(message, 3, 1, &meta, &error) == OMADM_OK && meta.size == 30);

    CHECK(commands[4].parent == OMADM_NO_INDEX && is_text(commands[4].cmd_id, "5"));
    CHECK(omadm_message_items(message, 4, 0, read_items, sizeof read_items[0], 1, &written, &error) == OMADM_OK);
    /* XML has no octets. AAE8/w== are 00 01 3C FF. */
    CHECK(is_text(read_items[0].format, encoding == OMADM_XML ? "b64" : "bin"));
    CHECK(encoding == OMADM_XML ? is_octets(read_items[0].data.bytes, "AAE8/w==")
                                : same_octets(read_items[0].data.bytes.ptr, read_items[0].data.bytes.len, octets, sizeof octets));
    CHECK(omadm_message_item_octets(message, 4, 0, &value, &error) == OMADM_OK);
    CHECK(same_octets(value.data, value.len, octets, sizeof octets));

    /* The handle says what the octets say. */
    if (encoding == OMADM_WBXML) {
        CHECK(omadm_message_equal(message, built, &is_equal, &error) == OMADM_OK && is_equal == 1);
    } else {
        omadm_message *normal = NULL, *other = NULL;
        CHECK(omadm_message_equal(message, built, &is_equal, &error) == OMADM_OK && is_equal == 0); /* Octets are not base64. */
        REQUIRE(omadm_message_normalise(message, &normal, &error) == OMADM_OK);
        REQUIRE(omadm_message_normalise(built, &other, &error) == OMADM_OK);
        CHECK(omadm_message_equal(normal, other, &is_equal, &error) == OMADM_OK && is_equal == 1);
        omadm_message_free(normal);
        omadm_message_free(other);
    }
    CHECK(omadm_message_encoded_len(built, encoding, &length, &error) == OMADM_OK && length == encoded.len);
    {
        uint8_t room[2048], untouched[4] = {'x', 'x', 'x', 'x'};
        length = 0;
        CHECK(omadm_message_encode_to(built, encoding, NULL, room, sizeof room, &length, &error) == OMADM_OK);
        CHECK(same_octets(room, length, encoded.data, encoded.len));
        CHECK(omadm_message_encode_to(built, encoding, NULL, room, encoded.len, &length, &error) == OMADM_OK);
        length = 0;
        CHECK(omadm_message_encode_to(built, encoding, NULL, NULL, 0, &length, &error) == OMADM_BUFFER_TOO_SMALL);
        CHECK(length == encoded.len);
        CHECK(omadm_message_encode_to(built, encoding, NULL, untouched, 4, &length, &error) == OMADM_BUFFER_TOO_SMALL);
        CHECK(untouched[0] == 'x' && untouched[3] == 'x');
        CHECK(omadm_message_encode(built, encoding, NULL, &value, &error) == OMADM_OK);
        CHECK(same_octets(value.data, value.len, encoded.data, encoded.len));
    }
    {
        omadm_options options = OMADM_OPTIONS_INIT;
        size_t kept = value.len;
        CHECK(omadm_options_init(&options, &error) == OMADM_OK);
        options.limit_output = encoded.len - 1;
        CHECK(omadm_message_encode(built, encoding, &options, &value, &error) == OMADM_E_LIMIT_OUTPUT && value.len == kept);
        CHECK(omadm_message_encode(built, 0, NULL, &value, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "encoding"));
    }
    omadm_message_free(built);
    omadm_message_free(message);
    omadm_buffer_free(&encoded);
    omadm_buffer_free(&value);
}

static void refuses_what_cannot_be_sent(void) {
    omadm_builder *builder = builder_of("1", SERVER, DEVICE), *none = NULL;
    omadm_error error = OMADM_ERROR_INIT;
    omadm_new_command command = OMADM_NEW_COMMAND_INIT;
    omadm_new_item item = OMADM_NEW_ITEM_INIT;
    omadm_new_meta meta = OMADM_NEW_META_INIT;
    omadm_new_cred cred = OMADM_NEW_CRED_INIT;
    omadm_ref ref = OMADM_REF_INIT;
    omadm_buffer encoded = OMADM_BUFFER_INIT;
    omadm_message *message = NULL;
    struct {
        omadm_new_item known;
        uint64_t added;
    } later[2];
    uint32_t cmd_id = 99;
    size_t count = 0;

    CHECK(omadm_builder_new(NULL, 0, "1", 1, "t", 1, "s", 1, &none, &error) == OMADM_E_NULL && is_text(error.subject, "session_id"));
    CHECK(omadm_builder_new("1", 1, NULL, 0, "t", 1, "s", 1, &none, &error) == OMADM_E_NULL && is_text(error.subject, "msg_id"));
    CHECK(omadm_builder_new("1", 1, "1", 1, NULL, 0, "s", 1, &none, &error) == OMADM_E_NULL && is_text(error.subject, "target"));
    CHECK(omadm_builder_new("1", 1, "1", 1, "t", 1, NULL, 0, &none, &error) == OMADM_E_NULL && is_text(error.subject, "source"));
    CHECK(omadm_builder_versions(builder, NULL, 0, "DM/1.2", 6, &error) == OMADM_E_NULL && is_text(error.subject, "ver_dtd"));
    CHECK(omadm_builder_versions(builder, "1.2", 3, NULL, 0, &error) == OMADM_E_NULL && is_text(error.subject, "ver_proto"));
    CHECK(omadm_builder_source_name(builder, NULL, 0, &error) == OMADM_E_NULL && is_text(error.subject, "name"));
    CHECK(omadm_builder_resp_uri(builder, NULL, 0, &error) == OMADM_E_NULL && is_text(error.subject, "uri"));
    CHECK(none == NULL);

    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_UNEXPECTED_ELEMENT);
    command.kind = OMADM_CMD_ATOMIC;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_UNEXPECTED_ELEMENT);
    command.kind = 12;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "kind"));
    CHECK(omadm_builder_begin(builder, OMADM_CMD_GET, &cmd_id, &error) == OMADM_E_UNEXPECTED_ELEMENT);
    CHECK(omadm_builder_end(builder, &error) == OMADM_E_STATE);

    command.kind = OMADM_CMD_REPLACE;
    command.code = 200;
    command.data = data_of(OMADM_DATA_TEXT, "200", 3);
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "code"));
    command.code = 0;
    command.data = data_of(OMADM_DATA_TEXT, "\377", 1);
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_INVALID_UTF8 && is_text(error.subject, "data"));
    command.data = data_of(OMADM_DATA_MARKUP, "<a/>", 4);
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "data"));
    command.data = data_of(OMADM_DATA_OPAQUE, "a", SIZE_MAX >> 19);
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_INPUT_TOO_LARGE);
    command.data = data_of(OMADM_DATA_OPAQUE, "a", OMADM_NUL);
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "data"));
    command.data = data_of(OMADM_DATA_TEXT, NULL, 1);
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_NULL && is_text(error.subject, "data"));
    /* A form that was forgotten does not leave the data out. */
    command.data = data_of(OMADM_DATA_ABSENT, "a", 1);
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "data"));
    command.data = data_of(OMADM_DATA_TEXT, "a", 1);
    command.data.reserved = 1;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "data"));
    memset(&command.data, 0, sizeof command.data);

    command.item_count = 1;
    command.item_size = sizeof item;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_NULL && is_text(error.subject, "items"));
    command.items = &item;
    command.item_size = 8;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_STRUCT_SIZE && is_text(error.subject, "items"));
    command.item_size = sizeof item;
    item.flags = 2;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "items"));
    item.flags = 0;
    item.format = str("chr");
    item.meta = &meta;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "meta"));
    item.format = str(NULL);
    meta.flags = 8;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "meta"));
    meta.flags = 0;
    meta.struct_size = 8;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_STRUCT_SIZE && is_text(error.subject, "meta"));
    meta.struct_size = sizeof meta;
    item.source_name = str("a name"); /* Without a LocURI there is no place for it. */
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_MISSING && is_text(error.subject, "LocURI"));
    item.source_name = str(NULL);
    command.refs = &ref;
    command.ref_size = sizeof ref;
    command.ref_count = 1;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_NULL && is_text(error.subject, "uri"));
    ref.uri = str("./A");
    ref.is_target = 2;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "refs"));
    CHECK(omadm_builder_cred(builder, &cred, &error) == OMADM_E_NULL && is_text(error.subject, "data"));
    CHECK(cmd_id == 99);

    /* Items of a program that was compiled with a longer structure. */
    memset(later, 0, sizeof later);
    later[0].known.target = str("./A");
    later[1].known.target = str("./B");
    command.ref_count = 0;
    command.items = &later[0].known;
    command.item_size = sizeof later[0];
    command.item_count = 2;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_OK && cmd_id == 1);
    later[1].added = 1;
    CHECK(omadm_builder_command(builder, &command, &cmd_id, &error) == OMADM_E_STRUCT_SIZE && cmd_id == 1);

    /* A character that XML cannot carry: WBXML can. */
    item.meta = NULL;
    item.data = data_of(OMADM_DATA_TEXT, "\1", 1);
    command.items = &item;
    command.item_size = sizeof item;
    command.item_count = 1;
    CHECK(omadm_builder_command(builder, &command, NULL, &error) == OMADM_OK);
    CHECK(omadm_builder_finish(builder, 3, &encoded, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "encoding"));
    CHECK(omadm_builder_finish(builder, OMADM_XML, &encoded, &error) == OMADM_E_INVALID_CHARACTER && encoded.data == NULL);
    CHECK(omadm_builder_finish(builder, OMADM_WBXML, &encoded, &error) == OMADM_OK);
    REQUIRE(omadm_message_decode(encoded.data, encoded.len, NULL, &message, &error) == OMADM_OK);
    CHECK(omadm_message_summary(message, NULL, NULL, &count, &error) == OMADM_OK && count == 2);
    omadm_message_free(message);
    omadm_buffer_free(&encoded);
    omadm_builder_free(builder);
}

int main(void) {
    writes_what_others_write();
    what_was_built_is_read_again(OMADM_XML);
    what_was_built_is_read_again(OMADM_WBXML);
    refuses_what_cannot_be_sent();
    return outcome();
}
