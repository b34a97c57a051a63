//! Decoding of SyncML messages: corpus and own documents against counts by an independent decoder, vectors field by
//! field, the field's deviations, errors with their places, and robustness.

mod common;
#[path = "syncml/counts.rs"]
mod counts;
#[path = "syncml/deviations.rs"]
mod deviations;
#[path = "syncml/errors.rs"]
mod errors;
#[path = "syncml/properties.rs"]
mod properties;
#[path = "syncml/streams.rs"]
mod streams;
#[path = "syncml/vectors.rs"]
mod vectors;
#[path = "syncml/views.rs"]
mod views;
#[path = "syncml/ways.rs"]
mod ways;
