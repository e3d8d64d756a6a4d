//! A schematic map of a policy: the district's areas by their land, facilities by their places and
//! tenants, and firms, year by year. Only the page shows it.
//!
//! What changes from year to year has the mark `data-live`, which names the attributes that change
//! (`text` is the text itself); a frame holds their values in the order of the drawing. Drawings for
//! every room have the same frames.

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::grouped;
use crate::report::text::language::text;
use crate::report::views::figures::palette::COLOURS;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::DESK;
use crate::report::views::figures::svg::PHONE;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::svg::lines;
use crate::report::views::figures::svg::px;
use crate::report::views::findings::Findings;
use crate::report::views::findings::about::AreaFacts;
use crate::report::views::findings::about::LeverFacts;
use crate::time::Date;

/// Metrics of an area.
pub const OF_AREAS: [&str; 4] = ["firms", "jobs", "occupancy", "rent"];

/// The height of an area outside the district.
const BAND: f64 = 84.0;
/// Firms that a dot stands for.
const A_DOT: f64 = 10.0;
/// At most so many rows of dots, and so many dots in a row where they are few.
const ROWS: usize = 4;
const COLUMNS: usize = 36;
/// More dots could not be told apart.
const MOST_DOTS: f64 = 20_000.0;
/// Radius of a facility at its largest `[px]`, and the places that give it.
const LARGEST: (f64, f64) = (60.0, 540.0);
/// The least room that an area has for its facilities, in each room.
const LEAST: [(f64, f64); 2] = [(290.0, 240.0), (PHONE - 28.0, 188.0)];

/// A map: its pieces, and a frame for each year.
pub struct Map {
    /// The drawings, as in the last year.
    pub pieces: Vec<Piece>,
    /// What changes, by year.
    pub frames: Vec<Vec<String>>,
}

/// Draws a policy's map.
#[must_use]
pub fn draw(findings: &Findings, policy: usize, language: Language) -> Map {
    let years = findings.about.years.len();
    let dots = most_dots(findings, policy);
    let areas = findings.about.areas.iter();
    let most = areas.map(|area| facilities(findings, policy, &area.name).count()).max();
    let largest = LEAST.map(|size| {
        let (_, cell) = grid(most.unwrap_or(0), size);
        (cell.0 * 0.42).min(cell.1 * 0.34)
    });
    let largest = largest.into_iter().fold(LARGEST.0, f64::min);
    let drawing = |room: Room, year: usize| {
        let mut drawing = Drawing {
            findings,
            policy,
            language,
            room,
            year,
            dots,
            largest,
            live: Vec::new(),
            svg: Svg::live(),
        };
        let height = drawing.all();
        (drawing.live, drawing.svg.piece(None, room.class, "", (0.0, 0.0), (room.width, height)))
    };
    let last = years.saturating_sub(1);
    Map {
        frames: (0..years).map(|year| drawing(DESK_ROOM, year).0).collect(),
        pieces: [DESK_ROOM, PHONE_ROOM].map(|room| drawing(room, last).1).into(),
    }
}

#[derive(Clone, Copy)]
struct Room {
    class: &'static str,
    width: f64,
    /// Whether areas stand beside each other.
    beside: bool,
}

const DESK_ROOM: Room = Room { class: "wide", width: DESK, beside: true };
const PHONE_ROOM: Room = Room { class: "narrow", width: PHONE, beside: false };

/// The mean of a metric at a place.
fn mean(findings: &Findings, policy: usize, of: (&str, &str), year: usize) -> Option<f64> {
    findings.series_of(of.0, of.1)?.yearly[policy].get(year)?.mean
}

/// The facilities of a policy in an area.
fn facilities<'a>(
    findings: &'a Findings,
    policy: usize,
    area: &'a str,
) -> impl Iterator<Item = &'a LeverFacts> {
    let levers = findings.about.policies[policy].levers.iter();
    levers.filter(move |lever| lever.kind == "facility" && lever.area.as_deref() == Some(area))
}

/// Dots for the firms of an area outside its facilities.
fn dots(findings: &Findings, policy: usize, area: &str, year: usize) -> usize {
    let firms = mean(findings, policy, ("firms", area), year).unwrap_or_default();
    let tenants = |it: &LeverFacts| mean(findings, policy, ("tenants", &it.name), year);
    let inside: f64 = facilities(findings, policy, area).filter_map(tenants).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the range")]
    let dots = ((firms - inside) / A_DOT).round().clamp(0.0, MOST_DOTS) as usize;
    dots
}

