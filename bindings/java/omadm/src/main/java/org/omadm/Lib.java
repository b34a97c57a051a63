package org.omadm;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.File;
import java.io.IOException;

/**
 * Every native function that is called, as {@code omadm.h} declares it. JNA maps them directly, and all parameters are primitive, which is what costs
 * least: a pointer and a {@code size_t} are a {@code long}, a {@code uint32_t} is an {@code int}. A test compares them with the header.
 */
final class Lib {
    /** The ABI that this package was written for: {@code OMADM_ABI_VERSION}. */
    static final int ABI_VERSION = 1;

    static {
        if (Native.POINTER_SIZE != 8) {
            throw new UnsatisfiedLinkError("omadm needs a platform with pointers of 64 bits");
        }
        Native.register(Lib.class, library());
        if (omadm_abi_version() < ABI_VERSION || omadm_abi_oldest() > ABI_VERSION) {
            throw new UnsatisfiedLinkError("libomadm " + text(omadm_version()) + " has another ABI than this package");
        }
    }

    private Lib() {}

    /** The library: the one that is named by the property {@code omadm.library}, that of the jar for this platform, or that of the system. */
    private static NativeLibrary library() {
        String named = System.getProperty("omadm.library");
        if (named != null) {
            return NativeLibrary.getInstance(new File(named).getAbsolutePath());
        }
        String resource = "/native/" + Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName("omadm");
        if (Lib.class.getResource(resource) == null) {
            return NativeLibrary.getInstance("omadm");
        }
        try {
            File extracted = Native.extractFromResourcePath(resource, Lib.class.getClassLoader());
            return NativeLibrary.getInstance(extracted.getAbsolutePath());
        } catch (IOException e) {
            throw new UnsatisfiedLinkError(resource + " cannot be extracted: " + e);
        }
    }

    /** A static text of the library's. */
    static String text(long address) {
        return address == 0 ? null : new Pointer(address).getString(0, "UTF-8");
    }

    static native int omadm_abi_version();

    static native int omadm_abi_oldest();

    static native long omadm_version();

    static native long omadm_status_name(int status);

    static native long omadm_alert_name(int alert);

    static native long omadm_command_name(int kind);

    static native long omadm_code_message(int code);

    static native int omadm_code_status(int code);

    static native int omadm_error_describe(long described, long input, long inputLen, long room, long roomLen, long length, long error);

    static native void omadm_buffer_free(long buffer);

    static native int omadm_options_init(long options, long error);

    static native int omadm_detect(long data, long len, long kind, long error);

    static native int omadm_convert(long data, long len, long options, int encoding, long converted, long error);

    static native int omadm_message_decode_input(long input, long options, long message, long error);

    static native void omadm_message_free(long message);

    static native int omadm_message_summary(long message, long encoding, long isFinal, long commandCount, long error);

    static native int omadm_message_header(long message, long header, long error);

    static native int omadm_message_header_meta(long message, long meta, long error);

    static native int omadm_message_header_cred(long message, long cred, long error);

    static native int omadm_unstable_message_rows(long message, long options, long rows, long error);

    static native int omadm_message_item_octets(long message, long command, long item, long octets, long error);

    static native int omadm_message_command_source(long message, long command, long source, long error);

    static native int omadm_message_item_source(long message, long command, long item, long source, long error);

    static native int omadm_message_extras(
            long message, int place, long command, long item, long first, long extras, long elementSize, long capacity, long written, long error);

    static native int omadm_message_alert_events(
            long message, long command, long first, long events, long elementSize, long capacity, long written, long error);

    static native int omadm_message_alert_check(long message, long command, long error);

    static native int omadm_message_ui_alert(long message, long command, int syntax, long alert, long error);

    static native int omadm_message_ui_choices(long message, long command, long first, long choices, long capacity, long written, long error);

    static native int omadm_message_ui_default(
            long message, long command, int syntax, long entered, long numbers, long capacity, long found, long error);

    static native int omadm_message_encode(long message, int encoding, long options, long encoded, long error);

    static native int omadm_message_encoded_len(long message, int encoding, long length, long error);

    static native int omadm_message_normalise(long message, long normal, long error);

    static native int omadm_message_equal(long message, long other, long isEqual, long error);

    static native int omadm_feeder_new(long options, long feeder, long error);

