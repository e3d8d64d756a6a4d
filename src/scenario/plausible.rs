//! What a scenario says that is possible and hardly meant: a slip of a thousand, an area fuller than its
//! space. Warnings, never errors.

use crate::scenario::Distribution;
use crate::scenario::ParameterValue;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::district::AreaStart;
use crate::scenario::money::is_money;
use crate::scenario::parameter_spec::ParameterSpec;

/// Between these shares of the value added of a job, its labour cost is of the right order.
const WAGE: (f64, f64) = (0.1, 4.0);
/// The same for its sales.
const SALES: (f64, f64) = (0.2, 50.0);
/// The same for the rent of its floor space.
const RENT: (f64, f64) = (0.002, 1.0);
/// A lever that costs more in a year than so many times the value added of the city's firms of the first
/// day is hardly meant.
const OF_CITY: f64 = 1.0;
/// The same for what is built for it, land included.
const TO_BUILD: f64 = 3.0;
/// The same for what one firm or person gets, over the value added of a job.
const OF_JOB: f64 = 100.0;

/// An effect on utility or log odds, or on a logarithm, of more than this multiplies odds, or what it is on, by
/// 20 and is hardly meant.
const OF_EFFECT: f64 = 3.0;

/// So far from the middle of its range, as a share of half its width, the value of a normal or log-normal parameter
/// may lie: less comes of rounding.
const OFF_CENTRE: f64 = 0.1;

impl Scenario {
    /// What is possible and hardly meant, with the reason: a sentence each.
    #[must_use]
    pub fn implausible(&self) -> Vec<String> {
        let mut found = self.orders();
        found.extend(self.too_late());
        found.extend(self.too_strong());
        found.extend(self.off_centre());
        found.extend(self.district.areas.list().iter().filter_map(|area| self.too_full(area)));
        found.extend(self.called_as_the_city());
        let mut of_levers: Vec<String> = Vec::new();
        for lever in self.policies.iter().flat_map(|policy| &policy.written) {
            let new = self.too_costly(lever).filter(|new| !of_levers.contains(new));
            of_levers.extend(new);
        }
        found.extend(of_levers);
        found
    }

    /// Areas that tables and pictures show under the title of the city.
    fn called_as_the_city(&self) -> Vec<String> {
        let areas = self.district.areas.list();
        let is_so = |area: &&AreaStart| area.title_en == self.names.city_en;
        let told = |area: &AreaStart| {
            format!("the area {}: it has the title of the city, `{}`", area.name, area.title_en)
        };
        if areas.len() > 1 { areas.iter().filter(is_so).map(told).collect() } else { Vec::new() }
    }

