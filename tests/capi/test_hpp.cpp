// omadm.hpp: results, owners, ranges; messages read whole, command by command, and as they come in.
#include "check.hpp"

#include <type_traits>
#if __cplusplus >= 202002L
#include <ranges>
static_assert(std::ranges::input_range<decltype(std::declval<omadm::message>().commands())>);
static_assert(std::ranges::input_range<decltype(std::declval<omadm::tree>().nodes())>);
#endif

template <class T> constexpr bool moves_only() {
    return std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T> && !std::is_copy_constructible_v<T> &&
           !std::is_copy_assignable_v<T>;
}
static_assert(moves_only<omadm::buffer>() && moves_only<omadm::message>() && moves_only<omadm::reader>() && moves_only<omadm::feeder>());
static_assert(moves_only<omadm::builder>() && moves_only<omadm::tree>() && moves_only<omadm::transaction>() && moves_only<omadm::schema>());
static_assert(moves_only<omadm::check>() && moves_only<omadm::findings>() && moves_only<omadm::results>() && moves_only<omadm::diff>());
static_assert(moves_only<omadm::package>() && moves_only<omadm::provisioning>());
static_assert(moves_only<omadm::splitter>() && moves_only<omadm::joiner>() && moves_only<omadm::sms_joiner>() && moves_only<omadm::unstable::notification>());
// Only open() makes one: who has it has one that was verified.
static_assert(!std::is_default_constructible_v<omadm::notification>);
static_assert(!std::is_constructible_v<omadm::notification, omadm_notification>);

// A temporary is not borrowed from.
template <class Owner, class Input, class = void> constexpr bool borrows = false;
template <class Owner, class Input>
constexpr bool borrows<Owner, Input, std::void_t<decltype(Owner::borrow(std::declval<Input>()))>> = true;
static_assert(borrows<omadm::message, std::string &> && borrows<omadm::tree, const std::string &> && borrows<omadm::tree, const char *>);
static_assert(borrows<omadm::reader, omadm::octets> && borrows<omadm::reader, std::vector<std::uint8_t> &> && borrows<omadm::tree, omadm::buffer &>);
static_assert(!borrows<omadm::message, std::string> && !borrows<omadm::reader, std::vector<std::uint8_t>> && !borrows<omadm::tree, omadm::buffer>);

static void says_what_was_wrong() {
    const std::string input = "<SyncML>\n<SyncHdr>";
    auto message = omadm::message::decode(input);
    CHECK(!message && !message.has_value() && message.code() == OMADM_E_UNEXPECTED_END);
    CHECK(message.error().offset() == 18 && message.error().inner_offset() == OMADM_NONE);
    CHECK(message.error().describe(input).find("line 2:10") != std::string::npos);
    CHECK(message.error().describe().find("byte 18") != std::string::npos);
    CHECK(message.error().message() == std::string(omadm::code_message(OMADM_E_UNEXPECTED_END)));
    CHECK(message.error().status() == omadm_code_status(OMADM_E_UNEXPECTED_END));
    // An error that says nothing yet.
    omadm::error nothing;
    CHECK(nothing.code() == OMADM_OK && nothing.message()[0] == 0 && nothing.subject().empty());
    // Moves on: an error becomes a value, a value an error.
    message = omadm::message::decode(text_of("package1.syncml.xml"));
    CHECK(message && message.code() == OMADM_OK);
    message = omadm::message::decode("");
    CHECK(!message && message.code() >= 101);
    CHECK(omadm::message::decode({}).code() == omadm::message::decode("").code());

    omadm::result<int> seven = 7, none = nothing;
    CHECK(std::move(seven).value_or(8) == 7 && std::move(none).value_or(8) == 8);

    // wire.md, 2.1 and 2.3
    CHECK(omadm::status_name(404) == "Not found" && omadm::status_name(999).empty() && omadm::status_name(999).data() != nullptr);
    CHECK(omadm::alert_name(1226) == "GENERIC ALERT" && omadm::command_name(OMADM_CMD_GET) == "Get");
    CHECK(omadm::format_name(OMADM_FORMAT_CHR) == "chr" && omadm::kind_name(OMADM_KIND_TREE) == "tree document");
    CHECK(omadm::is_compatible() && omadm::version() == omadm_version());
}

