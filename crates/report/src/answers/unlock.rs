//! The least that would unblock.

use detente_analysis::unlock::{Part, StepFrontier, Unlock, What};
use detente_analysis::view::LimitsUse;
use detente_analysis::zone::From;
use detente_case::{Case, Moment, Record};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Point, Sentence, Table, paragraph};
use crate::drawings;
use crate::evidence;
use crate::labels::Labels;
use crate::words;

/// The most rows of a frontier in a table.
const MOST_ROWS: usize = 40;

/// The least that would unblock, as a document.
#[must_use]
pub fn unlock(case: &Case, moment: Moment, unlock: &Unlock) -> Document {
    let labels = Labels(case);
    let names: Vec<String> = unlock.principals.iter().map(|actor| labels.actor(actor)).collect();
    let coverage = unlock.coverage;
    let tested = format!("tested on {} of {} issues", coverage.tested, coverage.issues);
    let mut sections = Vec::new();
    if !unlock.steps.blocked {
        sections.push(section(
            "steps",
            "",
            vec![paragraph(vec![Sentence::counted(format!(
                "The limits declared so far exclude no package ({tested}), so no limit would have to move."
            ))])],
        ));
    } else {
        let mut blocks = vec![paragraph(vec![
            Sentence::counted(format!(
                "{} ({tested}). A step is one option along the order of an issue, counted from the nearest option that a side has not ruled out.",
                if unlock.steps.frontier.is_empty() {
                    "No steps unblock: a side has ruled out every option of an issue, or a rule excludes what is left"
                } else {
                    "These are the least steps after which a package is left that nobody rules out"
                }
            )),
            Sentence::plain(
                "Steps on different issues and of different sides are counted alike; they need not weigh alike.",
            ),
        ])];
        blocks.push(Block::Table(frontier_table(&names, &unlock.steps)));
        blocks.extend(drawings::steps(case, &unlock.blocks).map(|figure| Block::Figure(Box::new(figure))));
        if let Some(row) = unlock.steps.most_even() {
            let split = names.iter().zip(&unlock.steps.frontier[row]).map(|(name, steps)| format!("{name} {steps}"));
            blocks.push(paragraph(vec![Sentence::counted(format!(
                "The row that asks most evenly is {}. Of the packages that it opens, this one splits the steps most evenly on each issue:",
                words::list(&split.collect::<Vec<_>>())
            ))]));
            blocks.push(Block::Points { points: unlock.parts.iter().map(|part| point(labels, part)).collect() });
            blocks.push(Block::Table(package_table(labels, &unlock.steps, row)));
        }
        blocks.push(paragraph(vec![Sentence::plain(if unlock.steps.exhausted {
            "That no less suffices follows from going through every package of the issues that block."
        } else {
            "Too many issues hang together to go through every package: less might suffice."
        })]));
        if let Some(priced) = &unlock.steps.priced {
            let rows = priced.rows.iter().map(|row| {
                let each = names.iter().zip(row).map(|(name, steps)| format!("{name} {steps}"));
                words::list(&each.collect::<Vec<_>>())
            });
            blocks.push(paragraph(vec![Sentence::counted(format!(
                "At the prices of a step that the case states the cheapest costs {}: {}.",
                priced.cost,
                rows.collect::<Vec<_>>().join("; or ")
            ))]));
        }
        sections.push(section("steps", "By the order of options alone", blocks));
        sections.push(section("without-law", "Without the laws", vec![without_law(&names, &unlock.steps_without_law)]));
    }
    sections.push(section("thresholds", "By numbers", thresholds(labels, &names, unlock)));
    sections.extend(evidence::section(
        Record::known_by(case, moment.known),
        "Rows and sources behind this page",
        &sections,
    ));
    answer(case, moment, "What would unblock", &unlock.about, sections)
}

fn frontier_table(names: &[String], steps: &StepFrontier) -> Table {
    let more = steps.frontier.len().saturating_sub(MOST_ROWS);
    let left_out = if more > 0 { format!("; {more} more rows stand in the JSON") } else { String::new() };
    Table {
        caption: format!("Least steps over all issues that block, one row a way to split them{left_out}"),
        columns: names.iter().cloned().chain(["Limits that move".to_owned()]).collect(),
        rows: steps
            .frontier
            .iter()
            .zip(&steps.moves)
            .take(MOST_ROWS)
            .map(|(row, parts)| {
                row.iter()
                    .map(|steps| Cell::from(steps.to_string()))
                    .chain([Cell::from(parts.len().to_string())])
                    .collect()
            })
            .collect(),
    }
}

fn point(labels: Labels<'_>, part: &Part) -> Point {
    let what = match part.what {
        What::Limit => "would have to leave open",
        What::Law => "would have to change a law to leave open",
        What::LimitAndLaw => "would have to leave open, and change a law for it,",
    };
    let from = match &part.from {
        Some(from) => format!(
            " ({} from {}, the nearest that it has not ruled out)",
            words::count_of(part.steps as usize, "step", "steps"),
            labels.option(&part.issue, from)
        ),
        None => String::new(),
    };
    let text = format!("{} {what} {}{from}.", labels.actor(&part.actor), labels.option(&part.issue, &part.to));
    Point {
        lead: format!("{}.", words::clause(&labels.title(&part.issue))),
        sentences: vec![Sentence::with_rows(text, part.rows.iter().cloned())],
    }
}