    static native void omadm_feeder_free(long feeder);

    static native int omadm_feeder_feed(long feeder, long data, long len, long error);

    static native int omadm_feeder_finish(long feeder, long error);

    static native int omadm_feeder_message(long feeder, long message, long error);

    static native int omadm_feeder_next(long feeder, long command, long error);

    static native int omadm_feeder_is_final(long feeder, long isFinal, long error);

    static native int omadm_splitter_new(long input, int form, long maxObjSize, long splitter, long error);

    static native void omadm_splitter_free(long splitter);

    static native int omadm_splitter_summary(long splitter, long size, long remaining, long error);

    static native int omadm_splitter_next(long splitter, long room, long chunk, long error);

    static native int omadm_splitter_restart(long splitter, long error);

    static native int omadm_joiner_new(long maxObjSize, long options, long joiner, long error);

    static native void omadm_joiner_free(long joiner);

    static native int omadm_joiner_set_max_obj_size(long joiner, long maxObjSize, long error);

    static native int omadm_joiner_feed(long joiner, long message, long command, long steps, long elementSize, long capacity, long found, long error);

    static native int omadm_joiner_octets(long joiner, long step, long octets, long error);

    static native int omadm_joiner_is_open(long joiner, long isOpen, long error);

    static native int omadm_joiner_give_up(long joiner, long step, long error);

    static native int omadm_builder_new(
            long sessionId, long sessionIdLen, long msgId, long msgIdLen, long target, long targetLen, long source, long sourceLen, long builder, long error);

    static native void omadm_builder_free(long builder);

    static native int omadm_builder_versions(long builder, long verDtd, long verDtdLen, long verProto, long verProtoLen, long error);

    static native int omadm_builder_source_name(long builder, long name, long nameLen, long error);

    static native int omadm_builder_resp_uri(long builder, long uri, long uriLen, long error);

    static native int omadm_builder_cred(long builder, long cred, long error);

    static native int omadm_builder_meta(long builder, long meta, long error);

    static native int omadm_builder_not_final(long builder, long error);

    static native int omadm_builder_command(long builder, long command, long cmdId, long error);

    static native int omadm_builder_begin(long builder, int kind, long cmdId, long error);

    static native int omadm_builder_end(long builder, long error);

    static native int omadm_builder_encoded_len(long builder, int encoding, long length, long error);

    static native int omadm_builder_message(long builder, long message, long error);

    static native int omadm_builder_finish(long builder, int encoding, long encoded, long error);

    static native int omadm_tree_decode_input(long input, long options, long tree, long error);

    static native int omadm_tree_of_item(long message, long command, long item, long options, long tree, long error);

    static native int omadm_tree_new(long tree, long error);

    static native void omadm_tree_free(long tree);

    static native int omadm_tree_summary(long tree, long nodeCount, long root, long error);

    static native int omadm_tree_get(long tree, long uri, long uriLen, long node, long error);

    static native int omadm_unstable_tree_rows(long tree, long top, long options, long rows, long error);

    static native int omadm_tree_node(long tree, long node, long info, long error);

    static native int omadm_tree_children(
            long tree, long node, long after, long children, long elementSize, long capacity, long written, long error);

    static native int omadm_tree_uris(long tree, long nodes, long count, long uris, long ends, long error);

    static native int omadm_tree_find_mo(long tree, long moId, long moIdLen, long nodes, long capacity, long found, long error);

    static native int omadm_tree_octets(long tree, long node, long octets, long error);

    static native int omadm_tree_effective_acl(long tree, long node, long acl, long error);

    static native int omadm_tree_select(
            long tree, long pattern, long patternLen, long principal, long principalLen, long options, long nodes, long capacity, long found, long error);

    static native int omadm_tree_add(long tree, long uri, long uriLen, long newNode, long options, long node, long error);

    static native int omadm_tree_replace(long tree, long uri, long uriLen, long value, long options, long error);

    static native int omadm_tree_delete(long tree, long uri, long uriLen, long options, long error);

    static native int omadm_tree_copy(long tree, long from, long fromLen, long to, long toLen, long options, long error);

    static native int omadm_tree_rename(long tree, long uri, long uriLen, long name, long nameLen, long options, long error);

    static native int omadm_tree_set_property(
            long tree, long uri, long uriLen, int property, long value, long valueLen, long options, long error);

