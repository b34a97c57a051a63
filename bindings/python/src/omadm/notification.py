"""Package #0: what begins a session."""
from __future__ import annotations

from typing import Any, NamedTuple, Optional

from ._native import Buffer, Input, Lent, call, ffi, lib, new, octets, read_all, text, utf8
from ._numbers import Initiator, MediaType, Prompt, Resync, UiMode


class Credentials(NamedTuple):
    """The server's half of an account: a nonce, and either a secret or an A1."""

    #: The nonce that the server uses, decoded from base64.
    nonce: bytes
    #: The secret, of any octets.
    secret: Optional[bytes] = None
    #: The name that is hashed with the secret. None: the notification's server identifier, as the standard says.
    name: Optional[str] = None
    #: In place of name and secret: 16 octets, `MD5(name ":" secret)`.
    a1: Optional[bytes] = None
    #: Whether a digest that does not fit the nonce is tried again with four zero octets, for a server that has lost its nonce.
    resync: Resync = Resync.REFUSE

    def __repr__(self) -> str:
        return "Credentials(name=%r, resync=%r)" % (self.name, self.resync)


class SyncAlert(NamedTuple):
    """A synchronisation that the server asks for."""

    #: The code of the alert, 200 to 215.
    code: int
    #: The content type by its WSP number; 0 where there is none.
    content_type: int
    #: The server's database.
    uri: str


class Claim(NamedTuple):
    """What a notification claims. Nobody has checked who sent it: nothing may be done for it before Notification.open."""

    #: The id that the session is to have: 1 to 0xFFFF.
    session_id: int
    #: The server's identifier, which names the account.
    server_id: str
    #: How much of the session the user should notice.
    ui_mode: UiMode = UiMode.NOT_SPECIFIED
    initiator: Initiator = Initiator.SERVER
    #: What follows, for the vendor to define.
    vendor: bytes = b""
    #: Version of the format times ten: 11 in DM 1.1 and 1.2.
    version: int = 11
    #: 27 bits that are to be zero and ignored.
    future_use: int = 0

    def encode(self, credentials: Credentials) -> bytes:
        """Writes a notification of DM 1.1 or 1.2 with its digest, for servers and tests.

        Raises NotificationFieldError and NotificationServerIdLengthError, with the offset of the field in the output.
        """
        lent, fields = Lent(), new("omadm_notification_fields")
        fields.version = self.version
        fields.ui_mode = UiMode(self.ui_mode)
        fields.initiator = Initiator(self.initiator)
        fields.future_use = self.future_use
        fields.session_id = self.session_id
        lent.text(fields.server_id, self.server_id, "server_id")
        lent.octets(fields.vendor, self.vendor)
        # The longest: digest, header, server identifier, and what the vendor says.
        room, length = ffi.new("uint8_t[]", 16 + 8 + 255 + len(self.vendor)), ffi.new("size_t *")
        call(lib.omadm_notification_encode, fields, _credentials(lent, credentials), room, len(room), length)
        return bytes(ffi.buffer(room, length[0]))

    def to_dict(self) -> dict[str, Any]:
        """The claim in the JSON form of the project's vectors."""
        from ._dictionary import of_claim

        return of_claim(self)


