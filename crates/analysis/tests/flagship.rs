//! What the rows of the bundled case give, as facts.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use std::collections::BTreeMap;

use detente_analysis::about::Settings;
use detente_analysis::common::{self, CommonIssue, Overlap};
use detente_analysis::contact::Round;
use detente_analysis::history::{ExchangeSeries, History, MovementOfHistory, Pause, rules, start};
use detente_analysis::movement::{self, Direction};
use detente_analysis::now::Now;
use detente_analysis::phase::{self, Phase, Rules};
use detente_analysis::plan::{self, PlanCell, PlanMatrix, Plans, Verdict};
use detente_analysis::{history, now};
use detente_case::issue::Track;
use detente_case::{Case, Day, Folder, Moment, Record, When, bundled, load};

fn day(text: &str) -> Day {
    When::parse(text).unwrap().first()
}

fn case() -> Case {
    load(&bundled::folder("russia-ukraine").unwrap(), |_| {}).case.unwrap()
}

/// The case with `organ_tiers` taken out of its settings.
fn without_tiers() -> Case {
    let Folder::Bundled(files) = bundled::folder("russia-ukraine").unwrap() else { panic!("not bundled") };
    let files = files.iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let kept = text.split_inclusive('\n').filter(|line| *name != "case.toml" || !line.starts_with("organ_tiers"));
        ((*name).to_owned(), kept.collect::<String>().into_bytes())
    });
    load(&Folder::Memory(files.collect()), |_| {}).case.unwrap()
}

fn history_of(case: &Case) -> History {
    history(case, Moment::new(case, None, None), Settings::default())
}

fn now_at(case: &Case, at: &str) -> Now {
    now(case, Moment::new(case, Some(day(at)), None), Settings::default())
}

/// One line a month, `2022-01 talks`, of the political track.
fn phases(case: &Case) -> String {
    let months = history_of(case).months;
    months.iter().map(|month| format!("{} {}\n", month.month, month.political.phase.word())).collect()
}

/// How many months of a year are of each phase, under some rules.
fn phases_in(case: &Case, year: i16, rules: Rules) -> BTreeMap<&'static str, usize> {
    let record = Record::known_by(case, case.settings.as_of);
    let until = case.settings.as_of;
    let movements = movement::movements(record, until);
    let mut found = BTreeMap::new();
    for (month, phase) in phase::phases(record, Track::Political, start(record), until, &movements, rules) {
        if month.parts().0 == year {
            *found.entry(phase.phase.word()).or_default() += 1;
        }
    }
    found
}

fn line(movement: &MovementOfHistory) -> String {
    let law = if movement.law { " by law" } else { "" };
    let kind = format!("{:?}", movement.kind).to_lowercase();
    let (from, to) = (movement.from.join(" "), movement.to.join(" "));
    let events = if movement.events.is_empty() { "no event".to_owned() } else { movement.events.join(" ") };
    let rows = movement.rows.join(" ");
    format!("{} {} {kind}{law}: {from} > {to} [{rows}] after {events}\n", movement.date, movement.issue)
}

/// The hardening of a principal on territory from 29 March to the end of 2022.
fn hardening(case: &Case, actor: &str) -> String {
    let in_time = |m: &MovementOfHistory| m.date.first() >= day("2022-03-29") && m.date.first() <= day("2022-12-31");
    let on_territory = |m: &MovementOfHistory| m.issue.starts_with("territory_") && m.direction == Direction::Hardening;
    let movements = history_of(case).movements;
    movements.iter().filter(|m| m.actor == actor && in_time(m) && on_territory(m)).map(line).collect()
}

/// Comparable issues, those with the widest gap first.
fn gaps(now: &Now) -> String {
    let mut issues: Vec<_> = now.issues.iter().filter_map(|issue| Some((issue.gap?, &issue.id))).collect();
    issues.sort_by_key(|(gap, _)| std::cmp::Reverse(*gap));
    issues.iter().map(|(gap, id)| format!("{id} {}–{}\n", gap.steps_min, gap.steps_max)).collect()
}

fn coverage(case: &Case, at: &str) -> (usize, usize, usize) {
    let coverage = now_at(case, at).coverage;
    (coverage.comparable, coverage.any_stance, coverage.issues)
}

