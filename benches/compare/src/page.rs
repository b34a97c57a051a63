//! The results, as text and as a page.

use crate::Measured;
use crate::measure::Figures;
use crate::rows::{Case, OURS, Row, Target};
use std::fmt::Write as _;
use std::process::Command;

/// Fewer samples than this are said.
const FEW: usize = 15;

/// Three figures and a unit.
fn time(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        ..1e3 => (nanoseconds, "ns"),
        ..1e6 => (nanoseconds / 1e3, "µs"),
        ..1e9 => (nanoseconds / 1e6, "ms"),
        _ => (nanoseconds / 1e9, "s"),
    };
    format!("{} {unit}", figures(value))
}

fn figures(value: f64) -> String {
    match value {
        ..10.0 => format!("{value:.2}"),
        ..100.0 => format!("{value:.1}"),
        _ => {
            // Thousands are set apart.
            let digits = format!("{value:.0}");
            let mut out = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    out.push(',');
                }
                out.push(digit);
            }
            out
        }
    }
}

/// What a case compares.
fn figure(case: &Case, result: &Figures) -> f64 {
    if case.is_memory { result.peak.unwrap_or(f64::NAN) } else { result.best }
}

fn quantity(case: &Case, value: f64) -> String {
    if case.is_memory { format!("{} MB", figures(value / 1e6)) } else { time(value) }
}

/// A target in words, whether it was reached, and by what; `None` if the peer was left out.
fn judged(case: &Case, results: &[Figures], target: &Target) -> (String, Option<bool>, String) {
    let ours = figure(case, &results[0]);
    match target {
        Target::Times { factor, peer } => {
            let theirs = results.iter().find(|result| result.name == *peer).map(|result| figure(case, result));
            let ratio = theirs.map(|theirs| theirs / ours);
            let is = ratio.map_or("left out".into(), |ratio| format!("{} ×", figures(ratio)));
            (format!("{factor} × {peer}"), ratio.map(|ratio| ratio >= *factor), is)
        }
        Target::Within { limit, words } => ((*words).to_owned(), Some(ours <= *limit), quantity(case, ours)),
    }
}

fn verdict(reached: Option<bool>) -> &'static str {
    match reached {
        Some(true) => "reached",
        Some(false) => "**not reached**",
        None => "not measured",
    }
}

pub fn print(row: &Row, case: &Case, results: &[Figures]) {
    println!("\n{} · {}", row.title, case.title);
    let ours = figure(case, &results[0]);
    for result in results {
        let value = figure(case, result);
        let ratio = if result.name == OURS { String::new() } else { format!("{} ×", figures(value / ours)) };
        let mut median = if case.is_memory { String::new() } else { format!("median {}", time(result.median)) };
        if result.samples < FEW && !case.is_memory {
            let _ = write!(median, ", {} samples", result.samples);
        }
        println!("  {:<28} {:>10}  {:<30} {ratio:>10}", result.name, quantity(case, value), median);
    }
    for target in &case.targets {
        let (wanted, reached, is) = judged(case, results, target);
        println!("  target {wanted}: {is}, {}", verdict(reached).trim_matches('*'));
    }
}

pub fn print_summary(measured: &[Measured]) {
    println!("\n{}", summary(measured));
}

/// All targets in one table.
fn summary(measured: &[Measured]) -> String {
    let mut out = String::from("| operation | input | omadm | target | measured | |\n|---|---|---:|---|---:|---|\n");
    for Measured { row, results } in measured {
        for (case, results) in row.cases.iter().zip(results) {
            for target in &case.targets {
                let (wanted, reached, is) = judged(case, results, target);
                let ours = quantity(case, figure(case, &results[0]));
                let _ = writeln!(
                    out,
                    "| {} | {} | {ours} | {wanted} | {is} | {} |",
                    row.title,
                    case.title,
                    verdict(reached)
                );
            }
        }
    }
    out
}

fn first_line(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).lines().next().unwrap_or("unknown").trim().to_owned()
}

/// A crate's version, from the lock file.
fn locked(name: &str) -> &'static str {
    let lock = include_str!("../Cargo.lock");
    let entry = lock.split("[[package]]").find(|entry| entry.contains(&format!("\nname = \"{name}\"\n")));
    entry.and_then(|entry| entry.split("version = \"").nth(1)?.split('"').next()).unwrap_or("unknown")
}

