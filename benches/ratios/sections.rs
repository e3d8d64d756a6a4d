//! The parts of the table.

use std::thread;

use yangjae::pipeline::engine::Engine;

use crate::Effort;
use crate::floor::Floor;
use crate::floor::counts::Counts;
use crate::hand_written;
use crate::hand_written::HandWritten;
use crate::program;
use crate::rounds;
use crate::rounds::JobId;
use crate::rounds::Rounds;
use crate::rounds::Spread;
use crate::row;
use crate::studies;
use crate::studies::Bench;
use crate::studies::phases::PARTS;
use crate::studies::phases::Phases;
use crate::studies::phases::names;

/// Nanoseconds of a time in seconds.
fn nanoseconds(time: Spread) -> Spread {
    times(time, 1e9)
}

fn times(spread: Spread, factor: f64) -> Spread {
    Spread {
        median: spread.median * factor,
        least: spread.least * factor,
        greatest: spread.greatest * factor,
    }
}

/// The reduced model on the engine, and as a hand-written loop.
pub fn reduced(effort: Effort) {
    let scenario = studies::reduced(120.0);
    let bench = Bench::new(&scenario);
    let by_hand = HandWritten::new(&scenario);
    let mut firms = hand_written::Workspace::default();
    let (few, many) = (effort.replications(40), effort.replications(1000));
    let mut rounds = Rounds::default();
    let engine = rounds.add(|| bench.replications(few));
    let hand_written = rounds.add(|| {
        let years = scenario.years().count();
        let one = |replication| -> f64 {
            // Firms are the first metric.
            by_hand.replicate(replication, &mut firms)[..years].iter().sum()
        };
        (0..many).map(one).sum()
    });
    rounds.run(effort.rounds);
    row("reduced model, engine: ns a firm-year", nanoseconds(rounds.cost(engine)), 1, "");
    let loop_cost = nanoseconds(rounds.cost(hand_written));
    row("reduced model, hand-written loop: ns a firm-year", loop_cost, 1, "");
    row("engine ÷ hand-written loop", rounds.ratio(engine, hand_written), 2, "at most 4");
}

/// The baseline of the shipped scenario, and its draws alone.
pub fn floor(effort: Effort) {
    let scenario = studies::with_policies(&studies::yangjae(), &[]);
    let bench = Bench::new(&scenario);
    let counts = Counts::of(&scenario, &bench.engine, 1);
    let firm_years = counts.firm_years() as f64;
    let floor = Floor::new(&scenario, counts);
    let mut workspace = crate::floor::Workspace::default();
    let (few, many) = (effort.replications(10), effort.replications(100));
    let mut made = 0;
    let mut rounds = Rounds::default();
    // The same replication again and again, so that both make the same draws.
    let whole = rounds.add(|| {
        let mut workspace = bench.engine.workspace();
        for _ in 0..few {
            std::hint::black_box(bench.replicate(1, &mut workspace));
        }
        f64::from(few)
    });
    let draws = rounds.add(|| {
        for _ in 0..many {
            made = floor.draw(1, &mut workspace);
        }
        f64::from(many)
    });
    rounds.run(effort.rounds);
    let (whole_cost, floor_cost, ratio) =
        (rounds.cost(whole), rounds.cost(draws), rounds.ratio(whole, draws));
    drop(rounds);
    row("baseline, engine: ms a replication", times(whole_cost, 1e3), 2, "");
    row("baseline, engine: ns a firm-year", times(whole_cost, 1e9 / firm_years), 1, "");
    row("baseline, its draws alone: ms a replication", times(floor_cost, 1e3), 2, "");
    let count = made as f64;
    row("baseline, its draws alone: ns a draw", times(floor_cost, 1e9 / count), 2, "");
    let exact = Spread { median: count, least: count, greatest: count };
    row("draws a replication", exact, 0, "");
    row("draws a firm-year", times(exact, 1.0 / firm_years), 1, "");
    row("engine ÷ its draws", ratio, 2, "at most 4");
}

