//! What a plan would meet: the page on a plan, and plans side by side.

use detente_analysis::about::At;
use detente_analysis::plan::{ClauseNow, Comparison, Met, Outcome, PlanCell, PlanMatrix, Plans, Verdict};
use detente_case::{Case, Moment, Record};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Point, Section, Sentence, Table, paragraph};
use crate::evidence;
use crate::labels::Labels;
use crate::words;

/// As many plans are told in full; more are listed.
const IN_FULL: usize = 3;

/// Plans against the words as a document.
#[must_use]
pub fn plan(case: &Case, moment: Moment, plans: &Plans) -> Document {
    let labels = Labels(case);
    let title = match plans.packages.as_slice() {
        [one] => format!("{} against the words", one.title),
        _ => "Plans against the words".to_owned(),
    };
    let mut sections = Vec::new();
    match plans.packages.as_slice() {
        [] => sections.push(section(
            "plan",
            "",
            vec![paragraph(vec![Sentence::counted(
                "No plan is on record at this date. `detente plan CASE --template` prints a table to fill; \
             `--with FILE` holds it against the words.",
            )])],
        )),
        packages if packages.len() <= IN_FULL => {
            for comparison in &plans.comparisons {
                sections.push(compared(labels, plans, comparison));
            }
            for package in packages {
                sections.extend(page(labels, package, &plans.moment, packages.len() > 1));
            }
        }
        packages => sections.push(overview(labels, packages)),
    }
    let record = Record::known_by(case, moment.known);
    sections.extend(evidence::section(record, "Rows and sources behind this page", &sections));
    answer(case, moment, &title, &plans.about, sections)
}

/// What the words of one actor say of a whole clause.
enum OnClause<'p> {
    /// The same of all its options.
    One(Verdict),
    /// It depends on how the clause is read.
    Depends(Vec<&'p PlanCell>),
}

/// The cells of a plan.
struct Matrix<'p>(&'p PlanMatrix);

impl<'p> Matrix<'p> {
    fn actors(&self) -> Vec<(&'p str, bool)> {
        let mut actors: Vec<(&str, bool)> = Vec::new();
        for cell in &self.0.cells {
            if !actors.iter().any(|(actor, _)| *actor == cell.actor) {
                actors.push((&cell.actor, cell.principal));
            }
        }
        actors
    }

    fn coded(&self) -> impl Iterator<Item = &'p ClauseNow> {
        self.0.clauses.iter().filter(|clause| !clause.options.is_empty())
    }

    fn cells(&self, issue: &str, actor: &str) -> Vec<&'p PlanCell> {
        self.0.cells.iter().filter(|cell| cell.issue == issue && cell.actor == actor).collect()
    }

    fn on(&self, clause: &ClauseNow, actor: &str) -> OnClause<'p> {
        let cells = self.cells(&clause.issue, actor);
        match cells.first() {
            Some(first) if cells.iter().all(|cell| cell.verdict == first.verdict) => OnClause::One(first.verdict),
            _ => OnClause::Depends(cells),
        }
    }

    /// The clauses of which all options get one verdict from an actor, with their cells.
    fn with(&self, actor: &str, verdict: Verdict) -> Vec<(&'p ClauseNow, Vec<&'p PlanCell>)> {
        self.coded()
            .filter(|clause| matches!(self.on(clause, actor), OnClause::One(found) if found == verdict))
            .map(|clause| (clause, self.cells(&clause.issue, actor)))
            .collect()
    }
}

/// The page on one plan.
fn page(labels: Labels<'_>, plan: &PlanMatrix, at: &At, titled: bool) -> Vec<Section> {
    let matrix = Matrix(plan);
    let head = |title: &str| if titled { format!("{}: {title}", plan.title) } else { words::sentence_case(title) };
    let id = |part: &str| format!("{part}-{}", plan.id);
    // Of third parties, those that have said anything on what the plan is about.
    let told = |(actor, principal): &(&str, bool)| {
        *principal || matrix.coded().any(|clause| !matches!(matrix.on(clause, actor), OnClause::One(Verdict::Silent)))
    };
    let parties = matrix.actors().into_iter().filter(told).map(|(actor, _)| party(labels, &matrix, actor)).collect();
    let figure = crate::drawings::plan_matrix(labels.0, plan, at);
    let blocks = vec![Block::Figure(Box::new(figure)), Block::Table(matrix_table(labels, &matrix))];
    vec![
        section(&id("short"), &head("in short"), vec![Block::Points { points: in_short(labels, &matrix) }]),
        section(&id("matrix"), &head("clause by clause"), blocks),
        section(&id("parties"), &head("each party in a paragraph"), parties),
        section(&id("clauses"), &head("what the clauses say"), vec![Block::Table(clauses_table(labels, plan))]),
    ]
}

