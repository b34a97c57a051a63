//! How long the URIs may be that are written of one input, all together: one long name is in those of all that is below it.

use super::print::value;
use crate::{ErrorKind, Limits};
use std::fmt::Display;

/// Octets that URIs may still have: at first what a conversion of the same input may write.
pub(super) struct Room {
    left: u64,
    is_over: bool,
}

impl Room {
    /// For what is written of an input of `len` octets.
    pub(super) fn of(len: usize) -> Room {
        Room { left: Limits::DEFAULT.for_output_of(len).output, is_over: false }
    }

    /// A URI as text; where there is no room for it, what to say of that.
    pub(super) fn uri(&mut self, uri: impl Display) -> Result<String, String> {
        let uri = uri.to_string();
        match self.left.checked_sub(uri.len() as u64) {
            Some(left) if !self.is_over => {
                self.left = left;
                Ok(uri)
            }
            _ => {
                self.is_over = true;
                Err(format!("the URIs of nodes up to {}: {}", value(uri.as_bytes()), ErrorKind::LimitOutput))
            }
        }
    }

    /// Whether there was no room for a URI: there is none for any other, and it has been said.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }
}
