//! Reads draws and cases from standard input and writes boxes of PRIM and CART, for `tests/decide/prim.py`.
#![allow(clippy::print_stdout, reason = "what it writes is its answer")]

use std::io::Read;

use yangjae::analysis::decision::boxes::Found;
use yangjae::analysis::decision::boxes::Inputs;
use yangjae::analysis::decision::boxes::cart;
use yangjae::analysis::decision::boxes::prim;

fn write(kind: &str, found: &[Found]) {
    for (number, it) in found.iter().enumerate() {
        let limits: Vec<String> = it
            .limits
            .iter()
            .map(|limit| {
                let end = |end: Option<f64>| end.map_or("null".into(), |end| format!("{end:?}"));
                let (low, high) = (end(limit.low), end(limit.high));
                format!("[{}, {low}, {high}, {:e}]", limit.parameter, limit.quasi_p)
            })
            .collect();
        println!(
            "{{\"kind\": \"{kind}\", \"number\": {number}, \"cases\": {}, \"replications\": {}, \
             \"coverage\": {}, \"density\": {}, \"mass\": {}, \"limits\": [{}]}}",
            it.cases,
            it.replications,
            it.coverage,
            it.density,
            it.mass,
            limits.join(", ")
        );
    }
}

/// Lines of numbers: first the peeling fraction, then one line a parameter, last the cases (0 or 1).
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("standard input is readable");
    let mut rows: Vec<Vec<f64>> = text
        .lines()
        .map(|line| line.split(' ').map(|word| word.parse().expect("a number")).collect())
        .collect();
    let peel = rows.remove(0)[0];
    let cases: Vec<bool> = rows.pop().expect("cases").iter().map(|&case| case > 0.5).collect();
    let inputs = Inputs::new(&rows).expect("draws");
    let settings = prim::Settings { peel, ..prim::Settings::default() };
    write("trajectory", &prim::trajectory(&inputs, &cases, &settings).expect("marks"));
    write("prim", &prim::find(&inputs, &cases, &settings).expect("marks"));
    write("cart", &cart::leaves(&inputs, &cases, cart::LEAST_MASS, 1.0).expect("marks"));
}