fn point(lead: &str, sentences: Vec<Sentence>) -> Point {
    Point { lead: lead.to_owned(), sentences }
}

fn in_short(labels: Labels<'_>, matrix: &Matrix<'_>) -> Vec<Point> {
    let plan = matrix.0;
    let principals: Vec<&str> =
        matrix.actors().into_iter().filter(|(_, principal)| *principal).map(|(actor, _)| actor).collect();
    let mut points = vec![point("What it is.", what_it_is(labels, plan))];
    let mut refused = Vec::new();
    let mut open = Vec::new();
    let mut taken_up = Vec::new();
    for clause in matrix.coded() {
        let verdicts: Vec<(&str, OnClause<'_>)> =
            principals.iter().map(|actor| (*actor, matrix.on(clause, actor))).collect();
        let refusing: Vec<&str> = verdicts
            .iter()
            .filter(|(_, on)| matches!(on, OnClause::One(Verdict::RuledOut)))
            .map(|(actor, _)| *actor)
            .collect();
        let put = |on: &OnClause<'_>| matches!(on, OnClause::One(Verdict::Asked | Verdict::TabledBefore));
        if !refusing.is_empty() {
            refused.push((clause, refusing));
        } else {
            open.push(clause);
        }
        if !verdicts.is_empty() && verdicts.iter().all(|(_, on)| put(on)) {
            taken_up.push(clause);
        }
    }
    let refusal = match refused.len() {
        0 => vec![Sentence::counted("No principal has ruled out any clause of it, in every reading of the clause.")],
        count => {
            let mut sentences = vec![Sentence::counted(format!(
                "{} ruled out by at least one principal.",
                words::sentence_case(&words::count_of(count, "clause is", "clauses are"))
            ))];
            sentences.extend(refused.iter().map(|(clause, actors)| {
                let cells = || actors.iter().flat_map(|actor| matrix.cells(&clause.issue, actor));
                let names: Vec<String> = actors
                    .iter()
                    .map(|actor| {
                        let law_only =
                            matrix.cells(&clause.issue, actor).iter().all(|cell| cell.ruled_out_by.is_empty());
                        let name = labels.actor(actor);
                        if law_only { format!("{name} (by its own law)") } else { name }
                    })
                    .collect();
                let rows = cells().flat_map(|cell| cell.rows.clone());
                Sentence::with_rows(format!("{}: by {}.", labels.quoted(&clause.issue), words::list(&names)), rows)
            }));
            sentences
        }
    };
    points.push(point("Where it meets refusal.", refusal));
    let titles = |clauses: &[&ClauseNow]| {
        words::list(&clauses.iter().map(|clause| labels.quoted(&clause.issue)).collect::<Vec<_>>())
    };
    points.push(point(
        "Where no principal refuses.",
        vec![
            match open.len() {
                0 => Sentence::counted("On none of its clauses."),
                _ => Sentence::counted(format!("{}.", titles(&open))),
            },
            Sentence::plain("That nobody has ruled a clause out does not mean that anybody accepts it."),
        ],
    ));
    points.push(point(
        "Where it takes up words of every principal.",
        vec![match taken_up.len() {
            0 => Sentence::counted("On no clause: there is none that every principal asks for or has tabled before."),
            _ => {
                let rows = taken_up.iter().flat_map(|clause| {
                    principals.iter().flat_map(|actor| matrix.cells(&clause.issue, actor)).flat_map(|c| c.rows.clone())
                });
                Sentence::with_rows(format!("{}.", titles(&taken_up)), rows.collect::<Vec<_>>())
            }
        }],
    ));
    points.push(point("Beside other plans.", vec![beside_others(plan)]));
    points
}

fn what_it_is(labels: Labels<'_>, plan: &PlanMatrix) -> Vec<Sentence> {
    let authors: Vec<String> = plan.authors.iter().map(|actor| labels.actor(actor)).collect();
    let mut first = plan.title.clone();
    if let Some(date) = plan.date.map(words::when).filter(|date| !plan.title.contains(date)) {
        first.push_str(&format!(", of {date}"));
    }
    if !authors.is_empty() {
        first.push_str(&format!("; its clauses rest on rows of {}", words::list(&authors)));
    }
    let coverage = plan.coverage;
    let mut sentences = vec![
        Sentence::counted(format!("{first}.")),
        Sentence::counted(format!(
            "{} of its {} can be held against the words.",
            coverage.coded,
            words::count_of(coverage.clauses, "clause", "clauses")
        )),
    ];
    let titles = |clauses: Vec<&ClauseNow>| {
        words::list(&clauses.iter().map(|clause| labels.quoted(&clause.issue)).collect::<Vec<_>>())
    };
    let open: Vec<&ClauseNow> =
        plan.clauses.iter().filter(|clause| clause.options.is_empty() && clause.scale).collect();
    if !open.is_empty() {
        sentences.push(Sentence::counted(format!("Not read, or too vague for an option: {}.", titles(open))));
    }
    let no_scale: Vec<&ClauseNow> = plan.clauses.iter().filter(|clause| !clause.scale).collect();
    if !no_scale.is_empty() {
        sentences.push(Sentence::counted(format!("On a topic without a scale: {}.", titles(no_scale))));
    }
    let unsaid: Vec<String> = labels
        .0
        .issues
        .iter()
        .filter(|issue| !plan.clauses.iter().any(|clause| *clause.issue == *issue.id))
        .map(|issue| labels.quoted(&issue.id))
        .collect();
    if !unsaid.is_empty() {
        sentences.push(Sentence::counted(format!(
            "It has no clause on {} of the {} issues of this case: {}.",
            unsaid.len(),
            coverage.issues,
            words::list(&unsaid)
        )));
    }
    sentences
}

fn beside_others(plan: &PlanMatrix) -> Sentence {
    let nearer = "at least as near to what every principal asks for on all clauses that both have, and nearer for one";
    let by = plan.dominated_by.as_slice();
    let sharing = match plan.comparable_plans {
        0 => return Sentence::counted("No other plan on record has a clause on an issue of this one."),
        1 => {
            let is = if by.is_empty() { "is not" } else { "is" };
            let one = format!("the one other plan on record that shares a clause with it {is} {nearer}");
            let named = if by.is_empty() { String::new() } else { format!(": {}", words::list(by)) };
            return Sentence::counted(format!("By the order of options alone, {one}{named}."));
        }
        count => format!("the {count} other plans on record that share a clause with it"),
    };
    Sentence::counted(match by {
        [] => format!("By the order of options alone, none of {sharing} is {nearer}."),
        plans => {
            let these = if plans.len() == 1 { "one is" } else { "these are" };
            format!("By the order of options alone, of {sharing} {these} {nearer}: {}.", words::list(plans))
        }
    })
}

/// One party in a paragraph: what it asks for, tabled before, rules out, leaves open, and is silent on.
fn party(labels: Labels<'_>, matrix: &Matrix<'_>, actor: &str) -> Block {
    let coded = words::count_of(matrix.coded().count(), "clause", "clauses");
    let name = labels.actor(actor);
    let principal = matrix.actors().iter().any(|(other, principal)| *other == actor && *principal);
    let mut sentences = Vec::new();
    for verdict in [Verdict::Asked, Verdict::TabledBefore, Verdict::RuledOut, Verdict::NotRuledOut, Verdict::Silent] {
        let clauses = matrix.with(actor, verdict);
        let of = match (clauses.len(), sentences.is_empty()) {
            (0, _) => continue,
            (count, true) => format!("{count} of {coded}"),
            (count, false) => count.to_string(),
        };
        let lead = match verdict {
            Verdict::Asked => format!("it asks for what {of} say"),
            Verdict::TabledBefore => format!("it has tabled before, and does not ask for now, what {of} say"),
            Verdict::RuledOut => format!("it rules out what {of} say"),
            Verdict::NotRuledOut => format!("it has spoken on the issue and has not ruled out what {of} say"),
            Verdict::Silent => format!("it has said nothing in its own words on {of}"),
        };
        let parts: Vec<String> = clauses
            .iter()
            .map(|(clause, cells)| format!("{}{}", labels.quoted(&clause.issue), remark(cells, verdict)))
            .collect();
        if verdict == Verdict::Silent && !principal {
            sentences.push(Sentence::counted(format!("{}.", words::sentence_case(&lead))));
            continue;
        }
        let rows = clauses.iter().flat_map(|(_, cells)| cells.iter().flat_map(|cell| cell.rows.clone()));
        let text = words::sentence_case(&format!("{lead}: {}.", words::list(&parts)));
        sentences.push(Sentence::with_rows(text, rows.collect::<Vec<_>>()).over_all());
    }
    for clause in matrix.coded() {
        if let OnClause::Depends(cells) = matrix.on(clause, actor) {
            let parts: Vec<String> = cells
                .iter()
                .map(|cell| format!("{} {}", said(cell.verdict), labels.option(&clause.issue, &cell.option)))
                .collect();
            let rows = cells.iter().flat_map(|cell| cell.rows.clone());
            sentences.push(Sentence::with_rows(
                format!(
                    "On {} it depends on how the clause is read: it {}.",
                    labels.quoted(&clause.issue),
                    words::list(&parts)
                ),
                rows,
            ));
        }
    }
    let reports: Vec<String> = matrix
        .0
        .cells
        .iter()
        .filter(|cell| cell.actor == actor)
        .flat_map(|cell| cell.reported.iter().cloned())
        .collect();
    if !reports.is_empty() {
        sentences.push(Sentence::with_rows(
            "Reports of what it would take, which decide nothing here, bear on it too.",
            reports,
        ));
    }
    Block::Paragraph { lead: format!("{name}."), sentences }
}

/// What is to be known beside a verdict: since when, on what condition, how far away, by law.
fn remark(cells: &[&PlanCell], verdict: Verdict) -> String {
    let mut parts: Vec<String> = Vec::new();
    let Some(cell) = cells.first() else { return String::new() };
    match verdict {
        Verdict::Asked => {
            if cells.iter().any(|cell| cell.one_of > 1) {
                parts.push(format!("one of the {} options that its words leave open", cell.one_of));
            }
            if cells.iter().any(|cell| !cell.ruled_out_by.is_empty()) {
                parts.push("though an earlier limit of its own stands".to_owned());
            }
            if cells.iter().any(|cell| !cell.law.is_empty()) {
                parts.push("its own law would have to change".to_owned());
            }
        }
        Verdict::TabledBefore => {
            parts.extend(cell.date.map(words::when));
            if cell.carried {
                parts.push("in a text that has lapsed".to_owned());
            }
        }
        Verdict::RuledOut => {
            if cells.iter().all(|cell| cell.ruled_out_by.is_empty()) {
                parts.push("by its own law".to_owned());
            } else if cells.iter().any(|cell| !cell.law.is_empty()) {
                parts.push("also by its own law".to_owned());
            }
            if let Some(date) = cell.date.filter(|_| !cell.tabled.is_empty()) {
                parts.push(format!("it tabled it last on {}", words::when(date)));
            }
        }
        Verdict::NotRuledOut => parts.extend(cells.iter().filter_map(|cell| cell.steps).min().map(away)),
        Verdict::Silent => {}
    }
    if matches!(verdict, Verdict::Asked | Verdict::TabledBefore)
        && let Some(met) = cell.condition_met
    {
        parts.push(format!("on the condition: {}; {}", cell.condition, meets(met)));
    }
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

fn away(steps: u32) -> String {
    match steps {
        1 => "1 step from what it asks for".to_owned(),
        steps => format!("{steps} steps from what it asks for"),
    }
}

fn meets(met: Met) -> &'static str {
    match met {
        Met::Met => "the plan meets it",
        Met::Open => "the plan leaves it open",
        Met::NotMet => "the plan does not meet it",
    }
}

fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Asked => "asks for",
        Verdict::TabledBefore => "has tabled before",
        Verdict::NotRuledOut => "has not ruled out",
        Verdict::RuledOut => "rules out",
        Verdict::Silent => "is silent on",
    }
}