static void reads_a_message() {
    const std::string file = text_of("package2.syncml.wbxml");
    auto message = omadm::message::borrow(file);
    REQUIRE(message.has_value());
    CHECK(omadm::view(message->header().session_id) == "1A");
    CHECK(message->encoding() == OMADM_WBXML && message->is_final());
    auto meta = message->header_meta();
    CHECK(meta && meta->max_msg_size() == 16384 && meta->max_obj_size() == 1048576 && meta->size() == OMADM_NONE);
    CHECK(meta->format().data() == nullptr && !meta->next_nonce());
    auto cred = message->cred();
    CHECK(cred && cred->scheme() == "syncml:auth-md5" && cred->format() == "b64" && cred->data().text() == "L65Uqgya1wxOfsdd6yaseQ==");
    // Lent out of what was borrowed, not out of a copy.
    CHECK(cred->data().text().data() > file.data() && cred->data().text().data() < file.data() + file.size());

    std::size_t commands = 0, slots = 0, refs = 0;
    omadm::command status, question, get, blob, chunk, inner;
    for (const omadm::command &command : message->commands()) {
        CHECK(command.index() == commands++);
        std::size_t items = 0;
        for (const omadm::item &item : message->items(command)) {
            slots += item.target().substr(0, 24) == "./Vendor/AcmeExt/Slots/S";
            items++;
        }
        CHECK(items == command.item_count());
        for (const omadm::ref &ref : message->refs(command)) {
            refs++;
            CHECK(ref.uri() == (ref.is_target() ? "https://dm.example.com/omadm" : "IMEI:490154203237518"));
        }
        if (command.cmd_id() == "1")
            status = command;
        if (command.cmd_id() == "4")
            question = command;
        if (command.cmd_id() == "6")
            blob = command;
        if (command.cmd_id() == "11")
            get = command;
        if (command.cmd_id() == "15")
            inner = command;
        if (command.cmd_id() == "20")
            chunk = command;
    }
    CHECK(commands == 20 && commands == message->command_count());
    CHECK(slots == 2 && refs == 2);
    CHECK(status.kind() == OMADM_CMD_STATUS && status.code() == 212 && status.cmd() == "SyncHdr" && status.cmd_ref() == "0");
    auto chal = message->chal(status);
    CHECK(chal && chal->media_type() == "syncml:auth-md5" && chal->next_nonce().text() == "Dw4NDAsKCQgHBgUEAwIBAA==");
    CHECK(message->chal(get).code() == OMADM_NOT_FOUND && message->meta(get).code() == OMADM_NOT_FOUND);
    CHECK(get.item_count() == 3 && count_of(message->refs(get)) == 0 && get.parent() == OMADM_NO_INDEX);
    CHECK(inner.parent() == inner.index() - 2);
    auto format = message->meta(blob, 0);
    CHECK(format && format->format() == "b64" && format->media_type() == "application/octet-stream");
    auto octets = message->item_octets(blob, 0);
    CHECK(octets && is_hex(*octets, "000102ff"));
    CHECK(message->item_octets(get, 0).code() == OMADM_NOT_FOUND && message->item_octets(get, 9).code() == OMADM_NOT_FOUND);
    auto items = message->items(chunk);
    CHECK(items.begin()->more_data() && message->meta(chunk, 0)->size() == 1368);

    // MINDT=10&MAXDT=60&DR=1: wire.md, 3
    auto alert = message->ui_alert(question);
    CHECK(alert && alert->code() == 1101 && alert->raw().min_display == 10 && alert->raw().max_display == 60);
    CHECK(alert->has_default() && (alert->raw().flags & OMADM_UI_DEFAULT_YES) != 0 && !alert->is_password() && alert->choice_count() == 0);
    CHECK(alert->text().find("Acme") != std::string_view::npos);
    CHECK(message->ui_choices(question) && message->ui_choices(question)->empty());
    CHECK(message->ui_alert(get).code() == OMADM_NOT_FOUND && message->ui_choices(get).code() == OMADM_NOT_FOUND);
    CHECK(count_of(message->alert_events(question)) == 0 && message->check_alert(question).code() == OMADM_NOT_FOUND);
}

static const char ALERTS[] =
    "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>"
    "<Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>"
    "<Alert><CmdID>1</CmdID><Data>1226</Data><Item><Source><LocURI>./FUMO/system</LocURI></Source><Meta>"
    "<Type xmlns='syncml:metinf'>urn:oma:at:fumo:download</Type><Format xmlns='syncml:metinf'>int</Format>"
    "<Mark xmlns='syncml:metinf'>critical</Mark></Meta><Data>200</Data></Item></Alert>"
    "<Alert><CmdID>2</CmdID><Data>1103</Data><Item><Data>DR=2</Data></Item><Item><Data>Which?</Data></Item><Item><Data>One</Data></Item><Item><Data>Two</Data></Item>"
    "</Alert><Alert><CmdID>3</CmdID><Data>1226</Data></Alert></SyncBody></SyncML>";

