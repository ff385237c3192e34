//! Questions about positions, limits, movements and gaps (layer A).

use detente_case::actor::Actor;
use detente_case::claim::predicate::{
    Compare, GapWord, Issues, MovementFilter, MovementWord, OptionTest, ReadingChoice, ReadingWord, Window,
};
use detente_case::issue::{Issue, OptionSet};
use detente_case::position::Position;
use detente_case::{Case, Holds, Id, When};

use super::ground::{Ground, NotYet, counted, span};
use super::{Found, Verdict};
use crate::gap::{self, Change, Gap};
use crate::history;
use crate::movement::{Direction, MovementKind};
use crate::stance::{self, LimitReading, Line};

fn row_ids(case: &Case, rows: &[Id<Position>]) -> Vec<String> {
    rows.iter().map(|row| case.positions[*row].id.to_string()).collect()
}

pub(super) fn position(
    ground: &Ground<'_>,
    actor: Id<Actor>,
    issue: Id<Issue>,
    at: Option<When>,
    is: OptionTest,
) -> Result<Found, NotYet> {
    let day = ground.day(at)?;
    let (record, case) = (ground.record, ground.record.case);
    let (name, title) = (ground.name(actor), ground.title(issue));
    let Some(held) = stance::position(record, actor, issue, day) else {
        return Ok(Found::no_data(format!("{name} has no position in its own words on {title} on {day}.")));
    };
    // Where a partial date leaves open which row stands, each of them may.
    let verdict = if held.possibly {
        let asks = held.rows.iter().filter_map(|row| case.positions[*row].ask);
        let mut answers: Vec<Option<bool>> = asks.map(|ask| Some(is.holds(ask.position()))).collect();
        if let [Some(true)] = answers[..] {
            answers.push(None);
        }
        Verdict::of_all(answers)
    } else {
        Verdict::of(is.holds(held.options))
    };
    let options = ground.options(issue, held.options);
    let open = if held.possibly { "; a partial date leaves open which row stands" } else { "" };
    let shows = format!("On {day}, {name} asked for {options} on {title}{open}.");
    Ok(Found::new(verdict, shows)
        .figure(format!("position of {name} on {title}"), options)
        .rows(row_ids(case, &held.rows)))
}

pub(super) fn tabled(
    ground: &Ground<'_>,
    actor: Id<Actor>,
    issue: Id<Issue>,
    window: Window,
    is: OptionTest,
) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    let case = ground.record.case;
    let (mut certain, mut possible, mut rows) = (OptionSet::EMPTY, OptionSet::EMPTY, Vec::new());
    for tabled in stance::tabled(ground.record, actor, issue, days.to) {
        for row in tabled.rows {
            match days.holds(case.positions[row].valid_from) {
                Holds::Yes => certain.insert(tabled.option),
                Holds::Possibly => possible.insert(tabled.option),
                Holds::No => continue,
            }
            rows.push(row);
        }
    }
    let (name, title) = (ground.name(actor), ground.title(issue));
    if rows.is_empty() {
        return Ok(Found::no_data(format!("{name} put nothing on the table on {title} {}.", days.words())));
    }
    let either = certain.union(possible);
    let options = ground.options(issue, either);
    let shows = format!("{} {name} put {options} on the table on {title}.", capital(&days.words()));
    Ok(Found::new(Verdict::of_all([certain, either].map(|set| Some(is.holds(set)))), shows)
        .figure(format!("tabled by {name} on {title}"), options)
        .rows(row_ids(case, &rows)))
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The readings of limits that a question is about.
fn readings(choice: ReadingChoice) -> Vec<(LimitReading, bool)> {
    let words = match choice.reading {
        Some(reading) => vec![reading],
        None => ReadingWord::WORDS.iter().map(|(_, reading)| *reading).collect(),
    };
    let laws = choice.law.map_or(vec![true, false], |law| vec![law]);
    words.into_iter().flat_map(|word| laws.iter().map(move |law| (limit_reading(word), *law))).collect()
}

pub(super) fn limit_reading(word: ReadingWord) -> LimitReading {
    match word {
        ReadingWord::Accumulate => LimitReading::Accumulate,
        ReadingWord::Latest => LimitReading::Latest,
        ReadingWord::NeverRelaxed => LimitReading::NeverRelaxed,
    }
}