/// The verdict in a cell, in a few words.
fn in_cell(cell: &PlanCell) -> String {
    let date = cell.date.map(words::when).unwrap_or_default();
    let condition = match cell.condition_met {
        Some(met) => format!(", if {} ({})", cell.condition, meets(met)),
        None => String::new(),
    };
    match cell.verdict {
        Verdict::Asked => {
            let one_of = if cell.one_of > 1 { format!(" (one of {})", cell.one_of) } else { String::new() };
            let limit = if cell.ruled_out_by.is_empty() { "" } else { "; an earlier limit of its own stands" };
            let law = if cell.law.is_empty() { "" } else { "; its own law would have to change" };
            format!("asked for{one_of}{condition}{limit}{law}")
        }
        Verdict::TabledBefore => {
            let carried = if cell.carried { ", lapsed" } else { "" };
            format!("tabled before: {date}{carried}{condition}")
        }
        Verdict::NotRuledOut => match cell.steps {
            Some(1) => "not ruled out, 1 step away".to_owned(),
            Some(steps) => format!("not ruled out, {steps} steps away"),
            None => "not ruled out".to_owned(),
        },
        Verdict::RuledOut => {
            let by = match (cell.ruled_out_by.is_empty(), cell.law.is_empty()) {
                (true, _) => " by law",
                (false, true) => "",
                (false, false) => ", by law too",
            };
            let tabled = if cell.tabled.is_empty() { String::new() } else { format!("; tabled {date}") };
            format!("ruled out{by}{tabled}")
        }
        Verdict::Silent => "silent".to_owned(),
    }
}

