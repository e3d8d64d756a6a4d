//! A small scenario at random, as text in the format that users write: levers of every kind with
//! settings taken from the register, so that a new kind or setting is tried without a change here.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use yangjae::policy::lever::COMMON;
use yangjae::policy::levers::LeverKind;
use yangjae::policy::payer::Tax;
use yangjae::policy::setting::Setting;
use yangjae::policy::setting::SettingKind;
use yangjae::scenario::money::Money;
use yangjae::scenario::money::MoneyUnit;
use yangjae::scenario::money::is_money;
use yangjae::scenario::parameter::Register;
use yangjae::scenario::parameter_spec::Member;
use yangjae::scenario::parameter_spec::Members;
use yangjae::scenario::parameter_spec::ParameterSpec;

/// The areas that every scenario has; some have more.
const AREAS: [&str; 3] = ["special-zone", "promotion-district", "elsewhere"];

/// What a scenario is made of; each part shrinks by itself.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    /// Simulated years, from 2018.
    pub(super) years: u16,
    /// Startups, institutes and laboratories by area at the start.
    pub(super) stocks: [[u8; 3]; 3],
    /// Floor space by area `[m2]`; `None` has no limit.
    pub(super) space: [Option<u16>; 3],
    /// Areas beyond those three, and sectors.
    pub(super) more: (u8, u8),
    /// Seekers at the start.
    pub(super) pool: u8,
    /// Founders and specialists who come in a year.
    pub(super) arrivals: (u8, u8),
    /// Parameters that are set, by number, and how.
    pub(super) set: Vec<(usize, u8)>,
    /// Whether the other parameters vary.
    pub(super) vary: bool,
    /// The levers.
    pub(super) levers: Vec<LeverRecipe>,
    /// Which replication is simulated.
    pub(super) replication: u16,
}

/// One lever.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeverRecipe {
    kind: usize,
    /// What its settings are drawn from.
    seed: u16,
    /// In the policy (1), the baseline (2), both (3), or both with other settings (4).
    place: u8,
}

/// All recipes.
pub(super) fn recipes() -> impl Strategy<Value = Recipe> {
    let lever = (0..LeverKind::ALL.len(), any::<u16>(), 1..=4u8)
        .prop_map(|(kind, seed, place)| LeverRecipe { kind, seed, place });
    let count = |most: u8| proptest::prop_oneof![1 => 0..1u8, 3 => 0..most];
    let stocks = [
        [count(25), count(12), count(25)],
        [count(4), count(3), count(4)],
        [count(2), count(2), count(2)],
    ];
    let space = || proptest::prop_oneof![1 => 0..1u16, 4 => 200..9000u16].prop_map(Some);
    let unlimited = || proptest::prop_oneof![2 => space(), 1 => proptest::strategy::Just(None)];
    let start = (stocks, [unlimited(), unlimited(), unlimited()], count(60));
    let arrivals = (count(14), count(30));
    let more = proptest::prop_oneof![
        3 => (0..1u8, 1..4u8),
        1 => (0..10u8, 1..13u8),
    ];
    let set = vec((0..400_usize, any::<u8>()), 0..12);
    let rest = (any::<bool>(), vec(lever, 0..12), any::<u16>());
    (1..=7u16, start, more, (arrivals, set), rest).prop_map(
        |(years, (stocks, space, pool), more, (arrivals, set), (vary, levers, replication))| {
            Recipe { years, stocks, space, more, pool, arrivals, set, vary, levers, replication }
        },
    )
}

/// Numbers drawn one after the other from a seed: settings need no better.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % sides
    }
}

impl Recipe {
    /// `scenario.toml`.
    pub(super) fn scenario(&self) -> String {
        format!(
            "format = 2\ntitle = \"Random\"\nquestion = \"Do the accounts close?\"\nfirst_year = 2018\n\
             last_year = {}\nvantage = 2019-12-31\nbase_year = 2021\nseed = 5\nreplications = 1\n\
             parameters_vary = {}\nbaseline = \"baseline\"\nappraisal = \"eu\"\n\
             money = {{ account = \"{account}\", display = \"{account}\" }}\n\
             names = {{ city = \"City\", district = \"District\" }}\n{}",
            2017 + self.years,
            self.vary,
            self.payer_lines(),
            account = self.account(),
        )
    }

