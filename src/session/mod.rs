//! What clients and servers do with messages and trees, without input and output of their own.
//!
//! [`results`] answers a `Get`: the items of the `Results` for whatever the URI asks, for a server and its rights. [`target`] finds out which
//! node a command is about. [`Locator`] finds management objects on a device, for a server.
//!
//! ```
//! use omadm::markup::Encoding;
//! use omadm::session::{ResultsOptions, results};
//! use omadm::syncml::{MessageBuilder, NewCommand, StatusCode};
//! use omadm::tree::Principal;
//! let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>DevInfo</NodeName>\
//!     <Node><NodeName>Man</NodeName><Value>Acme</Value></Node></Node></MgmtTree>")?;
//! let options = ResultsOptions { principal: Principal::Server("op.example"), ..ResultsOptions::default() };
//!
//! let mut answer = MessageBuilder::new("1", "2", "https://op.example", "IMEI:1");
//! match results(&tree, "./DevInfo?list=StructData", &options) {
//!     Ok(items) => {
//!         answer.command(&NewCommand::status("1", "4", "Get", "200"))?;
//!         let items: Vec<_> = items.iter().map(|item| item.to_new_item()).collect();
//!         answer.command(&NewCommand::results("1", "4", &items))?;
//!     }
//!     Err(error) => {
//!         let code = StatusCode::of(error.kind()).0.to_string();
//!         answer.command(&NewCommand::status("1", "4", "Get", &code))?;
//!     }
//! }
//! let message = String::from_utf8(answer.finish()?.encode(Encoding::Xml)?).unwrap();
//! assert!(message.contains("<LocURI>./DevInfo/Man</LocURI></Source><Data>Acme</Data>"));
//! # Ok::<(), omadm::Error>(())
//! ```

mod locate;
mod location;
mod results;

pub use locate::{Found, Located, Location, Locator, LocatorOptions, QuerySupport, Question, Reply};
pub use location::{Target, target};
pub use results::{ResultData, ResultItem, ResultsOptions, results};
