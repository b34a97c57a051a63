//! Replay on stable: every seed and everything that was found, through every body that it is for.

#![cfg(test)]

use crate::seeds::own;
use crate::{TARGETS, seeds};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs a body on every input on all processors, and names the input that it fails on.
fn replay(name: &str, body: fn(&[u8]), inputs: &[(String, Vec<u8>)]) -> usize {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((what, input)) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = catch_unwind(AssertUnwindSafe(|| body(input)));
                    assert!(outcome.is_ok(), "{name} fails on {what}");
                }
            });
        }
    });
    inputs.len()
}

#[test]
fn every_seed_holds() {
    for (name, body) in TARGETS {
        let seeds = seeds(name);
        println!("{name}: {} seeds", replay(name, body, &seeds));
        assert!(!seeds.is_empty(), "{name} has no seeds");
    }
}

/// What was found once is not found again.
#[test]
fn every_regression_holds() {
    let mut held = 0;
    for (name, body) in TARGETS {
        let inputs = own("regressions", name);
        println!("{name}: {} regressions", replay(name, body, &inputs));
        held += inputs.len();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions");
    let files =
        |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let kept: usize = files(&folder).iter().map(|target| files(target).len()).sum();
    assert!(held > 0 && held == kept, "{held} of {kept}: each belongs in the folder of a target");
}

/// Seeds cut off and with bits flipped at places that do not change: what fuzzing would do first.
#[test]
fn broken_seeds_hold() {
    for (name, body) in TARGETS {
        let mut inputs = Vec::new();
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below.max(1)
        };
        for (what, seed) in seeds(name).into_iter().filter(|(_, seed)| seed.len() < 2_000) {
            let cut = random(seed.len());
            inputs.push((format!("{what} cut to {cut}"), seed[..cut].to_vec()));
            for _ in 0..3 {
                let bit = random(8 * seed.len());
                let mut flipped = seed.clone();
                if let Some(octet) = flipped.get_mut(bit / 8) {
                    *octet ^= 1 << (bit % 8);
                }
                inputs.push((format!("{what} with bit {bit} flipped"), flipped));
            }
        }
        replay(name, body, &inputs);
    }
}

/// Octets of nothing in particular.
#[test]
fn any_octets_hold() {
    let mut state = 1_u64;
    for (name, body) in TARGETS {
        let mut inputs = vec![("nothing".to_owned(), Vec::new())];
        for length in 1..200 {
            let octets = (0..length).map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 40) as u8
            });
            inputs.push((format!("{length} octets"), octets.collect()));
        }
        replay(name, body, &inputs);
    }
}

/// `OMADM_WRITE_DICTIONARIES=1` writes them anew.
#[test]
fn dictionaries_are_those_of_the_vocabularies() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dict");
    for (name, _) in TARGETS {
        let expected = crate::dictionary(name);
        let path = folder.join(name).with_extension("dict");
        if std::env::var_os("OMADM_WRITE_DICTIONARIES").is_some() {
            std::fs::write(&path, &expected).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == expected, "{} is out of date: set OMADM_WRITE_DICTIONARIES=1", path.display());
    }
}
