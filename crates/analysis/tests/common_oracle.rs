//! The common-ground register against a second opinion: the definitions of `docs/methods/common.md` day by day, nothing shared
//! with the engine.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::about::Settings;
use detente_analysis::common::{self, Common};
use detente_case::{Day, Moment};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use support::day;
use support::plain::{Oracle, Rules, Truth, when};
use support::plans::{RandomPlans, plan_cases};
use support::random::{DAYS, OPTIONS, Row, config, letter};

/// Ways to get the rules of the register wrong, beside those of stances.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    Nothing,
    LawsEndNothing,
    LowerRanksEnd,
    AcceptancesEnd,
    LapsedTextsStand,
}

/// When an option stood for all: since, until, whether ever together, who left by what.
type Overlap = (String, Option<String>, bool, BTreeMap<String, (&'static str, BTreeSet<String>)>);

/// The register of one issue.
#[derive(PartialEq, Eq, Debug, Default)]
struct Said {
    /// By principal: what it has put, what stands.
    sides: BTreeMap<String, (Vec<String>, Vec<String>)>,
    overlaps: BTreeMap<String, Overlap>,
    /// Actor and option, actor and option, steps, standing.
    near: BTreeSet<(String, String, u32, bool)>,
    /// Actor, option, who rules it out.
    third: BTreeSet<(String, String, Vec<String>)>,
}

/// An option of an actor: on which days it stood, and by what each row that put it ended.
struct Stood {
    /// One truth a day, from the first day of 2022 to the day asked about.
    days: Vec<bool>,
    /// Day, how, rows.
    ends: Vec<(usize, &'static str, BTreeSet<usize>)>,
    first: Option<usize>,
}

struct Reader<'a> {
    words: Oracle<'a>,
    at: &'a str,
    wrong: Wrong,
}

fn number(date: Day) -> usize {
    usize::try_from((date - day("2022-01-01")).get_days()).unwrap()
}

fn date(number: usize) -> String {
    (day("2022-01-01") + jiff::Span::new().days(i64::try_from(number).unwrap())).to_string()
}

impl Reader<'_> {
    fn stood(&self, actor: &str, option: u8) -> Stood {
        let at = number(day(self.at));
        let mut stood = Stood { days: vec![false; at + 1], ends: Vec::new(), first: None };
        let line = || self.words.rows.iter().filter(|row| self.words.of(actor, row));
        for row in line() {
            let begins = number(when(row.date).first());
            if !Oracle::own(row) || !self.words.tables(row, option) || begins > at {
                continue;
            }
            let mut ends: Vec<(usize, u8, usize)> = Vec::new();
            for other in line() {
                let said = number(when(other.date).first());
                if said <= number(when(row.date).last()) {
                    continue;
                }
                if other.out.contains(&option) && !(other.law && self.wrong == Wrong::LawsEndNothing) {
                    ends.push((said, 0, other.id));
                }
                let has_room = Oracle::asks(other).contains(&option) || self.words.tables(other, option);
                let rank = self.wrong == Wrong::LowerRanksEnd || self.words.tier(other) <= self.words.tier(row);
                let asks = self.words.sets(actor, other)
                    || (self.wrong == Wrong::AcceptancesEnd && Oracle::own(other) && other.ask.is_some());
                if asks && rank && !has_room {
                    ends.push((said, 1, other.id));
                }
            }
            if let Some(until) = row.until.filter(|_| self.wrong != Wrong::LapsedTextsStand) {
                ends.push((number(when(until).last()), 2, row.id));
            }
            for other in self.words.rows.iter().filter(|other| other.ends.contains(&row.id)) {
                ends.push((number(when(other.date).last()).max(begins), 2, other.id));
            }
            ends.retain(|(end, ..)| *end <= at);
            let end = ends.iter().min().map(|(end, how, _)| (*end, *how));
            for (number, stands) in stood.days.iter_mut().enumerate() {
                *stands |= number >= begins && end.is_none_or(|(end, _)| number < end);
            }
            stood.first = Some(stood.first.map_or(begins, |first: usize| first.min(begins)));
            if let Some((end, how)) = end {
                let by = ends.iter().filter(|(day, kind, _)| (*day, *kind) == (end, how)).map(|(.., id)| *id);
                stood.ends.push((end, ["ruled_out", "asked_for_else", "lapsed"][usize::from(how)], by.collect()));
            }
        }
        // The end of a text on whose last day another one stands is no end.
        let days = stood.days.clone();
        stood.ends.retain(|(end, ..)| !days.get(*end).copied().unwrap_or(false));
        stood
    }

    fn name(&self, option: u8) -> String {
        format!("{}{option}", letter(self.words.issue))
    }

    fn overlap(&self, all: &[(&str, Stood)]) -> Overlap {
        let at = number(day(self.at));
        let together: Vec<usize> = (0..=at).filter(|day| all.iter().all(|(_, stood)| stood.days[*day])).collect();
        let (since, until) = match (together.first(), together.last()) {
            (Some(first), Some(last)) => (*first, (*last < at).then_some(last + 1)),
            _ => {
                let last_end = |stood: &Stood| stood.ends.iter().map(|(end, ..)| *end).max();
                let gone = all.iter().filter(|(_, stood)| !stood.days[at]).filter_map(|(_, stood)| last_end(stood));
                (all.iter().filter_map(|(_, stood)| stood.first).max().unwrap(), gone.min())
            }
        };
        let mut left = BTreeMap::new();
        for (actor, stood) in all {
            let mut ends: Vec<_> = stood.ends.iter().filter(|(end, ..)| Some(*end) == until).collect();
            let order = |how: &str| ["ruled_out", "asked_for_else", "lapsed"].iter().position(|word| *word == how);
            ends.sort_by_key(|(_, how, _)| order(how));
            if let Some((_, how, _)) = ends.first().copied() {
                let alike = ends.iter().filter(|(_, other, _)| other == how);
                let rows = alike.flat_map(|(.., rows)| rows).map(|id| format!("p{id}")).collect();
                left.insert((*actor).to_owned(), (*how, rows));
            }
        }
        (date(since), until.map(date), !together.is_empty(), left)
    }

    /// Whether an actor rules an option out, whatever condition might lift that left aside.
    fn rules_out(&self, actor: &str, option: u8) -> bool {
        self.words.rows.iter().any(|row| {
            self.words.of(actor, row)
                && self.words.force(row, self.at) != Truth::No
                && self.words.rules_out(row, option, self.at, true, &|_| true)
        })
    }

    fn said(&self) -> Said {
        let mut said = Said::default();
        let principals = self.words.principals;
        let at = number(day(self.at));
        let put = |actor: &str| -> Vec<u8> {
            (1..=OPTIONS).filter(|option| self.stood(actor, *option).first.is_some()).collect()
        };
        let stands = |actor: &str, option: u8| self.stood(actor, option).days[at];
        for actor in principals {
            let options = put(actor);
            let standing = options.iter().copied().filter(|option| stands(actor, *option));
            let names = |options: &[u8]| options.iter().map(|option| self.name(*option)).collect::<Vec<_>>();
            said.sides.insert((*actor).to_owned(), (names(&options), names(&standing.collect::<Vec<_>>())));
        }
        for option in 1..=OPTIONS {
            if principals.len() > 1 && principals.iter().all(|actor| put(actor).contains(&option)) {
                let all: Vec<_> = principals.iter().map(|actor| (*actor, self.stood(actor, option))).collect();
                said.overlaps.insert(self.name(option), self.overlap(&all));
            }
        }
        for (place, a) in principals.iter().enumerate() {
            for b in &principals[place + 1..] {
                for only_standing in [true, false] {
                    let counts = |actor: &&str, option: &u8| !only_standing || stands(actor, *option);
                    let (left, right) = (put(a), put(b));
                    let mut pairs = Vec::new();
                    for x in left.iter().filter(|x| counts(a, x)) {
                        for y in right.iter().filter(|y| counts(b, y)) {
                            pairs.push((*x, *y, u32::from(x.abs_diff(*y))));
                        }
                    }
                    let least = pairs.iter().map(|(.., steps)| *steps).min();
                    for (x, y, steps) in pairs {
                        if steps > 0 && Some(steps) == least {
                            let name = |actor: &str, option: u8| format!("{actor} {}", self.name(option));
                            said.near.insert((name(a, x), name(b, y), steps, stands(a, x) && stands(b, y)));
                        }
                    }
                }
            }
        }
        let positions: Vec<BTreeSet<u8>> = principals.iter().map(|actor| self.words.position(actor, self.at)).collect();
        let mut widest: Option<(u8, u8)> = None;
        for low in &positions {
            for high in &positions {
                if let (Some(from), Some(to)) = (low.last(), high.first())
                    && from < to
                    && widest.is_none_or(|(a, b)| to - from > b - a)
                {
                    widest = Some((*from, *to));
                }
            }
        }
        if let Some((from, to)) = widest.filter(|_| positions.iter().all(|position| !position.is_empty())) {
            for actor in ["A", "B", "C"].into_iter().filter(|actor| !principals.contains(actor)) {
                for option in put(actor).into_iter().filter(|option| from < *option && *option < to) {
                    let against = principals.iter().filter(|principal| self.rules_out(principal, option));
                    let against = against.map(|principal| (*principal).to_owned()).collect();
                    said.third.insert((actor.to_owned(), self.name(option), against));
                }
            }
        }
        said
    }
}

fn engine(register: &Common, issue: &str) -> Said {
    let mut said = Said::default();
    let issue = register.issues.iter().find(|found| found.id == issue).unwrap();
    for side in &issue.sides {
        said.sides.insert(side.actor.clone(), (side.tabled.clone(), side.standing.clone()));
    }
    for overlap in &issue.overlaps {
        let left = overlap.left_by.iter().map(|left| {
            let how = match left.how {
                common::How::RuledOut => "ruled_out",
                common::How::AskedForElse => "asked_for_else",
                common::How::Lapsed => "lapsed",
            };
            (left.actor.clone(), (how, left.rows.iter().cloned().collect()))
        });
        let until = overlap.until.map(|until| until.to_string());
        said.overlaps
            .insert(overlap.option.clone(), (overlap.since.to_string(), until, overlap.together, left.collect()));
    }
    let name = |put: &common::Put| format!("{} {}", put.actor, put.option);
    said.near = issue.near.iter().map(|near| (name(&near.a), name(&near.b), near.steps, near.standing)).collect();
    let third = issue.third_party.iter();
    said.third =
        third.map(|third| (third.put.actor.clone(), third.put.option.clone(), third.ruled_out_by.clone())).collect();
    said
}

fn differs(random: &RandomPlans, rules: Rules, wrong: Wrong) -> Option<String> {
    let case = random.small().case();
    for at in DAYS {
        for known_by in [at, "2022-12-31"] {
            let known = |row: &&Row| when(row.known.unwrap_or(row.date)).last() <= day(known_by);
            let rows: Vec<Row> = random.rows.iter().filter(known).cloned().collect();
            let moment = Moment::new(&case, Some(day(at)), Some(day(known_by)));
            let register = common::common(&case, moment, Settings::default());
            for issue in ["i", "j"] {
                let words = Oracle { rows: &rows, issue, principals: random.principals, tiers: random.tiers, rules };
                let expected = Reader { words, at, wrong }.said();
                let found = engine(&register, issue);
                if expected != found {
                    let head = format!("{issue} at {at}, known {known_by}");
                    return Some(format!("{head}:\nby the rules {expected:#?}\nby the engine {found:#?}"));
                }
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn the_register_is_what_a_reading_day_by_day_gives(random in plan_cases()) {
        let difference = differs(&random, Rules::AsWritten, Wrong::Nothing);
        prop_assert!(difference.is_none(), "{}\n{}", random.text(), difference.unwrap_or_default());
    }
}

#[test]
fn a_rule_that_is_got_wrong_is_found_out() {
    for (rules, wrong) in [
        (Rules::VagueOffersRelax, Wrong::Nothing),
        (Rules::RankDoesNotMatter, Wrong::Nothing),
        (Rules::AsWritten, Wrong::LawsEndNothing),
        (Rules::AsWritten, Wrong::LowerRanksEnd),
        (Rules::AsWritten, Wrong::AcceptancesEnd),
        (Rules::AsWritten, Wrong::LapsedTextsStand),
    ] {
        let mut runner = TestRunner::new(config(1));
        let mut drawn = || plan_cases().new_tree(&mut runner).unwrap().current();
        assert!((0..3000).any(|_| differs(&drawn(), rules, wrong).is_some()), "{rules:?} {wrong:?}");
    }
}
