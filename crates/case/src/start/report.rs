//! What was read from a spreadsheet and what was left out, in words: for the terminal and for the case's `README.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::LEFT_OUT;
use super::actors::ActorFound;
use super::columns::Columns;
use super::dates::DayOrder;
use super::field::Field;
use super::rows::{DatesRead, LeftOut, lines_in_words};
use super::sheet::{Column, Sheet};
use super::topics::{TopicFound, UNSORTED};
use crate::when::Day;

/// What was read from a spreadsheet and what was left out.
#[derive(Clone, Debug)]
pub struct Report {
    /// Title of the case.
    pub title: String,
    /// The number of statements.
    pub statements: usize,
    /// The lines of the first and the last statement.
    pub lines: (u64, u64),
    /// Rows that are no statements, those above the header among them.
    pub left_out: Vec<LeftOut>,
    /// The actors, those with the most statements first.
    pub actors: Vec<ActorFound>,
    /// The topics, in the order in which they first stand.
    pub topics: Vec<TopicFound>,
    /// Whether a column holds topics.
    pub has_topics: bool,
    /// The first day and the last of which a statement may be.
    pub period: (Day, Day),
    /// How dates were read.
    pub dates: DatesRead,
    /// The number of dates that were written in another way.
    pub rewritten: usize,
    /// Lines with ranges of dates.
    pub ranges: Vec<u64>,
    /// Fields of which empty cells have the text of the cell above.
    pub filled_down: Vec<Field>,
    /// Those whose consent is needed.
    pub principals: Vec<String>,
    /// Whether the principals are a proposal.
    pub proposed: bool,
    /// Languages of the case.
    pub languages: Vec<String>,
}

/// Actors, topics and reasons that are listed one by one.
const LISTED: usize = 8;

/// The longest title that is taken from above a table (letters).
const LONGEST_TITLE: usize = 120;

/// The title of the case: the first row above the table if it is one cell, else the name of the file.
pub(super) fn title(sheet: &Sheet, name: &str) -> String {
    let above = sheet.above.first().and_then(|row| {
        let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
        filled.next().filter(|cell| filled.all(|other| other == *cell) && cell.chars().count() <= LONGEST_TITLE)
    });
    let title = above.map_or(name, String::as_str);
    if title.trim().is_empty() { sheet.file.clone() } else { one_line(title) }
}

impl Report {
    /// Which row is the header, and which column is read as which field, a sentence a line.
    #[must_use]
    pub fn columns(sheet: &Sheet, columns: &Columns) -> Vec<String> {
        let mut lines = Vec::new();
        if !sheet.others.is_empty() {
            let others = sheet.others.join("`, `");
            lines.push(format!("sheet `{}` is read; not read: `{others}` (`--sheet NAME` reads another)", sheet.name));
        }
        lines.push(match sheet.header.as_slice() {
            [] => "no row is a header; columns are called A, B, C, … (`--header N` names the row)".to_owned(),
            [line] => format!("row {line} is the header"),
            several => format!("{} are the header", lines_in_words(several)),
        });
        for taken in &columns.taken {
            let label = sheet.columns.get(taken.column).map_or("", Column::label);
            lines.push(format!("column `{}` is read as {}: {}", one_line(label), taken.field.word(), taken.reason));
        }
        let own: Vec<String> = columns.own(sheet).iter().map(|place| one_line(sheet.columns[*place].label())).collect();
        if !own.is_empty() {
            lines.push(format!("kept as they are: `{}`", own.join("`, `")));
        }
        if let Some(open) = columns.open.iter().find(|open| open.field == Field::Issue) {
            let example = open
                .candidates
                .first()
                .or(columns.own(sheet).first())
                .map_or("COLUMN", |place| sheet.columns[*place].label());
            lines.push(format!(
                "no column is known to hold the issue: all statements go to the topic `{UNSORTED}` (--map \"{}=issue\" names one)",
                one_line(example)
            ));
        }
        lines
    }

