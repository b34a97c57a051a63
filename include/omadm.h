/*
 * omadm.h - OMA Device Management for C and C++
 *
 * Package #0 and what carries it, SyncML messages in XML and WBXML, tree documents (TNDS), the management tree, device descriptions (DDF) and client
 * provisioning (PROV). Link with -lomadm, or ask pkg-config for omadm. docs/c-api.md says at length what this comment says in short.
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
 * something else than it says, or a handle that was freed, is beyond help, though often noticed. Outputs of a call lie apart from each other, from
 * what it reads, and from its error. Callbacks return: they neither throw through the library nor leave it by longjmp. Where no memory is left the
 * process ends.
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

/* Registered types of generic alerts (OMNA): the Type in the Meta of an alert's item. For data of OMADM_ALERT_TYPE_FUMO_... see omadm_fumo_result_name. */
/** A firmware package was downloaded, or was not. */
#define OMADM_ALERT_TYPE_FUMO_DOWNLOAD "org.openmobilealliance.dm.firmwareupdate.download"
/** A firmware update was carried out, or was not. */
#define OMADM_ALERT_TYPE_FUMO_UPDATE "org.openmobilealliance.dm.firmwareupdate.update"
/** Download and update in one. */
#define OMADM_ALERT_TYPE_FUMO_DOWNLOAD_AND_UPDATE "org.openmobilealliance.dm.firmwareupdate.downloadandupdate"
/** The device asks for a firmware update. */
#define OMADM_ALERT_TYPE_FUMO_DEVICE_REQUEST "org.openmobilealliance.dm.firmwareupdate.devicerequest"
/** The user asks for a firmware update. */
#define OMADM_ALERT_TYPE_FUMO_USER_REQUEST "org.openmobilealliance.dm.firmwareupdate.userrequest"
/** Diagnostics: an operation came to its end. */
#define OMADM_ALERT_TYPE_DIAGMON_OPERATION_COMPLETE "urn:oma:at:diagmon:1.0:OperationComplete"
/** Diagnostics: a trap went off. */
#define OMADM_ALERT_TYPE_DIAGMON_TRAP_NOTIFICATION "urn:oma:at:diagmon:1.0:TrapNotification"
/** Diagnostics: a trap's condition is over. */
#define OMADM_ALERT_TYPE_DIAGMON_TRAP_INACTIVE "urn:oma:at:diagmon:1.0:TrapInactiveNotification"
/** Diagnostics: a trap was taken away. */
#define OMADM_ALERT_TYPE_DIAGMON_TRAP_DEREGISTERED "urn:oma:at:diagmon:1.0:TrapDeregistered"
/** Diagnostics: collected data. */
#define OMADM_ALERT_TYPE_DIAGMON_DATA_REPORT "urn:oma:at:diagmon:1.0:CollectedSimpleDataReport"
/** Software components: an operation came to its end. */
#define OMADM_ALERT_TYPE_SCOMO_OPERATION_COMPLETE "urn:oma:at:scomo:1.0:OperationComplete"
/** Software and application control: how an operation went. */
#define OMADM_ALERT_TYPE_SACMO_OPERATION_REPORT "urn:oma:at:sacmo:1.0:OperationReport"
/** Management policies: a report. */
#define OMADM_ALERT_TYPE_POLICY_REPORT "urn:oma:at:oma-mgmtpolicymo:1.0:policyreport"
/** What the names of alerts of the gateway object begin with. */
#define OMADM_ALERT_TYPE_GATEWAY_ROOT "urn:oma:at:oma-gwmo"

