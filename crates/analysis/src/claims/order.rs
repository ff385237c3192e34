//! Questions about what blocks: by the order of options alone (layer B).

use detente_case::When;
use detente_case::claim::predicate::{Compare, Issues, ReadingChoice};

use super::ground::{Ground, NotYet, counted, span};
use super::words::limit_reading;
use super::{Found, Verdict};
use crate::blocks::{BothVerdict, DemandNow, ReadingNow};
use crate::gap::Gap;

/// The readings of limits that a question is about: where it names one, reports relax nothing.
fn chosen(readings: &[ReadingNow], choice: ReadingChoice) -> Vec<&ReadingNow> {
    let is_chosen = |told: &&ReadingNow| {
        choice.reading.is_none_or(|word| limit_reading(word) == told.reading.reading && !told.reading.reported)
            && choice.law.is_none_or(|law| law == told.reading.law)
    };
    readings.iter().filter(is_chosen).collect()
}

/// A reading in words.
fn words(told: &ReadingNow) -> String {
    let reading = match told.reading.reading {
        crate::stance::LimitReading::Accumulate => "limits accumulate",
        crate::stance::LimitReading::Latest => "latest limits only",
        crate::stance::LimitReading::NeverRelaxed => "limits never relaxed",
    };
    let law = if told.reading.law { "with law" } else { "without law" };
    format!("{reading}, {law}{}", if told.reading.reported { ", reports relax" } else { "" })
}

/// The readings at a day, or why there are none.
fn at<'g>(
    ground: &'g mut Ground<'_>,
    at: Option<When>,
    choice: ReadingChoice,
) -> Result<Result<(String, Vec<&'g ReadingNow>), Found>, NotYet> {
    let day = ground.day(at)?;
    let blocks = ground.blocks(day);
    if blocks.coverage.tested == 0 {
        let why = format!("On {day} there is no issue on which every principal has a position or a limit.");
        return Ok(Err(Found::no_data(why)));
    }
    Ok(Ok((day.to_string(), chosen(&blocks.limits, choice))))
}

fn rows(sets: &[Vec<DemandNow>]) -> Vec<String> {
    sets.iter().flatten().flat_map(|demand| demand.rows.iter().cloned()).collect()
}

pub(super) fn blocked(ground: &mut Ground<'_>, when: Option<When>, choice: ReadingChoice) -> Result<Found, NotYet> {
    let (day, readings) = match at(ground, when, choice)? {
        Ok(found) => found,
        Err(none) => return Ok(none),
    };
    let blocked = readings.iter().filter(|told| told.blocked).count();
    let shows = format!(
        "On {day}, declared limits exclude every package under {blocked} of {}.",
        counted(readings.len(), readings.len(), "reading of limits", "readings of limits")
    );
    let rows = readings.iter().flat_map(|told| rows(&told.conflict_sets)).collect::<Vec<_>>();
    let mut found = Found::new(Verdict::of_all(readings.iter().map(|told| Some(told.blocked))), shows).rows(rows);
    for told in readings {
        found = found.figure(words(told), if told.blocked { "blocked" } else { "not blocked" });
    }
    Ok(found)
}

/// The best and the worst place that ties leave to a value among others.
fn place<T: PartialOrd>(own: Option<&T>, all: &[T]) -> (usize, usize) {
    match own {
        Some(own) => {
            let greater = all.iter().filter(|other| *other > own).count();
            let tied = all.iter().filter(|other| *other == own).count();
            (greater + 1, greater + tied.max(1))
        }
        // What has no share comes after all that have one.
        None => (all.len() + 1, all.len() + 1),
    }
}

