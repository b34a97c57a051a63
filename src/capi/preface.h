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
