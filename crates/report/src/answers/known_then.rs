//! A back-test of the case itself: what could be said then, and what came next.

use detente_analysis::blocks::BothVerdict;
use detente_analysis::known_then::{Difference, KnownThen, QuarterThen, Question, Scores};
use detente_analysis::phase::Phase;
use detente_case::{Case, Moment};

use super::ripeness::number;
use super::{answer, section};
use crate::document::{Block, Cell, Document, Sentence, Table, paragraph};
use crate::labels::Labels;
use crate::{drawings, words};

/// What the short words of the cells stand for.
pub(crate) const NOTE: &str = "Phases: move movement, talk talks, medi mediated contact, lull, stal stalemate, setb setback, – not started. Groups of issues by their first letters. n/m: n of m. Harder / nearer: hardenings and concessions on political issues.";

/// A phase in at most four letters.
pub(crate) fn short_phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Setback => "setb",
        Phase::Movement => "move",
        Phase::Talks => "talk",
        Phase::Mediated => "medi",
        Phase::Exchanges => "exch",
        Phase::Lull => "lull",
        Phase::Stalemate => "stal",
        Phase::NotStarted => "–",
    }
}

/// A question in a few words.
fn question(question: Question) -> &'static str {
    match question {
        Question::Talks => "Direct political talks",
        Question::Progress => "A progress event",
        Question::Concession => "A concession",
        Question::Hardening => "A hardening",
        Question::Verdict => "Blocked issues change",
        Question::Rounds => "Rounds of talks",
        Question::Front => "Change of the front line",
    }
}

/// The back-test as a document.
#[must_use]
pub fn known_then(case: &Case, moment: Moment, result: &KnownThen) -> Document {
    let labels = Labels(case);
    let mut blocks = vec![paragraph(what_it_is(result))];
    blocks.extend(drawings::known_then(case, result).map(|figure| Block::Figure(Box::new(figure))));
    let names: Vec<String> = result.principals.iter().map(|actor| labels.actor(actor)).collect();
    let tables = [then_table(result), next_table(&names, result)];
    blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    let mut sections = vec![section("quarters", "", blocks)];
    sections.push(section("scores", "How a plain rule would have done", scores(result)));
    answer(case, moment, "As known then", &result.about, sections)
}

fn what_it_is(result: &KnownThen) -> Vec<Sentence> {
    let mut sentences = vec![
        Sentence::plain(
            "Each row uses only what was known on the last day of its quarter; what came next is read from all rows, by the same rules.",
        ),
        Sentence::plain(
            "The rows were coded later, with hindsight: known_from is when the public could know, not when they were coded. Which rows were looked for was decided by people who knew what came after.",
        ),
    ];
    if let Some(series) = result.front_series.as_ref().filter(|_| result.front_revised) {
        sentences.push(Sentence::counted(format!(
            "The series {series} was revised after the day of its values: what could be read on a day may have been another number."
        )));
    }
    if result.quarters.is_empty() {
        sentences.push(Sentence::counted("No quarter of the case had ended by this day."));
    }
    if result.left_out > 0 {
        sentences.push(Sentence::counted(format!("{} earlier quarters are left out.", result.left_out)));
    }
    sentences
}

fn name(row: &QuarterThen) -> String {
    format!("{} Q{}", row.quarter.year, row.quarter.quarter)
}

