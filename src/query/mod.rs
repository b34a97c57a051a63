//! Questions to a tree: URIs with their queries, searches for management objects, patterns.
//!
//! Location queries, node addresses and structural queries ([`PrivateList`]) are **provisional: not from a public OMA text**.

mod condition;
mod get;
mod list;
mod location;
mod pattern;
mod rel_path;
mod search;
mod uri;

pub use get::Answer;
pub(crate) use get::{INBOX, is_in_inbox};
pub use list::{List, PropertyNames, Query, Selection};
pub use location::{Addressed, LocationQuery, MoLocation, NodeAddress, PrivateList, StructQuery};
pub(crate) use location::{LOCATIONS_COUNT, STRUCTURE_COUNT};
pub use pattern::{Pattern, Selected};
pub use rel_path::{RelPath, RelPathNodes};
pub use search::MoSearch;
pub use uri::{Uri, UriLimits};
