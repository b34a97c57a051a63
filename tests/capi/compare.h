/* Comparing messages through the ABI, field by field. Offsets are compared if both are read from the same input. */
#ifndef COMPARE_H
#define COMPARE_H

#include "check.h"

static inline int same_octets(const void *one, size_t one_len, const void *two, size_t two_len) {
    if (one == NULL || two == NULL)
        return one == two && one_len == two_len;
    return one_len == two_len && memcmp(one, two, one_len) == 0;
}

static inline int same_text(omadm_str one, omadm_str two) {
    return same_octets(one.ptr, one.len, two.ptr, two.len);
}

static inline int same_data(omadm_data one, omadm_data two, int offsets) {
    return one.form == two.form && same_octets(one.bytes.ptr, one.bytes.len, two.bytes.ptr, two.bytes.len) &&
           (!offsets || one.offset == two.offset);
}

static inline int same_meta(const omadm_meta *one, const omadm_meta *two, int offsets) {
    return one->size == two->size && one->max_msg_size == two->max_msg_size && one->max_obj_size == two->max_obj_size &&
           same_text(one->format, two->format) && same_text(one->media_type, two->media_type) &&
           same_text(one->mark, two->mark) && same_text(one->version, two->version) &&
           same_data(one->next_nonce, two->next_nonce, offsets);
}

static inline int same_item(const omadm_item *one, const omadm_item *two, int offsets) {
    return one->flags == two->flags && same_text(one->node_uri, two->node_uri) && same_text(one->target, two->target) &&
           same_text(one->target_name, two->target_name) && same_text(one->source, two->source) &&
           same_text(one->source_name, two->source_name) && same_text(one->target_parent, two->target_parent) &&
           same_text(one->source_parent, two->source_parent) && same_text(one->format, two->format) &&
           same_text(one->media_type, two->media_type) && same_data(one->data, two->data, offsets) &&
           (!offsets || one->offset == two->offset);
}

/* A command whose index is `base` higher in the first message. */
static inline int same_command(const omadm_command *one, const omadm_command *two, uint32_t base, int offsets) {
    return one->kind == two->kind && one->flags == two->flags && one->code == two->code &&
           one->index == two->index + base && one->end == two->end + base &&
           (one->parent == two->parent ? one->parent == OMADM_NO_INDEX || base == 0 : one->parent == two->parent + base) &&
           one->item_count == two->item_count && one->ref_count == two->ref_count && same_text(one->name, two->name) &&
           same_text(one->cmd_id, two->cmd_id) && same_text(one->msg_ref, two->msg_ref) &&
           same_text(one->cmd_ref, two->cmd_ref) && same_text(one->cmd, two->cmd) &&
           same_text(one->correlator, two->correlator) && same_text(one->lang, two->lang) &&
           same_data(one->data, two->data, offsets) && (!offsets || one->offset == two->offset);
}

static inline void compare_headers(const omadm_message *one, const omadm_message *two, int offsets) {
    omadm_header ours = OMADM_HEADER_INIT, theirs = OMADM_HEADER_INIT;
    omadm_meta our_meta = OMADM_META_INIT, their_meta = OMADM_META_INIT;
    omadm_cred our_cred = OMADM_CRED_INIT, their_cred = OMADM_CRED_INIT;
    omadm_rc rc;
    REQUIRE(omadm_message_header(one, &ours, NULL) == OMADM_OK);
    REQUIRE(omadm_message_header(two, &theirs, NULL) == OMADM_OK);
    CHECK(ours.flags == theirs.flags);
    CHECK(same_text(ours.ver_dtd, theirs.ver_dtd) && same_text(ours.ver_proto, theirs.ver_proto));
    CHECK(same_text(ours.session_id, theirs.session_id) && same_text(ours.msg_id, theirs.msg_id));
    CHECK(same_text(ours.target, theirs.target) && same_text(ours.target_name, theirs.target_name));
    CHECK(same_text(ours.source, theirs.source) && same_text(ours.source_name, theirs.source_name));
    CHECK(same_text(ours.resp_uri, theirs.resp_uri));
    rc = omadm_message_header_meta(one, &our_meta, NULL);
    CHECK(rc == omadm_message_header_meta(two, &their_meta, NULL));
    CHECK(rc != OMADM_OK || same_meta(&our_meta, &their_meta, offsets));
    rc = omadm_message_header_cred(one, &our_cred, NULL);
    CHECK(rc == omadm_message_header_cred(two, &their_cred, NULL));
    CHECK(rc != OMADM_OK || (same_text(our_cred.scheme, their_cred.scheme) && same_text(our_cred.format, their_cred.format) &&
                             same_data(our_cred.data, their_cred.data, offsets)));
}

