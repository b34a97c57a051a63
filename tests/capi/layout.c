/* How the structures of omadm.h lie in memory. Made from it by `make header`; do not edit. To be compiled, as C11 or C++17, for each ABI. */
#include <omadm.h>

#ifdef __cplusplus
#define _Static_assert static_assert
#endif

struct probe {
    char before;
    uint64_t number;
};

/* Of three numbers the one of this ABI: 64 bits; 32 bits with numbers of 64 bits at every fourth octet (i386), or at every eighth (ARM, x32). */
#define HERE(wide, packed, aligned) (sizeof(void *) == 8 ? (wide) : offsetof(struct probe, number) == 4 ? (packed) : (aligned))
#define SIZE(type, wide, packed, aligned) \
    _Static_assert(sizeof(type) == HERE(wide, packed, aligned), "the size of " #type)
#define MEMBER(type, member, wide, packed, aligned) \
    _Static_assert(offsetof(type, member) == HERE(wide, packed, aligned), "where " #type " has " #member)

SIZE(struct ArrowSchema, 72, 44, 48);
MEMBER(struct ArrowSchema, format, 0, 0, 0);
MEMBER(struct ArrowSchema, name, 8, 4, 4);
MEMBER(struct ArrowSchema, metadata, 16, 8, 8);
MEMBER(struct ArrowSchema, flags, 24, 12, 16);
MEMBER(struct ArrowSchema, n_children, 32, 20, 24);
MEMBER(struct ArrowSchema, children, 40, 28, 32);
MEMBER(struct ArrowSchema, dictionary, 48, 32, 36);
MEMBER(struct ArrowSchema, release, 56, 36, 40);
MEMBER(struct ArrowSchema, private_data, 64, 40, 44);

SIZE(struct ArrowArray, 80, 60, 64);
MEMBER(struct ArrowArray, length, 0, 0, 0);
MEMBER(struct ArrowArray, null_count, 8, 8, 8);
MEMBER(struct ArrowArray, offset, 16, 16, 16);
MEMBER(struct ArrowArray, n_buffers, 24, 24, 24);
MEMBER(struct ArrowArray, n_children, 32, 32, 32);
MEMBER(struct ArrowArray, buffers, 40, 40, 40);
MEMBER(struct ArrowArray, children, 48, 44, 44);
MEMBER(struct ArrowArray, dictionary, 56, 48, 48);
MEMBER(struct ArrowArray, release, 64, 52, 52);
MEMBER(struct ArrowArray, private_data, 72, 56, 56);

SIZE(omadm_str, 16, 8, 8);
MEMBER(omadm_str, ptr, 0, 0, 0);
MEMBER(omadm_str, len, 8, 4, 4);

SIZE(omadm_bytes, 16, 8, 8);
MEMBER(omadm_bytes, ptr, 0, 0, 0);
MEMBER(omadm_bytes, len, 8, 4, 4);

SIZE(omadm_error, 48, 36, 40);
MEMBER(omadm_error, struct_size, 0, 0, 0);
MEMBER(omadm_error, code, 4, 4, 4);
MEMBER(omadm_error, offset, 8, 8, 8);
MEMBER(omadm_error, inner_offset, 16, 16, 16);
MEMBER(omadm_error, message, 24, 24, 24);
MEMBER(omadm_error, subject, 32, 28, 28);

SIZE(omadm_buffer, 32, 20, 20);
MEMBER(omadm_buffer, struct_size, 0, 0, 0);
MEMBER(omadm_buffer, reserved, 4, 4, 4);
MEMBER(omadm_buffer, data, 8, 8, 8);
MEMBER(omadm_buffer, len, 16, 12, 12);
MEMBER(omadm_buffer, capacity, 24, 16, 16);

SIZE(omadm_options, 96, 96, 96);
MEMBER(omadm_options, struct_size, 0, 0, 0);
MEMBER(omadm_options, flags, 4, 4, 4);
MEMBER(omadm_options, limit_output, 8, 8, 8);
MEMBER(omadm_options, limit_depth, 16, 16, 16);
MEMBER(omadm_options, limit_elements, 20, 20, 20);
MEMBER(omadm_options, limit_attributes, 24, 24, 24);
MEMBER(omadm_options, limit_namespaces, 28, 28, 28);
MEMBER(omadm_options, limit_name, 32, 32, 32);
MEMBER(omadm_options, limit_text, 36, 36, 36);
MEMBER(omadm_options, limit_string_table, 40, 40, 40);
MEMBER(omadm_options, limit_expansion, 44, 44, 44);
MEMBER(omadm_options, limit_buffer, 48, 48, 48);
MEMBER(omadm_options, limit_prefix, 52, 52, 52);
MEMBER(omadm_options, limit_pattern, 56, 56, 56);
MEMBER(omadm_options, limit_locations, 60, 60, 60);
MEMBER(omadm_options, limit_answer_nodes, 64, 64, 64);
MEMBER(omadm_options, limit_segments, 68, 68, 68);
MEMBER(omadm_options, limit_headers, 72, 72, 72);
MEMBER(omadm_options, limit_header, 76, 76, 76);
MEMBER(omadm_options, limit_findings, 80, 80, 80);
MEMBER(omadm_options, limit_patterns, 84, 84, 84);
MEMBER(omadm_options, limit_pattern_size, 88, 88, 88);
MEMBER(omadm_options, reserved, 92, 92, 92);

SIZE(omadm_input, 40, 24, 24);
MEMBER(omadm_input, struct_size, 0, 0, 0);
MEMBER(omadm_input, ownership, 4, 4, 4);
MEMBER(omadm_input, data, 8, 8, 8);
MEMBER(omadm_input, len, 16, 12, 12);
MEMBER(omadm_input, release, 24, 16, 16);
MEMBER(omadm_input, context, 32, 20, 20);

SIZE(omadm_header, 152, 80, 80);
MEMBER(omadm_header, struct_size, 0, 0, 0);
MEMBER(omadm_header, flags, 4, 4, 4);
MEMBER(omadm_header, ver_dtd, 8, 8, 8);
MEMBER(omadm_header, ver_proto, 24, 16, 16);
MEMBER(omadm_header, session_id, 40, 24, 24);
MEMBER(omadm_header, msg_id, 56, 32, 32);
MEMBER(omadm_header, target, 72, 40, 40);
MEMBER(omadm_header, target_name, 88, 48, 48);
MEMBER(omadm_header, source, 104, 56, 56);
MEMBER(omadm_header, source_name, 120, 64, 64);
MEMBER(omadm_header, resp_uri, 136, 72, 72);

SIZE(omadm_data, 32, 24, 24);
MEMBER(omadm_data, form, 0, 0, 0);
MEMBER(omadm_data, reserved, 4, 4, 4);
MEMBER(omadm_data, offset, 8, 8, 8);
MEMBER(omadm_data, bytes, 16, 16, 16);

SIZE(omadm_meta, 128, 88, 88);
MEMBER(omadm_meta, struct_size, 0, 0, 0);
MEMBER(omadm_meta, reserved, 4, 4, 4);
MEMBER(omadm_meta, size, 8, 8, 8);
MEMBER(omadm_meta, max_msg_size, 16, 16, 16);
MEMBER(omadm_meta, max_obj_size, 24, 24, 24);
MEMBER(omadm_meta, format, 32, 32, 32);
MEMBER(omadm_meta, media_type, 48, 40, 40);
MEMBER(omadm_meta, mark, 64, 48, 48);
MEMBER(omadm_meta, version, 80, 56, 56);
MEMBER(omadm_meta, next_nonce, 96, 64, 64);

SIZE(omadm_cred, 72, 48, 48);
MEMBER(omadm_cred, struct_size, 0, 0, 0);
MEMBER(omadm_cred, reserved, 4, 4, 4);
MEMBER(omadm_cred, scheme, 8, 8, 8);
MEMBER(omadm_cred, format, 24, 16, 16);
MEMBER(omadm_cred, data, 40, 24, 24);

SIZE(omadm_command, 192, 128, 128);
MEMBER(omadm_command, struct_size, 0, 0, 0);
MEMBER(omadm_command, kind, 4, 4, 4);
MEMBER(omadm_command, flags, 8, 8, 8);
MEMBER(omadm_command, code, 12, 12, 12);
MEMBER(omadm_command, index, 16, 16, 16);
MEMBER(omadm_command, parent, 20, 20, 20);
MEMBER(omadm_command, end, 24, 24, 24);
MEMBER(omadm_command, item_count, 28, 28, 28);
MEMBER(omadm_command, ref_count, 32, 32, 32);
MEMBER(omadm_command, reserved, 36, 36, 36);
MEMBER(omadm_command, offset, 40, 40, 40);
MEMBER(omadm_command, name, 48, 48, 48);
MEMBER(omadm_command, cmd_id, 64, 56, 56);
MEMBER(omadm_command, msg_ref, 80, 64, 64);
MEMBER(omadm_command, cmd_ref, 96, 72, 72);
MEMBER(omadm_command, cmd, 112, 80, 80);
MEMBER(omadm_command, correlator, 128, 88, 88);
MEMBER(omadm_command, lang, 144, 96, 96);
MEMBER(omadm_command, data, 160, 104, 104);

SIZE(omadm_item, 192, 112, 112);
MEMBER(omadm_item, struct_size, 0, 0, 0);
MEMBER(omadm_item, flags, 4, 4, 4);
MEMBER(omadm_item, offset, 8, 8, 8);
MEMBER(omadm_item, node_uri, 16, 16, 16);
MEMBER(omadm_item, target, 32, 24, 24);
MEMBER(omadm_item, target_name, 48, 32, 32);
MEMBER(omadm_item, source, 64, 40, 40);
MEMBER(omadm_item, source_name, 80, 48, 48);
MEMBER(omadm_item, target_parent, 96, 56, 56);
MEMBER(omadm_item, source_parent, 112, 64, 64);
MEMBER(omadm_item, format, 128, 72, 72);
MEMBER(omadm_item, media_type, 144, 80, 80);
MEMBER(omadm_item, data, 160, 88, 88);

SIZE(omadm_ref, 24, 16, 16);
MEMBER(omadm_ref, struct_size, 0, 0, 0);
MEMBER(omadm_ref, is_target, 4, 4, 4);
MEMBER(omadm_ref, uri, 8, 8, 8);

SIZE(omadm_extra, 48, 32, 32);
MEMBER(omadm_extra, struct_size, 0, 0, 0);
MEMBER(omadm_extra, reserved, 4, 4, 4);
MEMBER(omadm_extra, offset, 8, 8, 8);
MEMBER(omadm_extra, name, 16, 16, 16);
MEMBER(omadm_extra, source, 32, 24, 24);

SIZE(omadm_alert_event, 96, 64, 64);
MEMBER(omadm_alert_event, struct_size, 0, 0, 0);
MEMBER(omadm_alert_event, format, 4, 4, 4);
MEMBER(omadm_alert_event, importance, 8, 8, 8);
MEMBER(omadm_alert_event, reserved, 12, 12, 12);
MEMBER(omadm_alert_event, alert_type, 16, 16, 16);
MEMBER(omadm_alert_event, source, 32, 24, 24);
MEMBER(omadm_alert_event, mark, 48, 32, 32);
MEMBER(omadm_alert_event, data, 64, 40, 40);

SIZE(omadm_ui_alert, 64, 48, 48);
MEMBER(omadm_ui_alert, struct_size, 0, 0, 0);
MEMBER(omadm_ui_alert, code, 4, 4, 4);
MEMBER(omadm_ui_alert, flags, 8, 8, 8);
MEMBER(omadm_ui_alert, min_display, 12, 12, 12);
MEMBER(omadm_ui_alert, max_display, 16, 16, 16);
MEMBER(omadm_ui_alert, max_len, 20, 20, 20);
MEMBER(omadm_ui_alert, input_type, 24, 24, 24);
MEMBER(omadm_ui_alert, choice_count, 28, 28, 28);
MEMBER(omadm_ui_alert, text, 32, 32, 32);
MEMBER(omadm_ui_alert, option_text, 48, 40, 40);

SIZE(omadm_new_meta, 128, 88, 88);
MEMBER(omadm_new_meta, struct_size, 0, 0, 0);
MEMBER(omadm_new_meta, flags, 4, 4, 4);
MEMBER(omadm_new_meta, size, 8, 8, 8);
MEMBER(omadm_new_meta, max_msg_size, 16, 16, 16);
MEMBER(omadm_new_meta, max_obj_size, 24, 24, 24);
MEMBER(omadm_new_meta, format, 32, 32, 32);
MEMBER(omadm_new_meta, media_type, 48, 40, 40);
MEMBER(omadm_new_meta, mark, 64, 48, 48);
MEMBER(omadm_new_meta, version, 80, 56, 56);
MEMBER(omadm_new_meta, next_nonce, 96, 64, 64);

SIZE(omadm_new_cred, 72, 48, 48);
MEMBER(omadm_new_cred, struct_size, 0, 0, 0);
MEMBER(omadm_new_cred, reserved, 4, 4, 4);
MEMBER(omadm_new_cred, scheme, 8, 8, 8);
MEMBER(omadm_new_cred, format, 24, 16, 16);
MEMBER(omadm_new_cred, data, 40, 24, 24);

SIZE(omadm_new_item, 144, 84, 88);
MEMBER(omadm_new_item, struct_size, 0, 0, 0);
MEMBER(omadm_new_item, flags, 4, 4, 4);
MEMBER(omadm_new_item, target, 8, 8, 8);
MEMBER(omadm_new_item, target_name, 24, 16, 16);
MEMBER(omadm_new_item, source, 40, 24, 24);
MEMBER(omadm_new_item, source_name, 56, 32, 32);
MEMBER(omadm_new_item, format, 72, 40, 40);
MEMBER(omadm_new_item, media_type, 88, 48, 48);
MEMBER(omadm_new_item, meta, 104, 56, 56);
MEMBER(omadm_new_item, data, 112, 60, 64);

SIZE(omadm_new_command, 176, 104, 104);
MEMBER(omadm_new_command, struct_size, 0, 0, 0);
MEMBER(omadm_new_command, kind, 4, 4, 4);
MEMBER(omadm_new_command, code, 8, 8, 8);
MEMBER(omadm_new_command, reserved, 12, 12, 12);
MEMBER(omadm_new_command, msg_ref, 16, 16, 16);
MEMBER(omadm_new_command, cmd_ref, 32, 24, 24);
MEMBER(omadm_new_command, cmd, 48, 32, 32);
MEMBER(omadm_new_command, correlator, 64, 40, 40);
MEMBER(omadm_new_command, meta, 80, 48, 48);
MEMBER(omadm_new_command, chal, 88, 52, 52);
MEMBER(omadm_new_command, data, 96, 56, 56);
MEMBER(omadm_new_command, items, 128, 80, 80);
MEMBER(omadm_new_command, item_size, 136, 84, 84);
MEMBER(omadm_new_command, item_count, 144, 88, 88);
MEMBER(omadm_new_command, refs, 152, 92, 92);
MEMBER(omadm_new_command, ref_size, 160, 96, 96);
MEMBER(omadm_new_command, ref_count, 168, 100, 100);

SIZE(omadm_new_ui_alert, 96, 64, 64);
MEMBER(omadm_new_ui_alert, struct_size, 0, 0, 0);
MEMBER(omadm_new_ui_alert, code, 4, 4, 4);
MEMBER(omadm_new_ui_alert, flags, 8, 8, 8);
MEMBER(omadm_new_ui_alert, min_display, 12, 12, 12);
MEMBER(omadm_new_ui_alert, max_display, 16, 16, 16);
MEMBER(omadm_new_ui_alert, max_len, 20, 20, 20);
MEMBER(omadm_new_ui_alert, input_type, 24, 24, 24);
MEMBER(omadm_new_ui_alert, reserved, 28, 28, 28);
MEMBER(omadm_new_ui_alert, text, 32, 32, 32);
MEMBER(omadm_new_ui_alert, choices, 48, 40, 40);
MEMBER(omadm_new_ui_alert, choice_count, 56, 44, 44);
MEMBER(omadm_new_ui_alert, default_text, 64, 48, 48);
MEMBER(omadm_new_ui_alert, default_numbers, 80, 56, 56);
MEMBER(omadm_new_ui_alert, default_count, 88, 60, 60);

SIZE(omadm_ui_answer, 32, 24, 24);
MEMBER(omadm_ui_answer, struct_size, 0, 0, 0);
MEMBER(omadm_ui_answer, outcome, 4, 4, 4);
MEMBER(omadm_ui_answer, response, 8, 8, 8);
MEMBER(omadm_ui_answer, status, 12, 12, 12);
MEMBER(omadm_ui_answer, text, 16, 16, 16);

SIZE(omadm_chunk, 32, 24, 24);
MEMBER(omadm_chunk, struct_size, 0, 0, 0);
MEMBER(omadm_chunk, flags, 4, 4, 4);
MEMBER(omadm_chunk, size, 8, 8, 8);
MEMBER(omadm_chunk, data, 16, 16, 16);

SIZE(omadm_join_step, 112, 72, 72);
MEMBER(omadm_join_step, struct_size, 0, 0, 0);
MEMBER(omadm_join_step, joined, 4, 4, 4);
MEMBER(omadm_join_step, status, 8, 8, 8);
MEMBER(omadm_join_step, reason, 12, 12, 12);
MEMBER(omadm_join_step, offset, 16, 16, 16);
MEMBER(omadm_join_step, is_broken, 24, 24, 24);
MEMBER(omadm_join_step, broken_kind, 28, 28, 28);
MEMBER(omadm_join_step, broken_target, 32, 32, 32);
MEMBER(omadm_join_step, broken_source, 48, 40, 40);
MEMBER(omadm_join_step, format, 64, 48, 48);
MEMBER(omadm_join_step, media_type, 80, 56, 56);
MEMBER(omadm_join_step, octets, 96, 64, 64);

SIZE(omadm_convert_options, 24, 20, 20);
MEMBER(omadm_convert_options, struct_size, 0, 0, 0);
MEMBER(omadm_convert_options, flags, 4, 4, 4);
MEMBER(omadm_convert_options, layout, 8, 8, 8);
MEMBER(omadm_convert_options, reserved, 12, 12, 12);
MEMBER(omadm_convert_options, read, 16, 16, 16);

SIZE(omadm_node_info, 160, 96, 96);
MEMBER(omadm_node_info, struct_size, 0, 0, 0);
MEMBER(omadm_node_info, format, 4, 4, 4);
MEMBER(omadm_node_info, flags, 8, 8, 8);
MEMBER(omadm_node_info, child_count, 12, 12, 12);
MEMBER(omadm_node_info, node, 16, 16, 16);
MEMBER(omadm_node_info, parent, 24, 24, 24);
MEMBER(omadm_node_info, name, 32, 32, 32);
MEMBER(omadm_node_info, value, 48, 40, 40);
MEMBER(omadm_node_info, media_type, 64, 48, 48);
MEMBER(omadm_node_info, mo_id, 80, 56, 56);
MEMBER(omadm_node_info, acl, 96, 64, 64);
MEMBER(omadm_node_info, title, 112, 72, 72);
MEMBER(omadm_node_info, tstamp, 128, 80, 80);
MEMBER(omadm_node_info, ver_no, 144, 88, 88);

SIZE(omadm_acl_grant, 24, 16, 16);
MEMBER(omadm_acl_grant, struct_size, 0, 0, 0);
MEMBER(omadm_acl_grant, commands, 4, 4, 4);
MEMBER(omadm_acl_grant, server, 8, 8, 8);

SIZE(omadm_new_node, 72, 40, 40);
MEMBER(omadm_new_node, struct_size, 0, 0, 0);
MEMBER(omadm_new_node, format, 4, 4, 4);
MEMBER(omadm_new_node, text, 8, 8, 8);
MEMBER(omadm_new_node, octets, 24, 16, 16);
MEMBER(omadm_new_node, node_type, 40, 24, 24);
MEMBER(omadm_new_node, title, 56, 32, 32);

SIZE(omadm_edit_options, 48, 36, 40);
MEMBER(omadm_edit_options, struct_size, 0, 0, 0);
MEMBER(omadm_edit_options, flags, 4, 4, 4);
MEMBER(omadm_edit_options, principal, 8, 8, 8);
MEMBER(omadm_edit_options, now, 24, 16, 16);
MEMBER(omadm_edit_options, max_depth, 32, 24, 24);
MEMBER(omadm_edit_options, max_tot_len, 34, 26, 26);
MEMBER(omadm_edit_options, max_seg_len, 36, 28, 28);
MEMBER(omadm_edit_options, reserved, 38, 30, 30);
MEMBER(omadm_edit_options, limits, 40, 32, 32);

SIZE(omadm_new_value, 56, 32, 32);
MEMBER(omadm_new_value, struct_size, 0, 0, 0);
MEMBER(omadm_new_value, format, 4, 4, 4);
MEMBER(omadm_new_value, text, 8, 8, 8);
MEMBER(omadm_new_value, octets, 24, 16, 16);
MEMBER(omadm_new_value, media_type, 40, 24, 24);

SIZE(omadm_tnds_options, 72, 44, 44);
MEMBER(omadm_tnds_options, struct_size, 0, 0, 0);
MEMBER(omadm_tnds_options, layout, 4, 4, 4);
MEMBER(omadm_tnds_options, left_out, 8, 8, 8);
MEMBER(omadm_tnds_options, reserved, 12, 12, 12);
MEMBER(omadm_tnds_options, principal, 16, 16, 16);
MEMBER(omadm_tnds_options, limits, 32, 24, 24);
MEMBER(omadm_tnds_options, man, 40, 28, 28);
MEMBER(omadm_tnds_options, model, 56, 36, 36);

SIZE(omadm_condition, 40, 24, 24);
MEMBER(omadm_condition, struct_size, 0, 0, 0);
MEMBER(omadm_condition, reserved, 4, 4, 4);
MEMBER(omadm_condition, path, 8, 8, 8);
MEMBER(omadm_condition, value, 24, 16, 16);

SIZE(omadm_search, 64, 40, 40);
MEMBER(omadm_search, struct_size, 0, 0, 0);
MEMBER(omadm_search, condition_size, 4, 4, 4);
MEMBER(omadm_search, mo_ids, 8, 8, 8);
MEMBER(omadm_search, mo_id_count, 16, 12, 12);
MEMBER(omadm_search, conditions, 24, 16, 16);
MEMBER(omadm_search, condition_count, 32, 20, 20);
MEMBER(omadm_search, principal, 40, 24, 24);
MEMBER(omadm_search, below, 56, 32, 32);

SIZE(omadm_change, 48, 40, 40);
MEMBER(omadm_change, struct_size, 0, 0, 0);
MEMBER(omadm_change, kind, 4, 4, 4);
MEMBER(omadm_change, what, 8, 8, 8);
MEMBER(omadm_change, reserved, 12, 12, 12);
MEMBER(omadm_change, before, 16, 16, 16);
MEMBER(omadm_change, after, 24, 24, 24);
MEMBER(omadm_change, uri, 32, 32, 32);

SIZE(omadm_results_options, 48, 36, 36);
MEMBER(omadm_results_options, struct_size, 0, 0, 0);
MEMBER(omadm_results_options, flags, 4, 4, 4);
MEMBER(omadm_results_options, encoding, 8, 8, 8);
MEMBER(omadm_results_options, max_depth, 12, 12, 12);
MEMBER(omadm_results_options, max_tot_len, 14, 14, 14);
MEMBER(omadm_results_options, max_seg_len, 16, 16, 16);
MEMBER(omadm_results_options, reserved, 18, 18, 18);
MEMBER(omadm_results_options, reserved2, 20, 20, 20);
MEMBER(omadm_results_options, principal, 24, 24, 24);
MEMBER(omadm_results_options, limits, 40, 32, 32);

SIZE(omadm_result_item, 72, 40, 40);
MEMBER(omadm_result_item, struct_size, 0, 0, 0);
MEMBER(omadm_result_item, form, 4, 4, 4);
MEMBER(omadm_result_item, source, 8, 8, 8);
MEMBER(omadm_result_item, format, 24, 16, 16);
MEMBER(omadm_result_item, media_type, 40, 24, 24);
MEMBER(omadm_result_item, data, 56, 32, 32);

SIZE(omadm_schema_node_info, 184, 120, 120);
MEMBER(omadm_schema_node_info, struct_size, 0, 0, 0);
MEMBER(omadm_schema_node_info, format, 4, 4, 4);
MEMBER(omadm_schema_node_info, access, 8, 8, 8);
MEMBER(omadm_schema_node_info, flags, 12, 12, 12);
MEMBER(omadm_schema_node_info, occurrence_min, 16, 16, 16);
MEMBER(omadm_schema_node_info, occurrence_max, 20, 20, 20);
MEMBER(omadm_schema_node_info, node, 24, 24, 24);
MEMBER(omadm_schema_node_info, parent, 32, 32, 32);
MEMBER(omadm_schema_node_info, document, 40, 40, 40);
MEMBER(omadm_schema_node_info, offset, 48, 48, 48);
MEMBER(omadm_schema_node_info, name, 56, 56, 56);
MEMBER(omadm_schema_node_info, path, 72, 64, 64);
MEMBER(omadm_schema_node_info, title, 88, 72, 72);
MEMBER(omadm_schema_node_info, description, 104, 80, 80);
MEMBER(omadm_schema_node_info, mo_id, 120, 88, 88);
MEMBER(omadm_schema_node_info, media_type, 136, 96, 96);
MEMBER(omadm_schema_node_info, default_value, 152, 104, 104);
MEMBER(omadm_schema_node_info, value, 168, 112, 112);

SIZE(omadm_check_options, 32, 20, 20);
MEMBER(omadm_check_options, struct_size, 0, 0, 0);
MEMBER(omadm_check_options, flags, 4, 4, 4);
MEMBER(omadm_check_options, os_build, 8, 8, 8);
MEMBER(omadm_check_options, limits, 24, 16, 16);

SIZE(omadm_check_request, 80, 48, 48);
MEMBER(omadm_check_request, struct_size, 0, 0, 0);
MEMBER(omadm_check_request, command, 4, 4, 4);
MEMBER(omadm_check_request, in_atomic, 8, 8, 8);
MEMBER(omadm_check_request, reserved, 12, 12, 12);
MEMBER(omadm_check_request, uri, 16, 16, 16);
MEMBER(omadm_check_request, format, 32, 24, 24);
MEMBER(omadm_check_request, media_type, 48, 32, 32);
MEMBER(omadm_check_request, value, 64, 40, 40);

SIZE(omadm_finding, 96, 64, 64);
MEMBER(omadm_finding, struct_size, 0, 0, 0);
MEMBER(omadm_finding, kind, 4, 4, 4);
MEMBER(omadm_finding, status, 8, 8, 8);
MEMBER(omadm_finding, reserved, 12, 12, 12);
MEMBER(omadm_finding, offset, 16, 16, 16);
MEMBER(omadm_finding, node, 24, 24, 24);
MEMBER(omadm_finding, uri, 32, 32, 32);
MEMBER(omadm_finding, reason, 48, 40, 40);
MEMBER(omadm_finding, text, 64, 48, 48);
MEMBER(omadm_finding, expected, 80, 56, 56);

SIZE(omadm_provisioning_part, 48, 32, 32);
MEMBER(omadm_provisioning_part, struct_size, 0, 0, 0);
MEMBER(omadm_provisioning_part, kind, 4, 4, 4);
MEMBER(omadm_provisioning_part, offset, 8, 8, 8);
MEMBER(omadm_provisioning_part, name, 16, 16, 16);
MEMBER(omadm_provisioning_part, value, 32, 24, 24);

SIZE(omadm_server_credentials, 64, 36, 36);
MEMBER(omadm_server_credentials, struct_size, 0, 0, 0);
MEMBER(omadm_server_credentials, resync, 4, 4, 4);
MEMBER(omadm_server_credentials, name, 8, 8, 8);
MEMBER(omadm_server_credentials, secret, 24, 16, 16);
MEMBER(omadm_server_credentials, a1, 40, 24, 24);
MEMBER(omadm_server_credentials, nonce, 48, 28, 28);

SIZE(omadm_notification, 112, 72, 72);
MEMBER(omadm_notification, struct_size, 0, 0, 0);
MEMBER(omadm_notification, by_resync_nonce, 4, 4, 4);
MEMBER(omadm_notification, version, 8, 8, 8);
MEMBER(omadm_notification, ui_mode, 12, 12, 12);
MEMBER(omadm_notification, initiator, 16, 16, 16);
MEMBER(omadm_notification, future_use, 20, 20, 20);
MEMBER(omadm_notification, session_id, 24, 24, 24);
MEMBER(omadm_notification, prompt, 28, 28, 28);
MEMBER(omadm_notification, server_id, 32, 32, 32);
MEMBER(omadm_notification, vendor, 48, 40, 40);
MEMBER(omadm_notification, digest, 64, 48, 48);
MEMBER(omadm_notification, trigger, 80, 56, 56);
MEMBER(omadm_notification, message, 96, 64, 64);

SIZE(omadm_notification_fields, 56, 40, 40);
MEMBER(omadm_notification_fields, struct_size, 0, 0, 0);
MEMBER(omadm_notification_fields, version, 4, 4, 4);
MEMBER(omadm_notification_fields, ui_mode, 8, 8, 8);
MEMBER(omadm_notification_fields, initiator, 12, 12, 12);
MEMBER(omadm_notification_fields, future_use, 16, 16, 16);
MEMBER(omadm_notification_fields, session_id, 20, 20, 20);
MEMBER(omadm_notification_fields, server_id, 24, 24, 24);
MEMBER(omadm_notification_fields, vendor, 40, 32, 32);

SIZE(omadm_sync_alert, 32, 24, 24);
MEMBER(omadm_sync_alert, struct_size, 0, 0, 0);
MEMBER(omadm_sync_alert, code, 4, 4, 4);
MEMBER(omadm_sync_alert, content_type, 8, 8, 8);
MEMBER(omadm_sync_alert, reserved, 12, 12, 12);
MEMBER(omadm_sync_alert, uri, 16, 16, 16);

SIZE(omadm_push_payload, 48, 40, 40);
MEMBER(omadm_push_payload, struct_size, 0, 0, 0);
MEMBER(omadm_push_payload, media_type, 4, 4, 4);
MEMBER(omadm_push_payload, expiry, 8, 8, 8);
MEMBER(omadm_push_payload, reserved, 12, 12, 12);
MEMBER(omadm_push_payload, expires, 16, 16, 16);
MEMBER(omadm_push_payload, offset, 24, 24, 24);
MEMBER(omadm_push_payload, body, 32, 32, 32);

SIZE(omadm_push, 136, 88, 88);
MEMBER(omadm_push, struct_size, 0, 0, 0);
MEMBER(omadm_push, content_type, 4, 4, 4);
MEMBER(omadm_push, application_id, 8, 8, 8);
MEMBER(omadm_push, expiry, 12, 12, 12);
MEMBER(omadm_push, expires, 16, 16, 16);
MEMBER(omadm_push, destination_port, 24, 24, 24);
MEMBER(omadm_push, segments, 28, 28, 28);
MEMBER(omadm_push, transaction_id, 32, 32, 32);
MEMBER(omadm_push, reserved, 36, 36, 36);
MEMBER(omadm_push, content_type_name, 40, 40, 40);
MEMBER(omadm_push, application_urn, 56, 48, 48);
MEMBER(omadm_push, target, 72, 56, 56);
MEMBER(omadm_push, headers, 88, 64, 64);
MEMBER(omadm_push, body, 104, 72, 72);
MEMBER(omadm_push, rest, 120, 80, 80);

SIZE(omadm_push_header, 40, 24, 24);
MEMBER(omadm_push_header, struct_size, 0, 0, 0);
MEMBER(omadm_push_header, reserved, 4, 4, 4);
MEMBER(omadm_push_header, name, 8, 8, 8);
MEMBER(omadm_push_header, value, 24, 16, 16);

SIZE(omadm_push_fields, 240, 144, 144);
MEMBER(omadm_push_fields, struct_size, 0, 0, 0);
MEMBER(omadm_push_fields, content_type, 4, 4, 4);
MEMBER(omadm_push_fields, application_id, 8, 8, 8);
MEMBER(omadm_push_fields, transaction_id, 12, 12, 12);
MEMBER(omadm_push_fields, expires, 16, 16, 16);
MEMBER(omadm_push_fields, deliver_after, 24, 24, 24);
MEMBER(omadm_push_fields, date, 32, 32, 32);
MEMBER(omadm_push_fields, lifetime, 40, 40, 40);
MEMBER(omadm_push_fields, reserved, 44, 44, 44);
MEMBER(omadm_push_fields, content_type_name, 48, 48, 48);
MEMBER(omadm_push_fields, application_urn, 64, 56, 56);
MEMBER(omadm_push_fields, target, 80, 64, 64);
MEMBER(omadm_push_fields, host, 96, 72, 72);
MEMBER(omadm_push_fields, push_id, 112, 80, 80);
MEMBER(omadm_push_fields, source_reference, 128, 88, 88);
MEMBER(omadm_push_fields, notify_to, 144, 96, 96);
MEMBER(omadm_push_fields, boundary, 160, 104, 104);
MEMBER(omadm_push_fields, wsp_headers, 176, 112, 112);
MEMBER(omadm_push_fields, body, 192, 120, 120);
MEMBER(omadm_push_fields, headers, 208, 128, 128);
MEMBER(omadm_push_fields, header_count, 216, 132, 132);
MEMBER(omadm_push_fields, addresses, 224, 136, 136);
MEMBER(omadm_push_fields, address_count, 232, 140, 140);

SIZE(omadm_sms_segment, 48, 40, 40);
MEMBER(omadm_sms_segment, struct_size, 0, 0, 0);
MEMBER(omadm_sms_segment, reference_bits, 4, 4, 4);
MEMBER(omadm_sms_segment, reference, 8, 8, 8);
MEMBER(omadm_sms_segment, total, 12, 12, 12);
MEMBER(omadm_sms_segment, number, 16, 16, 16);
MEMBER(omadm_sms_segment, destination_port, 20, 20, 20);
MEMBER(omadm_sms_segment, source_port, 24, 24, 24);
MEMBER(omadm_sms_segment, reserved, 28, 28, 28);
MEMBER(omadm_sms_segment, data, 32, 32, 32);

SIZE(omadm_sms_incomplete, 40, 32, 32);
MEMBER(omadm_sms_incomplete, struct_size, 0, 0, 0);
MEMBER(omadm_sms_incomplete, total, 4, 4, 4);
MEMBER(omadm_sms_incomplete, missing, 8, 8, 8);
MEMBER(omadm_sms_incomplete, first_missing, 12, 12, 12);
MEMBER(omadm_sms_incomplete, since, 16, 16, 16);
MEMBER(omadm_sms_incomplete, sender, 24, 24, 24);

SIZE(omadm_unstable_value, 56, 40, 40);
MEMBER(omadm_unstable_value, struct_size, 0, 0, 0);
MEMBER(omadm_unstable_value, subject, 4, 4, 4);
MEMBER(omadm_unstable_value, form, 8, 8, 8);
MEMBER(omadm_unstable_value, reserved, 12, 12, 12);
MEMBER(omadm_unstable_value, number, 16, 16, 16);
MEMBER(omadm_unstable_value, text, 24, 24, 24);
MEMBER(omadm_unstable_value, octets, 40, 32, 32);
