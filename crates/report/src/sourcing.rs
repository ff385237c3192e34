//! Of what a record is made, in words: the pieces that the page `sources` and the brief share.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::census::Census;
use detente_case::{Case, Record};

use crate::brief::percent;
use crate::document::{Block, Cell, Point, Sentence, Table, paragraph};
use crate::labels::Labels;
use crate::words;

/// The most publishers of a side that are named.
const MOST_PUBLISHERS: usize = 5;

/// A record, and what was counted in it.
#[derive(Clone, Copy)]
pub(crate) struct Sourcing<'a> {
    pub(crate) case: &'a Case,
    pub(crate) record: Record<'a>,
    pub(crate) census: &'a [Census],
}

impl Sourcing<'_> {
    /// What each side's record is made of.
    pub(crate) fn census_table(self) -> Table {
        let share = |map: &BTreeMap<String, usize>, total: usize| {
            let mut entries: Vec<(&String, &usize)> = map.iter().collect();
            entries.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
            let parts: Vec<String> = entries
                .iter()
                .map(|(name, count)| {
                    format!("{} {} %", name.replace('_', " "), percent(**count as f64 / total.max(1) as f64))
                })
                .collect();
            parts.join(", ")
        };
        let mut columns = vec!["Side", "Rows", "Documents"];
        let mut rows: Vec<Vec<Cell>> = self
            .census
            .iter()
            .map(|census| {
                vec![
                    Labels(self.case).actor(&census.actor).into(),
                    census.rows.to_string().into(),
                    census.documents.to_string().into(),
                ]
            })
            .collect();
        // What no row states makes no column.
        type Shares = fn(&Census) -> &BTreeMap<String, usize>;
        let all: [(&str, &str, Shares); 3] = [
            ("By kind", "uncoded", |census| &census.kinds),
            ("By basis", "not stated", |census| &census.bases),
            ("By grade of source", "not graded", |census| &census.grades),
        ];
        let stated = all
            .into_iter()
            .filter(|(_, nothing, of)| self.census.iter().any(|census| of(census).keys().any(|key| key != nothing)));
        for (column, _, of) in stated {
            columns.push(column);
            for (row, census) in rows.iter_mut().zip(self.census) {
                row.push(share(of(census), census.rows).into());
            }
        }
        columns.push("Not verified");
        for (row, census) in rows.iter_mut().zip(self.census) {
            row.push(census.unverified.to_string().into());
        }
        let grades = if columns.contains(&"By grade of source") {
            " (grade: A the actor's own site or gazette, B major agency, C republisher, D partisan, E no named origin, F no document read)"
        } else {
            ""
        };
        Table {
            caption: format!("Of what each side's record is made{grades}"),
            columns: columns.into_iter().map(str::to_owned).collect(),
            rows,
        }
    }

    /// Who published what each side's record rests on.
    pub(crate) fn publishers(self) -> Vec<Point> {
        let of_side = |census: &Census| {
            let named = census.publishers.iter().take(MOST_PUBLISHERS);
            let publishers: Vec<String> = named.map(|(name, rows)| format!("{name} {rows}")).collect();
            let rest: usize = census.publishers.iter().skip(MOST_PUBLISHERS).map(|(_, rows)| rows).sum();
            let rest = match census.publishers.len().saturating_sub(MOST_PUBLISHERS) {
                0 => String::new(),
                others => format!("; {rest} from {}", words::count_of(others, "other", "others")),
            };
            let text = format!("Rows by publisher: {}{rest}.", publishers.join(", "));
            let lead = format!("{}.", Labels(self.case).actor(&census.actor));
            Point { lead, sentences: vec![Sentence::counted(text)] }
        };
        self.census.iter().filter(|census| census.rows > 0).map(of_side).collect()
    }

    /// Versions that the record keeps side by side; nothing if there are none.
    pub(crate) fn contradictions(self) -> Vec<Block> {
        let positions: BTreeSet<&str> = self.record.positions().map(|(_, row)| &*row.id).collect();
        let events: BTreeSet<&str> = self.record.events().map(|(_, row)| &*row.id).collect();
        let factors: BTreeSet<&str> = self.record.factors().map(|(_, row)| &*row.name).collect();
        let known = |row: &String| match row.strip_prefix("factor:") {
            Some(factor) => factors.contains(factor),
            None => positions.contains(row.as_str()) || events.contains(row.as_str()),
        };
        let all = &self.case.settings.contradictions;
        let points: Vec<Point> = all
            .iter()
            .filter(|contradiction| contradiction.rows.iter().all(known))
            .map(|contradiction| {
                let rows = contradiction.rows.iter().filter(|row| !row.starts_with("factor:")).cloned();
                let versions = format!("{}.", words::clause(&contradiction.versions));
                Point {
                    lead: format!("{}.", contradiction.matter),
                    sentences: vec![Sentence::with_rows(versions, rows)],
                }
            })
            .collect();
        if points.is_empty() {
            return Vec::new();
        }
        let told =
            "Contradictions left standing: the record keeps these versions side by side and averages none of them.";
        vec![paragraph(vec![Sentence::plain(told)]), Block::Points { points }]
    }

    /// The lines that must be printed wherever a source is shown.
    pub(crate) fn credits(self) -> impl Iterator<Item = Block> {
        self.case.settings.credits.iter().map(|credit| paragraph(vec![Sentence::plain(credit.line.clone())]))
    }
}
