//! Contestants take turns: A, B, C, A, B, C …, so that what disturbs the machine disturbs all alike.

use crate::peak::peak;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// Who takes part in a case.
pub struct Contestant {
    pub name: &'static str,
    /// Does its work so many times, and says how long that took: what is not to be measured stays outside.
    time: Box<dyn FnMut(u32) -> Duration>,
    /// Checks that it sees what it should.
    check: Box<dyn FnMut()>,
    /// Fewer samples than others, because one takes long.
    samples: Option<usize>,
    /// A program of its own for a fresh process, beside this one, and what it reads.
    program: Option<(&'static str, PathBuf)>,
}

impl Contestant {
    /// Measures a function, and that what it returns is dropped.
    pub fn new<T>(name: &'static str, mut work: impl FnMut() -> T + 'static) -> Contestant {
        Contestant::timed(name, move |times| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(work());
            }
            start.elapsed()
        })
    }

    /// Measures `work` on what `setup` makes each time, without `setup`.
    pub fn with_setup<S, T>(
        name: &'static str,
        mut setup: impl FnMut() -> S + 'static,
        mut work: impl FnMut(S) -> T + 'static,
    ) -> Contestant {
        Contestant::timed(name, move |times| {
            let mut total = Duration::ZERO;
            for _ in 0..times {
                let subject = black_box(setup());
                let start = Instant::now();
                let result = black_box(work(subject));
                total += start.elapsed();
                drop(result);
            }
            total
        })
    }

    pub fn timed(name: &'static str, time: impl FnMut(u32) -> Duration + 'static) -> Contestant {
        Contestant { name, time: Box::new(time), check: Box::new(|| ()), samples: None, program: None }
    }

    /// What it has to see in the input.
    pub fn sees(mut self, expected: i64, mut seen: impl FnMut() -> i64 + 'static) -> Contestant {
        let name = self.name;
        self.check = Box::new(move || assert_eq!(seen(), expected, "what {name} sees"));
        self
    }

    /// In a fresh process it runs this program, which says what `--once` does.
    pub fn program(mut self, name: &'static str, input: PathBuf) -> Contestant {
        self.program = Some((name, input));
        self
    }

    pub fn samples(mut self, samples: usize) -> Contestant {
        self.samples = Some(samples);
        self
    }
}

/// What a contestant's samples say, in nanoseconds for one time.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    pub name: &'static str,
    pub best: f64,
    pub median: f64,
    pub samples: usize,
    /// The most memory the process had, in octets: of fresh processes only.
    pub peak: Option<f64>,
}

impl Figures {
    fn of(name: &'static str, mut samples: Vec<f64>, peak: Option<f64>) -> Figures {
        samples.sort_by(f64::total_cmp);
        Figures { name, best: samples[0], median: samples[samples.len() / 2], samples: samples.len(), peak }
    }
}

/// How long one sample shall take at least, so that the clock's own cost and steps are lost in it.
const SAMPLE: Duration = Duration::from_millis(2);

/// Samples in this process, after a first pass that checks.
pub fn interleaved(contestants: &mut [Contestant], samples: usize) -> Vec<Figures> {
    let mut times = Vec::new();
    for contestant in contestants.iter_mut() {
        (contestant.check)();
        let once = (contestant.time)(1).max(Duration::from_nanos(1));
        let mut count = (SAMPLE.as_nanos() / once.as_nanos() + 1).min(1 << 20) as u32;
        // The first time is slower than those that follow.
        let again = (contestant.time)(count) / count;
        count = (SAMPLE.as_nanos() / again.as_nanos().max(1) + 1).min(1 << 22) as u32;
        times.push((count, Vec::new()));
    }
    for round in 0..samples {
        for (contestant, (count, times)) in contestants.iter_mut().zip(&mut times) {
            if round < contestant.samples.unwrap_or(samples) {
                settle();
                times.push((contestant.time)(*count).as_nanos() as f64 / f64::from(*count));
            }
        }
    }
    contestants.iter().zip(times).map(|(contestant, (_, times))| Figures::of(contestant.name, times, None)).collect()
}

/// Has the C library join the small blocks that the one before has freed, which it else does at the expense of the next who asks
/// for a large one.
fn settle() {
    drop(black_box(Vec::<u8>::with_capacity(128 * 1024)));
}

/// Samples each in a process of its own, which runs this program with `--once`, or the contestant's own.
pub fn fresh(case: &str, contestants: &mut [Contestant], samples: usize) -> Vec<Figures> {
    let mut times = vec![(Vec::new(), 0.0_f64); contestants.len()];
    for contestant in contestants.iter_mut() {
        (contestant.check)();
    }
    for round in 0..samples {
        for (contestant, (times, peak)) in contestants.iter().zip(&mut times) {
            if round >= contestant.samples.unwrap_or(samples) {
                continue;
            }
            let this = std::env::current_exe().expect("this program");
            let output = match &contestant.program {
                Some((program, input)) => Command::new(this.with_file_name(program)).arg(input).output(),
                None => Command::new(this).args(["--once", case, contestant.name]).output(),
            };
            let output = output.expect("a process");
            let said = String::from_utf8_lossy(&output.stdout);
            let mut numbers = said.split_whitespace().map(|number| number.parse::<f64>().expect("a number"));
            assert!(
                output.status.success(),
                "{case}, {}: {}",
                contestant.name,
                String::from_utf8_lossy(&output.stderr)
            );
            times.push(numbers.next().expect("a time"));
            *peak = peak.max(numbers.next().expect("a size"));
        }
    }
    contestants.iter().zip(times).map(|(of, (times, peak))| Figures::of(of.name, times, Some(peak))).collect()
}

/// The child's side of [`fresh`].
pub fn once(contestant: &mut Contestant) {
    let time = (contestant.time)(1);
    println!("{} {}", time.as_nanos(), peak());
}
