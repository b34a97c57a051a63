//! How the structures of the C ABI lie in memory, on Rust's side. Made from `include/omadm.h` by `make header`; do not edit.
#![cfg(feature = "capi")]

use omadm::capi::*;
use std::mem::{offset_of, size_of};

/// Of three numbers the one of this ABI: 64 bits; 32 bits with numbers of 64 bits at every fourth octet, or at every eighth.
const fn here(wide: usize, packed: usize, aligned: usize) -> usize {
    match (size_of::<*const ()>(), align_of::<u64>()) {
        (8, _) => wide,
        (_, 4) => packed,
        _ => aligned,
    }
}

macro_rules! laid_out {
    ($type:ident: $($size:literal)+; $($member:ident: $($offset:literal)+,)*) => {
        assert_eq!(size_of::<$type>(), here($($size),+), "the size of {}", stringify!($type));
        $(assert_eq!(offset_of!($type, $member), here($($offset),+), "where {} has {}", stringify!($type), stringify!($member));)*
    };
}

#[test]
fn structures_lie_in_memory_as_the_header_has_them() {
    laid_out! { ArrowSchema: 72 44 48;
        format: 0 0 0,
        name: 8 4 4,
        metadata: 16 8 8,
        flags: 24 12 16,
        n_children: 32 20 24,
        children: 40 28 32,
        dictionary: 48 32 36,
        release: 56 36 40,
        private_data: 64 40 44,
    }
    laid_out! { ArrowArray: 80 60 64;
        length: 0 0 0,
        null_count: 8 8 8,
        offset: 16 16 16,
        n_buffers: 24 24 24,
        n_children: 32 32 32,
        buffers: 40 40 40,
        children: 48 44 44,
        dictionary: 56 48 48,
        release: 64 52 52,
        private_data: 72 56 56,
    }
    laid_out! { omadm_str: 16 8 8;
        ptr: 0 0 0,
        len: 8 4 4,
    }
    laid_out! { omadm_bytes: 16 8 8;
        ptr: 0 0 0,
        len: 8 4 4,
    }
    laid_out! { omadm_error: 48 36 40;
        struct_size: 0 0 0,
        code: 4 4 4,
        offset: 8 8 8,
        inner_offset: 16 16 16,
        message: 24 24 24,
        subject: 32 28 28,
    }
    laid_out! { omadm_buffer: 32 20 20;
        struct_size: 0 0 0,
        reserved: 4 4 4,
        data: 8 8 8,
        len: 16 12 12,
        capacity: 24 16 16,
    }
    laid_out! { omadm_options: 96 96 96;
        struct_size: 0 0 0,
        flags: 4 4 4,
        limit_output: 8 8 8,
        limit_depth: 16 16 16,
        limit_elements: 20 20 20,
        limit_attributes: 24 24 24,
        limit_namespaces: 28 28 28,
        limit_name: 32 32 32,
        limit_text: 36 36 36,
        limit_string_table: 40 40 40,
        limit_expansion: 44 44 44,
        limit_buffer: 48 48 48,
        limit_prefix: 52 52 52,
        limit_pattern: 56 56 56,
        limit_locations: 60 60 60,
        limit_answer_nodes: 64 64 64,
        limit_segments: 68 68 68,
        limit_headers: 72 72 72,
        limit_header: 76 76 76,
        limit_findings: 80 80 80,
        limit_patterns: 84 84 84,
        limit_pattern_size: 88 88 88,
        reserved: 92 92 92,
    }
    laid_out! { omadm_input: 40 24 24;
        struct_size: 0 0 0,
        ownership: 4 4 4,
        data: 8 8 8,
        len: 16 12 12,
        release: 24 16 16,
        context: 32 20 20,
    }
    laid_out! { omadm_header: 152 80 80;
        struct_size: 0 0 0,
        flags: 4 4 4,
        ver_dtd: 8 8 8,
        ver_proto: 24 16 16,
        session_id: 40 24 24,
        msg_id: 56 32 32,
        target: 72 40 40,
        target_name: 88 48 48,
        source: 104 56 56,
        source_name: 120 64 64,
        resp_uri: 136 72 72,
    }
    laid_out! { omadm_data: 32 24 24;
        form: 0 0 0,
        reserved: 4 4 4,
        offset: 8 8 8,
        bytes: 16 16 16,
    }
    laid_out! { omadm_meta: 128 88 88;
        struct_size: 0 0 0,
        reserved: 4 4 4,
        size: 8 8 8,
        max_msg_size: 16 16 16,
        max_obj_size: 24 24 24,
        format: 32 32 32,
        media_type: 48 40 40,
        mark: 64 48 48,
        version: 80 56 56,
        next_nonce: 96 64 64,
    }
    laid_out! { omadm_cred: 72 48 48;
        struct_size: 0 0 0,
        reserved: 4 4 4,
        scheme: 8 8 8,
        format: 24 16 16,
        data: 40 24 24,
    }
    laid_out! { omadm_command: 192 128 128;
        struct_size: 0 0 0,
        kind: 4 4 4,
        flags: 8 8 8,
        code: 12 12 12,
        index: 16 16 16,
        parent: 20 20 20,
        end: 24 24 24,
        item_count: 28 28 28,
        ref_count: 32 32 32,
        reserved: 36 36 36,
        offset: 40 40 40,
        name: 48 48 48,
        cmd_id: 64 56 56,
        msg_ref: 80 64 64,
        cmd_ref: 96 72 72,
        cmd: 112 80 80,
        correlator: 128 88 88,
        lang: 144 96 96,
        data: 160 104 104,
    }
    laid_out! { omadm_item: 192 112 112;
        struct_size: 0 0 0,
        flags: 4 4 4,
        offset: 8 8 8,
        node_uri: 16 16 16,
        target: 32 24 24,
        target_name: 48 32 32,
        source: 64 40 40,
        source_name: 80 48 48,
        target_parent: 96 56 56,
        source_parent: 112 64 64,
        format: 128 72 72,
        media_type: 144 80 80,
        data: 160 88 88,
    }
    laid_out! { omadm_ref: 24 16 16;
        struct_size: 0 0 0,
        is_target: 4 4 4,
        uri: 8 8 8,
    }
    laid_out! { omadm_extra: 48 32 32;
        struct_size: 0 0 0,
        reserved: 4 4 4,
        offset: 8 8 8,
        name: 16 16 16,
        source: 32 24 24,
    }
    laid_out! { omadm_alert_event: 96 64 64;
        struct_size: 0 0 0,
        format: 4 4 4,
        importance: 8 8 8,
        reserved: 12 12 12,
        alert_type: 16 16 16,
        source: 32 24 24,
        mark: 48 32 32,
        data: 64 40 40,
    }
    laid_out! { omadm_ui_alert: 64 48 48;
        struct_size: 0 0 0,
        code: 4 4 4,
        flags: 8 8 8,
        min_display: 12 12 12,
        max_display: 16 16 16,
        max_len: 20 20 20,
        input_type: 24 24 24,
        choice_count: 28 28 28,
        text: 32 32 32,
        option_text: 48 40 40,
    }
    laid_out! { omadm_new_meta: 128 88 88;
        struct_size: 0 0 0,
        flags: 4 4 4,
        size: 8 8 8,
        max_msg_size: 16 16 16,
        max_obj_size: 24 24 24,
        format: 32 32 32,
        media_type: 48 40 40,
        mark: 64 48 48,
        version: 80 56 56,
        next_nonce: 96 64 64,
    }
    laid_out! { omadm_new_cred: 72 48 48;
        struct_size: 0 0 0,
        reserved: 4 4 4,
        scheme: 8 8 8,
        format: 24 16 16,
        data: 40 24 24,
    }
    laid_out! { omadm_new_item: 144 84 88;
        struct_size: 0 0 0,
        flags: 4 4 4,
        target: 8 8 8,
        target_name: 24 16 16,
        source: 40 24 24,
        source_name: 56 32 32,
        format: 72 40 40,
        media_type: 88 48 48,
        meta: 104 56 56,
        data: 112 60 64,
    }
    laid_out! { omadm_new_command: 176 104 104;
        struct_size: 0 0 0,
        kind: 4 4 4,
        code: 8 8 8,
        reserved: 12 12 12,
        msg_ref: 16 16 16,
        cmd_ref: 32 24 24,
        cmd: 48 32 32,
        correlator: 64 40 40,
        meta: 80 48 48,
        chal: 88 52 52,
        data: 96 56 56,
        items: 128 80 80,
        item_size: 136 84 84,
        item_count: 144 88 88,
        refs: 152 92 92,
        ref_size: 160 96 96,
        ref_count: 168 100 100,
    }
    laid_out! { omadm_new_ui_alert: 96 64 64;
        struct_size: 0 0 0,
        code: 4 4 4,
        flags: 8 8 8,
        min_display: 12 12 12,
        max_display: 16 16 16,
        max_len: 20 20 20,
        input_type: 24 24 24,
        reserved: 28 28 28,
        text: 32 32 32,
        choices: 48 40 40,
        choice_count: 56 44 44,
        default_text: 64 48 48,
        default_numbers: 80 56 56,
        default_count: 88 60 60,
    }
    laid_out! { omadm_ui_answer: 32 24 24;
        struct_size: 0 0 0,
        outcome: 4 4 4,
        response: 8 8 8,
        status: 12 12 12,
        text: 16 16 16,
    }
    laid_out! { omadm_chunk: 32 24 24;
        struct_size: 0 0 0,
        flags: 4 4 4,
        size: 8 8 8,
        data: 16 16 16,
    }
    laid_out! { omadm_join_step: 112 72 72;
        struct_size: 0 0 0,
        joined: 4 4 4,
        status: 8 8 8,
        reason: 12 12 12,
        offset: 16 16 16,
        is_broken: 24 24 24,
        broken_kind: 28 28 28,
        broken_target: 32 32 32,
        broken_source: 48 40 40,
        format: 64 48 48,
        media_type: 80 56 56,
        octets: 96 64 64,
    }
    laid_out! { omadm_convert_options: 24 20 20;
        struct_size: 0 0 0,
        flags: 4 4 4,
        layout: 8 8 8,
        reserved: 12 12 12,
        read: 16 16 16,
    }
    laid_out! { omadm_node_info: 160 96 96;
        struct_size: 0 0 0,
        format: 4 4 4,
        flags: 8 8 8,
        child_count: 12 12 12,
        node: 16 16 16,
        parent: 24 24 24,
        name: 32 32 32,
        value: 48 40 40,
        media_type: 64 48 48,
        mo_id: 80 56 56,
        acl: 96 64 64,
        title: 112 72 72,
        tstamp: 128 80 80,
        ver_no: 144 88 88,
    }
    laid_out! { omadm_acl_grant: 24 16 16;
        struct_size: 0 0 0,
        commands: 4 4 4,
        server: 8 8 8,
    }
    laid_out! { omadm_new_node: 72 40 40;
        struct_size: 0 0 0,
        format: 4 4 4,
        text: 8 8 8,
        octets: 24 16 16,
        node_type: 40 24 24,
        title: 56 32 32,
    }
    laid_out! { omadm_edit_options: 48 36 40;
        struct_size: 0 0 0,
        flags: 4 4 4,
        principal: 8 8 8,
        now: 24 16 16,
        max_depth: 32 24 24,
        max_tot_len: 34 26 26,
        max_seg_len: 36 28 28,
        reserved: 38 30 30,
        limits: 40 32 32,
    }
    laid_out! { omadm_new_value: 56 32 32;
        struct_size: 0 0 0,
        format: 4 4 4,
        text: 8 8 8,
        octets: 24 16 16,
        media_type: 40 24 24,
    }
    laid_out! { omadm_tnds_options: 72 44 44;
        struct_size: 0 0 0,
        layout: 4 4 4,
        left_out: 8 8 8,
        reserved: 12 12 12,
        principal: 16 16 16,
        limits: 32 24 24,
        man: 40 28 28,
        model: 56 36 36,
    }
    laid_out! { omadm_condition: 40 24 24;
        struct_size: 0 0 0,
        reserved: 4 4 4,
        path: 8 8 8,
        value: 24 16 16,
    }
    laid_out! { omadm_search: 64 40 40;
        struct_size: 0 0 0,
        condition_size: 4 4 4,
        mo_ids: 8 8 8,
        mo_id_count: 16 12 12,
        conditions: 24 16 16,
        condition_count: 32 20 20,
        principal: 40 24 24,
        below: 56 32 32,
    }
    laid_out! { omadm_change: 48 40 40;
        struct_size: 0 0 0,
        kind: 4 4 4,
        what: 8 8 8,
        reserved: 12 12 12,
        before: 16 16 16,
        after: 24 24 24,
        uri: 32 32 32,
    }
    laid_out! { omadm_results_options: 48 36 36;
        struct_size: 0 0 0,
        flags: 4 4 4,
        encoding: 8 8 8,
        max_depth: 12 12 12,
        max_tot_len: 14 14 14,
        max_seg_len: 16 16 16,
        reserved: 18 18 18,
        reserved2: 20 20 20,
        principal: 24 24 24,
        limits: 40 32 32,
    }
    laid_out! { omadm_result_item: 72 40 40;
        struct_size: 0 0 0,
        form: 4 4 4,
        source: 8 8 8,
        format: 24 16 16,
        media_type: 40 24 24,
        data: 56 32 32,
    }
    laid_out! { omadm_schema_node_info: 184 120 120;
        struct_size: 0 0 0,
        format: 4 4 4,
        access: 8 8 8,
        flags: 12 12 12,
        occurrence_min: 16 16 16,
        occurrence_max: 20 20 20,
        node: 24 24 24,
        parent: 32 32 32,
        document: 40 40 40,
        offset: 48 48 48,
        name: 56 56 56,
        path: 72 64 64,
        title: 88 72 72,
        description: 104 80 80,
        mo_id: 120 88 88,
        media_type: 136 96 96,
        default_value: 152 104 104,
        value: 168 112 112,
    }
    laid_out! { omadm_check_options: 32 20 20;
        struct_size: 0 0 0,
        flags: 4 4 4,
        os_build: 8 8 8,
        limits: 24 16 16,
    }
    laid_out! { omadm_check_request: 80 48 48;
        struct_size: 0 0 0,
        command: 4 4 4,
        in_atomic: 8 8 8,
        reserved: 12 12 12,
        uri: 16 16 16,
        format: 32 24 24,
        media_type: 48 32 32,
        value: 64 40 40,
    }
    laid_out! { omadm_finding: 96 64 64;
        struct_size: 0 0 0,
        kind: 4 4 4,
        status: 8 8 8,
        reserved: 12 12 12,
        offset: 16 16 16,
        node: 24 24 24,
        uri: 32 32 32,
        reason: 48 40 40,
        text: 64 48 48,
        expected: 80 56 56,
    }
    laid_out! { omadm_provisioning_part: 48 32 32;
        struct_size: 0 0 0,
        kind: 4 4 4,
        offset: 8 8 8,
        name: 16 16 16,
        value: 32 24 24,
    }
    laid_out! { omadm_server_credentials: 64 36 36;
        struct_size: 0 0 0,
        resync: 4 4 4,
        name: 8 8 8,
        secret: 24 16 16,
        a1: 40 24 24,
        nonce: 48 28 28,
    }
    laid_out! { omadm_notification: 112 72 72;
        struct_size: 0 0 0,
        by_resync_nonce: 4 4 4,
        version: 8 8 8,
        ui_mode: 12 12 12,
        initiator: 16 16 16,
        future_use: 20 20 20,
        session_id: 24 24 24,
        prompt: 28 28 28,
        server_id: 32 32 32,
        vendor: 48 40 40,
        digest: 64 48 48,
        trigger: 80 56 56,
        message: 96 64 64,
    }
    laid_out! { omadm_notification_fields: 56 40 40;
        struct_size: 0 0 0,
        version: 4 4 4,
        ui_mode: 8 8 8,
        initiator: 12 12 12,
        future_use: 16 16 16,
        session_id: 20 20 20,
        server_id: 24 24 24,
        vendor: 40 32 32,
    }
    laid_out! { omadm_sync_alert: 32 24 24;
        struct_size: 0 0 0,
        code: 4 4 4,
        content_type: 8 8 8,
        reserved: 12 12 12,
        uri: 16 16 16,
    }
    laid_out! { omadm_push_payload: 48 40 40;
        struct_size: 0 0 0,
        media_type: 4 4 4,
        expiry: 8 8 8,
        reserved: 12 12 12,
        expires: 16 16 16,
        offset: 24 24 24,
        body: 32 32 32,
    }
    laid_out! { omadm_push: 136 88 88;
        struct_size: 0 0 0,
        content_type: 4 4 4,
        application_id: 8 8 8,
        expiry: 12 12 12,
        expires: 16 16 16,
        destination_port: 24 24 24,
        segments: 28 28 28,
        transaction_id: 32 32 32,
        reserved: 36 36 36,
        content_type_name: 40 40 40,
        application_urn: 56 48 48,
        target: 72 56 56,
        headers: 88 64 64,
        body: 104 72 72,
        rest: 120 80 80,
    }
    laid_out! { omadm_push_header: 40 24 24;
        struct_size: 0 0 0,
        reserved: 4 4 4,
        name: 8 8 8,
        value: 24 16 16,
    }
    laid_out! { omadm_push_fields: 240 144 144;
        struct_size: 0 0 0,
        content_type: 4 4 4,
        application_id: 8 8 8,
        transaction_id: 12 12 12,
        expires: 16 16 16,
        deliver_after: 24 24 24,
        date: 32 32 32,
        lifetime: 40 40 40,
        reserved: 44 44 44,
        content_type_name: 48 48 48,
        application_urn: 64 56 56,
        target: 80 64 64,
        host: 96 72 72,
        push_id: 112 80 80,
        source_reference: 128 88 88,
        notify_to: 144 96 96,
        boundary: 160 104 104,
        wsp_headers: 176 112 112,
        body: 192 120 120,
        headers: 208 128 128,
        header_count: 216 132 132,
        addresses: 224 136 136,
        address_count: 232 140 140,
    }
    laid_out! { omadm_sms_segment: 48 40 40;
        struct_size: 0 0 0,
        reference_bits: 4 4 4,
        reference: 8 8 8,
        total: 12 12 12,
        number: 16 16 16,
        destination_port: 20 20 20,
        source_port: 24 24 24,
        reserved: 28 28 28,
        data: 32 32 32,
    }
    laid_out! { omadm_sms_incomplete: 40 32 32;
        struct_size: 0 0 0,
        total: 4 4 4,
        missing: 8 8 8,
        first_missing: 12 12 12,
        since: 16 16 16,
        sender: 24 24 24,
    }
    laid_out! { omadm_unstable_value: 56 40 40;
        struct_size: 0 0 0,
        subject: 4 4 4,
        form: 8 8 8,
        reserved: 12 12 12,
        number: 16 16 16,
        text: 24 24 24,
        octets: 40 32 32,
    }
}
