//! What changed since a date (layer A): rows, movements, phases, verdicts.

use detente_case::issue::Track;
use detente_case::{Case, Day, Moment, Month, Record, When};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::gap::Gap;
use crate::history::{MovementOfHistory, history};
use crate::now::stances;
use crate::phase::Phase;

/// What changed between two moments.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Diff {
    /// The later moment.
    #[serde(flatten)]
    pub moment: At,
    /// The earlier day, with what was known then.
    pub since: String,
    /// Rows that became known since.
    pub rows: Vec<NewRow>,
    /// Movements that are on record now and were not then.
    pub movements: Vec<MovementOfHistory>,
    /// Months whose phase is new or another than it was.
    pub phases: Vec<PhaseChange>,
    /// Issues that became comparable, ceased to be, or whose gap changed.
    pub verdicts: Vec<VerdictChange>,
    /// Where the result comes from.
    pub about: About,
}

/// A row that became known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NewRow {
    /// Id.
    pub id: String,
    /// `position`, `event`, `relation` or `factor`.
    pub table: String,
    /// When it was said or happened.
    pub date: When,
    /// When it became known.
    pub known_from: When,
    /// What it says.
    pub text: String,
}

/// A month whose phase is new or another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PhaseChange {
    /// The track.
    pub track: Track,
    /// The month.
    pub month: Month,
    /// The phase as it was seen then; none for months after.
    pub before: Option<Phase>,
    /// The phase as it is seen now.
    pub after: Phase,
}

/// An issue on which comparability or the gap changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VerdictChange {
    /// Issue id.
    pub issue: String,
    /// The gap then; none where it could not be compared.
    pub before: Option<Gap>,
    /// The gap now; none where it cannot be compared.
    pub after: Option<Gap>,
}

/// What changed since a day, as known then, up to a moment.
#[must_use]
pub fn diff(case: &Case, since: Day, moment: Moment, settings: Settings) -> Diff {
    let record = Record::known_by(case, moment.known);
    let then = Moment::new(case, Some(since.min(moment.at)), Some(since.min(moment.known)));
    let (before, after) = (history(case, then, settings), history(case, moment, settings));
    let movements = after.movements.iter().filter(|movement| !before.movements.contains(movement)).cloned().collect();
    let mut phases = Vec::new();
    for track in [Track::Political, Track::Humanitarian] {
        for now in &after.months {
            let old = before.months.iter().find(|old| old.month == now.month);
            let on_track = |month: &crate::history::MonthOfHistory| match track {
                Track::Political => month.political.phase,
                Track::Humanitarian => month.humanitarian.phase,
            };
            let (was, is) = (old.map(on_track), on_track(now));
            if was != Some(is) {
                phases.push(PhaseChange { track, month: now.month, before: was, after: is });
            }
        }
    }
    let about = About::new(Layer::A, "diff", true, record, settings);
    let old = stances(Record::known_by(case, then.known), then, about.clone());
    let new = stances(record, moment, about.clone());
    let verdicts = old
        .issues
        .iter()
        .zip(&new.issues)
        .filter(|(old, new)| old.gap != new.gap)
        .map(|(old, new)| VerdictChange { issue: new.id.clone(), before: old.gap, after: new.gap })
        .collect();
    Diff {
        moment: moment.into(),
        since: since.to_string(),
        rows: new_rows(record, then.known),
        movements,
        phases,
        verdicts,
        about,
    }
}

fn new_rows(record: Record<'_>, since: Day) -> Vec<NewRow> {
    let mut rows = Vec::new();
    let mut add = |id: &str, table: &str, date: When, known_from: When, text: &str| {
        if known_from.last() > since {
            rows.push(NewRow { id: id.to_owned(), table: table.to_owned(), date, known_from, text: text.to_owned() });
        }
    };
    record.positions().for_each(|(_, row)| add(&row.id, "position", row.valid_from, row.known_from, &row.statement));
    record.events().for_each(|(_, row)| add(&row.id, "event", row.date, row.known_from, &row.title));
    record.relations().for_each(|(_, row)| add(&row.id, "relation", row.valid_from, row.valid_from, &row.basis));
    record.factors().for_each(|(_, row)| {
        add(&row.name, "factor", row.date, row.known_from.unwrap_or(row.date), &row.value.to_string())
    });
    rows.sort_by(|a, b| {
        a.known_from
            .cmp(&b.known_from)
            .then_with(|| a.table.cmp(&b.table))
            .then_with(|| detente_case::natural_order(&a.id, &b.id))
    });
    rows
}
