//! One replication of all policies: simulated, measured and set against the baseline.

use crate::analysis::layout::Layout;
use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::metrics::METRICS;
use crate::analysis::metrics::MetricKind;
use crate::analysis::metrics::view::Spot;
use crate::analysis::metrics::view::View;
use crate::analysis::served;
use crate::analysis::served::Accounts;
use crate::analysis::twin;
use crate::analysis::twin::Alone;
use crate::analysis::twin::Side;
use crate::analysis::twin::Snapshot;
use crate::analysis::twin::Terms;
use crate::analysis::twin::Unbalanced;
use crate::analysis::twin::YearOfTwins;
use crate::experiment::uncertainty;
use crate::experiment::uncertainty::Uncertainty;
use crate::model::Inputs;
use crate::model::Simulation;
use crate::model::StepError;
use crate::model::chance::Chance;
use crate::model::ledger::cash::CashItem;
use crate::model::ledger::event::Entry;
use crate::model::ledger::sums_of;
use crate::model::setup::Case;
use crate::model::setup::Setup;
use crate::policy::plan::Area;
use crate::policy::plan::LeverSlot;
use crate::policy::plan::Payer;
use crate::policy::plan::Plan;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::parameter::Parameters;
use crate::scenario::place::PlaceKind;

/// Why a replication stopped: a mistake in the program, never of a scenario.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// A stock-flow identity does not hold, or firms multiply without bound.
    #[error("policy `{policy}`, replication {replication}: {source}")]
    Identity {
        /// The policy.
        policy: String,
        /// The replication.
        replication: u32,
        /// Which identity, or how many firms.
        source: StepError,
    },
    /// An additionality account does not balance.
    #[error("policy `{policy}`, replication {replication}: {source}")]
    Additionality {
        /// The policy.
        policy: String,
        /// The replication.
        replication: u32,
        /// Where.
        source: Unbalanced,
    },
    /// A net of the additionality accounts is not the difference of the ledgers.
    #[error("policy `{policy}`, replication {replication}: {source}")]
    Net {
        /// The policy.
        policy: String,
        /// The replication.
        replication: u32,
        /// Where.
        source: WrongNet,
    },
}

/// The nets of the additionality accounts, and what the ledgers of both worlds say they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the additionality accounts of {year} have a net of {net} {measure}, but the ledgers of both \
     worlds differ by {ledgers}"
)]
pub struct WrongNet {
    /// The year.
    pub year: u16,
    /// What is accounted for, and where.
    pub measure: &'static str,
    /// The net of the accounts.
    pub net: i64,
    /// The difference of the ledgers.
    pub ledgers: i64,
}

/// One policy of a study.
#[derive(Clone, Debug)]
pub struct StudyPolicy {
    /// Its name.
    pub name: String,
    /// Its levers as the model runs them.
    pub case: Case,
    /// Parameters that it sets otherwise.
    pub overrides: Vec<(usize, f64)>,
}

impl StudyPolicy {
    /// A policy of a scenario as a study takes it.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        Self {
            name: policy.name.clone(),
            case: Case { plan: policy.plan.clone(), inert: policy.inert },
            overrides: policy.overrides.clone(),
        }
    }
}

/// What a study compares, the baseline first.
#[derive(Clone, Debug)]
pub struct Study {
    setup: Setup,
    uncertainty: Uncertainty,
    policies: Vec<Member>,
    /// Whether policies start from the baseline's state of the year in which they first differ.
    shares_past: bool,
}

#[derive(Clone, Debug)]
struct Member {
    policy: StudyPolicy,
    layout: Layout,
    readers: Vec<Reader>,
    accounts: Accounts,
    /// The first year in which it may differ from the baseline.
    differs_from: u16,
    /// For each series the place of the same one in the baseline's layout, if it has it.
    in_baseline: Vec<Option<usize>>,
}

/// What one replication is made of: luck and parameters.
#[derive(Clone, Copy, Debug)]
struct History<'a> {
    /// Whose draws it has.
    replication: u32,
    /// The scenario's parameter values, in the order of the register.
    values: &'a [f64],
    /// The same under the baseline.
    theta: &'a Parameters,
    /// The draws under the baseline's parameters.
    chance: &'a Chance,
}