fn then_table(result: &KnownThen) -> Table {
    let columns = [
        "Quarter",
        "Phase",
        "Comparable",
        "Blocked",
        "First group",
        "Steps",
        "Both must move",
        "Gap",
        "Months since talks",
    ];
    let rows = result.quarters.iter().map(|row| {
        let then = &row.then;
        let blocked = if then.blocked {
            format!("yes: {} of {} tested", then.blocked_issues.len(), then.tested)
        } else {
            format!("no: 0 of {} tested", then.tested)
        };
        let both = match then.both_must_move {
            BothVerdict::NotBlocked => "nothing blocks",
            BothVerdict::Holds => "yes",
            BothVerdict::DoesNotHold => "no",
            BothVerdict::NotDetermined => "not determined",
        };
        let gap = if then.comparable == 0 { String::new() } else { format!("{} to {}", then.gap_min, then.gap_max) };
        let cells = [
            name(row),
            then.phase.word().to_owned(),
            format!("{} of {}", then.comparable, then.issues),
            blocked,
            then.first_group.clone().unwrap_or_default(),
            then.steps.map(|steps| steps.to_string()).unwrap_or_default(),
            both.to_owned(),
            gap,
            then.months_since_talks.map_or_else(|| "none yet".to_owned(), |months| months.to_string()),
        ];
        cells.map(Cell::from).to_vec()
    });
    Table {
        caption: "As known on the last day of each quarter".into(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn next_table(principals: &[String], result: &KnownThen) -> Table {
    let mut columns: Vec<String> = ["After", "Talks", "Progress", "Setbacks"].map(str::to_owned).to_vec();
    columns.extend(principals.iter().map(|name| format!("{name}: harder, nearer")));
    columns.extend(["Phase at its end", "Blocked issues change", "Front line"].map(str::to_owned));
    let with_rows = |ids: &[String]| match ids.len() {
        0 => "none".into(),
        many => Cell::with_rows(many.to_string(), ids.to_vec()),
    };
    let rows = result.quarters.iter().filter_map(|row| {
        let next = row.next.as_ref()?;
        let mut cells: Vec<Cell> =
            vec![name(row).into(), with_rows(&next.talks), with_rows(&next.progress), with_rows(&next.setbacks)];
        cells.extend(next.moves.iter().map(|moves| format!("{}, {}", moves.hardenings, moves.concessions).into()));
        cells.push(next.phase.word().into());
        cells.push(if next.verdict_changed { "yes" } else { "no" }.into());
        cells.push(next.front.map(signed).unwrap_or_default().into());
        Some(cells)
    });
    Table { caption: "What came in the quarter after".into(), columns, rows: rows.collect() }
}

fn signed(value: f64) -> String {
    let text = number(value);
    if text == "0" || text.starts_with('−') { text } else { format!("+{text}") }
}

/// Each score as a name, what it rests on, and the difference.
pub(crate) fn difference_of(result: &KnownThen) -> Vec<(String, String, Difference)> {
    let scores = &result.scores;
    let told = |rule: f64, base: f64| format!("rule {rule:.3}, base rate {base:.3}");
    let mut found = Vec::new();
    for score in scores.questions.iter().chain(&scores.together) {
        let name = score.question.map_or("All five together", question).to_owned();
        let words = format!("{} of {} came true; {}", score.came_true, score.asked, told(score.rule, score.base));
        found.push((name, words, score.difference));
    }
    for score in &scores.numbers {
        let words = format!("asked {} times; CRPS: {}", score.asked, told(score.rule, score.base));
        found.push((question(score.question).to_owned(), words, score.difference));
    }
    found
}

fn scores(result: &KnownThen) -> Vec<Block> {
    let scores = &result.scores;
    let Some(together) = &scores.together else {
        return vec![paragraph(vec![Sentence::counted(
            "No question was resolved: that takes four earlier quarters, and a next quarter that has ended.",
        )])];
    };
    let difference = together.difference;
    let verdict = if difference.within_noise {
        "The difference is within noise: chance alone could explain it."
    } else if difference.mean < 0.0 {
        "The rule was nearer than the base rate by more than chance would explain."
    } else {
        "The base rate was nearer than the rule by more than chance would explain."
    };
    let mut blocks = vec![paragraph(vec![
        Sentence::plain(
            "The rule is the share of earlier quarters in the same phase, as known then, in which it came true; the base rate is that of all earlier quarters. It was written down before the result was looked at.",
        ),
        Sentence::counted(format!(
            "{} were resolved. Brier score of the rule {:.3}, of the base rate {:.3}; difference {} (95 %: {} to {}), lower is nearer.",
            words::sentence_case(&words::count_of(together.asked, "question", "questions")),
            together.rule,
            together.base,
            signed(difference.mean),
            signed(difference.low),
            signed(difference.high)
        )),
        Sentence::counted(verdict),
    ])];
    blocks.push(Block::Table(score_table(scores)));
    blocks.push(paragraph(vec![Sentence::counted(format!(
        "Of {} at 95 %, one that misses 0 is no surprise: chance alone does that to one in twenty.",
        words::count_of(scores.questions.len() + scores.numbers.len() + 1, "interval", "intervals")
    ))]));
    blocks.push(Block::Table(reliability(scores)));
    blocks
}

fn score_table(scores: &Scores) -> Table {
    let interval = |difference: Difference| {
        format!("{} ({} to {})", signed(difference.mean), signed(difference.low), signed(difference.high))
    };
    let noise = |difference: Difference| if difference.within_noise { "within noise" } else { "beyond noise" };
    let row = |name: &str, score: &str, asked: usize, came: String, rule: f64, base: f64, of: Difference| {
        let cells = [
            name.to_owned(),
            score.to_owned(),
            asked.to_string(),
            came,
            format!("{rule:.3}"),
            format!("{base:.3}"),
            interval(of),
            noise(of).to_owned(),
        ];
        cells.map(Cell::from).to_vec()
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for score in scores.questions.iter().chain(&scores.together) {
        let name = score.question.map_or("All five together", question);
        let came = score.came_true.to_string();
        rows.push(row(name, "Brier", score.asked, came, score.rule, score.base, score.difference));
    }
    for score in &scores.numbers {
        rows.push(row(
            question(score.question),
            "CRPS",
            score.asked,
            String::new(),
            score.rule,
            score.base,
            score.difference,
        ));
    }
    let columns = ["In the next quarter", "Score", "Asked", "Came true", "Rule", "Base rate", "Difference (95 %)", ""];
    Table {
        caption: "Scores; lower is nearer. Intervals draw whole quarters with replacement".into(),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    }
}

fn reliability(scores: &Scores) -> Table {
    let rows = scores.reliability.iter().filter(|bin| bin.asked > 0).map(|bin| {
        let range = format!("{} to {}", words::percent(bin.from), words::percent(bin.to));
        vec![range.into(), bin.asked.to_string().into(), bin.came_true.to_string().into()]
    });
    Table {
        caption: "Reliability: of the questions to which the rule gave such a share".into(),
        columns: ["Share", "Asked", "Came true"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
