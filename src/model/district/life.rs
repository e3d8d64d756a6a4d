//! The life of a firm: it is founded, moves, has a place, is supported, raises money, fails or is sold.

use crate::model::classes::Start;
use crate::model::district::District;
use crate::model::district::Gone;
use crate::model::district::STAGE_LATER;
use crate::model::district::Use;
use crate::model::district::World;
use crate::model::district::firms::Firm;
use crate::model::district::note::FirmNote;
use crate::model::district::note::Loss;
use crate::model::district::note::Round;
use crate::model::district::note::Tenancy;
use crate::model::district::packed::Status;
use crate::model::ledger::Tally;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::policy::area::Area;
use crate::policy::area::MOST_AREAS;
use crate::policy::sector::Sector;
use crate::policy::slot::LeverSlot;

impl World {
    /// Notes something about a firm that changes no stock.
    pub fn note(&mut self, population: Population, row: usize, note: &FirmNote) {
        self.record_firm(population, row, note);
    }

    /// A firm is founded or opens; returns its row, which holds until the intake is closed.
    pub fn found(&mut self, population: Population, firm: &Firm, day: u16) -> usize {
        let firms = self.firms_mut(population);
        firms.push(firm);
        let row = firms.len() - 1;
        let headcount = firm.specialists + firm.others;
        firms.tags[row].set_start(Start::new(headcount, firm.area.in_district()));
        let headcount = i64::from(headcount);
        self.district.city.people.add(population, firm.area, headcount, firm.specialists.into());
        let cause = firm.id.origin().name();
        self.record_firm(
            population,
            row,
            &FirmNote {
                amount: headcount,
                specialists: i64::from(firm.specialists),
                ..FirmNote::new(EventKind::Founded, day, cause)
            },
        );
        row
    }

    /// Startups are founded, where no event is kept: [`Self::found`] of each, in their order.
    pub fn found_all(
        &mut self,
        founded: impl ExactSizeIterator<Item = Firm> + Clone,
        areas: &[Area],
    ) {
        debug_assert!(self.ledger.keeps_sums_only());
        let firms = &mut self.district.startups;
        let first = firms.len();
        firms.extend(founded);
        let mut sums = [Tally::default(); MOST_AREAS];
        for (tags, staff) in firms.tags[first..].iter_mut().zip(&firms.staff[first..]) {
            tags.set_start(Start::new(staff.headcount(), tags.area().in_district()));
            sums[tags.area().index()].add_some(1, staff.headcount(), staff.specialists);
        }
        let population = Population::Startups;
        for &area in areas {
            let sums = sums[area.index()];
            self.district.city.people.add(population, area, sums.amount, sums.specialists);
            self.ledger.record_sums(population, EventKind::Founded, area.place(), sums);
        }
    }

    /// Sets the size class at the start of all firms to that of their headcount now.
    pub fn size_up(&mut self) {
        for population in [Population::Startups, Population::Institutes] {
            let firms = self.firms_mut(population);
            for (tags, staff) in firms.tags.iter_mut().zip(&firms.staff) {
                tags.set_start(Start::new(staff.headcount(), tags.start().in_district()));
            }
        }
    }

    /// Closes the intake: firms founded since `first` rows are put into the order of their names.
    pub fn close_intake(&mut self, first: [usize; 2]) {
        self.district.startups.sort_from(first[0], &mut self.order);
        self.district.institutes.sort_from(first[1], &mut self.order);
    }

    /// A firm moves to another area.
    pub fn relocate(
        &mut self,
        population: Population,
        row: usize,
        to: Area,
        day: u16,
        lever: LeverSlot,
        cause: &'static str,
    ) {
        let firms = self.district.firms(population);
        let amount = i64::from(firms.headcount(row));
        let specialists = i64::from(firms.staff()[row].specialists);
        let from = firms.tags()[row].area();
        self.district.city.people.add(population, from, -amount, -specialists);
        self.district.city.people.add(population, to, amount, specialists);
        let out = FirmNote {
            kind: EventKind::MovedOut,
            day,
            amount,
            specialists: -specialists,
            lever,
            cause,
        };
        self.record_firm(population, row, &out);
        self.firms_mut(population).tags[row].set_area(to);
        let into = FirmNote { kind: EventKind::MovedIn, specialists, ..out };
        self.record_firm(population, row, &into);
    }