    /// Years that lie after all that is simulated.
    fn too_late(&self) -> Vec<String> {
        let last = self.last_year;
        let late = |what: &str, year: u16| {
            (year > last).then(|| format!("`{what}`: it is after the last year, {last}"))
        };
        [late("base_year", self.base_year), late("vantage", self.vantage.year)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Effects of instruments that multiply what they are on by more than anything known does.
    fn too_strong(&self) -> Vec<String> {
        let of_instruments = self.register.iter().zip(&self.parameters);
        let strong = of_instruments.filter(|(spec, stated)| {
            spec.family.starts_with("effect_") && stated.value.abs() > OF_EFFECT
        });
        let told = |(spec, stated): (&ParameterSpec, &ParameterValue)| {
            format!(
                "`{}`: at {} it multiplies odds or rates by more than 20",
                spec.name, stated.value
            )
        };
        strong.map(told).collect()
    }

    /// Normal and log-normal parameters whose range lies to one side of their value: draws go by the value and the
    /// width of the range.
    fn off_centre(&self) -> Vec<String> {
        let off = |(spec, stated): (&ParameterSpec, &ParameterValue)| {
            let (value, low, high) = (stated.value, stated.low, stated.high);
            let (middle, (lower, upper), away) = match stated.distribution {
                Distribution::Normal => {
                    let half = (high - low) / 2.0;
                    (low + half, (value - half, value + half), (value - low - half) / half)
                }
                Distribution::LogNormal => {
                    let (middle, half) = ((low * high).sqrt(), (high / low).sqrt());
                    let away = libm::log(value / middle) / libm::log(half);
                    (middle, (value / half, value * half), away)
                }
                _ => return None,
            };
            let [lower, upper] = [lower, upper].map(|end| rounded(end.clamp(spec.min, spec.max)));
            (away.abs() > OFF_CENTRE).then(|| {
                format!(
                    "`{}`: {value} is not the middle of its range, {}; as a {} parameter it is drawn around its value, \
                     90 % of draws from {lower} to {upper}",
                    spec.name,
                    rounded(middle),
                    stated.distribution.name(),
                )
            })
        };
        self.register.iter().zip(&self.parameters).filter_map(off).collect()
    }

    /// The value of a parameter as it is stated.
    fn stated(&self, name: &str) -> f64 {
        self.register.position(name).map_or(0.0, |place| self.parameters[place].value)
    }

    /// The mean floor space of a startup's job `[m2/head]`.
    fn space_each(&self) -> f64 {
        let sectors = self.district.sectors.list();
        let name = |family: &str, sector: &str| format!("{family}_{}", sector.replace('-', "_"));
        let (mut left, mut mean) = (1.0, 0.0);
        for (place, sector) in sectors.iter().enumerate() {
            let is_last = place + 1 == sectors.len();
            let share =
                if is_last { left } else { self.stated(&name("sector_share", &sector.name)) };
            left -= share;
            mean += share * self.stated(&name("space", &sector.name));
        }
        mean
    }

    /// Amounts a job that are orders of magnitude off its value added.
    fn orders(&self) -> Vec<String> {
        let added = self.stated("value_added_per_job");
        if added <= 0.0 {
            return Vec::new();
        }
        let unit = self.money.account;
        let off = |amount: f64, (low, high): (f64, f64)| {
            amount > 0.0 && !(low..=high).contains(&(amount / added))
        };
        let against = |amount: f64| {
            // Without the digits of a product.
            let amount = (amount * 1e4).round() / 1e4;
            format!("{unit} {amount} a year, of a job that adds {unit} {added} of value")
        };
        let mut found = Vec::new();
        for (name, range) in [("wage", WAGE), ("wage_specialist", WAGE), ("sales_per_head", SALES)]
        {
            let amount = self.stated(name);
            if off(amount, range) {
                found.push(format!("`{name}`: it is {}", against(amount)));
            }
        }
        let space = self.space_each();
        for area in self.district.areas.list().iter().filter(|area| area.area.in_district()) {
            let rent = area.rent * space;
            if off(rent, RENT) {
                let name = &area.name;
                found.push(format!(
                    "`rent` of the area {name}: the space of a job costs {}",
                    against(rent)
                ));
            }
        }
        found
    }

    /// An area whose firms of the first day use more than other users leave them.
    fn too_full(&self, area: &AreaStart) -> Option<String> {
        let space = f64::from(area.floor_space?);
        let startups = self.district.startups.iter().filter(|group| group.area == area.area);
        let heads: f64 = startups.map(|it| f64::from(it.count) * it.headcount_mean).sum();
        let institutes = self.district.institutes.iter().filter(|group| group.area == area.area);
        let researchers: f64 = institutes.map(|it| f64::from(it.count) * it.headcount_mean).sum();
        let used = heads * self.space_each() + researchers * self.stated("space_institute");
        let others = (1.0 - area.sector_share) * self.stated("natural_occupancy") * space;
        (used + others > space).then(|| {
            format!(
                "the area {}: on the first day its firms need {used:.0} m2 and other users hold {others:.0} of \
                 its {space:.0}",
                area.name
            )
        })
    }

    /// What the city's firms of the first day add in a year `[account units/year]`.
    fn value_added_at_start(&self) -> f64 {
        let district = &self.district;
        let startups = district.startups.iter().map(|it| f64::from(it.count) * it.headcount_mean);
        let institutes =
            district.institutes.iter().map(|it| f64::from(it.count) * it.headcount_mean);
        let laboratories = district.laboratories.iter().map(|it| f64::from(it.headcount));
        let jobs: f64 = startups.chain(institutes).chain(laboratories).sum();
        jobs * self.stated("value_added_per_job")
    }

    /// A lever one of whose amounts is beyond what the city, or a job, adds.
    fn too_costly(&self, lever: &WrittenLever) -> Option<String> {
        let (city, job) = (self.value_added_at_start(), self.stated("value_added_per_job"));
        if city <= 0.0 || job <= 0.0 {
            return None;
        }
        let beyond = |setting: &&crate::scenario::WrittenSetting| {
            let amount: f64 = setting.value.parse().unwrap_or(0.0);
            let most = match (setting.name, setting.unit) {
                ("construction" | "land", _) => TO_BUILD * city,
                ("budget" | "operation" | "administration" | "loan_cost" | "yearly", _) => {
                    OF_CITY * city
                }
                _ => OF_JOB * job,
            };
            is_money(setting.unit) && amount > most
        };
        let setting = lever.settings.iter().find(beyond)?;
        let unit = self.money.account;
        Some(format!(
            "{}: `{}` is {unit} {}; all firms of the first day add {unit} {city:.0} of value a year, a job {unit} \
             {job:.0}",
            lever.name, setting.name, setting.value
        ))
    }
}
/// A number with four digits that count.
fn rounded(number: f64) -> f64 {
    let digits = 3.0 - libm::floor(libm::log10(number.abs()));
    let one = libm::pow(10.0, digits);
    if one.is_finite() && one > 0.0 { (number * one).round() / one } else { number }
}