fn matrix_table(labels: Labels<'_>, matrix: &Matrix<'_>) -> Table {
    let actors = matrix.actors();
    let columns =
        std::iter::once("Clause".to_owned()).chain(actors.iter().map(|(actor, _)| labels.actor(actor))).collect();
    let mut rows = Vec::new();
    for clause in &matrix.0.clauses {
        for option in &clause.options {
            let mut row: Vec<Cell> = vec![format!("{}: {}", clause.title, labels.label(&clause.issue, option)).into()];
            for (actor, _) in &actors {
                let cell = matrix.cells(&clause.issue, actor).into_iter().find(|cell| cell.option == *option);
                row.push(cell.map(|cell| Cell::with_rows(in_cell(cell), cell.rows.clone())).unwrap_or_default());
            }
            rows.push(row);
        }
    }
    Table { caption: "Each clause against each party's own words".into(), columns, rows }
}

fn clauses_table(labels: Labels<'_>, plan: &PlanMatrix) -> Table {
    let rows = plan.clauses.iter().map(|clause| {
        let options: Vec<String> = clause.options.iter().map(|option| labels.label(&clause.issue, option)).collect();
        let read_as = if options.is_empty() { "no option".to_owned() } else { options.join(", or: ") };
        vec![
            clause.title.as_str().into(),
            Cell::with_rows(clause.words.clone(), clause.rows.clone()),
            read_as.into(),
            clause.note.as_str().into(),
        ]
    });
    table("The clauses, and the options that they are read as", &["Issue", "Words", "Read as", "Note"], rows.collect())
}

fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { caption: caption.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

/// All plans on record, a line each.
fn overview(labels: Labels<'_>, plans: &[PlanMatrix]) -> Section {
    let principals: Vec<&str> = plans
        .first()
        .map(|plan| Matrix(plan).actors().into_iter().filter(|(_, principal)| *principal).map(|(a, _)| a).collect())
        .unwrap_or_default();
    let mut columns = vec!["Plan".to_owned(), "Id".to_owned(), "Date".to_owned(), "Clauses".to_owned()];
    columns.extend(principals.iter().map(|actor| labels.actor(actor)));
    columns.push("Dominated by".to_owned());
    let rows = plans.iter().map(|plan| {
        let matrix = Matrix(plan);
        let mut row: Vec<Cell> = vec![
            plan.title.as_str().into(),
            plan.id.as_str().into(),
            plan.date.map(words::when).unwrap_or_default().into(),
            format!("{} of {}", plan.coverage.coded, plan.coverage.clauses).into(),
        ];
        for actor in &principals {
            let mut parts: Vec<String> = Verdict::ALL
                .iter()
                .map(|verdict| (matrix.with(actor, *verdict).len(), short(*verdict)))
                .filter(|(count, _)| *count > 0)
                .map(|(count, word)| format!("{count} {word}"))
                .collect();
            let depends =
                matrix.coded().filter(|clause| matches!(matrix.on(clause, actor), OnClause::Depends(_))).count();
            if depends > 0 {
                parts.push(format!("{depends} {} on the reading", if depends == 1 { "depends" } else { "depend" }));
            }
            row.push(parts.join(", ").into());
        }
        row.push(plan.dominated_by.join(", ").into());
        row
    });
    let table = Table {
        caption: "Plans on record: how many of their clauses each principal asks for, has tabled before, has not ruled out, rules \
                  out, or is silent on"
            .into(),
        columns,
        rows: rows.collect(),
    };
    section(
        "plans",
        "",
        vec![
            paragraph(vec![
                Sentence::counted(format!(
                    "{} on record.",
                    words::sentence_case(&words::count_of(plans.len(), "plan is", "plans are"))
                )),
                Sentence::plain(
                    "One plan dominates another if, on the clauses that both have, it is at least as near to what every principal asks \
                 for and nearer for one; this needs the order of options only. `detente plan CASE ID` gives the page on one plan, \
                 two ids compare them.",
                ),
            ]),
            Block::Table(table),
        ],
    )
}

fn short(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Asked => "asked for",
        Verdict::TabledBefore => "tabled before",
        Verdict::NotRuledOut => "not ruled out",
        Verdict::RuledOut => "ruled out",
        Verdict::Silent => "silent",
    }
}