/// Where the time of a simulation goes: of the full plan, and of the reduced model.
pub fn phases(effort: Effort) {
    let all = studies::yangjae();
    let plan = all.policies.iter().position(|policy| policy.name == "full-plan");
    let plan = studies::with_policies(&all, &[plan.expect("the shipped plan")]);
    for (name, scenario) in [("full plan", plan), ("reduced model", studies::reduced(120.0))] {
        let phases = Phases::new(&scenario);
        let mut shares = vec![Vec::new(); PARTS];
        for round in 0..=effort.rounds {
            let mut seconds = [0.0; PARTS];
            for replication in 0..effort.replications(20) {
                for (sum, part) in seconds.iter_mut().zip(phases.time(replication)) {
                    *sum += part;
                }
            }
            let whole: f64 = seconds.iter().sum();
            for (shares, part) in shares.iter_mut().zip(seconds) {
                // The first round warms up.
                shares.extend((round > 0).then_some(part / whole));
            }
        }
        for (part, shares) in names().into_iter().zip(shares) {
            let share = rounds::spread(shares.into_iter());
            row(&format!("{name}, share of time: {part}"), share, 3, "");
        }
    }
}

/// What each further policy costs, beside the baseline.
pub fn policies(effort: Effort) {
    let all = studies::yangjae();
    let replications = effort.replications(4);
    let others: Vec<usize> = (0..all.policies.len()).filter(|&at| at != all.baseline).collect();
    let alone = Bench::new(&studies::with_policies(&all, &[]));
    let whole = Bench::new(&all);
    let few = &others[..others.len().min(effort.policies)];
    let pairs: Vec<Bench> =
        few.iter().map(|&at| Bench::new(&studies::with_policies(&all, &[at]))).collect();
    let per_replication = |bench: &Bench| {
        bench.replications(replications);
        f64::from(replications)
    };
    let mut rounds = Rounds::default();
    let first = rounds.add(|| per_replication(&alone));
    let batch = rounds.add(|| per_replication(&whole));
    let pair_jobs: Vec<JobId> =
        pairs.iter().map(|bench| rounds.add(|| per_replication(bench))).collect();
    rounds.run(effort.rounds);
    let more = |spread: Spread, policies: f64| Spread {
        median: (spread.median - 1.0) / policies,
        least: (spread.least - 1.0) / policies,
        greatest: (spread.greatest - 1.0) / policies,
    };
    let name = format!("{} policies, a further one ÷ the first, on average", all.policies.len());
    row(&name, more(rounds.ratio(batch, first), others.len() as f64), 2, "at most 0.6");
    let mut costliest = (String::new(), Spread { median: 0.0, least: 0.0, greatest: 0.0 });
    for (&at, &job) in few.iter().zip(&pair_jobs) {
        let cost = more(rounds.ratio(job, first), 1.0);
        if cost.median > costliest.1.median {
            costliest = (all.policies[at].name.clone(), cost);
        }
    }
    row(
        &format!("the costliest further policy, `{}` ÷ the first", costliest.0),
        costliest.1,
        2,
        "at most 0.6",
    );
}

/// Two threads against one: the engine alone, and the program with its files.
pub fn threads(effort: Effort) {
    let scenario = studies::yangjae();
    let bench = Bench::new(&scenario);
    let replications = effort.replications(4);
    let on = |threads: u32| {
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| bench.replications(2 * replications / threads));
            }
        });
        f64::from(replications)
    };
    // Enough that writing tables and report, which one thread does, counts for little.
    let runs = effort.replications(64);
    let run = |threads| {
        program::run("scenarios/yangjae", runs, threads);
        f64::from(runs)
    };
    let mut rounds = Rounds::default();
    let one = rounds.add(|| on(1));
    let two = rounds.add(|| on(2));
    let run_one = rounds.add(|| run(1));
    let run_two = rounds.add(|| run(2));
    rounds.run(effort.rounds);
    let engine = rounds.wall_ratio(one, two);
    row("engine, two cores ÷ one: throughput", engine, 2, "at least 1.85, idle machine");
    row("engine, two cores ÷ one: processor time", rounds.ratio(two, one), 2, "");
    let program = rounds.wall_ratio(run_one, run_two);
    row("whole program, two cores ÷ one: throughput", program, 2, "at least 1.85, idle machine");
    row("whole program, two cores ÷ one: processor time", rounds.ratio(run_two, run_one), 2, "");
}

