//! What is said first: which policies lead, and what is never said of them. The tables are written
//! by hand around the manifest of a small run.

mod given;

use crate::headline::given::Given;
use crate::headline::given::POLICIES;
use crate::headline::given::Place;
use crate::headline::given::found;
use crate::headline::given::given;
use crate::headline::given::language;
use crate::headline::given::names;
use crate::headline::given::said;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::fs;
use std::io::Read as _;
use yangjae::analysis::pairs::COMPARED;
use yangjae::analysis::pairs::Ranking;
use yangjae::report::tables::comparison::PolicyDifference;
use yangjae::report::tables::read::Tables;
use yangjae::report::tables::row::Row as _;
use yangjae::report::text::language::Tag;
use yangjae::report::views::decision;
use yangjae::report::views::decision::Column;
use yangjae::report::views::figures;
use yangjae::report::views::findings::Findings;
use yangjae::report::views::findings::RankedPair;
use yangjae::report::views::findings::about::About;
use yangjae::report::views::findings::finished;
use yangjae::report::views::findings::headline;
use yangjae::report::views::findings::headline::Criterion;
use yangjae::report::views::html;
use yangjae::report::views::summary::Medium;
use yangjae::report::views::summary::summary;
use yangjae::report::views::verdict;
use yangjae::report::views::verdict::Group;
use yangjae::report::views::view_files;

#[test]
fn leaders_are_the_best_by_each_criterion_among_those_that_are_better() {
    let findings = found();
    let leader = |criterion| {
        let leader = headline::best(&findings, criterion)?;
        Some(findings.about.policies[leader.policy].name.clone())
    };
    for (criterion, expected) in [
        (Criterion::JobsCity, Some("full")),
        (Criterion::JobsDistrict, Some("full")),
        (Criterion::Firms, None),
        (Criterion::EconomicNetPresentValue, Some("wage")),
        (Criterion::CostPerNetJobYear, Some("voucher")),
    ] {
        assert_eq!(leader(criterion).as_deref(), expected, "{criterion:?}");
    }
}

/// Cheaper by the ratio are a policy that loses jobs, and one whose jobs are not told from 0.
#[test]
fn the_cheapest_never_loses_jobs_and_has_jobs_that_are_told_from_0() {
    let findings = found();
    let cheapest = headline::best(&findings, Criterion::CostPerNetJobYear).unwrap();
    let name = &findings.about.policies[cheapest.policy].name;
    assert!(!["loser", "rare"].contains(&name.as_str()), "{name}");
    let none = [given("loser", (-572.0, -59.0), (-5.0, 30_000.0), Some(0.5))];
    let findings = Place::new(&none).findings(&none);
    assert!(headline::leaders(&findings).is_empty());
    assert!(!said(&findings).contains("lowest public cost"));
}

/// Talent costs a fifth of the full plan and has a higher value: it leads by no single criterion,
/// but no other policy has both more jobs and a higher value. One that hardly differs from the full
/// plan does not fill the set.
#[test]
fn the_headline_set_holds_what_no_other_policy_beats_in_jobs_and_value() {
    let findings = found();
    let frontier = names(&findings, &headline::frontier(&findings).policies);
    assert_eq!(frontier, ["full", "happened", "talent", "capital", "wage"]);
    let set = names(&findings, &findings.headline());
    assert_eq!(set, ["full", "happened", "talent", "capital", "wage", "voucher", "loser"]);
    let shown = names(&findings, &findings.about.headline());
    assert!(shown.contains(&"baseline".to_owned()) && shown.len() == set.len() + 1, "{shown:?}");
    // Each has a line in the decision table, with the same cells wherever it is shown.
    let table = decision::table(&findings, language(&Tag::english()));
    assert_eq!(table.lines.len(), set.len());
    let sentence = table.sentence(&table.lines[0]);
    let begins =
        "Jobs, city: mean +4,578, middle 90 % +3,205 to +5,951, P(more) all, ± of mean ±229, ";
    assert!(sentence.starts_with(begins), "{sentence}");
    // Of what the model does not rank against the baseline the mean stands in brackets.
    let rare = findings.about.policy("rare").unwrap();
    let cell = Column::CityMean.cell(&findings, rare, language(&Tag::english()));
    assert_eq!(cell, "(+2.3)");
    assert_eq!(table.lines[0].cells[..5], ["+4,578", "+3,205 to +5,951", "all", "±229", "+3,296"]);
}

