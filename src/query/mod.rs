//! Questions to a tree: URIs with their queries, searches for management objects, patterns.

mod condition;
mod get;
mod list;
mod pattern;
mod rel_path;
mod search;
mod uri;

pub use get::Answer;
pub use list::{List, PropertyNames, Query, Selection};
pub use pattern::{Pattern, Selected};
pub use rel_path::{RelPath, RelPathNodes};
pub use search::MoSearch;
pub use uri::{Uri, UriLimits};
