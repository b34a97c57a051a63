package org.omadm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a notification (package #0) says, or is to say, but for its digest. One that was decoded is what somebody claims: nothing may be done for it before
 * {@link #open} has said that it is the server's.
 */
public final class Notification extends Value implements Document {
    /** A notification whose digest is the server's: what begins a session. Only {@link #open} makes one. */
    public static final class Opened extends Value {
        private final Notification notification;
        private final byte[] digest;
        private final boolean byResyncNonce;
        private final Prompt prompt;
        private final List<SyncAlert> alerts;

        private Opened(Notification notification, byte[] digest, boolean byResyncNonce, Prompt prompt, List<SyncAlert> alerts) {
            this.notification = notification;
            this.digest = digest;
            this.byResyncNonce = byResyncNonce;
            this.prompt = prompt;
            this.alerts = alerts;
        }

        /**
         * What it says, which is true.
         *
         * @return the notification
         */
        public Notification notification() {
            return notification;
        }

        /**
         * The digest.
         *
         * @return a copy of its 16 octets
         */
        public byte[] digest() {
            return digest.clone();
        }

        /**
         * Whether the server has lost its nonce: both sides go on with four zero octets, and the session has to give both of them new nonces.
         *
         * @return true if it has
         */
        public boolean byResyncNonce() {
            return byResyncNonce;
        }

        /**
         * What to do about the user.
         *
         * @return what to do; not specified counts as background
         */
        public Prompt prompt() {
            return prompt;
        }

        /**
         * The synchronisations that a notification of data synchronisation asks for.
         *
         * @return a list that does not change; empty in device management
         */
        public List<SyncAlert> alerts() {
            return alerts;
        }

        /**
         * All of it in the JSON form of the shared vectors.
         *
         * @return one JSON object
         */
        public String toJson() {
            Json json = new Json();
            json.notification(notification, this);
            return json.toString();
        }

        @Override
        Object[] parts() {
            return new Object[] {notification, digest, byResyncNonce, prompt, alerts};
        }
    }

    private final int version;
    private final UiMode uiMode;
    private final Initiator initiator;
    private final int futureUse;
    private final int sessionId;
    private final String serverId;
    private final byte[] vendor;

    private Notification(int version, UiMode uiMode, Initiator initiator, int futureUse, int sessionId, String serverId, byte[] vendor) {
        this.version = version;
        this.uiMode = uiMode;
        this.initiator = initiator;
        this.futureUse = futureUse;
        this.sessionId = sessionId;
        this.serverId = serverId;
        this.vendor = vendor;
    }

    /**
     * A notification to be sent: of DM 1.2, initiated by the server, in the background.
     *
     * @param sessionId the id that the session is to have: 1 to 0xFFFF
     * @param serverId the server's identifier: 1 to 255 octets
     * @return the notification
     */
    public static Notification of(int sessionId, String serverId) {
        Objects.requireNonNull(serverId, "serverId");
        return new Notification(11, UiMode.BACKGROUND, Initiator.SERVER, 0, sessionId, serverId, new byte[0]);
    }

    /**
     * Reads what a notification of DM 1.1 or 1.2 claims, without a check of who sent it.
     *
     * @param data the octets
     * @return the notification
     * @throws OmadmException what is wrong with it
     */
    public static Notification decode(byte[] data) {
        return decode(data, MediaType.DM12);
    }

    /**
     * Reads what a notification claims, without a check of who sent it: to find the account by its server identifier, or to show it.
     *
     * @param data the octets
     * @param mediaType the media type that the carrier names
     * @return the notification
     * @throws OmadmException what is wrong with it; {@link ErrorKind#NOTIFICATION_LAYOUT} for DM 1.3
     */
    public static Notification decode(byte[] data, MediaType mediaType) {
        Objects.requireNonNull(data, "data");
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(data)) {
            Scratch.Mem fields = scratch.struct(Layout.omadm_notification_fields.SIZE);
            scratch.check(Lib.omadm_notification_decode(octets.address, octets.length, mediaType.number(), fields.address, scratch.error));
            Lent lent = new Lent();
            return new Notification(
                    fields.getInt(Layout.omadm_notification_fields.version),
                    UiMode.of(fields.getInt(Layout.omadm_notification_fields.ui_mode)),
                    Initiator.of(fields.getInt(Layout.omadm_notification_fields.initiator)),
                    fields.getInt(Layout.omadm_notification_fields.future_use),
                    fields.getInt(Layout.omadm_notification_fields.session_id),
                    lent.text(fields, Layout.omadm_notification_fields.server_id),
                    lent.octets(fields, Layout.omadm_notification_fields.vendor));
        }
    }

    /**
     * Reads what the notification in a WSP push claims, with or without the header of SMS or CDMA before it.
     *
     * @param push the octets of the push
     * @return the notification
     * @throws OmadmException what is wrong with the push, or the notification; its offsets count from the beginning of that
     */
    public static Notification ofPush(byte[] push) {
        Objects.requireNonNull(push, "push");
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(push)) {
            Scratch.Mem payload = scratch.struct(Layout.omadm_push_payload.SIZE);
            scratch.check(Lib.omadm_wsp_payload(octets.address, octets.length, payload.address, scratch.error));
            byte[] body = new Lent().octets(payload, Layout.omadm_push_payload.body);
            return decode(body, MediaType.of(payload.getInt(Layout.omadm_push_payload.media_type)));
        }
    }

    /**
     * Reads a notification of DM 1.1 or 1.2 and checks that it is the server's.
     *
     * @param data the octets
     * @param credentials the server's half of the account
     * @return the notification
     * @throws OmadmException {@link ErrorKind#REFUSED}: not from this server, or not for this account, to be ignored without an answer; or what is wrong with it
     */
    public static Opened open(byte[] data, ServerCredentials credentials) {
        return open(data, credentials, MediaType.DM12);
    }

    /**
     * Reads a notification and checks that it is the server's. The digest is compared in constant time.
     *
     * @param data the octets
     * @param credentials the server's half of the account
     * @param mediaType the media type that the carrier names
     * @return the notification
     * @throws OmadmException {@link ErrorKind#REFUSED}: not from this server, or not for this account, to be ignored without an answer; or what is wrong with it
     */
    public static Opened open(byte[] data, ServerCredentials credentials, MediaType mediaType) {
        Objects.requireNonNull(data, "data");
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(data)) {
            Scratch.Mem opened = scratch.struct(Layout.omadm_notification.SIZE);
            scratch.check(Lib.omadm_notification_open(
                    octets.address, octets.length, mediaType.number(), credentials.put(scratch), opened.address, scratch.error));
            Lent lent = new Lent();
            Notification notification = new Notification(
                    opened.getInt(Layout.omadm_notification.version),
                    UiMode.of(opened.getInt(Layout.omadm_notification.ui_mode)),
                    Initiator.of(opened.getInt(Layout.omadm_notification.initiator)),
                    opened.getInt(Layout.omadm_notification.future_use),
                    opened.getInt(Layout.omadm_notification.session_id),
                    lent.text(opened, Layout.omadm_notification.server_id),
                    lent.octets(opened, Layout.omadm_notification.vendor));
            List<SyncAlert> alerts = new ArrayList<>();
            if (mediaType == MediaType.DATA_SYNC) {
                Scratch.Mem alert = scratch.struct(Layout.omadm_sync_alert.SIZE);
                Scratch.Mem written = scratch.alloc(8);
                for (;;) {
                    scratch.check(Lib.omadm_notification_sync_alerts(
                            opened.address, alerts.size(), alert.address, Layout.omadm_sync_alert.SIZE, 1, written.address, scratch.error));
                    if (written.getLong(0) == 0) {
                        break;
                    }
                    alerts.add(new SyncAlert(
                            alert.getInt(Layout.omadm_sync_alert.code),
                            alert.getInt(Layout.omadm_sync_alert.content_type),
                            lent.text(alert, Layout.omadm_sync_alert.uri)));
                }
            }
            return new Opened(
                    notification,
                    lent.octets(opened, Layout.omadm_notification.digest),
                    opened.getInt(Layout.omadm_notification.by_resync_nonce) != 0,
                    Prompt.of(opened.getInt(Layout.omadm_notification.prompt)),
                    List.copyOf(alerts));
        }
    }

    /**
     * Writes a notification of DM 1.1 or 1.2 with its digest, for servers and tests.
     *
     * @param credentials the server's half of the account
     * @return the octets
     * @throws OmadmException {@link ErrorKind#NOTIFICATION_FIELD} and {@link ErrorKind#NOTIFICATION_SERVER_ID_LENGTH}, with the offset of the field in the
     *     output
     */
    public byte[] encode(ServerCredentials credentials) {
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem fields = scratch.struct(Layout.omadm_notification_fields.SIZE)
                    .putInt(Layout.omadm_notification_fields.version, version)
                    .putInt(Layout.omadm_notification_fields.ui_mode, uiMode.number())
                    .putInt(Layout.omadm_notification_fields.initiator, initiator.number())
                    .putInt(Layout.omadm_notification_fields.future_use, futureUse)
                    .putInt(Layout.omadm_notification_fields.session_id, sessionId)
                    .putText(Layout.omadm_notification_fields.server_id, serverId)
                    .putOctets(Layout.omadm_notification_fields.vendor, vendor);
            // Digest, header, identifier, and what the vendor has.
            int size = 64 + 256 + vendor.length;
            Scratch.Mem room = scratch.alloc(size);
            Scratch.Mem length = scratch.alloc(8);
            scratch.check(Lib.omadm_notification_encode(
                    fields.address, credentials.put(scratch), room.address, size, length.address, scratch.error));
            return new Lent().octets(room.address, length.getLong(0));
        }
    }

    /**
     * The same with another way of dealing with the user.
     *
     * @param uiMode how much the user should notice
     * @return the changed copy
     */
    public Notification withUiMode(UiMode uiMode) {
        return new Notification(version, Objects.requireNonNull(uiMode), initiator, futureUse, sessionId, serverId, vendor);
    }

    /**
     * The same on behalf of another party.
     *
     * @param initiator who wants the session
     * @return the changed copy
     */
    public Notification withInitiator(Initiator initiator) {
        return new Notification(version, uiMode, Objects.requireNonNull(initiator), futureUse, sessionId, serverId, vendor);
    }

    /**
     * The same with other octets of the vendor's behind it.
     *
     * @param vendor the octets, which are copied
     * @return the changed copy
     */
    public Notification withVendor(byte[] vendor) {
        return new Notification(version, uiMode, initiator, futureUse, sessionId, serverId, vendor.clone());
    }

    /**
     * The version of the format.
     *
     * @return the version times ten: 11 in DM 1.1 and 1.2, 12 in data synchronisation
     */
    public int version() {
        return version;
    }

    /**
     * How much the user should notice.
     *
     * @return the mode
     */
    public UiMode uiMode() {
        return uiMode;
    }

    /**
     * Who wanted the session.
     *
     * @return the party
     */
    public Initiator initiator() {
        return initiator;
    }

    /**
     * 27 bits that are to be zero and ignored.
     *
     * @return the bits
     */
    public int futureUse() {
        return futureUse;
    }

    /**
     * The id that the session is to have.
     *
     * @return the id
     */
    public int sessionId() {
        return sessionId;
    }

    /**
     * The id as {@code SessionID} spells it: upper-case hexadecimal without leading zeros.
     *
     * @return the text, such as {@code 1A}
     */
    public String sessionIdText() {
        return Integer.toHexString(sessionId).toUpperCase(java.util.Locale.ROOT);
    }

    /**
     * The server's identifier, which names the account.
     *
     * @return the identifier
     */
    public String serverId() {
        return serverId;
    }

    /**
     * What follows, for the vendor to define; in data synchronisation what follows the alerts.
     *
     * @return a copy of the octets
     */
    public byte[] vendor() {
        return vendor.clone();
    }

    @Override
    public Kind kind() {
        return Kind.NOTIFICATION;
    }

    @Override
    public String toJson() {
        Json json = new Json();
        json.notification(this, null);
        return json.toString();
    }

    /** Does nothing: there is no native memory behind it. */
    @Override
    public void close() {}

    @Override
    Object[] parts() {
        return new Object[] {version, uiMode, initiator, futureUse, sessionId, serverId, vendor};
    }
}
