/*
 * omadm.h - OMA Device Management for C and C++
 *
 * Package #0 and what carries it, SyncML messages in XML and WBXML, tree documents (TNDS), the management tree and device descriptions
 * (DDF). Link with -lomadm, or ask pkg-config for omadm. docs/c-api.md says at length what this comment says in short.
 *
 *     omadm_tree *tree;
 *     omadm_error error = OMADM_ERROR_INIT;
 *     if (omadm_tree_decode(data, len, NULL, &tree, &error) != OMADM_OK)
 *         fprintf(stderr, "%s at byte %" PRIu64 "\n", error.message, error.offset);
 *     else
 *         omadm_tree_free(tree);
 *
 * OUTCOME. A function that can fail returns omadm_rc: OMADM_OK (0), or a number of enum omadm_code. On anything but OMADM_OK its outputs are as
 * they were. Details go to an omadm_error, which is the caller's, owns nothing, and may be NULL. (Status is SyncML's word; see
 * omadm_status_name.)
 *
 * TEXT is UTF-8 and has a length; no zero octet ends what the library lends (omadm_str). What a call takes is a pointer and a length, and the length
 * may be OMADM_NUL: as far as the first zero octet. Absent is NULL with length 0; empty is a pointer with length 0.
 *
 * OWNERSHIP. What the library allocates, it frees: X_free for every handle omadm_X, which takes NULL, too; omadm_buffer_free for buffers. Never
 * free(). What a function lends is valid as long as the handle it came from, or as its comment says.
 *
 * INPUT is copied by functions that take data and len. Functions that take an omadm_input can borrow it, or adopt it and release it when they need it
 * no longer.
 *
 * STRUCTURES grow at their end only. Those that the caller provides begin with struct_size; begin with the INIT macro of each. Arrays of structures
 * are passed with the size of one. A structure from a program that was compiled with another version of this header is read and written as far as
 * both know it; members that only a newer program knows must be zero.
 *
 * NUMBERS in structures and parameters are of fixed width; an enum is named in comments only, since compilers differ about its size. New values
 * may come: let a switch have its default.
 *
 * THREADS. Messages, schemas and trees that nobody changes may be read by many threads at once. Everything else is for one thread at a time. There is no
 * global state and nothing to initialise.
 *
 * BAD CALLS. NULL where something is required, a wrong struct_size, a node that is gone and the like are refused (codes 10 to 99). A pointer to
 * something else than it says, or a handle that was freed, is beyond help, though often noticed.
 *
 * omadm_unstable_... is young, or rests on what no public standard says. It may change in any release.
 *
 * This file is made from src/capi by `make header`. Do not edit.
 */
#ifndef OMADM_H
#define OMADM_H

#include <stddef.h>
#include <stdint.h>

/** As the length of a text that a call takes: it ends at its first zero octet. */
#define OMADM_NUL SIZE_MAX

