//! The table of the DEU data sets (Arregui and Perarnaud 2022): positions, salience and outcomes of law-making in the European Union.
//!
//! Tab-separated, one row an issue. An empty cell is missing, never 0; values outside 0 to 100, such as 999, are refused; dates are not
//! read, since they are damaged.

use std::collections::BTreeSet;
use std::fmt;

use detente_forecast::{Positions, Scale, Stand};

/// The actors by their columns: the Commission, the Parliament, and the states.
pub const ACTORS: [&str; 30] = [
    "com", "ep", "at", "be", "bu", "cr", "cy", "cz", "dk", "ee", "fi", "fr", "de", "el", "hu", "ie", "it", "lv", "lt",
    "lu", "mt", "nl", "pl", "pt", "ro", "si", "sk", "es", "se", "uk",
];

/// Bytes of a file.
const BYTES: usize = 16 << 20;
/// Rows of a file.
const ROWS: usize = 10_000;

/// One issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// The number of its proposal.
    pub proposal: u32,
    /// The positions of the actors that have one, on 0 to 100, all with capability 1.
    pub positions: Positions,
    /// What holds if the proposal fails.
    pub reference: Option<f64>,
    /// The outcome.
    pub outcome: Option<f64>,
}

/// Why a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeuError {
    /// It is larger than this program reads.
    TooLarge,
    /// It is not the table: this column is missing.
    Column(String),
    /// A row has another number of cells than the header.
    Ragged(usize),
    /// A cell of a row is not what its column holds.
    Cell(usize, String),
    /// No row has a position.
    Empty,
}

impl fmt::Display for DeuError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeuError::TooLarge => write!(f, "the file is larger than {} MB or has more than {ROWS} rows", BYTES >> 20),
            DeuError::Column(name) => {
                write!(f, "there is no column `{name}`; expected the tab-separated table of DEU III with its header")
            }
            DeuError::Ragged(line) => write!(f, "line {line} has another number of cells than the header"),
            DeuError::Cell(line, column) => {
                write!(
                    f,
                    "line {line}: the cell of column `{column}` is not a number from 0 to 100, or a proposal's number"
                )
            }
            DeuError::Empty => f.write_str("no row has a position"),
        }
    }
}

impl std::error::Error for DeuError {}

/// Reads a table. Missing salience is the mean of the known saliences of the actors with a position on the issue, 50 where none is known.
/// Issues without any position are left out.
///
/// # Errors
/// See [`DeuError`].
pub fn read(text: &str) -> Result<Vec<Issue>, DeuError> {
    if text.len() > BYTES {
        return Err(DeuError::TooLarge);
    }
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let header: Vec<&str> = lines.next().map(|(_, line)| line.split('\t').map(unquoted).collect()).unwrap_or_default();
    let column = |name: &str| {
        let place = header.iter().position(|cell| *cell == name);
        place.ok_or_else(|| DeuError::Column(name.to_owned()))
    };
    let (proposal, reference, outcome) = (column("prnrnmc")?, column("rp")?, column("out")?);
    let actors = ACTORS
        .iter()
        .map(|actor| Ok((column(&format!("p{actor}"))?, column(&format!("s{actor}"))?)))
        .collect::<Result<Vec<_>, DeuError>>()?;
    let mut issues = Vec::new();
    for (number, line) in lines {
        if issues.len() == ROWS {
            return Err(DeuError::TooLarge);
        }
        let cells: Vec<&str> = line.split('\t').map(unquoted).collect();
        if cells.len() != header.len() {
            return Err(DeuError::Ragged(number + 1));
        }
        let fault = |place: usize| DeuError::Cell(number + 1, header[place].to_owned());
        let value = |place: usize| match cells[place] {
            "" => Ok(None),
            cell => cell.parse().ok().filter(|v: &f64| (0.0..=100.0).contains(v)).map(Some).ok_or_else(|| fault(place)),
        };
        let mut known: Vec<(f64, Option<f64>)> = Vec::new();
        for (position, salience) in &actors {
            // Salience without a position says nothing of the issue.
            if let Some(place) = value(*position)? {
                known.push((place, value(*salience)?));
            }
        }
        let saliences: Vec<f64> = known.iter().filter_map(|(_, salience)| *salience).collect();
        let mean = if saliences.is_empty() { 50.0 } else { saliences.iter().sum::<f64>() / saliences.len() as f64 };
        let stand = |(position, salience): &(f64, Option<f64>)| Stand {
            position: *position,
            salience: salience.unwrap_or(mean) / 100.0,
            capability: 1.0,
        };
        let Ok(positions) = Positions::new(known.iter().map(stand).collect(), Scale::PERCENT) else { continue };
        issues.push(Issue {
            proposal: cells[proposal].parse().map_err(|_| fault(proposal))?,
            positions,
            reference: value(reference)?,
            outcome: value(outcome)?,
        });
    }
    if issues.is_empty() { Err(DeuError::Empty) } else { Ok(issues) }
}

fn unquoted(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell).trim()
}

/// The number of proposals of some issues.
#[must_use]
pub fn proposals(issues: &[Issue]) -> usize {
    issues.iter().map(|issue| issue.proposal).collect::<BTreeSet<u32>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, &[(&str, &str)])]) -> String {
        let mut header = vec!["prnrnmc".to_owned(), "rp".to_owned(), "out".to_owned(), "finact".to_owned()];
        header.extend(ACTORS.iter().flat_map(|actor| [format!("p{actor}"), format!("s{actor}")]));
        let row = |(proposal, cells): &(&str, &[(&str, &str)])| {
            let cell = |name: &String| match name.as_str() {
                "prnrnmc" => (*proposal).to_owned(),
                "finact" => "999".to_owned(),
                name => cells.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value).to_owned(),
            };
            header.iter().map(cell).collect::<Vec<_>>().join("\t")
        };
        std::iter::once(header.join("\t")).chain(rows.iter().map(row)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn an_empty_cell_is_missing_and_salience_without_position_is_nothing() {
        let issues = read(&table(&[
            ("7", &[("pcom", "0"), ("scom", "80"), ("pfr", "100"), ("sde", "30"), ("out", "40")]),
            ("7", &[("scom", "80")]),
            ("8", &[("puk", "50"), ("rp", "0")]),
        ]))
        .unwrap();
        assert_eq!(issues.len(), 2);
        let stands: Vec<(f64, f64)> = issues[0].positions.stands().iter().map(|s| (s.position, s.salience)).collect();
        assert_eq!(stands, [(0.0, 0.8), (100.0, 0.8)]);
        assert_eq!((issues[0].outcome, issues[0].reference, issues[0].proposal), (Some(40.0), None, 7));
        assert_eq!(
            (issues[1].outcome, issues[1].reference, issues[1].positions.stands()[0].salience),
            (None, Some(0.0), 0.5)
        );
    }

    #[test]
    fn sentinels_and_other_tables_are_refused() {
        assert_eq!(read(&table(&[("1", &[("pcom", "999")])])), Err(DeuError::Cell(2, "pcom".into())));
        assert_eq!(read(&table(&[("1", &[("pcom", "5"), ("out", "-1")])])), Err(DeuError::Cell(2, "out".into())));
        assert_eq!(read(&table(&[("x", &[("pcom", "5")])])), Err(DeuError::Cell(2, "prnrnmc".into())));
        assert_eq!(read(&table(&[])), Err(DeuError::Empty));
        assert_eq!(read("a,b\n1,2\n"), Err(DeuError::Column("prnrnmc".into())));
        assert_eq!(read(&(table(&[("1", &[])]) + "\t1")), Err(DeuError::Ragged(2)));
    }
}