fn package_table(labels: Labels<'_>, steps: &StepFrontier, row: usize) -> Table {
    let clauses = steps.opens.get(row).map(Vec::as_slice).unwrap_or_default();
    Table {
        caption: "That package, on the issues that block".into(),
        columns: ["Issue", "Option"].map(str::to_owned).to_vec(),
        rows: clauses
            .iter()
            .map(|clause| vec![labels.title(&clause.issue).into(), labels.label(&clause.issue, &clause.option).into()])
            .collect(),
    }
}

fn without_law(names: &[String], steps: &StepFrontier) -> Block {
    let text = match (steps.blocked, steps.most_even()) {
        (false, _) => "Without the laws that count as limits nothing blocks.".to_owned(),
        (true, None) => "Without the laws no steps unblock either.".to_owned(),
        (true, Some(row)) => {
            let split = names.iter().zip(&steps.frontier[row]).map(|(name, steps)| format!("{name} {steps}"));
            let least = steps.frontier.iter().map(|row| row.iter().sum::<u32>()).min().unwrap_or_default();
            format!(
                "Without the laws that count as limits it takes at least {} in all; most evenly {}.",
                words::count_of(least as usize, "step", "steps"),
                words::list(&split.collect::<Vec<_>>())
            )
        }
    };
    paragraph(vec![Sentence::counted(text)])
}

/// The least shifts of thresholds in a table; no more rows than this.
const MOST_SHIFTS: usize = 12;

fn thresholds(labels: Labels<'_>, names: &[String], unlock: &Unlock) -> Vec<Block> {
    let Some(found) = &unlock.thresholds else {
        let why = unlock.no_thresholds.clone().unwrap_or_default();
        return vec![paragraph(vec![Sentence::counted(why)])];
    };
    let from = match found.rule {
        From::Alternatives => "from what no agreement is worth to each side, as the case states it, with its premium",
        From::FullAsk => "from all that each side asks for: the case does not state what no agreement is worth",
    };
    let limits = match found.limits {
        LimitsUse::Kept => "with the limits kept",
        LimitsUse::Lifted => "with the limits lifted, because they exclude every package",
    };
    let mut blocks = vec![paragraph(vec![
        Sentence::counted(format!("The least by which thresholds would have to come down together, {from}; {limits}.")),
        Sentence::plain(
            "Shares are of each side's range, from nothing to all that it asks for on the issues that enter. They stand on the stated spacing and weights, which are assumptions.",
        ),
    ])];
    if found.frontier.iter().any(|row| row.iter().all(|shift| *shift == 0.0)) {
        blocks
            .push(paragraph(vec![Sentence::counted("There is a zone already: no threshold would have to come down.")]));
        return blocks;
    }
    let every = found.frontier.len().div_ceil(MOST_SHIFTS).max(1);
    let left_out =
        if every > 1 { format!("; {} rows in all, evenly chosen", found.frontier.len()) } else { String::new() };
    let last = found.frontier.len().saturating_sub(1);
    blocks.push(Block::Table(Table {
        caption: format!("By how much each threshold would have to come down, one row a way to split it{left_out}"),
        columns: names.to_vec(),
        rows: found
            .frontier
            .iter()
            .enumerate()
            .filter(|(place, _)| place % every == 0 || *place == last)
            .map(|(_, row)| row.iter().map(|shift| Cell::from(format!("{:.0} %", shift * 100.0))).collect())
            .collect(),
    }));
    let largest = |row: &usize| found.frontier[*row].iter().copied().fold(0.0, f64::max);
    let even = (0..found.frontier.len()).min_by(|a, b| largest(a).total_cmp(&largest(b)));
    if let Some(package) = even.and_then(|row| found.opens.get(row)) {
        blocks.push(Block::Table(Table {
            caption: "A package that the most even of these rows opens, on the issues that enter".into(),
            columns: ["Issue", "Option"].map(str::to_owned).to_vec(),
            rows: package
                .iter()
                .map(|[issue, option]| vec![labels.title(issue).into(), labels.label(issue, option).into()])
                .collect(),
        }));
    }
    let price = match &unlock.priced {
        Some(priced) => {
            let tied = found.priced.iter().flat_map(|priced| &priced.shifts).map(|row| {
                let each = names.iter().zip(row).map(|(name, shift)| format!("{name} {:.0} points", shift * 100.0));
                words::list(&each.collect::<Vec<_>>())
            });
            let rows: Vec<String> = tied.collect();
            format!(
                "At the prices that the case states the cheapest shift costs {}: {}.",
                priced.shift,
                rows.join("; or ")
            )
        }
        None => "No single number is given: the case does not state a price of thresholds for every side.".to_owned(),
    };
    blocks.push(paragraph(vec![
        Sentence::counted(format!(
            "That no less suffices follows from all {} that no package improves on.",
            words::count_of(found.examined, "worth", "worths")
        )),
        Sentence::counted(price),
    ]));
    blocks
}
