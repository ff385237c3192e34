//! Random small cases: rows with dates, ranks and kinds, and their files.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test file uses a part of it, and stops at what it does not expect"
)]

use detente_case::When;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Files, Small, small};

/// Options of the issue.
pub const OPTIONS: u8 = 5;

/// Days on which random cases are looked at.
pub const DAYS: [&str; 6] = ["2022-01-03", "2022-01-20", "2022-02-02", "2022-02-15", "2022-03-10", "2022-12-31"];

/// A statement.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: usize,
    pub actor: &'static str,
    pub issue: &'static str,
    pub date: &'static str,
    pub kind: &'static str,
    /// Low, best and high, from 1.
    pub ask: Option<(u8, Option<u8>, u8)>,
    /// Options ruled out, from 1.
    pub out: Vec<u8>,
    pub rank: Option<u8>,
    pub until: Option<&'static str>,
    pub known: Option<&'static str>,
    /// Ids of rows that it ends.
    pub ends: Vec<usize>,
    pub to: &'static str,
    pub accepts: bool,
    pub law: bool,
    /// Conditions, in words or `issue=option`, with semicolons between them; and the option to which alone they apply.
    pub condition: Option<(&'static str, Option<u8>)>,
}

/// The first letter of the ids of an issue's options.
pub fn letter(issue: &str) -> &'static str {
    if issue == "i" { "o" } else { "k" }
}

impl Row {
    /// The line of the row for [`Small::says`].
    pub fn line(&self) -> String {
        let mut line = format!("{} {} {}", self.date, self.actor, self.kind);
        let o = letter(self.issue);
        line.push_str(&match self.ask {
            None => " -".to_owned(),
            Some((low, None, high)) => format!(" {o}{low}..{o}{high}"),
            Some((low, Some(best), high)) => format!(" {o}{low}<{o}{best}<{o}{high}"),
        });
        let list = |options: &[u8]| options.iter().map(|n| format!("{o}{n}")).collect::<Vec<_>>().join(";");
        let mut add = |text: String| line.push_str(&text);
        add(format!(" on={}", self.issue));
        add(format!(" id=p{} rank={}", self.id, self.rank.map_or("-".to_owned(), |rank| rank.to_string())));
        if !self.out.is_empty() {
            add(format!(" out={}", list(&self.out)));
        }
        self.until.iter().for_each(|until| add(format!(" until={until}")));
        self.known.iter().for_each(|known| add(format!(" known={known}")));
        if !self.ends.is_empty() {
            add(format!(" ends={}", self.ends.iter().map(|id| format!("p{id}")).collect::<Vec<_>>().join(";")));
        }
        if !self.to.is_empty() {
            add(format!(" to={}", self.to));
        }
        if let Some((conditions, on)) = self.condition {
            let on = on.map(|option| format!("{o}{option}:")).unwrap_or_default();
            let quoted = |text: &str| if text.contains('=') { text.to_owned() } else { format!("'{text}'") };
            let entries: Vec<String> = conditions.split(';').map(|text| format!("{on}{}", quoted(text))).collect();
            add(format!(" if={}", entries.join(";")));
        }
        if self.law {
            add(" law".to_owned());
        }
        if self.accepts {
            add(" accepts".to_owned());
        }
        line
    }
}

/// A case.
#[derive(Clone, Debug)]
pub struct RandomCase {
    pub rows: Vec<Row>,
    pub events: Vec<String>,
    pub tiers: bool,
    pub listed_actors: bool,
}

impl RandomCase {
    /// The case in the making.
    pub fn small(&self) -> Small {
        let rows: Vec<String> = self.rows.iter().map(Row::line).collect();
        let mut small = small().says(&rows.join("\n")).happens(&self.events.join("\n"));
        if self.tiers {
            small = small.method("organ_tiers = [[1, 2], [3, 4], [5]]");
        }
        if self.listed_actors {
            small = small.actors(&["B", "T", "A", "C", "U"]);
        }
        small.setting("starts = 2022-01-01").relates("C A backs 2022-01-05\nT B mediates 2022-02-10")
    }

    /// The case without ends of rows that became known later than the row that ends them.
    pub fn ending_known_rows(mut self) -> Self {
        let known: Vec<_> = self.rows.iter().map(|row| (row.id, when(row.known.unwrap_or(row.date)).last())).collect();
        for row in &mut self.rows {
            let own = when(row.known.unwrap_or(row.date)).last();
            row.ends.retain(|end| known.iter().any(|(id, day)| id == end && *day <= own));
        }
        self
    }

    /// Its files.
    pub fn files(&self) -> Files {
        self.small().files()
    }
}

/// Dates: days, some of them the same, months and a year.
pub fn date() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        12 => select(vec![
            "2022-01-01", "2022-01-02", "2022-01-03", "2022-01-10", "2022-01-19", "2022-01-20", "2022-01-31", "2022-02-01",
            "2022-02-02", "2022-02-14", "2022-02-15", "2022-03-01", "2022-03-10",
        ]),
        3 => select(vec!["2022-01", "2022-02", "2022"]),
    ]
}

