package org.omadm;

import java.util.HashMap;
import java.util.Map;

/**
 * What went wrong: the codes of {@code omadm.h}, by its names without {@code OMADM_} and {@code OMADM_E_}.
 *
 * <p>1 to 9 are answers rather than faults; 10 to 99 say that a call was wrong; from 101 on an input was: 1xx any input, 2xx limits, 3xx XML, 4xx WBXML,
 * 5xx SyncML, 6xx trees and descriptions, 7xx package #0 and its carriers, 8xx authentication. New ones may come.
 */
public enum ErrorKind {
    /** A code that this version of the package has no name for. */
    OTHER(0),
    /** There is no more: the end of what is read piece by piece. Outputs are untouched. */
    END(1),
    /** What was asked for is not there. Outputs are untouched. */
    NOT_FOUND(2),
    /** The memory that the caller gave is too small. The length that is needed was stored; all other outputs are untouched. */
    BUFFER_TOO_SMALL(3),
    /** Not authentic: made with another secret or nonce, or changed on its way. What is refused is not carried out. Outputs are untouched. */
    REFUSED(4),
    /** Not authentic: credentials of another scheme than was asked for, or of one that this library does not compute. Outputs are untouched. */
    ANOTHER_SCHEME(5),
    /** A required argument is NULL. */
    NULL(10),
    /** An argument that no such argument may be: a number that stands for nothing, a length that cannot be, a pointer that is not aligned. */
    ARGUMENT(11),
    /** A {@code struct_size}, or a size of elements, that no version of this structure has: it was not set, or is below that of the first version. */
    STRUCT_SIZE(12),
    /** Not a handle of this kind, or one that was freed. This is noticed by chance only: memory that was freed may hold anything. */
    HANDLE(13),
    /** A node that is not in this tree any more, or never was. */
    STALE_NODE(14),
    /** A handle that is in use by a call that has not returned, or one in which a call failed by a fault of this library ({@code OMADM_E_PANIC}): it can only be freed. */
    BUSY(15),
    /** A fault of this library, stopped before it reached the caller. Please report it. */
    PANIC(16),
    /** A call in a state in which it cannot be made, such as the end of a container that was not begun. */
    STATE(17),
    /** The input ends too early. */
    UNEXPECTED_END(101),
    /** Not a known document: expected package #0, SyncML, TNDS, DDF, DevInf or client provisioning. */
    UNKNOWN_FORMAT(102),
    /** The input is larger than 4 GiB. */
    INPUT_TOO_LARGE(103),
    /** Not valid UTF-8. */
    INVALID_UTF8(104),
    /** Unsupported charset: expected UTF-8, US-ASCII or ISO-8859-1. */
    UNSUPPORTED_CHARSET(105),
    /** A character that is not allowed here. */
    INVALID_CHARACTER(106),
    /** Content after the end of the document. */
    TRAILING_DATA(107),
    /** Not valid base64. */
    INVALID_BASE64(108),
    /** No root element. */
    NO_ROOT(109),
    /** An octet that the charset does not have. */
    NOT_IN_CHARSET(110),
    /** Too many elements inside each other (limit: depth). */
    LIMIT_DEPTH(201),
    /** Too many elements or nodes (limit: elements). */
    LIMIT_ELEMENTS(202),
    /** Too many attributes on one element (limit: attributes). */
    LIMIT_ATTRIBUTES(203),
    /** Too many namespace declarations in force (limit: namespaces). */
    LIMIT_NAMESPACES(204),
    /** A name is too long (limit: name). */
    LIMIT_NAME(205),
    /** A text is too long (limit: text). */
    LIMIT_TEXT(206),
    /** The string table is too long (limit: string_table). */
    LIMIT_STRING_TABLE(207),
    /** The document expands to too much text (limit: expansion). */
    LIMIT_EXPANSION(208),
    /** The output is too long (limit: output). */
    LIMIT_OUTPUT(209),
    /** A command is too long to be held until it is complete (limit: buffer). */
    LIMIT_BUFFER(210),
    /** A fed message has too much before its first command (limit: prefix). */
    LIMIT_PREFIX(211),
    /** Too many segments in a pattern, or in the paths of a query (limit: pattern). */
    LIMIT_PATTERN(212),
    /** A message in more segments than may be held (limit: segments). */
    LIMIT_SEGMENTS(213),
    /** Too many header lines (limit: headers). */
    LIMIT_HEADERS(214),
    /** A start line or header is too long (limit: header). */
    LIMIT_HEADER(215),
    /** Not well-formed XML. */
    XML_SYNTAX(301),
    /** An end tag that does not match the open element. */
    XML_END_TAG(302),
    /** Unknown entity: only amp, lt, gt, quot and apos are expanded. */
    XML_ENTITY(303),
    /** A character reference to something that is not a character. */
    XML_CHARACTER_REFERENCE(304),
    /** A bare '&amp;': expected '&amp;' or a reference. */
    XML_BARE_AMPERSAND(305),
    /** A namespace prefix that is not declared. */
    XML_PREFIX(306),
    /** A malformed attribute: expected name="value". */
    XML_ATTRIBUTE(307),
    /** An attribute occurs twice on one element. */
    XML_DUPLICATE_ATTRIBUTE(308),
    /** Content outside the root element. */
    XML_OUTSIDE_ROOT(310),
    /** Unsupported WBXML version: expected 1.0 to 1.3. */
    WBXML_VERSION(401),
    /** Unknown public identifier. */
    WBXML_PUBLIC_ID(402),
    /** A multi-byte integer of more than 32 bits. */
    WBXML_INTEGER(403),
    /** The string table reaches past the end of the input. */
    WBXML_STRING_TABLE(404),
    /** A reference outside the string table. */
    WBXML_STRING_INDEX(405),
    /** Unknown code page. */
    WBXML_PAGE(406),
    /** Unknown tag token. */
    WBXML_TAG(407),
    /** Unknown attribute token. */
    WBXML_ATTRIBUTE(408),
    /** An opaque block reaches past the end of the input. */
    WBXML_OPAQUE(409),
    /** An inline string without a terminating zero. */
    WBXML_STRING(410),
    /** A token that is not allowed here. */
    WBXML_TOKEN(411),
    /** An entity that is not a character. */
    WBXML_ENTITY(412),
    /** A literal that is not a name. */
    WBXML_LITERAL(413),
    /** Not a SyncML message: expected the root element SyncML. */
    NOT_SYNCML(501),
    /** Text where only elements are allowed. */
    UNEXPECTED_TEXT(502),
    /** An element where only text is allowed. */
    UNEXPECTED_MARKUP(503),
    /** An element that is not allowed here. */
    UNEXPECTED_ELEMENT(504),
    /** Not a number: expected decimal digits. */
    INVALID_NUMBER(505),
    /** A value that is not one of those allowed here. */
    INVALID_VALUE(506),
    /** A chunk that XML cannot carry by itself: cut octets at multiples of three, text between characters. */
    CHUNK_OF_OCTETS(507),
    /** A chunk of Format bin in XML, which cannot become octets by itself: b64 is for chunks. */
    CHUNK_OF_BIN(508),
    /** Data of another length than its Size says. */
    SIZE_MISMATCH(509),
    /** A required element is missing. */
    MISSING(511),
    /** An element occurs more than once. */
    REPEATED(512),
    /** An element is empty that must not be. */
    EMPTY(513),
    /** Not a provisioning document: expected the root element wap-provisioningdoc. */
    NOT_PROVISIONING(521),
    /** Not device information: expected the root element DevInf. */
    NOT_DEV_INF(531),
    /** Not meta-information: expected the root element MetInf. */
    NOT_MET_INF(532),
    /** An alert without the items that its code requires. */
    ALERT_ITEMS(541),
    /** An option or default response that this alert does not have. */
    ALERT_OPTION(542),
    /** No room for any part of the object. */
    NO_ROOM(543),
    /** The object is larger than the recipient takes (MaxObjSize). */
    OBJECT_TOO_LARGE(544),
    /** A message out of order: expected the next MsgID, and none after Final. */
    MESSAGE_ORDER(545),
    /** A message of another session. */
    MESSAGE_SESSION(546),
    /** The messages of a package are too long to be held until it is complete (limit: buffer). */
    PACKAGE_TOO_LONG(547),
    /** Not a tree document: expected the root element MgmtTree. */
    NOT_TREE(601),
    /** Two nodes have the same parent and name. */
    NAME_CLASH(602),
    /** A node with both Value and child nodes. */
    VALUE_WITH_CHILDREN(603),
    /** Not a node name: expected one or more characters without '/', and not '.' or '..'. */
    INVALID_NAME(604),
    /** Not a node URI: expected '.', './A/B' or 'A/B'. */
    INVALID_URI(605),
    /** A Path that does not lead to an interior node. */
    INVALID_PATH(606),
    /** Unknown Format: expected b64, bin, bool, chr, int, node, null, xml, date, time or float. */
    UNKNOWN_NODE_FORMAT(607),
    /** A node with child nodes whose Format is not node. */
    LEAF_WITH_CHILDREN(608),
    /** An interior node (Format node) with a Value. */
    VALUE_OF_INTERIOR(609),
    /** Not a command of an ACL: expected Add, Delete, Exec, Get or Replace, and '='. */
    ACL_COMMAND(621),
    /** Not a server identifier: expected '*', or one or more characters without '=', '&amp;', '*', '+' and blanks. */
    ACL_SERVER(622),
    /** Not a query of a URI: expected ?prop=Name, ?list=Struct, ?list=StructData, ?list=TNDS, ?list=TNDS+Name or ?list=TNDS-Name. */
    INVALID_QUERY(631),
    /** A URI that is too long, too deep, or has too long a segment for this device. */
    URI_TOO_LONG(632),
    /** Not a pattern: expected '.', or names, '*' and '**' between slashes, each with conditions in brackets or none. */
    INVALID_PATTERN(633),
    /** Not a condition: expected {@code [path]} or {@code [path=="text" &amp;&amp; path&gt;=number]}, with ==, !=, &lt;, &lt;=, &gt; or &gt;=. */
    INVALID_CONDITION(634),
    /** Not a path below a node: expected names and '*' between slashes. */
    INVALID_REL_PATH(635),
    /** Not a location query: a term that is malformed, repeated or missing, or a path before the '?'. */
    INVALID_LOCATION_QUERY(636),
    /** No node at this URI. */
    NODE_NOT_FOUND(641),
    /** There is a node with this name already. */
    NODE_EXISTS(642),
    /** A leaf, which cannot have child nodes. */
    NOT_INTERIOR(643),
    /** An interior node, which has no value. */
    NOT_LEAF(644),
    /** A permanent node: it cannot be deleted or renamed, nor change its Format or Type. */
    PERMANENT_NODE(645),
    /** The ACL does not allow this. */
    ACCESS_DENIED(646),
    /** A property that cannot be set. */
    READ_ONLY_PROPERTY(647),
    /** A value that this property cannot have. */
    PROPERTY_VALUE(648),
    /** Not a Type for this node: expected a media type for a leaf, a URI for an interior node. */
    INVALID_NODE_TYPE(649),
    /** A node that cannot be read. */
    GET_NOT_ALLOWED(650),
    /** A property or list that is not supported for this node. */
    UNSUPPORTED_QUERY(651),
    /** More than an answer may have (limit: elements, locations, answer_nodes or output). */
    ANSWER_TOO_LONG(652),
    /** A query that only Get can ask. */
    COMMAND_NOT_ALLOWED(653),
    /** A node address that fits several nodes. */
    SEVERAL_NODES(654),
    /** A value for a node whose Format is null. */
    VALUE_OF_NULL(655),
    /** The server identifier reaches past the end of the notification. */
    NOTIFICATION_SERVER_ID(701),
    /** A server identifier has 1 to 255 octets. */
    NOTIFICATION_SERVER_ID_LENGTH(702),
    /** Not a notification: the version field is below 1.0. */
    NOTIFICATION_VERSION(703),
    /** A value does not fit its field. */
    NOTIFICATION_FIELD(704),
    /** A DM 1.3 notification: its bit layout is not established, name one to decode it. */
    NOTIFICATION_LAYOUT(705),
    /** A layout of DM 1.3 notifications that breaks a rule: widths, a field twice or missing, length bias, code twice. */
    NOTIFICATION_LAYOUT_RULE(706),
    /** Another number of options than the header says. */
    NOTIFICATION_OPTION_COUNT(707),
    /** An option reaches past the end of the options. */
    NOTIFICATION_OPTION_END(708),
    /** Options out of order: expected ascending numbers. */
    NOTIFICATION_OPTION_ORDER(709),
    /** An option occurs more than once that may occur once only. */
    NOTIFICATION_OPTION_REPEATED(710),
    /** The option Server-ID is missing. */
    NOTIFICATION_OPTION_MISSING(711),
    /** An option of a size that it cannot have. */
    NOTIFICATION_OPTION_SIZE(712),
    /** The alerts of a data-synchronisation notification reach past its end. */
    NOTIFICATION_SYNC(713),
    /** Session hints: a segment reaches past the end. */
    HINT_SEGMENT(721),
    /** Session hints: more than 32, or more than 1,024 octets. */
    HINT_LIMIT(722),
    /** Session hints: a length that is not in its shortest form. */
    HINT_LENGTH(723),
    /** Session hints: a hint reaches past their end. */
    HINT_END(724),
    /** Session hints: types out of order, expected ascending. */
    HINT_ORDER(725),
    /** Session hints: a hint occurs more often than it may. */
    HINT_REPEATED(726),
    /** Session hints: a value that this hint cannot have. */
    HINT_VALUE(727),
    /** Session hints: a type that is not assigned to hints of this kind. */
    HINT_TYPE(728),
    /** Session hints: a language of the reason, but no reason. */
    HINT_LANGUAGE(729),
    /** Session hints: a DM 1.3 notification has an option for this. */
    HINT_IS_OPTION(730),
    /** Not a WSP push: expected PDU type 6. */
    PUSH_PDU(751),
    /** Headers of a push whose lengths do not add up. */
    PUSH_HEADERS(752),
    /** The push carries another content type than a DM notification. */
    PUSH_CONTENT_TYPE(753),
    /** The push is addressed to another application than a notification of its type is for, or to none. */
    PUSH_APPLICATION_ID(754),
    /** The push is addressed to another port than 2948. */
    PUSH_PORT(755),
    /** The headers of the push are longer than 48 octets. */
    PUSH_HEADER_SIZE(756),
    /** A segment number that cannot be, or a segment other than the first. */
    PUSH_SEGMENT_NUMBER(757),
    /** Longer than a segment, or than 255 of them. */
    PUSH_SEGMENT_SIZE(758),
    /** A segment of the message is missing. */
    PUSH_SEGMENT_MISSING(759),
    /** A segment that contradicts another, or is of another message. */
    PUSH_SEGMENT_CONFLICT(760),
    /** Not the first line of a push: expected a method, a target and a version. */
    PUSH_START_LINE(761),
    /** Not a header: expected a name, a colon and a value. */
    PUSH_HEADER_LINE(762),
    /** A header occurs more than once that may occur once only. */
    PUSH_HEADER_REPEATED(763),
    /** The length of the body cannot be told: a length that is no number, two lengths, or a transfer coding. */
    PUSH_BODY_LENGTH(764),
    /** Not a multipart body with its boundaries: expected a control entity and a content entity. */
    PUSH_MULTIPART(765),
    /** Not the control entity of a push submission. */
    PUSH_CONTROL(766),
    /** The boundary is no boundary, or occurs in what it separates. */
    PUSH_BOUNDARY(767),
    /** Not a time that this header can say. */
    PUSH_TIME(768),
    /** The body is in a content coding or transfer encoding other than identity, 7bit, 8bit and binary. */
    PUSH_ENCODING(769),
    /** Not a list of name=value and name="value". */
    AUTH_HEADER(801),
    /** The header x-syncml-hmac lacks its username or mac. */
    AUTH_HEADER_INCOMPLETE(802),
    /** A parameter of the header x-syncml-hmac occurs twice. */
    AUTH_HEADER_REPEATED(803),
    /** A user name with a control character, which a header cannot carry. */
    AUTH_HEADER_NAME(804);

    private static final Map<Integer, ErrorKind> BY_CODE = new HashMap<>();

    static {
        for (ErrorKind kind : values()) {
            BY_CODE.put(kind.code, kind);
        }
    }

    private final int code;

    ErrorKind(int code) {
        this.code = code;
    }

    /**
     * The number, which stays the same for good.
     *
     * @return the number of {@code enum omadm_code}; 0 for {@link #OTHER}
     */
    public int code() {
        return code;
    }

    static ErrorKind of(int code) {
        return BY_CODE.getOrDefault(code, OTHER);
    }
}