static void understands_alerts() {
    auto message = omadm::message::decode(ALERTS);
    REQUIRE(message.has_value());
    std::vector<omadm::command> commands;
    for (const omadm::command &command : message->commands())
        commands.push_back(command);
    REQUIRE(commands.size() == 3);
    std::size_t events = 0;
    for (const omadm::alert_event &event : message->alert_events(commands[0])) {
        events++;
        CHECK(event.alert_type() == "urn:oma:at:fumo:download" && event.source() == "./FUMO/system" && event.mark() == "critical");
        CHECK(event.format() == OMADM_FORMAT_INT && event.data().text() == "200" && event.importance() > 0);
    }
    CHECK(events == 1 && message->check_alert(commands[0]));
    CHECK(message->check_alert(commands[2]).code() == OMADM_E_ALERT_ITEMS);
    auto choices = message->ui_choices(commands[1]);
    CHECK(choices && *choices == std::vector<std::string_view>({"One", "Two"}));
    auto response = message->ui_default(commands[1]);
    CHECK(response && response->numbers == std::vector<std::uint32_t>({2}) && response->entered.size() == 0);
    CHECK(message->ui_default(commands[0]).code() == OMADM_NOT_FOUND);
}

static void writes_it_again() {
    auto wbxml = omadm::message::decode(text_of("package2.syncml.wbxml")), xml = omadm::message::decode(text_of("package2.syncml.xml"));
    REQUIRE(wbxml && xml);
    auto encoded = xml->encode(OMADM_WBXML);
    REQUIRE(encoded.has_value());
    CHECK(xml->encoded_len(OMADM_WBXML).value_or(0) == encoded->size());
    auto again = omadm::message::decode(*encoded);
    REQUIRE(again.has_value());
    auto one = again->normalise(), other = wbxml->normalise();
    REQUIRE(one && other);
    CHECK(one->equals(*other).value_or(false));
    CHECK(!wbxml->equals(*omadm::message::decode(ALERTS)).value_or(true));
    omadm::options tight;
    tight.limit_output = 10;
    CHECK(xml->encode(OMADM_XML, &tight).code() == OMADM_E_LIMIT_OUTPUT);
    CHECK(xml->encode(static_cast<omadm_encoding>(3)).code() == OMADM_E_ARGUMENT);
}

static void is_empty_after_a_move() {
    auto message = omadm::message::decode(ALERTS);
    REQUIRE(message.has_value());
    omadm::command first = *message->commands().begin();
    omadm::message moved = *std::move(message);
    CHECK(message->get() == nullptr && count_of(message->commands()) == 0 && count_of(message->items(first)) == 0);
    CHECK(message->header().session_id.ptr == nullptr && message->command_count() == 0 && !message->is_final() && message->encoding() == 0);
    CHECK(message->cred().code() == OMADM_E_NULL && message->encode(OMADM_XML).code() == OMADM_E_NULL);
    CHECK(message->equals(moved).code() == OMADM_E_NULL && moved.equals(*message).code() == OMADM_E_NULL);
    CHECK(message->cred().error().subject() == "message");
    // Views are of what the handle holds, not of where it is.
    CHECK(moved.command_count() == 3 && first.cmd_id() == "1" && first.cmd_id().data() == moved.commands().begin()->cmd_id().data());
    // Given up and taken back, and assigned to itself.
    omadm::message taken(moved.take());
    CHECK(moved.get() == nullptr && taken.command_count() == 3);
    omadm::message &same = taken;
    taken = std::move(same);
    moved = std::move(taken);
    CHECK(moved.command_count() == 3 && taken.get() == nullptr);

    omadm::buffer full, other;
    CHECK(full.size() == 0 && full.data() == nullptr && full.text().empty());
    full = *omadm::octets_from_base64("AAEC/w==");
    other = std::move(full);
    CHECK(is_hex(other, "000102ff"));
    omadm::buffer third = std::move(other);
    CHECK(is_hex(third, "000102ff"));
}