/// How one series is read.
#[derive(Clone, Copy, Debug)]
enum Reader {
    Metric { metric: usize, spot: Spot },
    Term { investment: bool, term: Term },
    Cash { item: CashItem, payer: Payer },
}

/// A term of the additionality accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Term {
    Gross,
    Deadweight,
    Relocated,
    Created,
    CreatedOutside,
    Lost,
    Spillover,
    Displaced,
    EffectOnServed,
    EffectThroughMarkets,
    NetCity,
    NetDistrict,
    InducedServices,
    ProductMarketDisplacement,
    FundRounds,
    FundRoundsAnyway,
}

impl Term {
    const ALL: [Self; 16] = [
        Self::Gross,
        Self::Deadweight,
        Self::Relocated,
        Self::Created,
        Self::CreatedOutside,
        Self::Lost,
        Self::Spillover,
        Self::Displaced,
        Self::EffectOnServed,
        Self::EffectThroughMarkets,
        Self::NetCity,
        Self::NetDistrict,
        Self::InducedServices,
        Self::ProductMarketDisplacement,
        Self::FundRounds,
        Self::FundRoundsAnyway,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Gross => "gross",
            Self::Deadweight => "deadweight",
            Self::Relocated => "relocated",
            Self::Created => "created",
            Self::CreatedOutside => "created_outside",
            Self::Lost => "lost",
            Self::Spillover => "spillover",
            Self::Displaced => "displaced",
            Self::EffectOnServed => "effect_on_served",
            Self::EffectThroughMarkets => "effect_through_markets",
            Self::NetCity => "net_city",
            Self::NetDistrict => "net_district",
            Self::InducedServices => "induced_services",
            Self::ProductMarketDisplacement => "product_market_displacement",
            Self::FundRounds => "fund_rounds",
            Self::FundRoundsAnyway => "fund_rounds_anyway",
        }
    }

    /// Whether the term needs a set of served firms.
    const fn needs_served(self) -> bool {
        !matches!(self, Self::NetCity | Self::NetDistrict | Self::InducedServices)
    }

    const fn of_jobs_only(self) -> bool {
        matches!(self, Self::InducedServices | Self::ProductMarketDisplacement)
    }

    const fn of_funds_only(self) -> bool {
        matches!(self, Self::FundRounds | Self::FundRoundsAnyway)
    }

    fn read(self, twins: &YearOfTwins, investment: bool, theta: &Parameters) -> f64 {
        let terms: &Terms = if investment { &twins.investment } else { &twins.jobs };
        let whole = match self {
            Self::Gross => terms.gross,
            Self::Deadweight => terms.deadweight,
            Self::Relocated => terms.relocated,
            Self::Created => terms.created,
            Self::CreatedOutside => terms.created_outside,
            Self::Lost => terms.lost,
            Self::Spillover => terms.spillover,
            Self::Displaced => terms.displaced,
            Self::EffectOnServed => terms.effect_on_served(),
            Self::EffectThroughMarkets => terms.effect_through_markets(),
            Self::NetCity => terms.net_city,
            Self::NetDistrict => terms.net_district,
            Self::FundRounds => twins.fund_rounds,
            Self::FundRoundsAnyway => twins.fund_rounds_anyway,
            Self::InducedServices => {
                return 0.0 + theta.local_multiplier * terms.net_city as f64;
            }
            Self::ProductMarketDisplacement => {
                return 0.0 - theta.product_displacement * terms.effect_on_served() as f64;
            }
        };
        whole as f64
    }
}

/// Working memory of one thread.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    baseline: Vec<Snapshot>,
    /// Jobs in the city and in the district, and money raised, in the baseline by year.
    totals: Vec<[i64; 3]>,
    alone: Alone,
    /// The baseline on 1 January of years in which a policy leaves it; others are left over.
    branches: Vec<Simulation>,
    simulation: Simulation,
    values: Vec<Vec<f64>>,
}