/// The places of an issue or a group in a reading, and the greatest of all in words; none where shares could not be computed.
fn places(told: &ReadingNow, of: &Issues, issue_id: Option<&str>) -> Option<((usize, usize), String)> {
    let share = |share: f64, fraction: &str| if share > 0.0 { fraction.to_owned() } else { "0".to_owned() };
    if told.blocked {
        if !told.complete || told.sticking.iter().any(|point| point.share.is_none()) {
            return None;
        }
        return Some(match of {
            Issues::Group(group) => {
                let all: Vec<f64> = told.groups.iter().map(|of| of.share).collect();
                let own = told.groups.iter().find(|of| of.group == **group).map(|of| &of.share);
                let first = told.groups.iter().map(|of| format!("{} {}", of.group, share(of.share, &of.fraction)));
                (place(own, &all), first.collect::<Vec<_>>().join(", "))
            }
            _ => {
                let all: Vec<f64> = told.sticking.iter().filter_map(|point| point.share).collect();
                let own =
                    told.sticking.iter().find(|point| Some(&*point.issue) == issue_id).and_then(|point| point.share);
                let first = told.sticking.iter().map(|point| {
                    format!(
                        "{} {}",
                        point.issue,
                        share(point.share.unwrap_or_default(), point.fraction.as_deref().unwrap_or(""))
                    )
                });
                (place(own.as_ref(), &all), first.collect::<Vec<_>>().join(", "))
            }
        });
    }
    // Where nothing blocks, the gap ranks; a group stands where its widest issue does.
    let mut gaps: Vec<(String, Gap)> = Vec::new();
    for point in &told.sticking {
        let name = if matches!(of, Issues::Group(_)) { &point.group } else { &point.issue };
        let Some(gap) = point.gap else { continue };
        match gaps.iter_mut().find(|(known, _)| known == name) {
            Some((_, widest)) => *widest = (*widest).max(gap),
            None => gaps.push((name.clone(), gap)),
        }
    }
    let own = match of {
        Issues::Group(group) => Some(&**group),
        _ => issue_id,
    };
    let own = gaps.iter().find(|(name, _)| Some(&**name) == own).map(|(_, gap)| *gap);
    let all: Vec<Gap> = gaps.iter().map(|(_, gap)| *gap).collect();
    let told =
        gaps.iter().map(|(name, gap)| format!("{name} {}", counted(gap.steps_min, gap.steps_max, "step", "steps")));
    Some((place(own.as_ref(), &all), told.collect::<Vec<_>>().join(", ")))
}

pub(super) fn sticking(
    ground: &mut Ground<'_>,
    of: &Issues,
    when: Option<When>,
    choice: ReadingChoice,
    rank: &Compare<f64>,
) -> Result<Found, NotYet> {
    let about = ground.about(of);
    let issue_id = match of {
        Issues::One(issue) => Some(ground.record.case.issues[*issue].id.to_string()),
        _ => None,
    };
    let (day, readings) = match at(ground, when, choice)? {
        Ok(found) => found,
        Err(none) => return Ok(none),
    };
    let mut answers = Vec::new();
    let mut figures = Vec::new();
    let (mut best, mut worst) = (usize::MAX, 0);
    for told in &readings {
        match places(told, of, issue_id.as_deref()) {
            Some(((low, high), all)) => {
                answers.push(rank.holds_between(&(low as f64), &(high as f64)));
                (best, worst) = (best.min(low), worst.max(high));
                let by = if told.blocked { "by share in what blocks" } else { "by gap: nothing blocks" };
                figures.push((words(told), format!("{} ({by}: {all})", span(low, high))));
            }
            None => {
                answers.push(None);
                figures.push((words(told), "not computed: too many limits hang together".to_owned()));
            }
        }
    }
    let shows = if worst == 0 {
        format!("On {day} the place of {about} among the sticking points could not be computed.")
    } else {
        format!(
            "On {day}, {about} had place {} among the sticking points, over {}.",
            span(best, worst),
            counted(readings.len(), readings.len(), "reading of limits", "readings of limits")
        )
    };
    let rows = readings.iter().flat_map(|told| rows(&told.conflict_sets)).collect::<Vec<_>>();
    let found = Found::new(Verdict::of_all(answers), shows).rows(rows);
    Ok(figures.into_iter().fold(found, |found, (name, value)| found.figure(name, value)))
}

pub(super) fn both_must_move(
    ground: &mut Ground<'_>,
    when: Option<When>,
    choice: ReadingChoice,
) -> Result<Found, NotYet> {
    let (day, readings) = match at(ground, when, choice)? {
        Ok(found) => found,
        Err(none) => return Ok(none),
    };
    let told = |verdict: BothVerdict| match verdict {
        BothVerdict::NotBlocked => (Some(false), "nothing blocks, so that nobody must move"),
        BothVerdict::Holds => (Some(true), "both must move"),
        BothVerdict::DoesNotHold => (Some(false), "one side's move alone unblocks"),
        BothVerdict::NotDetermined => (None, "no number of steps unblocks, from what has been tabled"),
    };
    let answers: Vec<Option<bool>> = readings.iter().map(|of| told(of.both_must_move.verdict).0).collect();
    let both = answers.iter().filter(|answer| **answer == Some(true)).count();
    let shows = format!(
        "On {day}, both sides must move to unblock under {both} of {}.",
        counted(readings.len(), readings.len(), "reading of limits", "readings of limits")
    );
    let rows = readings.iter().flat_map(|of| rows(&of.conflict_sets)).collect::<Vec<_>>();
    let mut found = Found::new(Verdict::of_all(answers), shows).rows(rows);
    for of in readings {
        found = found.figure(words(of), told(of.both_must_move.verdict).1);
    }
    Ok(found)
}
