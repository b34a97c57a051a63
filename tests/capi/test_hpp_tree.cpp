// omadm.hpp: trees read, edited, asked, compared and written; descriptions and checks.
#include "check.hpp"

static const char OBJECTS[] =
    "<MgmtTree>"
    "<Node><NodeName>One</NodeName><RTProperties><ACL>Get=srv</ACL><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>"
    "<Node><NodeName>AppID</NodeName><Value>w7</Value></Node>"
    "<Node><NodeName>Addr</NodeName><Path>One/AppAddr/1</Path><Value>a</Value></Node>"
    "<Node><NodeName>Addr</NodeName><Path>One/AppAddr/2</Path><Value>b</Value></Node></Node>"
    "<Node><NodeName>Two</NodeName><RTProperties><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.1</DDFName></Type></RTProperties>"
    "<Node><NodeName>AppID</NodeName><Value>w5</Value></Node></Node>"
    "</MgmtTree>";

static void reads_a_tree() {
    auto tree = omadm::tree::decode(text_of("phone.tnds.xml"));
    REQUIRE(tree.has_value());
    std::size_t count = 0;
    omadm::tree moved = *std::move(tree);
    CHECK(tree->get() == nullptr && tree->size() == 0 && tree->root() == OMADM_NO_NODE && count_of(tree->nodes()) == 0);
    CHECK(tree->at(".").code() == OMADM_E_NULL && tree->find_mo("urn:x").code() == OMADM_E_NULL && tree->uri(1).empty());
    CHECK(tree->add("./A").code() == OMADM_E_NULL && tree->begin().code() == OMADM_E_NULL && tree->clone().code() == OMADM_E_NULL);
    CHECK(tree->encode(OMADM_XML).code() == OMADM_E_NULL && tree->results(".").code() == OMADM_E_NULL);
    for (const omadm::node &node : moved.nodes()) {
        auto again = moved.at(moved.uri(node.id()));
        CHECK(again && again->id() == node.id());
        CHECK(count_of(moved.children(node.id())) == node.child_count());
        count++;
    }
    // counts.tsv: 291 nodes; and the root
    CHECK(count == 292 && count == moved.size() && moved.at(".")->id() == moved.root());
    auto hits = moved.find_mo("urn:oma:mo:oma-fumo:1.0");
    REQUIRE(hits.has_value());
    REQUIRE(hits->size() == 2);
    CHECK(moved.uri((*hits)[1]) == "./FUMO/system" && moved.find_mo("urn:none")->empty());
    bool found = false;
    for (const omadm::node &child : moved.children((*hits)[1]))
        found = found || (child.name() == "PkgVersion" && child.text() == "4.2.1");
    CHECK(found);
    CHECK(count_of(moved.children(moved.at("./DevInfo/Mod")->id())) == 0 && count_of(moved.nodes(moved.at("./DevInfo/Mod")->id())) == 1);
    CHECK(moved.at("./Nothing").code() == OMADM_NOT_FOUND && moved.at("//").code() == OMADM_E_INVALID_URI);
    CHECK(moved.at(omadm_node{12345678}).code() == OMADM_E_STALE_NODE && moved.uri(12345678).empty());
    CHECK(count_of(moved.nodes(12345678)) == 0 && moved.value_octets(12345678).code() == OMADM_E_STALE_NODE);

    // A URI longer than what one would guess.
    std::string uri = ".", name(90, 'n');
    for (int depth = 0; depth < 4; depth++)
        REQUIRE(moved.add(uri += '/' + name));
    CHECK(moved.uri(moved.at(uri)->id()) == uri && uri.size() == 1 + 4 * 91);

    auto info = moved.at("./DevInfo");
    CHECK(info && info->is_interior() && info->mo_id() == "urn:oma:mo:oma-dm-devinfo:1.0" && info->acl() == "Get=*");
    CHECK(info->title() == "About this device" && info->parent() == moved.root() && info->format() == OMADM_FORMAT_NODE);
    CHECK(moved.property(info->id(), OMADM_PROPERTY_TITLE).value_or("") == "About this device");
    CHECK(moved.property(info->id(), OMADM_PROPERTY_SIZE).code() == OMADM_NOT_FOUND);
    CHECK(moved.property(moved.at("./DevDetail")->id(), OMADM_PROPERTY_VER_NO).value_or("") == "3");
    CHECK(moved.at("./DevDetail")->tstamp() == "20240301T060000Z" && moved.at("./DevDetail")->ver_no() == "3");
    auto leaf = moved.at("./DevInfo/Mod");
    CHECK(leaf && leaf->text() == "R1" && leaf->media_type() == "text/plain" && !leaf->is_permanent());
    auto octets = moved.value_octets(leaf->id());
    CHECK(octets && octets->text() == "R1" && moved.value_octets(info->id()).code() == OMADM_NOT_FOUND);
}

