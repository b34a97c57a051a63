/* libwbxml: XML from WBXML and back, as its commands do it with -g 0 (compact), and -n (no string table). */
#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wbxml.h>

/* Start tags in XML that it wrote: text with signs of XML is in CDATA sections. */
static int64_t start_tags(const uint8_t *xml, size_t length) {
    static const char OPEN[] = "<![CDATA[", CLOSE[] = "]]>";
    int64_t elements = 0;
    for (size_t at = 0; at + 1 < length; ++at) {
        if (length - at > sizeof OPEN && !memcmp(xml + at, OPEN, sizeof OPEN - 1))
            while (at + 3 < length && memcmp(xml + at, CLOSE, sizeof CLOSE - 1))
                ++at;
        elements += xml[at] == '<' && isalpha(xml[at + 1]);
    }
    return elements;
}

int64_t peer_libwbxml_to_xml(const uint8_t *octets, size_t length, int count) {
    WBXMLConvWBXML2XML *converter = NULL;
    WB_UTINY *xml = NULL;
    WB_ULONG size = 0;
    int64_t elements = -1;
    if (wbxml_conv_wbxml2xml_create(&converter) != WBXML_OK)
        return -1;
    wbxml_conv_wbxml2xml_set_gen_type(converter, WBXML_GEN_XML_COMPACT);
    if (wbxml_conv_wbxml2xml_run(converter, (WB_UTINY *)octets, (WB_ULONG)length, &xml, &size) == WBXML_OK)
        elements = count ? start_tags(xml, size) : 0;
    wbxml_conv_wbxml2xml_destroy(converter);
    free(xml);
    return elements;
}

static int64_t to_wbxml(const uint8_t *octets, size_t length, int count, int table) {
    WBXMLConvXML2WBXML *converter = NULL;
    WB_UTINY *wbxml = NULL;
    WB_ULONG size = 0;
    int64_t elements = -1;
    if (wbxml_conv_xml2wbxml_create(&converter) != WBXML_OK)
        return -1;
    if (!table)
        wbxml_conv_xml2wbxml_disable_string_table(converter);
    if (wbxml_conv_xml2wbxml_run(converter, (WB_UTINY *)octets, (WB_ULONG)length, &wbxml, &size) == WBXML_OK)
        elements = count ? peer_libwbxml_to_xml(wbxml, size, 1) : 0;
    wbxml_conv_xml2wbxml_destroy(converter);
    free(wbxml);
    return elements;
}

int64_t peer_libwbxml_to_wbxml(const uint8_t *octets, size_t length, int count) {
    return to_wbxml(octets, length, count, 0);
}

int64_t peer_libwbxml_to_wbxml_with_table(const uint8_t *octets, size_t length, int count) {
    return to_wbxml(octets, length, count, 1);
}