impl Study {
    /// A study of some policies of a scenario against its baseline, which comes first.
    #[must_use]
    pub fn new(scenario: &Scenario, policies: Vec<StudyPolicy>, baseline: StudyPolicy) -> Self {
        let setup = Setup::new(scenario);
        let reference = baseline.clone();
        let members = std::iter::once(baseline).chain(policies);
        let mut policies: Vec<Member> =
            members.map(|policy| Member::new(scenario, &setup, policy, &reference)).collect();
        let first = policies[0].layout.clone();
        for member in &mut policies {
            let place = |own: &Series| first.position(own.table, own.name, &own.place);
            member.in_baseline = member.layout.series.iter().map(place).collect();
        }
        let uncertainty = Uncertainty::of(scenario);
        Self { setup, uncertainty, policies, shares_past: true }
    }

    /// The same study with every policy simulated from the first year: for tests of the shortcut.
    #[must_use]
    pub fn without_shared_past(self) -> Self {
        Self { shares_past: false, ..self }
    }

    /// The layouts of all policies, the baseline first.
    #[must_use]
    pub fn layouts(&self) -> Vec<Layout> {
        self.policies.iter().map(|member| member.layout.clone()).collect()
    }

    /// The policies, the baseline first.
    pub fn policies(&self) -> impl Iterator<Item = &StudyPolicy> {
        self.policies.iter().map(|member| &member.policy)
    }

    /// A policy's name.
    #[must_use]
    pub fn name(&self, policy: usize) -> &str {
        &self.policies[policy].policy.name
    }

