//! Plans against a second opinion: the definitions of `docs/methods/plan.md` as loops over rows and clauses, nothing shared with
//! the engine.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::about::Settings;
use detente_analysis::plan::{self, PlanCell, Plans};
use detente_case::{Case, Moment, When};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use support::day;
use support::plain::{Oracle, Rules, Truth, when};
use support::plans::{RandomClause, RandomPlans, plan_cases};
use support::random::{DAYS, OPTIONS, Row, config, letter};

/// Ways to get the rules of plans wrong, beside those of stances.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    Nothing,
    ConditionsNeverLift,
    ContradictedOffersLift,
    LawsDoNotMatter,
    RuledOutBeforeAsked,
    LapsedWordsAreForgotten,
    ClausesAreAlwaysKnown,
    OneReadingIsEnough,
}

/// One option of a clause and one actor.
#[derive(PartialEq, Eq, Debug)]
struct Cell {
    verdict: &'static str,
    without_law: &'static str,
    one_of: usize,
    date: Option<When>,
    condition: Option<&'static str>,
    carried: bool,
    steps: Option<u32>,
    tabled: BTreeSet<String>,
    law: BTreeSet<String>,
    reported: BTreeSet<String>,
}

/// Plan, issue, option, actor.
type Cells = BTreeMap<[String; 4], Cell>;

/// Issue and principal; what a change of plan is for it.
type Outcomes = BTreeMap<(String, String), &'static str>;

/// All that is said of plans.
#[derive(PartialEq, Eq, Debug, Default)]
struct Said {
    /// Id, day, authors.
    plans: Vec<(String, Option<String>, BTreeSet<String>)>,
    cells: Cells,
    /// Id of a plan; others that can be compared, those that dominate it.
    beside: BTreeMap<String, (usize, BTreeSet<String>)>,
    /// Issue, actor and outcome of each comparison of a plan with the one before, and which dominates.
    compared: Vec<(Outcomes, Option<String>)>,
}

struct Reader<'a> {
    random: &'a RandomPlans,
    /// The rows that are known.
    rows: Vec<Row>,
    /// The clauses that are known.
    clauses: Vec<&'a RandomClause>,
    at: &'a str,
    rules: Rules,
    wrong: Wrong,
}

fn known(row: &Row) -> When {
    when(row.known.unwrap_or(row.date))
}

impl<'a> Reader<'a> {
    fn new(random: &'a RandomPlans, at: &'a str, known_by: &str, rules: Rules, wrong: Wrong) -> Self {
        let rows = random.rows.iter().filter(|row| known(row).last() <= day(known_by)).cloned().collect();
        let mut clauses = Vec::new();
        for clause in &random.clauses {
            let behind = random.rows.iter().filter(|row| clause.rows.contains(&row.id));
            let of_rows = behind.map(|row| known(row).last()).min();
            let from = match (clause.known, of_rows, clause.date) {
                (Some(own), _, _) => Some(when(own).last()),
                (None, Some(of_rows), _) => Some(of_rows),
                (None, None, Some(date)) => Some(when(date).last()),
                (None, None, None) => None,
            };
            if wrong == Wrong::ClausesAreAlwaysKnown || from.is_none_or(|from| from <= day(known_by)) {
                clauses.push(clause);
            }
        }
        Reader { random, rows, clauses, at, rules, wrong }
    }

    fn words<'b>(&'b self, issue: &'b str) -> Oracle<'b> {
        Oracle {
            rows: &self.rows,
            issue,
            principals: self.random.principals,
            tiers: self.random.tiers,
            rules: self.rules,
        }
    }