static void adopts_what_it_is_given() {
    std::string text = text_of("package2.syncml.xml");
    const char *octets = text.data();
    auto message = omadm::message::adopt(std::move(text));
    REQUIRE(message.has_value());
    std::string_view uri = omadm::view(message->header().source);
    CHECK(uri == "https://dm.example.com/omadm" && uri.data() > octets && uri.data() < octets + 1000);
    // A short one moves, too: it lies in the string itself. What cannot be read, and what is refused unread, is released as well.
    CHECK(omadm::message::adopt(std::string("<A/>")).code() == OMADM_E_NOT_SYNCML);
    CHECK(omadm::message::adopt(std::string()).code() >= 101);
    CHECK(omadm::message::adopt(std::vector<std::uint8_t>()).code() == omadm::message::decode({}).code());
    omadm::options wrong;
    wrong.struct_size = 1;
    CHECK(omadm::message::adopt(std::string("<A/>"), &wrong).code() == OMADM_E_STRUCT_SIZE);
    // A tree that was taken out of it shares its octets.
    auto results = omadm::message::adopt(text_of("results-e2.syncml.wbxml"));
    REQUIRE(results.has_value());
    auto tree = omadm::tree::of_item(*results, 2, 0);
    CHECK(omadm::tree::of_item(*results, 0, 0).code() == OMADM_NOT_FOUND);
    results = omadm::error();
    // counts.tsv: 24 nodes; and the root
    CHECK(tree && tree->size() == 25);
}

static void reads_command_by_command() {
    const std::string file = text_of("package2.syncml.xml");
    auto reader = omadm::reader::borrow(file);
    REQUIRE(reader.has_value());
    CHECK(omadm::view(reader->message().header().msg_id) == "1" && reader->message().command_count() == 0);
    auto first = reader->next();
    CHECK(first && first->cmd_id() == "1" && reader->message().chal(*first));
    omadm::reader moved = *std::move(reader);
    CHECK(reader->next().code() == OMADM_E_NULL && reader->message().get() == nullptr && count_of(reader->commands()) == 0);
    CHECK(reader->finish().code() == OMADM_E_NULL);
    std::size_t top = 1, all = 1, items = 0;
    for (const omadm::command &command : moved.commands()) {
        top++;
        all += moved.message().command_count();
        CHECK(command.index() == 0);
        for (const omadm::item &item : moved.message().items(command))
            items += !item.node_uri().empty();
    }
    // 20 commands, of which three are in the Sequence and two in the Atomic; the twelve items at the top that have a URI
    CHECK(top == 15 && all == 20 && items == 12);
    CHECK(moved.finish() && moved.next().code() == OMADM_END && moved.message().is_final());

    // The old handle, and the message that it lent, go when another is assigned.
    moved = *omadm::reader::open(file);
    CHECK(moved.next()->cmd_id() == "1" && moved.message().command_count() == 1);
    CHECK(moved.finish());

    // Broken off in the third command: two are read, then the range ends, and finish() says why.
    std::string broken = file.substr(0, file.find("<CmdRef>2</CmdRef>"));
    auto part = omadm::reader::adopt(std::move(broken));
    REQUIRE(part.has_value());
    CHECK(count_of(part->commands()) == 2);
    CHECK(part->finish().code() == OMADM_E_UNEXPECTED_END);
    CHECK(omadm::reader::open("<A/>").code() == OMADM_E_NOT_SYNCML);
    CHECK(omadm::reader::adopt(std::string("<A/>")).code() == OMADM_E_NOT_SYNCML);
}

static void takes_chunks() {
    const std::string file = text_of("package2.syncml.wbxml");
    auto feeder = omadm::feeder::make();
    REQUIRE(feeder.has_value());
    CHECK(feeder->message().code() == OMADM_NOT_FOUND && feeder->next().code() == OMADM_NOT_FOUND);
    std::size_t top = 0;
    bool had_header = false;
    for (std::size_t at = 0; at < file.size(); at += 7) {
        CHECK(feeder->feed(std::string_view(file).substr(at, 7)));
        auto message = feeder->message();
        if (message && !had_header)
            CHECK(omadm::view((*message)->header().session_id) == "1A");
        had_header = had_header || message;
        while (auto command = feeder->next()) {
            top++;
            CHECK(command->cmd_id() == (*feeder->message())->commands().begin()->cmd_id());
        }
    }
    CHECK(had_header && top >= 14);
    CHECK(feeder->finish());
    while (feeder->next())
        top++;
    CHECK(top == 15 && feeder->next().code() == OMADM_END && feeder->is_final());
    omadm::feeder moved = *std::move(feeder);
    CHECK(feeder->feed("x").code() == OMADM_E_NULL && feeder->message().code() == OMADM_E_NULL && !feeder->is_final());
    omadm::options tight;
    tight.limit_buffer = 4;
    auto small = omadm::feeder::make(&tight);
    REQUIRE(small.has_value());
    CHECK(small->feed("<SyncML>").code() == OMADM_E_LIMIT_BUFFER);
}

