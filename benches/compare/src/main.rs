//! omadm and its peers on the same inputs, in the same run.
//!
//! ```text
//! compare [--only ROW[/CASE]]... [--alone] [--quick] [--write FILE]
//! ```
//!
//! prints a table; `--write` also writes it as a page. `make bench` does both. `--only` measures single rows, or a case of one; an
//! unknown one prints them all. `--alone` leaves the peers out, for profiles; `--quick` takes five samples where fifteen are due.

mod ffi;
mod inputs;
mod measure;
mod page;
mod peak;
mod rows;

use measure::{Contestant, fresh, interleaved, once};
use rows::{Case, OURS, Row};
use std::path::PathBuf;

const SAMPLES: usize = 25;
const FRESH_SAMPLES: usize = 15;
const QUICK_SAMPLES: usize = 5;

/// What was asked for.
#[derive(Default)]
struct Asked {
    only: Vec<String>,
    is_alone: bool,
    is_quick: bool,
    page: Option<PathBuf>,
}

impl Asked {
    fn for_case(&self, row: &str, case: &Case) -> bool {
        self.only.is_empty() || self.only.iter().any(|id| id == row || *id == full_id(row, case))
    }
}

fn main() {
    let target = std::env::current_exe().expect("this program");
    let target = target.ancestors().nth(2).expect("target/release/compare");
    inputs::set_folder(target.join("inputs"));
    let mut arguments = std::env::args().skip(1);
    let mut asked = Asked::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| usage());
        match argument.as_str() {
            "--only" => asked.only.push(value()),
            "--alone" => asked.is_alone = true,
            "--quick" => asked.is_quick = true,
            "--write" => asked.page = Some(PathBuf::from(value())),
            "--once" => return child(&value(), &value()),
            _ => usage(),
        }
    }
    let missing = env!("COMPARE_MISSING");
    if !missing.is_empty() {
        println!("Peers that are not installed are left out. On Debian: apt-get install {missing}");
    }
    pin();
    inputs::make();
    let rows = rows::all();
    let known: Vec<String> = rows
        .iter()
        .flat_map(|row| [row.id.into()].into_iter().chain(row.cases.iter().map(|case| full_id(row.id, case))))
        .collect();
    if let Some(unknown) = asked.only.iter().find(|id| !known.contains(id)) {
        eprintln!("no row {unknown}; there are: {}", known.join(" "));
        std::process::exit(2);
    }
    let measured: Vec<_> = rows.into_iter().map(|row| measure(row, &asked)).collect();
    page::print_summary(&measured);
    if let Some(path) = asked.page {
        std::fs::write(&path, page::page(&measured)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        println!("wrote {}", path.display());
    }
}

fn usage() -> ! {
    eprintln!("usage: compare [--only ROW[/CASE]]... [--alone] [--quick] [--write FILE]");
    std::process::exit(2);
}

/// On one core, the last: the first has the most interrupts. Children inherit it.
fn pin() {
    // SAFETY: both calls only read and write the set, which is as large as they are told.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &mut set);
        let last = (0..libc::CPU_SETSIZE as usize).rev().find(|core| libc::CPU_ISSET(*core, &set));
        libc::CPU_ZERO(&mut set);
        libc::CPU_SET(last.unwrap_or(0), &mut set);
        libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &set);
    }
}

/// A row with its results; cases that were not asked for are gone.
pub struct Measured {
    row: Row,
    results: Vec<Vec<measure::Figures>>,
}

fn measure(mut row: Row, asked: &Asked) -> Measured {
    row.cases.retain(|case| asked.for_case(row.id, case));
    let mut results = Vec::new();
    for case in &row.cases {
        let mut contestants = build(case);
        if asked.is_alone {
            contestants.retain(|contestant| contestant.name.starts_with(OURS));
        }
        let (few, many) = if asked.is_quick { (QUICK_SAMPLES, QUICK_SAMPLES) } else { (FRESH_SAMPLES, SAMPLES) };
        let found = if case.is_fresh {
            fresh(&full_id(row.id, case), &mut contestants, few)
        } else {
            interleaved(&mut contestants, many)
        };
        page::print(&row, case, &found);
        results.push(found);
    }
    Measured { row, results }
}

fn full_id(row: &str, case: &Case) -> String {
    format!("{row}/{}", case.id)
}

fn build(case: &Case) -> Vec<Contestant> {
    let contestants: Vec<_> = (case.build)().into_iter().flatten().collect();
    assert_eq!(contestants[0].name, OURS);
    contestants
}

fn child(case: &str, name: &str) {
    for row in rows::all() {
        for found in row.cases.iter().filter(|found| full_id(row.id, found) == case) {
            let mut contestants = build(found);
            once(contestants.iter_mut().find(|contestant| contestant.name == name).expect("a contestant"));
        }
    }
}