    static native int omadm_tree_set_permanent(long tree, long uri, long uriLen, int isPermanent, long error);

    static native int omadm_tree_begin(long tree, long error);

    static native int omadm_tree_commit(long tree, long error);

    static native int omadm_tree_roll_back(long tree, long error);

    static native int omadm_tree_transactions(long tree, long count, long error);

    static native int omadm_tree_clone(long tree, long copy, long error);

    static native int omadm_tree_encode(long tree, long top, int encoding, long options, long document, long error);

    static native int omadm_tree_diff(long before, long beforeNode, long after, long afterNode, int what, long diff, long error);

    static native void omadm_diff_free(long diff);

    static native int omadm_diff_count(long diff, long count, long error);

    static native int omadm_diff_changes(long diff, long first, long changes, long elementSize, long capacity, long written, long error);

    static native int omadm_tree_apply(long tree, long before, long after, int what, long error);

    static native int omadm_tree_results(long tree, long uri, long uriLen, long options, long results, long error);

    static native void omadm_results_free(long results);

    static native int omadm_results_count(long results, long count, long error);

    static native int omadm_results_items(long results, long first, long items, long elementSize, long capacity, long written, long error);

    static native int omadm_schema_decode(long data, long len, long options, long schema, long error);

    static native int omadm_schema_add(long schema, long data, long len, long options, long error);

    static native void omadm_schema_free(long schema);

    static native int omadm_schema_summary(long schema, long nodeCount, long documentCount, long error);

    static native int omadm_schema_nodes(long schema, long after, long nodes, long elementSize, long capacity, long written, long error);

    static native int omadm_schema_find(long schema, long uri, long uriLen, long nodes, long capacity, long found, long error);

    static native int omadm_schema_uri(long schema, long node, long uri, long error);

    static native int omadm_schema_media_types(long schema, long node, long mediaTypes, long capacity, long found, long error);

    static native int omadm_schema_judge(long schema, long node, long value, long valueLen, long verdict, long error);

    static native int omadm_check_new(long schema, long options, long check, long error);

    static native void omadm_check_free(long check);

    static native int omadm_check_tree(long check, long tree, long findings, long error);

    static native int omadm_check_message(long check, long message, long findings, long error);

    static native int omadm_findings_summary(long findings, long count, long isComplete, long error);

    static native int omadm_findings_rows(long findings, long first, long rows, long elementSize, long capacity, long written, long error);

    static native void omadm_findings_free(long findings);

    static native int omadm_notification_decode(long data, long len, int mediaType, long fields, long error);

    static native int omadm_notification_open(long data, long len, int mediaType, long credentials, long notification, long error);

    static native int omadm_notification_encode(long fields, long credentials, long room, long roomLen, long length, long error);

    static native int omadm_notification_sync_alerts(
            long notification, long first, long alerts, long elementSize, long capacity, long written, long error);

    static native int omadm_session_id_text(int sessionId, long room, long roomLen, long length, long error);

    static native int omadm_wsp_payload(long data, long len, long payload, long error);

    static native int omadm_a1(long name, long nameLen, long secret, long secretLen, long a1, long error);

    static native long omadm_scheme_name(int scheme);

    static native int omadm_mac_digest(long a1, long nonce, long nonceLen, long body, long bodyLen, long mac, long error);

    static native int omadm_hmac_header_encode(long username, long usernameLen, long mac, long room, long roomLen, long length, long error);

    static native int omadm_hmac_header_username(long value, long valueLen, long room, long roomLen, long length, long error);

    static native int omadm_hmac_header_verify(
            long value, long valueLen, long a1, long nonces, long nonceCount, long body, long bodyLen, long nonce, long error);

    static native int omadm_message_basic_name(long message, long room, long roomLen, long length, long error);

    static native int omadm_message_next_nonce(long message, long command, long room, long roomLen, long length, long error);

    static native int omadm_cred_md5(long a1, long nonce, long nonceLen, long room, long roomLen, long length, long error);

    static native int omadm_cred_basic(
            long name, long nameLen, long secret, long secretLen, long room, long roomLen, long length, long error);

    static native int omadm_message_verify_cred(long message, int scheme, long a1, long nonces, long nonceCount, long nonce, long error);
}