/// The Debian packages of the peers.
const PACKAGES: [&str; 8] = [
    "libpugixml-dev",
    "librapidxml-dev",
    "libxml2-dev",
    "libexpat1-dev",
    "libwbxml2-dev",
    "libsynthesis-dev",
    "libyang2-dev",
    "libc6",
];

fn machine() -> String {
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown");
    let cores = cpuinfo.lines().filter(|line| line.starts_with("processor")).count();
    let model = model.trim_start_matches(['\t', ' ', ':']);
    let mut out = format!(
        "| | |\n|---|---|\n| processor | {model}, {cores} cores, one used |\n| system | {}, Linux {} |\n| date | {} |\n| compilers | {}; {}, -O2 |\n",
        first_line("sh", &["-c", ". /etc/os-release; echo \"$PRETTY_NAME\""]),
        first_line("uname", &["-r"]).split('-').next().unwrap_or_default(),
        first_line("date", &["-u", "+%Y-%m-%d"]),
        env!("COMPARE_RUSTC"),
        env!("COMPARE_CC"),
    );
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let _ = writeln!(out, "| load at the end | {} |", load.split_whitespace().take(3).collect::<Vec<_>>().join(", "));
    let mut versions: Vec<String> = PACKAGES
        .iter()
        .map(|name| (name, first_line("dpkg-query", &["-W", "-f", "${Version}", name])))
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    versions.extend(["quick-xml", "roxmltree"].map(|name| format!("{name} {}", locked(name))));
    let _ = writeln!(out, "| peers | {} |", versions.join(", "));
    out
}

/// What was tried for a row that is not reached, from `notes.md`: what stands below the heading with the row's id.
fn notes(id: &str) -> Option<&'static str> {
    let notes = include_str!("../notes.md");
    let (_, rest) = notes.split_once(&format!("\n## {id}\n"))?;
    Some(rest.split("\n## ").next()?.trim())
}

/// A table of one row: a line for each contestant, a column for each input.
fn table(row: &Row, results: &[Vec<Figures>]) -> String {
    let mut out = String::from("| |");
    row.cases.iter().for_each(|case| {
        let _ = write!(out, " {} |", case.title);
    });
    out.push_str("\n|---|");
    row.cases.iter().for_each(|_| out.push_str("---:|"));
    out.push('\n');
    let mut names: Vec<&str> = Vec::new();
    for result in results.iter().flatten() {
        if !names.contains(&result.name) {
            names.push(result.name);
        }
    }
    for name in names {
        let _ = write!(out, "| {name} |");
        for (case, results) in row.cases.iter().zip(results) {
            let Some(result) = results.iter().find(|result| result.name == name) else {
                out.push_str(" |");
                continue;
            };
            let value = figure(case, result);
            let _ = write!(out, " {}", quantity(case, value));
            if !case.is_memory {
                let few = if result.samples < FEW { format!("; {} samples", result.samples) } else { String::new() };
                let _ = write!(out, " ({}{few})", time(result.median));
            }
            if name != OURS {
                let _ = write!(out, " · {} ×", figures(value / figure(case, &results[0])));
            }
            out.push_str(" |");
        }
        out.push('\n');
    }
    out
}

pub fn page(measured: &[Measured]) -> String {
    let mut out = String::from(include_str!("../page.md"));
    let _ = write!(out, "\n{}\n## Targets\n\n{}", machine(), summary(measured));
    for Measured { row, results } in measured.iter().filter(|measured| !measured.results.is_empty()) {
        let _ = write!(out, "\n## {}\n\n{}\n\n{}", row.title, row.text, table(row, results));
        let missed =
            row.cases.iter().zip(results).any(|(case, results)| {
                case.targets.iter().any(|target| judged(case, results, target).1 == Some(false))
            });
        if let Some(notes) = notes(row.id) {
            let _ = write!(out, "\n{notes}\n");
        } else if missed {
            out.push_str("\nNot reached; what was tried is yet to be written.\n");
        }
    }
    out
}
