//! A policy of a study: which series it has, how each is read, and when it first differs.

use crate::analysis::groups::GroupCell;
use crate::analysis::groups::count::GroupSums;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::metrics::METRICS;
use crate::analysis::metrics::spec::MetricKind;
use crate::analysis::metrics::view::Spot;
use crate::analysis::metrics::view::View;
use crate::analysis::served;
use crate::analysis::served::Accounts;
use crate::analysis::study::policy::StudyPolicy;
use crate::analysis::study::term::Term;
use crate::analysis::twin::YearOfTwins;
use crate::model::Simulation;
use crate::model::ledger::cash::CashItem;
use crate::model::setup::Setup;
use crate::policy::levers::Levers;
use crate::policy::payer::Payer;
use crate::policy::payer::Tax;
use crate::policy::slot::LeverSlot;
use crate::scenario::Scenario;
use crate::scenario::adjustment;
use crate::scenario::parameter::Parameters;
use crate::scenario::payers::Payers;
use crate::scenario::place::PlaceKind;

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) policy: StudyPolicy,
    pub(super) layout: Layout,
    pub(super) readers: Vec<SeriesReader>,
    pub(super) accounts: Accounts,
    /// The first year in which it may differ from the baseline.
    pub(super) differs_from: u16,
    /// For each series the place of the same one in the baseline's layout, if it has it.
    pub(super) in_baseline: Vec<Option<usize>>,
}

/// How one series is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum SeriesReader {
    Metric { metric: usize, spot: Spot },
    Term { investment: bool, term: Term },
    Cash { item: CashItem, payer: Payer },
}

impl Member {
    pub(super) fn new(
        scenario: &Scenario,
        setup: &Setup,
        policy: StudyPolicy,
        baseline: &StudyPolicy,
    ) -> Self {
        let is_baseline = policy.name == baseline.name;
        let accounts = Accounts::of(&policy.case.plan, &baseline.case.plan);
        let mut readers = metric_readers(setup, &policy.case.plan, &baseline.case.plan);
        if !is_baseline {
            readers.extend(term_readers(accounts, &policy.case.plan));
        }
        readers.extend(cash_readers(&setup.payers, &policy.case.plan, &baseline.case.plan));
        let series = readers.iter().map(|reader| reader.series(scenario, setup)).collect();
        let layout = Layout { policy: policy.name.clone(), years: setup.years().collect(), series };
        let differs_from = differs_from(&policy, baseline, setup);
        Self { policy, layout, readers, accounts, differs_from, in_baseline: Vec::new() }
    }

    /// Finds each of its series in the baseline's layout.
    pub(super) fn find_in_baseline(&mut self, first: &Layout) {
        let place = |own: &Series| first.position(own.table, own.name, &own.place);
        self.in_baseline = self.layout.series.iter().map(place).collect();
    }

    /// Leaves out all series but these metrics at their places.
    pub(super) fn keep_metrics(&mut self, metrics: &[(&str, &str)]) {
        let is_kept = |series: &Series| {
            series.table == Table::Metric && metrics.contains(&(series.name, &*series.place))
        };
        let own = self.layout.series.drain(..).zip(self.readers.drain(..));
        let kept: Vec<(Series, SeriesReader)> = own.filter(|(series, _)| is_kept(series)).collect();
        (self.layout.series, self.readers) = kept.into_iter().unzip();
    }

    /// Adds the series of groups, which no reader reads, after all others.
    pub(super) fn add_groups(&mut self, cells: &[GroupCell]) {
        self.layout.series.extend(cells.iter().map(GroupCell::series));
    }

    /// The same without them.
    pub(super) fn without_groups(&self) -> Self {
        let mut member = self.clone();
        member.layout.series.truncate(member.readers.len());
        member
    }

    /// Sets the series of groups of one year.
    pub(super) fn set_groups(
        &self,
        cells: &[GroupCell],
        sums: &GroupSums,
        index: usize,
        values: &mut [f64],
    ) {
        let years = self.layout.years.len();
        for (series, cell) in (self.readers.len()..).zip(cells) {
            values[series * years + index] = sums.of(cell) as f64;
        }
    }