#[test]
fn the_first_sentence_is_the_decision_and_the_monte_carlo_error_has_its_own() {
    let said = said(&found());
    for words in [
        "\"full\", +4,578 against the baseline (middle 90 % of replications +3,205 to +5,951; more in \
         all 40 replications) before displacement in product markets, +3,296 (+2,307 to +4,285) after \
         it; for the whole country, less the jobs that would be elsewhere in it, 0.0 by the mean. Its economic net present value before displacement (base year 2024): -643 (-835 to -450) KRW bn.",
        "Monte Carlo error of +4,578: +-229 with 40 replications. How many replications a smaller error \
         needs is told from 160 replications on.",
        "Pairs of the 12 policies beside the baseline: 66. Ranked: 65. Not ranked, as the middle 90 % \
         of their differences holds 0: 1. More replications needed to tell their means apart: 0.",
        "None of this covers errors of the model itself",
    ] {
        assert!(said.contains(words), "no `{words}` in {said}");
    }
    let words: Vec<&str> = said.split(|letter: char| !letter.is_alphabetic()).collect();
    for word in ["sure", "certain", "luck", "history", "histories", "confidence"] {
        assert!(!words.contains(&word), "`{word}` in {said}");
    }
}

/// Every pair that is not ranked stands in the lists, and no other.
#[test]
fn the_lists_name_every_pair_that_is_not_ranked() {
    let findings = found();
    let title = |policy: usize| findings.about.policies[policy].name.as_str();
    let judged: Vec<usize> = findings.about.judged().collect();
    for place in verdict::answer(&findings, language(&Tag::english()), title).places {
        let of_list = |list: &Group| {
            let first = list.members[0].policy;
            list.members[1..].iter().map(|other| (first, other.policy)).collect::<Vec<_>>()
        };
        let mut listed: Vec<(usize, usize)> = place.ties.iter().flat_map(of_list).collect();
        let unordered = |(one, other): (usize, usize)| (one.min(other), one.max(other));
        listed = listed.into_iter().map(unordered).collect();
        listed.sort_unstable();
        let key = if place.heading.contains("district") { "district" } else { "city" };
        let is_ranked = |one, other| {
            let pair = findings.pair("jobs", key, one, other).unwrap();
            matches!(pair.ranking, Some(Ranking::Higher | Ranking::Lower))
        };
        let pairs = judged.iter().flat_map(|&one| judged.iter().map(move |&other| (one, other)));
        let unranked: Vec<(usize, usize)> =
            pairs.filter(|&(one, other)| one < other && !is_ranked(one, other)).collect();
        assert!(!unranked.is_empty());
        assert_eq!(listed, unranked, "{}", place.heading);
    }
}

/// Higher in value and in jobs at less cost: by the means at first, and ranked once the pairs say so
/// of all three. Of who is dominated it is not told whom it dominates; nobody's doing nothing counts.
#[test]
fn who_dominates_whom_is_told_and_whether_it_is_ranked() {
    let mut findings = found();
    let told = |findings: &Findings| -> Vec<(String, Vec<String>, Vec<String>)> {
        let name = |it: &headline::Dominance| names(findings, &[it.policy]).remove(0);
        let line = |it: &headline::Dominance| {
            (name(it), names(findings, &it.ranked), names(findings, &it.by_means))
        };
        headline::dominances(findings).iter().map(line).collect()
    };
    let over = |policy: &str, others: &[&str]| {
        (policy.to_owned(), Vec::new(), others.iter().map(|it| (*it).to_owned()).collect())
    };
    let expected = [
        over("wage", &["grant", "homes"]),
        over("talent", &["campus"]),
        over("voucher", &["loser"]),
        over("rare", &["loser"]),
        over("baseline", &["loser"]),
    ];
    assert_eq!(told(&findings), expected);
    let words = "by the means, though not ranked in all three: \"wage\" over \"grant\", \"homes\"; \
                 \"talent\" over \"campus\";";
    assert!(said(&findings).contains(words), "{}", said(&findings));

    let [talent, campus] = ["talent", "campus"].map(|name| findings.about.policy(name).unwrap());
    for (metric, ranking) in [
        ("jobs", Ranking::Higher),
        ("economic_net_present_value", Ranking::Higher),
        ("fiscal_cost", Ranking::Lower),
    ] {
        let of = |&(known, place): &(&str, &str)| known == metric && place != "district";
        let place = COMPARED.iter().position(of).unwrap();
        let pair = RankedPair { ranking: Some(ranking), ..RankedPair::default() };
        findings.pairs.insert((place, talent, campus), pair);
    }
    assert_eq!(told(&findings)[1], ("talent".to_owned(), vec!["campus".to_owned()], Vec::new()));
    let words = "ranked in all three: \"talent\" over \"campus\". By the means, though not ranked";
    assert!(said(&findings).contains(words), "{}", said(&findings));
}

