//! The plan matrix: each clause of a plan against the words of each actor, refusals hatched.

mod cell;

use super::canvas::{BODY, Canvas, EDGE, HEADING, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::style::{GRID, MUTED, PAPER, Party, RULE, WASH, party};
use super::svg::{line, mark, rect};
use super::text;
use super::{Caption, DataTable, Figure, count, day_name, grouped, join};

pub use cell::{Cell, Condition, Law, Met, Verdict};

/// What the plan matrix shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    /// Name, title and credit.
    pub caption: Caption,
    /// The actors in the order of the columns; principals are drawn first, set apart from the others.
    pub actors: Vec<Actor>,
    /// The clauses in the order of the rows; those of one group are drawn together.
    pub clauses: Vec<Clause>,
}

/// One actor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actor {
    /// Its name.
    pub name: String,
    /// A short name for a narrow column.
    pub short: String,
    /// Whether it is a principal: it has a column even where it is silent on every clause.
    pub principal: bool,
}

impl Actor {
    /// What stands over its column: its name, or the short one where that has no room.
    fn head(&self, width: f64) -> &str {
        let room = width - HEAD_MARGIN;
        let cut = STRONG.wrap(&self.name, room, NAME_LINES + 1).len() > NAME_LINES
            || self.name.split_whitespace().any(|word| STRONG.width(word) > room);
        if cut && !self.short.is_empty() { &self.short } else { &self.name }
    }
}

/// One clause of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The title of its issue.
    pub title: String,
    /// The heading under which it stands.
    pub group: String,
    /// The clause in words.
    pub words: String,
    /// A remark of the coder and the rows behind the clause.
    pub note: String,
    /// How it was read.
    pub reading: Reading,
}

/// How a clause was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// As one option, or as the options that its words leave open; as nothing where there is none.
    Options(Vec<PlanOption>),
    /// The issue has no scale.
    NoScale,
}

impl Reading {
    fn options(&self) -> &[PlanOption] {
        match self {
            Reading::Options(options) => options,
            Reading::NoScale => &[],
        }
    }

    /// Why there is nothing to hold against the words.
    fn absence(&self) -> Option<&'static str> {
        match self {
            Reading::Options(options) if options.is_empty() => Some("not read"),
            Reading::Options(_) => None,
            Reading::NoScale => Some("no scale"),
        }
    }
}

/// One option of a clause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanOption {
    /// The option in words.
    pub label: String,
    /// What each actor's words say of it, by the number of the actor; what is missing is silence.
    pub cells: Vec<Cell>,
}

/// The least room for the clauses.
const CLAUSES: (f64, f64) = (318.0, 470.0);
/// The width of a column: no narrower than a month and a year.
const COLUMN: (f64, f64) = (60.0, 112.0);
/// Between principals and others.
const APART: f64 = 14.0;
const INDENT: f64 = 14.0;
const HEAD_MARGIN: f64 = 6.0;
const NAME_LINES: usize = 3;
const COUNTED: &str = "Clauses ruled out, of those read";