// wire.md, 4.3
static omadm::result<omadm::buffer> message_with(const omadm::chunk &chunk) {
    auto builder = omadm::builder::make("1", "1", "d", "s");
    omadm::new_meta meta;
    meta.format("chr");
    if (chunk.size() != OMADM_NONE)
        meta.size(chunk.size());
    omadm::new_item item;
    item.target("./A/B").meta(meta).data({OMADM_DATA_TEXT, chunk.data()});
    if (chunk.more_data())
        item.more_data();
    REQUIRE(builder && builder->command(omadm::new_command(OMADM_CMD_REPLACE).item(item)));
    return builder->finish(OMADM_XML);
}

static void carries_large_objects() {
    // In XML an ampersand is five octets.
    std::string object;
    for (int at = 0; at < 2000; at++)
        object += at % 3 ? 'a' : '&';
    CHECK(omadm::splitter::make(object, OMADM_DATA_TEXT, 1999).code() == OMADM_E_OBJECT_TOO_LARGE);
    auto splitter = omadm::splitter::make(object, OMADM_DATA_TEXT, 2000);
    auto joiner = omadm::joiner::make(2000);
    REQUIRE(splitter && joiner);
    std::size_t asked = 0, chunks = 0;
    auto fits = [&](const omadm::chunk &chunk) {
        asked++;
        auto encoded = message_with(chunk);
        return encoded && encoded->size() <= 700;
    };
    for (auto chunk = splitter->next_where(fits); chunk.code() != OMADM_END; chunk = splitter->next_where(fits)) {
        REQUIRE(chunk.has_value());
        CHECK(chunk->size() == (chunks++ ? OMADM_NONE : 2000) && chunk->more_data() == (splitter->remaining() > 0));
        auto message = omadm::message::decode(*message_with(*chunk));
        REQUIRE(message.has_value());
        auto steps = joiner->feed(*message, *message->commands().begin());
        REQUIRE(steps && steps->size() == 1);
        const omadm::join_step &step = steps->front();
        CHECK(step.joined() == (chunk->more_data() ? OMADM_JOINED_BUFFERED : OMADM_JOINED_COMPLETE));
        CHECK(step.status() == (chunk->more_data() ? 213u : 0u) && !step.is_broken() && step.reason() == 0);
        CHECK(joiner->is_open() == chunk->more_data() && joiner->step_octets(0).code() == (chunk->more_data() ? OMADM_NOT_FOUND : OMADM_OK));
        if (!chunk->more_data())
            CHECK(step.data().text() == object && joiner->step_octets(0)->text() == object && step.format() == "chr");
    }
    CHECK(chunks > 3 && asked >= chunks);
    CHECK(splitter->restart() && splitter->remaining() == 2000 && splitter->next(300)->data().size() == 300);
    CHECK(splitter->next(0).code() == OMADM_E_NO_ROOM);

    // One that is not finished is broken off by another command, or given up.
    CHECK(joiner->give_up().code() == OMADM_NOT_FOUND);
    auto package = omadm::message::decode(text_of("package2.syncml.xml"));
    REQUIRE(package.has_value());
    omadm::command part, get;
    for (const omadm::command &command : package->commands()) {
        if (command.cmd_id() == "20")
            part = command;
        if (command.cmd_id() == "11")
            get = command;
        if (command.kind() == OMADM_CMD_STATUS)
            CHECK(joiner->feed(*package, command)->empty());
    }
    CHECK(joiner->feed(*package, part)->front().status() == 213 && joiner->is_open());
    auto three = joiner->feed(*package, get);
    REQUIRE(three && three->size() == 3);
    CHECK((*three)[0].is_broken() && (*three)[0].broken_target() == "./FUMO/modem/Update/PkgData" && (*three)[0].broken_source().data() == nullptr);
    CHECK(!(*three)[1].is_broken() && (*three)[2].joined() == OMADM_JOINED_WHOLE && !joiner->is_open());
    CHECK(joiner->feed(*package, part)->front().status() == 213 && joiner->give_up()->broken_target() == "./FUMO/modem/Update/PkgData");
    CHECK(joiner->set_max_obj_size(10) && joiner->feed(*package, part)->front().status() == 416);
    CHECK(joiner->feed(*package, part)->front().reason() == OMADM_E_OBJECT_TOO_LARGE);
    omadm::joiner moved = *std::move(joiner);
    omadm::splitter gone = *std::move(splitter);
    CHECK(joiner->feed(*package, part).code() == OMADM_E_NULL && !joiner->is_open() && joiner->give_up().code() == OMADM_E_NULL);
    CHECK(splitter->next(9).code() == OMADM_E_NULL && splitter->next_where(fits).code() == OMADM_E_NULL && splitter->remaining() == 0);
}

