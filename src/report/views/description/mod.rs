//! The description of a scenario's model for scientists: the seven elements of ODD (Grimm et al.
//! 2020) and the STRESS-DES checklist (Monks et al. 2019), in Markdown.
//!
//! Lists and tables come from the registers; the text between is that of the page of the
//! model, `model/MODEL.md`. A test fails when the file that the
//! repository keeps is stale.

mod markdown;
mod model_page;
mod odd;
mod stress;
mod tables;

use std::fmt::Write as _;

use crate::scenario::Scenario;
use crate::scenario::future::Future;

/// The whole description, with these futures of the scenario. `command` is what writes it again.
#[must_use]
pub fn render(scenario: &Scenario, futures: &[Future], command: &str) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "# {}: description of the model\n", scenario.title_en);
    let _ = writeln!(
        text,
        "Written by `{command}` of yangjae {} from the registers of the program; do not edit by hand. The \
         first part follows the ODD protocol (Grimm et al. 2020, JASSS 23(2) 7), the second the \
         STRESS-DES checklist (Monks et al. 2019, Journal of Simulation 13, 55–67). Ids in sources \
         are rows of the scenario's facts.csv, if it has one.\n",
        env!("CARGO_PKG_VERSION"),
    );
    text.push_str("# Part 1: ODD\n\n");
    text.push_str(&odd::part(scenario));
    text.push_str("# Part 2: STRESS-DES\n\n");
    text.push_str(&stress::part(scenario, futures));
    text.push_str("# Part 3: what is known to be weak\n\n");
    text.push_str(model_page::text("9"));
    text
}