pub(super) fn limits(
    ground: &Ground<'_>,
    actor: Id<Actor>,
    issue: Id<Issue>,
    at: Option<When>,
    reading: ReadingChoice,
    is: OptionTest,
) -> Result<Found, NotYet> {
    let day = ground.day(at)?;
    let case = ground.record.case;
    let line = Line::new(ground.record, actor, issue);
    let (name, title) = (ground.name(actor), ground.title(issue));
    if !line.rows().iter().any(|(_, row)| !row.rules_out.is_empty() && row.valid_from.first() <= day) {
        return Ok(Found::no_data(format!("No row up to {day} says what {name} rules out on {title}.")));
    }
    let (mut answers, mut sets, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (reading, law) in readings(reading) {
        let mut limits = line.limits(day, reading);
        limits.retain(|limit| law || !limit.law);
        let certain: OptionSet = limits
            .iter()
            .filter(|limit| !limit.possibly && limit.relaxed_if.is_none())
            .map(|limit| limit.option)
            .collect();
        let either: OptionSet = limits.iter().map(|limit| limit.option).collect();
        answers.extend([certain, either].map(|set| Some(is.holds(set))));
        rows.extend(limits.iter().flat_map(|limit| limit.rows.iter().copied()));
        sets.push((reading, law, certain, either));
    }
    let verdict = Verdict::of_all(answers);
    let told = |set: OptionSet| ground.options(issue, set);
    let first = sets.first().map_or_else(|| "nothing".to_owned(), |(_, _, certain, _)| told(*certain));
    let differs = sets.iter().any(|(_, _, certain, either)| certain != either || told(*certain) != first);
    let open = if differs { "; what is ruled out differs by reading, by law and words, or by condition" } else { "" };
    let shows = format!("On {day}, {name} ruled out {first} on {title}{open}.");
    let mut found = Found::new(verdict, shows).rows(row_ids(case, &rows));
    for (reading, law, certain, either) in sets {
        let reading =
            ReadingWord::WORDS.iter().find(|(_, word)| limit_reading(*word) == reading).map_or("", |(word, _)| *word);
        let law = if law { "with law" } else { "without law" };
        let conditional = either.minus(certain);
        let open = if conditional.is_empty() { String::new() } else { format!(" (possibly {})", told(conditional)) };
        found = found.figure(
            format!("ruled out by {name} on {title}, {} {law}", reading.replace('_', " ")),
            told(certain) + &open,
        );
    }
    Ok(found)
}

pub(super) fn movements(
    ground: &mut Ground<'_>,
    hardening: bool,
    filter: &MovementFilter,
    window: Window,
    number: &Compare<f64>,
) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    let case = ground.record.case;
    ground.movements();
    let whose = |actor: Id<Actor>| filter.by.map_or(case.principals.contains(&actor), |by| by == actor);
    let who = filter.by.map_or("the principals", |by| ground.name(by)).to_owned();
    let about = ground.about(&filter.on);
    if filter.by.is_some_and(|by| !case.principals.contains(&by)) {
        return Ok(Found::no_data(format!("{who} is no principal, so that its movements lead to no other side.")));
    }
    let direction = if hardening { Direction::Hardening } else { Direction::Concession };
    let kind = filter.kind.map(|kind| match kind {
        MovementWord::Shift => MovementKind::Shift,
        MovementWord::Closure => MovementKind::Closure,
        MovementWord::Opening => MovementKind::Opening,
    });
    let among: Vec<Id<Issue>> = case.issues.ids().filter(|issue| ground.is_among(&filter.on, *issue)).collect();
    let (mut spoken, mut certain, mut possible, mut rows) = (false, 0_usize, 0_usize, Vec::new());
    let mut by_issue: Vec<(Id<Issue>, usize)> = Vec::new();
    for movement in ground.movements() {
        if !whose(movement.actor) || !among.contains(&movement.issue) || movement.date.first() > days.to {
            continue;
        }
        spoken = true;
        if movement.direction != direction
            || kind.is_some_and(|kind| kind != movement.kind)
            || filter.law.is_some_and(|law| law != movement.law)
        {
            continue;
        }
        match days.holds(movement.date) {
            Holds::Yes => certain += 1,
            Holds::Possibly => possible += 1,
            Holds::No => continue,
        }
        rows.extend(row_ids(case, &movement.rows));
        match by_issue.iter_mut().find(|(issue, _)| *issue == movement.issue) {
            Some((_, count)) => *count += 1,
            None => by_issue.push((movement.issue, 1)),
        }
    }
    let noun = if hardening { "hardening" } else { "concession" };
    if !spoken {
        return Ok(Found::no_data(format!("No coded statement of {who} on {about} is on record up to {}.", days.to)));
    }
    let (low, high) = (certain, certain + possible);
    let (one, many) = if hardening {
        ("movement that hardens", "movements that harden")
    } else {
        ("movement that concedes", "movements that concede")
    };
    let issues: Vec<String> =
        by_issue.iter().map(|(issue, count)| format!("{} ({count})", case.issues[*issue].id)).collect();
    let on = match issues.as_slice() {
        [] => format!("on {about}"),
        issues => format!("on {}", issues.join(", ")),
    };
    let shows = format!(
        "{} by {who} {} on record {}, {on}.",
        counted(low, high, one, many),
        if high == 1 { "is" } else { "are" },
        days.words()
    );
    Ok(Found::new(Verdict::of_all([number.holds_between(&(low as f64), &(high as f64))]), shows)
        .figure(format!("{noun} by {who} on {about}"), span(low, high))
        .rows(rows))
}

