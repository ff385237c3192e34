//! What the rows of the bundled case give, as facts.

use detente_analysis::about::Settings;
use detente_analysis::history::{History, MovementOfHistory};
use detente_analysis::movement::{Direction, MovementKind};
use detente_analysis::now::Now;
use detente_analysis::{history, now};
use detente_case::{Case, Day, Folder, Moment, When, bundled, load};

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

/// Phases by quarter-long lines: `2022-01 not started (…)`.
fn spells(case: &Case) -> String {
    history_of(case)
        .spells
        .iter()
        .map(|spell| format!("{:?} {}–{} {}\n", spell.track, spell.from, spell.to, spell.phase.word()))
        .collect()
}

fn line(movement: &MovementOfHistory) -> String {
    let law = if movement.law { " by law" } else { "" };
    format!(
        "{} {} {} {:?}{law}: {} > {} [{}] after {}",
        movement.date,
        movement.actor,
        movement.issue,
        movement.kind,
        movement.from.join(" "),
        movement.to.join(" "),
        movement.rows.join(" "),
        movement.events.join(" ")
    )
}

/// The movements on territory from 29 March to the end of 2022 that test accepts.
fn on_territory(case: &Case, test: impl Fn(&MovementOfHistory) -> bool) -> String {
    let movements = history_of(case).movements;
    let in_time = |m: &&MovementOfHistory| m.date.first() >= day("2022-03-29") && m.date.first() <= day("2022-12-31");
    let found = movements.iter().filter(in_time).filter(|m| m.issue.starts_with("territory_") && test(m));
    found.map(|m| format!("{}\n", line(m))).collect()
}

fn gaps(now: &Now) -> String {
    let mut issues: Vec<_> = now.issues.iter().filter_map(|issue| Some((issue.gap?, issue))).collect();
    issues.sort_by(|a, b| b.0.steps_max.cmp(&a.0.steps_max).then(b.0.steps_min.cmp(&a.0.steps_min)));
    issues.iter().map(|(gap, issue)| format!("{} {}–{}\n", issue.id, gap.steps_min, gap.steps_max)).collect()
}

#[test]
fn dump() {
    for case in [case(), without_tiers()] {
        println!("=====");
        for r in history_of(&case).rounds.iter().filter(|r| r.date.first() >= day("2022-02-01") && r.date.first() <= day("2022-04-30")) {
            println!("{} {} {} {:?} {}", r.date, r.id, r.country, r.level, r.topics.join(" "));
        }
        println!("{}", phases(&case));
        println!("{}", spells(&case));
        for s in history_of(&case).exchanges { println!("{s:?}"); }
        println!("{}", on_territory(&case, |_| true));
        println!("{:?}\n{}", now_at(&case, "2023-12-31").coverage, gaps(&now_at(&case, "2023-12-31")));
        println!("{:?}", now_at(&case, "2026-06-23").coverage);
        println!("{:#?}", history_of(&case).sensitivity);
        _ = (Direction::None, MovementKind::Entry);
    }
}
