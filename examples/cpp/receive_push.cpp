// Receives package #0 in a WSP push, and says which session the server wants: if it is the server.
//
//     receive_push push.bin SECRET NONCE      the nonce in base64, as the account has it
//
// c++ -std=c++17 receive_push.cpp $(pkg-config --cflags --libs omadm)
#include <fstream>
#include <iostream>
#include <iterator>
#include <omadm.hpp>

int main(int argc, char **argv) {
    if (argc != 4) {
        std::cerr << "usage: receive_push FILE SECRET NONCE\n";
        return 2;
    }
    std::ifstream file(argv[1], std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(file), {}};
    auto nonce = omadm::auth::nonce_from_base64(argv[3]);
    if (!nonce) {
        std::cerr << argv[3] << ": " << nonce.error().message() << '\n';
        return 2;
    }
    // Payload and notification point into `octets`.
    auto payload = omadm::push_payload::of_wsp(octets);
    if (!payload) {
        std::cerr << argv[1] << ": " << payload.error().describe() << '\n';
        return 2;
    }
    // A client with several accounts asks omadm::notification_claim for the server identifier first, to find the account's secret.
    auto notification = omadm::notification::open(payload->body(), payload->media_type(), {argv[2], *nonce});
    if (notification.code() == OMADM_REFUSED) {
        std::cout << "not from the server: ignored\n";
        return 1;
    }
    if (!notification) {
        std::cerr << argv[1] << ": " << notification.error().describe() << '\n';
        return 2;
    }
    std::cout << "session " << notification->session_id_text() << " with " << notification->server_id() << '\n';
    return 0;
}