static omadm::message in_package(const char *msg_id, const char *body) {
    const std::string text = std::string("<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>") + msg_id +
                             "</MsgID><Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>" + body +
                             "</SyncBody></SyncML>";
    auto message = omadm::message::decode(text);
    REQUIRE(message);
    return *std::move(message);
}

static void counts_the_messages_of_a_package() {
    const char *next = "<Alert><CmdID>1</CmdID><Data>1222</Data></Alert>";
    auto package = omadm::package::make(3);
    REQUIRE(package && package->next_msg_id() == 3 && !package->is_complete());
    CHECK(package->push(in_package("4", next)).code() == OMADM_E_MESSAGE_ORDER && package->next_msg_id() == 3);
    CHECK(package->push(in_package("3", next)).value_or(OMADM_PACKAGE_COMPLETE) == OMADM_PACKAGE_MORE);
    CHECK(package->push(in_package("3", next)).value_or(OMADM_PACKAGE_COMPLETE) == OMADM_PACKAGE_REPEATED);
    CHECK(package->push(in_package("4", "<Final/>")).value_or(OMADM_PACKAGE_MORE) == OMADM_PACKAGE_COMPLETE);
    CHECK(package->is_complete() && package->next_msg_id() == 5);
    auto asked = omadm::asks_for_next(in_package("3", next)), other = omadm::asks_for_next(in_package("3", "<Final/>"));
    CHECK(asked && asked->asks && asked->is_all && other && !other->asks);
    omadm::package moved = *std::move(package);
    CHECK(moved.is_complete() && package->push(in_package("5", next)).code() == OMADM_E_NULL && package->next_msg_id() == 0);
    CHECK(omadm::asks_for_next(omadm::message()).code() == OMADM_E_NULL);
}

static void reads_provisioning() {
    const std::string text = "<wap-provisioningdoc version='1.1'><characteristic type='APPLICATION'><parm name='APPID' value='w7'/>"
                             "<parm name='INTERNET'/></characteristic></wap-provisioningdoc>";
    auto document = omadm::provisioning::decode(text);
    REQUIRE(document && document->encoding() == OMADM_XML && document->version() == "1.1" && document->size() == 4);
    std::string read;
    for (const omadm::provisioning_part &part : document->parts())
        read.append(std::to_string(part.kind())).append(part.name()).append(part.value().data() ? "=" : "").append(part.value()).append(" ");
    CHECK(read == "1APPLICATION 2APPID=w7 2INTERNET 4 ");
    CHECK(document->parts().begin()->offset() == text.find("<characteristic"));
    CHECK(omadm::provisioning::decode("<SyncML/>").code() == OMADM_E_NOT_PROVISIONING);
    omadm::provisioning moved = *std::move(document);
    CHECK(moved.size() == 4 && document->size() == 0 && document->version().data() == nullptr && count_of(document->parts()) == 0);
}

static void compares_data_with_its_size() {
    auto message = in_package("1", "<Replace><CmdID>1</CmdID><Item><Meta><Size xmlns='syncml:metinf'>3</Size></Meta><Data>abc</Data></Item>"
                                   "<Item><Meta><Size xmlns='syncml:metinf'>4</Size></Meta><Data>abc</Data></Item></Replace>");
    const omadm::command command = *message.commands().begin();
    CHECK(message.check_size(command, 0) && message.check_size(command, 1).code() == OMADM_E_SIZE_MISMATCH);
    CHECK(message.check_size(command, 2).code() == OMADM_NOT_FOUND);
    CHECK(omadm::fumo_result_name(401) == omadm_fumo_result_name(401) && !omadm::fumo_result_name(401).empty());
}

int main() {
    says_what_was_wrong();
    counts_the_messages_of_a_package();
    reads_provisioning();
    compares_data_with_its_size();
    reads_a_message();
    understands_alerts();
    writes_it_again();
    is_empty_after_a_move();
    adopts_what_it_is_given();
    reads_command_by_command();
    takes_chunks();
    carries_large_objects();
    return outcome();
}