#[test]
fn rounds_of_february_to_april_2022_by_country_and_agenda() {
    let rounds = history_of(&case()).rounds;
    let in_time = |round: &&Round| round.date.first() >= day("2022-02-01") && round.date.first() <= day("2022-04-30");
    let told = |round: &Round| {
        let country = if round.country.is_empty() { "no place" } else { &round.country };
        format!("{} {} {country} {}: {}\n", round.date, round.id, round.level.word(), round.topics.join(" "))
    };
    insta::assert_snapshot!(rounds.iter().filter(in_time).map(told).collect::<String>());
}

#[test]
fn political_phases_month_by_month() {
    insta::assert_snapshot!(phases(&case()));
}

#[test]
fn in_2023_no_direct_talks_and_setbacks_start_the_count_of_quiet_months_anew() {
    let case = case();
    let year: Vec<_> = history_of(&case).months.into_iter().filter(|month| month.month.parts().0 == 2023).collect();
    assert!(year.len() == 12 && year.iter().all(|month| month.political.direct.word() == "none"));
    let mediated: Vec<String> =
        year.iter().filter(|m| m.political.mediated.word() != "none").map(|m| m.month.to_string()).collect();
    assert_eq!(mediated, ["2023-06"]);
    let setbacks: Vec<String> = year
        .iter()
        .filter(|month| month.political.phase == Phase::Setback)
        .map(|month| format!("{} {} [{}]\n", month.month, month.political.rule, month.political.rows.join(" ")))
        .collect();
    insta::assert_snapshot!(setbacks.concat());
    let rules = rules(&case);
    assert_eq!(phases_in(&case, 2023, rules), BTreeMap::from([("lull", 5), ("setback", 4), ("stalemate", 3)]));
    let restarts_not = Rules { setback_restarts: false, ..rules };
    assert_eq!(phases_in(&case, 2023, restarts_not), BTreeMap::from([("setback", 4), ("stalemate", 8)]));
}

#[test]
fn direct_talks_come_again_in_2025() {
    let rounds = history_of(&case()).rounds;
    let political: Vec<String> = rounds
        .iter()
        .filter(|round| round.date.first() >= day("2022-05-01") && round.date.first() <= day("2025-12-31"))
        .map(|round| format!("{} {} {} {}\n", round.date, round.id, round.country, round.level.word()))
        .collect();
    insta::assert_snapshot!(political.concat());
}

#[test]
fn pauses_between_exchanges_by_series() {
    let exchanges = history_of(&case()).exchanges;
    let pauses = |series: &ExchangeSeries| {
        let told = |pause: &Pause| {
            format!("  {} to {}: {} days [{}]\n", pause.from, pause.to, pause.days, pause.rows.join(" "))
        };
        let head = format!("{}: {} from {} to {}\n", series.series, series.count, series.first, series.last);
        head + &series.pauses.iter().map(told).collect::<String>()
    };
    insta::assert_snapshot!(exchanges.iter().map(pauses).collect::<String>());
}

#[test]
fn hardening_of_russia_on_territory_in_2022() {
    insta::assert_snapshot!(hardening(&case(), "Russia"));
}

#[test]
fn hardening_of_ukraine_on_territory_in_2022() {
    insta::assert_snapshot!(hardening(&case(), "Ukraine"));
}

#[test]
fn coverage_and_issues_by_gap_at_the_end_of_2023() {
    let case = case();
    assert_eq!(coverage(&case, "2023-12-31"), (12, 15, 18));
    insta::assert_snapshot!(gaps(&now_at(&case, "2023-12-31")));
}

#[test]
fn without_tiers_of_organs_coverage_and_phases_are_the_same() {
    let (with, without) = (case(), without_tiers());
    assert_ne!(with.settings.methods.organ_tiers, without.settings.methods.organ_tiers);
    assert_eq!(coverage(&without, "2023-12-31"), (12, 15, 18));
    assert_eq!(coverage(&without, "2026-06-23"), coverage(&with, "2026-06-23"));
    assert_eq!(phases(&without), phases(&with));
    assert_eq!(hardening(&without, "Ukraine"), hardening(&with, "Ukraine"));
}

#[test]
fn without_tiers_of_organs_a_recognition_by_law_outlasts_the_words_of_september_2022() {
    let (with, without) = (case(), without_tiers());
    let donbas = |case: &Case| {
        now_at(case, "2023-12-31").issues.into_iter().find(|issue| issue.id == "territory_donbas").unwrap()
    };
    let russia =
        |case: &Case| donbas(case).stances.into_iter().find(|stance| stance.actor == "Russia").unwrap().position;
    assert_eq!((russia(&with), russia(&without)), (vec!["td1r".to_owned()], vec!["td1i".to_owned()]));
    let steps = |case: &Case| donbas(case).gap.map(|gap| (gap.steps_min, gap.steps_max));
    assert_eq!((steps(&with), steps(&without)), (Some((7, 7)), Some((6, 6))));
    let differing: Vec<String> = changed(&hardening(&with, "Russia"), &hardening(&without, "Russia"));
    insta::assert_snapshot!(differing.join("\n"));
}

