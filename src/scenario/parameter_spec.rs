//! What a row of the register of parameters says: of one parameter, or of a family of one an area or
//! sector.

use std::borrow::Cow;
use std::iter::Peekable;
use std::iter::Zip;
use std::slice;

use crate::scenario::money::Money;
use crate::scenario::money::is_money;
use crate::time::Phase;

/// What is known of a parameter before any scenario gives it a value.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterSpec {
    /// The key in `parameters.toml` and in `--set`.
    pub name: Cow<'static, str>,
    /// The unit of the value.
    pub unit: &'static str,
    /// The least value that makes sense.
    pub min: f64,
    /// The greatest value that makes sense.
    pub max: f64,
    /// The phase of the year in which it acts.
    pub acts_in: Phase,
    /// Through what it acts.
    pub acts: Acts,
    /// What it means, in English.
    pub meaning_en: Cow<'static, str>,
    /// What it means, in Korean.
    pub meaning_ko: Cow<'static, str>,
    /// The name of its row: its own, or that of its family.
    pub family: &'static str,
    /// Its place in its family; 0 where it is none.
    member: usize,
    /// Whether a scenario may leave it out of `parameters.toml`: it then has the value that is nothing.
    pub may_lack: bool,
}

/// Whose a row of the register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Each {
    /// One parameter.
    One,
    /// One an area, but the area of reference, whose value is 0.
    Area,
    /// One a sector.
    Sector,
    /// One a sector but the first by number, which has factor 1.
    LaterSector,
    /// One a sector but the last by number, which has what is left of 1.
    EarlierSector,
    /// One a sector; whoever leaves it out has 0.
    SectorIfStated,
    /// One an instrument that has such an effect.
    Instrument,
}

/// A row of the register: a parameter, or a family of them.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) each: Each,
    pub(super) unit: &'static str,
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) acts_in: Phase,
    pub(super) acts: Acts,
    /// `{}` stands for the title of the area or sector.
    pub(super) meaning_en: &'static str,
    pub(super) meaning_ko: &'static str,
}

/// Areas and sectors of a scenario, in the order of their numbers: whose the members of families are.
#[derive(Clone, Debug, Default)]
pub struct Members {
    /// The areas but the area of reference.
    pub areas: Vec<Member>,
    /// The sectors.
    pub sectors: Vec<Member>,
    /// The instruments of all policies.
    pub instruments: Vec<Member>,
}

/// An area, a sector or an instrument as a member of families.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its place in arrays by area or sector.
    pub index: usize,
    /// Its name in files.
    pub name: String,
    /// Its title, English.
    pub title_en: String,
    /// Its title, Korean.
    pub title_ko: String,
}

impl Row {
    /// The parameters of a row.
    pub(super) fn specs(&self, members: &Members) -> Vec<ParameterSpec> {
        let (areas, sectors) = (members.areas.as_slice(), members.sectors.as_slice());
        let of = match self.each {
            Each::One => return vec![self.spec(None)],
            Each::Area => areas,
            Each::Sector | Each::SectorIfStated => sectors,
            Each::LaterSector => sectors.split_first().map_or(sectors, |(_, rest)| rest),
            Each::EarlierSector => sectors.split_last().map_or(sectors, |(_, rest)| rest),
            Each::Instrument => members.instruments.as_slice(),
        };
        of.iter().map(|member| self.spec(Some(member))).collect()
    }

    pub(super) fn spec(&self, member: Option<&Member>) -> ParameterSpec {
        let (name, meaning_en, meaning_ko) = match member {
            None => (self.name.into(), self.meaning_en.into(), self.meaning_ko.into()),
            Some(member) => (
                format!("{}_{}", self.name, member.name.replace('-', "_")).into(),
                self.meaning_en.replace("{}", &member.title_en).into(),
                self.meaning_ko.replace("{}", &member.title_ko).into(),
            ),
        };
        ParameterSpec {
            name,
            unit: self.unit,
            min: self.min,
            max: self.max,
            acts_in: self.acts_in,
            acts: self.acts,
            meaning_en,
            meaning_ko,
            family: self.name,
            member: member.map_or(0, |member| member.index),
            may_lack: matches!(self.each, Each::SectorIfStated | Each::Instrument),
        }
    }
}

impl ParameterSpec {
    /// The same with bounds in the unit of accounts, where its value is money.
    pub(super) fn in_money(mut self, money: Option<&Money>) -> Self {
        if let Some(money) = money.filter(|_| is_money(self.unit)) {
            (self.min, self.max) = money.bounds(self.min, self.max);
        }
        self
    }
}

/// Through what a parameter acts: which results it can move at all, and under which policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acts {
    /// It can move jobs, firms or investment whatever the policy.
    Always,
    /// It acts only through kinds of lever that name it in their [`LeverSpec::parameters`]: where
    /// neither the policy nor the baseline has one, it moves nothing.
    ///
    /// [`LeverSpec::parameters`]: crate::policy::lever::LeverSpec::parameters
    WithLevers,
    /// It enters only sales, money and the terms of additionality: it never moves jobs, firms or
    /// investment.
    InAccounts,
}

impl Acts {
    /// What that means, in English.
    #[must_use]
    pub const fn meaning_en(self) -> &'static str {
        match self {
            Self::Always => "under every policy",
            Self::WithLevers => "only through the levers that name it",
            Self::InAccounts => "only in accounts: it never moves jobs, firms or investment",
        }
    }
}

/// The values of a row, in the order of the register: of a parameter one, of a family one by member.
pub(super) trait Values: Sized {
    fn take(row: &str, nothing: f64, values: &mut Peekable<Drawn<'_>>) -> Option<Self>;
}

pub(super) type Drawn<'v> = Zip<slice::Iter<'v, ParameterSpec>, slice::Iter<'v, f64>>;

impl Values for f64 {
    fn take(_: &str, _: Self, values: &mut Peekable<Drawn<'_>>) -> Option<Self> {
        values.next().map(|(_, &value)| value)
    }
}

impl<const N: usize> Values for [f64; N] {
    fn take(row: &str, nothing: f64, values: &mut Peekable<Drawn<'_>>) -> Option<Self> {
        let mut all = [nothing; N];
        while let Some((spec, &value)) = values.next_if(|(spec, _)| spec.family == row) {
            *all.get_mut(spec.member)? = value;
        }
        Some(all)
    }
}