/// Cost, value with its probability of a loss, net jobs: the same cells wherever they are shown.
#[test]
fn value_for_money_has_its_table_and_its_basis() {
    let findings = found();
    let table = decision::value_for_money(&findings, language(&Tag::english()));
    assert_eq!(names(&findings, &[table.lines[0].policy]), ["full"]);
    let cells = ["+1,438", "-643", "-835 to -450", "all", "–", "+3,296", "37.0"];
    assert_eq!(table.lines[0].cells, cells);
    let said = said(&findings);
    for words in ["discount rate 0 % a year", "present values of 2024", "years 2024 to 2026"] {
        assert!(said.contains(words), "no `{words}` in {said}");
    }
}

/// 25.5 % residual value, 6.4 % rents, 9.1 % taxes: computed, and without what private payers get.
#[test]
fn what_comes_back_is_named_by_what_it_is() {
    let said = said(&found());
    let words = "16 % come back to public payers together in cash by 2026 (rents 6.4 %, taxes beyond \
                 those that would be paid elsewhere in the country 9.1 %), before displacement in product \
                 markets. What is held then (buildings and land) is put at another 25.5 % of it, in present value.";
    assert!(said.contains(words), "{said}");
}

/// A missing interval is too few replications to tell, never a number.
#[test]
fn without_an_interval_the_texts_say_so() {
    let run = Place::new(&POLICIES);
    let path = run.path().join("comparison.csv");
    let text = fs::read_to_string(&path).unwrap();
    let place = |name: &str| {
        PolicyDifference::TABLE.columns.iter().position(|column| column.name == name).unwrap()
    };
    let is_of_city = |line: &&str| line.starts_with("full,") && line.contains(",city,");
    let line = text.lines().find(is_of_city).unwrap();
    let mut cells: Vec<&str> = line.split(',').collect();
    (cells[place("ci_low")], cells[place("ci_high")]) = ("", "");
    fs::write(&path, text.replace(line, &cells.join(","))).unwrap();
    let findings = run.findings(&POLICIES);
    let said = said(&findings);
    assert!(
        said.contains("Monte Carlo error of the mean of jobs: too few replications to tell."),
        "{said}"
    );
    let table = decision::table(&findings, language(&Tag::english()));
    assert_eq!(table.lines[0].cells[3], "too few");
}

#[test]
fn no_line_is_longer_than_a_hundred_columns() {
    let findings = found();
    for language in [language(&Tag::english()), language(&Tag::korean())] {
        for medium in [Medium::Plain, Medium::Terminal] {
            let text = summary(&findings, language, medium);
            for line in text.lines() {
                let wide = unicode_width::UnicodeWidthStr::width(line);
                assert!(wide <= 100, "{wide}: {line}");
            }
        }
    }
}

#[test]
fn both_languages_say_as_many_sentences() {
    let findings = found();
    let sentences = |language| {
        let title = |policy: usize| findings.about.policies[policy].name.as_str();
        verdict::answer(&findings, language, title).sentences.len()
    };
    assert_eq!(sentences(language(&Tag::english())), sentences(language(&Tag::korean())));
}