    fn plans(&self) -> Vec<&'static str> {
        let mut plans = Vec::new();
        for clause in &self.clauses {
            if !plans.contains(&clause.plan) {
                plans.push(clause.plan);
            }
        }
        plans
    }

    fn clause(&self, plan: &str, issue: &str) -> Vec<u8> {
        let found = self.clauses.iter().find(|clause| clause.plan == plan && clause.issue == issue);
        found.map(|clause| clause.options.clone()).unwrap_or_default()
    }

    /// What a plan does to one condition.
    fn met(&self, plan: &str, condition: &str) -> &'static str {
        let mut worst = "met";
        for entry in condition.split(';') {
            let one = match entry.split_once('=') {
                None => "open",
                Some((issue, option)) => {
                    let (options, wanted) = (self.clause(plan, issue), option[1..].parse::<u8>().unwrap());
                    match options.contains(&wanted) {
                        _ if options.is_empty() => "open",
                        true if options.len() == 1 => "met",
                        true => "open",
                        false => "not_met",
                    }
                }
            };
            if one == "not_met" || worst == "met" {
                worst = one;
            }
        }
        worst
    }

    fn cell(&self, plan: &str, issue: &str, option: u8, actor: &str) -> Cell {
        let words = self.words(issue);
        let position = words.position(actor, self.at);
        let asked = position.contains(&option);
        let lifts = |condition: &str| match self.wrong {
            Wrong::ConditionsNeverLift => false,
            Wrong::ContradictedOffersLift => true,
            _ => self.met(plan, condition) != "not_met",
        };
        let line: Vec<&Row> = self.rows.iter().filter(|row| words.of(actor, row)).collect();
        let force = |row: &Row| words.force(row, self.at) != Truth::No;
        let latest_only = self.rules == Rules::LaterRedLineReplacesEarlier;
        let replaced = |row: &Row| {
            let red_line = |other: &&&Row| !other.law && !other.out.is_empty() && force(other);
            latest_only && line.iter().filter(red_line).any(|other| words.later(other, row))
        };
        let by_words = line
            .iter()
            .any(|row| !row.law && force(row) && !replaced(row) && words.rules_out(row, option, self.at, true, &lifts));
        let laws: Vec<&&Row> = line.iter().filter(|row| row.law && !row.out.is_empty() && force(row)).collect();
        let law: Vec<&&&Row> = laws.iter().filter(|row| row.out.contains(&option)).collect();

        let mut put: Vec<&Row> = Vec::new();
        for row in line.iter().copied() {
            let begun = when(row.date).first() <= day(self.at);
            let forgotten = self.wrong == Wrong::LapsedWordsAreForgotten && !force(row);
            if Oracle::own(row) && begun && words.tables(row, option) && !forgotten {
                put.push(row);
            }
        }
        let lapsed = |row: &&Row| row.until.is_some_and(|until| when(until).last() <= day(self.at));
        let spoken = line.iter().any(|row| {
            let tabled = row.ask.is_some_and(|(_, best, _)| best.is_some()) && when(row.date).first() <= day(self.at);
            let says = row.ask.is_some() || (!row.law && !row.out.is_empty());
            Oracle::own(row) && (tabled || (says && force(row)))
        });
        let without_law = match () {
            () if by_words && self.wrong == Wrong::RuledOutBeforeAsked => "ruled_out",
            () if asked => "asked",
            () if by_words => "ruled_out",
            () if !put.is_empty() => "tabled_before",
            () if spoken => "not_ruled_out",
            () => "silent",
        };
        let verdict = match without_law {
            _ if self.wrong == Wrong::LawsDoNotMatter => without_law,
            "asked" => "asked",
            _ if !law.is_empty() => "ruled_out",
            "silent" if !laws.is_empty() => "not_ruled_out",
            other => other,
        };
        let in_order = |row: &&Row| (when(row.date), 10 - words.rank(row), row.id);
        let deciding = words.deciding(actor, self.at);
        let asking: Vec<&Row> = deciding.into_iter().filter(|row| Oracle::asks(row).contains(&option)).collect();
        let latest =
            if asked { asking.iter().copied().max_by_key(in_order) } else { put.iter().copied().max_by_key(in_order) };
        let condition = latest.map(|row| Oracle::condition(row, option)).filter(|condition| !condition.is_empty());
        let id = |row: &Row| format!("p{}", row.id);
        let asks_or_tables = |row: &Row| Oracle::asks(row).contains(&option) || words.tables(row, option);
        let reported = |row: &&&Row| !Oracle::own(row) && force(row) && asks_or_tables(row);
        Cell {
            verdict,
            without_law,
            one_of: if asked { position.len() } else { 0 },
            date: latest.map(|row| when(row.date)),
            condition: condition.map(|condition| self.met(plan, condition)),
            carried: !asked && !put.is_empty() && put.iter().all(lapsed),
            steps: position.iter().map(|own| u32::from(own.abs_diff(option))).min(),
            tabled: asking.iter().chain(&put).map(|row| id(row)).collect(),
            law: law.iter().map(|row| id(row)).collect(),
            reported: line.iter().filter(reported).map(|row| id(row)).collect(),
        }
    }

    /// What going from some options of an issue to others is for a principal.
    fn outcome(&self, issue: &str, actor: &str, from: &[u8], to: &[u8]) -> &'static str {
        let position = |actor: &str| self.words(issue).position(actor, self.at);
        let own = position(actor);
        let mut others = BTreeSet::new();
        for other in self.random.principals.iter().filter(|other| **other != actor) {
            others.extend(position(other));
        }
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return "not_compared" };
        let side = match (others.first(), others.last()) {
            (Some(low), Some(high)) if (first, last) == (low, high) => "unknown",
            (Some(low), Some(high)) if first <= low && last <= high => "low",
            (Some(low), Some(high)) if first >= low && last >= high => "high",
            _ => "unknown",
        };
        let no_worse = |x: u8, y: u8, reading: u8| match side {
            "low" => x <= y || x <= reading,
            "high" => x >= y || x >= reading,
            _ => (y <= x && x <= reading) || (reading <= x && x <= y),
        };
        if from == to {
            return "same";
        }
        let mut up = Vec::new();
        let mut down = Vec::new();
        for reading in own {
            for x in from {
                for y in to {
                    up.push(no_worse(*y, *x, reading));
                    down.push(no_worse(*x, *y, reading));
                }
            }
        }
        let all = |agree: &[bool]| match self.wrong {
            Wrong::OneReadingIsEnough => agree.contains(&true),
            _ => !agree.contains(&false),
        };
        match (all(&up), all(&down)) {
            (true, true) => "same",
            (true, false) => "gains",
            (false, true) => "loses",
            (false, false) => "unclear",
        }
    }

    /// Issue and principal; what going from one plan to another is.
    fn outcomes(&self, from: &str, to: &str) -> Outcomes {
        let mut outcomes = BTreeMap::new();
        for issue in ["i", "j"] {
            let (before, after) = (self.clause(from, issue), self.clause(to, issue));
            for actor in self.random.principals {
                if !before.is_empty() && !after.is_empty() {
                    let outcome = self.outcome(issue, actor, &before, &after);
                    outcomes.insert((issue.to_owned(), (*actor).to_owned()), outcome);
                }
            }
        }
        outcomes
    }

    fn dominates(&self, better: &str, worse: &str) -> bool {
        let outcomes: Vec<&str> = self.outcomes(worse, better).into_values().collect();
        !outcomes.contains(&"loses") && !outcomes.contains(&"unclear") && outcomes.contains(&"gains")
    }

    fn said(&self) -> Said {
        let mut said = Said::default();
        let plans = self.plans();
        let coded = |issue: &&str| plans.iter().any(|plan| !self.clause(plan, issue).is_empty());
        let issues: Vec<&str> = ["i", "j"].into_iter().filter(coded).collect();
        let speaks = |actor: &str| {
            let about = |row: &&Row| row.actor == actor && issues.contains(&row.issue);
            self.rows.iter().filter(about).any(|row| row.ask.is_some() || !row.out.is_empty())
        };
        let actors =
            ["A", "B", "C"].into_iter().filter(|actor| self.random.principals.contains(actor) || speaks(actor));
        let actors: Vec<&str> = actors.collect();
        for plan in &plans {
            let own: Vec<&&RandomClause> = self.clauses.iter().filter(|clause| clause.plan == *plan).collect();
            let behind = |row: &&Row| own.iter().any(|clause| clause.rows.contains(&row.id));
            let behind: Vec<&Row> = self.rows.iter().filter(behind).collect();
            let stated = own.iter().find_map(|clause| clause.date).map(when);
            let date = stated.or_else(|| behind.iter().map(|row| when(row.date)).min());
            let authors = behind.iter().map(|row| row.actor.to_owned()).collect();
            said.plans.push(((*plan).to_owned(), date.map(|date| date.to_string()), authors));
            for issue in ["i", "j"] {
                for option in self.clause(plan, issue) {
                    for actor in &actors {
                        let name = format!("{}{option}", letter(issue));
                        let key = [*plan, issue, &name, *actor].map(str::to_owned);
                        said.cells.insert(key, self.cell(plan, issue, option, actor));
                    }
                }
            }
            let shares = |other: &&&str| {
                let both = |issue: &str| !self.clause(plan, issue).is_empty() && !self.clause(other, issue).is_empty();
                *other != plan && (both("i") || both("j"))
            };
            let others: Vec<&&str> = plans.iter().filter(shares).collect();
            let dominating = others.iter().filter(|other| self.dominates(other, plan));
            let dominating = dominating.map(|other| (**other).to_owned()).collect();
            said.beside.insert((*plan).to_owned(), (others.len(), dominating));
        }
        for pair in plans.windows(2) {
            let better = [(pair[1], pair[0]), (pair[0], pair[1])].into_iter().find(|(x, y)| self.dominates(x, y));
            said.compared.push((self.outcomes(pair[0], pair[1]), better.map(|(x, _)| x.to_owned())));
        }
        said
    }
}