/// Costs as the number of firms doubles, from 100 to 100,000 a year.
pub fn firms(effort: Effort) {
    let sizes: Vec<u32> = (0..=effort.doublings).collect();
    let benches: Vec<Bench> = sizes
        .iter()
        .map(|&size| Bench::new(&studies::reduced(24.0 * 2_f64.powi(size as i32))))
        .collect();
    let mut rounds = Rounds::default();
    let jobs: Vec<JobId> = sizes
        .iter()
        .zip(&benches)
        .map(|(&size, bench)| {
            let replications = effort.replications(1 << 8_u32.saturating_sub(size));
            rounds.add(move || bench.replications(replications))
        })
        .collect();
    rounds.run(effort.rounds);
    for (&size, &job) in sizes.iter().zip(&jobs) {
        let alive = 2_f64.powi(size as i32) * 106.0;
        let name = format!("reduced model, about {alive:.0} firms alive a year: ns a firm-year");
        row(&name, nanoseconds(rounds.cost(job)), 1, "");
        if size > 0 {
            let cost = times(rounds.ratio(job, jobs[size as usize - 1]), 2.0);
            row("cost of twice the firms", cost, 2, "at most 2.2");
        }
    }
}

/// What twelve areas cost against three, of which the shipped scenario has three.
pub fn areas(effort: Effort) {
    let [three, twelve] = [3, 12].map(|count| Bench::new(&studies::areas(count)));
    let replications = effort.replications(16);
    let mut rounds = Rounds::default();
    let few = rounds.add(|| three.replications(replications));
    let many = rounds.add(|| twelve.replications(replications));
    rounds.run(effort.rounds);
    row("three areas: ns a firm-year", nanoseconds(rounds.cost(few)), 1, "");
    row("twelve areas: ns a firm-year", nanoseconds(rounds.cost(many)), 1, "");
    row("twelve areas ÷ three, a firm-year", rounds.ratio(many, few), 2, "at most 1.5");
}

/// Costs as the number of years and of replications doubles.
pub fn length(effort: Effort) {
    let replications = effort.replications(8);
    let benches: Vec<(u16, Bench)> = [20, 40, 80]
        .into_iter()
        .map(|years: u16| {
            let mut scenario = studies::reduced(120.0);
            scenario.last_year = scenario.first_year + years - 1;
            (years, Bench::new(&scenario))
        })
        .collect();
    let mut rounds = Rounds::default();
    let years: Vec<JobId> = benches
        .iter()
        .map(|(_, bench)| rounds.add(move || bench.replications(replications)))
        .collect();
    let counts = [1, 2, 4].map(|factor| factor * effort.replications(100));
    let runs = counts.map(|count| {
        rounds.add(move || {
            program::run("benches/reduced", count, 1);
            f64::from(count)
        })
    });
    rounds.run(effort.rounds);
    for pair in [[0, 1], [1, 2]] {
        let [few, many] = pair.map(|at| benches[at].0);
        let cost = times(rounds.ratio(years[pair[1]], years[pair[0]]), 2.0);
        let name = format!("{few} to {many} years: cost of twice the firm-years");
        row(&name, cost, 2, "at most 2.2");
    }
    for pair in [[0, 1], [1, 2]] {
        let [few, many] = pair.map(|at| counts[at]);
        let cost = times(rounds.ratio(runs[pair[1]], runs[pair[0]]), 2.0);
        let name = format!("whole program, {few} to {many} replications: cost of twice as many");
        row(&name, cost, 2, "at most 2.2");
    }
}