/// Of policies with the same figures one is named first, and that this says nothing is said too.
#[test]
fn an_exact_tie_is_told_and_goes_to_the_first_in_the_scenario() {
    let like = |name| given(name, (490.0, 306.0), (60_120.0, 48_758.0), Some(9.3));
    let policies = [
        given("grant", (371.0, 190.0), (42_156.0, 59_187.0), Some(15.8)),
        like("one"),
        like("other"),
    ];
    let findings = Place::new(&policies).findings(&policies);
    for leader in headline::leaders(&findings) {
        assert_eq!(names(&findings, &[leader.policy]), ["one"]);
        assert_eq!(names(&findings, &headline::equals(&findings, &leader)), ["other"]);
    }
    let said = said(&findings);
    let words = "The mean of \"one\" is exactly that of \"other\"; of equals the first in the scenario's order is named.";
    assert!(said.contains(words), "{said}");
    let count = said.matches("exactly as \"other\" (of equals the first").count();
    assert_eq!(count, 3, "{said}");
}

/// More policies than anybody reads: the first has most jobs, the last loses most.
fn many(count: u16) -> Vec<Given> {
    let policy = |number: u16| {
        let name: &'static str = format!("policy-{number:04}").leak();
        let jobs = 10.0 * f64::from(count - number) - 15.0;
        given(name, (jobs, jobs / 2.0), (-jobs, 50.0 * jobs.abs()), Some(30.0))
    };
    (0..count).map(policy).collect()
}

/// The charts of a page or a workbook show, and lists name, 50 of them, and say where the others are.
#[test]
fn of_many_policies_the_leading_ones_are_shown_and_where_the_rest_are() {
    let policies = many(300);
    let place = Place::new(&policies);
    let found = place.findings(&policies);
    assert_eq!(found.about.listed().count(), 50);
    let named = |text: &str, number: u16| text.contains(&format!("policy-{number:04}"));
    let left_out = "50 of 301 policies are shown: those that lead by any criterion, then those with most \
                    jobs. All are in comparison.csv";

    let text = summary(&found, language(&Tag::english()), Medium::Plain);
    assert!(text.lines().count() < 250, "{} lines", text.lines().count());
    assert!(text.lines().all(|line| line.len() <= 100));
    assert!(said(&found).contains(left_out), "{text}");
    assert!(said(&found).contains("Leading policies: jobs in the whole city"));

    let pictures = figures::draw(&found, language(&Tag::english()));
    let forest = &pictures.iter().find(|it| it.name == "jobs-against-baseline").unwrap().svg;
    assert_eq!(forest.matches(">policy-").count(), 49);
    assert!(forest.contains("50 of 301 policies are shown"));

    let page = html::page(&found, language(&Tag::english())).unwrap();
    assert!(page.contains(left_out));
    assert_eq!(page.matches("<tr data-row=\"").count(), 50 + 49, "headline and money");
    assert_eq!(page.matches("class=\"chip\"").count(), 50);
    // Titles stay, as policies go by their numbers.
    assert!(page.len() < 500_000, "{} bytes", page.len());
    for text in [&text, forest, &page] {
        assert!(named(text, 0) && named(text, 299), "the best and the worst");
    }
    assert!(!named(&text, 200) && !named(forest, 200));

    let few = many(49);
    let place = Place::new(&few);
    let found = place.findings(&few);
    assert_eq!(found.about.left_out(language(&Tag::english())), None);
    assert!(said(&found).contains("All policies: jobs in the whole city"));
}

/// Pairs of many policies are not compared unless asked, and this is said, not that there are none.
#[test]
fn where_pairs_are_left_out_it_is_said_how_to_have_them() {
    let policies = many(60);
    let place = Place::new(&policies);
    let pairs = fs::read_to_string(place.path().join("pairs.csv")).unwrap();
    let with_baseline: String =
        pairs.split_inclusive('\n').filter(|row| !row.contains(",policy-")).collect();
    fs::write(place.path().join("pairs.csv"), with_baseline).unwrap();
    let found = place.findings(&policies);
    let page = html::page(&found, language(&Tag::english())).unwrap();
    let method = page.split("<section id=\"method\">").nth(1).unwrap();
    let method = method.split("</section>").next().unwrap();
    assert!(
        method.contains("Rankings allow for the comparisons of all policies with the baseline")
    );
    assert!(!method.contains("Rankings allow for all pairs"));
    let text = said(&found);
    assert!(text.contains("The 60 policies beside the baseline are not compared with each other"));
    assert!(text.contains("`yangjae run --pairs` compares all pairs"), "{text}");
    assert!(text.contains("allows for the comparisons of all policies with the baseline"));
    assert!(!text.contains("Pairs of the 60 policies"));
}

