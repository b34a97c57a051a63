//! Reads one tree document in a process that has nothing else in it: no peers, whose libraries take memory that is not ours. Prints
//! nanoseconds and the most memory, as `compare --once` does.

#[path = "../peak.rs"]
mod peak;

use std::hint::black_box;
use std::time::Instant;

fn main() {
    let path = std::env::args().nth(1).expect("a path");
    let start = Instant::now();
    let octets = std::fs::read(path).expect("the input");
    black_box(omadm::tnds::decode(&octets).expect("a tree"));
    println!("{} {}", start.elapsed().as_nanos(), peak::peak());
}