    /// A facility admits a startup, which moves there if it is elsewhere.
    pub fn admit(&mut self, row: usize, place: &Tenancy, day: u16, cause: &'static str) {
        if self.district.startups.tags[row].area() != place.area {
            self.relocate(Population::Startups, row, place.area, day, place.lever, "admitted");
        }
        let firms = &mut self.district.startups;
        firms.tags[row].set_facility(place.facility);
        firms.extra_mut(row).tenancy_end = place.end;
        firms.extra_mut(row).visited |= 1 << place.facility;
        firms.account[row].served |= 1 << place.lever;
        self.district.city.tenants[usize::from(place.facility)] += 1;
        let amount = i64::from(self.district.startups.headcount(row));
        let note = FirmNote {
            amount,
            lever: place.lever,
            ..FirmNote::new(EventKind::Admitted, day, cause)
        };
        self.record_firm(Population::Startups, row, &note);
        if place.newborn {
            let note = FirmNote { kind: EventKind::FoundersJoined, ..note };
            self.record_firm(Population::Startups, row, &note);
        }
    }

    /// A tenancy ends; the startup stays in the area for now.
    pub fn end_tenancy(&mut self, row: usize, day: u16, today: i32, cause: &'static str) {
        let amount = i64::from(self.district.startups.headcount(row));
        let note = FirmNote { amount, ..FirmNote::new(EventKind::TenancyEnded, day, cause) };
        self.record_firm(Population::Startups, row, &note);
        let firms = &mut self.district.startups;
        let facility = firms.tags[row].facility();
        firms.tags[row].set_facility(NONE);
        firms.extra_mut(row).alumnus_since = today;
        firms.tags[row].set_alumnus_of(facility);
        self.district.city.tenants[usize::from(facility)] -= 1;
    }

    /// A firm fails or closes; its specialists look for work. Its row goes when the phase closes.
    pub fn fail(&mut self, population: Population, row: usize, day: u16, cause: &'static str) {
        let firms = self.district.firms(population);
        let amount = i64::from(firms.headcount(row));
        let specialists = i64::from(firms.staff()[row].specialists);
        let facility = firms.tags()[row].facility();
        let area = firms.tags()[row].area();
        self.district.city.people.add(population, area, -amount, -specialists);
        let note = FirmNote {
            amount,
            specialists: -specialists,
            ..FirmNote::new(EventKind::Failed, day, cause)
        };
        self.record_firm(population, row, &note);
        if facility != NONE {
            let note = FirmNote { kind: EventKind::TenantFailed, specialists: 0, ..note };
            self.record_firm(population, row, &note);
            self.district.city.tenants[usize::from(facility)] -= 1;
        }
        self.firms_mut(population).tags[row].set_status(Status::Failed);
        #[expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]
        self.failed[population as usize].push(row as u32);
        self.pool(EventKind::Released, day, specialists, cause);
    }

    /// Takes the failed firms of the year out, keeping what later accounts need of them.
    pub fn remove_failed(&mut self) {
        self.district.gone_before = self.district.gone.len();
        for population in [Population::Startups, Population::Institutes] {
            let failed = &mut self.failed[population as usize];
            failed.sort_unstable();
            let firms = match population {
                Population::Startups => &mut self.district.startups,
                Population::Institutes => &mut self.district.institutes,
            };
            self.district.gone.extend(failed.iter().map(|&row| row as usize).filter_map(|row| {
                let account = firms.account()[row];
                (account.raised != 0 || account.served != 0).then(|| Gone {
                    id: firms.id()[row],
                    in_district: firms.tags()[row].in_district(),
                    raised: account.raised,
                    served: account.served,
                })
            }));
            firms.remove(failed, &mut self.rows);
            failed.clear();
        }
        let District { gone, gone_before, city, .. } = &mut self.district;
        let gone_now = &mut gone[*gone_before..];
        gone_now.sort_unstable_by_key(|gone| gone.id);
        city.gone_raised += gone_now.iter().map(|gone| gone.raised).sum::<i64>();
        debug_assert_eq!(city.gone_raised, gone.iter().map(|gone| gone.raised).sum::<i64>());
    }

    /// A lever serves a startup.
    pub fn serve(&mut self, row: usize, lever: LeverSlot) {
        self.district.startups.account[row].served |= 1 << lever;
    }