/// Draws the plan matrix.
pub fn draw(input: &Matrix) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let (shown, silent): (Vec<usize>, Vec<usize>) =
        columns(input).into_iter().partition(|actor| input.actors[*actor].principal || speaks(input, *actor));
    let most = ((WIDTH - CLAUSES.0 - APART) / COLUMN.0).floor().max(1.0) as usize;
    let panels = shown.len().div_ceil(most).max(1);
    let each = shown.len().div_ceil(panels).max(1);
    let width = ((WIDTH - CLAUSES.0 - APART) / each as f64).clamp(COLUMN.0, COLUMN.1);
    let left = (WIDTH - APART - width * each as f64).min(CLAUSES.1);
    let order = grouped(input.clauses.iter().map(|clause| clause.group.as_str()));

    let mut y = 0.0;
    let parts: Vec<&[usize]> = if shown.is_empty() { vec![&[]] } else { shown.chunks(each).collect() };
    for (index, actors) in parts.into_iter().enumerate() {
        if index > 0 {
            y += 26.0;
        }
        let panel = Panel { input, shown: &shown, columns: place(input, actors, left, width), left, width };
        y = panel.draw(&mut canvas, &order, y);
    }
    if input.clauses.is_empty() {
        canvas.add(label(EDGE, y + 20.0, "The plan has no clauses.", BODY));
        y += 28.0;
    }
    let abridged = shown.iter().map(|actor| &input.actors[*actor]).filter(|actor| actor.head(width) != actor.name);
    let abridged: Vec<String> = abridged.map(|actor| format!("{}: {}", actor.short, actor.name)).collect();
    let silent: Vec<&str> = silent.iter().map(|actor| input.actors[*actor].name.as_str()).collect();
    let silent = match silent.as_slice() {
        [] => String::new(),
        names => format!("Silent on every clause, without a column: {}.", names.join(", ")),
    };
    for words in [abridged.join("; "), silent].iter().filter(|words| !words.is_empty()) {
        let (element, height) = paragraph(EDGE, y + 18.0, words, WIDTH - 2.0 * EDGE, 8, SMALL);
        canvas.add(element);
        y += height + 8.0;
    }
    let keys = cell::keys(&mut canvas, input);
    let height = if keys.is_empty() { 0.0 } else { canvas.key(0.0, y + 10.0, WIDTH, keys) + 10.0 };
    canvas.finish(y + height + 4.0, describe(input, &shown), table(input))
}

/// One column on the sheet.
struct Column {
    actor: usize,
    x: f64,
    look: Party,
}

/// The columns of one part of the matrix from left to right.
fn place(input: &Matrix, actors: &[usize], left: f64, width: f64) -> Vec<Column> {
    let mut x = left;
    let mut columns: Vec<Column> = Vec::new();
    for actor in actors {
        let principal = input.actors[*actor].principal;
        if columns.last().is_some_and(|last| input.actors[last.actor].principal && !principal) {
            x += APART;
        }
        columns.push(Column { actor: *actor, x, look: look(input, *actor) });
        x += width;
    }
    columns
}

/// Principals first, each in the order given.
fn columns(input: &Matrix) -> Vec<usize> {
    let (principals, others): (Vec<usize>, Vec<usize>) =
        (0..input.actors.len()).partition(|actor| input.actors[*actor].principal);
    [principals, others].concat()
}

/// Principals look as everywhere; all others are grey.
fn look(input: &Matrix, actor: usize) -> Party {
    if input.actors[actor].principal {
        party(input.actors[..actor].iter().filter(|other| other.principal).count())
    } else {
        Party { angle: -45, colour: MUTED, ..party(3) }
    }
}

fn speaks(input: &Matrix, actor: usize) -> bool {
    options(input).any(|option| option.cells.get(actor).is_some_and(|cell| cell.verdict != Verdict::Silent))
}

fn options(input: &Matrix) -> impl Iterator<Item = &PlanOption> {
    input.clauses.iter().flat_map(|clause| clause.reading.options())
}

/// Clauses of which an actor rules out every option, and all clauses read.
fn ruled_out(input: &Matrix, actor: usize) -> (usize, usize) {
    let read = || input.clauses.iter().map(|clause| clause.reading.options()).filter(|options| !options.is_empty());
    let refused = |option: &PlanOption| option.cells.get(actor).is_some_and(|cell| cell.verdict == Verdict::RuledOut);
    (read().filter(|options| options.iter().all(refused)).count(), read().count())
}

/// As many columns as fit, with all clauses.
struct Panel<'a> {
    input: &'a Matrix,
    shown: &'a [usize],
    columns: Vec<Column>,
    left: f64,
    width: f64,
}

