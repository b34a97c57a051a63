//! Random edits of a tree and its model, as the tests of the library have them.

#[allow(dead_code)]
#[path = "../../tests/tree_model/model.rs"]
mod model;
#[path = "../../tests/tree_model/steps.rs"]
mod steps;

pub(crate) use model::Dice;
pub(crate) use steps::Both;
