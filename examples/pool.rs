use std::io::Write;
use std::sync::atomic::AtomicBool;
use yangjae::analysis::layout::Table;
use yangjae::analysis::pairs::SHOWN;
use yangjae::analysis::study::*;
use yangjae::experiment::batch::*;
use yangjae::scenario::Scenario;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (out, runs, reps) = (&a[1], a[2].parse::<u64>().unwrap(), a[3].parse::<usize>().unwrap());
    let seed0: u64 = a[4].parse().unwrap();
    let until: u16 = a[5].parse().unwrap();
    let scen = std::env::var("SCEN").unwrap_or("scenarios/yangjae".into());
    let names: Vec<&str> = a[6].split(',').collect();
    let scenario = Scenario::load(std::path::Path::new(&scen), &[], Some(until)).unwrap();
    let stop = AtomicBool::new(false);
    let workers = Workers::start(std::num::NonZeroUsize::new(1), &stop).unwrap();
    let mut f = std::io::BufWriter::new(std::fs::File::create(out).unwrap());
    for run in 0..runs {
        let s = Scenario { seed: seed0 + run, ..scenario.clone() };
        let base = StudyPolicy::of(&s.policies[s.baseline]);
        let pol: Vec<_> = s.policies.iter().filter(|p| p.name != base.name && (names[0]=="all" || names.contains(&p.name.as_str()))).map(StudyPolicy::of).collect();
        let study = Study::new(&s, pol, base);
        let l = study.layouts();
        if run == 0 { eprintln!("{:?}", l.iter().map(|l| l.policy.clone()).collect::<Vec<_>>()); }
        let years = l[0].years.len();
        let one = |w: &mut Workspace, n: usize| {
            let v = study.replicate(n as u32, w).map_err(Halted::Failed)?;
            let mut o: Vec<f32> = Vec::new();
            for p in 0..l.len() { for (m, pl) in SHOWN {
                let i = l[p].position(Table::Metric, m, pl).unwrap();
                let b = l[0].position(Table::Metric, m, pl).unwrap();
                let x = v[p][i*years+years-1]; let y = if p>0 { v[0][b*years+years-1] } else { 0.0 };
                o.push((x-y) as f32);
            } }
            // row used, and free parameter values of posterior
            Ok::<_, Halted<StudyError>>(o)
        };
        for row in workers.map_in_order(reps, Workspace::default, one).unwrap_or_else(|_| panic!()) { for x in row { f.write_all(&x.to_le_bytes()).unwrap(); } }
    }
}
