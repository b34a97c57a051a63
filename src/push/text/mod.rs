//! What carriers in text have in common: header lines, a body behind them, and times.

mod date;
mod entity;
mod headers;
mod write;

#[cfg(test)]
mod tests;

pub(super) use date::{parse_http_date, parse_timestamp, timestamp};
pub use entity::Entity;
pub(super) use entity::parameters;
pub(super) use headers::Text;
pub use headers::{Header, Headers};
pub(super) use write::Writer;

/// The names of the headers that are asked for here.
pub(super) const ACCEPT_CONTACT: &str = "Accept-Contact";
pub(super) const APPLICATION_ID: &str = "X-Wap-Application-Id";
pub(super) const CONTENT_ENCODING: &str = "Content-Encoding";
pub(super) const CONTENT_LENGTH: &str = "Content-Length";
pub(super) const CONTENT_TRANSFER_ENCODING: &str = "Content-Transfer-Encoding";
pub(super) const CONTENT_TYPE: &str = "Content-Type";
pub(super) const DATE: &str = "Date";
pub(super) const EXPIRES: &str = "Expires";
pub(super) const HOST: &str = "Host";
pub(super) const TRANSFER_ENCODING: &str = "Transfer-Encoding";