#ifdef __cplusplus
extern "C" {
#endif

/*
 * ---- Which library, and which ABI, this is; names for numbers that are of no room in particular.
 */

/** The ABI that this header describes. It grows with every release that adds to it. */
#define OMADM_ABI_VERSION 1


/**
 * The ABI that this library has. A program can use it if `OMADM_ABI_VERSION`, as the program was compiled with it, is neither above this
 * nor below `omadm_abi_oldest()`.
 */
uint32_t omadm_abi_version(void);

/** The oldest ABI that this library still serves. */
uint32_t omadm_abi_oldest(void);

/** The release of this library, such as `0.1.0`. Static, ends with a zero octet. */
const char *omadm_version(void);


/*
 * ---- The numbers that functions return.
 */

/**
 * What a function returns: `OMADM_OK` (0), or why it did nothing.
 *
 * 1 to 9 are answers rather than faults; 10 to 99 say that a call was wrong; from 101 on an input was: 1xx any input, 2xx limits, 3xx XML,
 * 4xx WBXML, 5xx SyncML, 6xx trees and descriptions, 7xx package #0 and its carriers, 8xx authentication. Numbers are fixed for
 * good; new ones may come, so a `switch` needs its `default`.
 */
enum omadm_code
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Done. */
    OMADM_OK = 0,
    /** There is no more: the end of what is read piece by piece. Outputs are untouched. */
    OMADM_END = 1,
    /** What was asked for is not there. Outputs are untouched. */
    OMADM_NOT_FOUND = 2,
    /** The memory that the caller gave is too small. The length that is needed was stored; all other outputs are untouched. */
    OMADM_BUFFER_TOO_SMALL = 3,
    /** Not authentic: made with another secret or nonce, or changed on its way. What is refused is not carried out. Outputs are untouched. */
    OMADM_REFUSED = 4,
    /** Not authentic: credentials of another scheme than was asked for, or of one that this library does not compute. Outputs are untouched. */
    OMADM_ANOTHER_SCHEME = 5,
    /** A required argument is NULL. */
    OMADM_E_NULL = 10,
    /** An argument that no such argument may be: a number that stands for nothing, a length that cannot be, a pointer that is not aligned. */
    OMADM_E_ARGUMENT = 11,
    /** A `struct_size`, or a size of elements, that no version of this structure has: it was not set, or is below that of the first version. */
    OMADM_E_STRUCT_SIZE = 12,
    /** Not a handle of this kind, or one that was freed. This is noticed by chance only: memory that was freed may hold anything. */
    OMADM_E_HANDLE = 13,
    /** A node that is not in this tree any more, or never was. */
    OMADM_E_STALE_NODE = 14,
    /**
     * A handle that is in use by a call that has not returned, or one in which a call failed by a fault of this library
     * (`OMADM_E_PANIC`): it can only be freed.
     */
    OMADM_E_BUSY = 15,
    /** A fault of this library, stopped before it reached the caller. Please report it. */
    OMADM_E_PANIC = 16,
    /** A call in a state in which it cannot be made, such as the end of a container that was not begun. */
    OMADM_E_STATE = 17,
    /** The input ends too early. */
    OMADM_E_UNEXPECTED_END = 101,
    /** Not a known document: expected package #0, SyncML, TNDS, DDF, DevInf or client provisioning. */
    OMADM_E_UNKNOWN_FORMAT = 102,
    /** The input is larger than 4 GiB. */
    OMADM_E_INPUT_TOO_LARGE = 103,
    /** Not valid UTF-8. */
    OMADM_E_INVALID_UTF8 = 104,
    /** Unsupported charset: expected UTF-8, US-ASCII or ISO-8859-1. */
    OMADM_E_UNSUPPORTED_CHARSET = 105,
    /** A character that is not allowed here. */
    OMADM_E_INVALID_CHARACTER = 106,
    /** Content after the end of the document. */
    OMADM_E_TRAILING_DATA = 107,
    /** Not valid base64. */
    OMADM_E_INVALID_BASE64 = 108,
    /** No root element. */
    OMADM_E_NO_ROOT = 109,
    /** An octet that the charset does not have. */
    OMADM_E_NOT_IN_CHARSET = 110,
    /** Too many elements inside each other (limit: depth). */
    OMADM_E_LIMIT_DEPTH = 201,
    /** Too many elements or nodes (limit: elements). */
    OMADM_E_LIMIT_ELEMENTS = 202,
    /** Too many attributes on one element (limit: attributes). */
    OMADM_E_LIMIT_ATTRIBUTES = 203,
    /** Too many namespace declarations in force (limit: namespaces). */
    OMADM_E_LIMIT_NAMESPACES = 204,
    /** A name is too long (limit: name). */
    OMADM_E_LIMIT_NAME = 205,
    /** A text is too long (limit: text). */
    OMADM_E_LIMIT_TEXT = 206,
    /** The string table is too long (limit: string_table). */
    OMADM_E_LIMIT_STRING_TABLE = 207,
    /** The document expands to too much text (limit: expansion). */
    OMADM_E_LIMIT_EXPANSION = 208,
    /** The output is too long (limit: output). */
    OMADM_E_LIMIT_OUTPUT = 209,
    /** A command is too long to be held until it is complete (limit: buffer). */
    OMADM_E_LIMIT_BUFFER = 210,
    /** A fed message has too much before its first command (limit: prefix). */
    OMADM_E_LIMIT_PREFIX = 211,
    /** Too many segments in a pattern, or in the paths of a query (limit: pattern). */
    OMADM_E_LIMIT_PATTERN = 212,
    /** A message in more segments than may be held (limit: segments). */
    OMADM_E_LIMIT_SEGMENTS = 213,
    /** Too many header lines (limit: headers). */
    OMADM_E_LIMIT_HEADERS = 214,
    /** A start line or header is too long (limit: header). */
    OMADM_E_LIMIT_HEADER = 215,
    /** Not well-formed XML. */
    OMADM_E_XML_SYNTAX = 301,
    /** An end tag that does not match the open element. */
    OMADM_E_XML_END_TAG = 302,
    /** Unknown entity: only amp, lt, gt, quot and apos are expanded. */
    OMADM_E_XML_ENTITY = 303,
    /** A character reference to something that is not a character. */
    OMADM_E_XML_CHARACTER_REFERENCE = 304,
    /** A bare '&': expected '&amp;' or a reference. */
    OMADM_E_XML_BARE_AMPERSAND = 305,
    /** A namespace prefix that is not declared. */
    OMADM_E_XML_PREFIX = 306,
    /** A malformed attribute: expected name="value". */
    OMADM_E_XML_ATTRIBUTE = 307,
    /** An attribute occurs twice on one element. */
    OMADM_E_XML_DUPLICATE_ATTRIBUTE = 308,
    /** Content outside the root element. */
    OMADM_E_XML_OUTSIDE_ROOT = 310,
    /** Unsupported WBXML version: expected 1.0 to 1.3. */
    OMADM_E_WBXML_VERSION = 401,
    /** Unknown public identifier. */
    OMADM_E_WBXML_PUBLIC_ID = 402,
    /** A multi-byte integer of more than 32 bits. */
    OMADM_E_WBXML_INTEGER = 403,
    /** The string table reaches past the end of the input. */
    OMADM_E_WBXML_STRING_TABLE = 404,
    /** A reference outside the string table. */
    OMADM_E_WBXML_STRING_INDEX = 405,
    /** Unknown code page. */
    OMADM_E_WBXML_PAGE = 406,
    /** Unknown tag token. */
    OMADM_E_WBXML_TAG = 407,
    /** Unknown attribute token. */
    OMADM_E_WBXML_ATTRIBUTE = 408,
    /** An opaque block reaches past the end of the input. */
    OMADM_E_WBXML_OPAQUE = 409,
    /** An inline string without a terminating zero. */
    OMADM_E_WBXML_STRING = 410,
    /** A token that is not allowed here. */
    OMADM_E_WBXML_TOKEN = 411,
    /** An entity that is not a character. */
    OMADM_E_WBXML_ENTITY = 412,
    /** A literal that is not a name. */
    OMADM_E_WBXML_LITERAL = 413,
    /** Not a SyncML message: expected the root element SyncML. */
    OMADM_E_NOT_SYNCML = 501,
    /** Text where only elements are allowed. */
    OMADM_E_UNEXPECTED_TEXT = 502,
    /** An element where only text is allowed. */
    OMADM_E_UNEXPECTED_MARKUP = 503,
    /** An element that is not allowed here. */
    OMADM_E_UNEXPECTED_ELEMENT = 504,
    /** Not a number: expected decimal digits. */
    OMADM_E_INVALID_NUMBER = 505,
    /** A value that is not one of those allowed here. */
    OMADM_E_INVALID_VALUE = 506,
    /** A chunk that XML cannot carry by itself: cut octets at multiples of three, text between characters. */
    OMADM_E_CHUNK_OF_OCTETS = 507,
    /** A chunk of Format bin in XML, which cannot become octets by itself: b64 is for chunks. */
    OMADM_E_CHUNK_OF_BIN = 508,
    /** Data of another length than its Size says. */
    OMADM_E_SIZE_MISMATCH = 509,
    /** A required element is missing. */
    OMADM_E_MISSING = 511,
    /** An element occurs more than once. */
    OMADM_E_REPEATED = 512,
    /** An element is empty that must not be. */
    OMADM_E_EMPTY = 513,
    /** Not a provisioning document: expected the root element wap-provisioningdoc. */
    OMADM_E_NOT_PROVISIONING = 521,
    /** Not device information: expected the root element DevInf. */
    OMADM_E_NOT_DEV_INF = 531,
    /** Not meta-information: expected the root element MetInf. */
    OMADM_E_NOT_MET_INF = 532,
    /** An alert without the items that its code requires. */
    OMADM_E_ALERT_ITEMS = 541,
    /** An option or default response that this alert does not have. */
    OMADM_E_ALERT_OPTION = 542,
    /** No room for any part of the object. */
    OMADM_E_NO_ROOM = 543,
    /** The object is larger than the recipient takes (MaxObjSize). */
    OMADM_E_OBJECT_TOO_LARGE = 544,
    /** A message out of order: expected the next MsgID, and none after Final. */
    OMADM_E_MESSAGE_ORDER = 545,
    /** A message of another session. */
    OMADM_E_MESSAGE_SESSION = 546,
    /** The messages of a package are too long to be held until it is complete (limit: buffer). */
    OMADM_E_PACKAGE_TOO_LONG = 547,
    /** Not a tree document: expected the root element MgmtTree. */
    OMADM_E_NOT_TREE = 601,
    /** Two nodes have the same parent and name. */
    OMADM_E_NAME_CLASH = 602,
    /** A node with both Value and child nodes. */
    OMADM_E_VALUE_WITH_CHILDREN = 603,
    /** Not a node name: expected one or more characters without '/', and not '.' or '..'. */
    OMADM_E_INVALID_NAME = 604,
    /** Not a node URI: expected '.', './A/B' or 'A/B'. */
    OMADM_E_INVALID_URI = 605,
    /** A Path that does not lead to an interior node. */
    OMADM_E_INVALID_PATH = 606,
    /** Unknown Format: expected b64, bin, bool, chr, int, node, null, xml, date, time or float. */
    OMADM_E_UNKNOWN_NODE_FORMAT = 607,
    /** A node with child nodes whose Format is not node. */
    OMADM_E_LEAF_WITH_CHILDREN = 608,
    /** An interior node (Format node) with a Value. */
    OMADM_E_VALUE_OF_INTERIOR = 609,
    /** Not a command of an ACL: expected Add, Delete, Exec, Get or Replace, and '='. */
    OMADM_E_ACL_COMMAND = 621,
    /** Not a server identifier: expected '*', or one or more characters without '=', '&', '*', '+' and blanks. */
    OMADM_E_ACL_SERVER = 622,
    /** Not a query of a URI: expected ?prop=Name, ?list=Struct, ?list=StructData, ?list=TNDS, ?list=TNDS+Name or ?list=TNDS-Name. */
    OMADM_E_INVALID_QUERY = 631,
    /** A URI that is too long, too deep, or has too long a segment for this device. */
    OMADM_E_URI_TOO_LONG = 632,
    /** Not a pattern: expected '.', or names, '*' and '**' between slashes, each with conditions in brackets or none. */
    OMADM_E_INVALID_PATTERN = 633,
    /** Not a condition: expected `[path]` or `[path=="text" && path>=number]`, with ==, !=, <, <=, > or >=. */
    OMADM_E_INVALID_CONDITION = 634,
    /** Not a path below a node: expected names and '*' between slashes. */
    OMADM_E_INVALID_REL_PATH = 635,
    /** Not a location query: a term that is malformed, repeated or missing, or a path before the '?'. */
    OMADM_E_INVALID_LOCATION_QUERY = 636,
    /** No node at this URI. */
    OMADM_E_NODE_NOT_FOUND = 641,
    /** There is a node with this name already. */
    OMADM_E_NODE_EXISTS = 642,
    /** A leaf, which cannot have child nodes. */
    OMADM_E_NOT_INTERIOR = 643,
    /** An interior node, which has no value. */
    OMADM_E_NOT_LEAF = 644,
    /** A permanent node: it cannot be deleted or renamed, nor change its Format or Type. */
    OMADM_E_PERMANENT_NODE = 645,
    /** The ACL does not allow this. */
    OMADM_E_ACCESS_DENIED = 646,
    /** A property that cannot be set. */
    OMADM_E_READ_ONLY_PROPERTY = 647,
    /** A value that this property cannot have. */
    OMADM_E_PROPERTY_VALUE = 648,
    /** Not a Type for this node: expected a media type for a leaf, a URI for an interior node. */
    OMADM_E_INVALID_NODE_TYPE = 649,
    /** A node that cannot be read. */
    OMADM_E_GET_NOT_ALLOWED = 650,
    /** A property or list that is not supported for this node. */
    OMADM_E_UNSUPPORTED_QUERY = 651,
    /** More nodes than an answer may have (limit: elements, locations or answer_nodes). */
    OMADM_E_ANSWER_TOO_LONG = 652,
    /** A query that only Get can ask. */
    OMADM_E_COMMAND_NOT_ALLOWED = 653,
    /** A node address that fits several nodes. */
    OMADM_E_SEVERAL_NODES = 654,
    /** A value for a node whose Format is null. */
    OMADM_E_VALUE_OF_NULL = 655,
    /** The server identifier reaches past the end of the notification. */
    OMADM_E_NOTIFICATION_SERVER_ID = 701,
    /** A server identifier has 1 to 255 octets. */
    OMADM_E_NOTIFICATION_SERVER_ID_LENGTH = 702,
    /** Not a notification: the version field is below 1.0. */
    OMADM_E_NOTIFICATION_VERSION = 703,
    /** A value does not fit its field. */
    OMADM_E_NOTIFICATION_FIELD = 704,
    /** A DM 1.3 notification: its bit layout is not established, name one to decode it. */
    OMADM_E_NOTIFICATION_LAYOUT = 705,
    /** A layout of DM 1.3 notifications that breaks a rule: widths, a field twice or missing, length bias, code twice. */
    OMADM_E_NOTIFICATION_LAYOUT_RULE = 706,
    /** Another number of options than the header says. */
    OMADM_E_NOTIFICATION_OPTION_COUNT = 707,
    /** An option reaches past the end of the options. */
    OMADM_E_NOTIFICATION_OPTION_END = 708,
    /** Options out of order: expected ascending numbers. */
    OMADM_E_NOTIFICATION_OPTION_ORDER = 709,
    /** An option occurs more than once that may occur once only. */
    OMADM_E_NOTIFICATION_OPTION_REPEATED = 710,
    /** The option Server-ID is missing. */
    OMADM_E_NOTIFICATION_OPTION_MISSING = 711,
    /** An option of a size that it cannot have. */
    OMADM_E_NOTIFICATION_OPTION_SIZE = 712,
    /** The alerts of a data-synchronisation notification reach past its end. */
    OMADM_E_NOTIFICATION_SYNC = 713,
    /** Session hints: a segment reaches past the end. */
    OMADM_E_HINT_SEGMENT = 721,
    /** Session hints: more than 32, or more than 1,024 octets. */
    OMADM_E_HINT_LIMIT = 722,
    /** Session hints: a length that is not in its shortest form. */
    OMADM_E_HINT_LENGTH = 723,
    /** Session hints: a hint reaches past their end. */
    OMADM_E_HINT_END = 724,
    /** Session hints: types out of order, expected ascending. */
    OMADM_E_HINT_ORDER = 725,
    /** Session hints: a hint occurs more often than it may. */
    OMADM_E_HINT_REPEATED = 726,
    /** Session hints: a value that this hint cannot have. */
    OMADM_E_HINT_VALUE = 727,
    /** Session hints: a type that is not assigned to hints of this kind. */
    OMADM_E_HINT_TYPE = 728,
    /** Session hints: a language of the reason, but no reason. */
    OMADM_E_HINT_LANGUAGE = 729,
    /** Session hints: a DM 1.3 notification has an option for this. */
    OMADM_E_HINT_IS_OPTION = 730,
    /** Not a WSP push: expected PDU type 6. */
    OMADM_E_PUSH_PDU = 751,
    /** Headers of a push whose lengths do not add up. */
    OMADM_E_PUSH_HEADERS = 752,
    /** The push carries another content type than a DM notification. */
    OMADM_E_PUSH_CONTENT_TYPE = 753,
    /** The push is addressed to another application than a notification of its type is for, or to none. */
    OMADM_E_PUSH_APPLICATION_ID = 754,
    /** The push is addressed to another port than 2948. */
    OMADM_E_PUSH_PORT = 755,
    /** The headers of the push are longer than 48 octets. */
    OMADM_E_PUSH_HEADER_SIZE = 756,
    /** A segment number that cannot be, or a segment other than the first. */
    OMADM_E_PUSH_SEGMENT_NUMBER = 757,
    /** Longer than a segment, or than 255 of them. */
    OMADM_E_PUSH_SEGMENT_SIZE = 758,
    /** A segment of the message is missing. */
    OMADM_E_PUSH_SEGMENT_MISSING = 759,
    /** A segment that contradicts one of the same message. */
    OMADM_E_PUSH_SEGMENT_CONFLICT = 760,
    /** Not the first line of a push: expected a method, a target and a version. */
    OMADM_E_PUSH_START_LINE = 761,
    /** Not a header: expected a name, a colon and a value. */
    OMADM_E_PUSH_HEADER_LINE = 762,
    /** A header occurs more than once that may occur once only. */
    OMADM_E_PUSH_HEADER_REPEATED = 763,
    /** The length of the body cannot be told: a length that is no number, two lengths, or a transfer coding. */
    OMADM_E_PUSH_BODY_LENGTH = 764,
    /** Not a multipart body with its boundaries: expected a control entity and a content entity. */
    OMADM_E_PUSH_MULTIPART = 765,
    /** Not the control entity of a push submission. */
    OMADM_E_PUSH_CONTROL = 766,
    /** The boundary is no boundary, or occurs in what it separates. */
    OMADM_E_PUSH_BOUNDARY = 767,
    /** Not a time that this header can say. */
    OMADM_E_PUSH_TIME = 768,
    /** The body is in a content coding or transfer encoding other than identity, 7bit, 8bit and binary. */
    OMADM_E_PUSH_ENCODING = 769,
    /** Not a list of name=value and name="value". */
    OMADM_E_AUTH_HEADER = 801,
    /** The header x-syncml-hmac lacks its username or mac. */
    OMADM_E_AUTH_HEADER_INCOMPLETE = 802,
    /** A parameter of the header x-syncml-hmac occurs twice. */
    OMADM_E_AUTH_HEADER_REPEATED = 803,
    /** A user name with a control character, which a header cannot carry. */
    OMADM_E_AUTH_HEADER_NAME = 804,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_code omadm_code;
#else
typedef uint32_t omadm_code;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** An `enum omadm_code`, of 32 bits whatever the compiler makes of an `enum`. */
typedef uint32_t omadm_rc;


/*
 * ---- Texts and octets that are lent to C.
 */

/** In place of an offset, or of another number of 64 bits, where there is none. */
#define OMADM_NONE UINT64_MAX

/**
 * A text that somebody else owns: UTF-8, with no zero octet behind it, and possibly some in it. `ptr` is NULL where there is none; an
 * empty text has a `ptr` and the length 0. How long it is valid, the function says that gives it.
 *
 * In a structure that is handed to this library, `len` may be `OMADM_NUL`: the text then ends at its first zero octet.
 */
typedef struct omadm_str {
    const char *ptr;
    size_t len;
} omadm_str;

/**
 * Octets that somebody else owns. `ptr` is NULL where there are none; an empty run of octets has a `ptr` and the length 0. How long they
 * are valid, the function says that gives them.
 */
typedef struct omadm_bytes {
    const uint8_t *ptr;
    size_t len;
} omadm_bytes;


/*
 * ---- What was wrong, told to C.
 */

/**
 * What was wrong with a call or with an input. Every function takes one, or NULL. It owns nothing: copy it, throw it away.
 *
 * Begin with `omadm_error error = OMADM_ERROR_INIT;`. It is written only when a function returns something else than `OMADM_OK`.
 */
typedef struct omadm_error {
    /** `sizeof(omadm_error)`; set by the caller. */
    uint32_t struct_size;
    /** The number that the function returned, an `enum omadm_code`. */
    uint32_t code;
    /**
     * The octet of the input at fault, from 0; `OMADM_NONE` if no input is. For a document in a `Data` element: where the
     * content of that begins in the outermost input.
     */
    uint64_t offset;
    /** In a document inside a document: the octet of its decoded form; else `OMADM_NONE`. */
    uint64_t inner_offset;
    /** What was wrong and what was expected, in English. Static, ends with a zero octet; NULL as long as nothing was written. */
    const char *message;
    /** The element, or the argument of the function, that it is about; absent if none. Static. */
    omadm_str subject;
} omadm_error;


/**
 * Says an error in a sentence for people: what was wrong, at which octet and, if the input is handed in, at which line, column and
 * element of it.
 *
 * `room` receives the sentence and a zero octet; `*length` the length of the sentence without that. If there are fewer than
 * `*length + 1` octets of room it returns `OMADM_BUFFER_TOO_SMALL`, with only `*length` written; so 0 octets at NULL ask for the length.
 * `input` is what was read when the error came up, or NULL. Looking for the place reads it again: this is for logs and terminals.
 */
omadm_rc omadm_error_describe(const struct omadm_error *described,
                              const uint8_t *input,
                              size_t input_len,
                              char *room,
                              size_t room_len,
                              size_t *length,
                              struct omadm_error *error);


#define OMADM_ERROR_INIT { sizeof(omadm_error), 0, 0, 0, NULL, { NULL, 0 } }

/*
 * ---- Octets that this library allocates for C.
 */

/**
 * Octets that this library has allocated, and only `omadm_buffer_free` gives back.
 *
 * Begin with `omadm_buffer buffer = OMADM_BUFFER_INIT;`. A function that writes to it replaces what it holds and keeps its memory, so that one
 * buffer can serve many calls. Read `data` and `len`; write nothing but what `OMADM_BUFFER_INIT` writes. Text in it is UTF-8 and has no zero
 * octet behind it.
 */
typedef struct omadm_buffer {
    /** `sizeof(omadm_buffer)`; set by `OMADM_BUFFER_INIT`. */
    uint32_t struct_size;
    uint32_t reserved;
    uint8_t *data;
    size_t len;
    size_t capacity;
} omadm_buffer;


/** Gives a buffer's memory back and leaves it empty. NULL and an empty buffer are left alone. */
void omadm_buffer_free(struct omadm_buffer *buffer);


#define OMADM_BUFFER_INIT { sizeof(omadm_buffer), 0, NULL, 0, 0 }

/*
 * ---- What is read: who owns it, and what it may cost.
 */

/** Takes an `&` in XML text that begins no reference for the character itself. */
#define OMADM_BARE_AMPERSAND 1

/** Takes WBXML documents without a public identifier whose root is token 0x20 for trees, as some vendors write them. */
#define OMADM_UNNAMED_TREES 2

/** Who owns the octets of an `omadm_input`. */
enum omadm_ownership
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** They are copied; the caller's are not needed after the call. */
    OMADM_COPY = 0,
    /** They stay the caller's, who neither changes nor frees them as long as the handle, and all that shares its input, lives. */
    OMADM_BORROW = 1,
    /**
     * They become the library's, which calls `release` once when it needs them no longer: also if the call that they were handed to
     * fails, unless it says `OMADM_E_NULL`, `OMADM_E_ARGUMENT` or `OMADM_E_STRUCT_SIZE`.
     */
    OMADM_ADOPT = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_ownership omadm_ownership;
#else
typedef uint32_t omadm_ownership;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What a document may cost, and what is forgiven. `omadm_options_init` fills it with the defaults, which NULL in its place stands for,
 * too; then change what is to differ. `docs/limits.md` says what each limit stops.
 */
typedef struct omadm_options {
    /** `sizeof(omadm_options)`; set by the caller before `omadm_options_init`. */
    uint32_t struct_size;
    /** `OMADM_BARE_AMPERSAND`, `OMADM_UNNAMED_TREES`. */
    uint32_t flags;
    /** Octets that a conversion or an encoder may write. */
    uint64_t limit_output;
    /** Elements open at once, and segments of a tree's longest URI. */
    uint32_t limit_depth;
    /** Elements in one document, and nodes of a tree. */
    uint32_t limit_elements;
    /** Attributes on one element, namespace declarations included. */
    uint32_t limit_attributes;
    /** Namespace declarations in force at one place. */
    uint32_t limit_namespaces;
    /** Octets of one name. */
    uint32_t limit_name;
    /** Octets of one text. */
    uint32_t limit_text;
    /** Octets of a WBXML string table. */
    uint32_t limit_string_table;
    /** How many times the input's size all its text together may reach. */
    uint32_t limit_expansion;
    /** Octets of a message that a feeder holds back. */
    uint32_t limit_buffer;
    /** Octets that a message which is fed may have before its first command, header aside. */
    uint32_t limit_prefix;
    /** Segments of a search pattern, or of all paths in a location query. */
    uint32_t limit_pattern;
    /** Places in the answer to a location query. */
    uint32_t limit_locations;
    /** Nodes in the answer to a structural query. */
    uint32_t limit_answer_nodes;
    /** Segments of messages that a joiner holds. */
    uint32_t limit_segments;
    /** Header lines of one push in text. */
    uint32_t limit_headers;
    /** Octets of one header of these. */
    uint32_t limit_header;
    /** Findings of one check. */
    uint32_t limit_findings;
    /** Regular expressions that one check compiles. */
    uint32_t limit_patterns;
    /** Octets that one regular expression may take. */
    uint32_t limit_pattern_size;
    uint32_t reserved;
} omadm_options;

/**
 * Gives adopted octets back. It may be called in any thread, at the end of the last handle that shares them. It must not call
 * back into this library with that handle.
 */
typedef void (*omadm_release)(void *context, const uint8_t *data, size_t len);

/** Octets to be read, and who owns them. Begin with `omadm_input input = OMADM_INPUT_INIT;`: copied, without octets. */
typedef struct omadm_input {
    /** `sizeof(omadm_input)`; set by `OMADM_INPUT_INIT`. */
    uint32_t struct_size;
    /** An `enum omadm_ownership`. */
    uint32_t ownership;
    const uint8_t *data;
    size_t len;
    /** For `OMADM_ADOPT` only. */
    omadm_release release;
    /** Handed to `release`. */
    void *context;
} omadm_input;


/** Fills options with the defaults. `options->struct_size` must be set. */
omadm_rc omadm_options_init(struct omadm_options *options, omadm_error *error);


#define OMADM_OPTIONS_INIT { sizeof(omadm_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

#define OMADM_INPUT_INIT { sizeof(omadm_input), 0, NULL, 0, NULL, NULL }

/*
 * ---- A SyncML message as a whole: decoded once, read by index.
 */

/** `NoResp`, which DM does not use. */
#define OMADM_HEADER_NO_RESP 1

/** There is a `Meta`: `omadm_message_header_meta`. */
#define OMADM_HEADER_META 2

/** There is a `Cred`: `omadm_message_header_cred`. */
#define OMADM_HEADER_CRED 4

/** In place of a `code` that is no number, or that there is none of. */
#define OMADM_NO_CODE UINT32_MAX

/** In place of an index where there is none. */
#define OMADM_NO_INDEX UINT32_MAX

/** `NoResp`, which DM does not use. */
#define OMADM_COMMAND_NO_RESP 1

/** `Archive` of a `Delete`, which DM does not use. */
#define OMADM_COMMAND_ARCHIVE 2

/** `SftDel` of a `Delete`, which DM does not use. */
#define OMADM_COMMAND_SFT_DEL 4

/** There is a `Meta`: `omadm_message_command_meta`. */
#define OMADM_COMMAND_META 8

/** There is a `Chal`: `omadm_message_chal`. */
#define OMADM_COMMAND_CHAL 16

/** `MoreData`: this is a chunk of a large object, and not the last. */
#define OMADM_ITEM_MORE_DATA 1

/** It has a `Meta` of its own: `omadm_message_item_meta`. */
#define OMADM_ITEM_META 2

/** How a document is written. */
enum omadm_encoding
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    OMADM_XML = 1,
    OMADM_WBXML = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_encoding omadm_encoding;
#else
typedef uint32_t omadm_encoding;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** What a command asks or tells. `OMADM_CMD_OTHER` is one that DM does not use, such as `Put` or `Sync`: its `name` says which. */
enum omadm_command_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    OMADM_CMD_OTHER = 0,
    OMADM_CMD_ADD = 1,
    OMADM_CMD_ALERT = 2,
    OMADM_CMD_ATOMIC = 3,
    OMADM_CMD_COPY = 4,
    OMADM_CMD_DELETE = 5,
    OMADM_CMD_EXEC = 6,
    OMADM_CMD_GET = 7,
    OMADM_CMD_REPLACE = 8,
    OMADM_CMD_RESULTS = 9,
    OMADM_CMD_SEQUENCE = 10,
    OMADM_CMD_STATUS = 11,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_command_kind omadm_command_kind;
#else
typedef uint32_t omadm_command_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** The form in which `Data` was sent. */
enum omadm_data_form
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** There is no such element. */
    OMADM_DATA_ABSENT = 0,
    /** Character data, in UTF-8; also of an empty element. */
    OMADM_DATA_TEXT = 1,
    /** Character data with a CDATA section in it. */
    OMADM_DATA_CDATA = 2,
    /** A WBXML opaque block: octets. */
    OMADM_DATA_OPAQUE = 3,
    /** Elements; `bytes` is absent. */
    OMADM_DATA_MARKUP = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_data_form omadm_data_form;
#else
typedef uint32_t omadm_data_form;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A decoded message. It does not change: many threads may read one. Everything that functions lend out of it is valid until
 * `omadm_message_free`.
 */
typedef struct omadm_message omadm_message;

/** `SyncHdr`: who speaks to whom, in which session. */
typedef struct omadm_header {
    /** `sizeof(omadm_header)`; set by the caller. */
    uint32_t struct_size;
    /** `OMADM_HEADER_*`. */
    uint32_t flags;
    omadm_str ver_dtd;
    omadm_str ver_proto;
    omadm_str session_id;
    omadm_str msg_id;
    /** `Target/LocURI`: the recipient. */
    omadm_str target;
    omadm_str target_name;
    /** `Source/LocURI`: the sender. */
    omadm_str source;
    /** `Source/LocName`: the user name of MD5 and MAC credentials. */
    omadm_str source_name;
    omadm_str resp_uri;
} omadm_header;

/** The content of a `Data` or `NextNonce` element as it was sent: base64 is not decoded. */
typedef struct omadm_data {
    /** An `enum omadm_data_form`. */
    uint32_t form;
    uint32_t reserved;
    /** Where the element begins in the input; `OMADM_NONE` if it is absent. */
    uint64_t offset;
    omadm_bytes bytes;
} omadm_data;

/** `Meta`, element by element. */
typedef struct omadm_meta {
    /** `sizeof(omadm_meta)`; set by the caller. */
    uint32_t struct_size;
    uint32_t reserved;
    /** `Size`, `MaxMsgSize` and `MaxObjSize`; `OMADM_NONE` if absent, or no number. */
    uint64_t size;
    uint64_t max_msg_size;
    uint64_t max_obj_size;
    omadm_str format;
    omadm_str media_type;
    omadm_str mark;
    omadm_str version;
    /** `NextNonce` as sent: base64 text, or octets in an opaque block. */
    struct omadm_data next_nonce;
} omadm_meta;

/** `Cred`: credentials. Its `data` is a secret: do not log it. */
typedef struct omadm_cred {
    /** `sizeof(omadm_cred)`; set by the caller. */
    uint32_t struct_size;
    uint32_t reserved;
    /** `Type` as sent: the scheme, such as `syncml:auth-md5`; absent means `syncml:auth-basic`. */
    omadm_str scheme;
    /** `Format` as sent. */
    omadm_str format;
    struct omadm_data data;
} omadm_cred;

/** One command. Which members are there depends on its kind. */
typedef struct omadm_command {
    /** `sizeof(omadm_command)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_command_kind`. */
    uint32_t kind;
    /** `OMADM_COMMAND_*`. */
    uint32_t flags;
    /** The outcome of a `Status`, the code of an `Alert`; `OMADM_NO_CODE` for others, and if it is no number. */
    uint32_t code;
    /** Its place among all commands of the message, from 0. */
    uint32_t index;
    /** The index of the `Atomic` or `Sequence` that it is directly in; `OMADM_NO_INDEX` at the top. */
    uint32_t parent;
    /** One past the index of the last command inside; `index + 1` if there is none. */
    uint32_t end;
    /** How many `Item` elements it has. */
    uint32_t item_count;
    /** How many `TargetRef` and `SourceRef` elements it has. */
    uint32_t ref_count;
    uint32_t reserved;
    /** Where the element begins in the input. */
    uint64_t offset;
    /** The element's name. */
    omadm_str name;
    omadm_str cmd_id;
    /** `MsgRef`, `CmdRef` and `Cmd` of a `Status` or `Results`: what it answers. */
    omadm_str msg_ref;
    omadm_str cmd_ref;
    omadm_str cmd;
    omadm_str correlator;
    omadm_str lang;
    /** The command's own `Data`. */
    struct omadm_data data;
} omadm_command;

/** One `Item` of a command. */
typedef struct omadm_item {
    /** `sizeof(omadm_item)`; set by the caller. */
    uint32_t struct_size;
    /** `OMADM_ITEM_*`. */
    uint32_t flags;
    /** Where the element begins in the input. */
    uint64_t offset;
    /** The URI of the node that it is about: its `Target`, in `Results` its `Source`, or the other one where that is absent. */
    omadm_str node_uri;
    /** `Target/LocURI` */
    omadm_str target;
    omadm_str target_name;
    /** `Source/LocURI` */
    omadm_str source;
    omadm_str source_name;
    /** `TargetParent/LocURI` and `SourceParent/LocURI`, of data synchronisation. */
    omadm_str target_parent;
    omadm_str source_parent;
    /** `Format`: the item's, or else that of the command, or of a container around it. */
    omadm_str format;
    /** `Type`: in the same way. */
    omadm_str media_type;
    struct omadm_data data;
} omadm_item;

/** `TargetRef` or `SourceRef` of a `Status` or `Results`. */
typedef struct omadm_ref {
    /** `sizeof(omadm_ref)`; set by the caller. */
    uint32_t struct_size;
    /** 1 for `TargetRef`, 0 for `SourceRef`. */
    uint32_t is_target;
    omadm_str uri;
} omadm_ref;


/**
 * Decodes a SyncML message, XML or WBXML, from octets that are copied. See `omadm_message_decode_input` for others.
 *
 * `options` may be NULL. `*message` is to be freed with `omadm_message_free`. Errors: 1xx to 5xx, with the offset of what is at fault.
 */
omadm_rc omadm_message_decode(const uint8_t *data,
                              size_t len,
                              const omadm_options *options,
                              struct omadm_message **message,
                              omadm_error *error);

/** As `omadm_message_decode`, of octets that are copied, borrowed or adopted. */
omadm_rc omadm_message_decode_input(const omadm_input *input,
                                    const omadm_options *options,
                                    struct omadm_message **message,
                                    omadm_error *error);

/** Frees a message. Trees that were taken out of it keep what they need. NULL is left alone. */
void omadm_message_free(struct omadm_message *message);

/**
 * What a message is written in, an `enum omadm_encoding`; whether it has `Final`; and how many commands it has, those inside an `Atomic` or
 * `Sequence` among them. Outputs that are NULL are left out.
 */
omadm_rc omadm_message_summary(const struct omadm_message *message,
                               uint32_t *encoding,
                               uint32_t *is_final,
                               size_t *command_count,
                               omadm_error *error);

/** A message's `SyncHdr`. What it lends is valid as long as the message. */
omadm_rc omadm_message_header(const struct omadm_message *message, struct omadm_header *header, omadm_error *error);

/** The header's `Meta`: `MaxMsgSize` and `MaxObjSize`. `OMADM_NOT_FOUND` if it has none. */
omadm_rc omadm_message_header_meta(const struct omadm_message *message, struct omadm_meta *meta, omadm_error *error);

/** The header's `Cred`. `OMADM_NOT_FOUND` if it has none. */
omadm_rc omadm_message_header_cred(const struct omadm_message *message, struct omadm_cred *cred, omadm_error *error);

/**
 * Commands of a message in the order of the document, containers before what is in them: as many as there are from `first` on, and
 * as `capacity` has room for. `element_size` is `sizeof(omadm_command)`; `*written` says how many were stored, 0 at the end.
 *
 * For one command at a time, `capacity` is 1.
 */
omadm_rc omadm_message_commands(const struct omadm_message *message,
                                size_t first,
                                struct omadm_command *commands,
                                size_t element_size,
                                size_t capacity,
                                size_t *written,
                                omadm_error *error);

/**
 * Items of the command with this index, from `first` on, as `omadm_message_commands` does commands. `OMADM_NOT_FOUND` if there is no
 * such command.
 */
omadm_rc omadm_message_items(const struct omadm_message *message,
                             size_t command,
                             size_t first,
                             struct omadm_item *items,
                             size_t element_size,
                             size_t capacity,
                             size_t *written,
                             omadm_error *error);

/** `TargetRef` and `SourceRef` elements of the command with this index, as `omadm_message_items` does items. */
omadm_rc omadm_message_refs(const struct omadm_message *message,
                            size_t command,
                            size_t first,
                            struct omadm_ref *refs,
                            size_t element_size,
                            size_t capacity,
                            size_t *written,
                            omadm_error *error);

/** The `Meta` of the command with this index, which applies to all its items unless theirs says otherwise. `OMADM_NOT_FOUND` if there is none. */
omadm_rc omadm_message_command_meta(const struct omadm_message *message,
                                    size_t command,
                                    struct omadm_meta *meta,
                                    omadm_error *error);

/** An item's own `Meta`. `OMADM_NOT_FOUND` if there is none. */
omadm_rc omadm_message_item_meta(const struct omadm_message *message,
                                 size_t command,
                                 size_t item,
                                 struct omadm_meta *meta,
                                 omadm_error *error);

/**
 * The `Meta` in the `Chal` of a `Status`: the scheme wanted is its `media_type`, and there is the `next_nonce`. `OMADM_NOT_FOUND` if the
 * command with this index has none.
 */
omadm_rc omadm_message_chal(const struct omadm_message *message,
                            size_t command,
                            struct omadm_meta *meta,
                            omadm_error *error);


#define OMADM_HEADER_INIT { sizeof(omadm_header), 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

#define OMADM_META_INIT { sizeof(omadm_meta), 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_CRED_INIT { sizeof(omadm_cred), 0, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_COMMAND_INIT { sizeof(omadm_command), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_ITEM_INIT { sizeof(omadm_item), 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_REF_INIT { sizeof(omadm_ref), 0, { NULL, 0 } }

/*
 * ---- A management tree: decoded, or taken out of a message; read by node.
 */

/** It may have children, and has no value. */
#define OMADM_NODE_INTERIOR 1

/** The document has a `Path` that leads through it, but does not describe it. */
#define OMADM_NODE_IMPLICIT 2

/** It can neither be deleted nor renamed. */
#define OMADM_NODE_PERMANENT 4

/** Its value came as octets, in a WBXML opaque block. */
#define OMADM_NODE_OPAQUE 8

/** What kind of value a node has. */
enum omadm_format
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    OMADM_FORMAT_B64 = 1,
    OMADM_FORMAT_BIN = 2,
    OMADM_FORMAT_BOOL = 3,
    OMADM_FORMAT_CHR = 4,
    OMADM_FORMAT_INT = 5,
    /** An interior node: children, and no value. */
    OMADM_FORMAT_NODE = 6,
    OMADM_FORMAT_NULL = 7,
    OMADM_FORMAT_XML = 8,
    OMADM_FORMAT_DATE = 9,
    OMADM_FORMAT_TIME = 10,
    OMADM_FORMAT_FLOAT = 11,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_format omadm_format;
#else
typedef uint32_t omadm_format;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A management tree. It is read from many threads, or changed by one, at a time. Everything that functions lend out of it is valid
 * until it is next changed or freed.
 */
typedef struct omadm_tree omadm_tree;

/**
 * Names one node of one tree for as long as the node is there: a node that is made later never has the same number. 0 is none.
 * Numbers of one tree mean nothing to another.
 */
typedef uint64_t omadm_node;

/** One node and its properties. */
typedef struct omadm_node_info {
    /** `sizeof(omadm_node_info)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_format`. */
    uint32_t format;
    /** `OMADM_NODE_*`. */
    uint32_t flags;
    uint32_t child_count;
    omadm_node node;
    /** `OMADM_NO_NODE` for the root. */
    omadm_node parent;
    /** The last segment of the URI, not escaped; empty for the root. */
    omadm_str name;
    /** The value of a leaf as it was sent: UTF-8, base64 of a `bin` in XML, octets out of WBXML (`OMADM_NODE_OPAQUE`). Absent where there is none. */
    omadm_bytes value;
    /** `Type` of a leaf: its media type. */
    omadm_str media_type;
    /** `Type` of an interior node: the identifier of the management object that begins here. */
    omadm_str mo_id;
    /** `ACL`, where it is the node's own. */
    omadm_str acl;
    omadm_str title;
    omadm_str tstamp;
    omadm_str ver_no;
} omadm_node_info;

/** In place of a node where there is none. */
#define OMADM_NO_NODE 0


/**
 * Decodes a tree document (TNDS), XML or WBXML, from octets that are copied. See `omadm_tree_decode_input` for others.
 *
 * `options` may be NULL. `*tree` is to be freed with `omadm_tree_free`. Errors: 1xx to 4xx and 6xx, with the offset of what is at fault.
 */
omadm_rc omadm_tree_decode(const uint8_t *data,
                           size_t len,
                           const omadm_options *options,
                           struct omadm_tree **tree,
                           omadm_error *error);

/** As `omadm_tree_decode`, of octets that are copied, borrowed or adopted. */
omadm_rc omadm_tree_decode_input(const omadm_input *input,
                                 const omadm_options *options,
                                 struct omadm_tree **tree,
                                 omadm_error *error);

/**
 * Takes the tree out of an item of a message. The tree shares the message's input: both can be freed in any order.
 *
 * `OMADM_NOT_FOUND` if there is no such item, or no tree document in it. Errors as those of `omadm_tree_decode`: `offset` is where the
 * item's `Data` begins in the message, `inner_offset` the place in the document.
 */
omadm_rc omadm_tree_of_item(const omadm_message *message,
                            size_t command,
                            size_t item,
                            const omadm_options *options,
                            struct omadm_tree **tree,
                            omadm_error *error);

/** Makes a tree with nothing but a root, to be freed with `omadm_tree_free`. */
omadm_rc omadm_tree_new(struct omadm_tree **tree, omadm_error *error);

/** Frees a tree. NULL is left alone. */
void omadm_tree_free(struct omadm_tree *tree);

/** How many nodes a tree has, the root included, and which node the root is. Outputs that are NULL are left out. */
omadm_rc omadm_tree_summary(const struct omadm_tree *tree, size_t *node_count, omadm_node *root, omadm_error *error);

/**
 * The node at a URI, such as `./DevInfo/Mod`. `OMADM_NOT_FOUND` if there is none; `OMADM_E_INVALID_URI` if that is no URI of a node.
 *
 * `uri_len` may be `OMADM_NUL`.
 */
omadm_rc omadm_tree_get(const struct omadm_tree *tree,
                        const char *uri,
                        size_t uri_len,
                        omadm_node *node,
                        omadm_error *error);

/**
 * Nodes with their properties, from `top` down in the order of the tree, parents before children: those behind `after`, or from `top` itself
 * on if that is `OMADM_NO_NODE`. `element_size` is `sizeof(omadm_node_info)`; `*written` says how many were stored, 0 at the end.
 *
 * A whole tree is read by calls that have the last node of the one before as `after`. `top` may be `OMADM_NO_NODE`: the root.
 */
omadm_rc omadm_tree_nodes(const struct omadm_tree *tree,
                          omadm_node top,
                          omadm_node after,
                          struct omadm_node_info *nodes,
                          size_t element_size,
                          size_t capacity,
                          size_t *written,
                          omadm_error *error);

/** One node with its properties. */
omadm_rc omadm_tree_node(const struct omadm_tree *tree,
                         omadm_node node,
                         struct omadm_node_info *info,
                         omadm_error *error);

/**
 * The children of a node, in their order, with their properties: those behind `after`, or all if that is `OMADM_NO_NODE`. As
 * `omadm_tree_nodes`.
 */
omadm_rc omadm_tree_children(const struct omadm_tree *tree,
                             omadm_node node,
                             omadm_node after,
                             struct omadm_node_info *children,
                             size_t element_size,
                             size_t capacity,
                             size_t *written,
                             omadm_error *error);

/**
 * The URI of a node, such as `./DevInfo/Mod`, escaped as URIs are. `room` receives it and a zero octet, `*length` its length without that. If
 * there are fewer than `*length + 1` octets of room it returns `OMADM_BUFFER_TOO_SMALL`, with only `*length` written.
 */
omadm_rc omadm_tree_uri(const struct omadm_tree *tree,
                        omadm_node node,
                        char *room,
                        size_t room_len,
                        size_t *length,
                        omadm_error *error);

/**
 * The URIs of many nodes at once, one after the other without anything between them: `ends[i]` says where that of `nodes[i]` ends in `uris`. There
 * is room for `count` in `ends`.
 */
omadm_rc omadm_tree_uris(const struct omadm_tree *tree,
                         const omadm_node *nodes,
                         size_t count,
                         omadm_buffer *uris,
                         size_t *ends,
                         omadm_error *error);

/**
 * Where the management objects with this identifier begin, in the order of the tree. It costs nothing for the rest of the tree.
 *
 * `*found` says how many there are; as many as `capacity` has room for are stored in `nodes`, the first ones.
 */
omadm_rc omadm_tree_find_mo(const struct omadm_tree *tree,
                            const char *mo_id,
                            size_t mo_id_len,
                            omadm_node *nodes,
                            size_t capacity,
                            size_t *found,
                            omadm_error *error);

/**
 * The octets that the value of a leaf stands for: a `bin` value that came as base64 is decoded, others are as they are.
 *
 * `OMADM_NOT_FOUND` for a node without a value; `OMADM_E_INVALID_BASE64` with the offset in the value.
 */
omadm_rc omadm_tree_octets(const struct omadm_tree *tree, omadm_node node, omadm_buffer *octets, omadm_error *error);


#define OMADM_NODE_INFO_INIT { sizeof(omadm_node_info), 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Authentication: credentials, MACs and nonces, of the MD5 family of OMA DM.
 */

/** Octets of an A1, of a digest and of a MAC. */
#define OMADM_DIGEST_SIZE 16

/** A scheme of authentication, as `Meta/Type` of `Cred` and `Chal` names it (OMA DM security 1.2.1). */
enum omadm_scheme
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** One that SyncML does not define. */
    OMADM_SCHEME_OTHER = 0,
    /** `syncml:auth-basic`: name and secret, readable by everyone. */
    OMADM_SCHEME_BASIC = 1,
    /** `syncml:auth-md5`: a digest with a nonce. */
    OMADM_SCHEME_MD5 = 2,
    /** `syncml:auth-MAC`: a digest over each whole message, in the transport's header `x-syncml-hmac`; never in `Cred`. */
    OMADM_SCHEME_MAC = 3,
    /** `syncml:auth-x509` */
    OMADM_SCHEME_X509 = 4,
    /** `syncml:auth-securid` */
    OMADM_SCHEME_SECURID = 5,
    /** `syncml:auth-safeword` */
    OMADM_SCHEME_SAFEWORD = 6,
    /** `syncml:auth-digipass` */
    OMADM_SCHEME_DIGIPASS = 7,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_scheme omadm_scheme;
#else
typedef uint32_t omadm_scheme;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus


/** The name of an `enum omadm_scheme` in messages, such as `syncml:auth-md5`. Static, ends with a zero octet; NULL for a number that is none. */
const char *omadm_scheme_name(uint32_t scheme);

/** The `enum omadm_scheme` of this name in messages, in any case; `OMADM_SCHEME_OTHER` for a name that SyncML does not define. */
omadm_rc omadm_scheme_from_name(const char *name,
                                size_t name_len,
                                uint32_t *scheme,
                                omadm_error *error);

/**
 * The `enum omadm_scheme` that `AAuthType` of a DM account names, such as `DIGEST` or `HMAC`; `OMADM_SCHEME_OTHER` for what is no scheme of
 * messages, such as `TRANSPORT`.
 */
omadm_rc omadm_scheme_from_account_type(const char *name,
                                        size_t name_len,
                                        uint32_t *scheme,
                                        omadm_error *error);

/**
 * A1: `MD5(name ":" secret)`, all that a verifier needs to store. Whoever has it can make credentials: keep it like the secret.
 *
 * `a1` receives 16 octets. Name and secret may hold any octets; their lengths may be `OMADM_NUL`. The MD5 of these schemes is broken as a
 * hash: use them below TLS, with secrets and nonces of at least 16 random octets (OMA DM security 1.2.1).
 */
omadm_rc omadm_a1(const char *name,
                  size_t name_len,
                  const char *secret,
                  size_t secret_len,
                  uint8_t *a1,
                  omadm_error *error);

/** The digest of scheme md5: `MD5(b64(A1) ":" nonce)`. `a1` has 16 octets, `digest` receives 16. The nonce is decoded: never its base64. */
omadm_rc omadm_md5_digest(const uint8_t *a1,
                          const uint8_t *nonce,
                          size_t nonce_len,
                          uint8_t *digest,
                          omadm_error *error);

/**
 * The MAC over a whole message as it is sent: `MD5(b64(A1) ":" nonce ":" b64(MD5(body)))`. `a1` has 16 octets, `mac` receives 16. For
 * `omadm_hmac_header_encode`. Whatever its name, it is not the HMAC of RFC 2104.
 */
omadm_rc omadm_mac_digest(const uint8_t *a1,
                          const uint8_t *nonce,
                          size_t nonce_len,
                          const uint8_t *body,
                          size_t body_len,
                          uint8_t *mac,
                          omadm_error *error);

/** Compares two digests of 16 octets in a time that does not depend on where they differ: `OMADM_OK` if they are equal, `OMADM_REFUSED` if not. */
omadm_rc omadm_digests_match(const uint8_t *left,
                             const uint8_t *right,
                             omadm_error *error);

/**
 * `Cred/Data` of scheme basic: `b64(name ":" secret)`. It is the secret in all but name.
 *
 * `room` receives the text and a zero octet, as in `omadm_error_describe`; `*length` its length without that, also with
 * `OMADM_BUFFER_TOO_SMALL`. `Meta` has to say the scheme's name as `Type` and `b64` as `Format`.
 */
omadm_rc omadm_cred_basic(const char *name,
                          size_t name_len,
                          const char *secret,
                          size_t secret_len,
                          char *room,
                          size_t room_len,
                          size_t *length,
                          omadm_error *error);

/**
 * `Cred/Data` of scheme md5: the base64 of `omadm_md5_digest`, 24 characters. The name that was hashed goes into `Source/LocName` of the
 * header. `room` and `length` as in `omadm_cred_basic`.
 */
omadm_rc omadm_cred_md5(const uint8_t *a1,
                        const uint8_t *nonce,
                        size_t nonce_len,
                        char *room,
                        size_t room_len,
                        size_t *length,
                        omadm_error *error);

/**
 * Checks the `Cred` in a message's header against what is stored of the peer. `OMADM_OK`, and nothing else, says that the peer has the secret.
 *
 * `scheme` is the one that was asked for: `OMADM_SCHEME_BASIC` or `OMADM_SCHEME_MD5`. `a1` has 16 octets; whose it has to be, the header's
 * `source_name` says, or `omadm_message_basic_name`. `nonces[0]` is the nonce that is due, decoded; others are tried after it, such as
 * four zero octets where a peer may have lost its nonce (OMA DM security 1.2.1). `*nonce`, which may be NULL, receives the place of the one that
 * fitted: above 0 both sides go on with that one, and the session has to give both new nonces. Basic does not use them, but one has to be there.
 *
 * `OMADM_NOT_FOUND`: there are no credentials, to be answered with 407. `OMADM_REFUSED`: wrong secret or nonce, 401. `OMADM_ANOTHER_SCHEME`:
 * credentials of another scheme, or one that cannot be checked here; a peer that answers a challenge so ends the session.
 */
omadm_rc omadm_message_verify_cred(const omadm_message *message,
                                   uint32_t scheme,
                                   const uint8_t *a1,
                                   const omadm_bytes *nonces,
                                   size_t nonce_count,
                                   size_t *nonce,
                                   omadm_error *error);

/**
 * The name in the header's `Cred` of scheme basic: what stands before its first colon, not verified. `OMADM_NOT_FOUND` where there is none.
 * `room` and `length` as in `omadm_cred_basic`.
 */
omadm_rc omadm_message_basic_name(const omadm_message *message,
                                  char *room,
                                  size_t room_len,
                                  size_t *length,
                                  omadm_error *error);

/**
 * The nonce in the `Chal` of the `Status` with this index, decoded: the one to be used next. It is kept only when the peer has authenticated
 * itself (OMA DM security 1.2.1).
 *
 * `OMADM_NOT_FOUND` if the command has no `Chal`, or that no nonce. `room` receives the octets, `*length` how many they are, also with
 * `OMADM_BUFFER_TOO_SMALL`.
 */
omadm_rc omadm_message_next_nonce(const omadm_message *message,
                                  size_t command,
                                  uint8_t *room,
                                  size_t room_len,
                                  size_t *length,
                                  omadm_error *error);

/**
 * The octets of a nonce from its base64, as `NextNonce` and `AAuthData` have it. Blanks and missing padding are accepted. `room` and `length` as in
 * `omadm_message_next_nonce`. Errors: `OMADM_E_INVALID_BASE64`.
 */
omadm_rc omadm_nonce_from_base64(const char *base64,
                                 size_t base64_len,
                                 uint8_t *room,
                                 size_t room_len,
                                 size_t *length,
                                 omadm_error *error);

/** The base64 of a nonce. `room` and `length` as in `omadm_cred_basic`. */
omadm_rc omadm_nonce_to_base64(const uint8_t *nonce,
                               size_t nonce_len,
                               char *room,
                               size_t room_len,
                               size_t *length,
                               omadm_error *error);

/**
 * The value of the transport's header `x-syncml-hmac` for a name and a MAC of 16 octets (OMA DM security 1.2.1). `room` and `length` as in
 * `omadm_cred_basic`. Errors: `OMADM_E_AUTH_HEADER_NAME` for a name with a control character.
 */
omadm_rc omadm_hmac_header_encode(const char *username,
                                  size_t username_len,
                                  const uint8_t *mac,
                                  char *room,
                                  size_t room_len,
                                  size_t *length,
                                  omadm_error *error);

/**
 * Whose secret the value of a header `x-syncml-hmac` claims to be made with: to be compared with the header's `source_name`, and to find the A1
 * for `omadm_hmac_header_verify`. Not verified. `room` and `length` as in `omadm_cred_basic`.
 *
 * Errors: 8xx, `OMADM_E_INVALID_BASE64` and `OMADM_E_INVALID_UTF8`, with the offset in `value`. All of them mean that the message is not authenticated.
 */
omadm_rc omadm_hmac_header_username(const char *value,
                                    size_t value_len,
                                    char *room,
                                    size_t room_len,
                                    size_t *length,
                                    omadm_error *error);

/**
 * Checks the MAC in the value of a header `x-syncml-hmac` over `body`, the complete message as it came in. `OMADM_OK`, and nothing else, says
 * that the peer has the secret and sent this. `a1`, `nonces` and `*nonce` as in `omadm_message_verify_cred`.
 *
 * `OMADM_REFUSED`: wrong secret, nonce or message. `OMADM_ANOTHER_SCHEME`: an algorithm other than MD5. Errors as in `omadm_hmac_header_username`.
 */
omadm_rc omadm_hmac_header_verify(const char *value,
                                  size_t value_len,
                                  const uint8_t *a1,
                                  const omadm_bytes *nonces,
                                  size_t nonce_count,
                                  const uint8_t *body,
                                  size_t body_len,
                                  size_t *nonce,
                                  omadm_error *error);


/*
 * ---- Package #0 of DM 1.1 and 1.2, and that of data synchronisation: what begins a session. Nothing is allocated; everything lent points into the
 *      caller's octets.
 */

/** The media type of a notification: which format it is of. The numbers are OMNA's of WSP content types. */
enum omadm_media_type
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** None was named: it is read as `OMADM_MEDIA_DM12`. */
    OMADM_MEDIA_NONE = 0,
    /** `application/vnd.syncml.notification`: DM 1.1 and 1.2. */
    OMADM_MEDIA_DM12 = 68,
    /** `application/vnd.syncml.ds.notification`: data synchronisation. */
    OMADM_MEDIA_DATA_SYNC = 78,
    /** `application/vnd.syncml.dm.notification`: DM 1.3, whose bits are not public. Only `omadm_unstable_notification_open` reads it. */
    OMADM_MEDIA_DM13 = 88,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_media_type omadm_media_type;
#else
typedef uint32_t omadm_media_type;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** How much of the session the user should notice (OMA DM notification 1.2.1 §6). */
enum omadm_ui_mode
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    OMADM_UI_NOT_SPECIFIED = 0,
    /** Nothing. */
    OMADM_UI_BACKGROUND = 1,
    /** The user is told. */
    OMADM_UI_INFORMATIVE = 2,
    /** The user is asked first. */
    OMADM_UI_USER_INTERACTION = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_ui_mode omadm_ui_mode;
#else
typedef uint32_t omadm_ui_mode;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** Who wanted the session. */
enum omadm_initiator
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** The client, or the person who uses it. */
    OMADM_INITIATOR_CLIENT = 0,
    OMADM_INITIATOR_SERVER = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_initiator omadm_initiator;
#else
typedef uint32_t omadm_initiator;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** What to do about the user before the session begins. */
enum omadm_prompt
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Begin the session. */
    OMADM_PROMPT_NOTHING = 0,
    /** Tell the user, and begin the session. */
    OMADM_PROMPT_INFORM = 1,
    /** Ask the user; begin the session only when the answer is yes. */
    OMADM_PROMPT_CONFIRM = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_prompt omadm_prompt;
#else
typedef uint32_t omadm_prompt;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Whether a digest that does not fit the stored nonce is tried again with four zero octets, as OMA DM notification 1.2.1 says a client SHOULD do
 * for a server that has lost its nonce. Whoever has recorded such a notification can send it again until the secret changes.
 */
enum omadm_resync
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** The stored nonce only. */
    OMADM_RESYNC_REFUSE = 0,
    OMADM_RESYNC_ALLOW = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_resync omadm_resync;
#else
typedef uint32_t omadm_resync;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** The server's half of an account. Begin with `OMADM_SERVER_CREDENTIALS_INIT`; then set `nonce`, and either `secret` or `a1`. */
typedef struct omadm_server_credentials {
    /** `sizeof(omadm_server_credentials)`; set by `OMADM_SERVER_CREDENTIALS_INIT`. */
    uint32_t struct_size;
    /** An `enum omadm_resync`. Not for encoding. */
    uint32_t resync;
    /**
     * The name that is hashed with the secret. Absent: the notification's server identifier, as the standard says; implementations differ where the
     * account's `AAuthName` is another text.
     */
    omadm_str name;
    /** The secret, of any octets. An empty one has a `ptr`. */
    omadm_str secret;
    /** In place of name and secret: 16 octets of `omadm_a1`; NULL if the secret is there. */
    const uint8_t *a1;
    /** The nonce that the server uses, decoded from base64. An empty one has a `ptr`. */
    omadm_bytes nonce;
} omadm_server_credentials;

/**
 * A notification whose digest is the server's. Only `omadm_notification_open` and `omadm_unstable_notification_summary` fill it, so that who asks
 * for a `const omadm_notification *` asks for one that was checked. All that it lends points into the octets that it was made of.
 */
typedef struct omadm_notification {
    /** `sizeof(omadm_notification)`; set by the caller. */
    uint32_t struct_size;
    /**
     * 1 if the server has lost its nonce: both sides go on with four zero octets, and the session has to give both of them new nonces (OMA DM
     * security 1.2.1). Else 0.
     */
    uint32_t by_resync_nonce;
    /** As in `omadm_notification_fields`. */
    uint32_t version;
    uint32_t ui_mode;
    uint32_t initiator;
    uint32_t future_use;
    /** A server that repeats itself uses the same id and wants one session. */
    uint32_t session_id;
    /** What to do about the user, an `enum omadm_prompt`, from `ui_mode`. Not specified counts as background. */
    uint32_t prompt;
    omadm_str server_id;
    omadm_bytes vendor;
    /** 16 octets. */
    omadm_bytes digest;
    /** What the digest covers: everything after it. Absent in DM 1.3. */
    omadm_bytes trigger;
    /** All of it. */
    omadm_bytes message;
} omadm_notification;

/**
 * What a notification says, or is to say, but for its digest. One that was decoded is *what somebody claims*: nothing may be done for it
 * before `omadm_notification_open` has said `OMADM_OK`.
 */
typedef struct omadm_notification_fields {
    /** `sizeof(omadm_notification_fields)`; set by the caller. */
    uint32_t struct_size;
    /** Version of the format times ten: 11 in DM 1.1 and 1.2, 12 in data synchronisation. For encoding 0 stands for 11. */
    uint32_t version;
    /** An `enum omadm_ui_mode`. */
    uint32_t ui_mode;
    /** An `enum omadm_initiator`. */
    uint32_t initiator;
    /** 27 bits that are to be zero and ignored. */
    uint32_t future_use;
    /** The id that the session is to have: 1 to 0xFFFF. 0 is not allowed, but found in data synchronisation. */
    uint32_t session_id;
    /** The server's identifier, which names the account. */
    omadm_str server_id;
    /** What follows, for the vendor to define; in data synchronisation what follows the alerts. */
    omadm_bytes vendor;
} omadm_notification_fields;

/** A synchronisation that the server asks for. */
typedef struct omadm_sync_alert {
    /** `sizeof(omadm_sync_alert)`; set by the caller. */
    uint32_t struct_size;
    /** The code of the alert, 200 to 215. */
    uint32_t code;
    /** The content type by its WSP number; 0 where there is none. */
    uint32_t content_type;
    uint32_t reserved;
    /** The server's database. */
    omadm_str uri;
} omadm_sync_alert;


/**
 * Reads a notification and checks that it is the server's: what begins a session. `OMADM_OK`, and nothing else, says that it is.
 *
 *     omadm_notification_fields claimed = OMADM_NOTIFICATION_FIELDS_INIT;
 *     omadm_notification notification = OMADM_NOTIFICATION_INIT;
 *     omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
 *     if (omadm_notification_decode(data, len, media_type, &claimed, NULL) == OMADM_OK
 *         && find_account(claimed.server_id, &credentials)
 *         && omadm_notification_open(data, len, media_type, &credentials, &notification, NULL) == OMADM_OK)
 *         begin_session(&notification);
 *
 * `media_type` is an `enum omadm_media_type`, as the carrier names it. The digest is compared in constant time, also with the nonce of four zero
 * octets if `credentials->resync` allows that. `OMADM_REFUSED`: not from this server, or not for this account; to be ignored without an answer.
 * Other errors: as `omadm_notification_decode`. On anything but `OMADM_OK` `*notification` is untouched. Nothing is allocated.
 */
omadm_rc omadm_notification_open(const uint8_t *data,
                                 size_t len,
                                 uint32_t media_type,
                                 const struct omadm_server_credentials *credentials,
                                 struct omadm_notification *notification,
                                 omadm_error *error);

/**
 * Reads what a notification claims, without a check of who sent it: to find the account by its `server_id`, or to show it. A session is begun
 * from what `omadm_notification_open` gives, and from nothing else.
 *
 * Tolerant where the field is: any version from 1.0 on, session id 0, an empty server identifier and bits of future use are taken as they are.
 * Errors: `OMADM_E_UNEXPECTED_END`; `OMADM_E_NOTIFICATION_VERSION`; `OMADM_E_NOTIFICATION_SERVER_ID` for one that reaches past the end;
 * `OMADM_E_INVALID_UTF8` in it; `OMADM_E_NOTIFICATION_SYNC` in alerts of data synchronisation; `OMADM_E_NOTIFICATION_LAYOUT` for DM 1.3.
 */
omadm_rc omadm_notification_decode(const uint8_t *data,
                                   size_t len,
                                   uint32_t media_type,
                                   struct omadm_notification_fields *fields,
                                   omadm_error *error);

/**
 * Writes a notification of DM 1.1 or 1.2 with its digest, for servers and tests. Strict where decoding is tolerant: the session id is not 0, the
 * server identifier has 1 to 255 octets, `future_use` at most 27 bits.
 *
 * `room` receives it, `*length` how many octets it has, also with `OMADM_BUFFER_TOO_SMALL`. Errors: `OMADM_E_ARGUMENT` for a number that stands
 * for nothing; `OMADM_E_NOTIFICATION_FIELD` and `OMADM_E_NOTIFICATION_SERVER_ID_LENGTH`, with the offset of the field in the output.
 */
omadm_rc omadm_notification_encode(const struct omadm_notification_fields *fields,
                                   const struct omadm_server_credentials *credentials,
                                   uint8_t *room,
                                   size_t room_len,
                                   size_t *length,
                                   omadm_error *error);

/**
 * The synchronisations that a notification of data synchronisation asks for, from `first` on, as `omadm_message_commands` does commands. It
 * was opened as `OMADM_MEDIA_DATA_SYNC`, and its octets are still there.
 */
omadm_rc omadm_notification_sync_alerts(const struct omadm_notification *notification,
                                        size_t first,
                                        struct omadm_sync_alert *alerts,
                                        size_t element_size,
                                        size_t capacity,
                                        size_t *written,
                                        omadm_error *error);

/**
 * A session id as `SessionID` spells it: upper-case hexadecimal without leading zeros, such as `1A` (OMA DM notification 1.2.1). `room` and
 * `length` as in `omadm_cred_basic`; 5 octets are enough.
 */
omadm_rc omadm_session_id_text(uint32_t session_id,
                               char *room,
                               size_t room_len,
                               size_t *length,
                               omadm_error *error);


#define OMADM_SERVER_CREDENTIALS_INIT { sizeof(omadm_server_credentials), 0, { NULL, 0 }, { NULL, 0 }, NULL, { NULL, 0 } }

#define OMADM_NOTIFICATION_INIT { sizeof(omadm_notification), 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

#define OMADM_NOTIFICATION_FIELDS_INIT { sizeof(omadm_notification_fields), 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 } }

#define OMADM_SYNC_ALERT_INIT { sizeof(omadm_sync_alert), 0, 0, 0, { NULL, 0 } }

/*
 * ---- What notifications and bootstrap documents arrive in: WSP push, and the carriers in text. Reading allocates nothing but for PAP; everything lent
 *      points into the caller's octets.
 */

/** A carrier in text. *Provisional:* the push binding of DM 1.3 is not public. */
enum omadm_unstable_carrier
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** A POST whose body is the notification. */
    OMADM_UNSTABLE_CARRIER_HTTP = 1,
    /** A SIP MESSAGE whose body is the notification (RFC 3428). */
    OMADM_UNSTABLE_CARRIER_SIP = 2,
    /** The POST with which a server asks a push proxy to bring it to devices (WAP-247-PAP). */
    OMADM_UNSTABLE_CARRIER_PAP = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_unstable_carrier omadm_unstable_carrier;
#else
typedef uint32_t omadm_unstable_carrier;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** When something expires. */
enum omadm_expires
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Nobody says that it does. */
    OMADM_EXPIRES_NEVER = 0,
    /** After the second that is given. */
    OMADM_EXPIRES_AT = 1,
    /** It has, whatever the time is: the carrier says so, or what it says cannot be read. */
    OMADM_EXPIRES_PASSED = 2,
    /** It does at some time: the carrier says how long it lives, and nobody says from when. */
    OMADM_EXPIRES_UNKNOWN = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_expires omadm_expires;
#else
typedef uint32_t omadm_expires;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A notification as a carrier brought it: of a type of notifications, for the application that such are for, and not yet read. Nobody has
 * checked who sent it: `omadm_notification_open` does, with `body` and `media_type`.
 */
typedef struct omadm_push_payload {
    /** `sizeof(omadm_push_payload)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_media_type`. */
    uint32_t media_type;
    /** An `enum omadm_expires`: what the carrier says. *Provisional* as the expiry of a notification. */
    uint32_t expiry;
    uint32_t reserved;
    /** Seconds since 1970-01-01 UTC for `OMADM_EXPIRES_AT`; else `OMADM_NONE`. */
    uint64_t expires;
    /** Where `body` begins in the input. */
    uint64_t offset;
    omadm_bytes body;
} omadm_push_payload;

/** All that a carrier says. What a carrier does not have is absent. */
typedef struct omadm_push {
    /** `sizeof(omadm_push)`; set by the caller. */
    uint32_t struct_size;
    /** OMNA's number of the content type, also of a name that has one in this field; else `OMADM_NO_CODE`. */
    uint32_t content_type;
    /** OMNA's number of the application: 7 for device management, 5 for data synchronisation; `OMADM_NO_CODE` where it is given by another name, or not. */
    uint32_t application_id;
    /** As in `omadm_push_payload`. */
    uint32_t expiry;
    uint64_t expires;
    /** WSP behind a header of SMS or CDMA: the port that it is for; else `OMADM_NO_CODE`. */
    uint32_t destination_port;
    /** WSP: how many segments a concatenation header announces. Above 1 this is the first of them: join them before. */
    uint32_t segments;
    /** WSP: any number. */
    uint32_t transaction_id;
    uint32_t reserved;
    /** The content type's name without its parameters, also of a number that has one in this field. */
    omadm_str content_type_name;
    /** The application's URN, also of a number that has one in this field. */
    omadm_str application_urn;
    /** HTTP and PAP: where it is posted to. SIP: whom it is for. */
    omadm_str target;
    /** WSP: all headers after the content type, as they stand. Those in text: `omadm_unstable_push_headers`. */
    omadm_bytes headers;
    omadm_bytes body;
    /** Text: what follows the body; in a stream perhaps another message. */
    omadm_bytes rest;
} omadm_push;

/** A header in text, name and value. */
typedef struct omadm_push_header {
    /** `sizeof(omadm_push_header)`; set by the caller. */
    uint32_t struct_size;
    uint32_t reserved;
    /** Names are the same in any case. */
    omadm_str name;
    /** Without blanks around it. Where it was folded, the line ends are in it. */
    omadm_str value;
} omadm_push_header;


/**
 * Takes a notification out of a WSP push, with or without the header of SMS or CDMA before it: it is for port 2948 if it says one, of a type of
 * notifications, and for the application that such are for (OMA DM notification 1.2.1 §6).
 *
 * Errors: as `omadm_wsp_decode`; `OMADM_E_PUSH_PORT`, `OMADM_E_PUSH_CONTENT_TYPE`, `OMADM_E_PUSH_APPLICATION_ID`;
 * `OMADM_E_PUSH_SEGMENT_MISSING` for the first of several segments.
 */
omadm_rc omadm_wsp_payload(const uint8_t *data,
                           size_t len,
                           struct omadm_push_payload *payload,
                           omadm_error *error);

/**
 * Reads a WSP push of any content, with or without the header of SMS or CDMA before it: bootstrap documents come so, too.
 *
 * Errors: `OMADM_E_UNEXPECTED_END`; `OMADM_E_PUSH_PDU` for what is no push; `OMADM_E_PUSH_HEADERS` for lengths and values that do not fit;
 * `OMADM_E_PUSH_SEGMENT_NUMBER` for a segment other than the first; `OMADM_E_INVALID_UTF8` in a content type or application.
 */
omadm_rc omadm_wsp_decode(const uint8_t *data,
                          size_t len,
                          struct omadm_push *push,
                          omadm_error *error);

/**
 * Takes a notification out of a carrier in text, an `enum omadm_unstable_carrier`, as `omadm_wsp_payload` does out of WSP.
 *
 * `arrival` is when it came, in seconds since 1970-01-01 UTC, from which SIP counts where the message has no date; `OMADM_NONE` without a clock. Of
 * `options`, which may be NULL, the limits matter. Errors: as `omadm_unstable_push_decode`; `OMADM_E_PUSH_CONTENT_TYPE`, `OMADM_E_PUSH_APPLICATION_ID`;
 * `OMADM_E_PUSH_ENCODING` for a body in some encoding.
 */
omadm_rc omadm_unstable_push_payload(uint32_t carrier,
                                     const uint8_t *data,
                                     size_t len,
                                     const omadm_options *options,
                                     uint64_t arrival,
                                     struct omadm_push_payload *payload,
                                     omadm_error *error);

/**
 * The same where somebody has parted headers and body already: an HTTP library, or a device whose push router hands out header lines. Offsets
 * count through both.
 */
omadm_rc omadm_unstable_push_payload_of_parts(const char *headers,
                                              size_t headers_len,
                                              const uint8_t *body,
                                              size_t body_len,
                                              const omadm_options *options,
                                              struct omadm_push_payload *payload,
                                              omadm_error *error);

/**
 * Reads a carrier in text, of any content. `body` is what is pushed, also of PAP. Other parameters as of `omadm_unstable_push_payload`.
 *
 * Errors: `OMADM_E_PUSH_START_LINE`, `OMADM_E_PUSH_HEADER_LINE`, `OMADM_E_PUSH_HEADER_REPEATED`, `OMADM_E_PUSH_BODY_LENGTH`,
 * `OMADM_E_INVALID_CHARACTER`, `OMADM_E_UNEXPECTED_END`, `OMADM_E_LIMIT_HEADERS`, `OMADM_E_LIMIT_HEADER`; of PAP `OMADM_E_PUSH_MULTIPART`, `OMADM_E_PUSH_CONTROL`,
 * `OMADM_E_PUSH_TIME` and those of XML.
 */
omadm_rc omadm_unstable_push_decode(uint32_t carrier,
                                    const uint8_t *data,
                                    size_t len,
                                    const omadm_options *options,
                                    uint64_t arrival,
                                    struct omadm_push *push,
                                    omadm_error *error);

/**
 * The headers of what is pushed, in their order, from `first` on, as `omadm_message_commands` does commands. Parameters and errors as of
 * `omadm_unstable_push_decode`.
 */
omadm_rc omadm_unstable_push_headers(uint32_t carrier,
                                     const uint8_t *data,
                                     size_t len,
                                     const omadm_options *options,
                                     size_t first,
                                     struct omadm_push_header *headers,
                                     size_t element_size,
                                     size_t capacity,
                                     size_t *written,
                                     omadm_error *error);


#define OMADM_PUSH_PAYLOAD_INIT { sizeof(omadm_push_payload), 0, 0, 0, 0, 0, { NULL, 0 } }

#define OMADM_PUSH_INIT { sizeof(omadm_push), 0, 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

#define OMADM_PUSH_HEADER_INIT { sizeof(omadm_push_header), 0, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Carriers, written: for servers and tests.
 */

/**
 * What a push is to say. Begin with `OMADM_PUSH_FIELDS_INIT`; then set `content_type` and `body`, and what the carrier needs. What a carrier
 * has no place for is not looked at.
 */
typedef struct omadm_push_fields {
    /** `sizeof(omadm_push_fields)`; set by `OMADM_PUSH_FIELDS_INIT`. */
    uint32_t struct_size;
    /** What the body is, by OMNA's number, an `enum omadm_media_type` or another; 0 if `content_type_name` says it. */
    uint32_t content_type;
    /**
     * Which application it is for, by OMNA's number. 0: what `application_urn` says, or else data synchronisation for its own type and device
     * management for all others.
     */
    uint32_t application_id;
    /** WSP: any number up to 255. */
    uint32_t transaction_id;
    /** When it expires, in seconds since 1970-01-01 UTC; 0 says nothing. WSP: up to 32 bits. PAP: until when it may be delivered. SIP has `lifetime`. */
    uint64_t expires;
    /** PAP: from when it may be delivered; 0 says nothing. */
    uint64_t deliver_after;
    /** SIP: when it is sent; 0 says nothing. */
    uint64_t date;
    /** SIP: how many seconds after that it expires; 0 says nothing. */
    uint32_t lifetime;
    uint32_t reserved;
    omadm_str content_type_name;
    omadm_str application_urn;
    /** HTTP and PAP: where it is posted to; absent for `/`. SIP: whom it is for. */
    omadm_str target;
    /** HTTP: the device. PAP: the push proxy. Host, and port if it is not 80. */
    omadm_str host;
    /** PAP: the push, by the server's own name of it. */
    omadm_str push_id;
    /** PAP: who asks, and where the outcome is reported to. */
    omadm_str source_reference;
    omadm_str notify_to;
    /** PAP: what separates the parts; absent to have it chosen. */
    omadm_str boundary;
    /** WSP: other headers, as WSP writes them. */
    omadm_bytes wsp_headers;
    omadm_bytes body;
    /** Text: other headers, such as those that SIP itself wants. All have the `struct_size` of the first. */
    const omadm_push_header *headers;
    size_t header_count;
    /** PAP: the devices, at least one. */
    const omadm_str *addresses;
    size_t address_count;
} omadm_push_fields;


/**
 * Writes a WSP push, without a header of SMS or CDMA: `omadm_sms_split` and `omadm_cdma_split` put that before it. `room` and `length` as in
 * `omadm_notification_encode`.
 *
 * Errors: `OMADM_E_ARGUMENT` for a number that does not fit, or a content type both by number and by name, or by neither; `OMADM_E_INVALID_CHARACTER` in a
 * name; `OMADM_E_PUSH_HEADERS` in `wsp_headers`; `OMADM_E_PUSH_HEADER_SIZE` for more than the 48 octets of headers that a notification may have.
 */
omadm_rc omadm_wsp_encode(const struct omadm_push_fields *fields,
                          uint8_t *room,
                          size_t room_len,
                          size_t *length,
                          omadm_error *error);

/**
 * Writes a carrier in text, an `enum omadm_unstable_carrier`. `room` and `length` as in `omadm_notification_encode`.
 *
 * Errors: `OMADM_E_ARGUMENT` as of `omadm_wsp_encode`; `OMADM_E_INVALID_CHARACTER`, `OMADM_E_PUSH_HEADER_LINE`, `OMADM_E_PUSH_HEADER_REPEATED` for what would
 * be read as something else; `OMADM_E_PUSH_CONTENT_TYPE` for a number without a name in this field; `OMADM_E_PUSH_TIME`; of SIP
 * `OMADM_E_PUSH_APPLICATION_ID`; of PAP `OMADM_E_PUSH_BOUNDARY` and `OMADM_E_PUSH_CONTROL`. Offsets are those of the output.
 */
omadm_rc omadm_unstable_push_encode(uint32_t carrier,
                                    const struct omadm_push_fields *fields,
                                    uint8_t *room,
                                    size_t room_len,
                                    size_t *length,
                                    omadm_error *error);


#define OMADM_PUSH_FIELDS_INIT { sizeof(omadm_push_fields), 0, 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, NULL, 0, NULL, 0 }

/*
 * ---- Messages in segments: SMS and CDMA, cut and put together.
 */

/** Octets of the user data of a short message. */
#define OMADM_SMS_SIZE 140

/** The port of connectionless push: where notifications go. */
#define OMADM_PUSH_PORT 2948

/** Puts together the segments of SMS and CDMA messages, in whatever order they come. What it holds is bounded by the limit `segments`. */
typedef struct omadm_sms_joiner omadm_sms_joiner;

/** One segment of a message, in SMS or in CDMA's WDP. */
typedef struct omadm_sms_segment {
    /** `sizeof(omadm_sms_segment)`; set by the caller. */
    uint32_t struct_size;
    /** Bits of `reference`: 8 or 16; 0 where the segment is not said to be one of several, and in CDMA, where the layer below identifies messages. */
    uint32_t reference_bits;
    /** What tells the segments of one message from those of others of the same sender. */
    uint32_t reference;
    /** How many segments the message has: 1 where nothing is said. */
    uint32_t total;
    /** Which one this is: SMS counts from 1, CDMA from 0. */
    uint32_t number;
    /** From where to where; `OMADM_NO_CODE` where nothing is said. */
    uint32_t destination_port;
    uint32_t source_port;
    uint32_t reserved;
    /** What follows the header. */
    omadm_bytes data;
} omadm_sms_segment;

/** A message of which something is missing. */
typedef struct omadm_sms_incomplete {
    /** `sizeof(omadm_sms_incomplete)`; set by the caller. */
    uint32_t struct_size;
    /** How many segments it has, and how many of them have not come. */
    uint32_t total;
    uint32_t missing;
    /** The number of the first of these, from 1. */
    uint32_t first_missing;
    /** The time at which its first segment came, as it was given. */
    uint64_t since;
    /** Who sends it. Valid until the joiner is next used for something else, or freed. */
    omadm_bytes sender;
} omadm_sms_incomplete;


/**
 * Reads the user data of a short message that has a user data header: one whose TP-UDHI is set (3GPP TS 23.040 §9.2.3.24).
 *
 * Errors: `OMADM_E_UNEXPECTED_END`; `OMADM_E_PUSH_SEGMENT_SIZE` for more than 140 octets; `OMADM_E_PUSH_HEADERS` for a header whose lengths do not add up;
 * `OMADM_E_PUSH_SEGMENT_NUMBER` for a number that is 0 or above the total.
 */
omadm_rc omadm_sms_segment_decode(const uint8_t *data,
                                  size_t len,
                                  struct omadm_sms_segment *segment,
                                  omadm_error *error);

/**
 * Reads a segment of CDMA's WDP.
 *
 * Errors: `OMADM_E_UNEXPECTED_END`; `OMADM_E_PUSH_SEGMENT_SIZE` for more than 255 octets; `OMADM_E_PUSH_PDU` for what is no WDP; `OMADM_E_PUSH_SEGMENT_NUMBER`
 * for a number that is not below the total.
 */
omadm_rc omadm_cdma_segment_decode(const uint8_t *data,
                                   size_t len,
                                   struct omadm_sms_segment *segment,
                                   omadm_error *error);

/**
 * Cuts a push into short messages, each with its user data header: one if it fits, and then without concatenation.
 *
 * `segments` has room for `capacity` times `OMADM_SMS_SIZE` octets and receives segment n at n times `OMADM_SMS_SIZE`; `lengths` receives
 * how many octets each has; `*count` how many segments there are, also with `OMADM_BUFFER_TOO_SMALL`. `reference`, of 8 or 16 bits as
 * `reference_bits` says, should differ from those of the last messages to the same device. Notifications go to `OMADM_PUSH_PORT`, in the examples of DM
 * 1.2 from 49154. Errors: `OMADM_E_PUSH_SEGMENT_SIZE` for a push that 255 segments cannot hold.
 */
omadm_rc omadm_sms_split(const uint8_t *push,
                         size_t push_len,
                         uint32_t destination_port,
                         uint32_t source_port,
                         uint32_t reference,
                         uint32_t reference_bits,
                         uint8_t *segments,
                         uint8_t *lengths,
                         size_t capacity,
                         size_t *count,
                         omadm_error *error);

/**
 * Cuts a push into segments of CDMA's WDP, each of at most `most` octets, header included: what the network takes, up to 255.
 *
 * `segments` has room for `capacity` times `most` octets, and so on, as in `omadm_sms_split`. Errors: `OMADM_E_PUSH_SEGMENT_SIZE` for a push
 * that 255 segments cannot hold, and for a `most` that leaves no room or is above 255.
 */
omadm_rc omadm_cdma_split(const uint8_t *push,
                          size_t push_len,
                          uint32_t destination_port,
                          uint32_t source_port,
                          size_t most,
                          uint8_t *segments,
                          uint8_t *lengths,
                          size_t capacity,
                          size_t *count,
                          omadm_error *error);

/**
 * Joins the short messages of one push, in any order, to what it would be in one: the port header and the data. `push` is what
 * `omadm_wsp_payload` takes.
 *
 * Of `options`, which may be NULL, the limits matter. Errors: as `omadm_sms_segment_decode`, with offsets that count through all of them;
 * `OMADM_E_PUSH_SEGMENT_CONFLICT`, `OMADM_E_TRAILING_DATA` for one of another message, `OMADM_E_PUSH_SEGMENT_MISSING`, `OMADM_E_LIMIT_SEGMENTS`.
 */
omadm_rc omadm_sms_join(const omadm_bytes *segments,
                        size_t segment_count,
                        const omadm_options *options,
                        omadm_buffer *push,
                        omadm_error *error);

/**
 * A joiner that holds as many segments as the limits of `options` allow, which may be NULL. To be freed with `omadm_sms_joiner_free`. It has no
 * clock: times are the caller's, in seconds, or always 0.
 */
omadm_rc omadm_sms_joiner_new(const omadm_options *options,
                              struct omadm_sms_joiner **joiner,
                              omadm_error *error);

/** Frees a joiner. NULL is left alone. */
void omadm_sms_joiner_free(struct omadm_sms_joiner *joiner);

/**
 * Takes the user data of a short message that has a user data header: one whose TP-UDHI is set. What comes without such a header is whole, and not
 * for here. `sender` is what the caller knows the sender by, any octets.
 *
 * `OMADM_OK`: `push` receives the message, as if it had come in one: what `omadm_wsp_payload` takes. `OMADM_END`: the segment was taken, and
 * there is no message yet; `push` is untouched. A segment that contradicts what is held begins its message anew; if there is no more room, the message
 * that began first gives way. Errors: as `omadm_sms_segment_decode`, and `OMADM_E_LIMIT_SEGMENTS`; what was held stays as it is.
 */
omadm_rc omadm_sms_joiner_add(struct omadm_sms_joiner *joiner,
                              const uint8_t *sender,
                              size_t sender_len,
                              const uint8_t *data,
                              size_t len,
                              uint64_t now,
                              omadm_buffer *push,
                              omadm_error *error);

/** The same of a segment of CDMA's WDP. `identifier`, up to 0xFFFF, is that of the message in the layer below. */
omadm_rc omadm_sms_joiner_add_cdma(struct omadm_sms_joiner *joiner,
                                   const uint8_t *sender,
                                   size_t sender_len,
                                   uint32_t identifier,
                                   const uint8_t *data,
                                   size_t len,
                                   uint64_t now,
                                   omadm_buffer *push,
                                   omadm_error *error);

/** The messages of which something is missing, in the order in which they began, from `first` on, as `omadm_message_commands` does commands. */
omadm_rc omadm_sms_joiner_incomplete(const struct omadm_sms_joiner *joiner,
                                     size_t first,
                                     struct omadm_sms_incomplete *incomplete,
                                     size_t element_size,
                                     size_t capacity,
                                     size_t *written,
                                     omadm_error *error);

/** How many messages were given up that had not all their segments: to make room, or because a segment contradicted them. */
omadm_rc omadm_sms_joiner_lost(const struct omadm_sms_joiner *joiner,
                               uint64_t *lost,
                               omadm_error *error);

/**
 * Gives up the messages that began before this time: references come again, and what is missing of an old message would be taken from a new one.
 * `*forgotten`, which may be NULL, receives how many they were.
 */
omadm_rc omadm_sms_joiner_forget_before(struct omadm_sms_joiner *joiner,
                                        uint64_t time,
                                        size_t *forgotten,
                                        omadm_error *error);


#define OMADM_SMS_SEGMENT_INIT { sizeof(omadm_sms_segment), 0, 0, 0, 0, 0, 0, 0, { NULL, 0 } }

#define OMADM_SMS_INCOMPLETE_INIT { sizeof(omadm_sms_incomplete), 0, 0, 0, 0, { NULL, 0 } }

/*
 * ---- Session hints, and options of DM 1.3, one by one: *provisional*. Hints are this project's own format (docs/session-hints.md).
 */

/** What a session hint is about. Of other types the octets are given. */
enum omadm_unstable_hint
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Number: when it expires, in seconds since 1970-01-01 UTC. */
    OMADM_UNSTABLE_HINT_EXPIRES = 1,
    /** Text: why the session is wanted, for the user. */
    OMADM_UNSTABLE_HINT_REASON = 2,
    /** Text: the language of that, a tag. */
    OMADM_UNSTABLE_HINT_REASON_LANGUAGE = 3,
    /** Number: 1 HTTP, 2 HTTPS, 3 WSP, 4 OBEX, 5 SIP. The most wanted first, here and below. */
    OMADM_UNSTABLE_HINT_TRANSPORT = 4,
    /** Number: 0 any, 1 cellular, 2 wireless LAN, 3 cable. */
    OMADM_UNSTABLE_HINT_BEARER = 5,
    /**
     * Number: 1 BASIC, 2 DIGEST, 3 HMAC, 4 X509, 5 SECURID, 6 SAFEWORD, 7 DIGIPASS, 8 TRANSPORT, 9 HTTP-BASIC, 10 HTTP-DIGEST. Never a reason
     * for a weaker one than the account demands.
     */
    OMADM_UNSTABLE_HINT_AUTH = 6,
    /** Number: leaves of DevDetail, as bits: 1 DevTyp, 2 OEM, 4 FwV, 8 SwV, 16 HwV, 32 LrgObj, 64 URI, 128 Bearer, 256 Ext, 32768 all. */
    OMADM_UNSTABLE_HINT_DEV_DETAIL = 7,
    /** Text: a path below DevDetail. */
    OMADM_UNSTABLE_HINT_DEV_DETAIL_PATH = 8,
    /** Number: the version of the protocol, major times 256 and minor. */
    OMADM_UNSTABLE_HINT_PROTO = 9,
    /** Number: an object wanted in package #1, by its index: see `omadm_unstable_mo_identifier`. */
    OMADM_UNSTABLE_HINT_WANT_MO = 10,
    /** Text: the same by identifier. */
    OMADM_UNSTABLE_HINT_WANT_MO_ID = 11,
    /** Number: an object that the session is about, by its index. */
    OMADM_UNSTABLE_HINT_ABOUT_MO = 12,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_unstable_hint omadm_unstable_hint;
#else
typedef uint32_t omadm_unstable_hint;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** An option of a DM 1.3 notification. Of other numbers the octets are given. */
enum omadm_unstable_option
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Text: Server-ID. */
    OMADM_UNSTABLE_OPTION_SERVER_ID = 1,
    /** Number: Targeted-MO, an index. */
    OMADM_UNSTABLE_OPTION_TARGETED_MO = 2,
    /** Number: Requested-MO, an index. */
    OMADM_UNSTABLE_OPTION_REQUESTED_MO = 3,
    /** Number: Preferred-Bearer, as `OMADM_UNSTABLE_HINT_BEARER`. */
    OMADM_UNSTABLE_OPTION_PREFERRED_BEARER = 4,
    /** Text: Connect-Reason. */
    OMADM_UNSTABLE_OPTION_CONNECT_REASON = 5,
    /** Text: Vendor-Info. */
    OMADM_UNSTABLE_OPTION_VENDOR_INFO = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_unstable_option omadm_unstable_option;
#else
typedef uint32_t omadm_unstable_option;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** Which member of an `omadm_unstable_value` it is. */
enum omadm_unstable_form
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    OMADM_UNSTABLE_FORM_NUMBER = 1,
    OMADM_UNSTABLE_FORM_TEXT = 2,
    OMADM_UNSTABLE_FORM_OCTETS = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_unstable_form omadm_unstable_form;
#else
typedef uint32_t omadm_unstable_form;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** A session hint or an option. */
typedef struct omadm_unstable_value {
    /** `sizeof(omadm_unstable_value)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_unstable_hint`, or an `enum omadm_unstable_option`, or another number. */
    uint32_t subject;
    /** An `enum omadm_unstable_form`. For encoding it follows from `subject`. */
    uint32_t form;
    uint32_t reserved;
    uint64_t number;
    omadm_str text;
    omadm_bytes octets;
} omadm_unstable_value;


/**
 * Writes session hints for the vendor's octets of a DM 1.2 notification; other octets of the vendor may follow. Values of one type are a list in
 * their order; a reason comes before its language. `room` and `length` as in `omadm_notification_encode`.
 *
 * Errors: `OMADM_E_ARGUMENT` for a number that does not fit; from 721 on.
 */
omadm_rc omadm_unstable_hints_encode(const struct omadm_unstable_value *values,
                                     size_t element_size,
                                     size_t count,
                                     uint8_t *room,
                                     size_t room_len,
                                     size_t *length,
                                     omadm_error *error);

/**
 * Writes session hints as the text for the option Vendor-Info of a DM 1.3 notification; other text of the vendor may follow after a semicolon. As
 * `omadm_unstable_hints_encode`, with a zero octet behind the text; and `OMADM_E_HINT_IS_OPTION` for what DM 1.3 has options for.
 */
omadm_rc omadm_unstable_hints_encode_text(const struct omadm_unstable_value *values,
                                          size_t element_size,
                                          size_t count,
                                          char *room,
                                          size_t room_len,
                                          size_t *length,
                                          omadm_error *error);

/**
 * The identifier of the management object with this index in OMNA's registry, static; `OMADM_NOT_FOUND` for others. That these are the numbers that
 * options of DM 1.3 carry is inferred.
 */
omadm_rc omadm_unstable_mo_identifier(uint32_t index,
                                      omadm_str *identifier,
                                      omadm_error *error);

/** The index of the management object with this identifier in OMNA's registry, the lowest of several; `OMADM_NOT_FOUND` for others. */
omadm_rc omadm_unstable_mo_index(const char *identifier,
                                 size_t identifier_len,
                                 uint32_t *index,
                                 omadm_error *error);


#define OMADM_UNSTABLE_VALUE_INIT { sizeof(omadm_unstable_value), 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Notifications of all formats, with what their servers ask of the session and with their expiry: *provisional*. The bits of DM 1.3 are a
 *      reconstruction: no public OMA text has them.
 */

/** Where the bits of a DM 1.3 notification stand. No public text says it, so the caller has to name a layout. */
enum omadm_unstable_layout
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** None: a notification of DM 1.3 is refused with `OMADM_E_NOTIFICATION_LAYOUT`. */
    OMADM_UNSTABLE_LAYOUT_NONE = 0,
    /** This project's guess. Two parties that both use it understand each other; nobody else is promised anything. */
    OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_unstable_layout omadm_unstable_layout;
#else
typedef uint32_t omadm_unstable_layout;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** Whether a notification has expired. */
enum omadm_unstable_expiry
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** It has not, or never does. */
    OMADM_UNSTABLE_EXPIRY_VALID = 0,
    /** It has: no session, and nothing is shown. */
    OMADM_UNSTABLE_EXPIRY_EXPIRED = 1,
    /** It does at some time, and the client has no clock, or nobody says at which. It counts as valid. */
    OMADM_UNSTABLE_EXPIRY_UNKNOWN = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_unstable_expiry omadm_unstable_expiry;
#else
typedef uint32_t omadm_unstable_expiry;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A notification of any format whose digest is the server's. It does not change: many threads may read one. Everything that functions lend out
 * of it is valid until `omadm_unstable_notification_free`.
 */
typedef struct omadm_unstable_notification omadm_unstable_notification;


/**
 * Reads a notification of any format, as a carrier brought it, and checks that it is the server's. `OMADM_OK`, and nothing else, says that it is.
 *
 * Of `payload`, `body`, `media_type` and the expiry are looked at; a notification without a carrier is put there by hand. Its octets are copied.
 * `layout` is an `enum omadm_unstable_layout`, for DM 1.3. `*notification` is to be freed with `omadm_unstable_notification_free`. `OMADM_REFUSED`: not from
 * this server, or not for this account; to be ignored without an answer. Errors: as `omadm_notification_decode`; of DM 1.3 also 707 to 712.
 */
omadm_rc omadm_unstable_notification_open(const omadm_push_payload *payload,
                                          uint32_t layout,
                                          const omadm_server_credentials *credentials,
                                          struct omadm_unstable_notification **notification,
                                          omadm_error *error);

/** Frees a notification. NULL is left alone. */
void omadm_unstable_notification_free(struct omadm_unstable_notification *notification);

/**
 * Reads what a notification of any format claims, without a check of who sent it, as `omadm_notification_decode` does. Parameters and errors as of
 * `omadm_unstable_notification_open`.
 */
omadm_rc omadm_unstable_notification_decode(const omadm_push_payload *payload,
                                            uint32_t layout,
                                            omadm_notification_fields *fields,
                                            omadm_error *error);

/** The fields of a notification. */
omadm_rc omadm_unstable_notification_summary(const struct omadm_unstable_notification *notification,
                                             omadm_notification *summary,
                                             omadm_error *error);

/**
 * Why the session is wanted, for the user where `prompt` of the summary says so: from session hints, or the option Connect-Reason. `*reason` and
 * `*language`, which may be NULL, are absent where that is not said.
 */
omadm_rc omadm_unstable_notification_reason(const struct omadm_unstable_notification *notification,
                                            omadm_str *reason,
                                            omadm_str *language,
                                            omadm_error *error);

/**
 * When a notification expires: the earlier of what its server and its carrier say. `*kind` receives an `enum omadm_expires`, `*expires` the seconds
 * since 1970-01-01 UTC or `OMADM_NONE`.
 */
omadm_rc omadm_unstable_notification_expires(const struct omadm_unstable_notification *notification,
                                             uint32_t *kind,
                                             uint64_t *expires,
                                             omadm_error *error);

/**
 * Whether a notification has expired, an `enum omadm_unstable_expiry`. `now` is in seconds since 1970-01-01 UTC, `OMADM_NONE` without a clock;
 * `skew` is how many seconds the clock may be wrong.
 */
omadm_rc omadm_unstable_notification_expiry(const struct omadm_unstable_notification *notification,
                                            uint64_t now,
                                            uint64_t skew,
                                            uint32_t *expiry,
                                            omadm_error *error);

/**
 * The session hints of a notification by ascending type, lists element by element, from `first` on, as `omadm_message_commands` does commands. In DM
 * 1.3 what an option says stands in the place of its hint. None where the hints are broken: see `omadm_unstable_notification_check_hints`.
 */
omadm_rc omadm_unstable_notification_hints(const struct omadm_unstable_notification *notification,
                                           size_t first,
                                           omadm_unstable_value *hints,
                                           size_t element_size,
                                           size_t capacity,
                                           size_t *written,
                                           omadm_error *error);

/**
 * What is wrong with the session hints: an error from 721 on, `OMADM_E_INVALID_UTF8` or `OMADM_E_INVALID_BASE64`, with the offset in the
 * notification; the notification is none the worse. `OMADM_OK` if nothing is: `*version` receives the version of their format, of which only 1 is
 * read, and 0 if there are none; `*rest` what the vendor has behind the hints, or instead of them.
 */
omadm_rc omadm_unstable_notification_check_hints(const struct omadm_unstable_notification *notification,
                                                 uint32_t *version,
                                                 omadm_bytes *rest,
                                                 omadm_error *error);

/**
 * The options of a DM 1.3 notification in their order, Server-ID among them; none of other formats. From `first` on, as `omadm_message_commands`
 * does commands.
 */
omadm_rc omadm_unstable_notification_options(const struct omadm_unstable_notification *notification,
                                             size_t first,
                                             omadm_unstable_value *options,
                                             size_t element_size,
                                             size_t capacity,
                                             size_t *written,
                                             omadm_error *error);

/**
 * Writes a notification of DM 1.3. Of `fields`, `version` is 0 for the layout's own, and `server_id` and `vendor` are not looked at: `values` are
 * all options by ascending number, Server-ID among them. `room` and `length` as in `omadm_notification_encode`.
 *
 * Errors: `OMADM_E_ARGUMENT` for a number that does not fit; 704 to 712, with the offset in the output.
 */
omadm_rc omadm_unstable_notification13_encode(uint32_t layout,
                                              const omadm_notification_fields *fields,
                                              const omadm_unstable_value *values,
                                              size_t element_size,
                                              size_t count,
                                              const omadm_server_credentials *credentials,
                                              uint8_t *room,
                                              size_t room_len,
                                              size_t *length,
                                              omadm_error *error);


#ifdef __cplusplus
}
#endif

#endif /* OMADM_H */
