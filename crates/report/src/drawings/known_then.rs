//! What could be said at the end of each quarter, what came next, and how the rule did.

use detente_analysis::coverage::Quarter;
use detente_analysis::known_then::{KnownThen, Next, QuarterThen};
use detente_analysis::phase::Phase;
use detente_case::Case;

use super::{actor_name, caption, read_as};
use crate::answers::known_then::{NOTE, difference_of, short_phase};
use crate::figure::Figure;
use crate::figure::quarters::{self, Cell, Group, Line, Quarters, Score};

/// The quarters of a back-test; none where no quarter has ended.
#[must_use]
pub fn known_then(case: &Case, result: &KnownThen) -> Option<Figure> {
    if result.quarters.is_empty() {
        return None;
    }
    let input = Quarters {
        caption: caption("known-then", "What could be said at the end of each quarter, and what came next"),
        quarters: result.quarters.iter().map(|row| year_and_number(row.quarter)).collect(),
        groups: vec![
            Group { title: "As known on its last day".to_owned(), lines: then(result) },
            Group { title: "In the quarter after".to_owned(), lines: next(case, result) },
        ],
        note: NOTE.to_owned(),
        scored:
            "The rule against the base rate: difference of the score, lower is nearer; each line has a scale of its own"
                .to_owned(),
        scores: difference_of(result)
            .into_iter()
            .map(|(name, words, difference)| Score {
                name,
                words,
                mean: difference.mean,
                low: difference.low,
                high: difference.high,
            })
            .collect(),
    };
    Some(read_as(
        quarters::draw(&input),
        "Columns are quarters. The upper rows use only what was known on the last day of the quarter; the lower rows tell what came in the quarter \
         after, and are empty where it has not ended. A line below that reaches over the middle is within noise.",
    ))
}

fn year_and_number(quarter: Quarter) -> (i32, u32) {
    (i32::from(quarter.year), u32::try_from(quarter.quarter).unwrap_or(1))
}

fn line(result: &KnownThen, name: &str, cell: impl Fn(&QuarterThen) -> Cell) -> Line {
    Line { name: name.to_owned(), cells: result.quarters.iter().map(cell).collect() }
}

fn plain(text: impl Into<String>, title: impl Into<String>) -> Cell {
    Cell { text: text.into(), title: title.into(), marked: false }
}

fn phase(phase: Phase) -> Cell {
    Cell {
        text: short_phase(phase).to_owned(),
        title: phase.word().to_owned(),
        marked: matches!(phase, Phase::Movement | Phase::Talks),
    }
}

fn then(result: &KnownThen) -> Vec<Line> {
    vec![
        line(result, "Phase of its last month", |row| phase(row.then.phase)),
        line(result, "Comparable issues", |row| {
            let then = &row.then;
            plain(format!("{}/{}", then.comparable, then.issues), format!("{} of {}", then.comparable, then.issues))
        }),
        line(result, "Issues blocked, of tested", |row| {
            let then = &row.then;
            let title =
                format!("{} of {} tested: {}", then.blocked_issues.len(), then.tested, then.blocked_issues.join(", "));
            Cell { marked: then.blocked, ..plain(format!("{}/{}", then.blocked_issues.len(), then.tested), title) }
        }),
        line(result, "First sticking group", |row| {
            let group = row.then.first_group.clone().unwrap_or_default();
            plain(group.chars().take(4).collect::<String>(), group)
        }),
        line(result, "Least steps to unblock", |row| match row.then.steps {
            Some(steps) => plain(steps.to_string(), format!("{steps}, all principals together")),
            None => Cell::default(),
        }),
        line(result, "Gap in steps, least", |row| {
            let title = format!("{} to {} on {} issues", row.then.gap_min, row.then.gap_max, row.then.comparable);
            if row.then.comparable == 0 { Cell::default() } else { plain(row.then.gap_min.to_string(), title) }
        }),
        line(result, "Months since talks", |row| match row.then.months_since_talks {
            Some(months) => plain(months.to_string(), months.to_string()),
            None => plain("–", "none on record"),
        }),
    ]
}

fn next(case: &Case, result: &KnownThen) -> Vec<Line> {
    let of_next = |name: &str, cell: &dyn Fn(&Next) -> Cell| {
        line(result, name, |row| row.next.as_ref().map(cell).unwrap_or_default())
    };
    let rows = |ids: &[String]| match ids.len() {
        0 => plain("–", "none"),
        many => plain(many.to_string(), super::ids(ids.iter().map(String::as_str))),
    };
    let mut lines = vec![
        of_next("Direct political talks", &|next| Cell { marked: !next.talks.is_empty(), ..rows(&next.talks) }),
        of_next("Progress events", &|next| rows(&next.progress)),
        of_next("Setbacks", &|next| rows(&next.setbacks)),
    ];
    for (number, actor) in result.principals.iter().enumerate() {
        let name = format!("{}: harder / nearer", actor_name(case, actor));
        lines.push(of_next(&name, &|next| match next.moves.get(number) {
            Some(moves) => plain(
                format!("{}/{}", moves.hardenings, moves.concessions),
                format!("{} hardenings, {} concessions", moves.hardenings, moves.concessions),
            ),
            None => Cell::default(),
        }));
    }
    lines.push(of_next("Phase at its end", &|next| phase(next.phase)));
    lines.push(of_next("Blocked issues change", &|next| {
        let word = if next.verdict_changed { "yes" } else { "no" };
        plain(word, word)
    }));
    lines
}
