//! A notification of whichever format, and the proof that it may be acted upon.

use super::hints::{Block, Hints, Reason};
use super::v13::{Layout, NotificationOption, Options};
use super::{
    Bearer, Expires, Initiator, MediaType, ResyncPolicy, ServerCredentials, SessionIdText, UiMode, Verdict, ds, v12,
    v13,
};
use crate::auth::Digest;
use crate::{Error, ErrorKind, Result};
use core::fmt;
use std::borrow::Cow;

/// A notification of whichever format, borrowed from its octets.
///
/// A decoded one is [`Unverified`]: it can be looked at, to find the account that its server identifier names, and
/// shown. Only [`verify`](Notification::verify) makes it [`Verified`], and only then it says what to do: whether to ask
/// the user, whether it has expired, and what the server wishes. A client begins a session from a `Notification<'_,
/// Verified>` and from nothing else.
///
/// ```
/// use omadm::notification::{MediaType, Notification, Prompt, ResyncPolicy, ServerCredentials, Verified};
///
/// /// What a client does with the octets of a push.
/// fn begin_session(notification: &Notification<'_, Verified>) -> bool {
///     let now = 1_798_000_000;
///     !notification.is_expired(now) && matches!(notification.prompt(), Prompt::Nothing)
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
/// ```compile_fail
/// # use omadm::notification::{MediaType, Notification, Unverified};
/// fn begin_session(notification: &Notification<'_, Unverified>) -> bool {
///     notification.is_expired(0)
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Notification<'a, State = Unverified> {
    form: Form<'a>,
    carrier: CarrierExpiry,
    state: State,
}

/// What carriers have said of the expiry.
#[derive(Clone, Copy, Debug, Default)]
struct CarrierExpiry {
    /// The earliest; never unknown.
    known: Expires,
    /// Whether one said that it expires, and nobody when.
    is_unknown: bool,
}

impl CarrierExpiry {
    const fn unknown(self) -> Expires {
        if self.is_unknown { Expires::Unknown } else { Expires::Never }
    }
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

    /// What the sender wishes, whoever that is: to be shown, never to be acted upon. *Provisional.*
    #[must_use]
    pub fn hints_for_display(&self) -> Wishes<'a> {
        wishes(&self.form)
    }
}

impl<'a> Notification<'a, Verified> {
    /// Whether the server has lost its nonce: both sides go on with [`RESYNC_NONCE`](crate::auth::RESYNC_NONCE), and
    /// the session has to give both of them new nonces (`wire.md` §5.5).
    #[must_use]
    pub const fn by_resync_nonce(&self) -> bool {
        self.state.by_resync_nonce
    }

    /// What the server wishes of the session, from options and session hints. *Provisional.*
    #[must_use]
    pub fn hints(&self) -> Wishes<'a> {
        wishes(&self.form)
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

    /// When it expires: the earlier of what the server and the carrier say. *Provisional:* session hints say the one, and
    /// that a header of a carrier says the other no public text has (`provisional.md` §1.4, §3.1).
    #[must_use]
    pub fn expires(&self) -> Expires {
        let hint = self.hints().hints.expires.map(u64::from);
        self.carrier.known.earlier(hint.into()).earlier(self.carrier.unknown())
    }

    /// Whether it has expired at `now`, in seconds since 1970-01-01 UTC. Then there is no session, and nothing is
    /// shown. *Provisional* as [`expires`](Notification::expires).
    #[must_use]
    pub fn is_expired(&self, now: u64) -> bool {
        self.expiry(Some(now), 0) == Expiry::Expired
    }

    /// Whether it has expired, for a client that has no clock, or one that may be `skew` seconds wrong. *Provisional* as
    /// [`expires`](Notification::expires).
    #[must_use]
    pub fn expiry(&self, now: Option<u64>, skew: u64) -> Expiry {
        match (self.expires(), now) {
            (Expires::Never, _) => Expiry::Valid,
            (Expires::Passed, _) => Expiry::Expired,
            (Expires::At(at), Some(now)) if now > at.saturating_add(skew) => Expiry::Expired,
            (Expires::At(_), None) | (Expires::Unknown, _) => Expiry::Unknown,
            (Expires::At(_), Some(_)) if self.carrier.is_unknown => Expiry::Unknown,
            (Expires::At(_), Some(_)) => Expiry::Valid,
        }
    }
}