/// The word by which a value is written.
fn word<T: serde::Serialize>(value: T) -> &'static str {
    const WORDS: [&str; 14] = [
        "asked",
        "tabled_before",
        "not_ruled_out",
        "ruled_out",
        "silent",
        "met",
        "open",
        "not_met",
        "gains",
        "same",
        "loses",
        "unclear",
        "not_compared",
        "",
    ];
    let text = serde_json::to_value(value).unwrap();
    WORDS.into_iter().find(|word| Some(*word) == text.as_str()).unwrap_or_default()
}

fn engine(plans: &Plans) -> Said {
    let mut said = Said::default();
    let cell = |cell: &PlanCell| Cell {
        verdict: word(cell.verdict),
        without_law: word(cell.verdict_without_law),
        one_of: cell.one_of,
        date: cell.date,
        condition: cell.condition_met.map(word),
        carried: cell.carried,
        steps: cell.steps,
        tabled: cell.tabled.iter().cloned().collect(),
        law: cell.law.iter().cloned().collect(),
        reported: cell.reported.iter().cloned().collect(),
    };
    for plan in &plans.packages {
        let date = plan.date.map(|date| date.to_string());
        said.plans.push((plan.id.clone(), date, plan.authors.iter().cloned().collect()));
        for found in &plan.cells {
            let key = [&plan.id, &found.issue, &found.option, &found.actor].map(String::clone);
            said.cells.insert(key, cell(found));
        }
        said.beside.insert(plan.id.clone(), (plan.comparable_plans, plan.dominated_by.iter().cloned().collect()));
    }
    for comparison in &plans.comparisons {
        let sides = comparison.sides.iter();
        let outcomes = sides.map(|side| ((side.issue.clone(), side.actor.clone()), word(side.outcome))).collect();
        said.compared.push((outcomes, comparison.dominates.clone()));
    }
    said
}