impl Panel<'_> {
    /// Draws the panel from `top` and gives its bottom.
    fn draw(&self, canvas: &mut Canvas<'_>, order: &[usize], top: f64) -> f64 {
        let mut y = self.draw_head(canvas, top);
        let mut group: Option<&str> = None;
        for clause in order.iter().map(|index| &self.input.clauses[*index]) {
            if group != Some(clause.group.as_str()) {
                group = Some(&clause.group);
                if !clause.group.is_empty() {
                    canvas.add(rect(0.0, y, self.right(), 24.0).set("fill", WASH));
                    canvas.add(label_within(EDGE + 2.0, y + 17.0, &clause.group, self.right() - 4.0, HEADING));
                    y += 24.0;
                }
            }
            y += self.draw_clause(canvas, clause, y);
            canvas.add(line(0.0, y, self.right(), y).set("stroke", RULE).set("stroke-width", 0.8));
        }
        y
    }

    fn right(&self) -> f64 {
        self.columns.last().map_or(WIDTH, |last| last.x + self.width)
    }

    fn draw_head(&self, canvas: &mut Canvas<'_>, top: f64) -> f64 {
        let room = self.width - HEAD_MARGIN;
        let names: Vec<&str> =
            self.columns.iter().map(|column| self.input.actors[column.actor].head(self.width)).collect();
        let lines = names.iter().map(|name| STRONG.wrap(name, room, NAME_LINES).len()).max().unwrap_or(0);
        let kinds = self.columns.iter().any(|column| !self.input.actors[column.actor].principal);
        let base = top + if kinds { 18.0 } else { 2.0 };
        let last = base + text::height(lines, STRONG.size);
        let mut kind = None;
        for (column, name) in self.columns.iter().zip(&names) {
            let actor = &self.input.actors[column.actor];
            if kinds && kind != Some(actor.principal) {
                kind = Some(actor.principal);
                let words = if actor.principal { "Principals" } else { "Others" };
                canvas.add(label_within(column.x + 3.0, top + 12.0, words, self.right() - column.x - 3.0, SMALL));
            }
            let own = text::height(STRONG.wrap(name, room, NAME_LINES).len(), STRONG.size);
            let x = column.x + self.width / 2.0;
            let (element, _) = paragraph(
                x,
                last - own + STRONG.size,
                name,
                room,
                NAME_LINES,
                STRONG.fill(column.look.colour).middle(),
            );
            let (refused, read) = ruled_out(self.input, column.actor);
            canvas.add(
                mark(&format!("{}: rules out {refused} of {}", actor.name, count(read, "clause read", "clauses read")))
                    .child(element)
                    .child(label(x, last + 15.0, &format!("{refused} of {read}"), SMALL.middle())),
            );
        }
        if !self.columns.is_empty() {
            canvas.add(label_within(self.left - 10.0, last + 15.0, COUNTED, self.left - 14.0, SMALL.end()));
        }
        last + 24.0
    }

    /// Draws a clause and gives its height.
    fn draw_clause(&self, canvas: &mut Canvas<'_>, clause: &Clause, top: f64) -> f64 {
        let room = self.left - 16.0;
        let title = STRONG.wrap(&clause.title, room, 3).len();
        let title_height = text::height(title, STRONG.size);
        let whole = join(&[&clause.title, &clause.words, &clause.note], ": ");
        let heading = paragraph(EDGE, top + 5.0 + STRONG.size, &clause.title, room, 3, STRONG).0;
        canvas.add(mark(&whole).child(heading));
        let under = top + 5.0 + title_height;

        if let Some(absence) = clause.reading.absence() {
            let (words, height) = paragraph(EDGE, under + SMALL.size, &clause.words, room, 3, SMALL);
            canvas.add(words);
            let bottom = under + height + 7.0;
            self.draw_absence(canvas, clause, absence, (top, bottom));
            return bottom - top;
        }
        if let [only] = clause.reading.options() {
            let (words, height) = paragraph(EDGE, under + SMALL.size, &only.label, room, 4, SMALL);
            canvas.add(words);
            let bottom = (under + height + 7.0).max(top + self.cells_height(only));
            self.draw_cells(canvas, clause, only, (top, bottom));
            return bottom - top;
        }
        let open = format!("The clause leaves {} options open:", clause.reading.options().len());
        canvas.add(label_within(EDGE, under + SMALL.size, &open, room, SMALL));
        let mut y = under + text::leading(SMALL.size) + 4.0;
        for option in clause.reading.options() {
            let lines = SMALL.wrap(&option.label, room - INDENT, 3).len();
            let bottom = y + (text::height(lines, SMALL.size) + 10.0).max(self.cells_height(option));
            let base = y + (bottom - y - text::height(lines, SMALL.size)) / 2.0 + SMALL.size;
            canvas
                .add(line(EDGE + 4.0, y + 4.0, EDGE + 4.0, bottom - 4.0).set("stroke", RULE).set("stroke-width", 2.0));
            canvas.add(paragraph(EDGE + INDENT, base, &option.label, room - INDENT, 3, SMALL).0);
            canvas.add(line(self.left, y, self.right(), y).set("stroke", GRID).set("stroke-width", 0.8));
            self.draw_cells(canvas, clause, option, (y, bottom));
            y = bottom;
        }
        y - top
    }

    /// The height that the cells of an option need, the same in every panel.
    fn cells_height(&self, option: &PlanOption) -> f64 {
        let cells = self.shown.iter().filter_map(|actor| option.cells.get(*actor));
        cell::height(cells.map(|cell| cell.lines(self.room()).len()).max().unwrap_or(0))
    }

    fn room(&self) -> f64 {
        self.width - 4.0
    }

    fn draw_cells(&self, canvas: &mut Canvas<'_>, clause: &Clause, option: &PlanOption, (top, bottom): (f64, f64)) {
        let silent = Cell::default();
        for column in &self.columns {
            let cell = option.cells.get(column.actor).unwrap_or(&silent);
            let name = &self.input.actors[column.actor].name;
            let what = format!("{}: {}", clause.title, option.label);
            let title = format!("{name}: {} ({what}){}", cell.words(), colon(&cell.title));
            let area = (column.x + 1.5, top + 1.5, self.width - 3.0, bottom - top - 3.0);
            let drawn = cell::draw(canvas, cell, column.look, area, self.room());
            canvas.add(mark(&title).children(drawn));
        }
    }

    fn draw_absence(&self, canvas: &mut Canvas<'_>, clause: &Clause, absence: &str, (top, bottom): (f64, f64)) {
        let (Some(first), right) = (self.columns.first().map(|column| column.x), self.right()) else { return };
        let (middle, style) = (f64::midpoint(first, right), SMALL.middle());
        let (y, width) = (f64::midpoint(top, bottom), style.width(absence) + 12.0);
        canvas.add(
            mark(&format!("{}: {absence}{}", clause.title, colon(&clause.note)))
                .child(
                    line(first + 6.0, y, right - 6.0, y)
                        .set("stroke", RULE)
                        .set("stroke-width", 1.0)
                        .set("stroke-dasharray", "3 3"),
                )
                .child(rect(middle - width / 2.0, y - 8.0, width, 16.0).set("fill", PAPER))
                .child(label(middle, y + 4.0, absence, style)),
        );
    }
}