    /// What was made, a sentence a line.
    #[must_use]
    pub fn made(&self) -> Vec<String> {
        let Report { actors, topics, period: (first, last), .. } = self;
        let mut lines =
            vec![format!("{} in rows {} to {}", count(self.statements, "statement"), self.lines.0, self.lines.1)];
        let actor = |actor: &ActorFound| match actor.iso3.as_str() {
            "" => format!("{} ({})", one_line(&actor.id), actor.statements),
            iso3 => format!("{} ({iso3}, {})", actor.id, actor.statements),
        };
        lines.push(format!("{}: {}", count(actors.len(), "actor"), listed(actors.iter().map(actor))));
        for actor in actors.iter().filter(|actor| actor.texts.len() > 1).take(LISTED) {
            lines.push(format!(
                "one actor, {}: {}",
                one_line(&actor.id),
                listed(actor.texts.iter().map(|text| format!("`{}`", one_line(text))))
            ));
        }
        let unknown: Vec<&ActorFound> = actors.iter().filter(|actor| !actor.is_known).collect();
        if let Some(first) = unknown.first() {
            lines.push(format!(
                "names that the program does not know: {} (`--alias \"{}=ACTOR\"` says whom one means)",
                listed(unknown.iter().map(|actor| format!("`{}`", one_line(&actor.id)))),
                one_line(&first.id),
            ));
        }
        if self.has_topics {
            let topic = |topic: &TopicFound| format!("{} ({})", one_line(&topic.title), topic.statements);
            lines.push(format!("{}: {}", count(topics.len(), "topic"), listed(topics.iter().map(topic))));
        }
        for topic in topics.iter().filter(|topic| !topic.variants.is_empty()).take(LISTED) {
            let mut texts: Vec<String> =
                std::iter::once(&topic.title).chain(&topic.variants).map(|text| one_line(text)).collect();
            texts.dedup();
            if texts.len() > 1 {
                lines.push(format!("one topic: {}", listed(texts.iter().map(|text| format!("`{text}`")))));
            }
        }
        lines.push(format!("dates from {first} to {last}{}", self.dates_in_words()));
        for field in &self.filled_down {
            lines.push(format!("an empty {} has the text of the cell above it, as you said", field.word()));
        }
        let why = if self.proposed { " (those with the most statements; `--principals A,B` names others)" } else { "" };
        lines.push(format!(
            "principals: {}{why}",
            self.principals.iter().map(|name| one_line(name)).collect::<Vec<_>>().join(", ")
        ));
        let reasons = self.left_out_by_reason();
        for (why, rows) in reasons.iter().take(LISTED) {
            lines.push(format!("left out and kept in {LEFT_OUT}: {} ({why})", lines_in_words(rows)));
        }
        let more: usize = reasons.iter().skip(LISTED).map(|(_, rows)| rows.len()).sum();
        if more > 0 {
            lines.push(format!(
                "left out and kept in {LEFT_OUT}: {}, for the reasons given there",
                count(more, "more row")
            ));
        }
        lines
    }

    fn dates_in_words(&self) -> String {
        let mut words = String::new();
        if self.rewritten > 0 {
            _ = write!(words, "; {} written anew, each kept as it was", self.rewritten);
        }
        if self.dates.counted {
            words.push_str("; the numbers are days as spreadsheets count them");
        }
        if let Some((order, by)) = &self.dates.order {
            let order = match order {
                DayOrder::DayFirst => "the day comes before the month",
                DayOrder::MonthFirst => "the month comes before the day",
            };
            match by {
                Some((line, text)) => _ = write!(words, "; {order}, as `{}` in row {line} shows", one_line(text)),
                None => _ = write!(words, "; {order}, as you said"),
            }
        }
        if !self.ranges.is_empty() {
            _ = write!(words, "; of a range its first day: {}", lines_in_words(&self.ranges));
        }
        words
    }

    /// Reasons and the lines that were left out for them, in the order of the lines.
    fn left_out_by_reason(&self) -> Vec<(&str, Vec<u64>)> {
        let mut reasons: Vec<(&str, Vec<u64>)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.left_out {
            let place = *places.entry(&row.why).or_insert(reasons.len());
            match reasons.get_mut(place) {
                Some((_, lines)) => lines.push(row.line),
                None => reasons.push((&row.why, vec![row.line])),
            }
        }
        reasons
    }

    /// The case's `README.md`.
    pub(super) fn readme(&self, sheet: &Sheet, columns: &Columns) -> String {
        let list = |lines: Vec<String>| lines.into_iter().fold(String::new(), |text, line| text + "- " + &line + "\n");
        let languages = self.languages.join(", ");
        format!(
            "# {title}\n\nThis case was started from `{file}`. Every row is a statement without a code: it is shown, and not yet compared.\n\n\
             ## What was read\n\n{columns}\n## What was made of it\n\n{made}- languages in `case.toml`: {languages}\n\n\
             The actor stands in `positions.csv` as it stood in the table. A date or a topic that was written in another way stands beside \
             it as it was (`x_date_as_written`, `x_issue_as_written`), and all other columns are kept under `x_` and their own name.\n\n\
             ## What to do next\n\n\
             1. `detente check` on this folder says what is there and what each further file would unlock.\n\
             2. Look at `principals`, `as_of` and `question` in `case.toml`.\n\
             3. `detente brief` on this folder, with `--to brief.docx` or `brief.html`, writes a first brief from the words alone.\n\
             4. `detente scales` on this folder puts the words side by side, topic by topic; `--to scales.csv` writes the table in which you put \
             them in order, so that they can be compared.\n",
            title = one_line(&self.title),
            file = one_line(&sheet.file),
            columns = list(Report::columns(sheet, columns)),
            made = list(self.made()),
        )
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The first of some texts, and how many more there are.
fn listed(texts: impl Iterator<Item = String>) -> String {
    let texts: Vec<String> = texts.collect();
    match texts.get(..LISTED) {
        Some(first) if texts.len() > LISTED => format!("{} and {} more", first.join(", "), texts.len() - LISTED),
        _ => texts.join(", "),
    }
}

/// A text on one line and without back-ticks, so that it can stand in a sentence.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'").replace(|c: char| c.is_control(), " ")
}