fn differs(random: &RandomPlans, rules: Rules, wrong: Wrong) -> Option<String> {
    let case: Case = random.small().case();
    for at in DAYS {
        for known_by in [at, "2022-12-31"] {
            let moment = Moment::new(&case, Some(day(at)), Some(day(known_by)));
            let found = engine(&plan::plans(&case, moment, &[], Settings::default()).unwrap());
            let expected = Reader::new(random, at, known_by, rules, wrong).said();
            if expected != found {
                return Some(format!(
                    "at {at}, known {known_by}:\nby the rules {expected:#?}\nby the engine {found:#?}"
                ));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn plans_are_what_a_plain_reading_of_the_definitions_gives(random in plan_cases()) {
        let difference = differs(&random, Rules::AsWritten, Wrong::Nothing);
        prop_assert!(difference.is_none(), "{}\n{}", random.text(), difference.unwrap_or_default());
    }
}

#[test]
fn a_rule_that_is_got_wrong_is_found_out() {
    for (rules, wrong) in [
        (Rules::LaterRedLineReplacesEarlier, Wrong::Nothing),
        (Rules::DemandsRelax, Wrong::Nothing),
        (Rules::AsWritten, Wrong::ConditionsNeverLift),
        (Rules::AsWritten, Wrong::ContradictedOffersLift),
        (Rules::AsWritten, Wrong::LawsDoNotMatter),
        (Rules::AsWritten, Wrong::RuledOutBeforeAsked),
        (Rules::AsWritten, Wrong::LapsedWordsAreForgotten),
        (Rules::AsWritten, Wrong::ClausesAreAlwaysKnown),
        (Rules::AsWritten, Wrong::OneReadingIsEnough),
    ] {
        let mut runner = TestRunner::new(config(1));
        let mut drawn = || plan_cases().new_tree(&mut runner).unwrap().current();
        assert!((0..3000).any(|_| differs(&drawn(), rules, wrong).is_some()), "{rules:?} {wrong:?}");
    }
}

#[test]
fn the_random_cases_show_every_verdict_and_every_outcome() {
    let mut runner = TestRunner::new(config(1));
    let mut seen = BTreeSet::new();
    for _ in 0..500 {
        let random = plan_cases().new_tree(&mut runner).unwrap().current();
        let said = Reader::new(&random, "2022-12-31", "2022-12-31", Rules::AsWritten, Wrong::Nothing).said();
        for cell in said.cells.values() {
            seen.extend([cell.verdict, cell.without_law, cell.condition.unwrap_or("met")]);
        }
        seen.extend(said.compared.iter().flat_map(|(outcomes, _)| outcomes.values().copied()));
    }
    assert_eq!(seen.len(), 13, "{seen:?}");
    assert!(usize::from(OPTIONS) == 5);
}