// wire.md, 9.5
static void knows_who_may_do_what() {
    auto tree = omadm::tree::decode(text_of("phone.tnds.xml"));
    REQUIRE(tree.has_value());
    omadm_node system = tree->at("./FUMO/system")->id(), state = tree->at("./FUMO/system/State")->id();
    for (omadm_node node : {system, state}) {
        CHECK(tree->rights(node, "dm.example.com").value_or(0) == (OMADM_ACL_GET | OMADM_ACL_EXEC | OMADM_ACL_REPLACE));
        CHECK(tree->rights(node, "other").value_or(0) == OMADM_ACL_GET);
        CHECK(tree->effective_acl(node).value_or("") == "Exec=dm.example.com&Get=*&Replace=dm.example.com");
        CHECK(tree->may_change_acl(node, "dm.example.com").value_or(false) && !tree->may_change_acl(node, "other").value_or(true));
    }
    CHECK(tree->rights(system, {}).value_or(0) == 31 && tree->rights(12345678, "x").code() == OMADM_E_STALE_NODE);
    auto below = tree->rights_below(system, "dm.example.com");
    CHECK(below && below->size() == count_of(tree->nodes(system)) && below->size() > 8);
    for (std::uint32_t rights : *below)
        CHECK(rights == (OMADM_ACL_GET | OMADM_ACL_EXEC | OMADM_ACL_REPLACE));
    CHECK(omadm::property_from_name("TStamp").value_or(OMADM_PROPERTY_ACL) == OMADM_PROPERTY_TSTAMP);
    CHECK(omadm::property_from_name("tstamp").code() == OMADM_NOT_FOUND);
    CHECK(tree->property(state, OMADM_PROPERTY_ACL).value_or("x").empty());

    omadm::edit_options other("other"), owner("dm.example.com");
    CHECK(tree->replace("./FUMO/system/State", "20", other).code() == OMADM_E_ACCESS_DENIED);
    CHECK(tree->replace("./FUMO/system/State", "20", owner));
    CHECK(tree->remove("./FUMO/system", owner).error().status() == 425 && tree->at("./FUMO/system/State")->text() == "20");

    auto acl = omadm::acl::parse("Add=www.sonera.fi-8765&Delete=www.sonera.fi-8765&Replace=www.sonera.fi-8765+321_ibm.com&Get=*");
    REQUIRE(acl.has_value());
    CHECK(acl->everyone() == OMADM_ACL_GET && acl->size() == 2);
    CHECK(acl->server(0) == "321_ibm.com" && acl->commands(0) == OMADM_ACL_REPLACE);
    CHECK(acl->server(1) == "www.sonera.fi-8765" && acl->commands(1) == (OMADM_ACL_ADD | OMADM_ACL_DELETE | OMADM_ACL_REPLACE));
    CHECK(omadm::acl::parse("Get=*&Do=x").code() == OMADM_E_ACL_COMMAND && omadm::acl::parse("Get=*&Do=x").error().offset() == 6);
    CHECK(omadm::acl::parse("")->size() == 0 && omadm::acl::parse("")->everyone() == 0);
    // More servers than one would guess.
    std::string long_list = "Get=s0";
    for (int server = 1; server < 40; server++)
        long_list += "+s" + std::to_string(server);
    CHECK(omadm::acl::parse(long_list)->size() == 40 && omadm::acl::parse(long_list)->server(39) == "s9");
    CHECK(omadm::acl::with_server("Get=*", "a", OMADM_ACL_ADD).value_or("") == "Add=a&Get=*");
    CHECK(omadm::acl::without_server("Add=a&Get=*", "a").value_or("") == "Get=*");
    CHECK(omadm::acl::without_server("Add=a&Get=*", "a", true).value_or("") == "Add=*&Get=*");
    CHECK(omadm::acl::with_server("", "a b", OMADM_ACL_ADD).code() == OMADM_E_ACL_SERVER);
}

