//! A notification of whichever format, and the proof that it may be acted upon.

use super::expiry::CarrierExpiry;
use super::hints::Reason;
use super::session_hints::SessionHints;
use super::v13::{Layout, Options};
use super::{Initiator, MediaType, ResyncPolicy, ServerCredentials, SessionIdText, UiMode, Verdict, ds, v12, v13};
use crate::auth::Digest;
use crate::{Error, ErrorKind, Result};
use core::fmt;

/// A notification of whichever format, borrowed from its octets.
///
/// A decoded one is [`Unverified`]: it can be looked at, to find the account that its server identifier names, and
/// shown. Only [`verify`](Notification::verify) makes it [`Verified`], and only then it says what to do: whether to ask
/// the user, whether it has expired, and what the server asks. A client begins a session from a `Notification<'_,
/// Verified>` and from nothing else.
///
/// ```
/// use omadm::notification::{MediaType, Notification, Prompt, ResyncPolicy, ServerCredentials, Verified};
///
/// /// What a client does with the octets of a push.
/// fn begin_session(notification: &Notification<'_, Verified>) -> bool {
///     let now = 1_798_000_000;
///     notification.is_for_dm() && !notification.is_expired(now) && matches!(notification.prompt(), Prompt::Nothing)
/// }
/// # let octets = omadm::notification::v12::Fields::new(0x1A, "dm.example.com")
/// #     .encode(&ServerCredentials::new(b"srvsecret", b"nonce"))?;
/// let notification = Notification::decode(&octets, MediaType::Dm12, None)?;
/// assert_eq!(notification.server_id(), "dm.example.com");
/// // The account of that server has this secret and nonce.
/// let credentials = ServerCredentials::new(b"srvsecret", b"nonce");
/// match notification.verify(&credentials, ResyncPolicy::Allow) {
///     Ok(notification) => assert!(begin_session(&notification)),
///     Err(_refused) => {} // to be ignored without an answer
/// }
/// # Ok::<(), omadm::Error>(())
/// ```
///
/// One that is not verified begins nothing:
///
/// ```compile_fail,E0599
/// # use omadm::notification::{MediaType, Notification, Unverified};
/// fn begin_session(notification: &Notification<'_, Unverified>) -> bool {
///     notification.is_expired(0)
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Notification<'a, State = Unverified> {
    form: Form<'a>,
    pub(super) carrier: CarrierExpiry,
    state: State,
}

/// A notification in its own format.
#[derive(Clone, Copy, Debug)]
pub enum Form<'a> {
    /// Of DM 1.1 or 1.2.
    Dm12(v12::Notification<'a>),
    /// Of DM 1.3. *Provisional.*
    Dm13(v13::Notification<'a>),
    /// Of data synchronisation.
    DataSync(ds::Notification<'a>),
}

/// Nobody has checked who sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unverified;

/// Its digest is the server's. Made by [`Notification::verify`] only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    by_resync_nonce: bool,
}

/// Not from this server, or not for this account. To be ignored without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the digest of the notification does not match")
    }
}

impl core::error::Error for Refused {}

impl<'a> Notification<'a, Unverified> {
    /// Reads a notification of this media type; nothing is allocated. What no carrier has named a type for is of the
    /// default one, [`MediaType::Dm12`].
    ///
    /// For DM 1.3 a layout has to be named: no public text has one, and [`Layout::RECONSTRUCTED`] is *provisional*.
    ///
    /// # Errors
    ///
    /// Those of the format: [`v12::Notification::decode`], [`v13::Notification::decode`], [`ds::Notification::decode`];
    /// and [`NotificationLayout`](ErrorKind::NotificationLayout) at 0 for DM 1.3 without a layout.
    pub fn decode(
        message: &'a [u8],
        media_type: MediaType,
        layout: Option<&'a Layout<'a>>,
    ) -> Result<Notification<'a, Unverified>> {
        let form = match (media_type, layout) {
            (MediaType::Dm12, _) => Form::Dm12(v12::Notification::decode(message)?),
            (MediaType::Dm13, Some(layout)) => Form::Dm13(v13::Notification::decode(message, layout)?),
            (MediaType::Dm13, None) => return Err(Error::new(ErrorKind::NotificationLayout, 0)),
            (MediaType::DataSync, _) => Form::DataSync(ds::Notification::decode(message)?),
        };
        Ok(Notification { form, carrier: CarrierExpiry::default(), state: Unverified })
    }

    /// Whether the server with these credentials sent this, in constant time (`wire.md` §6.2, §5.5).
    ///
    /// Find the account by [`server_id`](Notification::server_id), let the policy say whether a server that lost its
    /// nonce may be believed.
    ///
    /// The media type is the carrier's, and no digest covers it: what was sent to synchronise data verifies as DM 1.2 too,
    /// and the other way round, when both accounts have server identifier, secret and nonce in common. Let them not.
    /// [`is_for_dm`](Notification::is_for_dm) tells what it was taken for.
    ///
    /// # Errors
    ///
    /// [`Refused`]: to be ignored in silence.
    pub fn verify(
        self,
        credentials: &ServerCredentials<'_>,
        resync: ResyncPolicy,
    ) -> core::result::Result<Notification<'a, Verified>, Refused> {
        let verdict = match &self.form {
            Form::Dm12(notification) => notification.verify(credentials, resync),
            Form::Dm13(notification) => notification.verify(credentials, resync),
            Form::DataSync(notification) => notification.header().verify(credentials, resync),
        };
        let by_resync_nonce = match verdict {
            Verdict::Verified => false,
            Verdict::VerifiedByResyncNonce => true,
            Verdict::Refused => return Err(Refused),
        };
        let Notification { form, carrier, state: Unverified } = self;
        Ok(Notification { form, carrier, state: Verified { by_resync_nonce } })
    }

    /// What the sender asks, whoever that is: to be shown, never to be acted upon. *Provisional.*
    #[must_use]
    pub fn hints_for_display(&self) -> SessionHints<'a> {
        SessionHints::of(&self.form)
    }
}