impl<'a, State> Notification<'a, State> {
    /// The same with the expiry that its carrier names. It can shorten the life of a notification and never lengthen it:
    /// no digest covers it. *Provisional* (`provisional.md` §3.1).
    #[must_use]
    pub fn with_carrier_expiry(self, expires: Expires) -> Notification<'a, State> {
        let CarrierExpiry { known, is_unknown } = self.carrier;
        let carrier = match expires {
            Expires::Unknown => CarrierExpiry { known, is_unknown: true },
            _ => CarrierExpiry { known: known.earlier(expires), is_unknown },
        };
        Notification { carrier, ..self }
    }

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

/// Whether a notification has expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expiry {
    /// It has not, or never does.
    Valid,
    /// It has: no session, and nothing is shown.
    Expired,
    /// It does at some time, and the client has no clock. It counts as valid.
    Unknown,
}

/// What a server wishes of the session: its session hints, with what the options of DM 1.3 say in the place of theirs.
/// *Provisional.*
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes<'a> {
    /// The wishes; empty where the hints are broken and no option says anything.
    pub hints: Hints<'a>,
    /// The version of the hints' format, if there are hints. None of another version than 1 is read.
    pub version: Option<u8>,
    /// What is wrong with the hints; the offset is that in the notification. The notification is none the worse.
    pub error: Option<Error>,
    /// Names of the hints that are ignored because an option says the same thing.
    pub overruled: Vec<&'static str>,
    /// What the vendor has behind the hints, or instead of them.
    pub rest: &'a [u8],
}

fn wishes<'a>(form: &Form<'a>) -> Wishes<'a> {
    let (found, vendor) = match form {
        Form::Dm12(notification) => {
            let vendor = notification.vendor();
            let at = notification.vendor_at();
            (Block::find(vendor).map_err(|error| error.shifted(at)), vendor)
        }
        Form::Dm13(notification) => match notification.vendor_info_at() {
            Some((at, text)) => (Block::find_in_text(text).map_err(|error| error.shifted(at)), text.as_bytes()),
            None => (Ok(None), &[][..]),
        },
        Form::DataSync(notification) => (Ok(None), notification.rest()),
    };
    let mut wishes = match found {
        Ok(Some(Block { version, hints, rest })) => Wishes { hints, version: Some(version), rest, ..Wishes::default() },
        Ok(None) => Wishes { rest: vendor, ..Wishes::default() },
        Err(error) => Wishes { error: Some(error), ..Wishes::default() },
    };
    if let Form::Dm13(notification) = form {
        overrule(&mut wishes, notification);
    }
    wishes
}

/// Options win over hints that say the same thing (`provisional.md` §1.2).
fn overrule<'a>(wishes: &mut Wishes<'a>, notification: &v13::Notification<'a>) {
    let Wishes { hints, overruled, .. } = wishes;
    let mut win = |name, has_hint: bool| {
        if has_hint {
            overruled.push(name);
        }
    };
    if let Some(text) = notification.connect_reason() {
        win("reason", hints.reason.is_some());
        hints.reason = Some(Reason { text: Cow::Borrowed(text), language: None });
    }
    let layout = notification.layout();
    let bearers: Vec<Bearer> = all(notification, |option| match option {
        NotificationOption::PreferredBearer(code) => Some(layout.bearer(code)),
        _ => None,
    });
    if !bearers.is_empty() {
        win("bearer", !hints.bearers.is_empty());
        hints.bearers = bearers;
    }
    let requested: Vec<u16> = all(notification, |option| match option {
        NotificationOption::RequestedMo(index) => Some(index),
        _ => None,
    });
    if !requested.is_empty() {
        win("want-mo", !hints.want_mos.is_empty());
        hints.want_mos = requested;
    }
    let targeted: Vec<u16> = all(notification, |option| match option {
        NotificationOption::TargetedMo(index) => Some(index),
        _ => None,
    });
    if !targeted.is_empty() {
        win("about-mo", !hints.about_mos.is_empty());
        hints.about_mos = targeted;
    }
}

/// What all options say that say something of a kind.
fn all<'a, T>(notification: &v13::Notification<'a>, says: impl FnMut(NotificationOption<'a>) -> Option<T>) -> Vec<T> {
    notification.options().filter_map(says).collect()
}