static void edits_a_tree() {
    auto tree = omadm::tree::empty();
    REQUIRE(tree.has_value());
    CHECK(tree->size() == 1);
    auto top = tree->add("./A", omadm::new_node().type("urn:x:mo:a:1.0").title("First"));
    CHECK(top && tree->at(*top)->mo_id() == "urn:x:mo:a:1.0" && tree->at("./A")->title() == "First");
    CHECK(tree->add("./A/Text", "one") && tree->at("./A/Text")->format() == OMADM_FORMAT_CHR);
    CHECK(tree->add("./A/Count", omadm::new_node("1").format(OMADM_FORMAT_INT)));
    const std::vector<std::uint8_t> blob = {0, 1, 2, 255};
    CHECK(tree->add("./A/Blob", omadm::new_node::of_octets(blob)) && is_hex(tree->at("./A/Blob")->value(), "000102ff"));
    CHECK(tree->at("./A/Blob")->format() == OMADM_FORMAT_BIN);
    CHECK(tree->add("./A/Text").code() == OMADM_E_NODE_EXISTS && tree->add("./B/C").code() == OMADM_E_NODE_NOT_FOUND);
    CHECK(tree->add("./A/Text/Below").code() == OMADM_E_NOT_INTERIOR && tree->add("/A").code() == OMADM_E_INVALID_URI);
    omadm::edit_options deep;
    deep.flags = OMADM_EDIT_IMPLICIT_PARENTS;
    CHECK(tree->add("./B/C/D", "deep", deep) && tree->at("./B/C/D")->text() == "deep");

    CHECK(tree->replace("./A/Text", std::string("two")) && tree->at("./A/Text")->text() == "two");
    CHECK(tree->replace("./A/Blob", omadm::new_value::of_octets("x")) && tree->at("./A/Blob")->text() == "x");
    CHECK(tree->replace("./A/Text", omadm::new_value("3").format(OMADM_FORMAT_INT).media_type("text/x-number")));
    CHECK(tree->at("./A/Text")->format() == OMADM_FORMAT_INT && tree->at("./A/Text")->media_type() == "text/x-number");
    CHECK(tree->replace("./A", "no").code() == OMADM_E_NOT_LEAF);
    CHECK(tree->copy("./A/Text", "./A/Copy") && tree->at("./A/Copy")->text() == "3");
    omadm_node copy = tree->at("./A/Copy")->id();
    CHECK(tree->rename("./A/Copy", "Twin") && tree->at("./A/Twin")->id() == copy && tree->at("./A/Copy").code() == OMADM_NOT_FOUND);
    CHECK(tree->set_permanent("./A/Twin", true) && tree->at("./A/Twin")->is_permanent());
    CHECK(tree->remove("./A/Twin").code() == OMADM_E_PERMANENT_NODE);
    CHECK(tree->set_permanent("./A/Twin", false) && tree->remove("./A/Twin") && tree->at(copy).code() == OMADM_E_STALE_NODE);
    CHECK(tree->set_property("./A", OMADM_PROPERTY_ACL, "Get=a+b&Replace=a") && tree->at("./A")->acl() == "Get=a+b&Replace=a");
    CHECK(tree->set_property("./A", OMADM_PROPERTY_SIZE, "1").code() == OMADM_E_READ_ONLY_PROPERTY);
    CHECK(tree->remove_server("a").value_or(0) == 1 && tree->effective_acl(*top).value_or("") == "Get=b");
    // 2001-07-11T16:38:17Z, an example of the standard
    CHECK(tree->replace("./A/Count", "2", omadm::edit_options({}, 994869497)) && tree->at("./A/Count")->tstamp() == "20010711T163817Z");
    CHECK(tree->compact().value_or(0) > 0);
}