/// Lines that are in one of two texts only.
fn changed(a: &str, b: &str) -> Vec<String> {
    let only = |sign: char, a: &str, b: &str| -> Vec<String> {
        a.lines().filter(|line| !b.lines().any(|other| other == *line)).map(|line| format!("{sign} {line}")).collect()
    };
    [only('-', a, b), only('+', b, a)].concat()
}

fn plans(case: &Case, names: &[&str]) -> Plans {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    plan::plans(case, Moment::new(case, None, None), &names, Settings::default()).unwrap()
}

/// The word of a verdict.
fn word(verdict: Verdict) -> String {
    format!("{verdict:?}")
        .chars()
        .flat_map(|c| [c.is_uppercase().then_some(' '), Some(c.to_ascii_lowercase())])
        .flatten()
        .collect()
}

fn cell(cell: &PlanCell) -> String {
    let mut told = format!("{} {} {}:{}", cell.issue, cell.option, cell.actor, word(cell.verdict));
    if cell.verdict != cell.verdict_without_law {
        told.push_str(&format!(", without law{}", word(cell.verdict_without_law)));
    }
    if cell.one_of > 1 {
        told.push_str(&format!(", one of {}", cell.one_of));
    }
    if cell.carried {
        told.push_str(", lapsed");
    }
    if let Some(met) = cell.condition_met {
        told.push_str(&format!(", if {} ({})", cell.condition, format!("{met:?}").to_lowercase()));
    }
    if let Some(steps) = cell.steps.filter(|steps| *steps > 0) {
        told.push_str(&format!(", {steps} away"));
    }
    format!("{told} [{}]\n", cell.rows.join(" "))
}

#[test]
fn the_28_points_against_the_words_of_the_principals() {
    let plans = plans(&case(), &["28-points-2025-11"]);
    insta::assert_snapshot!(plans.packages[0].cells.iter().filter(|cell| cell.principal).map(cell).collect::<String>());
}

/// How many options of a plan an actor meets with each verdict, silent last.
fn counts(plan: &PlanMatrix, actor: &str) -> String {
    let count = |verdict: &Verdict| {
        plan.cells.iter().filter(|cell| cell.actor == actor && cell.verdict == *verdict).count().to_string()
    };
    Verdict::ALL.iter().map(count).collect::<Vec<_>>().join("/")
}

#[test]
fn all_plans_in_short() {
    let told = |plan: &PlanMatrix| {
        let coverage = plan.coverage;
        let by = if plan.dominated_by.is_empty() { "none".to_owned() } else { plan.dominated_by.join(" ") };
        format!(
            "{} {}: {} of {} clauses; Russia {}; Ukraine {}; of {} others dominated by {by}\n",
            plan.date.unwrap(),
            plan.id,
            coverage.coded,
            coverage.clauses,
            counts(plan, "Russia"),
            counts(plan, "Ukraine"),
            plan.comparable_plans
        )
    };
    insta::assert_snapshot!(plans(&case(), &[]).packages.iter().map(told).collect::<String>());
}

#[test]
fn what_the_principals_have_ever_had_in_common() {
    let case = case();
    let register = common::common(&case, Moment::new(&case, None, None), Settings::default());
    let told = |issue: &CommonIssue, overlap: &Overlap| {
        let until = overlap.until.map(|until| format!(" to {until}")).unwrap_or_default();
        let apart = if overlap.together { "" } else { ", never at once" };
        let left =
            overlap.left_by.iter().map(|left| format!(", {} {:?} [{}]", left.actor, left.how, left.rows.join(" ")));
        let put = overlap
            .sides
            .iter()
            .map(|put| format!("  {} {} to {} [{}]\n", put.actor, put.first, put.last, put.rows.join(" ")));
        let head = format!("{} {}: {}{until}{apart}", issue.id, overlap.option, overlap.since);
        format!("{head}{}\n{}", left.collect::<String>(), put.collect::<String>())
    };
    let overlaps =
        register.issues.iter().flat_map(|issue| issue.overlaps.iter().map(move |overlap| told(issue, overlap)));
    insta::assert_snapshot!(overlaps.collect::<String>());
}
