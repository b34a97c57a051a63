/* The SyncML Reference Toolkit (Debian: libsynthesis-dev): a message into its records, command by command, and back.
 *
 * Debian has the library without its headers, so what is needed of its interface is declared here. Its encoder is only in the
 * static library. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WBXML = 1, XML = 2 };
enum { VERSION_1_2 = 3 };
enum { KIND_FINAL = 24 };

/* How both coders' state begins. */
struct decoder {
    long charset;
    char *charset_name;
    unsigned finished;
    unsigned char final;
};

struct encoder {
    int encoding, version, extension, last_extension;
    unsigned char final;
};

short xltDecInit(int encoding, uint8_t *end, uint8_t **place, struct decoder **decoder, void **header);
short xltDecNext(struct decoder *decoder, uint8_t *end, uint8_t **place, int *kind, void **content);
short xltDecTerminate(struct decoder *decoder);
short xltEncInit(int encoding, void *header, uint8_t *end, uint8_t **place, struct encoder **encoder, int version);
short xltEncAppend(struct encoder *encoder, int kind, uint8_t *end, void *content, uint8_t **place);
short xltEncTerminate(struct encoder *encoder, uint8_t *end, uint8_t **place);
int smlFreeProtoElement(void *content);
int smlFreeSyncHdr(void *header);

/* Debian's build describes what it takes for odd, such as each XML tag without attributes, which costs it a third of its time in
 * XML. build.rs makes its function give way to this one. */
short show_decode_error(short code, void *scanner, char *routine) {
    (void)scanner, (void)routine;
    return code;
}

/* What it prints through otherwise: a pointer that its usual program has. */
static int print_nothing(void *stream, const char *text, ...) {
    (void)stream, (void)text;
    return 0;
}

int (*SySync_ConsolePrintf)(void *stream, const char *text, ...) = print_nothing;

static int encoding_of(const uint8_t *octets) {
    return *octets == '<' ? XML : WBXML;
}

/* What is decoded is kept where `keep` is not null, else freed at once, as the toolkit's own loop does. Commands are counted. */
struct message {
    void *header;
    size_t commands, room;
    struct command {
        int kind;
        void *content;
    } *command;
    uint8_t *buffer;
    size_t size, written;
};

static int64_t decode(const uint8_t *octets, size_t length, struct message *keep) {
    uint8_t *place = (uint8_t *)octets, *end = place + length;
    struct decoder *decoder = NULL;
    void *header = NULL;
    int64_t commands = 0;
    if (xltDecInit(encoding_of(octets), end, &place, &decoder, &header))
        return -1;
    if (keep)
        keep->header = header;
    else
        smlFreeSyncHdr(header);
    do {
        int kind = 0;
        void *content = NULL;
        if (xltDecNext(decoder, end, &place, &kind, &content)) {
            commands = -1;
            break;
        }
        if (!content)
            break;
        if (kind == KIND_FINAL) {
            smlFreeProtoElement(content);
            continue;
        }
        ++commands;
        if (!keep) {
            smlFreeProtoElement(content);
            continue;
        }
        if (keep->commands == keep->room) {
            keep->room = keep->room ? keep->room * 2 : 64;
            keep->command = realloc(keep->command, keep->room * sizeof *keep->command);
        }
        keep->command[keep->commands++] = (struct command){kind, content};
    } while (!decoder->finished);
    xltDecTerminate(decoder);
    return commands;
}

int64_t peer_smltk(const uint8_t *octets, size_t length, int count) {
    (void)count;
    return decode(octets, length, NULL);
}

void peer_smltk_close(void *handle) {
    struct message *message = handle;
    for (size_t at = 0; at < message->commands; ++at)
        smlFreeProtoElement(message->command[at].content);
    smlFreeSyncHdr(message->header);
    free(message->command);
    free(message->buffer);
    free(message);
}

void *peer_smltk_open(const uint8_t *octets, size_t length) {
    struct message *message = calloc(1, sizeof *message);
    if (decode(octets, length, message) < 0) {
        peer_smltk_close(message);
        return NULL;
    }
    /* Room enough in both encodings: it has no way to grow. */
    message->size = length * 4 + 4096;
    message->buffer = malloc(message->size);
    /* Memory that the process has already, as ours. */
    memset(message->buffer, 0xFF, message->size);
    return message;
}

static int64_t encode(struct message *message, int encoding) {
    uint8_t *place = message->buffer, *end = place + message->size;
    struct encoder *encoder = NULL;
    message->written = 0;
    if (xltEncInit(encoding, message->header, end, &place, &encoder, VERSION_1_2))
        return -1;
    encoder->final = 1;
    for (size_t at = 0; at < message->commands; ++at)
        if (xltEncAppend(encoder, message->command[at].kind, end, message->command[at].content, &place))
            return -1;
    if (xltEncTerminate(encoder, end, &place))
        return -1;
    message->written = (size_t)(place - message->buffer);
    return (int64_t)message->written;
}

int64_t peer_smltk_wbxml(void *handle) {
    return encode(handle, WBXML);
}

int64_t peer_smltk_xml(void *handle) {
    return encode(handle, XML);
}

/* How many commands it reads in what it wrote last. */
int64_t peer_smltk_commands(void *handle) {
    struct message *message = handle;
    return decode(message->buffer, message->written, NULL);
}