static void takes_whole_parts() {
    auto tree = omadm::tree::empty(), from = omadm::tree::decode(OBJECTS);
    REQUIRE(tree && from);
    omadm_node one = from->at("./One")->id();
    CHECK(tree->add_subtree("./Acc", *from, one) && tree->at("./Acc/AppAddr/2/Addr")->text() == "b");
    CHECK(tree->add_subtree("./Acc", *from, one).code() == OMADM_E_NODE_EXISTS);
    CHECK(tree->add_subtree("./Own", *tree).code() == OMADM_E_ARGUMENT);
    CHECK(tree->add("./Acc/Mine", "1") && tree->replace("./Acc/AppID", "w9"));
    CHECK(tree->merge_subtree("./Acc", *from, one) && tree->at("./Acc/AppID")->text() == "w7" && tree->at("./Acc/Mine"));
    CHECK(tree->replace_subtree("./Acc", *from, one) && tree->at("./Acc/Mine").code() == OMADM_NOT_FOUND);
    auto copy = from->clone();
    REQUIRE(copy.has_value());
    from = omadm::error();
    CHECK(copy->at(one)->name() == "One" && copy->at("./Two/AppID")->text() == "w5");
}

static void undoes_what_was_not_committed() {
    auto made = omadm::tree::empty();
    REQUIRE(made && made->add("./A", "1") && made->add("./B", "1"));
    omadm::tree tree = *std::move(made);
    const omadm_node a = tree.at("./A")->id();
    {
        auto edits = tree.begin();
        REQUIRE(edits.has_value());
        CHECK(edits->is_open() && tree.remove("./A") && tree.at(a).code() == OMADM_E_STALE_NODE);
        CHECK(tree.compact().code() == OMADM_E_STATE);
    }
    CHECK(tree.at("./A") && tree.at("./A")->id() == a);
    {
        auto edits = tree.begin();
        REQUIRE(edits.has_value());
        CHECK(tree.replace("./A", "2") && edits->commit() && !edits->is_open());
        CHECK(edits->commit().code() == OMADM_E_STATE && edits->roll_back().code() == OMADM_E_STATE);
        CHECK(edits->commit().error().offset() == OMADM_NONE && !edits->commit().error().describe().empty());
    }
    CHECK(tree.at("./A")->text() == "2");
    {
        // The outer one waits for the inner, and undoes what that has kept.
        auto outer = tree.begin(), inner = tree.begin();
        REQUIRE(outer && inner);
        CHECK(tree.replace("./A", "3") && outer->commit().code() == OMADM_E_STATE && outer->roll_back().code() == OMADM_E_STATE);
        CHECK(inner->commit() && tree.at("./A")->text() == "3" && outer->is_open() && outer->roll_back() && !outer->is_open());
        CHECK(tree.at("./A")->text() == "2");
    }
    {
        // An inner one that goes undoes what it did, and nothing else.
        auto outer = tree.begin();
        REQUIRE(outer && tree.replace("./A", "6"));
        {
            auto inner = tree.begin();
            REQUIRE(inner && tree.replace("./A", "7") && tree.replace("./B", "7"));
        }
        CHECK(outer->is_open() && tree.at("./A")->text() == "6" && tree.at("./B")->text() == "1");
        CHECK(outer->roll_back() && tree.at("./A")->text() == "2");
        // One that has ended does not end the next.
        auto next = tree.begin();
        REQUIRE(next && tree.replace("./A", "8"));
        CHECK(!outer->is_open() && outer->commit().code() == OMADM_E_STATE && outer->roll_back().code() == OMADM_E_STATE);
        CHECK(next->is_open() && next->roll_back() && tree.at("./A")->text() == "2");
    }
    {
        // Moved on, from the tree that was moved on, too.
        omadm::transaction kept;
        CHECK(!kept.is_open() && kept.commit().code() == OMADM_E_STATE);
        {
            auto edits = tree.begin();
            REQUIRE(edits.has_value());
            kept = *std::move(edits);
            CHECK(!edits->is_open() && edits->roll_back().code() == OMADM_E_STATE);
        }
        CHECK(kept.is_open() && tree.replace("./B", "4"));
        omadm::tree elsewhere = std::move(tree);
        CHECK(kept.is_open() && kept.roll_back() && elsewhere.at("./B")->text() == "1");
        tree = std::move(elsewhere);
    }
    {
        // An inner one that nobody has ended goes with the outer; then there is nothing left for it to do.
        omadm::result<omadm::transaction> inner = omadm::error();
        {
            auto outer = tree.begin();
            REQUIRE(outer && tree.replace("./A", "5"));
            inner = tree.begin();
            REQUIRE(inner && tree.replace("./B", "5"));
        }
        CHECK(tree.at("./A")->text() == "2" && tree.at("./B")->text() == "1" && !inner->is_open());
        CHECK(inner->commit().code() == OMADM_E_STATE);
    }
    std::size_t open = 9;
    CHECK(omadm_tree_transactions(tree.get(), &open, nullptr) == OMADM_OK && open == 0);
}

