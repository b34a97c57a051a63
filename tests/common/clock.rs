//! Times that tests compare. They are times of the processor in this thread, so that what else the machine does counts
//! little, and the shortest of rounds in turn, so that whatever disturbs one disturbs all.
#![allow(dead_code, unreachable_pub)]

use std::time::Duration;

/// How long the processor has worked for this thread.
#[cfg(unix)]
pub fn now() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}

/// Where there is no such clock, the one on the wall.
#[cfg(not(unix))]
pub fn now() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

/// How long this takes.
pub fn once(work: impl FnOnce()) -> Duration {
    let start = now();
    work();
    now().saturating_sub(start)
}

/// How long this takes at best.
pub fn fastest(rounds: usize, mut work: impl FnMut()) -> Duration {
    (0..rounds).map(|_| once(&mut work)).min().unwrap()
}

/// How many units there are, and what is to be done with them.
pub type Case<'w> = (usize, Box<dyn FnMut() + 'w>);

/// Whether the time for one unit grows from the first case to any other by no more than `slack`: the shortest times of
/// at least `ROUNDS` rounds, each of which runs every case once.
///
/// More rounds cannot make work quicker that has too much to do; they only take the disturbance out.
pub fn is_linear(name: &str, slack: f64, cases: &mut [Case<'_>]) -> bool {
    const ROUNDS: usize = 3;
    const MOST: usize = 15;
    let mut shortest = vec![f64::MAX; cases.len()];
    let mut growth = f64::MAX;
    for round in 1..=MOST {
        for ((units, work), shortest) in cases.iter_mut().zip(&mut shortest) {
            *shortest = shortest.min(once(work).as_secs_f64().max(1e-9) / *units as f64);
        }
        growth = shortest.iter().fold(0.0, |most: f64, time| most.max(time / shortest[0]));
        if round >= ROUNDS && growth <= slack {
            break;
        }
    }
    let nanoseconds: Vec<String> = shortest.iter().map(|time| format!("{:.1}", time * 1e9)).collect();
    println!(
        "{name}: {} ns for each of {:?}",
        nanoseconds.join(", "),
        cases.iter().map(|case| case.0).collect::<Vec<_>>()
    );
    growth <= slack
}

/// [`is_linear`] for work on documents, whose units are their octets.
pub fn is_linear_in<T: AsRef<[u8]>>(name: &str, slack: f64, documents: &[T], work: impl Fn(&T)) -> bool {
    let work = &work;
    let mut cases: Vec<Case<'_>> = Vec::new();
    for document in documents {
        cases.push((document.as_ref().len(), Box::new(move || work(document))));
    }
    is_linear(name, slack, &mut cases)
}