/// The most dots that any area has in any year.
fn most_dots(findings: &Findings, policy: usize) -> usize {
    let years = 0..findings.about.years.len();
    let areas = findings.about.areas.iter();
    let of_area = |area: &AreaFacts| {
        years.clone().map(|year| dots(findings, policy, &area.name, year)).max().unwrap_or(0)
    };
    areas.map(of_area).max().unwrap_or(0)
}

/// A drawing of a year under way.
struct Drawing<'a> {
    findings: &'a Findings,
    policy: usize,
    language: Language,
    room: Room,
    year: usize,
    /// The most dots of an area.
    dots: usize,
    /// The radius of a facility with the most places that are drawn to scale.
    largest: f64,
    /// What changes.
    live: Vec<String>,
    svg: Svg,
}

impl Drawing<'_> {
    /// Draws all; gives the height.
    fn all(&mut self) -> f64 {
        let about = &self.findings.about;
        let (outside, inside): (Vec<&AreaFacts>, Vec<&AreaFacts>) =
            about.areas.iter().partition(|area| !area.in_district);
        let land: f64 = inside.iter().map(|area| area.land).sum();
        let (width, pad) = (self.room.width, 14.0);
        // Two stand beside each other where there is room; more would be too thin for their text.
        let beside = self.room.beside && inside.len() <= 2;
        let head = 24.0 + BAND * outside.len() as f64;
        let below = if beside { 404.0 } else { 352.0 * inside.len() as f64 };
        let height = head + below;
        self.svg.add(&format!(
            "<rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"10\" fill=\"#f6f8fa\" \
             class=\"grid\"/>",
            px(width - 1.0),
            px(height - 1.0)
        ));
        for (place, area) in outside.into_iter().enumerate() {
            let top = BAND * place as f64;
            self.facts(area, (pad, top + 24.0), width - 2.0 * pad);
            self.firms(area, (pad, top + 62.0), width - 2.0 * pad);
        }
        let room = width - 2.0 * pad - 14.0 * (inside.len().max(1) - 1) as f64;
        let alone = inside.len() == 1;
        let mut at = (pad, head);
        for area in inside {
            // Never so thin that its text would not fit.
            let share = if land > 0.0 { (area.land / land).clamp(0.34, 0.66) } else { 0.5 };
            let share = if alone { 1.0 } else { share };
            let size = if beside {
                ((room * share).min(width - pad - at.0), height - head - pad)
            } else {
                (width - 2.0 * pad, 338.0)
            };
            self.area(area, at, size);
            if beside {
                at.0 += size.0 + 14.0;
            } else {
                at.1 += size.1 + 14.0;
            }
        }
        height
    }

    fn mean(&self, metric: &str, place: &str) -> Option<f64> {
        mean(self.findings, self.policy, (metric, place), self.year)
    }

    /// A year from which something is, or until which, in the year of the drawing.
    fn has_come(&self, date: Date) -> bool {
        date.year <= self.findings.about.years[self.year]
    }

    fn in_force(&self, lever: &LeverFacts) -> bool {
        let year = self.findings.about.years[self.year];
        self.has_come(lever.opening.unwrap_or(lever.from))
            && lever.until.is_none_or(|until| until.year > year)
    }

    /// Marks values that change, and gives the mark and the attributes with them.
    fn live<const N: usize>(&mut self, changes: [(&str, String); N]) -> String {
        let names = changes.each_ref().map(|(name, _)| *name).join(" ");
        let mut marks = format!(" data-live=\"{names}\"");
        for (name, value) in changes {
            if name != "text" {
                marks = format!("{marks} {name}=\"{}\"", lines(&value));
            }
            self.live.push(value);
        }
        marks
    }

    fn live_text(&mut self, (x, y): (f64, f64), (anchor, class): (&str, &str), text: &str) {
        let marks = self.live([("text", text.to_owned())]);
        self.svg.add(&format!(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" class=\"{class}\"{marks}>{}</text>",
            px(x),
            px(y),
            lines(text)
        ));
    }

    /// An area's name and figures.
    fn facts(&mut self, area: &AreaFacts, (x, y): (f64, f64), room: f64) {
        let language = self.language;
        let about = &self.findings.about;
        let title = about.area_title(&area.name, language);
        let title = title.unwrap_or_else(|| names::name("place", &area.name, language));
        let title = labels(&[title], room, 13.0).concat();
        self.svg.text((x, y), Anchor::Start, "head", &title);
        let number = |value: Option<f64>, scale: f64, decimals: usize| {
            value.map_or_else(|| "–".to_owned(), |value| grouped(value * scale, decimals))
        };
        let [firms, jobs, occupancy, rent] = OF_AREAS.map(|metric| self.mean(metric, &area.name));
        let (firms, jobs) = (number(firms, 1.0, 0), number(jobs, 1.0, 0));
        let words = |text: &'static text::Text| text.in_language(language);
        let mut facts =
            format!("{} {firms} · {} {jobs}", words(&text::firms_word), words(&text::jobs_word));
        let mut space = String::new();
        if occupancy.is_some() {
            let (occupancy, rent) = (number(occupancy, 100.0, 0), number(rent, 1.0, 3));
            let (of_space, of_rent) = (words(&text::occupancy_word), words(&text::rent_word));
            space = format!("{of_space} {occupancy} % · {of_rent} {rent}");
        }
        if !area.in_district && !space.is_empty() {
            facts = format!("{facts} · {}", std::mem::take(&mut space));
        }
        self.live_text((x, y + 20.0), ("start", ""), &facts);
        if area.in_district {
            self.live_text((x, y + 38.0), ("start", ""), &space);
        }
    }

    /// Dots for firms, in rows from a point on.
    fn firms(&mut self, area: &AreaFacts, (x, y): (f64, f64), room: f64) {
        let columns = self.dots.div_ceil(ROWS).max(COLUMNS);
        let step = room / columns as f64;
        let mut left = dots(self.findings, self.policy, &area.name, self.year);
        self.svg.add(&format!(
            "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"36\" stroke=\"{}\" stroke-opacity=\"0.7\" \
             stroke-width=\"{}\" stroke-linecap=\"round\" stroke-dasharray=\"0 {step:.3}\" \
             stroke-dashoffset=\"{:.3}\">",
            px(x),
            px(y),
            px(room),
            COLOURS[0],
            px((step * 0.8).min(5.0)),
            -step / 2.0
        ));
        for row in 0..ROWS {
            let here = left.min(columns);
            left -= here;
            // A share of the row, so that it is the same in every room.
            let end = format!("{:.2}%", here as f64 / columns as f64 * 100.0);
            let opacity = if here == 0 { "0" } else { "1" };
            let marks = self.live([("x2", end), ("opacity", opacity.to_owned())]);
            let y = 4 + 9 * row;
            self.svg.add(&format!("<line x1=\"0\" y1=\"{y}\" y2=\"{y}\"{marks}/>"));
        }
        self.svg.add("</svg>");
    }

    /// An area of the district.
    fn area(&mut self, area: &AreaFacts, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let levers = &self.findings.about.policies[self.policy].levers;
        let here = |lever: &&LeverFacts| lever.area.as_deref() == Some(area.name.as_str());
        let designated = levers
            .iter()
            .filter(here)
            .any(|lever| lever.kind == "designation" && self.in_force(lever));
        let (stroke, thick) = if designated { (COLOURS[0], "4") } else { ("#d0d7de", "1") };
        let border = [("stroke", stroke.to_owned()), ("stroke-width", thick.to_owned())];
        let marks = self.live(border);
        self.svg.add(&format!(
            "<rect data-area=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\" \
             fill=\"#fff\"{marks}/>",
            area.name,
            px(x),
            px(y),
            px(width),
            px(height)
        ));
        self.facts(area, (x + 12.0, y + 24.0), width - 20.0);
        let word = format!("◆ {}", text::designated.in_language(self.language));
        let word = if designated { word.as_str() } else { "" };
        self.live_text((x + 12.0, y + 80.0), ("start", "tick"), word);
        self.facilities(area, (x, y + 88.0), (width, height - 150.0));
        let first = self.findings.about.areas.iter().find(|area| area.in_district);
        if first.is_some_and(|first| first.name == area.name) {
            for lever in levers.iter().filter(|lever| lever.kind == "homes") {
                self.homes(lever, (x + 12.0, y + height - 48.0));
            }
        }
        self.firms(area, (x + 12.0, y + height - 40.0), width - 24.0);
    }

    fn homes(&mut self, lever: &LeverFacts, at: (f64, f64)) {
        let name = names::name("lever", lever.kind, self.language);
        let open = self.has_come(lever.opening.unwrap_or(lever.from));
        let not = text::not_open.in_language(self.language);
        let word = if open { format!("■ {name}") } else { format!("□ {name}, {not}") };
        self.live_text(at, ("start", "tick"), &word);
    }

    /// The facilities of an area, in rows.
    fn facilities(&mut self, area: &AreaFacts, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let findings = self.findings;
        let here: Vec<&LeverFacts> = facilities(findings, self.policy, &area.name).collect();
        let (columns, cell) = grid(here.len(), (width, height));
        let titles: Vec<String> = here.iter().map(|it| it.title(self.language)).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let titles = labels(&titles, cell.0 - 6.0, 12.0);
        for (number, (lever, title)) in here.iter().zip(&titles).enumerate() {
            let column = (number % columns) as f64 + 0.5;
            let middle = (x + cell.0 * column, y + cell.1 * ((number / columns) as f64 + 0.42));
            self.facility(lever, title, middle);
        }
    }

    fn facility(&mut self, lever: &LeverFacts, title: &str, (x, y): (f64, f64)) {
        let places = self.places(lever);
        let tenants = self.mean("tenants", &lever.name).filter(|_| places > 0);
        let jobs = self.mean("jobs", &lever.name);
        let language = self.language;
        let not = text::not_open.in_language(language);
        let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| grouped(it, 0));
        let used = format!("{} / {places}", shown(tenants));
        let used = if places > 0 { used.as_str() } else { not };
        let mut tip =
            format!("{}, {}\n", lever.title(language), self.findings.about.years[self.year]);
        if places > 0 {
            tip = format!("{tip}{} {used}", text::tenants_word.in_language(language));
            if jobs.is_some() {
                tip = format!("{tip}\n{} {}", text::jobs_word.in_language(language), shown(jobs));
            }
        } else {
            tip += not;
        }
        let marks = self.live([("data-tip", tip)]);
        self.svg.add(&format!("<g{marks}>"));
        let (stroke, dashes) = if places > 0 { ("#0d1117", "none") } else { ("#8b949e", "3 3") };
        let ring = self.radius(f64::from(places)).max(6.0);
        let at = format!("cx=\"{}\" cy=\"{}\"", px(x), px(y));
        let marks = self.live([
            ("r", px(ring)),
            ("stroke", stroke.to_owned()),
            ("stroke-dasharray", dashes.to_owned()),
        ]);
        self.svg.add(&format!("<circle {at} fill=\"transparent\" stroke-width=\"1.6\"{marks}/>"));
        let marks = self.live([("r", px(self.radius(tenants.unwrap_or_default())))]);
        let colour = COLOURS[1];
        self.svg.add(&format!(
            "<circle class=\"tenants\" {at} fill=\"{colour}\" fill-opacity=\"0.8\"{marks}/></g>"
        ));
        let below = y + self.largest(lever) + 15.0;
        self.svg.text((x, below), Anchor::Middle, "", title);
        self.live_text((x, below + 15.0), ("middle", "tick"), used);
    }

    /// Places of a facility at the end of the year; none while it is not in force.
    fn places(&self, lever: &LeverFacts) -> u32 {
        let open = self.in_force(lever);
        let mut steps = lever.places.iter().rev();
        let step = steps.find(|step| open && self.has_come(step.0));
        step.map_or(0, |step| step.1)
    }

    /// The radius of a facility at its largest.
    fn largest(&self, lever: &LeverFacts) -> f64 {
        let most = lever.places.iter().map(|step| step.1).max().unwrap_or(0);
        self.radius(f64::from(most)).max(6.0)
    }

    /// The radius of a circle for so many firms; none for none `[px]`.
    fn radius(&self, firms: f64) -> f64 {
        let share = (firms.max(0.0) / LARGEST.1).sqrt();
        if firms > 0.0 { (share * self.largest + 3.0).min(self.largest) } else { 0.0 }
    }
}

/// Columns for so many facilities, and the size of a cell.
fn grid(count: usize, (width, height): (f64, f64)) -> (usize, (f64, f64)) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
    let fit = (width / 100.0).floor().max(1.0) as usize;
    let columns = count.clamp(1, fit);
    (columns, (width / columns as f64, height / count.div_ceil(columns).max(1) as f64))
}
