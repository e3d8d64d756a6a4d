//! `events.csv`: what happened, dated, in the first replications, on request.

use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::time::Phase;

table! {
    /// An event of a replication.
    pub Event in "events.csv", None => {
        policy: &'a str = POLICY;
        replication: u32 = column("", "", "Number of the replication, from 0", "반복 번호(0부터)");
        year: u16 = column("year", "", "Year; the one before the first holds who is there at the start", "연도(첫해 전 연도는 시작 시점의 현황)");
        day: Option<u16> = column("day of year", "", "Day of the year, 1 to 365; empty where the event has no day", "연중 일(1~365, 없으면 빈칸)");
        phase: &'a str = column("", "", "Phase of the year in which it happened", "발생 단계");
        event: &'a str = column("", "", "What happened", "사건");
        entity: &'a str = column("", "", "Firm, institute, cohort or lever to which it happened", "대상(기업, 연구소, 기수, 수단)");
        population: &'a str = column("", "", "Whose event it is: startups, institutes (laboratories too), or people; empty where it is money, space or rent", "사건의 대상 집단: startups(스타트업), institutes(연구소·부설연구소), people(사람). 돈, 면적, 임대료는 빈칸");
        sector: &'a str = column("", "", "Sector of the startup; empty for others", "스타트업의 업종(그 밖은 빈칸)");
        place: &'a str = column("", "", "The facility in which it happened (its area stands in levers.csv), else the area, else city", "발생한 시설(지역은 levers.csv 참조), 없으면 지역 또는 시");
        amount: Option<f64> = column("event", "", "How much: people, money, m2, as `yangjae explain` says of the event", "규모(사건에 따른 인원, 금액, 면적, `yangjae explain` 참조)");
        cause: &'a str = column("", "", "What brought it about, and in brackets by which lever; of cash the item", "원인과 괄호 안의 정책 수단(현금은 항목)");
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The policy.
    pub policy: String,
    /// The replication.
    pub replication: u32,
    /// The year.
    pub year: u16,
    /// The day of the year; `None` where the event has none.
    pub day: Option<u16>,
    /// The phase.
    pub phase: Phase,
    /// What happened.
    pub event: &'static str,
    /// To whom.
    pub entity: String,
    /// Whose event it is: `startups`, `institutes`, `people`, or empty.
    pub population: &'static str,
    /// The sector of a startup; else empty.
    pub sector: String,
    /// Where.
    pub place: String,
    /// How much; `None` where the event has no amount.
    pub amount: Option<f64>,
    /// Why.
    pub cause: String,
}

impl<'a> From<&'a EventRow> for Event<'a> {
    fn from(row: &'a EventRow) -> Self {
        Self {
            policy: &row.policy,
            replication: row.replication,
            year: row.year,
            day: row.day,
            phase: row.phase.name(),
            event: row.event,
            entity: &row.entity,
            population: row.population,
            sector: &row.sector,
            place: &row.place,
            amount: row.amount,
            cause: &row.cause,
        }
    }
}

/// The table being written: rows come in the order of policies, replications and events.
pub struct EventTable(TableWriter<Event<'static>>);

impl EventTable {
    /// Starts the table in a folder.
    ///
    /// # Errors
    ///
    /// Fails if the folder takes no file.
    pub fn create(to: Target<'_>) -> Result<Self, TableError> {
        Ok(Self(TableWriter::create(to)?))
    }

    /// Writes events.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take them.
    pub fn rows(&mut self, events: &[EventRow]) -> Result<(), TableError> {
        events.iter().try_for_each(|event| self.0.row(&event.into()))
    }

    /// Brings the table to the disk.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub fn complete(self) -> Result<CompleteTable, TableError> {
        self.0.complete()
    }
}
