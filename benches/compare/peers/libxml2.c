/* libxml2: its DOM; and, on a DOM that is there, XPath and a walk written by hand. */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Nothing from the network, no messages; XML_PARSE_HUGE, because our large inputs are. */
enum { OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE };

static xmlNode *following(xmlNode *node, const xmlNode *top) {
    if (node->children && node->type == XML_ELEMENT_NODE)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

int64_t peer_libxml2(const uint8_t *octets, size_t length, int count) {
    int64_t elements = 0;
    xmlDoc *document = xmlReadMemory((const char *)octets, (int)length, NULL, "UTF-8", OPTIONS);
    if (!document)
        return -1;
    if (count) {
        xmlNode *root = xmlDocGetRootElement(document);
        for (xmlNode *node = root; node; node = following(node, root))
            elements += node->type == XML_ELEMENT_NODE;
    }
    xmlFreeDoc(document);
    return elements;
}

/* As in make_inputs.py: ten of the tree's objects have it. */
#define TEN_ID "urn:oma:mo:oma-fumo:1.0"
#define MO_ID "urn:oma:mo:oma-dm-dmacc:1.0"

struct searched {
    xmlDoc *document;
    xmlXPathContext *context;
    xmlXPathCompExpr *ten, *many;
};

void peer_libxml2_close(void *handle) {
    struct searched *searched = handle;
    xmlXPathFreeCompExpr(searched->ten);
    xmlXPathFreeCompExpr(searched->many);
    xmlXPathFreeContext(searched->context);
    xmlFreeDoc(searched->document);
    free(searched);
}

void *peer_libxml2_open(const uint8_t *octets, size_t length) {
    struct searched *searched = malloc(sizeof *searched);
    searched->document = xmlReadMemory((const char *)octets, (int)length, NULL, "UTF-8", OPTIONS);
    searched->context = xmlXPathNewContext(searched->document);
    xmlXPathRegisterNs(searched->context, BAD_CAST "d", BAD_CAST "syncml:dmddf1.2");
    searched->ten = xmlXPathCompile(BAD_CAST "//d:Node[d:RTProperties/d:Type/d:DDFName='" TEN_ID "']");
    searched->many = xmlXPathCompile(BAD_CAST "//d:Node[d:RTProperties/d:Type/d:DDFName='" MO_ID "']");
    return searched;
}

static int64_t evaluate(struct searched *searched, xmlXPathCompExpr *expression) {
    int64_t count = -1;
    xmlXPathObject *found = xmlXPathCompiledEval(expression, searched->context);
    if (found && found->nodesetval)
        count = found->nodesetval->nodeNr;
    xmlXPathFreeObject(found);
    return count;
}

int64_t peer_libxml2_xpath_ten(void *handle) {
    struct searched *searched = handle;
    return evaluate(searched, searched->ten);
}

int64_t peer_libxml2_xpath_many(void *handle) {
    struct searched *searched = handle;
    return evaluate(searched, searched->many);
}
