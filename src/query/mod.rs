//! Questions to a tree: URIs with their queries, patterns, paths below a node.

mod condition;
mod list;
mod pattern;
mod rel_path;
mod uri;

pub use list::{List, PropertyNames, Query, Selection};
pub use pattern::{Pattern, Selected};
pub use rel_path::{RelPath, RelPathNodes};
pub use uri::{Uri, UriLimits};