    /// The unit of accounts: those of currencies of which a unit is worth more or less than a million won, or nobody
    /// knows what.
    fn account(&self) -> &'static str {
        ["KRW m", "EUR k", "JPY k", "INR m", "XPF k"][usize::from(self.pool) % 5]
    }

    fn money(&self) -> Money {
        let account = MoneyUnit::named(self.account()).unwrap();
        Money { account, display: account }
    }

    /// How many payers there are; the last is private.
    fn payers(&self) -> usize {
        2 + usize::from(self.replication % 7)
    }

    /// The payers of `scenario.toml`: taxes go to public ones by turns.
    fn payer_lines(&self) -> String {
        let (public, mut text) = (self.payers() - 1, String::new());
        for payer in 1..=public {
            let own = Tax::ALL.into_iter().enumerate().filter(|(tax, _)| tax % public + 1 == payer);
            let own: Vec<String> = own.map(|(_, tax)| format!("\"{}\"", tax.name())).collect();
            let receives = if own.is_empty() {
                String::new()
            } else {
                format!(", receives = [{}]", own.join(", "))
            };
            let _ = writeln!(
                text,
                "payers.payer-{payer} = {{ title = \"Payer {payer}\", public = true{receives} }}"
            );
        }
        let last = public + 1;
        text + &format!("payers.payer-{last} = {{ title = \"Private\", public = false }}\n")
    }

    /// The names of all areas, in the order of their numbers.
    fn areas(&self) -> Vec<String> {
        let more = (1..=self.more.0).map(|number| format!("more-{number}"));
        AREAS.into_iter().map(str::to_owned).chain(more).collect()
    }

    /// The names of the sectors, in the order of their numbers.
    fn sectors(&self) -> Vec<String> {
        (1..=self.more.1).map(|number| format!("s{number}")).collect()
    }

    /// The names of the instruments, in order.
    fn instruments(&self) -> Vec<String> {
        let levers = self.levers.iter().enumerate();
        let of_kind = levers.filter(|(_, lever)| kind(lever) == LeverKind::Instrument);
        let mut names: Vec<String> = of_kind.map(|(index, lever)| name(index, lever)).collect();
        names.sort();
        names
    }

    /// Which parameters the scenario has; half of the time sectors grow differently.
    fn register(&self) -> Register {
        let member = |(index, name): (usize, String)| Member {
            index,
            title_en: name.clone(),
            title_ko: name.clone(),
            name,
        };
        let areas = self.areas().into_iter().enumerate().filter(|(_, name)| name != AREAS[2]);
        let sectors = self.sectors().into_iter().enumerate();
        let members = Members {
            areas: areas.map(member).collect(),
            sectors: sectors.map(member).collect(),
            instruments: self.instruments().into_iter().enumerate().map(member).collect(),
        };
        let stated = |name: &str| name.starts_with("effect_") || self.pool.is_multiple_of(2);
        Register::of(&members, Some(&self.money()), stated)
    }

    /// `parameters.toml`: of each parameter what stands in this text, and of families values of their
    /// own.
    pub(super) fn parameters(&self, text: &str) -> String {
        let of = |spec: &ParameterSpec| {
            let written = text.lines().find(|line| {
                line.strip_prefix(spec.name.as_ref()).is_some_and(|rest| rest.starts_with(" ="))
            });
            let value = match spec.family {
                "sector_share" => 1.0 / f64::from(self.more.1),
                "specialist_share" => 0.25,
                "space" => 18.0,
                "growth" => 0.02,
                "exit" => 1.3,
                "effect_growth" => 0.1,
                family if family.starts_with("effect_") => 0.4,
                _ => -2.0,
            };
            written.map_or_else(
                || {
                    format!(
                        "{} = {{ value = {value:?}, unit = \"{}\", range = [{value:?}, {value:?}], \
                         distribution = \"fixed\", evidence = \"judgement\", source = \"random\" }}\n",
                        spec.name, spec.unit
                    )
                },
                |line| format!("{}\n", line.replace("KRW m", self.account())),
            )
        };
        self.register().iter().map(of).collect()
    }

    /// `district.toml`.
    pub(super) fn district(&self) -> String {
        let mut text = format!("pool = {}\n", self.pool);
        for (number, sector) in (1..).zip(self.sectors()) {
            let _ = write!(text, "[sectors.{sector}]\nnumber = {number}\ntitle = \"{sector}\"\n");
        }
        for (number, area) in (4..).zip(self.areas().into_iter().skip(3)) {
            // Some belong to the district, some are full, some have neighbours.
            let (district, space) = match number % 3 {
                0 => (true, "3000"),
                1 => (false, "\"unlimited\""),
                _ => (true, "\"unlimited\""),
            };
            let _ = write!(
                text,
                "[areas.{area}]\nnumber = {number}\ndistrict = {district}\ntitle = \"{area}\"\n\
                 land = 1.0\nfloor_space = {space}\nsector_share = 0.3\nrent = 0.3\n\
                 neighbours = {{ elsewhere = 0.2, special-zone = 0.5 }}\n"
            );
        }
        let rents = ["0.30", "0.28", "0.35"];
        for (number, ((area, space), rent)) in (1..).zip(AREAS.iter().zip(self.space).zip(rents)) {
            let district = number < 3;
            // Nobody works where there is no room.
            let people = self.stocks[..2].iter().any(|counts| counts[number - 1] > 0);
            let space = space.map(|space| if people { space.max(200) } else { space });
            let space = space.map_or("\"unlimited\"".to_owned(), |space| space.to_string());
            let _ = write!(
                text,
                "[areas.{area}]\nnumber = {number}\ndistrict = {district}\ntitle = \"{area}\"\n\
                 land = 1.0\nfloor_space = {space}\nsector_share = 0.4\nrent = {rent}\n"
            );
            if number < 3 {
                let _ = writeln!(text, "neighbours = {{ {} = 1 }}", AREAS[2 - number]);
            } else {
                text.push_str("reference = true\n");
            }
        }
        text.push_str(
            "[regimes]\nspecial-zone = 1\npromotion-district = 2\n\
             [[synergies]]\nareas = [\"special-zone\", \"promotion-district\"]\n\
             regimes = [\"special-zone\", \"promotion-district\"]\n",
        );
        let [startups, institutes, laboratories] = self.stocks;
        for (area, count) in AREAS.iter().zip(startups) {
            let _ = write!(
                text,
                "[[startups]]\narea = \"{area}\"\ncount = {count}\nage_minimum = 0\n\
                 age_maximum = 7\nheadcount_mean = 8\nheadcount_spread = 0.9\n"
            );
        }
        for area in self.areas().iter().skip(3) {
            let _ = write!(
                text,
                "[[startups]]\narea = \"{area}\"\ncount = 3\nage_minimum = 0\n\
                 age_maximum = 4\nheadcount_mean = 6\nheadcount_spread = 0.7\n"
            );
        }
        for (area, count) in AREAS.iter().zip(institutes) {
            let _ = write!(
                text,
                "[[institutes]]\narea = \"{area}\"\ncount = {count}\nheadcount_mean = 15\n\
                 headcount_spread = 0.8\n"
            );
        }
        for (area, count) in AREAS.iter().zip(laboratories) {
            if count > 0 {
                let _ = write!(
                    text,
                    "[[laboratories]]\nname = \"{area}\"\narea = \"{area}\"\nheadcount = {count}0\n"
                );
            }
        }
        text
    }

    /// What `--set` would say; rates of arrival are small, so that scenarios are.
    pub(super) fn settings(&self) -> Vec<(String, String)> {
        let (founders, specialists) = self.arrivals;
        let mut set = vec![
            ("founder_rate".to_owned(), founders.to_string()),
            ("pool_inflow".to_owned(), specialists.to_string()),
            ("institute_rate".to_owned(), (founders % 3).to_string()),
            // Half of the time everybody knows of every facility, so that places are fought for.
            ("facility_awareness".to_owned(), if founders % 2 == 0 { "0.2" } else { "1.0" }.into()),
            // Hardly any, the usual and a great many failures.
            ("exit_age_2".to_owned(), ["0.1", "0.02", "0.8"][usize::from(founders % 3)].into()),
        ];
        let register = self.register();
        for &(index, how) in &self.set {
            let spec = &register[index % register.len()];
            let large = spec.max > 1000.0 || spec.name.starts_with("team");
            // Tied to another parameter, or explosive.
            let tied = ["building_lag", "sector_share", "quit_rate", "discount_rate"];
            let tied = tied.iter().any(|start| spec.name.starts_with(start));
            let explosive = ["founder_growth", "pool_inflow_growth"].contains(&spec.name.as_ref());
            if large || tied || explosive || set.iter().any(|(name, _)| *name == spec.name) {
                continue;
            }
            // A third of the time an end of what the register allows, else somewhere between.
            let value = match how % 6 {
                0 => spec.min,
                1 => spec.max.min(20.0),
                _ => spec.min + (spec.max.min(20.0) - spec.min) * f64::from(how) / 255.0,
            };
            set.push((spec.name.to_string(), format!("{value:?}")));
        }
        set
    }

    /// The policies: the baseline, one against it, and one that differs in a parameter as well.
    pub(super) fn policies(&self) -> [(&'static str, String); 3] {
        let head = |title: &str| format!("title = \"{title}\"\ndescription = \"Random\"\n");
        let baseline = head("B") + &self.levers_of(false);
        let policy = head("P") + &self.levers_of(true);
        let other = "title = \"O\"\ndescription = \"Random\"\nextends = \"policy\"\n\
                     [parameters]\nrent_sensitivity = { times = 0.9, from = 2021-01-01 }\n";
        [("baseline", baseline), ("policy", policy), ("other", other.to_owned())]
    }

    /// The levers of the policy, or of the baseline.
    fn levers_of(&self, policy: bool) -> String {
        let present = |lever: &LeverRecipe| lever.place >= 3 || (lever.place == 1) == policy;
        let levers = || self.levers.iter().enumerate().filter(|(_, lever)| present(lever));
        let facilities: Vec<String> = levers()
            .filter(|(_, lever)| kind(lever) == LeverKind::Facility)
            .map(|(index, lever)| name(index, lever))
            .collect();
        let mut designated: Vec<String> = Vec::new();
        let mut text = String::new();
        for (index, lever) in levers() {
            let other = u64::from(policy && lever.place == 4);
            let mut dice = Dice(u64::from(lever.seed) * 2 + other);
            dice.roll(2);
            let settings = match kind(lever) {
                LeverKind::Instrument => self.instrument(&facilities, &mut dice),
                kind => self.lever(kind, &facilities, &mut dice),
            };
            let line =
                |key: &str| settings.lines().find(|line| line.starts_with(key)).unwrap_or("");
            // Two designations of one law cannot be in force in one area.
            let law = format!("{} {}", line("area ="), line("regime ="));
            if kind(lever) == LeverKind::Designation {
                if designated.contains(&law) {
                    continue;
                }
                designated.push(law);
            }
            let _ = write!(text, "[levers.{}]\n{settings}", name(index, lever));
        }
        text
    }

    /// The settings of a lever.
    fn lever(&self, kind: LeverKind, facilities: &[String], dice: &mut Dice) -> String {
        let from = self.date(dice, 2016);
        let mut text = format!("kind = \"{}\"\nfrom = {from}\n", kind.spec().name);
        let mut until: Option<String> = None;
        // What homes and institutes bring stays, so that they have no end.
        let stays = matches!(kind, LeverKind::Homes | LeverKind::Institutes);
        let left_out = if stays { &["kind", "from", "until"][..] } else { &["kind", "from"] };
        let rest = COMMON.iter().filter(|setting| !left_out.contains(&setting.name));
        for setting in rest.chain(kind.spec().settings) {
            let needed = setting.required || setting.name == "recruitment_days";
            if needed || dice.roll(3) == 0 {
                let mut value = self.value(setting, &from, facilities, dice);
                // What ends before it begins is refused.
                match setting.name {
                    "until" => until = Some(value.clone()),
                    "opening" | "decision" => {
                        value =
                            until.as_ref().map_or(value.clone(), |until| value.min(until.clone()));
                    }
                    _ => {}
                }
                let _ = writeln!(text, "{} = {value}", setting.name);
            }
        }
        text
    }

    /// The settings of an instrument, which bind each other.
    fn instrument(&self, facilities: &[String], dice: &mut Dice) -> String {
        let pick =
            |dice: &mut Dice, of: &[&str]| of[dice.roll(of.len() as u64) as usize].to_owned();
        let from = self.date(dice, 2016);
        let population = pick(dice, &["startups", "startups", "area", "founders"]);
        let area = pick(dice, &["\"district\"", "\"city\"", "[\"elsewhere\", \"special-zone\"]"]);
        let payer = format!("payer-{}", 1 + dice.roll(self.payers() as u64));
        let mut text = format!(
            "kind = \"instrument\"\nfrom = {from}\npayer = \"{payer}\"\nsource = \"random\"\n\
             population = \"{population}\"\nareas = {area}\nyearly = {}\n",
            dice.roll(500)
        );
        if dice.roll(2) == 0 {
            let _ = writeln!(text, "until = {}-12-31", 2020 + u64::from(self.years));
        }
        let moves_in = population == "area" && dice.roll(2) == 0;
        let may = |text: &mut String, dice: &mut Dice, setting: String| {
            if dice.roll(3) == 0 {
                let _ = writeln!(text, "{setting}");
            }
        };
        if !moves_in {
            may(&mut text, dice, "sectors = [\"s1\"]".to_owned());
        }
        if population != "founders" && !moves_in {
            may(&mut text, dice, "oldest = 6".to_owned());
            may(&mut text, dice, "smallest = 4\nlargest = 30".to_owned());
            may(&mut text, dice, "stages = [\"seed\", \"a\"]".to_owned());
            if let Some(facility) = facilities.first() {
                let which = pick(dice, &["tenants", "alumni"]);
                may(&mut text, dice, format!("{which} = \"{facility}\""));
            }
        }
        match population.as_str() {
            "founders" => text.push_str("effects = [{ on = \"founding\" }]\n"),
            "area" if moves_in => text.push_str("effects = [{ on = \"moving_in\" }]\n"),
            "area" => {
                let on = pick(dice, &["growth", "exit", "round", "quits", "hiring"]);
                let _ = writeln!(text, "effects = [{{ on = \"{on}\" }}]");
            }
            _ => {
                let given = pick(
                    dice,
                    &["each = 40", "wage_share = 0.1", "rent_share = 0.2", "round_share = 0.1"],
                );
                let many = pick(dice, &["reach = 0.5", "reach = 0", "number = 5", "budget = 300"]);
                let given = if many.starts_with("budget") { "each = 40".to_owned() } else { given };
                let selection = pick(dice, &["lot", "order", "merit"]);
                let per = if dice.roll(2) == 0 { ", per = 2, saturation = 1.5" } else { "" };
                let _ = writeln!(
                    text,
                    "{given}\n{many}\nselection = \"{selection}\"\npause = {}\neffects = [{{ on = \
                     \"growth\", after = {}, lasts = 2, fades = {}{per} }}, {{ on = \"exit\", lasts = 3 }}, \
                     {{ on = \"{}\" }}]",
                    dice.roll(3),
                    dice.roll(3),
                    dice.roll(3),
                    pick(dice, &["round", "quits", "hiring"]),
                );
            }
        }
        text
    }

    /// A date not before that of the lever's first day, in the scenario's years or about them.
    fn date(&self, dice: &mut Dice, first: u16) -> String {
        let years = u64::from(2020 + self.years - first);
        let (year, month) = (u64::from(first) + dice.roll(years), 1 + dice.roll(12));
        format!("{year}-{month:02}-{:02}", 1 + dice.roll(28))
    }

    fn value(
        &self,
        setting: &Setting,
        from: &str,
        facilities: &[String],
        dice: &mut Dice,
    ) -> String {
        // A fifth of all sizes is none at all.
        let none = dice.roll(5) == 0;
        let most = match setting.name {
            "floor_space" => 3000,
            "intake" | "units" => 25,
            "room" => 30,
            _ => 6,
        };
        match setting.kind {
            SettingKind::Number { min, max } => {
                let high = match setting.unit {
                    unit if is_money(unit) => self.money().bounds(min, max).1.min(3000.0),
                    "persons" => 40.0,
                    _ => max.min(3.0),
                };
                let share = if none { 0.0 } else { dice.roll(1001) as f64 / 1000.0 };
                format!("{:?}", min + (high - min) * share)
            }
            SettingKind::Count { max } => {
                let count = if none { 0 } else { dice.roll(most + 1) };
                count.min(u64::from(max)).to_string()
            }
            SettingKind::Date => {
                let year = from.split('-').next().and_then(|year| year.parse().ok());
                let date = self.date(dice, year.unwrap_or(2018));
                // Dates as text order as dates do.
                if date.as_str() < from { from.to_owned() } else { date }
            }
            SettingKind::Flag => (dice.roll(2) == 0).to_string(),
            SettingKind::Payer => {
                let payers = self.payers();
                format!("\"payer-{}\"", 1 + dice.roll(payers as u64))
            }
            SettingKind::Choice(words) => {
                format!("\"{}\"", words[dice.roll(words.len() as u64) as usize])
            }
            SettingKind::Choices(words) => {
                format!("[\"{}\"]", words[dice.roll(words.len() as u64) as usize])
            }
            SettingKind::Regime => {
                let regimes = ["special-zone", "promotion-district"];
                format!("\"{}\"", regimes[dice.roll(regimes.len() as u64) as usize])
            }
            SettingKind::Sectors => {
                let sectors = self.sectors();
                format!("[\"{}\"]", sectors[dice.roll(sectors.len() as u64) as usize])
            }
            SettingKind::Area => {
                let areas = self.areas();
                format!("\"{}\"", areas[dice.roll(areas.len() as u64) as usize])
            }
            SettingKind::Scope => {
                let place = dice.roll(facilities.len() as u64 + 1) as usize;
                format!("\"{}\"", facilities.get(place).map_or("district", String::as_str))
            }
            SettingKind::Schedule { .. } => {
                let (first, second) = (dice.roll(most + 1), dice.roll(most + 1));
                let first = if none { 0 } else { first };
                let (year, day) = from.split_at(4);
                let later = year.parse::<u16>().unwrap_or(2018) + 1 + (first % 2) as u16;
                format!(
                    "[{{ from = {from}, value = {first} }}, {{ from = {later}{day}, value = {second} }}]"
                )
            }
            SettingKind::Days => format!("[{}, {}]", 1 + dice.roll(180), 200 + dice.roll(166)),
            SettingKind::Text => "\"random\"".to_owned(),
            SettingKind::Areas | SettingKind::Effects => unreachable!("only instruments have them"),
        }
    }
}

fn name(index: usize, lever: &LeverRecipe) -> String {
    format!("l{index}-{}", kind(lever).spec().name)
}

fn kind(lever: &LeverRecipe) -> LeverKind {
    LeverKind::ALL[lever.kind]
}