static void finds_and_answers() {
    auto tree = omadm::tree::decode(OBJECTS);
    REQUIRE(tree.has_value());
    omadm_node one = tree->at("./One")->id(), two = tree->at("./Two")->id();
    using nodes = std::vector<omadm_node>;
    CHECK(tree->find(omadm::search()).value_or({}) == nodes({one, two}));
    CHECK(tree->find(omadm::search().mo_id("urn:oma:mo:oma-dm-dmacc:*")).value_or({}) == nodes({one, two}));
    CHECK(tree->find(omadm::search().mo_id("urn:none").mo_id("urn:oma:mo:oma-dm-dmacc:1.1")).value_or({}) == nodes({two}));
    CHECK(tree->find(omadm::search().where("AppID", "w7").where("AppAddr/*/Addr")).value_or({}) == nodes({one}));
    CHECK(tree->find(omadm::search().where("AppID").below(two)).value_or({}) == nodes({two}));
    CHECK(tree->find(omadm::search().where("AppID", "w7").principal("other"))->empty());
    CHECK(tree->find(omadm::search().where("AppID//x")).code() == OMADM_E_INVALID_REL_PATH);
    CHECK(tree->find(omadm::search().where("AppID//x")).error().offset() == 6);
    CHECK(tree->select("**[AppID==\"w7\"]/AppAddr/*/Addr")->size() == 2 && tree->select("**[AppID==\"w7\"]", "other")->empty());
    CHECK(tree->select("[").code() >= 601 && tree->follow(one, "AppAddr/*")->size() == 2 && tree->follow(one, "AppAddr/*", "other")->empty());
    CHECK(tree->follow(12345678, "A").code() == OMADM_E_STALE_NODE);

    // wire.md, 9.6 and 9.4
    auto children = tree->results("./One/AppAddr");
    REQUIRE(children.has_value());
    CHECK(children->size() == 1);
    auto listed = children->items();
    CHECK(listed.begin()->text() == "1/2" && listed.begin()->format() == "node" && listed.begin()->source() == "./One/AppAddr");
    auto structure = tree->results("./One?list=StructData");
    REQUIRE(structure.has_value());
    CHECK(structure->size() == 7);
    std::size_t leaves = 0;
    for (const omadm::result_item &item : structure->items())
        leaves += item.form() != OMADM_DATA_ABSENT;
    CHECK(leaves == 3);
    auto acl = tree->results("./One?prop=ACL", omadm::results_options("srv"));
    REQUIRE(acl.has_value());
    auto properties = acl->items();
    CHECK(properties.begin()->text() == "Get=srv" && properties.begin()->source() == "./One?prop=ACL");
    auto document = tree->results("./Two?list=TNDS", omadm::results_options({}, OMADM_XML));
    REQUIRE(document.has_value());
    auto documents = document->items();
    CHECK(documents.begin()->form() == OMADM_DATA_CDATA && documents.begin()->text().find("<NodeName>AppID</NodeName>") != std::string_view::npos);
    auto kept = *std::move(document);
    CHECK(document->size() == 0 && count_of(document->items()) == 0);
    tree = omadm::tree::empty();
    CHECK(kept.items().begin()->text().find("<NodeName>Two</NodeName>") != std::string_view::npos);
    auto again = omadm::tree::decode(OBJECTS);
    CHECK(again->results("./Nothing").error().status() == 404 && again->results("./One", omadm::results_options("x")).error().status() == 425);
    CHECK(again->results("./One?list=Other").error().status() == 406 && again->results("./One?list=TNDS+ACL-Value").error().status() == 422);
}