class Notification(NamedTuple):
    """A notification whose digest is the server's. Only `open` makes one, so that who asks for it asks for one that was checked.

    >>> import omadm
    >>> account = omadm.Credentials(nonce=bytes(range(16)), secret=b"srvsecret")
    >>> data = bytes.fromhex("8d24b9e1ecc475143a3c83ad16172f2502d8000000001a0e646d2e6578616d706c652e636f6d")
    >>> omadm.Notification.decode(data).server_id
    'dm.example.com'
    >>> omadm.Notification.open(data, account).session_id
    26
    """

    #: What it says, now checked.
    claim: Claim
    #: 16 octets.
    digest: bytes
    #: The server has lost its nonce: both sides go on with four zero octets, and the session has to give both of them new nonces.
    by_resync_nonce: bool
    #: What to do about the user before the session begins.
    prompt: Prompt
    #: Of data synchronisation: what the server asks for.
    alerts: tuple[SyncAlert, ...]

    @property
    def session_id(self) -> int:
        """A server that repeats itself uses the same id and wants one session."""
        return self.claim.session_id

    @property
    def server_id(self) -> str:
        """The server's identifier."""
        return self.claim.server_id

    @staticmethod
    def decode(data: Buffer, media_type: MediaType = MediaType.NONE) -> Claim:
        """Reads what a notification claims, without a check of who sent it: to find the account by its `server_id`, or to show it.

        Raises InputError or NotificationError, with the offset of what is at fault.
        """
        lent, fields = Input(data), new("omadm_notification_fields")
        call(lib.omadm_notification_decode, lent.pointer, lent.length, MediaType(media_type), fields)
        return _claim(fields)

    @classmethod
    def open(cls, data: Buffer, credentials: Credentials, media_type: MediaType = MediaType.NONE) -> Notification:
        """Reads a notification and checks that it is the server's: what begins a session.

        Raises RefusedError if it is not from this server, or not for this account: to be ignored without an answer. Otherwise as `decode`.
        """
        lent, opened = Input(data), new("omadm_notification")
        values = Lent()
        found = _credentials(values, credentials)
        call(lib.omadm_notification_open, lent.pointer, lent.length, MediaType(media_type), found, opened)
        rows = []
        if media_type == MediaType.DATA_SYNC:
            rows = read_all("omadm_sync_alert", lib.omadm_notification_sync_alerts, opened, room=8)
        alerts = tuple(SyncAlert(row.code, row.content_type, text(row.uri) or "") for row in rows)
        digest = octets(opened.digest) or b""
        return cls(_claim(opened), digest, bool(opened.by_resync_nonce), Prompt(opened.prompt), alerts)

    def to_dict(self) -> dict[str, Any]:
        """The notification in the JSON form of the project's vectors."""
        from ._dictionary import of_notification

        return of_notification(self)


def _claim(fields: Any) -> Claim:
    return Claim(
        fields.session_id,
        text(fields.server_id) or "",
        UiMode(fields.ui_mode),
        Initiator(fields.initiator),
        octets(fields.vendor) or b"",
        fields.version,
        fields.future_use,
    )


def _credentials(lent: Lent, value: Credentials) -> Any:
    if not isinstance(value, Credentials):
        raise TypeError("credentials have to be omadm.Credentials, not %s" % type(value).__name__)
    made = lent.keep(new("omadm_server_credentials"))
    made.resync = Resync(value.resync)
    lent.text(made.name, value.name, "name")
    if value.secret is not None:
        secret = lent.keep(Input(value.secret))
        made.secret.ptr, made.secret.len = ffi.cast("const char *", secret.pointer), secret.length
    if value.a1 is not None:
        if len(value.a1) != 16:
            raise ValueError("an A1 has 16 octets, not %d" % len(value.a1))
        made.a1 = lent.keep(Input(value.a1)).pointer
    lent.octets(made.nonce, value.nonce)
    return made


def session_id_text(session_id: int) -> str:
    """A session id as `SessionID` spells it: upper-case hexadecimal without leading zeros, such as `1A`."""
    room, length = ffi.new("char[]", 16), ffi.new("size_t *")
    call(lib.omadm_session_id_text, session_id, room, len(room), length)
    return bytes(ffi.buffer(room, length[0])).decode()


def a1(name: str, secret: bytes) -> bytes:
    """A1: `MD5(name ":" secret)`, all that a verifier needs to store. Whoever has it can make credentials: keep it like the secret."""
    user, lent, room = utf8(name, "name"), Input(secret), ffi.new("uint8_t[16]")
    call(lib.omadm_a1, user, len(user), ffi.cast("const char *", lent.pointer), lent.length, room)
    return bytes(ffi.buffer(room))