fn table(input: &Matrix) -> DataTable {
    let mut table = DataTable::new([
        "Group",
        "Issue",
        "Clause",
        "Option",
        "Actor",
        "Verdict",
        "Last asked or tabled",
        "Steps",
        "Condition",
        "Statements",
    ]);
    let silent = Cell::default();
    for index in grouped(input.clauses.iter().map(|clause| clause.group.as_str())) {
        let clause = &input.clauses[index];
        if let Some(absence) = clause.reading.absence() {
            table.push([&clause.group, &clause.title, &clause.words, absence, "", "", "", "", "", &clause.note]);
        }
        for option in clause.reading.options() {
            for actor in columns(input) {
                let cell = option.cells.get(actor).unwrap_or(&silent);
                let steps = cell.steps.map(|steps| steps.to_string()).unwrap_or_default();
                let condition = cell.condition.as_ref().map(Condition::words).unwrap_or_default();
                table.push([
                    &clause.group,
                    &clause.title,
                    &clause.words,
                    &option.label,
                    &input.actors[actor].name,
                    &cell.words(),
                    &day_name(&cell.date),
                    &steps,
                    &condition,
                    &cell.title,
                ]);
            }
        }
    }
    table
}

fn describe(input: &Matrix, shown: &[usize]) -> String {
    let read = input.clauses.iter().filter(|clause| clause.reading.absence().is_none()).count();
    let mut out = format!(
        "A plan of {}, {read} of them read on a scale, against the words of {}.",
        count(input.clauses.len(), "clause", "clauses"),
        count(input.actors.len(), "actor", "actors")
    );
    for actor in shown {
        let (refused, read) = ruled_out(input, *actor);
        out += &format!(" {} rules out {refused} of {read}.", input.actors[*actor].name);
    }
    out
}

fn colon(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(": {text}") }
}

#[cfg(test)]
mod tests;
