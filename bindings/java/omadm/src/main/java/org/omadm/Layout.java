package org.omadm;

/**
 * Where the members of the structures of {@code omadm.h} stand, on platforms with pointers of 64 bits. A test compares it with the header.
 */
final class Layout {
    private Layout() {}

    static final class omadm_str {
        static final int SIZE = 16;
        static final int ptr = 0;
        static final int len = 8;

        private omadm_str() {}
    }

    static final class omadm_error {
        static final int SIZE = 48;
        static final int code = 4;
        static final int offset = 8;
        static final int inner_offset = 16;
        static final int message = 24;
        static final int subject = 32;

        private omadm_error() {}
    }

    static final class omadm_buffer {
        static final int SIZE = 32;
        static final int data = 8;
        static final int len = 16;
        static final int capacity = 24;

        private omadm_buffer() {}
    }

    static final class omadm_options {
        static final int SIZE = 96;
        static final int flags = 4;
        static final int limit_output = 8;
        static final int limit_depth = 16;
        static final int limit_elements = 20;
        static final int limit_attributes = 24;
        static final int limit_namespaces = 28;
        static final int limit_name = 32;
        static final int limit_text = 36;
        static final int limit_string_table = 40;
        static final int limit_expansion = 44;
        static final int limit_buffer = 48;
        static final int limit_prefix = 52;
        static final int limit_pattern = 56;
        static final int limit_locations = 60;
        static final int limit_answer_nodes = 64;
        static final int limit_segments = 68;
        static final int limit_headers = 72;
        static final int limit_header = 76;
        static final int limit_findings = 80;
        static final int limit_patterns = 84;
        static final int limit_pattern_size = 88;

        private omadm_options() {}
    }

    static final class omadm_input {
        static final int SIZE = 40;
        static final int ownership = 4;
        static final int data = 8;
        static final int len = 16;
        static final int release = 24;

        private omadm_input() {}
    }

    static final class omadm_convert_options {
        static final int SIZE = 24;
        static final int flags = 4;
        static final int layout = 8;
        static final int read = 16;

        private omadm_convert_options() {}
    }

    static final class omadm_header {
        static final int SIZE = 152;
        static final int flags = 4;
        static final int ver_dtd = 8;
        static final int ver_proto = 24;
        static final int session_id = 40;
        static final int msg_id = 56;
        static final int target = 72;
        static final int target_name = 88;
        static final int source = 104;
        static final int source_name = 120;
        static final int resp_uri = 136;

        private omadm_header() {}
    }

    static final class omadm_data {
        static final int SIZE = 32;
        static final int form = 0;
        static final int offset = 8;
        static final int bytes = 16;

        private omadm_data() {}
    }

    static final class omadm_meta {
        static final int SIZE = 128;
        static final int size = 8;
        static final int max_msg_size = 16;
        static final int max_obj_size = 24;
        static final int format = 32;
        static final int media_type = 48;
        static final int mark = 64;
        static final int version = 80;
        static final int next_nonce = 96;

        private omadm_meta() {}
    }

    static final class omadm_cred {
        static final int SIZE = 72;
        static final int scheme = 8;
        static final int format = 24;
        static final int data = 40;

        private omadm_cred() {}
    }

    static final class omadm_command {
        static final int SIZE = 192;
        static final int kind = 4;
        static final int flags = 8;
        static final int code = 12;
        static final int index = 16;
        static final int parent = 20;
        static final int end = 24;
        static final int item_count = 28;
        static final int ref_count = 32;
        static final int offset = 40;
        static final int name = 48;
        static final int cmd_id = 64;
        static final int msg_ref = 80;
        static final int cmd_ref = 96;
        static final int cmd = 112;
        static final int correlator = 128;
        static final int lang = 144;
        static final int data = 160;

        private omadm_command() {}
    }

    static final class omadm_item {
        static final int SIZE = 192;
        static final int flags = 4;
        static final int offset = 8;
        static final int node_uri = 16;
        static final int target = 32;
        static final int target_name = 48;
        static final int source = 64;
        static final int source_name = 80;
        static final int target_parent = 96;
        static final int source_parent = 112;
        static final int format = 128;
        static final int media_type = 144;
        static final int data = 160;