    pub(super) fn blank(&self) -> Vec<f64> {
        vec![0.0; self.layout.len()]
    }

    /// Reads every series of one year.
    pub(super) fn read(
        &self,
        setup: &Setup,
        simulation: &Simulation,
        twins: &YearOfTwins,
        theta: &Parameters,
        index: usize,
        values: &mut [f64],
    ) {
        let years = self.layout.years.len();
        let world = simulation.world();
        let mut view = View {
            book: world.ledger().book(),
            stocks: simulation.stocks(),
            district: world.district(),
            areas: &setup.district.areas,
            payers: &setup.payers,
            spot: Spot::City,
        };
        for (series, reader) in self.readers.iter().enumerate() {
            let place = series * years + index;
            values[place] = match *reader {
                SeriesReader::Metric { metric, spot } => {
                    view.spot = spot;
                    let metric = &METRICS[metric];
                    let value = (metric.read)(&view);
                    if metric.kind == MetricKind::Cumulative {
                        value + cumulated(metric.name, spot, simulation, values, place, index)
                    } else {
                        value
                    }
                }
                SeriesReader::Term { investment, term } => term.read(twins, investment, theta),
                SeriesReader::Cash { item, payer } => view.book.cash(item, payer) as f64,
            };
        }
    }

    /// Copies the numbers of a year in which the policy is the baseline still.
    pub(super) fn copy_past(
        &self,
        index: usize,
        theta: &Parameters,
        (baseline, from): (&Self, &[f64]),
        to: &mut [f64],
    ) {
        let years = self.layout.years.len();
        let twins = YearOfTwins::default();
        for (series, reader) in self.readers.iter().enumerate() {
            to[series * years + index] = match (*reader, self.in_baseline[series]) {
                (SeriesReader::Term { investment, term }, _) => {
                    term.read(&twins, investment, theta)
                }
                (_, Some(source)) => from[source * years + index],
                // What the baseline does not have is not there yet.
                (_, None) => 0.0,
            };
        }
        let groups = self.layout.series.len() - self.readers.len();
        for group in 0..groups {
            let place = |member: &Self| (member.readers.len() + group) * years + index;
            to[place(self)] = from[place(baseline)];
        }
    }
}

/// What a cumulative metric was at the end of last year.
fn cumulated(
    name: &str,
    spot: Spot,
    simulation: &Simulation,
    values: &[f64],
    place: usize,
    index: usize,
) -> f64 {
    if index > 0 {
        return values[place - 1];
    }
    // Tenants of the first day joined before the first year's flows.
    match spot {
        Spot::Facility(number) if name == "joined_cumulative" => {
            f64::from(simulation.first_tenants(number))
        }
        _ => 0.0,
    }
}

/// The first year in which a policy may differ from the baseline.
fn differs_from(policy: &StudyPolicy, baseline: &StudyPolicy, setup: &Setup) -> u16 {
    let parameters =
        adjustment::differ_from(&policy.adjustments, &baseline.adjustments, setup.years());
    let (here, there) = (&policy.case, &baseline.case);
    let levers = served::first_difference((&here.plan, here.inert), (&there.plan, there.inert));
    parameters.into_iter().chain(levers).min().unwrap_or(setup.last_year + 1)
}

/// The facilities of a policy and the baseline, by number, and the programmes, by slot.
#[inline(never)]
fn own_spots(setup: &Setup, policy: &Levers, baseline: &Levers) -> (Vec<Spot>, Vec<Spot>) {
    let mut facilities: Vec<u8> = policy
        .facilities
        .iter()
        .chain(&baseline.facilities)
        .map(|lever| setup.facility_number(lever.common.slot))
        .collect();
    facilities.sort_unstable();
    facilities.dedup();
    let mut programmes: Vec<LeverSlot> =
        policy.programmes.iter().chain(&baseline.programmes).map(|p| p.common.slot).collect();
    programmes.sort_unstable();
    programmes.dedup();
    (
        facilities.into_iter().map(Spot::Facility).collect(),
        programmes.into_iter().map(Spot::Programme).collect(),
    )
}