/// Whatever figures a table holds, page, pictures and workbook are made at once and hold numbers.
#[test]
fn figures_of_any_size_leave_the_views_well_formed() {
    let enormous = |size: f64| {
        let jobs = (size, -size);
        let mut policies = vec![given("full", jobs, (-size, size), Some(size / 10.0))];
        policies.extend(many(3));
        policies
    };
    for size in [1e30, 1e298] {
        let policies = enormous(size);
        let place = Place::new(&policies);
        let about = place.findings(&policies).about;
        let made = view_files::write(
            place.path(),
            about,
            &Tables(place.path()),
            language(&Tag::english()),
        );
        let made = made.unwrap();
        assert!(made.failed.is_empty(), "{:?}", made.failed);
        let (_, failed) = made.publish(place.path());
        assert!(failed.is_empty(), "{failed:?}");
        let no_number = |name: &str, text: &str| {
            for word in ["NaN", "\"inf", "\"-inf", ">inf", ">-inf", ":null,null,null"] {
                assert!(!text.contains(word), "{name} has {word} for {size}");
            }
        };
        let mut pictures = 0;
        for picture in fs::read_dir(place.path().join("figures")).unwrap() {
            let path = picture.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "svg") {
                let text = fs::read_to_string(&path).unwrap();
                assert!(text.len() < 200_000, "{}: {} bytes", path.display(), text.len());
                no_number(&path.display().to_string(), &text);
                pictures += 1;
            }
        }
        assert!(pictures >= 5, "{pictures}");
        let page = fs::read_to_string(place.path().join("report.html")).unwrap();
        let data = page.split("id=\"figures\">").nth(1).unwrap().split("</script>").next().unwrap();
        let packed = BASE64_STANDARD.decode(data).unwrap();
        let data: serde_json::Value =
            serde_json::from_reader(flate2::read::ZlibDecoder::new(&*packed)).unwrap();
        no_number("the data of report.html", &data.to_string().replace("null", ""));
        let text = page.replace(html::SCRIPT, "");
        no_number("report.html", &text.replace("null", ""));
        let file = fs::File::open(place.path().join("workbook.xlsx")).unwrap();
        let mut book = zip::ZipArchive::new(file).unwrap();
        for number in 0..book.len() {
            let mut part = String::new();
            let mut file = book.by_index(number).unwrap();
            file.read_to_string(&mut part).unwrap();
            no_number(&format!("part {number} of the workbook"), &part);
        }
    }
    // What no run gives is no figure: the table is damaged, and is named with the line.
    let policies = enormous(1e304);
    let place = Place::new(&policies);
    let manifest = finished::read_manifest(place.path()).unwrap();
    let about = About::new(&Place::scenario(&policies), manifest);
    let error = Findings::read(about, &Tables(place.path())).unwrap_err().to_string();
    assert!(error.starts_with("comparison.csv, line 2: `difference` is `1000"), "{error}");
}

/// A row that never ends does not fill the memory.
#[test]
fn a_row_without_an_end_is_refused() {
    let place = Place::new(&POLICIES);
    let path = place.path().join("pairs.csv");
    let text = fs::read_to_string(&path).unwrap();
    let header = text.lines().next().unwrap();
    for endless in ["x".repeat(3 << 20), format!("\"{}", "\n".repeat(3 << 20))] {
        fs::write(&path, format!("{header}\n{endless}")).unwrap();
        let manifest = finished::read_manifest(place.path()).unwrap();
        let about = About::new(&Place::scenario(&POLICIES), manifest);
        let error = Findings::read(about, &Tables(place.path())).unwrap_err();
        let error = yangjae::report::text::message::with_causes(&error);
        assert!(error.contains("a row takes more than 1 MiB"), "{error}");
    }
}
