//! A degree or non-degree programme, or retraining of citizens.

use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::costs_only;
use crate::policy::schedule::Schedule;
use crate::policy::setting::A_PERSON;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::MOST;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::size::Size;
use crate::policy::values::Values;
use crate::policy::words::words;
use crate::time::Date;

words! {
    /// What a programme leads to.
    pub enum Degree {
        /// A master's degree.
        Master = "master",
        /// A doctorate.
        Doctor = "doctor",
        /// A course without a degree.
        NonDegree = "non-degree",
        /// Retraining of citizens.
        Retraining = "retraining",
    }
}

/// The last days of February and of August, on which cohorts finish.
const FINISHES: [u16; 2] = [59, 243];
/// Cohorts enrol on 1 March.
const ENROLS: u16 = 60;

/// A programme of education.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// Name, dates, payer.
    pub common: Common,
    /// What it leads to.
    pub degree: Degree,
    /// Persons who enrol in a year.
    pub intake: Schedule,
    /// Length `[years]`.
    pub length: f64,
    /// Share of places that did not exist elsewhere before `[1]`.
    pub new_share: f64,
    /// Employment linkage.
    pub linkage: bool,
    /// Cost of a person `[KRW m/year]`.
    pub tuition: f64,
}

impl Programme {
    /// Persons who enrol in a year; none outside the lever's dates.
    #[must_use]
    pub fn enrolled(&self, year: u16) -> u32 {
        let first = self.enrols_on(year);
        // A course that ends in the August of its year takes nobody who would come after that.
        let too_late = matches!(self.finishes(), (0, finishes) if first.day >= finishes);
        if self.common.runs_on(first) && !too_late { self.intake.on(first) } else { 0 }
    }

    /// What a year of teaching the cohort of a year costs at places that are new `[KRW m/year]`.
    #[must_use]
    pub fn cost_of_teaching(&self, enrolment: u16) -> f64 {
        self.tuition * self.new_share * f64::from(self.enrolled(enrolment))
    }

    /// The day on which the cohort of a year enrols: a programme that begins later in the year takes
    /// its first cohort on its first day.
    #[must_use]
    pub fn enrols_on(&self, year: u16) -> Date {
        let date = Date { year, day: ENROLS };
        if self.common.from.year == year { date.max(self.common.from) } else { date }
    }

    /// Whole years from enrolment to the finish, and its day.
    ///
    /// Length is rounded up to half-years; a course below half a year finishes at the end of August
    /// of the year in which it enrols.
    #[must_use]
    pub fn finishes(&self) -> (u16, u16) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20")]
        let halves = (self.length * 2.0).ceil() as u16;
        // Enrolled on 1 March: an odd number of half-years ends in August, an even one in February.
        if halves <= 1 {
            (0, FINISHES[1])
        } else if halves.is_multiple_of(2) {
            (halves / 2, FINISHES[0])
        } else {
            (halves / 2, FINISHES[1])
        }
    }
}

const SETTINGS: &[Setting] = &[
    Setting::must(
        "degree",
        SettingKind::Choice(Degree::WORDS),
        "",
        "What it leads to",
        "과정 유형",
    ),
    Setting::must(
        "intake",
        SettingKind::Schedule { max: 1_000_000 },
        "persons/year",
        "Persons who enrol in a year, by date",
        "연간 입학 인원(날짜별)",
    )
    .raises("retained"),
    Setting::must(
        "length",
        SettingKind::Number { min: 0.0, max: 10.0 },
        "years",
        "Length; below half a year: completed at the end of August of the same year",
        "과정 기간",
    )
    .raises("public_cost"),
    Setting::must(
        "new_share",
        SHARE,
        "1",
        "Share of its places that did not exist elsewhere before",
        "순증 정원의 비율",
    )
    .raises("pool"),
    Setting::must(
        "linkage",
        SettingKind::Flag,
        "",
        "Whether its graduates have the employment linkage",
        "취업 연계 여부",
    ),
    Setting::must(
        "tuition",
        A_PERSON,
        "{money}/(person year)",
        "Cost of a person in a year",
        "1인당 연간 교육비",
    )
    .raises("public_cost"),
];

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "programme",
    title_en: "Programme",
    title_ko: "교육 과정",
    settings: SETTINGS,
    scales: Some("intake"),
    mechanism_en: "Those who complete found firms, stay in reach of the district or leave; who stays or remains in the city joins the specialist pool, and the employment linkage places a share first. In courses without a degree fewer of each hundred qualify the more are trained in a year.",
    mechanism_ko: "수료자는 창업하거나 지역에 남거나 떠나며, 남은 인력은 전문인력 풀에 합류하고 취업 연계가 일부를 우선 배치한다. 비학위 과정은 연간 교육 인원이 많을수록 전문인력이 되는 비율이 낮아진다.",
    parameters: &[
        "completion_non_degree",
        "completion_master",
        "completion_doctor",
        "founding_non_degree",
        "founding_master",
        "founding_doctor",
        "incubation_pull",
        "qualification_non_degree",
        "qualification_retraining",
        "stay_non_degree",
        "stay_master",
        "stay_doctor",
        "stay_linkage",
        "stay_jobs",
        "linkage_share",
        "leaver_city_share",
        "course_applicants",
    ],
    moves: &["enrolled", "graduates", "retained", "hires", "public_cost"],
    lowers: &["vacancies_per_seeker"],
    source: "TAL-01 to TAL-19, POLU-01; shares of founders and of those who stay: literature and judgement",
    evidence: &[EvidenceLimit {
        setting: "intake",
        limit: 2300.0,
        source: "TAL-16a: 1,150 a class twice a year, chosen from the whole country",
    }],
    costs: &["tuition"],
    contradictions: |_| Vec::new(),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Programme {
    Programme {
        common,
        degree: values.word("degree"),
        intake: values.schedule("intake"),
        length: values.number("length"),
        new_share: values.number("new_share"),
        linkage: values.flag("linkage"),
        tuition: values.number("tuition"),
    }
}

impl Lever for Programme {
    fn common(&self) -> &Common {
        &self.common
    }

    fn serves_firms(&self) -> bool {
        false
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        vec![("intake", Size::Schedule(&mut self.intake, MOST))]
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("intake", f64::from(self.intake.largest()))]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        horizon
            .begins_late(self.common.from)
            .or_else(|| costs_only("intake", self.intake.is_zero()))
    }
}
