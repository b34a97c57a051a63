//! SyncML messages as OMA DM uses them (RepPro 1.2.1 and DM 1.2.1; `wire.md` §1 to §4), from XML and WBXML alike.
//!
//! A [`Message`] is a [`Header`] and a flat list of [`Command`]s in the order of the document; `Atomic` and `Sequence`
//! know where the commands inside them end. Children of an element are taken in any order, as peers write them in
//! many; unknown elements are kept as [`Fragment`](crate::markup::Fragment)s. Commands that DM does not use (`Sync`,
//! `Put` …) arrive as [`CommandKind::Other`], whole.
//!
//! Attributes on SyncML's own elements are passed over: it defines none but namespaces.
//!
//! After a successful decode: every command has a `CmdID`, every `Status` its `Data`, the header its five fields (`VerProto` may be absent), no
//! element that may occur once occurs twice, sizes are decimal numbers, and text is UTF-8. Whether the commands make
//! sense in their session is not checked here.
//!
//! ```
//! use omadm::syncml::{CommandKind, Message};
//! let message = Message::decode(br#"<SyncML xmlns="SYNCML:SYNCML1.2">
//!   <SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1A</SessionID><MsgID>1</MsgID>
//!     <Target><LocURI>IMEI:490154203237518</LocURI></Target><Source><LocURI>https://dm.example.com</LocURI></Source></SyncHdr>
//!   <SyncBody><Get><CmdID>4</CmdID><Item><Target><LocURI>./DevDetail/SwV</LocURI></Target></Item></Get><Final/></SyncBody>
//! </SyncML>"#)?;
//! let get = message.commands().next().unwrap();
//! assert_eq!((get.kind(), get.cmd_id()), (CommandKind::Get, "4"));
//! assert_eq!(get.items().next().unwrap().target(), Some("./DevDetail/SwV"));
//! assert!(message.is_final());
//! # Ok::<(), omadm::Error>(())
//! ```

pub mod alert_types;
mod build;
mod carry;
mod codes;
mod credentials;
mod data;
mod decode;
mod encode;
mod equal;
mod feed;
mod generic_alert;
mod join;
mod measure;
mod message;
mod meta;
mod metinf;
mod package;
mod parts;
mod pull;
mod short;
mod size;
mod split;
mod ui_alert;
mod ui_answer;
mod ui_options;
#[cfg(test)]
mod ways;

pub use crate::markup::DataForm;
pub use alert_types::FumoResult;
#[cfg(feature = "capi")]
pub(crate) use alert_types::{RESULTS, VENDOR_RESULTS};
pub use build::{MessageBuilder, NewCommand, NewCred, NewData, NewItem, NewMeta};
#[cfg(feature = "capi")]
pub(crate) use codes::{ALERT, STATUS};
pub use codes::{AlertCode, StatusCode};
pub use credentials::AuthOutcome;
pub use data::{Data, Embedded};
pub use feed::{FedCommand, Feeder};
pub use generic_alert::{AlertEvent, GenericAlert, NewAlertEvent, registered_type};
pub use join::{Joined, Joiner, LargeObject, ObjectId, Piece, Refusal, Step};
pub use message::{Command, CommandKind, Commands, Header, Item, Message, Ref};
pub use meta::{Chal, Cred, Meta};
pub use metinf::Mark;
pub use package::{Package, PackageOrder, PackageStep};
pub use pull::MessageReader;
pub use split::{Chunk, Splitter};
pub use ui_alert::{NewUiAlert, UiAlert, UiAlertKind};
pub use ui_answer::UiAnswer;
pub use ui_options::{ChoiceSyntax, EchoType, InputType, UiOptions, UiResponse};
