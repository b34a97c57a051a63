/* expat: events into empty handlers; and, to check, into one that counts. */
#include <expat.h>
#include <stddef.h>
#include <stdint.h>

static void start(void *data, const XML_Char *name, const XML_Char **attributes) {
    (void)data, (void)name, (void)attributes;
}

static void end(void *data, const XML_Char *name) {
    (void)data, (void)name;
}

static void text(void *data, const XML_Char *octets, int length) {
    (void)data, (void)octets, (void)length;
}

static void start_counting(void *data, const XML_Char *name, const XML_Char **attributes) {
    (void)name, (void)attributes;
    ++*(int64_t *)data;
}

int64_t peer_expat(const uint8_t *octets, size_t length, int count) {
    int64_t elements = 0;
    XML_Parser parser = XML_ParserCreate("UTF-8");
    if (!parser)
        return -1;
    XML_SetUserData(parser, &elements);
    XML_SetElementHandler(parser, count ? start_counting : start, end);
    XML_SetCharacterDataHandler(parser, text);
    if (XML_Parse(parser, (const char *)octets, (int)length, 1) != XML_STATUS_OK)
        elements = -1;
    XML_ParserFree(parser);
    return elements;
}
