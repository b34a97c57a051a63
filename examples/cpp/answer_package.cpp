// Reads a server's package and answers it from a tree: a Status for each command, and Results for each Get.
//
//     answer_package dm.example.com server.wbxml tree.xml
//
// The server reads what the tree's ACLs grant it; who it is, a session knows from its account. The answer is printed as XML. Commands
// that change the tree are refused here: omadm::tree::add and its like do those.
//
// c++ -std=c++17 answer_package.cpp $(pkg-config --cflags --libs omadm)
#include <fstream>
#include <iostream>
#include <iterator>
#include <omadm.hpp>

static std::string read_file(const char *path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

static int fail(const char *what, const omadm::error &error) {
    std::cerr << what << ": " << error.describe() << '\n';
    return 2;
}

// Adds the Status of a command and, for a Get, the Results of each item that could be read.
static omadm::result<omadm::done> answer(omadm::builder &builder, const omadm::tree &tree, std::string_view server,
                                         const omadm::message &package, const omadm::command &command) {
    const bool is_get = command.kind() == OMADM_CMD_GET;
    const std::string_view msg_id = omadm::view(package.header().msg_id);
    std::uint32_t status = is_get ? 200 : 405;
    std::vector<omadm::results> answers; // the items to be sent point into these
    for (const omadm::item &item : package.items(command)) {
        if (!is_get)
            break;
        auto results = tree.results(item.target(), omadm::results_options(server));
        if (results)
            answers.push_back(*std::move(results));
        else
            status = results.error().status();
    }
    auto added = builder.status(msg_id, command.cmd_id(), command.name(), status);
    for (const omadm::results &results : answers) {
        std::vector<omadm::new_item> items;
        for (const omadm::result_item &found : results.items())
            items.push_back(omadm::new_item()
                                .source(found.source())
                                .format(found.format())
                                .media_type(found.media_type())
                                .data({found.form(), found.data()}));
        if (added && !items.empty())
            added = builder.results(msg_id, command.cmd_id(), items);
    }
    if (!added)
        return added.error();
    return omadm::done();
}

int main(int argc, char **argv) {
    if (argc != 4) {
        std::cerr << "usage: answer_package SERVER MESSAGE TREE\n";
        return 2;
    }
    auto package = omadm::message::adopt(read_file(argv[2]));
    if (!package)
        return fail(argv[2], package.error());
    auto tree = omadm::tree::adopt(read_file(argv[3]));
    if (!tree)
        return fail(argv[3], tree.error());
    const omadm_header header = package->header();
    auto builder = omadm::builder::make(omadm::view(header.session_id), "2", omadm::view(header.source), omadm::view(header.target));
    if (!builder)
        return fail("answer", builder.error());
    // 200: it was read. 212 belongs to a Cred that omadm_message_verify_cred has found right.
    auto accepted = builder->status(omadm::view(header.msg_id), "0", "SyncHdr", 200);
    if (!accepted)
        return fail("answer", accepted.error());
    for (const omadm::command &command : package->commands()) {
        if (command.kind() == OMADM_CMD_STATUS || command.kind() == OMADM_CMD_RESULTS)
            continue;
        auto answered = answer(*builder, *tree, argv[1], *package, command);
        if (!answered)
            return fail("answer", answered.error());
    }
    auto encoded = builder->finish(OMADM_XML);
    if (!encoded)
        return fail("answer", encoded.error());
    std::cout << encoded->text() << '\n';
    return 0;
}
