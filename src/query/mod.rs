//! Questions to a tree.

mod uri;

pub use uri::Uri;