/* The commands of `part`, which are those of `whole` from `base` on. How many there are. */
static inline size_t compare_commands(const omadm_message *whole, uint32_t base, const omadm_message *part, int offsets) {
    size_t count, at, item, written;
    REQUIRE(omadm_message_summary(part, NULL, NULL, &count, NULL) == OMADM_OK);
    for (at = 0; at < count; at++) {
        omadm_command ours = OMADM_COMMAND_INIT, theirs = OMADM_COMMAND_INIT;
        omadm_meta our_meta = OMADM_META_INIT, their_meta = OMADM_META_INIT;
        omadm_ref our_refs[4], their_refs[4];
        omadm_rc rc;
        REQUIRE(omadm_message_commands(whole, base + at, &ours, sizeof ours, 1, &written, NULL) == OMADM_OK && written == 1);
        REQUIRE(omadm_message_commands(part, at, &theirs, sizeof theirs, 1, &written, NULL) == OMADM_OK && written == 1);
        CHECK(same_command(&ours, &theirs, base, offsets));
        for (item = 0; item < ours.item_count; item++) {
            omadm_item our_item = OMADM_ITEM_INIT, their_item = OMADM_ITEM_INIT;
            omadm_buffer our_octets = OMADM_BUFFER_INIT, their_octets = OMADM_BUFFER_INIT;
            REQUIRE(omadm_message_items(whole, base + at, item, &our_item, sizeof our_item, 1, &written, NULL) == OMADM_OK);
            REQUIRE(omadm_message_items(part, at, item, &their_item, sizeof their_item, 1, &written, NULL) == OMADM_OK);
            CHECK(written == 1 && same_item(&our_item, &their_item, offsets));
            rc = omadm_message_item_meta(whole, base + at, item, &our_meta, NULL);
            CHECK(rc == omadm_message_item_meta(part, at, item, &their_meta, NULL));
            CHECK(rc != OMADM_OK || same_meta(&our_meta, &their_meta, offsets));
            rc = omadm_message_item_octets(whole, base + at, item, &our_octets, NULL);
            CHECK(rc == omadm_message_item_octets(part, at, item, &their_octets, NULL));
            CHECK(rc != OMADM_OK || same_octets(our_octets.data, our_octets.len, their_octets.data, their_octets.len));
            omadm_buffer_free(&our_octets);
            omadm_buffer_free(&their_octets);
        }
        REQUIRE(omadm_message_refs(whole, base + at, 0, our_refs, sizeof our_refs[0], 4, &written, NULL) == OMADM_OK);
        REQUIRE(omadm_message_refs(part, at, 0, their_refs, sizeof their_refs[0], 4, &written, NULL) == OMADM_OK);
        CHECK(written == ours.ref_count);
        for (item = 0; item < written; item++)
            CHECK(our_refs[item].is_target == their_refs[item].is_target && same_text(our_refs[item].uri, their_refs[item].uri));
        rc = omadm_message_command_meta(whole, base + at, &our_meta, NULL);
        CHECK(rc == omadm_message_command_meta(part, at, &their_meta, NULL));
        CHECK(rc != OMADM_OK || same_meta(&our_meta, &their_meta, offsets));
        rc = omadm_message_chal(whole, base + at, &our_meta, NULL);
        CHECK(rc == omadm_message_chal(part, at, &their_meta, NULL));
        CHECK(rc != OMADM_OK || same_meta(&our_meta, &their_meta, offsets));
    }
    return count;
}

#endif