    /// Levers serve a firm, a bit each by slot.
    pub fn serve_all(&mut self, population: Population, row: usize, levers: u64) {
        self.firms_mut(population).account[row].served |= levers;
    }

    /// A lever brings an institute from elsewhere in the city into a building of its own.
    pub fn bring(&mut self, row: usize, to: Area, day: u16, lever: LeverSlot) {
        self.relocate(Population::Institutes, row, to, day, lever, "brought");
        self.district.institutes.tags[row].set_sector(Sector::LABORATORY);
        self.district.institutes.account[row].served |= 1 << lever;
    }

    /// A startup gets a rent voucher until a day.
    pub fn give_voucher(&mut self, row: usize, lever: LeverSlot, day: u16, end: i32) {
        self.district.startups.extra_mut(row).voucher_end = end;
        self.district.startups.extra_mut(row).voucher = lever;
        self.serve(row, lever);
        let amount = i64::from(self.district.startups.headcount(row));
        let note =
            FirmNote { amount, lever, ..FirmNote::new(EventKind::VoucherGiven, day, "voucher") };
        self.record_firm(Population::Startups, row, &note);
    }

    /// What a startup has used is known until it ceases to act.
    pub fn remember(&mut self, used: Use) {
        self.district.uses.push(used);
    }

    /// Forgets uses that act no more.
    pub fn keep_uses(&mut self, acts: impl Fn(&Use) -> bool) {
        self.district.uses.retain(acts);
    }

    /// A round closes with private and public money `[KRW m]`.
    pub fn close_round(&mut self, row: usize, day: u16, year: u16, round: &Round) {
        let firms = &mut self.district.startups;
        let stage = (firms.tags[row].stage() + 1).min(STAGE_LATER);
        firms.tags[row].set_stage(stage);
        firms.dates[row].set_last_round(year);
        firms.account[row].raised += round.private + round.public;
        firms.last_raised[row] = (round.private + round.public) as f64;
        let alumnus = firms.tags[row].facility() == NONE && firms.tags[row].alumnus_of() != NONE;
        let amount = round.private + round.public;
        let note = FirmNote { amount, ..FirmNote::new(EventKind::RoundClosed, day, "round") };
        self.record_firm(Population::Startups, row, &note);
        let wanted = FirmNote { kind: EventKind::CapitalDemanded, amount: round.wanted, ..note };
        self.record_firm(Population::Startups, row, &wanted);
        if alumnus {
            self.record_alumnus(row, EventKind::AlumniRaised, day, amount);
        }
        if round.public > 0 {
            let firms = &mut self.district.startups;
            firms.extra_mut(row).fund_stake += round.public;
            firms.tags[row].set_fund(round.fund);
            firms.dates[row].set_co_invested(year);
            self.serve(row, round.fund);
            let note = FirmNote {
                kind: EventKind::PublicInvested,
                amount: round.public,
                lever: round.fund,
                ..note
            };
            self.record_firm(Population::Startups, row, &note);
        }
    }

    /// A startup lists, or is acquired and loses jobs `[persons]`; the fund's stake is paid out.
    pub fn exit(&mut self, row: usize, day: u16, acquired: Option<Loss>) {
        let firms = &mut self.district.startups;
        if firms.extra(row).fund_stake != 0 {
            firms.extra_mut(row).fund_stake = 0;
        }
        match acquired {
            None => {
                firms.tags[row].set_status(Status::Listed);
                let amount = i64::from(firms.headcount(row));
                let note = FirmNote { amount, ..FirmNote::new(EventKind::Listed, day, "listing") };
                self.record_firm(Population::Startups, row, &note);
            }
            Some(loss) => {
                firms.tags[row].set_status(Status::Acquired);
                firms.staff[row].specialists -= loss.specialists;
                firms.staff[row].others -= loss.others;
                let area = firms.tags[row].area();
                let heads = i64::from(loss.specialists + loss.others);
                let specialists = i64::from(loss.specialists);
                self.district.city.people.add(Population::Startups, area, -heads, -specialists);
                let note = FirmNote {
                    amount: i64::from(loss.specialists + loss.others),
                    specialists: -i64::from(loss.specialists),
                    ..FirmNote::new(EventKind::Acquired, day, "acquisition")
                };
                self.record_firm(Population::Startups, row, &note);
                let released = i64::from(loss.specialists);
                self.pool(EventKind::Released, day, released, "acquisition");
            }
        }
    }
}