#ifdef __cplusplus
extern "C" {
#endif

/* The Arrow C Data Interface, which every header that has it guards in this way. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

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
    /** More than an answer may have (limit: elements, locations, answer_nodes or output). */
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
    /** A segment that contradicts another, or is of another message. */
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
     * The octet of the input at fault, from 0; `OMADM_NONE` if no input is. For a document in a `Data` element: where
     * that element begins in the outermost input.
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
 * `error` is about this call; it must not be `described`.
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
 * ---- Names of numbers: texts that are static and end with a zero octet. A number without a name has the empty text, never NULL.
 */

/** The name of a status code (RepPro 1.2 §10), such as `Not found` for 404. */
const char *omadm_status_name(uint32_t status);

/** The name of an alert code of DM, such as `GENERIC ALERT` for 1226. */
const char *omadm_alert_name(uint32_t alert);

/** What the outcome of a firmware update means, the data of the alerts of FUMO: such as `the user cancelled` for 401. From 200 to 299 are successes. */
const char *omadm_fumo_result_name(uint32_t result);

/** The name of the element for an `enum omadm_command_kind`; `Other` for `OMADM_CMD_OTHER`, whose element is named in `omadm_command`. */
const char *omadm_command_name(uint32_t kind);

/** The name on the wire of an `enum omadm_format`, such as `chr`. */
const char *omadm_format_name(uint32_t format);

/** The `enum omadm_format` with this name, in any case: of the `format` of an item or `omadm_meta`, for a node. `OMADM_NOT_FOUND` if there is none. */
omadm_rc omadm_format_from_name(const char *name,
                                size_t name_len,
                                uint32_t *format,
                                omadm_error *error);

/** What an `enum omadm_kind` is called, such as `tree document`. */
const char *omadm_kind_name(uint32_t kind);

/** What an `enum omadm_code` means, in English: the `message` of an `omadm_error` with it. */
const char *omadm_code_message(uint32_t code);

/**
 * The status with which a client answers a command that ended with an `enum omadm_code`: 200 for `OMADM_OK`, 404 for `OMADM_NOT_FOUND`, 4xx for what is
 * wrong with the command, 500 for everything that has no code of its own.
 */
uint32_t omadm_code_status(uint32_t code);


/*
 * ---- Octets that this library allocates for C.
 */

/**
 * Octets that this library has allocated, and only `omadm_buffer_free` gives back.
 *
 * Begin with `omadm_buffer buffer = OMADM_BUFFER_INIT;`. A function that writes to it gives what it held back, so that one buffer can serve
 * many calls; where the octets lie changes. Read `data` and `len`; write nothing but what `OMADM_BUFFER_INIT` writes. Text in it is UTF-8 and has no zero
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
 * What a document may cost, and what is forgiven. Begin with `omadm_options options = OMADM_OPTIONS_INIT;` and set what is to differ: a
 * limit of 0 is the default one, which NULL in place of options stands for, too. `omadm_options_init` tells the defaults.
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
 * A message. It does not change: many threads may read one. Everything that functions lend out of it is valid until
 * `omadm_message_free`.
 *
 * Readers and feeders lend a message that has the header and, of the commands, only the one that was read last: what is lent out of that
 * is valid until the next one is read.
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

/** Frees a message. Trees that were taken out of it keep what they need. NULL, and the message that a reader or feeder lends, is left alone. */
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


#define OMADM_HEADER_INIT { sizeof(omadm_header), 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

#define OMADM_META_INIT { sizeof(omadm_meta), 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_CRED_INIT { sizeof(omadm_cred), 0, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

/*
 * ---- The commands of a message, with their items and references.
 */

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
    omadm_data data;
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
    omadm_data data;
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
 * Commands of a message in the order of the document, containers before what is in them: as many as there are from `first` on, and
 * as `capacity` has room for. `element_size` is `sizeof(omadm_command)`; `*written` says how many were stored, 0 at the end.
 *
 * For one command at a time, `capacity` is 1.
 */
omadm_rc omadm_message_commands(const omadm_message *message,
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
omadm_rc omadm_message_items(const omadm_message *message,
                             size_t command,
                             size_t first,
                             struct omadm_item *items,
                             size_t element_size,
                             size_t capacity,
                             size_t *written,
                             omadm_error *error);

/** `TargetRef` and `SourceRef` elements of the command with this index, as `omadm_message_items` does items. */
omadm_rc omadm_message_refs(const omadm_message *message,
                            size_t command,
                            size_t first,
                            struct omadm_ref *refs,
                            size_t element_size,
                            size_t capacity,
                            size_t *written,
                            omadm_error *error);

/** The `Meta` of the command with this index, which applies to all its items unless theirs says otherwise. `OMADM_NOT_FOUND` if there is none. */
omadm_rc omadm_message_command_meta(const omadm_message *message,
                                    size_t command,
                                    omadm_meta *meta,
                                    omadm_error *error);

/** An item's own `Meta`. `OMADM_NOT_FOUND` if there is none. */
omadm_rc omadm_message_item_meta(const omadm_message *message,
                                 size_t command,
                                 size_t item,
                                 omadm_meta *meta,
                                 omadm_error *error);

/**
 * The `Meta` in the `Chal` of a `Status`: the scheme wanted is its `media_type`, and there is the `next_nonce`. `OMADM_NOT_FOUND` if the
 * command with this index has none.
 */
omadm_rc omadm_message_chal(const omadm_message *message,
                            size_t command,
                            omadm_meta *meta,
                            omadm_error *error);


#define OMADM_COMMAND_INIT { sizeof(omadm_command), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_ITEM_INIT { sizeof(omadm_item), 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_REF_INIT { sizeof(omadm_ref), 0, { NULL, 0 } }

/*
 * ---- What is in the data of a message's items, and what a message has that is not SyncML's.
 */

/** Where elements stand that are not SyncML's. */
enum omadm_place
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** In `SyncML` itself, beside header and body. */
    OMADM_IN_MESSAGE = 1,
    /** In `SyncHdr`, its `Target` and `Source`. */
    OMADM_IN_HEADER = 2,
    /** In `SyncBody`, between commands. */
    OMADM_IN_BODY = 3,
    /** In a command. */
    OMADM_IN_COMMAND = 4,
    /** In an item, its `Target` and `Source`. */
    OMADM_IN_ITEM = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_place omadm_place;
#else
typedef uint32_t omadm_place;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** An element that is not SyncML's. */
typedef struct omadm_extra {
    /** `sizeof(omadm_extra)`; set by the caller. */
    uint32_t struct_size;
    uint32_t reserved;
    /** Where it begins in the input. */
    uint64_t offset;
    /** Its name, without a prefix. */
    omadm_str name;
    /** The whole element, as `omadm_message_command_source` has it. */
    omadm_bytes source;
} omadm_extra;


/**
 * The octets of the value that an item's `Data` stands for: base64 is decoded, of `Format` `b64` in both encodings and of `bin` as text of an
 * XML message; all else is as it travelled, and so is a chunk of a large object.
 *
 * A node whose own format is `b64` has the text itself as its value: that is the item's `data`. `OMADM_NOT_FOUND` without command, item or
 * `Data`; `OMADM_E_INVALID_BASE64`, and `OMADM_E_UNEXPECTED_MARKUP` for elements, at the `Data`.
 */
omadm_rc omadm_message_item_octets(const omadm_message *message,
                                   size_t command,
                                   size_t item,
                                   omadm_buffer *octets,
                                   omadm_error *error);

/**
 * Checks that an item's data is as long as its `Size` says: octets as they travelled, base64 as base64. Messages in which it is not are decoded all the
 * same, as that is common. Chunks of a large object are the joiner's to check, and elements have no size: both are right here, as is data without a `Size`.
 *
 * `OMADM_E_SIZE_MISMATCH` at the `Data`, or at the item where it has none; `OMADM_NOT_FOUND` without command or item.
 */
omadm_rc omadm_message_item_check_size(const omadm_message *message,
                                       size_t command,
                                       size_t item,
                                       omadm_error *error);

/**
 * The octets that base64 text stands for. Blanks and missing padding are accepted. `OMADM_E_INVALID_BASE64` at 0;
 * `OMADM_E_INPUT_TOO_LARGE` above 4 GiB.
 */
omadm_rc omadm_octets_from_base64(const uint8_t *data, size_t len, omadm_buffer *octets, omadm_error *error);

/**
 * The whole element of a command that DM does not use (`OMADM_CMD_OTHER`), as it stands in the message: XML text, or WBXML tokens that need
 * the message's code pages and string table. Valid as long as what the message lends. `OMADM_NOT_FOUND` for other commands.
 */
omadm_rc omadm_message_command_source(const omadm_message *message,
                                      size_t command,
                                      omadm_bytes *source,
                                      omadm_error *error);

/**
 * The whole `Data` element of an item whose data is elements (`OMADM_DATA_MARKUP`), as `omadm_message_command_source` has commands. For a tree
 * there is `omadm_tree_of_item`. `OMADM_NOT_FOUND` for other data.
 */
omadm_rc omadm_message_item_source(const omadm_message *message,
                                   size_t command,
                                   size_t item,
                                   omadm_bytes *source,
                                   omadm_error *error);

/**
 * The elements that are not SyncML's at a place, an `enum omadm_place`, as `omadm_message_items` does items. `command` and `item` say which one for
 * those that are in one; else they are 0.
 */
omadm_rc omadm_message_extras(const omadm_message *message,
                              uint32_t place,
                              size_t command,
                              size_t item,
                              size_t first,
                              struct omadm_extra *extras,
                              size_t element_size,
                              size_t capacity,
                              size_t *written,
                              omadm_error *error);


#define OMADM_EXTRA_INIT { sizeof(omadm_extra), 0, 0, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Alerts of a message, understood: what a client tells of its own accord, and what is shown to the user or asked.
 */

/** There is a default response: `omadm_message_ui_default`; for 1101, `OMADM_UI_DEFAULT_YES`. */
#define OMADM_UI_DEFAULT 1

/** The default response of 1101 is yes. */
#define OMADM_UI_DEFAULT_YES 2

/** What is entered is hidden: a password. */
#define OMADM_UI_PASSWORD 4

/** How `DR` of Alert 1104 lists several choices. */
enum omadm_choice_syntax
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** As specified: numbers joined by `-`, so that `1-3` is two choices. */
    OMADM_CHOICES_STANDARD = 0,
    /** As some clients read it: numbers and ranges joined by `,`, so that `1-3,5` is four choices. */
    OMADM_CHOICES_RANGES = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_choice_syntax omadm_choice_syntax;
#else
typedef uint32_t omadm_choice_syntax;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** What the user may enter. */
enum omadm_input_type
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Anything. */
    OMADM_INPUT_ALPHANUMERIC = 0,
    /** Digits, a decimal point, a sign. */
    OMADM_INPUT_NUMERIC = 1,
    /** A date, answered as `DDMMYYYY`. */
    OMADM_INPUT_DATE = 2,
    /** A time, answered as `hhmmss`. */
    OMADM_INPUT_TIME = 3,
    /** A telephone number: digits, `+` in front, `p`, `w`, `s`. */
    OMADM_INPUT_PHONE = 4,
    /** An IPv4 address, answered with dots. */
    OMADM_INPUT_IP_ADDRESS = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_input_type omadm_input_type;
#else
typedef uint32_t omadm_input_type;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** One event of a generic alert (1226) or client event (1224): an item of it. */
typedef struct omadm_alert_event {
    /** `sizeof(omadm_alert_event)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_format`: `OMADM_FORMAT_CHR` when it is absent, 0 when it is none of them. */
    uint32_t format;
    /** From 7 for `fatal` down to 1 for `indeterminate`; 0 for a mark that is not an alert's. */
    uint32_t importance;
    uint32_t reserved;
    /** The registered name, without a prefix that some senders write before it. A type that is not known is answered with 415. */
    omadm_str alert_type;
    /** `Source/LocURI`: the management object that it is about. */
    omadm_str source;
    /** `Mark`: `informational` when it is absent. */
    omadm_str mark;
    omadm_data data;
} omadm_alert_event;

/**
 * A user-interaction alert: something to be shown to the user, or asked. Options that are unknown, do not apply or have no usable value are passed
 * over, as the specification asks for.
 */
typedef struct omadm_ui_alert {
    /** `sizeof(omadm_ui_alert)`; set by the caller. */
    uint32_t struct_size;
    /** 1100 to be shown, 1101 yes or no, 1102 a text, 1103 one of several choices, 1104 any of them. */
    uint32_t code;
    /** `OMADM_UI_*`. */
    uint32_t flags;
    /** The least time to show it, in seconds; 0 if not said. */
    uint32_t min_display;
    /** The longest time to wait for the user, in seconds; then the answer is 408, perhaps with the default response. 0 if not said. */
    uint32_t max_display;
    /** How many characters the user may enter; 0 if not said. */
    uint32_t max_len;
    /** An `enum omadm_input_type`. */
    uint32_t input_type;
    uint32_t choice_count;
    /** The text to be shown, or the title of the choices. */
    omadm_str text;
    /** The options as they were sent. */
    omadm_str option_text;
} omadm_ui_alert;


/**
 * The events of a generic alert (1226) or client event (1224), as `omadm_message_items` does items. `OMADM_NOT_FOUND` if the command with this
 * index is none.
 */
omadm_rc omadm_message_alert_events(const omadm_message *message,
                                    size_t command,
                                    size_t first,
                                    struct omadm_alert_event *events,
                                    size_t element_size,
                                    size_t capacity,
                                    size_t *written,
                                    omadm_error *error);

/**
 * Checks that a generic alert or client event has everything that the specification requires: an item, and in each a type, a format and
 * data. What is not complete is to be answered with 412.
 *
 * `OMADM_E_ALERT_ITEMS` at the command, `OMADM_E_MISSING` at the item; `OMADM_NOT_FOUND` if the command with this index is no such alert.
 */
omadm_rc omadm_message_alert_check(const omadm_message *message,
                                   size_t command,
                                   omadm_error *error);

/**
 * The user-interaction alert that the command with this index is. `syntax` is an `enum omadm_choice_syntax`.
 *
 * `OMADM_NOT_FOUND` if it is none; `OMADM_E_ALERT_ITEMS` when options, text or choices are missing, to be answered with 412;
 * `OMADM_E_UNEXPECTED_MARKUP` and `OMADM_E_INVALID_UTF8` for an item that is no text.
 */
omadm_rc omadm_message_ui_alert(const omadm_message *message,
                                size_t command,
                                uint32_t syntax,
                                struct omadm_ui_alert *alert,
                                omadm_error *error);

/**
 * The choices of a user-interaction alert, numbered from 1 in this order: from `first`, which counts from 0, as many as `capacity` has room for.
 * `*written` says how many were stored. Errors: as those of `omadm_message_ui_alert`.
 */
omadm_rc omadm_message_ui_choices(const omadm_message *message,
                                  size_t command,
                                  size_t first,
                                  omadm_str *choices,
                                  size_t capacity,
                                  size_t *written,
                                  omadm_error *error);

/**
 * The default response of a user-interaction alert: of 1102 the text, unescaped, in `entered`; of 1103 and 1104 the numbers of choices, from 1, in
 * `numbers`: `*found` says how many there are, of which as many are stored as `capacity` has room for.
 *
 * `OMADM_NOT_FOUND` if it has none, or is no such alert. Other errors: as those of `omadm_message_ui_alert`.
 */
omadm_rc omadm_message_ui_default(const omadm_message *message,
                                  size_t command,
                                  uint32_t syntax,
                                  omadm_buffer *entered,
                                  uint32_t *numbers,
                                  size_t capacity,
                                  size_t *found,
                                  omadm_error *error);


#define OMADM_ALERT_EVENT_INIT { sizeof(omadm_alert_event), 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_UI_ALERT_INIT { sizeof(omadm_ui_alert), 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Packages of several messages: whether a message is the one that is due.
 */

/** What a message did to its package. */
enum omadm_package_step
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** More messages follow: the peer is asked for them with Alert 1222, unless there is something else to send. */
    OMADM_PACKAGE_MORE = 1,
    /** The package is complete. */
    OMADM_PACKAGE_COMPLETE = 2,
    /** The message before, once more, as transports send it when they have lost the answer: it is not to be done again. */
    OMADM_PACKAGE_REPEATED = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_package_step omadm_package_step;
#else
typedef uint32_t omadm_package_step;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** The order of the messages of one package, up to the one with `Final`. The messages are not kept. */
typedef struct omadm_package omadm_package;


/**
 * Makes a package whose first message has this `MsgID`: 1 in a session's first package, then the number after that of the peer's last message.
 * `*package` is to be freed with `omadm_package_free`.
 */
omadm_rc omadm_package_new(uint32_t first_msg_id,
                           struct omadm_package **package,
                           omadm_error *error);

/** Frees a package. NULL is left alone. */
void omadm_package_free(struct omadm_package *package);

/**
 * Takes the next message: `*step` becomes an `enum omadm_package_step`. It is not kept.
 *
 * `OMADM_E_MESSAGE_ORDER` for another `MsgID` than the one that is due, and for a message after the last one; `OMADM_E_MESSAGE_SESSION` for a
 * message of another session; `OMADM_E_INVALID_NUMBER` for a `MsgID` that is no number; then the package is as before. `OMADM_E_ARGUMENT` for the message
 * that a reader or feeder lends, which is not read to its end.
 */
omadm_rc omadm_package_push(struct omadm_package *package,
                            const omadm_message *message,
                            uint32_t *step,
                            omadm_error *error);

/**
 * The `MsgID` that is due, which is that of the next package's first message once this one is complete, and whether it is. Outputs that are NULL are left
 * out.
 */
omadm_rc omadm_package_summary(const struct omadm_package *package,
                               uint32_t *next_msg_id,
                               uint32_t *is_complete,
                               omadm_error *error);

/**
 * Whether a message asks for the next one of the package, by Alert 1222; and whether it is nothing but the answer to a message without `Final`:
 * statuses, Alert 1222, and no `Final` itself. Outputs that are NULL are left out. `OMADM_E_ARGUMENT` as in `omadm_package_push`.
 */
omadm_rc omadm_message_asks_for_next(const omadm_message *message,
                                     uint32_t *asks,
                                     uint32_t *is_all,
                                     omadm_error *error);


/*
 * ---- A SyncML message command by command: read without keeping it, or fed in chunks as they come.
 */

/**
 * Takes a message in chunks of any size, as a network brings them, and gives its commands as they come. What it holds is bounded by `limit_buffer`,
 * and looked through again when it has grown by half and 64 octets: a command can be given out that much later than its last octet came, and the last
 * ones after `omadm_feeder_finish` only.
 */
typedef struct omadm_feeder omadm_feeder;

/**
 * Reads a message without keeping it: its header, then one command after the other, each in the place of the last. Nothing is
 * allocated per command, once the largest has been seen, but for elements with attributes and for what is kept as it stands: inline trees,
 * unknown elements, commands outside DM.
 */
typedef struct omadm_reader omadm_reader;


/**
 * Opens a message, XML or WBXML, from octets that are copied, and reads its header. See `omadm_reader_open_input` for others.
 *
 * `options` may be NULL. `*reader` is to be freed with `omadm_reader_free`. Errors: 1xx to 5xx, as far as the header goes.
 */
omadm_rc omadm_reader_open(const uint8_t *data,
                           size_t len,
                           const omadm_options *options,
                           struct omadm_reader **reader,
                           omadm_error *error);

/** As `omadm_reader_open`, of octets that are copied, borrowed or adopted. */
omadm_rc omadm_reader_open_input(const omadm_input *input,
                                 const omadm_options *options,
                                 struct omadm_reader **reader,
                                 omadm_error *error);

/** Frees a reader and the message that it lends. NULL is left alone. */
void omadm_reader_free(struct omadm_reader *reader);

/**
 * The message that a reader is in the middle of, for every function that takes a message: its header from the beginning, and of its
 * commands the one that was read last, with index 0, and those inside it from index 1 on. Before the first command, after the last
 * and after an error it has none; whether it has `Final` is known after the last.
 *
 * `*message` is the same handle each time; it belongs to the reader, is used in its thread only, and is freed with it. What functions lend
 * out of it is valid until the next `omadm_reader_next`.
 */
omadm_rc omadm_reader_message(const struct omadm_reader *reader,
                              const omadm_message **message,
                              omadm_error *error);

/**
 * Reads the next command of `SyncBody`, with the commands inside it. Its items, and all else that belongs to it, are read out of
 * `omadm_reader_message`, where its index is 0.
 *
 * `OMADM_END` after the last, when the rest of the message has been read, too. Errors: as those of `omadm_message_decode`; after one, the
 * same again.
 */
omadm_rc omadm_reader_next(struct omadm_reader *reader,
                           omadm_command *command,
                           omadm_error *error);

/** Makes a feeder for one message, to be freed with `omadm_feeder_free`. `options` may be NULL. */
omadm_rc omadm_feeder_new(const omadm_options *options, struct omadm_feeder **feeder, omadm_error *error);

/** Frees a feeder and the message that it lends. NULL is left alone. */
void omadm_feeder_free(struct omadm_feeder *feeder);

/**
 * Adds a chunk, which is copied. What was lent stays valid.
 *
 * `OMADM_E_LIMIT_BUFFER` when more would be held than may be: take out commands after each chunk. After an error, the same again.
 * `OMADM_E_TRAILING_DATA` after `omadm_feeder_finish`: the chunk is not taken, and what came before can still be read.
 */
omadm_rc omadm_feeder_feed(struct omadm_feeder *feeder,
                           const uint8_t *data,
                           size_t len,
                           omadm_error *error);

/** Says that there are no more chunks. What is not complete now is an error of the next call that reads. */
omadm_rc omadm_feeder_finish(struct omadm_feeder *feeder, omadm_error *error);

/**
 * The message that is being fed, as `omadm_reader_message` has it: its header, and the command that `omadm_feeder_next` gave last, with index
 * 0. Whether it has `Final` is told by `omadm_feeder_is_final`.
 *
 * `OMADM_NOT_FOUND` as long as the header is not complete: feed more. Errors: as those of `omadm_reader_open`.
 */
omadm_rc omadm_feeder_message(struct omadm_feeder *feeder,
                              const omadm_message **message,
                              omadm_error *error);

/**
 * The next command, if it is there with all that is in it. Its items, and all else that belongs to it, are read out of
 * `omadm_feeder_message`, where its index is 0; what is lent out of that is valid until the next call of this function.
 *
 * `OMADM_NOT_FOUND` if it is not there yet, or not looked for (see `omadm_feeder`): feed more, or say that there is no more by `omadm_feeder_finish`. `OMADM_END` when the message has
 * been read to its end, which is known after `omadm_feeder_finish` only. Errors: as those of `omadm_message_decode`; after one, the same again.
 */
omadm_rc omadm_feeder_next(struct omadm_feeder *feeder,
                           omadm_command *command,
                           omadm_error *error);

/** Whether `Final` has been read: 1 or 0. It is the last thing in a message. */
omadm_rc omadm_feeder_is_final(const struct omadm_feeder *feeder, uint32_t *is_final, omadm_error *error);


/*
 * ---- A SyncML message written again.
 */

/**
 * Writes a message, with elements in the order of the DTD and nothing that is not needed. `encoding` is an `enum omadm_encoding`.
 *
 * In the encoding that the message came in, data and `Meta` stay as they are; for the other one, octets become base64 in XML, and base64 of
 * `Format` `bin` becomes octets in WBXML; a tree inside becomes a document of the same encoding; `Format`, `Type` and `Size` say what is
 * really there. Attributes of SyncML's own elements, and where unknown elements stood among others, are not kept: `omadm_convert` keeps them.
 *
 * `options` may be NULL; `limit_output` bounds what is written. Errors: `OMADM_E_INVALID_CHARACTER`, `OMADM_E_INVALID_UTF8`,
 * `OMADM_E_INVALID_BASE64`, `OMADM_E_CHUNK_OF_OCTETS` and `OMADM_E_CHUNK_OF_BIN` for what the encoding cannot carry, `OMADM_E_LIMIT_OUTPUT`, and what
 * is wrong with a document inside. The offset is that of the command, item or data in the input of the message. `OMADM_E_ARGUMENT` for a message
 * that a reader or feeder lends, which is only a part of one.
 */
omadm_rc omadm_message_encode(const omadm_message *message,
                              uint32_t encoding,
                              const omadm_options *options,
                              omadm_buffer *encoded,
                              omadm_error *error);

/**
 * As `omadm_message_encode`, into memory of the caller's. `*length` is the length of the encoded message. If that is more than `room_len` it
 * returns `OMADM_BUFFER_TOO_SMALL`, with only `*length` written; so 0 octets at NULL ask for the length, at the price of encoding.
 */
omadm_rc omadm_message_encode_to(const omadm_message *message,
                                 uint32_t encoding,
                                 const omadm_options *options,
                                 uint8_t *room,
                                 size_t room_len,
                                 size_t *length,
                                 omadm_error *error);

/** How long the encoded message would be, in octets: what `MaxMsgSize` counts. Errors: as those of `omadm_message_encode`, within the default limits. */
omadm_rc omadm_message_encoded_len(const omadm_message *message,
                                   uint32_t encoding,
                                   size_t *length,
                                   omadm_error *error);

/**
 * The same message as any encoding would carry it, for comparing: octets as base64, trees in one form, with the `Format` and `Type` that go
 * with that. `*normal` is a message of its own, to be freed with `omadm_message_free`. Errors: as those of `omadm_message_encode`.
 */
omadm_rc omadm_message_normalise(const omadm_message *message,
                                 omadm_message **normal,
                                 omadm_error *error);

/**
 * Whether two messages say the same: `*is_equal` is 1 or 0. How they were written does not count: encoding, order of children, text or CDATA
 * or an opaque block of the same octets. Octets and their base64 are not the same: `omadm_message_normalise` makes them so.
 */
omadm_rc omadm_message_equal(const omadm_message *message,
                             const omadm_message *other,
                             uint32_t *is_equal,
                             omadm_error *error);


/*
 * ---- Commands to be sent: what a builder is handed.
 */

/** There is a `Size`. */
#define OMADM_NEW_SIZE 1

/** There is a `MaxMsgSize`. */
#define OMADM_NEW_MAX_MSG_SIZE 2

/** There is a `MaxObjSize`. */
#define OMADM_NEW_MAX_OBJ_SIZE 4

/** `Meta` to send. Begin with `omadm_new_meta meta = OMADM_NEW_META_INIT;`, which is empty. */
typedef struct omadm_new_meta {
    /** `sizeof(omadm_new_meta)`; set by `OMADM_NEW_META_INIT`. */
    uint32_t struct_size;
    /** `OMADM_NEW_*`: which of the numbers there are. */
    uint32_t flags;
    uint64_t size;
    uint64_t max_msg_size;
    uint64_t max_obj_size;
    omadm_str format;
    omadm_str media_type;
    omadm_str mark;
    omadm_str version;
    /** Base64 text, or octets, which become that. */
    omadm_data next_nonce;
} omadm_new_meta;

/** `Cred` to send. Begin with `omadm_new_cred cred = OMADM_NEW_CRED_INIT;`. */
typedef struct omadm_new_cred {
    /** `sizeof(omadm_new_cred)`; set by `OMADM_NEW_CRED_INIT`. */
    uint32_t struct_size;
    uint32_t reserved;
    /** `Type`: the scheme, such as `syncml:auth-md5`. */
    omadm_str scheme;
    /** `Format`, such as `b64`. */
    omadm_str format;
    omadm_data data;
} omadm_new_cred;

/** `Item` to send. Begin with `omadm_new_item item = OMADM_NEW_ITEM_INIT;`, which is empty. */
typedef struct omadm_new_item {
    /** `sizeof(omadm_new_item)`; set by `OMADM_NEW_ITEM_INIT`. */
    uint32_t struct_size;
    /** `OMADM_ITEM_MORE_DATA` */
    uint32_t flags;
    /** `Target/LocURI`: the node that it is about. */
    omadm_str target;
    omadm_str target_name;
    /** `Source/LocURI`: the node that it comes from, in `Results` and in a client's `Replace`. */
    omadm_str source;
    omadm_str source_name;
    /** `Meta/Format` and `Meta/Type`; absent if there is a `meta`, which has them itself. */
    omadm_str format;
    omadm_str media_type;
    /** `Meta`, or NULL. */
    const struct omadm_new_meta *meta;
    /** `Data` as text, CDATA or octets; its offset does not matter. `OMADM_E_ARGUMENT` for bytes with the form `OMADM_DATA_ABSENT`. */
    omadm_data data;
} omadm_new_item;

/** A command to send. Begin with `omadm_new_command command = OMADM_NEW_COMMAND_INIT;`, and set its kind. */
typedef struct omadm_new_command {
    /** `sizeof(omadm_new_command)`; set by `OMADM_NEW_COMMAND_INIT`. */
    uint32_t struct_size;
    /** An `enum omadm_command_kind`: not `OMADM_CMD_OTHER`, and not `Atomic` or `Sequence`, for which there is `omadm_builder_begin`. */
    uint32_t kind;
    /** `Data` of a `Status` or `Alert`: its code; 0 if it is in `data`, or there is none. */
    uint32_t code;
    uint32_t reserved;
    omadm_str msg_ref;
    omadm_str cmd_ref;
    omadm_str cmd;
    omadm_str correlator;
    /** `Meta` of the command, or NULL. */
    const struct omadm_new_meta *meta;
    /** `Meta` in the `Chal` of a `Status`, or NULL. */
    const struct omadm_new_meta *chal;
    omadm_data data;
    /** `item_count` items of `item_size` octets, which is `sizeof(omadm_new_item)`. */
    const struct omadm_new_item *items;
    size_t item_size;
    size_t item_count;
    /** `ref_count` `TargetRef` and `SourceRef` elements of `ref_size` octets, which is `sizeof(omadm_ref)`. */
    const omadm_ref *refs;
    size_t ref_size;
    size_t ref_count;
} omadm_new_command;


#define OMADM_NEW_META_INIT { sizeof(omadm_new_meta), 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_NEW_CRED_INIT { sizeof(omadm_new_cred), 0, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_NEW_ITEM_INIT { sizeof(omadm_new_item), 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, NULL, { 0, 0, 0, { NULL, 0 } } }

#define OMADM_NEW_COMMAND_INIT { sizeof(omadm_new_command), 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, NULL, NULL, { 0, 0, 0, { NULL, 0 } }, NULL, 0, 0, NULL, 0, 0 }

/*
 * ---- A SyncML message put together.
 */

/** Puts a message together and numbers its commands from 1. When it is finished, only the message can be had of it. */
typedef struct omadm_builder omadm_builder;


/**
 * Makes a builder for a message of DM 1.2 with `Final`, to be freed with `omadm_builder_free`. `target` is the recipient, `source` the sender. The
 * lengths may be `OMADM_NUL`; none of the texts may be NULL, here and in the functions that change the header.
 */
omadm_rc omadm_builder_new(const char *session_id,
                           size_t session_id_len,
                           const char *msg_id,
                           size_t msg_id_len,
                           const char *target,
                           size_t target_len,
                           const char *source,
                           size_t source_len,
                           struct omadm_builder **builder,
                           omadm_error *error);

/** Frees a builder. Messages that came out of it stay. NULL is left alone. */
void omadm_builder_free(struct omadm_builder *builder);

/** Other versions than `1.2` and `DM/1.2`. As all functions that add to a message, it returns `OMADM_E_STATE` when the message is finished. */
omadm_rc omadm_builder_versions(struct omadm_builder *builder,
                                const char *ver_dtd,
                                size_t ver_dtd_len,
                                const char *ver_proto,
                                size_t ver_proto_len,
                                omadm_error *error);

/** `Source/LocName`: the user name of MD5 and MAC credentials. */
omadm_rc omadm_builder_source_name(struct omadm_builder *builder,
                                   const char *name,
                                   size_t name_len,
                                   omadm_error *error);

/** `RespURI`: where further responses go. */
omadm_rc omadm_builder_resp_uri(struct omadm_builder *builder, const char *uri, size_t uri_len, omadm_error *error);

/** `Cred`: credentials. */
omadm_rc omadm_builder_cred(struct omadm_builder *builder, const omadm_new_cred *cred, omadm_error *error);

/** `Meta` of the header: `MaxMsgSize` and `MaxObjSize`, what the sender takes. */
omadm_rc omadm_builder_meta(struct omadm_builder *builder, const omadm_new_meta *meta, omadm_error *error);

/** Leaves out `Final`: more messages of this package follow. */
omadm_rc omadm_builder_not_final(struct omadm_builder *builder, omadm_error *error);

/**
 * Adds a command. `*cmd_id` is the number that it was given as its `CmdID`; `cmd_id` may be NULL.
 *
 * What the structures point to is copied. `OMADM_E_UNEXPECTED_ELEMENT` for a kind that cannot be added this way.
 */
omadm_rc omadm_builder_command(struct omadm_builder *builder,
                               const omadm_new_command *command,
                               uint32_t *cmd_id,
                               omadm_error *error);

/**
 * Adds a `Status`: the outcome `code` for command `cmd_ref`, named `cmd`, of message `msg_ref`; `0` and `SyncHdr` for its header. With a `Chal`,
 * items or references it is made by `omadm_builder_command`. The lengths may be `OMADM_NUL`, `cmd_id` may be NULL.
 */
omadm_rc omadm_builder_status(struct omadm_builder *builder,
                              const char *msg_ref,
                              size_t msg_ref_len,
                              const char *cmd_ref,
                              size_t cmd_ref_len,
                              const char *cmd,
                              size_t cmd_len,
                              uint32_t code,
                              uint32_t *cmd_id,
                              omadm_error *error);

/**
 * Adds `Results` of command `cmd_ref` of message `msg_ref`: `count` items of `element_size` octets, which is `sizeof(omadm_new_item)`. The other
 * lengths may be `OMADM_NUL`, `cmd_id` may be NULL.
 */
omadm_rc omadm_builder_results(struct omadm_builder *builder,
                               const char *msg_ref,
                               size_t msg_ref_len,
                               const char *cmd_ref,
                               size_t cmd_ref_len,
                               const omadm_new_item *items,
                               size_t element_size,
                               size_t count,
                               uint32_t *cmd_id,
                               omadm_error *error);

/**
 * Begins an `Atomic` or `Sequence`: the commands that follow are inside, until `omadm_builder_end`. `*cmd_id` is its `CmdID`; `cmd_id` may be NULL.
 *
 * `kind` is an `enum omadm_command_kind`; `OMADM_E_UNEXPECTED_ELEMENT` for any other kind than these.
 */
omadm_rc omadm_builder_begin(struct omadm_builder *builder,
                             uint32_t kind,
                             uint32_t *cmd_id,
                             omadm_error *error);

/** Ends the innermost `Atomic` or `Sequence`. `OMADM_E_STATE` if none is open. */
omadm_rc omadm_builder_end(struct omadm_builder *builder, omadm_error *error);

/**
 * The size that the message would have if it were finished now, in octets, for `MaxMsgSize`. Open containers count as ended.
 *
 * To ask after each command costs no more than to encode the message once, as long as the header stays the same. Errors: as those of
 * `omadm_message_encode`.
 */
omadm_rc omadm_builder_encoded_len(struct omadm_builder *builder,
                                   uint32_t encoding,
                                   size_t *length,
                                   omadm_error *error);

/**
 * Finishes the message, unless it is, and encodes it. It can be asked for again, in the other encoding, too.
 *
 * `OMADM_E_STATE` as long as an `Atomic` or `Sequence` is open; then the message is not finished. Errors: as those of `omadm_message_encode`; then it
 * is.
 */
omadm_rc omadm_builder_finish(struct omadm_builder *builder,
                              uint32_t encoding,
                              omadm_buffer *encoded,
                              omadm_error *error);

/**
 * Finishes the message, unless it is, and gives it to be read. `*message` is to be freed with `omadm_message_free`, before or after the builder.
 *
 * `OMADM_E_STATE` as long as an `Atomic` or `Sequence` is open; then the message is not finished.
 */
omadm_rc omadm_builder_message(struct omadm_builder *builder,
                               omadm_message **message,
                               omadm_error *error);


/*
 * ---- Alerts for the user, put into a message, and what the user answers: written by clients, read by servers.
 */

/** The outcome of a user-interaction alert. */
enum omadm_ui_outcome
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** 1100 was shown. */
    OMADM_UI_SHOWN = 1,
    /** The user answered. */
    OMADM_UI_ANSWERED = 2,
    /** The user cancelled: status 214. */
    OMADM_UI_CANCELLED = 3,
    /** Nobody answered in time: status 408, perhaps with the default response. */
    OMADM_UI_TIMED_OUT = 4,
    /** It could not be shown or answered: 406 not supported, 412 parts are missing, 416 it does not fit the screen, or any other status. */
    OMADM_UI_FAILED = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_ui_outcome omadm_ui_outcome;
#else
typedef uint32_t omadm_ui_outcome;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** What a user answers. */
enum omadm_ui_response
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    OMADM_UI_RESPONSE_NONE = 0,
    /** No, to 1101: status 304. */
    OMADM_UI_RESPONSE_NO = 1,
    /** Yes, to 1101. */
    OMADM_UI_RESPONSE_YES = 2,
    /** A text, to 1102. */
    OMADM_UI_RESPONSE_TEXT = 3,
    /** Numbers of choices, from 1, to 1103 and 1104. */
    OMADM_UI_RESPONSE_CHOICES = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_ui_response omadm_ui_response;
#else
typedef uint32_t omadm_ui_response;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A user-interaction alert to send. Begin with `omadm_new_ui_alert alert = OMADM_NEW_UI_ALERT_INIT;`, and set code and text. Its first members are
 * those of `omadm_ui_alert`.
 */
typedef struct omadm_new_ui_alert {
    /** `sizeof(omadm_new_ui_alert)`; set by `OMADM_NEW_UI_ALERT_INIT`. */
    uint32_t struct_size;
    /** 1100 to be shown, 1101 yes or no, 1102 a text, 1103 one of several choices, 1104 any of them. */
    uint32_t code;
    /** `OMADM_UI_*`. */
    uint32_t flags;
    /** The least time to show it, in seconds; 0 says nothing. */
    uint32_t min_display;
    /** The longest time to wait for the user, in seconds; 0 says nothing. */
    uint32_t max_display;
    /** 1102: how many characters the user may enter; 0 says nothing. */
    uint32_t max_len;
    /** 1102: an `enum omadm_input_type`; the default is not written. */
    uint32_t input_type;
    uint32_t reserved;
    /** The text to be shown, or the title of the choices. */
    omadm_str text;
    /** 1103 and 1104: the choices, at least one. */
    const omadm_str *choices;
    size_t choice_count;
    /** 1102 with `OMADM_UI_DEFAULT`: the default response. */
    omadm_str default_text;
    /** 1103 and 1104 with `OMADM_UI_DEFAULT`: the numbers of choices, from 1; of 1103 one. */
    const uint32_t *default_numbers;
    size_t default_count;
} omadm_new_ui_alert;

/** What comes back on a user-interaction alert. Its text may be a password: do not log it. */
typedef struct omadm_ui_answer {
    /** `sizeof(omadm_ui_answer)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_ui_outcome`. */
    uint32_t outcome;
    /** An `enum omadm_ui_response`: of an answer, and of the default response that one timed out with. */
    uint32_t response;
    /** The status. Of an answer to be sent it is looked at for `OMADM_UI_FAILED` only; all others say it themselves. */
    uint32_t status;
    /** The text of `OMADM_UI_RESPONSE_TEXT`. */
    omadm_str text;
} omadm_ui_answer;


/**
 * Adds a user-interaction alert. `*cmd_id` is its `CmdID`; `cmd_id` may be NULL.
 *
 * `OMADM_E_ALERT_ITEMS` for choices without such an alert, or such an alert without choices; `OMADM_E_ALERT_OPTION` for an option or default response that
 * this alert does not have; `OMADM_E_ARGUMENT` for default responses without `OMADM_UI_DEFAULT`, or of another alert.
 */
omadm_rc omadm_builder_ui_alert(omadm_builder *builder,
                                const struct omadm_new_ui_alert *alert,
                                uint32_t *cmd_id,
                                omadm_error *error);

/**
 * Adds the `Status` that answers a user-interaction alert: command `cmd_ref` of message `msg_ref`. `numbers` are the `count` choices of
 * `OMADM_UI_RESPONSE_CHOICES`, from 1; none of them is an answer, too. The lengths may be `OMADM_NUL`, `cmd_id` may be NULL.
 *
 * `OMADM_E_ARGUMENT` for an outcome and a response that do not go together. Whether the response is one to this alert is not checked.
 */
omadm_rc omadm_builder_ui_answer(omadm_builder *builder,
                                 const char *msg_ref,
                                 size_t msg_ref_len,
                                 const char *cmd_ref,
                                 size_t cmd_ref_len,
                                 const struct omadm_ui_answer *answer,
                                 const uint32_t *numbers,
                                 size_t count,
                                 uint32_t *cmd_id,
                                 omadm_error *error);

/**
 * The answer to a user-interaction alert with this code, 1100 to 1104, in the `Status` that came for it. Of the numbers of choices `*found` says how many
 * there are; as many as `capacity` has room for are stored, each once and ascending. The text is lent by the message. Whether there are such choices, only the sender of the alert knows.
 *
 * `OMADM_NOT_FOUND` if the command with this index is no `Status` with a code; `OMADM_E_MISSING` when 1102 or 1103 was answered without an item;
 * `OMADM_E_INVALID_NUMBER` for what is not the number of a choice; `OMADM_E_UNEXPECTED_MARKUP` and `OMADM_E_INVALID_UTF8` for an item that is no text.
 */
omadm_rc omadm_message_ui_answer(const omadm_message *message,
                                 size_t command,
                                 uint32_t code,
                                 struct omadm_ui_answer *answer,
                                 uint32_t *numbers,
                                 size_t capacity,
                                 size_t *found,
                                 omadm_error *error);


#define OMADM_NEW_UI_ALERT_INIT { sizeof(omadm_new_ui_alert), 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, NULL, 0, { NULL, 0 }, NULL, 0 }

#define OMADM_UI_ANSWER_INIT { sizeof(omadm_ui_answer), 0, 0, 0, { NULL, 0 } }

/*
 * ---- Large objects: cut into chunks on their way out, put together on their way in.
 */

/** What became of an item. */
enum omadm_joined
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** It is no chunk: to be carried out as it stands. */
    OMADM_JOINED_WHOLE = 1,
    /** One chunk more is there: to be answered with 213. */
    OMADM_JOINED_BUFFERED = 2,
    /** The last chunk: to be carried out with the object as its data, and answered with what comes of that. */
    OMADM_JOINED_COMPLETE = 3,
    /** Not to be carried out. */
    OMADM_JOINED_REFUSED = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_joined omadm_joined;
#else
typedef uint32_t omadm_joined;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Puts objects together from the chunks of several messages, and says what is to be answered. It is given every command, ordinary ones too,
 * because anything that comes between two chunks breaks the object. It takes memory only for what has arrived.
 */
typedef struct omadm_joiner omadm_joiner;

/**
 * Cuts the data of one item into chunks, each for a message of its own. What is cut is the data as it travels: for `Format` `b64` the base64
 * text.
 */
typedef struct omadm_splitter omadm_splitter;

/**
 * What one item carries of an object: its `data`, `OMADM_ITEM_MORE_DATA` if that flag is set, and `Meta/Size` if there is a size. All else in
 * the item is the same for each chunk.
 */
typedef struct omadm_chunk {
    /** `sizeof(omadm_chunk)`; set by the caller. */
    uint32_t struct_size;
    /** `OMADM_ITEM_MORE_DATA` in every chunk but the last. A message that ends with such a one has no `Final`. */
    uint32_t flags;
    /** The size of the whole object, in the first chunk if there are more; else `OMADM_NONE`. */
    uint64_t size;
    omadm_bytes data;
} omadm_chunk;

/**
 * Says whether a chunk fits: anything but 0 if it does. What is larger than a chunk that does not fit must not fit either. It must not call
 * back into this library with the splitter.
 */
typedef uint32_t (*omadm_fits)(void *context, const struct omadm_chunk *chunk);

/** What came of one item or command. */
typedef struct omadm_join_step {
    /** `sizeof(omadm_join_step)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_joined`. */
    uint32_t joined;
    /** The status to be answered, 213, 411, 416, 413, 424 or 400; 0 where that depends on what comes of the command. */
    uint32_t status;
    /** Why it was refused, an `enum omadm_code`; else 0. */
    uint32_t reason;
    /** Where in the message the refused data begins; else `OMADM_NONE`. */
    uint64_t offset;
    /** 1 if this item or command broke an object off: nothing of it counts, and Alert 1225 with its `Target` and `Source` has to tell the peer. */
    uint32_t is_broken;
    /** The kind of the command that the broken object was sent with, an `enum omadm_command_kind`. */
    uint32_t broken_kind;
    omadm_str broken_target;
    omadm_str broken_source;
    /** Of a complete object: what its first chunk said it is, and the data as it travelled. */
    omadm_str format;
    omadm_str media_type;
    omadm_bytes octets;
} omadm_join_step;


/**
 * Makes a splitter for one object, to be freed with `omadm_splitter_free`. `form` is `OMADM_DATA_TEXT`, which is cut between characters (base64 is
 * text), or `OMADM_DATA_OPAQUE` for octets in WBXML. `max_obj_size` is what the peer takes, or `OMADM_NONE`.
 *
 * `OMADM_E_OBJECT_TOO_LARGE` for an object that must not be sent at all, `OMADM_E_INVALID_UTF8` for text that is none.
 */
omadm_rc omadm_splitter_new(const omadm_input *input,
                            uint32_t form,
                            uint64_t max_obj_size,
                            struct omadm_splitter **splitter,
                            omadm_error *error);

/** Frees a splitter. NULL is left alone. */
void omadm_splitter_free(struct omadm_splitter *splitter);

/** The size of the whole object, and how many octets have not been given yet. Outputs that are NULL are left out. */
omadm_rc omadm_splitter_summary(const struct omadm_splitter *splitter,
                                uint64_t *size,
                                size_t *remaining,
                                omadm_error *error);

/**
 * The next chunk, of at most `room` octets as they travel. `data` is valid as long as the splitter. An empty object is one empty chunk.
 *
 * `OMADM_END` after the last one; `OMADM_E_NO_ROOM` if not even one character fits: nothing was given then.
 */
omadm_rc omadm_splitter_next(struct omadm_splitter *splitter,
                             size_t room,
                             struct omadm_chunk *chunk,
                             omadm_error *error);

/**
 * As `omadm_splitter_next`, with the largest chunk that `fits`: for who has to encode a chunk to know its size, as escapes make XML longer than
 * what it stands for. `fits` is asked once for what remains of the object, and if that is too much, a few times more. `context` is handed to it.
 */
omadm_rc omadm_splitter_next_where(struct omadm_splitter *splitter,
                                   omadm_fits fits,
                                   void *context,
                                   struct omadm_chunk *chunk,
                                   omadm_error *error);

/** Begins again, for a peer that could not put the object together. */
omadm_rc omadm_splitter_restart(struct omadm_splitter *splitter, omadm_error *error);

/**
 * Makes a joiner, to be freed with `omadm_joiner_free`, for objects of at most `max_obj_size` octets, the `MaxObjSize` that the peer was told or
 * `OMADM_NONE`; and in any case of at most `limit_text`. `options` may be NULL.
 */
omadm_rc omadm_joiner_new(uint64_t max_obj_size,
                          const omadm_options *options,
                          struct omadm_joiner **joiner,
                          omadm_error *error);

/** Frees a joiner and what it lends. NULL is left alone. */
void omadm_joiner_free(struct omadm_joiner *joiner);

/** Changes `MaxObjSize`, which may happen within a session. Counts for the next object. */
omadm_rc omadm_joiner_set_max_obj_size(struct omadm_joiner *joiner, uint64_t max_obj_size, omadm_error *error);

/**
 * Takes the command of a message with this index: a step for each of its items, in order, or one step for a command without any. No steps for
 * a status and for Alert 1222, which are what stands between two chunks.
 *
 * `*found` says how many steps there are. There must be room for as many as the command has items, and for one: else it returns
 * `OMADM_BUFFER_TOO_SMALL` with only `*found` written, and has not taken the command. What is lent is valid until the next call with this joiner.
 */
omadm_rc omadm_joiner_feed(struct omadm_joiner *joiner,
                           const omadm_message *message,
                           size_t command,
                           struct omadm_join_step *steps,
                           size_t element_size,
                           size_t capacity,
                           size_t *found,
                           omadm_error *error);

/**
 * The octets that the object of a step stands for: decoded where its `Format` is `b64`. `step` counts those of the last `omadm_joiner_feed`.
 *
 * `OMADM_NOT_FOUND` if there is no such step, or no complete object in it; `OMADM_E_INVALID_BASE64`.
 */
omadm_rc omadm_joiner_octets(const struct omadm_joiner *joiner,
                             size_t step,
                             omadm_buffer *octets,
                             omadm_error *error);

/** Whether chunks are missing, 1 or 0: then the message is answered with Alert 1222. */
omadm_rc omadm_joiner_is_open(const struct omadm_joiner *joiner, uint32_t *is_open, omadm_error *error);

/**
 * Ends what is open: at `Final`, which no sender sets in the middle of an object, and at the end of the session. The step says which object was
 * broken off; what is lent is valid until the next call with this joiner. `OMADM_NOT_FOUND` if none was open.
 */
omadm_rc omadm_joiner_give_up(struct omadm_joiner *joiner,
                              struct omadm_join_step *step,
                              omadm_error *error);


#define OMADM_CHUNK_INIT { sizeof(omadm_chunk), 0, 0, { NULL, 0 } }

#define OMADM_JOIN_STEP_INIT { sizeof(omadm_join_step), 0, 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Whole documents: what they are, and the same in the other encoding.
 */

/** WBXML: puts texts that repeat into the string table, where that saves octets. */
#define OMADM_CONVERT_STRING_TABLE 1

/** WBXML from XML: keeps the white space between elements, which otherwise is left out. */
#define OMADM_CONVERT_KEEP_BLANKS 2

/** What a document is. */
enum omadm_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Package #0 of DM 1.1 or 1.2, bare. */
    OMADM_KIND_NOTIFICATION = 1,
    /** Package #0 inside a WSP push. */
    OMADM_KIND_PUSH = 2,
    /** A SyncML message. */
    OMADM_KIND_SYNCML = 3,
    /** A tree document (TNDS). */
    OMADM_KIND_TREE = 4,
    /** A device description (DDF). */
    OMADM_KIND_DESCRIPTION = 5,
    /** Device information of data synchronisation. */
    OMADM_KIND_DEV_INF = 6,
    /** Meta-information by itself. */
    OMADM_KIND_MET_INF = 7,
    /** A client-provisioning document. */
    OMADM_KIND_PROVISIONING = 8,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_kind omadm_kind;
#else
typedef uint32_t omadm_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** How XML is laid out. */
enum omadm_layout
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** With the white space there is; none is added. */
    OMADM_LAYOUT_AS_IT_IS = 0,
    /** An element a line, two spaces further in than its parent. */
    OMADM_LAYOUT_INDENTED = 1,
    /** Canonical XML 1.0, but without comments and processing instructions, for comparing and signing. */
    OMADM_LAYOUT_CANONICAL = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_layout omadm_layout;
#else
typedef uint32_t omadm_layout;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** How to convert a document. Begin with `omadm_convert_options options = OMADM_CONVERT_OPTIONS_INIT;`, which has the defaults. */
typedef struct omadm_convert_options {
    /** `sizeof(omadm_convert_options)`; set by `OMADM_CONVERT_OPTIONS_INIT`. */
    uint32_t struct_size;
    /** `OMADM_CONVERT_*`. */
    uint32_t flags;
    /** An `enum omadm_layout`, for XML. */
    uint32_t layout;
    uint32_t reserved;
    /** How to read the document, and what reading and writing may cost; NULL for the defaults. */
    const omadm_options *read;
} omadm_convert_options;


/**
 * Tells what octets are, an `enum omadm_kind`; reads no further than needed. Errors: what kept the likeliest kind from being read;
 * `OMADM_E_UNKNOWN_FORMAT` where nothing is likely.
 */
omadm_rc omadm_detect(const uint8_t *data,
                      size_t len,
                      uint32_t *kind,
                      omadm_error *error);

/**
 * Writes a document, XML or WBXML, in the other encoding or in the same, as `encoding` says, an `enum omadm_encoding`: messages, trees,
 * descriptions, device information, provisioning documents. XML is UTF-8 without an XML declaration; WBXML is version 1.2.
 *
 * Elements, attributes, namespaces, text and their order are kept, or the conversion is an error that says where. Comments, processing
 * instructions and the DOCTYPE are not carried. Octets of an item are an opaque block in WBXML and base64 in XML; a tree in a message becomes a
 * document of the same encoding; `Format`, `Type` and `Size` say what is really there.
 *
 * `options` may be NULL. Errors: what makes the document unreadable; `OMADM_E_UNKNOWN_FORMAT` for a root that WBXML has no public identifier for;
 * `OMADM_E_INVALID_CHARACTER`, `OMADM_E_INVALID_UTF8`, `OMADM_E_INVALID_BASE64`, `OMADM_E_CHUNK_OF_OCTETS` and `OMADM_E_CHUNK_OF_BIN` for what the encoding
 * cannot carry; `OMADM_E_LIMIT_OUTPUT`.
 */
omadm_rc omadm_convert(const uint8_t *data,
                       size_t len,
                       const struct omadm_convert_options *options,
                       uint32_t encoding,
                       omadm_buffer *converted,
                       omadm_error *error);


#define OMADM_CONVERT_OPTIONS_INIT { sizeof(omadm_convert_options), 0, 0, 0, NULL }

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
    /** The last segment of the URI, as it stands there: a `/` in a name is `%2F`, as in the document. Empty for the root. */
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
 * Takes the tree out of an item of a message. The tree shares the message's input: both can be freed in any order. Out of the message that a
 * reader lends, it is a copy.
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
 * ---- Properties of nodes by name.
 */

/** A property of a node, as `?prop=` names it. */
enum omadm_property
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Who may do what; empty where it is inherited. */
    OMADM_PROPERTY_ACL = 1,
    OMADM_PROPERTY_FORMAT = 2,
    /** The last segment of the URI. */
    OMADM_PROPERTY_NAME = 3,
    /** Octets of a leaf's value, decoded. */
    OMADM_PROPERTY_SIZE = 4,
    /** A name for people, of at most 255 octets. */
    OMADM_PROPERTY_TITLE = 5,
    /** When the node last changed, such as `20010711T163817Z`. */
    OMADM_PROPERTY_TSTAMP = 6,
    /** The media type of a leaf, the management object's identifier of an interior node. */
    OMADM_PROPERTY_TYPE = 7,
    /** How often the node changed, modulo 65,536. */
    OMADM_PROPERTY_VER_NO = 8,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_property omadm_property;
#else
typedef uint32_t omadm_property;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus


/**
 * The text of a property, as a `Get` of `?prop=Name` answers it: an `enum omadm_property`. `omadm_node_info` has most of them without a copy.
 *
 * `OMADM_NOT_FOUND` for a property that this node does not have: `Size` of an interior node, or of a `bin` value that is not base64, `Title`, `TStamp` and
 * `VerNo` where nothing was said. A node without an ACL of its own has an empty one.
 */
omadm_rc omadm_tree_property(const omadm_tree *tree,
                             omadm_node node,
                             uint32_t property,
                             omadm_buffer *value,
                             omadm_error *error);

/** The `enum omadm_property` with this name, such as `TStamp`. Case counts; `OMADM_NOT_FOUND` if there is none. */
omadm_rc omadm_property_from_name(const char *name, size_t name_len, uint32_t *property, omadm_error *error);


/*
 * ---- Who may do what with a node.
 */

/** The right to Add, in a set of rights. */
#define OMADM_ACL_ADD 1

/** The right to Delete. */
#define OMADM_ACL_DELETE 2

/** The right to Exec. */
#define OMADM_ACL_EXEC 4

/** The right to Get. */
#define OMADM_ACL_GET 8

/** The right to Replace. */
#define OMADM_ACL_REPLACE 16

/** What an ACL grants to one server. */
typedef struct omadm_acl_grant {
    /** `sizeof(omadm_acl_grant)`; set by the caller. */
    uint32_t struct_size;
    /** `OMADM_ACL_*`: what it may do beyond what every server may. */
    uint32_t commands;
    omadm_str server;
} omadm_acl_grant;


/** What a server may do with a node: `OMADM_ACL_*`. All for the device, `server` NULL. */
omadm_rc omadm_tree_rights(const omadm_tree *tree,
                           omadm_node node,
                           const char *server,
                           size_t server_len,
                           uint32_t *commands,
                           omadm_error *error);

/**
 * What a server may do with every node from `top` down, in the order of the tree, parents before children: `nodes[i]` with `commands[i]`. Each list is
 * read once, where it stands. `top` may be `OMADM_NO_NODE`, the root.
 *
 * `*found` says how many nodes there are; as many as `capacity` has room for are stored, the first ones. `nodes` may be NULL if only the rights are wanted.
 */
omadm_rc omadm_tree_rights_below(const omadm_tree *tree,
                                 omadm_node top,
                                 const char *server,
                                 size_t server_len,
                                 omadm_node *nodes,
                                 uint32_t *commands,
                                 size_t capacity,
                                 size_t *found,
                                 omadm_error *error);

/**
 * The list that counts for a node: its own, or else its nearest ancestor's, or else what a root without one has, `Add=*&Get=*`. It is written in one way: each
 * command once, in the order of their names, servers in the order of theirs.
 *
 * `OMADM_E_ACL_COMMAND`, `OMADM_E_ACL_SERVER` and `OMADM_E_INVALID_UTF8` for a list that cannot be read, with the offset in it.
 */
omadm_rc omadm_tree_effective_acl(const omadm_tree *tree,
                                  omadm_node node,
                                  omadm_buffer *acl,
                                  omadm_error *error);

/** Whether a server may replace a node's ACL: with Replace on the parent; of an interior node also with Replace on the node itself. `*may` becomes 1 or 0. */
omadm_rc omadm_tree_may_change_acl(const omadm_tree *tree,
                                   omadm_node node,
                                   const char *server,
                                   size_t server_len,
                                   uint32_t *may,
                                   omadm_error *error);

/**
 * Reads the value of the property `ACL`: `*everyone` becomes what every server may do, `OMADM_ACL_*`; `grants` receives the servers that may do more, in the
 * order of their identifiers, which are lent from `acl`. `element_size` is `sizeof(omadm_acl_grant)`.
 *
 * `*found` says how many servers there are; as many as `capacity` has room for are stored, the first ones. An empty list says nothing: the node
 * inherits. `OMADM_E_ACL_COMMAND` where no command with `=` stands, `OMADM_E_ACL_SERVER` where no identifier stands; with the offset in `acl`.
 */
omadm_rc omadm_acl_parse(const char *acl,
                         size_t acl_len,
                         uint32_t *everyone,
                         struct omadm_acl_grant *grants,
                         size_t element_size,
                         size_t capacity,
                         size_t *found,
                         omadm_error *error);

/**
 * The same list with these commands granted to a server, or to every server for `*`; with `acl` empty, a new list. `OMADM_E_ACL_SERVER` for an identifier
 * that a list cannot have; and as `omadm_acl_parse`.
 */
omadm_rc omadm_acl_with_server(const char *acl,
                               size_t acl_len,
                               const char *server,
                               size_t server_len,
                               uint32_t commands,
                               omadm_buffer *changed,
                               omadm_error *error);

/**
 * The same list without a server. Commands that nobody has any more vanish; with `is_root` 1 they become everyone's, since a root must have a list.
 * As `omadm_acl_parse`.
 */
omadm_rc omadm_acl_without_server(const char *acl,
                                  size_t acl_len,
                                  const char *server,
                                  size_t server_len,
                                  uint32_t is_root,
                                  omadm_buffer *changed,
                                  omadm_error *error);


#define OMADM_ACL_GRANT_INIT { sizeof(omadm_acl_grant), 0, { NULL, 0 } }

/*
 * ---- Changing a tree: what `Add`, `Replace`, `Delete` and `Copy` do, for a server and its rights, or for the device.
 */

/** Adding a node makes the interior nodes that are missing above it, which a device may do. */
#define OMADM_EDIT_IMPLICIT_PARENTS 1

/** A node to be added: what the `Meta` and `Data` of an `Add` say. Begin with `omadm_new_node node = OMADM_NEW_NODE_INIT;`: an interior node. */
typedef struct omadm_new_node {
    /** `sizeof(omadm_new_node)`; set by `OMADM_NEW_NODE_INIT`. */
    uint32_t struct_size;
    /** An `enum omadm_format`. 0: `chr` with a text, `bin` with octets, else `node`. */
    uint32_t format;
    /** The value as text; of a `bin` node as base64. */
    omadm_str text;
    /** The value as octets, instead of a text. */
    omadm_bytes octets;
    /** `Type`: the media type of a leaf, `text/plain` if it is absent; of an interior node the identifier of the management object that begins there. */
    omadm_str node_type;
    omadm_str title;
} omadm_new_node;

/** For whom, when and how a tree is edited. NULL in its place, and what `OMADM_EDIT_OPTIONS_INIT` says, is the device itself, without a time. */
typedef struct omadm_edit_options {
    /** `sizeof(omadm_edit_options)`; set by `OMADM_EDIT_OPTIONS_INIT`. */
    uint32_t struct_size;
    /** `OMADM_EDIT_IMPLICIT_PARENTS` */
    uint32_t flags;
    /** The Server Identifier of the authenticated server whose rights count. Absent: the device itself, which may do everything. */
    omadm_str principal;
    /**
     * Seconds since the beginning of 1970: what nodes that change get as their `TStamp`, and with it every such node counts its changes in
     * `VerNo`. 0 for none: only nodes that have a `VerNo` count.
     */
    uint64_t now;
    /** How long URIs may be, as the device's `./DevDetail/URI` says: segments, octets in all, octets of a segment; 0 for any. */
    uint16_t max_depth;
    uint16_t max_tot_len;
    uint16_t max_seg_len;
    uint16_t reserved;
    /** `limit_elements`, `limit_depth` and `limit_text` of these are what a tree may hold. NULL for the defaults. */
    const omadm_options *limits;
} omadm_edit_options;

/** A new value of a leaf: what the `Meta` and `Data` of a `Replace` say. What it does not say stays as it was. */
typedef struct omadm_new_value {
    /** `sizeof(omadm_new_value)`; set by `OMADM_NEW_VALUE_INIT`. */
    uint32_t struct_size;
    /** An `enum omadm_format`, or 0: it stays as it was. */
    uint32_t format;
    /** The value as text; of a `bin` node as base64. Absent it is empty. */
    omadm_str text;
    /** The value as octets, instead of a text. */
    omadm_bytes octets;
    omadm_str media_type;
} omadm_new_value;


/**
 * Adds a node, as the last child of its parent. The last segment of the URI becomes its name. `options` and `node` may be NULL.
 *
 * A server needs the right to Add on the parent, or, where parents are missing, on the deepest that is there. If it adds an interior node and may
 * not Replace the parent, the node gets an ACL of its own: the inherited one, with Add, Delete and Replace for that server.
 *
 * Every edit may fail with `OMADM_E_INVALID_URI`, `OMADM_E_NODE_NOT_FOUND`, `OMADM_E_ACCESS_DENIED`, `OMADM_E_URI_TOO_LONG`,
 * `OMADM_E_LIMIT_DEPTH`, `OMADM_E_LIMIT_TEXT`, `OMADM_E_LIMIT_ELEMENTS` and `OMADM_E_INPUT_TOO_LARGE`; this one also with
 * `OMADM_E_NODE_EXISTS`, `OMADM_E_NOT_INTERIOR` when the parent is a leaf, `OMADM_E_INVALID_NAME`, `OMADM_E_INVALID_NODE_TYPE`, and for a value that its format
 * cannot have `OMADM_E_INVALID_BASE64`, `OMADM_E_INVALID_UTF8`, `OMADM_E_INVALID_CHARACTER`, `OMADM_E_VALUE_OF_INTERIOR` and
 * `OMADM_E_VALUE_OF_NULL`.
 */
omadm_rc omadm_tree_add(omadm_tree *tree,
                        const char *uri,
                        size_t uri_len,
                        const struct omadm_new_node *new_node,
                        const struct omadm_edit_options *options,
                        omadm_node *node,
                        omadm_error *error);

/**
 * Gives a leaf another value; and another format or type, if the new value says one. A server needs the right to Replace on the leaf.
 *
 * `OMADM_E_NOT_LEAF`; `OMADM_E_PERMANENT_NODE` for another format or type of a permanent node; `OMADM_E_INVALID_NODE_TYPE`, values that the format cannot
 * have, and what every edit may say: see `omadm_tree_add`.
 */
omadm_rc omadm_tree_replace(omadm_tree *tree,
                            const char *uri,
                            size_t uri_len,
                            const struct omadm_new_value *value,
                            const struct omadm_edit_options *options,
                            omadm_error *error);

/**
 * Deletes a node with everything below it. A server needs the right to Delete on the node; ACLs and permanence of what is below do not count.
 *
 * `OMADM_E_PERMANENT_NODE`, which the root is always; and what every edit may say: see `omadm_tree_add`.
 */
omadm_rc omadm_tree_delete(omadm_tree *tree,
                           const char *uri,
                           size_t uri_len,
                           const struct omadm_edit_options *options,
                           omadm_error *error);

/**
 * Copies the value of a leaf, with its format and type, to another one, which is made if it is not there.
 *
 * A server needs the right to Get on the source, and to Replace on the target or to Add on the target's parent. `OMADM_E_GET_NOT_ALLOWED` when the source
 * is in the Inbox, and the principal a server; `OMADM_E_NOT_LEAF` when either is an interior node; and those of `omadm_tree_add` or
 * `omadm_tree_replace`. The offset counts octets of the URI at fault: the source's for `OMADM_E_GET_NOT_ALLOWED` and where the source is not
 * there or not to be read.
 */
omadm_rc omadm_tree_copy(omadm_tree *tree,
                         const char *from,
                         size_t from_len,
                         const char *to,
                         size_t to_len,
                         const struct omadm_edit_options *options,
                         omadm_error *error);

/**
 * Gives a node another name. What is below moves with it, and their numbers stay. A server needs the right to Replace on the node.
 *
 * `OMADM_E_PERMANENT_NODE`, which the root is always; `OMADM_E_INVALID_NAME`; `OMADM_E_NODE_EXISTS` when a sibling has the name; and what every edit may
 * say: see `omadm_tree_add`.
 */
omadm_rc omadm_tree_rename(omadm_tree *tree,
                           const char *uri,
                           size_t uri_len,
                           const char *name,
                           size_t name_len,
                           const struct omadm_edit_options *options,
                           omadm_error *error);

/**
 * Sets a property of a node, an `enum omadm_property`: what a `Replace` on `URI?prop=Name` does. `uri` is the node's, without the query.
 *
 * `ACL`: an empty one makes the node inherit, which the root cannot; see `omadm_tree_may_change_acl`. `Name` renames the node. `Title` needs the right to
 * Replace on the node, as `Name` does. Only the device may set `Type`, `TStamp` and `VerNo`, and nobody `Format` and `Size`. An empty value is a `value`
 * of length 0 that is not NULL.
 *
 * `OMADM_E_READ_ONLY_PROPERTY`; `OMADM_E_ACL_COMMAND`, `OMADM_E_ACL_SERVER` and `OMADM_E_PROPERTY_VALUE` for a value that the property cannot have;
 * `OMADM_E_INVALID_NODE_TYPE`; those of `omadm_tree_rename`; and what every edit may say: see `omadm_tree_add`.
 */
omadm_rc omadm_tree_set_property(omadm_tree *tree,
                                 const char *uri,
                                 size_t uri_len,
                                 uint32_t property,
                                 const char *value,
                                 size_t value_len,
                                 const struct omadm_edit_options *options,
                                 omadm_error *error);

/**
 * Makes a node permanent (1), or dynamic (0), as its description says (`Scope`). Nodes are dynamic at first. For the device only, so that there are no
 * rights to be asked for; `OMADM_E_INVALID_URI`, `OMADM_E_NODE_NOT_FOUND`.
 */
omadm_rc omadm_tree_set_permanent(omadm_tree *tree,
                                  const char *uri,
                                  size_t uri_len,
                                  uint32_t is_permanent,
                                  omadm_error *error);

/**
 * Takes a server's identifier out of every ACL, as the removal of its account demands: entries that grant nobody anything go, and in the root the
 * command is granted to everybody. `*changed`, which may be NULL, says how many ACLs changed. For the device only; of `options` the time counts.
 *
 * This can widen rights: a node whose ACL has nothing left inherits, and what this server alone could do at the root, every server can do then.
 * Set the root's ACL first if that is not what you want. `OMADM_E_ACCESS_DENIED` if the options name a server; `OMADM_E_INPUT_TOO_LARGE`.
 */
omadm_rc omadm_tree_remove_server(omadm_tree *tree,
                                  const char *server,
                                  size_t server_len,
                                  const struct omadm_edit_options *options,
                                  size_t *changed,
                                  omadm_error *error);


#define OMADM_NEW_NODE_INIT { sizeof(omadm_new_node), 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

#define OMADM_EDIT_OPTIONS_INIT { sizeof(omadm_edit_options), 0, { NULL, 0 }, 0, 0, 0, 0, 0, NULL }

#define OMADM_NEW_VALUE_INIT { sizeof(omadm_new_value), 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Whole parts of a tree from another one: what `Add` and `Replace` with a tree document do.
 */

/**
 * Adds a copy of a node of another tree, with everything below it. The last segment of the URI becomes its name, whatever it was there.
 * `from_node` may be `OMADM_NO_NODE`, the root; `options` and `node` may be NULL.
 *
 * A server needs the right to Add on the parent; and, to give an added leaf an ACL, to Replace the parent. For the device `TStamp` and
 * `VerNo` come from the other tree where they are known there; and values, names and ACLs are taken over as they are, where a server's are checked.
 *
 * `OMADM_E_ARGUMENT` if both are the same tree: copy it by `omadm_tree_clone`. Otherwise errors are those of `omadm_tree_add`, and
 * `OMADM_E_ACL_COMMAND` or `OMADM_E_ACL_SERVER` for an ACL that breaks the grammar.
 */
omadm_rc omadm_tree_add_subtree(omadm_tree *tree,
                                const char *uri,
                                size_t uri_len,
                                const omadm_tree *from,
                                omadm_node from_node,
                                const omadm_edit_options *options,
                                omadm_node *node,
                                omadm_error *error);

/**
 * Makes the node at a URI the same as a node of another tree, and what is below it the same as what is below that: nodes that are not there
 * are deleted, others keep their numbers. A node that the other document only implies stays as it is.
 *
 * A server needs the right to Replace on the node; and, to change the ACL of a leaf, on its parent. Rights on what is below do not count: who may replace
 * an interior node may give itself, by its ACL, every right on what is below.
 *
 * `OMADM_E_PERMANENT_NODE` when a permanent node would have to be deleted or to change its format or type, or, for a server, the Inbox its type;
 * otherwise errors are those of `omadm_tree_add_subtree`.
 */
omadm_rc omadm_tree_replace_subtree(omadm_tree *tree,
                                    const char *uri,
                                    size_t uri_len,
                                    const omadm_tree *from,
                                    omadm_node from_node,
                                    const omadm_edit_options *options,
                                    omadm_error *error);

/**
 * Merges a node of another tree, and what is below it, into the node at a URI: what is there is added, or takes the place of what is here; nodes that
 * only are here stay. Rights and errors are those of `omadm_tree_replace_subtree`.
 */
omadm_rc omadm_tree_merge_subtree(omadm_tree *tree,
                                  const char *uri,
                                  size_t uri_len,
                                  const omadm_tree *from,
                                  omadm_node from_node,
                                  const omadm_edit_options *options,
                                  omadm_error *error);


/*
 * ---- Several edits of a tree as one, copies of trees, and the memory that edits leave.
 */

/**
 * Begins a transaction, inside the one that is open, if one is. Each takes a `omadm_tree_commit` or `omadm_tree_roll_back`. It costs time and
 * memory for what is changed, not for the tree.
 */
omadm_rc omadm_tree_begin(omadm_tree *tree,
                          omadm_error *error);

/** Ends the innermost transaction and keeps what it did; the outer one, if there is one, can still undo it. `OMADM_E_STATE` when none is open. */
omadm_rc omadm_tree_commit(omadm_tree *tree,
                           omadm_error *error);

/**
 * Ends the innermost transaction and undoes what it did: nodes that were deleted are back under their numbers, and numbers of nodes that
 * were added are never used again. `OMADM_E_STATE` when none is open.
 */
omadm_rc omadm_tree_roll_back(omadm_tree *tree,
                              omadm_error *error);

/** How many transactions are open, one inside the other. */
omadm_rc omadm_tree_transactions(const omadm_tree *tree, size_t *count, omadm_error *error);

/**
 * Gives back the memory of what edits have replaced or deleted; `*octets`, unless it is NULL, says how much that was. It walks over the whole tree:
 * call it now and then, such as after a session. Node numbers stay. `OMADM_E_STATE` while a transaction is open.
 */
omadm_rc omadm_tree_compact(omadm_tree *tree,
                            size_t *octets,
                            omadm_error *error);

/**
 * Copies a tree, with the input that it borrows: the copy stands alone. Its nodes have the numbers of the original's. It is to be freed with
 * `omadm_tree_free`.
 */
omadm_rc omadm_tree_clone(const omadm_tree *tree,
                          omadm_tree **copy,
                          omadm_error *error);


/*
 * ---- Tree documents (TNDS): a tree, or a part of one, written; and what a document says of itself.
 */

/** `ACL`, of nodes that have one of their own. */
#define OMADM_TNDS_ACL 1

/** `Format`, of every node. */
#define OMADM_TNDS_FORMAT 2

#define OMADM_TNDS_TITLE 4

#define OMADM_TNDS_TSTAMP 8

/** `Type`, of every node. */
#define OMADM_TNDS_TYPE 16

#define OMADM_TNDS_VER_NO 32

/** The value of leaves. */
#define OMADM_TNDS_VALUE 64

/** How the nodes of a tree stand in a document. */
enum omadm_tnds_layout
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Children inside their parents. A document is as deep as its tree. */
    OMADM_TNDS_NESTED = 0,
    /** One list, each node with the `Path` of its parent, parents before their children. */
    OMADM_TNDS_FLAT = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_tnds_layout omadm_tnds_layout;
#else
typedef uint32_t omadm_tnds_layout;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** How a tree document is written. NULL in its place, and what `OMADM_TNDS_OPTIONS_INIT` says: nested, with all properties, for the device itself. */
typedef struct omadm_tnds_options {
    /** `sizeof(omadm_tnds_options)`; set by `OMADM_TNDS_OPTIONS_INIT`. */
    uint32_t struct_size;
    /** An `enum omadm_tnds_layout`. */
    uint32_t layout;
    /** What is not said of nodes: `OMADM_TNDS_ACL` and so on. A reader fills in defaults for what is left out. */
    uint32_t left_out;
    uint32_t reserved;
    /**
     * The server whom it is for: nodes that it may not Get are left out, also what is in the Inbox. What may be read below them stands in a
     * list with `Path`s, as the flat layout does. Absent: the device itself, which may read everything.
     */
    omadm_str principal;
    /** `limit_depth` and `limit_output` of these count. NULL for the defaults. */
    const omadm_options *limits;
    /** `Man` and `Mod`, manufacturer and model, if they are to be other ones than those of the tree. */
    omadm_str man;
    omadm_str model;
} omadm_tnds_options;


/**
 * Writes a whole tree (`top` `OMADM_NO_NODE`), or a node and everything below it, as a document of its own, in an `enum omadm_encoding`. `options` may be
 * NULL.
 *
 * A whole tree's nodes count from its root. A node comes first in its document, by its name and without a `Path`, and what is below counts from there:
 * what `?list=TNDS` answers with.
 *
 * `OMADM_E_ACCESS_DENIED` when the principal may not Get the node itself, and `OMADM_E_GET_NOT_ALLOWED` when that is the Inbox, or in it, and the principal a
 * server; `OMADM_E_LIMIT_OUTPUT`, and `OMADM_E_LIMIT_DEPTH`, which the flat layout has not; `OMADM_E_INVALID_BASE64` for a `bin` value that came as text and is
 * not base64; in XML `OMADM_E_INVALID_UTF8` for another value that is no text, and `OMADM_E_INVALID_CHARACTER`. The offset is the place of the
 * node at fault: so many come before it in `omadm_tree_nodes(tree, top, ...)`.
 */
omadm_rc omadm_tree_encode(const omadm_tree *tree,
                           omadm_node top,
                           uint32_t encoding,
                           const struct omadm_tnds_options *options,
                           omadm_buffer *document,
                           omadm_error *error);

/**
 * What a tree's document says of itself: `VerDTD`, and `Man` and `Mod`, manufacturer and model. Outputs that are NULL are left out; those that the document
 * does not have become absent, and all of them in a tree that came from no document. Lent as the tree lends its texts.
 */
omadm_rc omadm_tree_document(const omadm_tree *tree,
                             omadm_str *ver_dtd,
                             omadm_str *man,
                             omadm_str *model,
                             omadm_error *error);


#define OMADM_TNDS_OPTIONS_INIT { sizeof(omadm_tnds_options), 0, 0, 0, { NULL, 0 }, NULL, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Finding nodes: management objects by identifier and content, and many nodes by one pattern.
 */

/** That an object has a certain node, or a leaf with a certain value. */
typedef struct omadm_condition {
    /** `sizeof(omadm_condition)`; set by `OMADM_CONDITION_INIT`. */
    uint32_t struct_size;
    uint32_t reserved;
    /** From the object's root: names and, for any node, `*`, with slashes between. An escape is the character that it stands for. */
    omadm_str path;
    /**
     * The value of a leaf there, octet by octet; absent if any node there will do. Values of formats `bin` and `b64` equal nothing; a leaf without a
     * value has an empty one.
     */
    omadm_str value;
} omadm_condition;

/**
 * A search for the places where management objects begin. Begin with `omadm_search search = OMADM_SEARCH_INIT;`: every object in the tree, for the
 * device itself.
 */
typedef struct omadm_search {
    /** `sizeof(omadm_search)`; set by `OMADM_SEARCH_INIT`. */
    uint32_t struct_size;
    /** `sizeof(omadm_condition)`, if there are conditions. */
    uint32_t condition_size;
    /** Only objects with one of these identifiers. One that ends in `:*` stands for every version. */
    const omadm_str *mo_ids;
    size_t mo_id_count;
    /** Only objects for which all of these hold, each on its own. */
    const struct omadm_condition *conditions;
    size_t condition_count;
    /** Only what this server may Get: other nodes are neither found nor seen by conditions; nor is what is in the Inbox. Absent: the device itself. */
    omadm_str principal;
    /** Only what is at this node or below it; `OMADM_NO_NODE` for anywhere. */
    omadm_node below;
} omadm_search;


/**
 * Finds where management objects begin, objects inside objects included. It costs as much as it looks at: the objects with these identifiers, and what
 * the conditions look at below them.
 *
 * `OMADM_E_INVALID_REL_PATH`, with the offset in the path of a condition.
 */
omadm_rc omadm_tree_search(const omadm_tree *tree,
                           const struct omadm_search *search,
                           omadm_node *nodes,
                           size_t capacity,
                           size_t *found,
                           omadm_error *error);

/**
 * Finds the nodes that a pattern stands for, such as `**[AppID=="w7"]/Addr`.
 *
 * A pattern is `.`, the root, or has between slashes: `Name`, the child with this name; `*`, every child; `**`, every node below, and the node itself. Behind
 * each may stand `[path]`, only if the path leads somewhere from there; `[path=="text"]` and `[path!="text"]`, only if a leaf there has this value, or
 * another; `[path>=10]`, likewise `==`, `!=`, `<`, `<=` and `>`, only if a leaf there is such a number; `[... && ...]`. `true` and `false` may stand without quotes.
 * Characters with a meaning are escaped: `%2A` is `*`.
 *
 * With a server as `principal` only what it may Get: other nodes are neither found nor seen by conditions. NULL with length 0 is the device itself. Of `options`, which may
 * be NULL, `limit_pattern` counts. It costs at most the nodes times the segments of the pattern.
 *
 * `OMADM_E_INVALID_PATTERN`, `OMADM_E_INVALID_CONDITION`, `OMADM_E_INVALID_REL_PATH` and `OMADM_E_LIMIT_PATTERN`, with the offset in the pattern.
 */
omadm_rc omadm_tree_select(const omadm_tree *tree,
                           const char *pattern,
                           size_t pattern_len,
                           const char *principal,
                           size_t principal_len,
                           const omadm_options *options,
                           omadm_node *nodes,
                           size_t capacity,
                           size_t *found,
                           omadm_error *error);

/**
 * Finds the nodes to which a path of names and `*` leads from a node, with slashes between; for a server those that it may Get.
 * `OMADM_E_INVALID_REL_PATH`, with the offset in the path.
 */
omadm_rc omadm_tree_follow(const omadm_tree *tree,
                           omadm_node node,
                           const char *path,
                           size_t path_len,
                           const char *principal,
                           size_t principal_len,
                           omadm_node *nodes,
                           size_t capacity,
                           size_t *found,
                           omadm_error *error);


#define OMADM_CONDITION_INIT { sizeof(omadm_condition), 0, { NULL, 0 }, { NULL, 0 } }

#define OMADM_SEARCH_INIT { sizeof(omadm_search), 0, NULL, 0, NULL, 0, { NULL, 0 }, 0 }

/*
 * ---- What differs between two trees, and making one like the other.
 */

/** `ACL`, of the node itself. Lists that grant the same do not differ. */
#define OMADM_DIFFERS_ACL 1

/** `Format`, of leaves: an interior node and a leaf are two nodes. */
#define OMADM_DIFFERS_FORMAT 2

#define OMADM_DIFFERS_TITLE 4

#define OMADM_DIFFERS_TSTAMP 8

#define OMADM_DIFFERS_TYPE 16

#define OMADM_DIFFERS_VER_NO 32

/** The value of a leaf. Octets are the same whether they came as base64 or in an opaque block. */
#define OMADM_DIFFERS_VALUE 64

/** To compare everything. */
#define OMADM_DIFFERS_ALL 127

/** What became of a node. */
enum omadm_change_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Only the second tree has it, with everything below it. */
    OMADM_CHANGE_ADDED = 1,
    /** Only the first tree has it, with everything below it. */
    OMADM_CHANGE_REMOVED = 2,
    /** Both have it. */
    OMADM_CHANGE_CHANGED = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_change_kind omadm_change_kind;
#else
typedef uint32_t omadm_change_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** The differences between two trees. It does not change, and needs the trees no longer: many threads may read one. */
typedef struct omadm_diff omadm_diff;

/** One difference between two trees. */
typedef struct omadm_change {
    /** `sizeof(omadm_change)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_change_kind`. */
    uint32_t kind;
    /** Of a node that changed: `OMADM_DIFFERS_ACL` and so on. */
    uint32_t what;
    uint32_t reserved;
    /** The node in the first tree; `OMADM_NO_NODE` if it was added. */
    omadm_node before;
    /** The node in the second tree; `OMADM_NO_NODE` if it was removed. */
    omadm_node after;
    /** Where it is, such as `./DevInfo/Mod`. */
    omadm_str uri;
} omadm_change;


/**
 * Finds what differs between two trees, or between two nodes and what is below them, whatever their own names are. `before_node` and `after_node` may be
 * `OMADM_NO_NODE`: the roots. `what` is what is compared: `OMADM_DIFFERS_ALL`, or less.
 *
 * Nodes are the same if they have the same place: parent and name. The order of siblings says nothing. Changes come in the order of the first tree, what was
 * added behind its siblings. `*diff` is to be freed with `omadm_diff_free`.
 *
 * It costs time linear in both trees and in the URIs of the changes, which below long names may be much longer than the trees. `OMADM_E_LIMIT_OUTPUT` if they
 * have more octets together than `limit_output` is by default, before any is made: compare less, or smaller parts of the trees.
 */
omadm_rc omadm_tree_diff(const omadm_tree *before,
                         omadm_node before_node,
                         const omadm_tree *after,
                         omadm_node after_node,
                         uint32_t what,
                         struct omadm_diff **diff,
                         omadm_error *error);

/** Frees differences. NULL is left alone. */
void omadm_diff_free(struct omadm_diff *diff);

/** How many changes there are; 0 if the trees say the same. */
omadm_rc omadm_diff_count(const struct omadm_diff *diff, size_t *count, omadm_error *error);

/**
 * Changes, from the one with the index `first` on. `element_size` is `sizeof(omadm_change)`; `*written` says how many were stored, 0 at the end. Texts are
 * lent until `omadm_diff_free`.
 */
omadm_rc omadm_diff_changes(const struct omadm_diff *diff,
                            size_t first,
                            struct omadm_change *changes,
                            size_t element_size,
                            size_t capacity,
                            size_t *written,
                            omadm_error *error);

/**
 * Makes the changes between two other trees in a third, where their URIs lead: all, or none. Of nodes that changed, what was compared becomes as
 * in the second tree, and nothing else. Changes are not counted in `TStamp` and `VerNo`, which are copied if they are compared.
 *
 * `tree` is none of the others: to make a tree the same as another one, use `omadm_tree_clone` or `omadm_tree_replace_subtree`.
 *
 * `OMADM_E_NODE_NOT_FOUND` for a change of what is not here, `OMADM_E_NODE_EXISTS` for an addition of what is, and those of `omadm_tree_delete` and
 * `omadm_tree_add_subtree`. The offset is the index of the change that could not be made, among those of `omadm_tree_diff` of the whole trees.
 */
omadm_rc omadm_tree_apply(omadm_tree *tree,
                          const omadm_tree *before,
                          const omadm_tree *after,
                          uint32_t what,
                          omadm_error *error);


#define OMADM_CHANGE_INIT { sizeof(omadm_change), 0, 0, 0, 0, 0, { NULL, 0 } }

/*
 * ---- What a `Get` asks a tree, answered with the items of its `Results`.
 */

/**
 * Location queries, structural queries and node addresses are answered, which no public standard has the form of. Without it they are
 * `OMADM_E_UNSUPPORTED_QUERY`.
 */
#define OMADM_UNSTABLE_RESULTS_LOCATIONS 1

/** The items of a `Results`. They do not change, and need the tree no longer: many threads may read them. */
typedef struct omadm_results omadm_results;

/** For whom, and how, a `Get` is answered. NULL in its place, and what `OMADM_RESULTS_OPTIONS_INIT` says: for the device itself, in WBXML. */
typedef struct omadm_results_options {
    /** `sizeof(omadm_results_options)`; set by `OMADM_RESULTS_OPTIONS_INIT`. */
    uint32_t struct_size;
    /** `OMADM_UNSTABLE_RESULTS_LOCATIONS` */
    uint32_t flags;
    /** The encoding of the message that the answer is for, an `enum omadm_encoding`: a tree document is in the same one. 0 is WBXML. */
    uint32_t encoding;
    /** How long URIs may be, as the device's `./DevDetail/URI` says: segments, octets in all, octets of a segment; 0 for any. */
    uint16_t max_depth;
    uint16_t max_tot_len;
    uint16_t max_seg_len;
    uint16_t reserved;
    uint32_t reserved2;
    /** The server whose rights count. Absent: the device itself, which may read everything. */
    omadm_str principal;
    /** `limit_elements`, `limit_output`, `limit_locations` and `limit_answer_nodes` of these are what an answer may cost. NULL for the defaults. */
    const omadm_options *limits;
} omadm_results_options;

/** One item of a `Results`. */
typedef struct omadm_result_item {
    /** `sizeof(omadm_result_item)`; set by the caller. */
    uint32_t struct_size;
    /**
     * How `data` is to be sent, an `enum omadm_data_form`: `OMADM_DATA_ABSENT`, `OMADM_DATA_TEXT`, `OMADM_DATA_CDATA` for text that holds markup, or
     * `OMADM_DATA_OPAQUE` for octets, which are base64 in XML.
     */
    uint32_t form;
    /** `Source/LocURI` */
    omadm_str source;
    /** `Meta/Format`; absent for the default, `chr`. */
    omadm_str format;
    /** `Meta/Type`; absent for the default, `text/plain`. */
    omadm_str media_type;
    omadm_bytes data;
} omadm_result_item;


/**
 * Answers a `Get`: the items of its `Results`, for any URI with any query. `options` may be NULL. `*results` is to be freed with `omadm_results_free`.
 *
 * A leaf gives its value; an interior node the names of its children, joined by `/`, with `Format` `node`. `?prop=` gives the property's text, with the
 * whole URI as `source`. `?list=Struct` gives an item for each node that the server may read; `?list=StructData` adds the values of leaves. `?list=TNDS`, with
 * `+Name` and `-Name` or without, gives one item with a tree document: in XML a CDATA section, in WBXML octets.
 *
 * `OMADM_E_INVALID_URI` (status 404), `OMADM_E_INVALID_QUERY` (422), `OMADM_E_URI_TOO_LONG` (414), `OMADM_E_NODE_NOT_FOUND` (404),
 * `OMADM_E_GET_NOT_ALLOWED` (405) for the Inbox, `OMADM_E_UNSUPPORTED_QUERY` (406), `OMADM_E_ANSWER_TOO_LONG` (413), `OMADM_E_ACCESS_DENIED` (425);
 * and those of `omadm_tree_encode`, with the place of the node as `inner_offset`. Offsets count octets of the URI.
 */
omadm_rc omadm_tree_results(const omadm_tree *tree,
                            const char *uri,
                            size_t uri_len,
                            const struct omadm_results_options *options,
                            struct omadm_results **results,
                            omadm_error *error);

/** Frees the items of a `Results`. NULL is left alone. */
void omadm_results_free(struct omadm_results *results);

/** How many items there are. */
omadm_rc omadm_results_count(const struct omadm_results *results, size_t *count, omadm_error *error);

/**
 * Items, from the one with the index `first` on. `element_size` is `sizeof(omadm_result_item)`; `*written` says how many were stored, 0 at the end. What they
 * lend is valid until `omadm_results_free`.
 */
omadm_rc omadm_results_items(const struct omadm_results *results,
                             size_t first,
                             struct omadm_result_item *items,
                             size_t element_size,
                             size_t capacity,
                             size_t *written,
                             omadm_error *error);

/**
 * Finds out which node a command is about, before it is done: a node address is taken for the URI of the node that it fits, everything else for itself.
 * `command` is an `enum omadm_command_kind`; of `options`, which may be NULL, `OMADM_UNSTABLE_RESULTS_LOCATIONS` says whether there are node addresses.
 *
 * `*found` is 1, and `uris` has the URI, with `?prop=` if a property is meant. If it is more the address fits several nodes, and nothing is to be done: the answer is
 * status 300 with an item for each, which has the URI as its `Target`. There are at most 16; they stand one after the other, `ends[i]` says where each ends, and there
 * is room for 16 in `ends`.
 *
 * `OMADM_E_UNSUPPORTED_QUERY` (406) for a node address where there are none, `OMADM_E_COMMAND_NOT_ALLOWED` (405) for a query in another command than
 * `Get`, `OMADM_E_READ_ONLY_PROPERTY` (405), `OMADM_E_INVALID_LOCATION_QUERY`, `OMADM_E_NODE_NOT_FOUND`, `OMADM_E_ACCESS_DENIED` and
 * `OMADM_E_LIMIT_PATTERN`.
 */
omadm_rc omadm_unstable_tree_target(const omadm_tree *tree,
                                    const char *uri,
                                    size_t uri_len,
                                    uint32_t command,
                                    const struct omadm_results_options *options,
                                    omadm_buffer *uris,
                                    size_t *ends,
                                    size_t *found,
                                    omadm_error *error);


#define OMADM_RESULTS_OPTIONS_INIT { sizeof(omadm_results_options), 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, NULL }

#define OMADM_RESULT_ITEM_INIT { sizeof(omadm_result_item), 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Device descriptions (DDF): which nodes there may be, and what may be done with them.
 */

/** The node takes Add. */
#define OMADM_ACCESS_ADD 1

/** The node takes Copy. */
#define OMADM_ACCESS_COPY 2

/** The node takes Delete. */
#define OMADM_ACCESS_DELETE 4

/** The node takes Exec. */
#define OMADM_ACCESS_EXEC 8

/** The node takes Get. */
#define OMADM_ACCESS_GET 16

/** The node takes Replace. */
#define OMADM_ACCESS_REPLACE 32

/** It stands for nodes of any name: its name is empty, `*`, `{X}` or `<X>`. */
#define OMADM_SCHEMA_DYNAMIC_NAME 1

/** It has `DFProperties`; without there is no more than name and place. */
#define OMADM_SCHEMA_DESCRIBED 2

/** It has an `AccessType`. */
#define OMADM_SCHEMA_ACCESS 4

/** `Scope` is `Permanent`. */
#define OMADM_SCHEMA_PERMANENT 8

/** `CaseSense` is `CIS`: the case of the names below does not count. */
#define OMADM_SCHEMA_CASE_INSENSITIVE 16

/** What a description says of a value. */
enum omadm_verdict
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    OMADM_VERDICT_ALLOWED = 1,
    OMADM_VERDICT_REFUSED = 2,
    /** The description says more than this library can judge. */
    OMADM_VERDICT_NOT_JUDGED = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_verdict omadm_verdict;
#else
typedef uint32_t omadm_verdict;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What one or more device descriptions say. Many threads may read one that nobody adds to. What functions lend out of it is valid until
 * something is added to it, or it is freed.
 */
typedef struct omadm_schema omadm_schema;

/** Names one described node of one schema for as long as the schema lives, also when something is added. 0 is none. */
typedef uint64_t omadm_schema_node;

/** One described node. */
typedef struct omadm_schema_node_info {
    /** `sizeof(omadm_schema_node_info)`; set by the caller. */
    uint32_t struct_size;
    /** `DFFormat`, an `enum omadm_format`; where it is absent what follows from the rest of the description. */
    uint32_t format;
    /** `AccessType`: the commands that the node takes, `OMADM_ACCESS_*`; none where it is absent. */
    uint32_t access;
    /** `OMADM_SCHEMA_*`. */
    uint32_t flags;
    /** `Occurrence`: how many there must be at least (1 where it is absent), and may be at most; `OMADM_NO_INDEX` for any number. */
    uint32_t occurrence_min;
    uint32_t occurrence_max;
    omadm_schema_node node;
    /** The node that it stands in; 0 at the top of its document, where `path` says what is above. */
    omadm_schema_node parent;
    /** Which of the documents it is in, from 0, and where it begins there. */
    uint64_t document;
    uint64_t offset;
    /** `NodeName`; absent for an empty one: it stands for nodes of any name. */
    omadm_str name;
    /** `Path`: the URI of the parent. */
    omadm_str path;
    /** `DFTitle` */
    omadm_str title;
    /** `Description` */
    omadm_str description;
    /** The identifier of the management object that begins here. */
    omadm_str mo_id;
    /** The first media type of a leaf; `omadm_schema_media_types` has all. */
    omadm_str media_type;
    /** `DefaultValue` */
    omadm_bytes default_value;
    /** `Value`: what a new instance begins with. */
    omadm_bytes value;
} omadm_schema_node_info;


/**
 * Decodes a device description, XML or WBXML. `options` may be NULL. `*schema` is to be freed with `omadm_schema_free`.
 *
 * A tree document is a description that describes little; it is not refused. Errors: 1xx to 4xx, `OMADM_E_NOT_TREE`, `OMADM_E_MISSING`,
 * `OMADM_E_REPEATED`, `OMADM_E_INVALID_NAME`, `OMADM_E_INVALID_PATH`, `OMADM_E_UNKNOWN_NODE_FORMAT` and `OMADM_E_INVALID_VALUE`, with the offset of the element
 * at fault.
 */
omadm_rc omadm_schema_decode(const uint8_t *data,
                             size_t len,
                             const omadm_options *options,
                             struct omadm_schema **schema,
                             omadm_error *error);

/**
 * Adds what another document describes behind what is there. Nothing is thrown away where two documents describe the same URI. A check that was made
 * before does not see it. Errors are those of `omadm_schema_decode`; then nothing was added.
 */
omadm_rc omadm_schema_add(struct omadm_schema *schema,
                          const uint8_t *data,
                          size_t len,
                          const omadm_options *options,
                          omadm_error *error);

/** Frees a schema. NULL is left alone. Checks that were made of it live on. */
void omadm_schema_free(struct omadm_schema *schema);

/** How many nodes a schema describes, and in how many documents. Outputs that are NULL are left out. */
omadm_rc omadm_schema_summary(const struct omadm_schema *schema,
                              size_t *node_count,
                              size_t *document_count,
                              omadm_error *error);

/**
 * Described nodes, parents before children, in the order of the documents: those behind `after`, or from the first on if that is 0. `element_size` is
 * `sizeof(omadm_schema_node_info)`; `*written` says how many were stored, 0 at the end.
 */
omadm_rc omadm_schema_nodes(const struct omadm_schema *schema,
                            omadm_schema_node after,
                            struct omadm_schema_node_info *nodes,
                            size_t element_size,
                            size_t capacity,
                            size_t *written,
                            omadm_error *error);

/** One described node. */
omadm_rc omadm_schema_node_get(const struct omadm_schema *schema,
                               omadm_schema_node node,
                               struct omadm_schema_node_info *info,
                               omadm_error *error);

/**
 * The descriptions of the node at a URI: the best first, which is that of the exact names before one that an unnamed node stands for, the first document's
 * first. `*found` says how many there are; as many as `capacity` has room for are stored in `nodes`. `OMADM_E_INVALID_URI`.
 */
omadm_rc omadm_schema_find(const struct omadm_schema *schema,
                           const char *uri,
                           size_t uri_len,
                           omadm_schema_node *nodes,
                           size_t capacity,
                           size_t *found,
                           omadm_error *error);

/** The URI of a described node; of unnamed nodes, and below such, a template like `./Vendor/Acc/{Name}/Port`. */
omadm_rc omadm_schema_uri(const struct omadm_schema *schema,
                          omadm_schema_node node,
                          omadm_buffer *uri,
                          omadm_error *error);

/** The media types that the value of a leaf can have. `*found` says how many there are; as many as `capacity` has room for are stored. */
omadm_rc omadm_schema_media_types(const struct omadm_schema *schema,
                                  omadm_schema_node node,
                                  omadm_str *media_types,
                                  size_t capacity,
                                  size_t *found,
                                  omadm_error *error);

/** Whether a node takes a value, as it is sent: `*verdict` becomes an `enum omadm_verdict`. To ask for many, make a check. */
omadm_rc omadm_schema_judge(const struct omadm_schema *schema,
                            omadm_schema_node node,
                            const uint8_t *value,
                            size_t value_len,
                            uint32_t *verdict,
                            omadm_error *error);


#define OMADM_SCHEMA_NODE_INFO_INIT { sizeof(omadm_schema_node_info), 0, 0, 0, 0, 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Whether trees, messages and commands are as device descriptions say.
 */

/** Documents are whole trees: nodes are missed below nodes that a document only implies, too, and below the root. */
#define OMADM_CHECK_WHOLE_TREE 1

/** What a finding says. */
enum omadm_finding_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** Something is not as described. */
    OMADM_FINDING_WRONG = 1,
    /** A value or a name was held against a rule that this library cannot judge by: nothing is known to be wrong. These come last. */
    OMADM_FINDING_NOT_JUDGED = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_finding_kind omadm_finding_kind;
#else
typedef uint32_t omadm_finding_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/** A check against a schema. What it looks up is kept, so one serves for many trees and messages, also from several threads. */
typedef struct omadm_check omadm_check;

/** What a check found. It does not change, and needs neither the check nor what was checked. */
typedef struct omadm_findings omadm_findings;

/** How a tree is checked. NULL in its place, and what `OMADM_CHECK_OPTIONS_INIT` says: documents are parts of a tree, for any build. */
typedef struct omadm_check_options {
    /** `sizeof(omadm_check_options)`; set by `OMADM_CHECK_OPTIONS_INIT`. */
    uint32_t struct_size;
    /** `OMADM_CHECK_WHOLE_TREE` */
    uint32_t flags;
    /**
     * The build of Windows of the device, such as `10.0.22621`: nodes that it does not have are findings, and are not missed. Absent: every node is taken to
     * be there.
     */
    omadm_str os_build;
    /** `limit_findings`, `limit_patterns` and `limit_pattern_size` of these count. NULL for the defaults. */
    const omadm_options *limits;
} omadm_check_options;

/** A command to be checked. Begin with `omadm_check_request request = OMADM_CHECK_REQUEST_INIT;`. */
typedef struct omadm_check_request {
    /** `sizeof(omadm_check_request)`; set by `OMADM_CHECK_REQUEST_INIT`. */
    uint32_t struct_size;
    /** One of `OMADM_ACCESS_*`; 0 to check only what the node is and holds, as of an answer. */
    uint32_t command;
    /** Whether it stands in an `Atomic`: 0 if that is not to be checked, 1 if it does not, 2 if it does. */
    uint32_t in_atomic;
    uint32_t reserved;
    /** The node's URI, which may have `?prop=` or `?list=` behind it. */
    omadm_str uri;
    /** `Meta/Format`, as it is written. */
    omadm_str format;
    /** `Meta/Type` */
    omadm_str media_type;
    /** `Data`, as it was sent. */
    omadm_bytes value;
} omadm_check_request;

/** One thing that was found. */
typedef struct omadm_finding {
    /** `sizeof(omadm_finding)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_finding_kind`. */
    uint32_t kind;
    /** The status code that a device answers a command with; 0 where there is none. */
    uint32_t status;
    uint32_t reserved;
    /** Where the item begins in the message that was checked; else `OMADM_NONE`. */
    uint64_t offset;
    /** The description that says so, in the schema that the check was made of; 0 where there is none. */
    omadm_schema_node node;
    /** The node that it is about; of a command as it was written there. */
    omadm_str uri;
    /** A short name for programs, such as `not-described`. Stays the same between releases. Static. */
    omadm_str reason;
    /** The reason in words. */
    omadm_str text;
    /** What the description has instead, in words. */
    omadm_str expected;
} omadm_finding;


/**
 * Makes a check against a schema, as that is now. `options` may be NULL. `*check` is to be freed with `omadm_check_free`; the schema can be freed before.
 * `OMADM_E_INVALID_NUMBER` for an `os_build` that is none.
 */
omadm_rc omadm_check_new(const omadm_schema *schema,
                         const struct omadm_check_options *options,
                         struct omadm_check **check,
                         omadm_error *error);

/** Frees a check. NULL is left alone. */
void omadm_check_free(struct omadm_check *check);

/** Checks a tree. `*findings` is to be freed with `omadm_findings_free`. */
omadm_rc omadm_check_tree(const struct omadm_check *check,
                          const omadm_tree *tree,
                          struct omadm_findings **findings,
                          omadm_error *error);

/** Checks every item of the commands Add, Copy, Delete, Exec, Get, Replace and Results of a message; trees in items are checked as trees. */
omadm_rc omadm_check_message(const struct omadm_check *check,
                             const omadm_message *message,
                             struct omadm_findings **findings,
                             omadm_error *error);

/** Checks one command, before it is done or sent. Findings have the status code that a device answers with. */
omadm_rc omadm_check_command(const struct omadm_check *check,
                             const struct omadm_check_request *request,
                             struct omadm_findings **findings,
                             omadm_error *error);

/** How many findings there are, and whether these are all (1) or were cut off at `limit_findings` (0). Outputs that are NULL are left out. */
omadm_rc omadm_findings_summary(const struct omadm_findings *findings,
                                size_t *count,
                                uint32_t *is_complete,
                                omadm_error *error);

/**
 * Findings, from the one with the index `first` on. `element_size` is `sizeof(omadm_finding)`; `*written` says how many were stored, 0 at the end. Texts are
 * lent until `omadm_findings_free`.
 */
omadm_rc omadm_findings_rows(const struct omadm_findings *findings,
                             size_t first,
                             struct omadm_finding *rows,
                             size_t element_size,
                             size_t capacity,
                             size_t *written,
                             omadm_error *error);

/** Frees findings. NULL is left alone. */
void omadm_findings_free(struct omadm_findings *findings);


#define OMADM_CHECK_OPTIONS_INIT { sizeof(omadm_check_options), 0, { NULL, 0 }, NULL }

#define OMADM_CHECK_REQUEST_INIT { sizeof(omadm_check_request), 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

#define OMADM_FINDING_INIT { sizeof(omadm_finding), 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

/*
 * ---- Nodes and commands as columns, through the Arrow C Data Interface.
 */

/**
 * The nodes from `top` down as a struct array, one row each, parents before children, with the columns `node` (uint64: the `omadm_node`), `uri`, `name`,
 * `format`, `value` (large_binary, as it was sent), `media_type`, `mo_id`, `acl`, `title`, `tstamp` and `ver_no` (large_utf8; null where there is
 * none). `top` may be `OMADM_NO_NODE`, the root; `options` NULL.
 *
 * Both outputs are the caller's, who calls their `release`. `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output`.
 */
omadm_rc omadm_tree_arrow(const omadm_tree *tree,
                          omadm_node top,
                          const omadm_options *options,
                          struct ArrowSchema *schema,
                          struct ArrowArray *array,
                          omadm_error *error);

/**
 * The commands of a message as a struct array: a row for each item, or for a command without items; with the columns `session_id`, `msg_id`, `command`
 * and `item` (uint32: the indexes; `item` null where there is none), `kind` (the element's name), `cmd_id`, `code` (uint32: of `Status` and
 * `Alert`), `msg_ref`, `cmd_ref`, `cmd`, `target`, `source`, `format`, `media_type` and `data` (large_binary, as it was sent; null for markup). The
 * others are large_utf8, null where there is none. `options` may be NULL.
 *
 * Both outputs are the caller's, who calls their `release`. `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output`.
 */
omadm_rc omadm_message_arrow(const omadm_message *message,
                             const omadm_options *options,
                             struct ArrowSchema *schema,
                             struct ArrowArray *array,
                             omadm_error *error);

/**
 * A struct array that shares what is in another one of this library, which nobody has taken anything out of: for a reader that takes it over, again and
 * again. Both may be released in any order, and in any thread.
 *
 * Both outputs are the caller's, who calls their `release`. `OMADM_E_ARGUMENT` for an array that is of another make, or released.
 */
omadm_rc omadm_unstable_arrow_share(const struct ArrowArray *from,
                                    struct ArrowSchema *schema,
                                    struct ArrowArray *array,
                                    omadm_error *error);


/*
 * ---- Many documents at once as columns, through the Arrow C Data Interface: what cannot be read is told in a table of its own.
 */

/**
 * The nodes of many tree documents (TNDS) as one struct array: `document` (uint32: its place in `documents`, where the first has the number `first`), and
 * the columns of `omadm_tree_arrow`. `OMADM_E_ARGUMENT` for a `first` with which the last would have no number.
 *
 * A document that cannot be read has no rows there, but one in `errors`: `document`, `code` (uint32: an `enum omadm_code`), `offset` and `inner_offset` (uint64; null
 * where there is none), `message` and `subject` (large_utf8), as in `omadm_error`. `options` may be NULL. All four outputs are the caller's, who calls their `release`.
 * `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output` in all: hand in fewer documents at once.
 */
omadm_rc omadm_trees_arrow(const omadm_bytes *documents,
                           size_t count,
                           uint32_t first,
                           const omadm_options *options,
                           struct ArrowSchema *schema,
                           struct ArrowArray *array,
                           struct ArrowSchema *error_schema,
                           struct ArrowArray *errors,
                           omadm_error *error);

/** The commands of many messages as one struct array: `document`, and the columns of `omadm_message_arrow`. As `omadm_trees_arrow`. */
omadm_rc omadm_messages_arrow(const omadm_bytes *documents,
                              size_t count,
                              uint32_t first,
                              const omadm_options *options,
                              struct ArrowSchema *schema,
                              struct ArrowArray *array,
                              struct ArrowSchema *error_schema,
                              struct ArrowArray *errors,
                              omadm_error *error);


/*
 * ---- A whole message or tree in one buffer: for languages in which a call costs more than what it brings. Young, so that its form can change.
 */

/** A text in rows has a zero octet in it, so that the zero octets between texts do not part them: the ends of texts are given. */
#define OMADM_UNSTABLE_ROWS_ENDS 1


/**
 * All of a message in one buffer. Everything but octets and texts is a number of 32 bits in the order of this machine's octets:
 *
 * 1. Head: flags (`OMADM_UNSTABLE_ROWS_ENDS`); how many numbers are in 4; how many texts; how many runs of octets; octets of all texts; octets of all
 *    runs.
 * 2. The texts, a zero octet before each.
 * 3. The runs of octets, one after the other; then zero octets up to a multiple of eight.
 * 4. Numbers, see below.
 * 5. With that flag, where each text ends in 2. Then, where each run ends in 3.
 *
 * The number of a text, or of a run, is its place in 2 or 3, from 1; 0 where there is none. Those of a message: encoding, whether it is final,
 * `OMADM_HEADER_*`, and how many commands it has; nine texts of the header, in the order of `omadm_header`; for each command `kind`, `flags`, `code`,
 * `parent`, `end`, `item_count`, `ref_count`, offset, seven texts from `name` to `lang`, and data; for each item of all commands `flags`, offset, nine texts from
 * `node_uri` to `media_type`, and data; for each reference of all commands `is_target` and a text; at last of each command its `Meta`, if it has one, its challenge, and the
 * `Meta` of each of its items: `size`, `max_msg_size` and `max_obj_size`, lower half first, texts `format`, `media_type`, `mark` and `version`, and data, the next nonce. Data is its form,
 * its offset or 0xFFFFFFFF, a text and a run.
 *
 * `options` may be NULL. `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output`.
 */
omadm_rc omadm_unstable_message_rows(const omadm_message *message,
                                     const omadm_options *options,
                                     omadm_buffer *rows,
                                     omadm_error *error);

/**
 * The nodes from `top` down in one buffer, parents before children, in the form of `omadm_unstable_message_rows`. The numbers: how many nodes; the
 * `omadm_node` of each, lower half first; then column by column the format of each, its `OMADM_NODE_*`, how many children it has, the text of its media type or
 * `mo_id`; how many texts there were so far. The texts that follow have no numbers: the URI of each, the name of each, the value of each, which is empty where there
 * is none or it is octets; how many rows have no value, and which; how many have octets, and which: these are the runs. At last, of four columns, how many rows have a text
 * and which, and these texts: `acl`, `title`, `tstamp`, `ver_no`.
 *
 * `top` may be `OMADM_NO_NODE`, the root; `options` NULL. `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output`.
 */
omadm_rc omadm_unstable_tree_rows(const omadm_tree *tree,
                                  omadm_node top,
                                  const omadm_options *options,
                                  omadm_buffer *rows,
                                  omadm_error *error);


/*
 * ---- A whole message or tree as a pickle: Python makes objects of it by one call, in loops of its own. Young, so that its form can change.
 */

/** Not a node after the other, but a property after the other. */
#define OMADM_UNSTABLE_COLUMNS 1


/**
 * The commands of a message as a pickle of Python, protocol 5: a tuple of commands. Behind its end stand the numbers of the objects that its loader has to
 * hand in as buffers, in this order, one octet each; the last octet says how many these are.
 *
 * 0 is the class of commands, 1 that of items, 2 that of references, 3 of nodes, 4 of properties. 8 and above are `OMADM_DATA_*`, 16 and above
 * `OMADM_ITEM_*`, 32 and above `OMADM_FORMAT_*`, 48 and above `OMADM_NODE_*`, 64 and above `OMADM_CMD_*`, 96 and above `OMADM_COMMAND_*`, above 128 the
 * name of an `OMADM_CMD_*`. A class is given one tuple of all that its object has. Absent is `None`.
 *
 * A command: kind, name, `CmdID`, `MsgRef`, `CmdRef`, `Cmd`, code, a tuple of items, a tuple of references, data, `Correlator`, `Lang`, its index, that of its
 * parent, the end, offset, flags. An item: `node_uri` to `media_type` as in `omadm_item`, data, offset, flags. Data: its value (text, octets, or `None` for markup),
 * its form, its offset. A reference: whether it is a target; the URI.
 *
 * `options` may be NULL. `OMADM_E_LIMIT_OUTPUT` for more octets than `limit_output`.
 */
omadm_rc omadm_unstable_message_pickle(const omadm_message *message,
                                       const omadm_options *options,
                                       omadm_buffer *pickle,
                                       omadm_error *error);

/**
 * Decodes a message and gives its commands at once: `omadm_message_decode`, `omadm_unstable_message_pickle` and `omadm_message_free` by one call.
 * `options` are those for the decoder.
 */
omadm_rc omadm_unstable_decode_pickle(const uint8_t *data,
                                      size_t len,
                                      const omadm_options *options,
                                      omadm_buffer *pickle,
                                      omadm_error *error);

/**
 * The nodes from `top` down, parents before children, in the form of `omadm_unstable_message_pickle`; not more than `count`, and from the one behind `after` on
 * if that is not `OMADM_NO_NODE`. Parts that are not too large are read while they are still in the processor's cache. They are a list of nodes, or with `OMADM_UNSTABLE_COLUMNS` in
 * `flags` a tuple of lists.
 *
 * A node, or the columns: URI, the `omadm_node`, name, format, value, media type or `mo_id`, how many children it has, flags. Then in a node: its properties, or
 * `None`; there, and as columns: `acl`, `title`, `tstamp`, `ver_no`. A column may be `None` if there is nothing in it.
 *
 * `top` may be `OMADM_NO_NODE`, the root; `options` NULL. `OMADM_E_LIMIT_OUTPUT` for more octets than `limit_output`;
 * `OMADM_E_ARGUMENT` for an `after` that is not below `top`.
 */
omadm_rc omadm_unstable_tree_pickle(const omadm_tree *tree,
                                    omadm_node top,
                                    omadm_node after,
                                    size_t count,
                                    uint32_t flags,
                                    const omadm_options *options,
                                    omadm_buffer *pickle,
                                    omadm_error *error);


/*
 * ---- Client-provisioning documents (PROV 1.1): the accounts and settings that bootstrap a device. `omadm_convert` has them in the other encoding.
 */

/** What a document consists of, in its order. */
enum omadm_provisioning_kind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /** A `characteristic` begins, inside the one that is open; `name` is its `type`. Its parms come next, then the characteristics inside it. */
    OMADM_PROVISIONING_BEGIN = 1,
    /** A `parm` with name and value; without a value it says something by being there, as `INTERNET` does. */
    OMADM_PROVISIONING_PARM = 2,
    /**
     * An attribute that the standard does not know, such as Microsoft's `datatype`, of what comes before; of the document itself where nothing does. Its
     * name is as written, with its prefix.
     */
    OMADM_PROVISIONING_ATTRIBUTE = 3,
    /** The innermost characteristic ends. */
    OMADM_PROVISIONING_END = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum omadm_provisioning_kind omadm_provisioning_kind;
#else
typedef uint32_t omadm_provisioning_kind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A client-provisioning document. It does not change: many threads may read one. What functions lend out of it is valid until
 * `omadm_provisioning_free`. It has secrets: do not log it.
 */
typedef struct omadm_provisioning omadm_provisioning;

/** One part of a document. */
typedef struct omadm_provisioning_part {
    /** `sizeof(omadm_provisioning_part)`; set by the caller. */
    uint32_t struct_size;
    /** An `enum omadm_provisioning_kind`. */
    uint32_t kind;
    /** Where the element begins in the input; 0 for an end. */
    uint64_t offset;
    omadm_str name;
    omadm_str value;
} omadm_provisioning_part;


/**
 * Decodes a client-provisioning document, XML or WBXML. `options` may be NULL. `*provisioning` is to be freed with `omadm_provisioning_free`.
 *
 * Elements that the standard does not know are passed over. Errors: 1xx to 4xx, `OMADM_E_NOT_PROVISIONING`, `OMADM_E_MISSING` for a characteristic
 * without `type` or a parm without `name`, `OMADM_E_REPEATED`, `OMADM_E_UNEXPECTED_ELEMENT` and `OMADM_E_UNEXPECTED_TEXT`, with the offset of what is at fault.
 */
omadm_rc omadm_provisioning_decode(const uint8_t *data,
                                   size_t len,
                                   const omadm_options *options,
                                   struct omadm_provisioning **provisioning,
                                   omadm_error *error);

/** Frees a document. NULL is left alone. */
void omadm_provisioning_free(struct omadm_provisioning *provisioning);

/** What a document was written in, an `enum omadm_encoding`; its `version`, absent for 1.0; and how many parts it has. Outputs that are NULL are left out. */
omadm_rc omadm_provisioning_summary(const struct omadm_provisioning *provisioning,
                                    uint32_t *encoding,
                                    omadm_str *version,
                                    size_t *part_count,
                                    omadm_error *error);

/**
 * The parts of a document, from the one with the index `first` on. `element_size` is `sizeof(omadm_provisioning_part)`; `*written` says how many were stored,
 * 0 at the end.
 */
omadm_rc omadm_provisioning_parts(const struct omadm_provisioning *provisioning,
                                  size_t first,
                                  struct omadm_provisioning_part *parts,
                                  size_t element_size,
                                  size_t capacity,
                                  size_t *written,
                                  omadm_error *error);


#define OMADM_PROVISIONING_PART_INIT { sizeof(omadm_provisioning_part), 0, 0, { NULL, 0 }, { NULL, 0 } }

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
 * `a1` receives 16 octets. Name and secret may hold any octets; their lengths may be `OMADM_NUL`. Neither may be NULL, so that a secret that was forgotten is
 * not taken for an empty one. The MD5 of these schemes is broken as a
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
 * `OMADM_BUFFER_TOO_SMALL`. `Meta` has to say the scheme's name as `Type` and `b64` as `Format`. Name and secret as in `omadm_a1`.
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

/** The base64 of a nonce. `room` and `length` as in `omadm_cred_basic`. `OMADM_E_INPUT_TOO_LARGE` above 4 GiB. */
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
 * ```c
 * omadm_notification_fields claimed = OMADM_NOTIFICATION_FIELDS_INIT;
 * omadm_notification notification = OMADM_NOTIFICATION_INIT;
 * omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
 * if (omadm_notification_decode(data, len, media_type, &claimed, NULL) == OMADM_OK
 *     && find_account(claimed.server_id, &credentials)
 *     && omadm_notification_open(data, len, media_type, &credentials, &notification, NULL) == OMADM_OK)
 *     begin_session(&notification);
 * ```
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
 * name; `OMADM_E_PUSH_HEADERS` in `wsp_headers`; `OMADM_E_PUSH_HEADER_SIZE` for more than the 48 octets of headers that a notification may have;
 * `OMADM_E_INPUT_TOO_LARGE` for a body above 4 GiB.
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
 * that began first gives way. Errors: as `omadm_sms_segment_decode`, `OMADM_E_LIMIT_SEGMENTS`, and `OMADM_E_INPUT_TOO_LARGE` for a sender above 4 GiB; what
 * was held stays as it is.
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
    /** An `enum omadm_unstable_form`. For encoding it follows from `subject`, and may be 0; another number is `OMADM_E_ARGUMENT`. */
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
 * Errors: `OMADM_E_ARGUMENT` for a number that does not fit, or a `reserved` that is not 0; from 721 on.
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
