//! The command `omadm`.

fn main() {}