/// Readers of all metrics, place by place.
#[inline(never)]
fn metric_readers(setup: &Setup, policy: &Levers, baseline: &Levers) -> Vec<SeriesReader> {
    let (facilities, programmes) = own_spots(setup, policy, baseline);
    let areas = setup.district.areas.all().iter().copied().map(Spot::Area);
    let spots =
        [Spot::District, Spot::City].into_iter().chain(areas).chain(facilities).chain(programmes);
    let mut readers = Vec::new();
    for spot in spots {
        for (metric, spec) in METRICS.iter().enumerate() {
            if spec.places.include(kind(spot)) {
                readers.push(SeriesReader::Metric { metric, spot });
            }
        }
    }
    readers
}

/// What a place is, whichever facility or programme.
const fn kind(spot: Spot) -> PlaceKind {
    match spot {
        Spot::District => PlaceKind::District,
        Spot::City => PlaceKind::City,
        Spot::Area(area) => PlaceKind::Area { in_district: area.in_district() },
        Spot::Facility(_) => PlaceKind::Facility,
        Spot::Programme(_) => PlaceKind::Programme,
    }
}

#[inline(never)]
fn term_readers(accounts: Accounts, plan: &Levers) -> Vec<SeriesReader> {
    let mut readers = Vec::new();
    for investment in [false, true] {
        for term in Term::ALL {
            let without = accounts == Accounts::NetsOnly && term.needs_served()
                || investment && term.of_jobs_only()
                || term.of_funds_only() && (!investment || plan.funds.is_empty());
            if !without {
                readers.push(SeriesReader::Term { investment, term });
            }
        }
    }
    readers
}

/// Readers of the cash items that a policy or the baseline can book.
#[inline(never)]
fn cash_readers(of: &Payers, policy: &Levers, baseline: &Levers) -> Vec<SeriesReader> {
    let mut payers: Vec<Payer> =
        policy.common().chain(baseline.common()).map(|lever| lever.payer).collect();
    // Taxes and value added have their own receivers.
    payers.extend(Tax::ALL.map(|tax| of.receiver(tax)).into_iter().chain([of.private()]));
    payers.sort_unstable();
    payers.dedup();
    let of_item = |&item: &CashItem| {
        let payers = payers.clone();
        payers.into_iter().map(move |payer| SeriesReader::Cash { item, payer })
    };
    CashItem::ALL.iter().flat_map(of_item).collect()
}

impl SeriesReader {
    fn series(self, scenario: &Scenario, setup: &Setup) -> Series {
        match self {
            Self::Metric { metric, spot } => Series {
                table: Table::Metric,
                name: METRICS[metric].name,
                place: name_of(scenario, setup, spot),
                unit: METRICS[metric].unit,
                whole: METRICS[metric].whole,
            },
            Self::Term { investment, term } => Series {
                table: Table::Additionality,
                name: term.name(),
                place: if investment { "investment" } else { "jobs" }.to_owned(),
                unit: match (term.of_funds_only(), investment) {
                    (true, _) => "rounds/year",
                    (false, true) => "{money}",
                    (false, false) => "persons",
                },
                whole: !term.of_jobs_only(),
            },
            Self::Cash { item, payer } => Series {
                table: Table::Cash,
                name: item.name(),
                place: setup.payers.name(payer).to_owned(),
                unit: "{money}/year",
                whole: true,
            },
        }
    }
}

/// The name of a place in files.
fn name_of(scenario: &Scenario, setup: &Setup, spot: Spot) -> String {
    let lever = |slot: LeverSlot| scenario.lever_names[usize::from(slot)].clone();
    match spot {
        Spot::District => "district".to_owned(),
        Spot::City => "city".to_owned(),
        Spot::Area(area) => setup.district.areas.name(area).to_owned(),
        Spot::Facility(number) => lever(setup.facility_slots[usize::from(number)]),
        Spot::Programme(programme) => lever(programme),
    }
}