impl<'a> Notification<'a, Verified> {
    /// Whether the server has lost its nonce: both sides go on with [`RESYNC_NONCE`](crate::auth::RESYNC_NONCE), and
    /// the session has to give both of them new nonces (`wire.md` §5.5).
    #[must_use]
    pub const fn by_resync_nonce(&self) -> bool {
        self.state.by_resync_nonce
    }

    /// What the server asks of the session, from options and session hints. *Provisional.*
    #[must_use]
    pub fn hints(&self) -> SessionHints<'a> {
        SessionHints::of(&self.form)
    }

    /// What to do about the user before the session, from ui-mode and reason. A mode that is not specified is taken as
    /// background: who decides otherwise looks at [`ui_mode`](Notification::ui_mode).
    pub fn prompt(&self) -> Prompt<'a> {
        let reason = || self.hints().hints.reason;
        match self.ui_mode() {
            UiMode::NotSpecified | UiMode::Background => Prompt::Nothing,
            UiMode::Informative => Prompt::Inform(reason()),
            UiMode::UserInteraction => Prompt::Confirm(reason()),
        }
    }
}

impl<'a, State> Notification<'a, State> {
    /// The notification in its own format.
    #[must_use]
    pub const fn form(&self) -> &Form<'a> {
        &self.form
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(&self) -> MediaType {
        match &self.form {
            Form::Dm12(_) => MediaType::Dm12,
            Form::Dm13(_) => MediaType::Dm13,
            Form::DataSync(_) => MediaType::DataSync,
        }
    }

    /// Whether it asks for a session of device management, and not for the synchronisation of data.
    #[must_use]
    pub const fn is_for_dm(&self) -> bool {
        !matches!(&self.form, Form::DataSync(_))
    }

    /// Header of the formats that share one.
    const fn header(&self) -> core::result::Result<v12::Notification<'a>, &v13::Notification<'a>> {
        match &self.form {
            Form::Dm12(notification) => Ok(*notification),
            Form::DataSync(notification) => Ok(notification.header()),
            Form::Dm13(notification) => Err(notification),
        }
    }

    /// The number in the version field: ten times what is printed, in DM 1.2.
    #[must_use]
    pub fn version(&self) -> u16 {
        self.header().map_or_else(|own| own.version(), |header| header.version().raw())
    }

    /// How much of the session the user should notice.
    #[must_use]
    pub fn ui_mode(&self) -> UiMode {
        self.header().map_or_else(|own| own.ui_mode(), |header| header.ui_mode())
    }

    /// Who wanted the session.
    #[must_use]
    pub fn initiator(&self) -> Initiator {
        self.header().map_or_else(|own| own.initiator(), |header| header.initiator())
    }

    /// The id that the session is to have. A server that repeats itself uses the same id and wants one session.
    #[must_use]
    pub fn session_id(&self) -> u16 {
        self.header().map_or_else(|own| own.session_id(), |header| header.session_id())
    }

    /// The session id as `SessionID` spells it.
    #[must_use]
    pub fn session_id_text(&self) -> SessionIdText {
        SessionIdText(self.session_id())
    }

    /// The server's identifier, which names the account.
    #[must_use]
    pub fn server_id(&self) -> &'a str {
        self.header().map_or_else(|own| own.server_id(), |header| header.server_id())
    }

    /// The options of DM 1.3; of other formats none.
    #[must_use]
    pub fn options(&self) -> Options<'a> {
        self.header().map_or_else(|own| own.options(), |_| Options::none())
    }

    /// The vendor's octets: what follows the server identifier, the text of Vendor-Info in DM 1.3, what follows the
    /// alerts in data synchronisation. Empty where there are none.
    #[must_use]
    pub fn vendor(&self) -> &'a [u8] {
        match &self.form {
            Form::Dm12(notification) => notification.vendor(),
            Form::Dm13(notification) => notification.vendor_info().unwrap_or_default().as_bytes(),
            Form::DataSync(notification) => notification.rest(),
        }
    }

    /// The digest as it was sent.
    #[must_use]
    pub fn digest(&self) -> &'a Digest {
        self.header().map_or_else(|own| own.digest(), |header| header.digest())
    }
}

/// What to do about the user before the session begins.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Prompt<'a> {
    /// Begin the session. The reason, if there is one, is for a log.
    Nothing,
    /// Tell the user, with the reason if there is one, and begin the session.
    Inform(Option<Reason<'a>>),
    /// Ask the user, with the reason if there is one; begin the session only when the answer is yes.
    Confirm(Option<Reason<'a>>),
}