/// The rows that state the positions of the principals on an issue at a day.
fn position_rows(ground: &Ground<'_>, issue: Id<Issue>, day: detente_case::Day) -> Vec<String> {
    let case = ground.record.case;
    let held = case.principals.iter().filter_map(|actor| stance::position(ground.record, *actor, issue, day));
    held.flat_map(|held| row_ids(case, &held.rows)).collect()
}

fn sum(gaps: &[Gap]) -> Gap {
    Gap { steps_min: gaps.iter().map(|gap| gap.steps_min).sum(), steps_max: gaps.iter().map(|gap| gap.steps_max).sum() }
}

fn steps(gap: Gap) -> String {
    counted(gap.steps_min, gap.steps_max, "step", "steps")
}

pub(super) fn gap(ground: &Ground<'_>, of: &Issues, at: Option<When>, number: &Compare<f64>) -> Result<Found, NotYet> {
    let day = ground.day(at)?;
    let about = ground.about(of);
    let mut comparable = gap::comparable(ground.record, day);
    comparable.retain(|issue, _| ground.is_among(of, *issue));
    let gaps: Vec<Gap> = comparable.values().filter_map(|sets| gap::among(sets)).collect();
    if gaps.is_empty() {
        return Ok(Found::no_data(format!("On {day} not every principal has a position on {about}.")));
    }
    let total = sum(&gaps);
    let rows: Vec<String> = comparable.keys().flat_map(|issue| position_rows(ground, *issue, day)).collect();
    let shows = format!(
        "On {day} the positions were {} apart on {about} ({} compared).",
        steps(total),
        counted(gaps.len(), gaps.len(), "issue", "issues")
    );
    let answer = number.holds_between(&f64::from(total.steps_min), &f64::from(total.steps_max));
    Ok(Found::new(Verdict::of_all([answer]), shows).figure(format!("gap on {about}"), steps(total)).rows(rows))
}

pub(super) fn gap_change(
    ground: &Ground<'_>,
    of: &Issues,
    window: Window,
    is: &Compare<GapWord>,
) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    let case = ground.record.case;
    // Without a first day, from the beginning of the history.
    let from = window.from.map_or_else(|| history::start(ground.record).first(), When::last).min(days.to);
    let about = ground.about(of);
    let compared = gap::compare(ground.record, from, days.to, 0, 0);
    let among: Vec<Id<Issue>> = case.issues.ids().filter(|issue| ground.is_among(of, *issue)).collect();
    let common: Vec<(Id<Issue>, Gap, Gap)> = compared
        .issues
        .iter()
        .filter_map(|common| {
            let issue = among.iter().find(|issue| *case.issues[**issue].id == *common.id)?;
            Some((*issue, common.before, common.after))
        })
        .collect();
    if common.is_empty() {
        let shows = format!("No issue of {about} can be compared on both {from} and {}.", days.to);
        return Ok(Found::no_data(shows));
    }
    let before = sum(&common.iter().map(|(_, before, _)| *before).collect::<Vec<_>>());
    let after = sum(&common.iter().map(|(_, _, after)| *after).collect::<Vec<_>>());
    let change = Change::between(before, after);
    let (answer, word) = match change {
        Change::Narrower => (Some(is.holds(&GapWord::Narrower)), "narrower"),
        Change::Same => (Some(is.holds(&GapWord::Same)), "the same"),
        Change::Wider => (Some(is.holds(&GapWord::Wider)), "wider"),
        Change::Unclear => (None, "neither narrower nor wider: one end of it grew and the other fell"),
    };
    let shows = format!(
        "From {from} to {} the gap on {about} was {word}: {} before, {} after ({} compared).",
        days.to,
        steps(before),
        steps(after),
        counted(common.len(), common.len(), "issue", "issues")
    );
    let rows = common
        .iter()
        .flat_map(|(issue, ..)| [position_rows(ground, *issue, from), position_rows(ground, *issue, days.to)].concat());
    Ok(Found::new(Verdict::of_all([answer]), shows)
        .figure(format!("gap on {about} on {from}"), steps(before))
        .figure(format!("gap on {about} on {}", days.to), steps(after))
        .rows(rows))
}