        private omadm_item() {}
    }

    static final class omadm_ref {
        static final int SIZE = 24;
        static final int is_target = 4;
        static final int uri = 8;

        private omadm_ref() {}
    }

    static final class omadm_extra {
        static final int SIZE = 48;
        static final int offset = 8;
        static final int name = 16;
        static final int source = 32;

        private omadm_extra() {}
    }

    static final class omadm_new_cred {
        static final int SIZE = 72;
        static final int scheme = 8;
        static final int format = 24;
        static final int data = 40;

        private omadm_new_cred() {}
    }

    static final class omadm_new_meta {
        static final int SIZE = 128;
        static final int flags = 4;
        static final int size = 8;
        static final int max_msg_size = 16;
        static final int max_obj_size = 24;
        static final int format = 32;
        static final int media_type = 48;
        static final int mark = 64;
        static final int version = 80;
        static final int next_nonce = 96;

        private omadm_new_meta() {}
    }

    static final class omadm_new_item {
        static final int SIZE = 144;
        static final int flags = 4;
        static final int target = 8;
        static final int target_name = 24;
        static final int source = 40;
        static final int source_name = 56;
        static final int format = 72;
        static final int media_type = 88;
        static final int meta = 104;
        static final int data = 112;

        private omadm_new_item() {}
    }

    static final class omadm_new_command {
        static final int SIZE = 176;
        static final int kind = 4;
        static final int code = 8;
        static final int msg_ref = 16;
        static final int cmd_ref = 32;
        static final int cmd = 48;
        static final int correlator = 64;
        static final int meta = 80;
        static final int chal = 88;
        static final int data = 96;
        static final int items = 128;
        static final int item_size = 136;
        static final int item_count = 144;
        static final int refs = 152;
        static final int ref_size = 160;
        static final int ref_count = 168;

        private omadm_new_command() {}
    }

    static final class omadm_node_info {
        static final int SIZE = 160;
        static final int format = 4;
        static final int flags = 8;
        static final int child_count = 12;
        static final int node = 16;
        static final int parent = 24;
        static final int name = 32;
        static final int value = 48;
        static final int media_type = 64;
        static final int mo_id = 80;
        static final int acl = 96;
        static final int title = 112;
        static final int tstamp = 128;
        static final int ver_no = 144;

        private omadm_node_info() {}
    }

    static final class omadm_new_node {
        static final int SIZE = 72;
        static final int format = 4;
        static final int text = 8;
        static final int octets = 24;
        static final int node_type = 40;
        static final int title = 56;

        private omadm_new_node() {}
    }

    static final class omadm_new_value {
        static final int SIZE = 56;
        static final int format = 4;
        static final int text = 8;
        static final int octets = 24;
        static final int media_type = 40;

        private omadm_new_value() {}
    }

    static final class omadm_edit_options {
        static final int SIZE = 48;
        static final int flags = 4;
        static final int principal = 8;
        static final int now = 24;
        static final int max_depth = 32;
        static final int max_tot_len = 34;
        static final int max_seg_len = 36;
        static final int limits = 40;

        private omadm_edit_options() {}
    }

    static final class omadm_tnds_options {
        static final int SIZE = 72;
        static final int layout = 4;
        static final int left_out = 8;
        static final int principal = 16;
        static final int limits = 32;
        static final int man = 40;
        static final int model = 56;

        private omadm_tnds_options() {}
    }

    static final class omadm_change {
        static final int SIZE = 48;
        static final int kind = 4;
        static final int what = 8;
        static final int before = 16;
        static final int after = 24;
        static final int uri = 32;

        private omadm_change() {}
    }

    static final class omadm_results_options {
        static final int SIZE = 48;
        static final int flags = 4;
        static final int encoding = 8;
        static final int max_depth = 12;
        static final int max_tot_len = 14;
        static final int max_seg_len = 16;
        static final int principal = 24;
        static final int limits = 40;

        private omadm_results_options() {}
    }