pub fn when(text: &str) -> When {
    When::parse(text).unwrap()
}

pub fn sometimes<T: std::fmt::Debug + Clone>(
    share: f64,
    values: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    proptest::option::weighted(share, values)
}

/// A statement on `i` with conditions in words; its number is set by [`cases`].
pub fn row() -> impl Strategy<Value = Row> {
    row_on(&["i"], &["x", "y", "z"])
}

/// A statement on one of some issues, perhaps on one of some conditions.
pub fn row_on(issues: &'static [&'static str], conditions: &'static [&'static str]) -> impl Strategy<Value = Row> {
    let who = (select(vec!["A", "A", "A", "B", "B", "C"]), date(), select(issues));
    let what = (
        select(vec![
            "demand", "demand", "draft", "offer", "offer", "offer", "red_line", "red_line", "red_line", "reported",
            "inferred",
        ]),
        sometimes(0.7, (1..=OPTIONS, 1..=OPTIONS, 1..=OPTIONS, any::<bool>())),
        proptest::collection::btree_set(1..=OPTIONS, 0..4),
        sometimes(0.85, 1..=5_u8),
    );
    let how_long = (sometimes(0.15, date()), sometimes(0.3, date()), sometimes(0.12, 0..8_usize));
    let more = (
        select(vec!["", "", "", "", "A", "B", "C", "B;C"]),
        proptest::bool::weighted(0.1),
        proptest::bool::weighted(0.12),
        sometimes(0.25, (select(conditions), sometimes(0.4, 1..=OPTIONS))),
    );
    (who, what, how_long, more).prop_map(
        |((actor, date, issue), (kind, ask, out, rank), (until, known, ends), (to, accepts, law, condition))| {
            let ask = ask.map(|(a, b, c, vague)| {
                let mut sorted = [a, b, c];
                sorted.sort_unstable();
                (sorted[0], (!vague || sorted[0] == sorted[2]).then_some(sorted[1]), sorted[2])
            });
            let asked = |option: &u8| {
                ask.is_some_and(|(low, best, high)| match best {
                    Some(best) => [low, best, high].contains(option),
                    None => (low..=high).contains(option),
                })
            };
            let out = if kind == "red_line" { out.into_iter().filter(|o| !asked(o)).collect() } else { Vec::new() };
            let after = |text: &Option<&'static str>| text.filter(|text| when(text).last() >= when(date).first());
            Row {
                id: 0,
                actor,
                issue,
                date,
                kind,
                ask,
                out,
                rank,
                until: after(&until),
                known: after(&known),
                ends: ends.into_iter().collect(),
                to: if to == actor { "" } else { to },
                accepts,
                law,
                condition,
            }
        },
    )
}

/// An event as a line for [`Small::happens`]; its id is set by [`cases`].
fn event() -> impl Strategy<Value = String> {
    let kinds = vec![
        "talks",
        "talks",
        "talks",
        "mediation",
        "mediation",
        "breakdown",
        "exchange",
        "agreement",
        "proposal",
        "other",
    ];
    let who = (select(vec!["A;B", "A;B", "A", "B", "B;C", "C"]), select(vec!["", "T", "U", "T(host)", "T;U"]));
    let topics = select(vec!["", "i", "relief", "procedure", "i;relief"]);
    let more = (select(vec!["", "", "progress", "setback"]), sometimes(0.2, date()));
    let level = select(vec!["none", "technical", "delegations", "ministers", "leaders"]);
    (date(), select(kinds), level, who, topics, more).prop_map(
        |(date, kind, level, (with, by), on, (direction, known))| {
            let known = known.filter(|known| when(known).last() >= when(date).first());
            let known = known.map(|known| format!("known={known}")).unwrap_or_default();
            format!("{date} {kind} at={level} with={with} by={by} on={on} {direction} {known}")
        },
    )
}

/// Gives rows ids in another order than their own, so that nothing hangs on their being the same.
pub fn number(rows: &mut [Row], turn: usize) {
    let count = rows.len();
    for (place, row) in rows.iter_mut().enumerate() {
        row.id = (place + turn) % count + 8;
        let lower = row.id;
        row.ends.iter_mut().for_each(|end| *end += 8);
        row.ends.retain(|end| *end < lower);
    }
}

/// Cases of a few statements and events.
pub fn cases() -> impl Strategy<Value = RandomCase> {
    let rows = proptest::collection::vec(row(), 1..9);
    let events = proptest::collection::vec(event(), 0..7);
    (rows, events, any::<bool>(), any::<bool>(), any::<prop::sample::Index>()).prop_map(
        |(mut rows, mut events, tiers, listed_actors, turn)| {
            let count = rows.len();
            number(&mut rows, turn.index(count));
            for (place, event) in events.iter_mut().enumerate() {
                event.push_str(&format!(" id=e{}", place + 8));
            }
            RandomCase { rows, events, tiers, listed_actors }
        },
    )
}

/// The same random cases in every run.
pub fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_220_329),
        ..ProptestConfig::default()
    }
}