    /// What to say of a policy's additionality accounts.
    #[must_use]
    pub fn note(&self, policy: usize) -> &'static str {
        self.policies[policy].accounts.note()
    }

    /// The scenario as the model sees it.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The parameter values of a replication before any policy's own, in the order of the register.
    #[must_use]
    pub fn values(&self, replication: u32) -> Vec<f64> {
        self.uncertainty.values(replication)
    }

    /// These parameter values under a policy, which may set some otherwise.
    fn theta(&self, policy: usize, values: &[f64]) -> Parameters {
        uncertainty::overridden(values, &self.policies[policy].policy.overrides)
            .expect("a scenario has a value for each parameter of the register")
    }

    /// Simulates one replication of all policies; gives for each the values of its series.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn replicate(
        &self,
        replication: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        self.replicate_with(&self.values(replication), replication, workspace)
    }

    /// Simulates all policies with given parameter values and the draws of a replication.
    ///
    /// Parameters and luck are two layers: calibration and the accounts of noise combine any
    /// parameter values with the luck of any replication. `values` are in the order of the
    /// register; a policy's own parameter values still go first.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn replicate_with(
        &self,
        values: &[f64],
        replication: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        let theta = self.theta(0, values);
        let chance = self.draw(replication, &theta);
        workspace.baseline.resize_with(self.years(), Snapshot::default);
        workspace.totals.resize(self.years(), [0; 3]);
        workspace.branches.resize_with(self.years(), Simulation::default);
        workspace.values = self.policies.iter().map(Member::blank).collect();
        let history = History { replication, values, theta: &theta, chance: &chance };
        self.simulate_baseline(&history, workspace)?;
        for policy in 1..self.policies.len() {
            self.simulate_policy(policy, &history, workspace)?;
        }
        Ok(std::mem::take(&mut workspace.values))
    }

    fn years(&self) -> usize {
        usize::from(self.setup.last_year - self.setup.first_year) + 1
    }

    fn draw(&self, replication: u32, theta: &Parameters) -> Chance {
        let setup = &self.setup;
        Chance::draw(setup.seed, replication, setup.years(), &setup.climate, theta)
    }

    fn simulate_baseline(
        &self,
        history: &History<'_>,
        workspace: &mut Workspace,
    ) -> Result<(), StudyError> {
        let &History { replication, theta, chance, .. } = history;
        let member = &self.policies[0];
        let inputs = Inputs { setup: &self.setup, case: &member.policy.case, theta, chance };
        let Workspace { simulation, branches, .. } = workspace;
        simulation.restart(&inputs, false);
        for (index, year) in self.setup.years().enumerate() {
            if index > 0
                && self.policies[1..].iter().any(|other| self.first_own_year(other) == index)
            {
                branches[index].clone_from(simulation);
            }
            simulation.step(&inputs, year).map_err(|source| self.broken(0, replication, source))?;
            if self.policies.len() > 1 {
                workspace.baseline[index].take(&Side::of(simulation.world().district(), year));
                workspace.totals[index] = totals(simulation);
            }
            let twins = YearOfTwins::default();
            member.read(&self.setup, simulation, &twins, theta, index, &mut workspace.values[0]);
        }
        Ok(())
    }

    fn simulate_policy(
        &self,
        policy: usize,
        history: &History<'_>,
        workspace: &mut Workspace,
    ) -> Result<(), StudyError> {
        let &History { replication, values, theta, chance } = history;
        let member = &self.policies[policy];
        let own;
        let (theta, chance) = if member.policy.overrides == self.policies[0].policy.overrides {
            (theta, chance)
        } else {
            let theta = self.theta(policy, values);
            own = (self.draw(replication, &theta), theta);
            (&own.1, &own.0)
        };
        let inputs = Inputs { setup: &self.setup, case: &member.policy.case, theta, chance };
        let first = self.first_own_year(member);
        let Workspace { simulation, branches, .. } = workspace;
        match branches.get(first) {
            Some(branch) if first > 0 => simulation.clone_from(branch),
            Some(_) => simulation.restart(&inputs, false),
            // The policy is the baseline in all years: nothing is simulated.
            None => {}
        }
        for (index, year) in self.setup.years().enumerate() {
            if index < first {
                // The policy is the baseline still: its numbers are the baseline's.
                let (baseline, others) = workspace.values.split_at_mut(policy);
                member.copy_past(index, theta, &baseline[0], &mut others[0]);
                continue;
            }
            simulation
                .step(&inputs, year)
                .map_err(|source| self.broken(policy, replication, source))?;
            let present = Side::of(simulation.world().district(), year);
            let (baseline, alone) = (workspace.baseline[index].side(), &mut workspace.alone);
            let twins = twin::compare(&present, &baseline, member.accounts, year, alone).map_err(
                |source| StudyError::Additionality {
                    policy: member.policy.name.clone(),
                    replication,
                    source,
                },
            )?;
            check_nets(&twins, totals(simulation), workspace.totals[index], year).map_err(
                |source| {
                    let policy = member.policy.name.clone();
                    StudyError::Net { policy, replication, source }
                },
            )?;
            let values = &mut workspace.values[policy];
            member.read(&self.setup, simulation, &twins, theta, index, values);
        }
        Ok(())
    }

    /// The place of the first year that the policy simulates itself.
    fn first_own_year(&self, member: &Member) -> usize {
        if !self.shares_past {
            return 0;
        }
        let last = self.setup.last_year;
        let first = member.differs_from.clamp(self.setup.first_year, last + 1);
        usize::from(first - self.setup.first_year)
    }

    fn broken(&self, policy: usize, replication: u32, source: StepError) -> StudyError {
        let policy = self.policies[policy].policy.name.clone();
        StudyError::Identity { policy, replication, source }
    }

    /// Whether in every year of one replication the ledger's sums are the sums over its events.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn sums_agree_with_events(
        &self,
        policy: usize,
        replication: u32,
    ) -> Result<bool, StudyError> {
        let theta = self.theta(policy, &self.values(replication));
        let chance = self.draw(replication, &theta);
        let case = &self.policies[policy].policy.case;
        let inputs = Inputs { setup: &self.setup, case, theta: &theta, chance: &chance };
        let mut simulation = Simulation::begin(&inputs, true);
        for year in self.setup.years() {
            simulation
                .step(&inputs, year)
                .map_err(|source| self.broken(policy, replication, source))?;
            let ledger = simulation.world().ledger();
            if !ledger.book().agrees(&sums_of(ledger.log(), year)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Every event of one replication under one policy.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn events(&self, policy: usize, replication: u32) -> Result<Vec<Entry>, StudyError> {
        let mut log = Vec::new();
        self.watch(policy, replication, true, |_, simulation| {
            let logged = simulation.world().ledger().log();
            log.extend_from_slice(&logged[log.len()..]);
        })?;
        Ok(log)
    }

    /// Simulates one replication under one policy and shows its state at the end of each year;
    /// with `log`, its ledger keeps every event.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn watch(
        &self,
        policy: usize,
        replication: u32,
        log: bool,
        mut see: impl FnMut(u16, &Simulation),
    ) -> Result<(), StudyError> {
        let theta = self.theta(policy, &self.values(replication));
        let chance = self.draw(replication, &theta);
        let case = &self.policies[policy].policy.case;
        let inputs = Inputs { setup: &self.setup, case, theta: &theta, chance: &chance };
        let mut simulation = Simulation::begin(&inputs, log);
        for year in self.setup.years() {
            simulation
                .step(&inputs, year)
                .map_err(|source| self.broken(policy, replication, source))?;
            see(year, &simulation);
        }
        Ok(())
    }
}

/// Jobs in the city and in the district, and money raised.
fn totals(simulation: &Simulation) -> [i64; 3] {
    let [city, district] = simulation.stocks().jobs();
    [city, district, simulation.stocks().raised()]
}

/// Checks that the nets, sums over firms, are what the ledgers say of the whole.
fn check_nets(
    twins: &YearOfTwins,
    policy: [i64; 3],
    baseline: [i64; 3],
    year: u16,
) -> Result<(), WrongNet> {
    let nets = [
        ("jobs in the city", twins.jobs.net_city),
        ("jobs in the district", twins.jobs.net_district),
        ("KRW m raised in the city", twins.investment.net_city),
    ];
    for ((measure, net), (policy, baseline)) in
        nets.into_iter().zip(policy.into_iter().zip(baseline))
    {
        let ledgers = policy - baseline;
        if net != ledgers {
            return Err(WrongNet { year, measure, net, ledgers });
        }
    }
    Ok(())
}

impl Member {
    fn new(
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
        readers.extend(cash_readers(&policy.case.plan, &baseline.case.plan));
        let series = readers.iter().map(|reader| reader.series(scenario, setup)).collect();
        let layout = Layout { policy: policy.name.clone(), years: setup.years().collect(), series };
        let differs_from = differs_from(&policy, baseline, setup);
        Self { policy, layout, readers, accounts, differs_from, in_baseline: Vec::new() }
    }

    fn blank(&self) -> Vec<f64> {
        vec![0.0; self.layout.len()]
    }

    /// Reads every series of one year.
    fn read(
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
            first_rents: Area::ALL.map(|area| setup.district.areas[area.index()].rent),
            spot: Spot::City,
        };
        for (series, reader) in self.readers.iter().enumerate() {
            let place = series * years + index;
            values[place] = match *reader {
                Reader::Metric { metric, spot } => {
                    view.spot = spot;
                    let metric = &METRICS[metric];
                    let value = (metric.read)(&view);
                    if metric.kind == MetricKind::Cumulative {
                        value + cumulated(metric.name, spot, simulation, values, place, index)
                    } else {
                        value
                    }
                }
                Reader::Term { investment, term } => term.read(twins, investment, theta),
                Reader::Cash { item, payer } => view.book.cash(item, payer) as f64,
            };
        }
    }

    /// Copies the numbers of a year in which the policy is the baseline still.
    fn copy_past(&self, index: usize, theta: &Parameters, from: &[f64], to: &mut [f64]) {
        let years = self.layout.years.len();
        let twins = YearOfTwins::default();
        for (series, reader) in self.readers.iter().enumerate() {
            to[series * years + index] = match (*reader, self.in_baseline[series]) {
                (Reader::Term { investment, term }, _) => term.read(&twins, investment, theta),
                (_, Some(source)) => from[source * years + index],
                // What the baseline does not have is not there yet.
                (_, None) => 0.0,
            };
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
    if policy.overrides != baseline.overrides {
        return setup.first_year;
    }
    let (here, there) = (&policy.case.plan, &baseline.case.plan);
    let one_sided = served::slots(here) ^ served::slots(there);
    let differs = one_sided | served::changed(here, there) | policy.case.inert;
    here.levers()
        .chain(there.levers())
        .filter(|lever| differs >> lever.slot & 1 == 1)
        .map(|lever| lever.from.year)
        .min()
        .unwrap_or(setup.last_year + 1)
}

/// The facilities of a policy and the baseline, by number, and the programmes, by slot.
fn own_spots(setup: &Setup, policy: &Plan, baseline: &Plan) -> (Vec<Spot>, Vec<Spot>) {
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
fn metric_readers(setup: &Setup, policy: &Plan, baseline: &Plan) -> Vec<Reader> {
    let (facilities, programmes) = own_spots(setup, policy, baseline);
    let areas = Area::ALL.map(Spot::Area);
    let spots =
        [Spot::District, Spot::City].into_iter().chain(areas).chain(facilities).chain(programmes);
    let mut readers = Vec::new();
    for spot in spots {
        for (metric, spec) in METRICS.iter().enumerate() {
            if spec.places.include(kind(spot)) {
                readers.push(Reader::Metric { metric, spot });
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
        Spot::Area(area) => PlaceKind::Area(area),
        Spot::Facility(_) => PlaceKind::Facility,
        Spot::Programme(_) => PlaceKind::Programme,
    }
}

fn term_readers(accounts: Accounts, plan: &Plan) -> Vec<Reader> {
    let mut readers = Vec::new();
    for investment in [false, true] {
        for term in Term::ALL {
            let without = accounts == Accounts::NetsOnly && term.needs_served()
                || investment && term.of_jobs_only()
                || term.of_funds_only() && (!investment || plan.funds.is_empty());
            if !without {
                readers.push(Reader::Term { investment, term });
            }
        }
    }
    readers
}

/// Readers of the cash items that a policy or the baseline can book.
fn cash_readers(policy: &Plan, baseline: &Plan) -> Vec<Reader> {
    let mut payers: Vec<Payer> =
        policy.levers().chain(baseline.levers()).map(|lever| lever.payer).collect();
    // Taxes and value added have their own receivers.
    payers.extend([Payer::City, Payer::State, Payer::Private]);
    payers.sort_unstable();
    payers.dedup();
    let of_item = |&item: &CashItem| {
        let payers = payers.clone();
        payers.into_iter().map(move |payer| Reader::Cash { item, payer })
    };
    CashItem::ALL.iter().flat_map(of_item).collect()
}

impl Reader {
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
                    (false, true) => "KRW m",
                    (false, false) => "persons",
                },
                whole: !term.of_jobs_only(),
            },
            Self::Cash { item, payer } => Series {
                table: Table::Cash,
                name: item.name(),
                place: payer.name().to_owned(),
                unit: "KRW m/year",
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
        Spot::Area(area) => area.name().to_owned(),
        Spot::Facility(number) => lever(setup.facility_slots[usize::from(number)]),
        Spot::Programme(programme) => lever(programme),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::random::slice::dispatch;

    #[test]
    fn every_instruction_set_gives_the_same_histories() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
        let scenario = Scenario::load(&folder, &[], None).unwrap();
        let of = |name: &str| {
            StudyPolicy::of(scenario.policies.iter().find(|policy| policy.name == name).unwrap())
        };
        let study = Study::new(&scenario, vec![of("full-plan")], of("baseline"));
        let histories: Vec<Vec<Vec<u64>>> = dispatch::on_each(|| {
            let values = study.replicate(3, &mut Workspace::default()).unwrap();
            let bits = |series: Vec<f64>| series.into_iter().map(f64::to_bits).collect();
            values.into_iter().map(bits).collect()
        });
        assert!(histories[0].iter().all(|series| series.len() > 1_000));
        assert!(histories.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