/// Two plans beside each other.
fn compared(labels: Labels<'_>, plans: &Plans, comparison: &Comparison) -> Section {
    let title =
        |id: &str| plans.packages.iter().find(|plan| plan.id == id).map_or(id, |plan| plan.title.as_str()).to_owned();
    let (from, to) = (title(&comparison.from), title(&comparison.to));
    let quoted = |ids: &[String]| words::list(&ids.iter().map(|id| labels.quoted(id)).collect::<Vec<_>>());
    let mut sentences = vec![Sentence::counted(match comparison.common.len() {
        0 => "The two have no issue in common on which both have a clause with an option.".to_owned(),
        count => format!("Both have a clause with an option on {}.", words::count_of(count, "issue", "issues")),
    })];
    sentences.push(Sentence::counted(match &comparison.dominates {
        Some(id) => format!(
            "By the order of options alone, {} is on these at least as near to what every principal asks for, and nearer for one.",
            title(id)
        ),
        None if comparison.common.is_empty() => "So they cannot be compared.".to_owned(),
        None => "By the order of options alone, neither is at least as near to what every principal asks for on all of these."
            .to_owned(),
    }));
    for (ids, plan) in [(&comparison.only_from, &from), (&comparison.only_to, &to)] {
        if !ids.is_empty() {
            sentences.push(Sentence::counted(format!("Only {plan} has one on {}.", quoted(ids))));
        }
    }
    let mut actors: Vec<&str> = Vec::new();
    for side in &comparison.sides {
        if !actors.contains(&side.actor.as_str()) {
            actors.push(&side.actor);
        }
    }
    let options = |plan: &str, issue: &str| {
        let clauses = plans.packages.iter().filter(|p| p.id == plan).flat_map(|p| &p.clauses);
        let labelled = clauses
            .filter(|clause| clause.issue == issue)
            .flat_map(|clause| clause.options.iter().map(|option| labels.label(issue, option)).collect::<Vec<_>>());
        labelled.collect::<Vec<_>>().join(", or: ")
    };
    let rows = comparison.common.iter().map(|issue| {
        let mut row: Vec<Cell> = vec![
            labels.title(issue).into(),
            options(&comparison.from, issue).into(),
            options(&comparison.to, issue).into(),
        ];
        for actor in &actors {
            let side = comparison.sides.iter().find(|side| side.issue == *issue && side.actor == *actor);
            row.push(side.map_or("", |side| outcome(side.outcome)).into());
        }
        row
    });
    let mut columns = vec!["Issue".to_owned(), from.clone(), to.clone()];
    columns.extend(actors.iter().map(|actor| format!("For {}", labels.actor(actor))));
    let mut blocks = vec![paragraph(sentences)];
    let sides = Table { caption: format!("From {from} to {to}"), columns, rows: rows.collect() };
    let changed = comparison.changed.iter().map(|change| {
        let verdicts = |verdicts: &[Verdict]| verdicts.iter().map(|v| short(*v)).collect::<Vec<_>>().join(" / ");
        vec![
            labels.title(&change.issue).into(),
            labels.actor(&change.actor).into(),
            verdicts(&change.verdicts_from).into(),
            verdicts(&change.verdicts_to).into(),
        ]
    });
    let changed =
        table("Cells of the matrix that change", &["Issue", "Party", "First plan", "Second plan"], changed.collect());
    blocks.extend([sides, changed].into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    section(&format!("compare-{}-{}", comparison.from, comparison.to), &format!("{from} and {to}"), blocks)
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Gains => "nearer",
        Outcome::Same => "no change",
        Outcome::Loses => "farther",
        Outcome::Unclear => "depends on the reading",
        Outcome::NotCompared => "asks for nothing on record",
    }
}