    static final class omadm_result_item {
        static final int SIZE = 72;
        static final int form = 4;
        static final int source = 8;
        static final int format = 24;
        static final int media_type = 40;
        static final int data = 56;

        private omadm_result_item() {}
    }

    static final class omadm_schema_node_info {
        static final int SIZE = 184;
        static final int format = 4;
        static final int access = 8;
        static final int flags = 12;
        static final int occurrence_min = 16;
        static final int occurrence_max = 20;
        static final int node = 24;
        static final int parent = 32;
        static final int document = 40;
        static final int offset = 48;
        static final int name = 56;
        static final int path = 72;
        static final int title = 88;
        static final int description = 104;
        static final int mo_id = 120;
        static final int media_type = 136;
        static final int default_value = 152;
        static final int value = 168;

        private omadm_schema_node_info() {}
    }

    static final class omadm_check_options {
        static final int SIZE = 32;
        static final int flags = 4;
        static final int os_build = 8;
        static final int limits = 24;

        private omadm_check_options() {}
    }

    static final class omadm_finding {
        static final int SIZE = 96;
        static final int kind = 4;
        static final int status = 8;
        static final int offset = 16;
        static final int node = 24;
        static final int uri = 32;
        static final int reason = 48;
        static final int text = 64;
        static final int expected = 80;

        private omadm_finding() {}
    }

    static final class omadm_server_credentials {
        static final int SIZE = 64;
        static final int resync = 4;
        static final int name = 8;
        static final int secret = 24;
        static final int a1 = 40;
        static final int nonce = 48;

        private omadm_server_credentials() {}
    }

    static final class omadm_notification {
        static final int SIZE = 112;
        static final int by_resync_nonce = 4;
        static final int version = 8;
        static final int ui_mode = 12;
        static final int initiator = 16;
        static final int future_use = 20;
        static final int session_id = 24;
        static final int prompt = 28;
        static final int server_id = 32;
        static final int vendor = 48;
        static final int digest = 64;
        static final int trigger = 80;
        static final int message = 96;

        private omadm_notification() {}
    }

    static final class omadm_notification_fields {
        static final int SIZE = 56;
        static final int version = 4;
        static final int ui_mode = 8;
        static final int initiator = 12;
        static final int future_use = 16;
        static final int session_id = 20;
        static final int server_id = 24;
        static final int vendor = 40;

        private omadm_notification_fields() {}
    }

    static final class omadm_sync_alert {
        static final int SIZE = 32;
        static final int code = 4;
        static final int content_type = 8;
        static final int uri = 16;

        private omadm_sync_alert() {}
    }

    static final class omadm_push_payload {
        static final int SIZE = 48;
        static final int media_type = 4;
        static final int expiry = 8;
        static final int expires = 16;
        static final int offset = 24;
        static final int body = 32;

        private omadm_push_payload() {}
    }

    static final class omadm_chunk {
        static final int SIZE = 32;
        static final int flags = 4;
        static final int size = 8;
        static final int data = 16;

        private omadm_chunk() {}
    }

    static final class omadm_join_step {
        static final int SIZE = 112;
        static final int joined = 4;
        static final int status = 8;
        static final int reason = 12;
        static final int offset = 16;
        static final int is_broken = 24;
        static final int broken_kind = 28;
        static final int broken_target = 32;
        static final int broken_source = 48;
        static final int format = 64;
        static final int media_type = 80;
        static final int octets = 96;

        private omadm_join_step() {}
    }

    static final class omadm_alert_event {
        static final int SIZE = 96;
        static final int format = 4;
        static final int importance = 8;
        static final int alert_type = 16;
        static final int source = 32;
        static final int mark = 48;
        static final int data = 64;

        private omadm_alert_event() {}
    }

    static final class omadm_ui_alert {
        static final int SIZE = 64;
        static final int code = 4;
        static final int flags = 8;
        static final int min_display = 12;
        static final int max_display = 16;
        static final int max_len = 20;
        static final int input_type = 24;
        static final int choice_count = 28;
        static final int text = 32;
        static final int option_text = 48;

        private omadm_ui_alert() {}
    }
}
