/* Receives package #0 in a WSP push, and says which session the server wants: if it is the server.
 *
 *     receive_push push.bin SECRET NONCE      the nonce in base64, as the account has it
 *
 * cc receive_push.c $(pkg-config --cflags --libs omadm)
 */
#include <omadm.h>
#include <stdio.h>

int main(int argc, char **argv) {
    uint8_t data[1024], nonce[64];
    char session_id[8];
    size_t len, nonce_len, session_id_len;
    FILE *file;
    omadm_error error = OMADM_ERROR_INIT;
    omadm_push_payload payload = OMADM_PUSH_PAYLOAD_INIT;
    omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
    omadm_notification notification = OMADM_NOTIFICATION_INIT;
    omadm_rc rc;

    if (argc != 4) {
        fprintf(stderr, "usage: receive_push FILE SECRET NONCE\n");
        return 2;
    }
    file = fopen(argv[1], "rb");
    if (file == NULL) {
        perror(argv[1]);
        return 2;
    }
    len = fread(data, 1, sizeof data, file);
    fclose(file);

    if (omadm_nonce_from_base64(argv[3], OMADM_NUL, nonce, sizeof nonce, &nonce_len, &error) != OMADM_OK ||
        omadm_wsp_payload(data, len, &payload, &error) != OMADM_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], error.message);
        return 2;
    }
    /* A client with several accounts asks omadm_notification_decode for the server identifier first, to find the account's secret. */
    credentials.secret.ptr = argv[2];
    credentials.secret.len = OMADM_NUL;
    credentials.nonce.ptr = nonce;
    credentials.nonce.len = nonce_len;
    rc = omadm_notification_open(payload.body.ptr, payload.body.len, payload.media_type, &credentials, &notification, &error);
    if (rc == OMADM_REFUSED) {
        puts("not from the server: ignored");
        return 1;
    }
    if (rc != OMADM_OK ||
        omadm_session_id_text(notification.session_id, session_id, sizeof session_id, &session_id_len, &error) != OMADM_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], error.message);
        return 2;
    }
    printf("session %s with %.*s\n", session_id, (int)notification.server_id.len, notification.server_id.ptr);
    return 0;
}
