//! Processor time and memory of processes, as `/proc` tells them.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::ops::Sub;

use serde::{Deserialize, Serialize};

/// Ticks per second of the times in `/proc`, the same on every Linux that Rust supports.
const TICKS: f64 = 100.0;
/// Bytes of a page, in kilobytes, as `statm` counts.
const PAGE_KB: f64 = 4.0;

/// Seconds of processor time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Cpu {
    /// The services, in one process or in many.
    pub platform: f64,
    /// The gateway.
    pub gateway: f64,
    /// PostgreSQL, all its processes.
    pub database: f64,
    /// RabbitMQ, Redis and OpenSearch, where they run.
    pub servers: f64,
}

impl Cpu {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.platform + self.gateway + self.database + self.servers
    }
}

impl Sub for Cpu {
    type Output = Self;
    fn sub(self, earlier: Self) -> Self {
        Self {
            platform: self.platform - earlier.platform,
            gateway: self.gateway - earlier.gateway,
            database: self.database - earlier.database,
            servers: self.servers - earlier.servers,
        }
    }
}

/// Resident memory in megabytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// The services.
    pub platform: f64,
    /// The gateway.
    pub gateway: f64,
}

/// What one line of `/proc/PID/stat` says.
#[derive(Debug, Clone, PartialEq)]
struct Stat {
    name: String,
    parent: u32,
    /// Its own, in seconds.
    cpu: f64,
    /// Of its children that ended, in seconds.
    ended: f64,
}

/// The first processes of the platform, of PostgreSQL and of other servers; their children belong to them.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    /// `techcorp`, or the script that started many of it.
    pub platform: u32,
    /// PostgreSQL's first process.
    pub database: u32,
    /// Of other servers.
    pub servers: Vec<u32>,
}

impl Roots {
    /// Processor time until now.
    pub fn cpu(&self) -> Cpu {
        let all = all();
        let mut cpu = Cpu::default();
        for id in family(&all, &[self.platform]) {
            let Some(stat) = all.get(&id) else { continue };
            if stat.name.starts_with("techcorp-gate") { cpu.gateway += stat.cpu } else { cpu.platform += stat.cpu }
        }
        // PostgreSQL's first process starts and buries the others, whose time it then has.
        let of = |roots: &[u32]| family(&all, roots).iter().filter_map(|id| all.get(id)).map(|s| s.cpu + s.ended).sum();
        cpu.database = of(&[self.database]);
        cpu.servers = of(&self.servers);
        cpu
    }

    /// Memory of our own processes.
    pub fn memory(&self) -> Memory {
        let all = all();
        let mut memory = Memory::default();
        // A database that `techcorp` starts becomes a child of the system's first process, so it is not among these.
        for id in family(&all, &[self.platform]) {
            let Some(stat) = all.get(&id).filter(|stat| stat.name.starts_with("techcorp")) else { continue };
            let statm = fs::read_to_string(format!("/proc/{id}/statm")).unwrap_or_default();
            let megabytes = resident(&statm).unwrap_or_default();
            if stat.name.starts_with("techcorp-gate") {
                memory.gateway += megabytes;
            } else {
                memory.platform += megabytes;
            }
        }
        memory
    }
}

/// Every process.
fn all() -> HashMap<u32, Stat> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    // One that ended meanwhile has no file any more.
    ids.filter_map(|id: u32| Some((id, parse(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)?))).collect()
}

/// The processes and their children's children.
fn family(all: &HashMap<u32, Stat>, roots: &[u32]) -> HashSet<u32> {
    let mut found: HashSet<u32> = roots.iter().copied().filter(|id| all.contains_key(id)).collect();
    loop {
        let before = found.len();
        found
            .extend(all.iter().filter(|(_, stat)| found.contains(&stat.parent)).map(|(id, _)| *id).collect::<Vec<_>>());
        if found.len() == before {
            return found;
        }
    }
}

fn parse(line: &str) -> Option<Stat> {
    // The program's name comes second, in parentheses, and may hold anything.
    let (before, after) = line.rsplit_once(") ")?;
    let name = before.split_once(" (")?.1.to_owned();
    let fields: Vec<&str> = after.split_ascii_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some(Stat {
        name,
        parent: fields.get(1)?.parse().ok()?,
        cpu: (ticks(11)? + ticks(12)?) / TICKS,
        ended: (ticks(13)? + ticks(14)?) / TICKS,
    })
}

/// Megabytes of a process by its `statm`.
fn resident(statm: &str) -> Option<f64> {
    let pages: f64 = statm.split_ascii_whitespace().nth(1)?.parse().ok()?;
    Some(pages * PAGE_KB / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "4242 (a (b) c) S 17 4242 4242 0 -1 4194560 1000 2000 0 0 1250 250 300 100 20 0 9 0 555 1000 200 18446744073709551615";

    #[test]
    fn a_line_is_read_whatever_the_programs_name() {
        let stat = parse(LINE).expect("a line");
        assert_eq!(stat, Stat { name: "a (b) c".to_owned(), parent: 17, cpu: 15.0, ended: 4.0 });
        assert_eq!(parse("4242 (broken"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn a_family_is_the_roots_with_all_below_them() {
        let stat = |parent| Stat { name: String::new(), parent, cpu: 0.0, ended: 0.0 };
        let all: HashMap<u32, Stat> = [(1, 0), (2, 1), (3, 2), (4, 3), (5, 1)].map(|(id, of)| (id, stat(of))).into();
        assert_eq!(family(&all, &[2]), HashSet::from([2, 3, 4]));
        assert_eq!(family(&all, &[99]), HashSet::new());
    }

    #[test]
    fn pages_become_megabytes() {
        assert_eq!(resident("9000 2560 800 1 0 700 0"), Some(10.0));
        assert_eq!(resident(""), None);
    }

    #[test]
    fn time_that_this_process_uses_is_seen() {
        let roots = Roots { platform: std::process::id(), ..Roots::default() };
        let (before, started) = (roots.cpu(), std::time::Instant::now());
        let mut sum = 0_u64;
        // A busy machine gives it time later, but does.
        while (roots.cpu() - before).total() < 0.05 {
            assert!(started.elapsed().as_secs() < 60, "no time is seen {sum}");
            for _ in 0..1_000_000 {
                sum = sum.wrapping_mul(31).wrapping_add(std::hint::black_box(7));
            }
        }
    }
}