static void compares_and_writes() {
    auto before = omadm::tree::decode(OBJECTS);
    REQUIRE(before.has_value());
    auto after = before->clone();
    REQUIRE(after.has_value());
    CHECK(before->diff(*after)->size() == 0 && count_of(before->diff(*after)->changes()) == 0);
    REQUIRE(after->replace("./One/AppID", "w8") && after->remove("./Two") && after->add("./Three", "3"));
    auto diff = before->diff(*after);
    REQUIRE(diff.has_value());
    std::vector<std::string> said;
    for (const omadm::change &change : diff->changes()) {
        said.push_back(std::to_string(change.kind()) + std::string(change.uri()));
        CHECK((change.before() == OMADM_NO_NODE) == (change.kind() == OMADM_CHANGE_ADDED));
        CHECK((change.after() == OMADM_NO_NODE) == (change.kind() == OMADM_CHANGE_REMOVED));
        CHECK(change.what() == (change.kind() == OMADM_CHANGE_CHANGED ? OMADM_DIFFERS_VALUE : 0));
    }
    CHECK(said == std::vector<std::string>({"3./One/AppID", "2./Two", "1./Three"}));
    CHECK(before->diff(before->at("./One")->id(), *after, after->at("./One")->id(), OMADM_DIFFERS_VALUE)->size() == 1);
    CHECK(before->diff(12345678, *after, OMADM_NO_NODE).code() == OMADM_E_STALE_NODE);
    auto patched = before->clone();
    REQUIRE(patched.has_value());
    CHECK(patched->apply(*before, *after) && patched->diff(*after)->size() == 0);
    CHECK(patched->apply(*before, *after).code() == OMADM_E_NODE_NOT_FOUND && patched->diff(*after)->size() == 0);
    omadm::diff moved = *std::move(diff);
    before = omadm::error();
    CHECK(moved.size() == 3 && moved.changes().begin()->uri() == "./One/AppID" && diff->size() == 0 && count_of(diff->changes()) == 0);

    for (omadm_encoding encoding : {OMADM_XML, OMADM_WBXML}) {
        for (omadm_tnds_layout layout : {OMADM_TNDS_NESTED, OMADM_TNDS_FLAT}) {
            auto document = after->encode(encoding, OMADM_NO_NODE, omadm::tnds_options({}, layout));
            REQUIRE(document.has_value());
            auto again = omadm::tree::decode(*document);
            CHECK(again && again->diff(*after)->size() == 0);
        }
    }
    auto part = after->encode(OMADM_XML, after->at("./One")->id(), omadm::tnds_options("srv", OMADM_TNDS_NESTED, OMADM_TNDS_VALUE));
    REQUIRE(part.has_value());
    CHECK(part->text().find("<NodeName>AppID</NodeName>") != std::string_view::npos && part->text().find("<Value>") == std::string_view::npos);
    CHECK(after->encode(OMADM_XML, after->at("./One")->id(), omadm::tnds_options("x")).code() == OMADM_E_ACCESS_DENIED);
}

