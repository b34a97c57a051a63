//! Questions to a tree: URIs with their queries.

mod list;
mod uri;

pub use list::{List, PropertyNames, Query, Selection};
pub use uri::{Uri, UriLimits};