// What acme.ddf.xml says.
static void knows_descriptions() {
    auto schema = omadm::schema::decode(text_of("acme.ddf.xml"));
    REQUIRE(schema.has_value());
    CHECK(schema->size() == 15 && count_of(schema->nodes()) == 15 && schema->document_count() == 1);
    auto found = schema->find("./Vendor/Acme/Radio/Presets/Jazz/Frequency");
    REQUIRE(found && found->size() == 1);
    auto node = schema->at(found->front());
    CHECK(node && node->name() == "Frequency" && node->format() == OMADM_FORMAT_FLOAT && node->default_value().text() == "87.5");
    CHECK(node->access() == (OMADM_ACCESS_GET | OMADM_ACCESS_REPLACE) && node->media_type() == "text/plain" && !node->is_permanent());
    CHECK(schema->at(node->parent())->name().data() == nullptr && schema->at(node->parent())->title() == "Preset");
    CHECK(schema->uri(found->front()).value_or("").find("./Vendor/Acme/Radio/Presets/") == 0);
    CHECK(schema->judge(found->front(), "88.1").value_or(OMADM_VERDICT_REFUSED) == OMADM_VERDICT_ALLOWED);
    CHECK(schema->judge(found->front(), "loud").value_or(OMADM_VERDICT_ALLOWED) == OMADM_VERDICT_REFUSED);
    auto logo = schema->find("./Vendor/Acme/Radio/Presets/Jazz/Logo");
    CHECK(logo && schema->media_types(logo->front()).value_or({}) == std::vector<std::string_view>({"image/png", "image/jpeg", "image/svg+xml"}));
    CHECK(schema->media_types(0).code() == OMADM_E_STALE_NODE);
    auto radio = schema->at(schema->find("./Vendor/Acme/Radio")->front());
    CHECK(radio && radio->mo_id() == "urn:x-acme:mo:radio:1.0" && radio->is_permanent() && radio->path() == "./Vendor/Acme");
    CHECK(radio->description() == "The receiver, and what it can be tuned to.");
    CHECK(schema->find("./Nothing")->empty() && schema->find("//").code() == OMADM_E_INVALID_URI);
    CHECK(schema->at(0).code() == OMADM_E_STALE_NODE && schema->add("<A/>").code() == OMADM_E_NOT_TREE && schema->size() == 15);
    CHECK(omadm::schema::decode("<A/>").code() == OMADM_E_NOT_TREE);

    auto check = omadm::check::make(*schema);
    REQUIRE(check.has_value());
    CHECK(schema->add(text_of("acme-windows.ddf.xml")) && schema->document_count() == 2 && schema->size() == 26);
    omadm::schema moved = *std::move(schema);
    CHECK(schema->size() == 0 && count_of(schema->nodes()) == 0 && schema->find("./A").code() == OMADM_E_NULL);
    CHECK(omadm::check::make(*schema).code() == OMADM_E_NULL && moved.size() == 26);

    auto tree = omadm::tree::decode("<MgmtTree><Node><NodeName>Radio</NodeName><Path>./Vendor/Acme</Path>"
                                    "<RTProperties><Type><DDFName>urn:x-acme:mo:radio:1.0</DDFName></Type></RTProperties>"
                                    "<Node><NodeName>Scan</NodeName><RTProperties><Format><null/></Format><Type><MIME/></Type></RTProperties></Node>"
                                    "<Node><NodeName>Presets</NodeName></Node>"
                                    "<Node><NodeName>Enabled</NodeName><RTProperties><Format><bool/></Format></RTProperties><Value>maybe</Value>"
                                    "</Node></Node><Node><NodeName>Other</NodeName><Value>1</Value></Node></MgmtTree>");
    REQUIRE(tree.has_value());
    auto findings = (*check)(*tree);
    REQUIRE(findings.has_value());
    CHECK(findings->size() == 2 && findings->is_complete());
    std::vector<std::string> said;
    for (const omadm::finding &finding : findings->rows()) {
        said.push_back(std::string(finding.reason()) + ' ' + std::string(finding.uri()));
        CHECK(finding.kind() == OMADM_FINDING_WRONG && !finding.text().empty() && finding.status() == 0 && finding.offset() == OMADM_NONE);
    }
    CHECK(said == std::vector<std::string>({"value ./Vendor/Acme/Radio/Enabled", "not-described ./Other"}));

    auto allowed = (*check)(omadm::check_request(OMADM_ACCESS_REPLACE, "./Vendor/Acme/Radio/Enabled").format("bool").value("false"));
    CHECK(allowed && allowed->size() == 0 && count_of(allowed->rows()) == 0);
    auto refused = (*check)(omadm::check_request(OMADM_ACCESS_DELETE, "./Vendor/Acme/Radio/Enabled").in_atomic(false));
    REQUIRE(refused && refused->size() == 1);
    auto rows = refused->rows();
    CHECK(rows.begin()->status() == 405 && rows.begin()->expected() == "Get Replace");
    CHECK((*check)(omadm::check_request(64, "./A")).code() == OMADM_E_ARGUMENT);
    auto message = omadm::message::decode(text_of("package2.syncml.xml"));
    REQUIRE(message.has_value());
    auto many = (*check)(*message);
    CHECK(many && many->size() > 0 && many->rows().begin()->offset() != OMADM_NONE);
    omadm::findings kept = *std::move(many);
    CHECK(many->size() == 0 && !many->is_complete() && count_of(many->rows()) == 0 && count_of(kept.rows()) == kept.size());
    CHECK(omadm::check::make(moved, omadm::check_options(true, "ten")).code() == OMADM_E_INVALID_NUMBER);
    omadm::check one = *std::move(check);
    CHECK((*check)(*tree).code() == OMADM_E_NULL && one(*tree)->size() == 2);
}

int main() {
    reads_a_tree();
    knows_who_may_do_what();
    edits_a_tree();
    takes_whole_parts();
    undoes_what_was_not_committed();
    finds_and_answers();
    compares_and_writes();
    knows_descriptions();
    return outcome();
}
