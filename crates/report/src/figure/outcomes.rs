//! Which outcomes would hold: states down, concepts across, each cell the share of draws in which a state holds.

use super::canvas::{BODY, Canvas, EDGE, HEADING, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::style::{INK, MUTED, PAPER, RULE, Shape, WASH};
use super::svg::{Element, group, line, mark, rect};
use super::text;
use super::{Caption, DataTable, Figure, count, join};
use crate::words;

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcomes {
    /// Name, title and credit.
    pub caption: Caption,
    /// The names of the concepts.
    pub concepts: Vec<String>,
    /// The options, in the order of the letters of a state; none where states are no combinations of options.
    pub options: Vec<String>,
    /// Whose options they are, by their places.
    pub sides: Vec<Side>,
    /// How many draws there were of what is uncertain; none where nothing is.
    pub draws: Option<u32>,
    /// The states, in the order of the rows.
    pub rows: Vec<Outcome>,
    /// How many other states hold under some concept, as the file stands or in some draws.
    pub more: usize,
}

/// Who decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Its name, or the names of those who share options.
    pub name: String,
    /// Its options, by their places.
    pub options: Vec<usize>,
}

/// A state.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Its number.
    pub number: u64,
    /// Its name.
    pub name: String,
    /// What it is in words, where it has no name.
    pub words: String,
    /// For each option whether it is taken.
    pub taken: Vec<bool>,
    /// Whether things stand here.
    pub now: bool,
    /// Whether it was asked what would have to change for it to hold.
    pub desired: bool,
    /// Whether nobody can move from it.
    pub still: bool,
    /// One cell a concept.
    pub cells: Vec<Cell>,
}

/// Whether a state holds under a concept.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cell {
    /// As the file states the preferences.
    pub holds: bool,
    /// In which share of the draws; none where there are none.
    pub share: Option<f64>,
}

/// The most options that have a column each.
const MOST_OPTIONS: usize = 16;
const CELL: f64 = 84.0;
const LETTER: f64 = 20.0;
/// Where the words of a state begin, after its number.
const WORDS: f64 = 74.0;
const RADIUS: f64 = 4.2;

/// Draws the figure.
pub fn draw(input: &Outcomes) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let grid = Grid::new(input);
    let mut y = grid.draw_options(&mut canvas);
    y += canvas.key(0.0, y, WIDTH, keys(input)) + 6.0;
    y = grid.draw_head(&mut canvas, y);
    for row in &input.rows {
        y = grid.draw_row(&mut canvas, row, y);
    }
    if input.rows.is_empty() {
        canvas.add(label(EDGE, y + 18.0, "No state holds under any concept.", BODY));
        y += 26.0;
    }
    if input.more > 0 {
        canvas.add(label(EDGE, y + 18.0, &more(input), SMALL));
        y += 24.0;
    }
    canvas.finish(y + 6.0, describe(input), table(input))
}

/// Where the columns stand.
struct Grid<'a> {
    input: &'a Outcomes,
    /// How many options have a column.
    options: usize,
    letters: f64,
    cells: f64,
}

impl<'a> Grid<'a> {
    fn new(input: &'a Outcomes) -> Self {
        let options = if input.options.len() > MOST_OPTIONS { 0 } else { input.options.len() };
        let cells = WIDTH - CELL * input.concepts.len() as f64;
        let room = if options > 0 { LETTER * options as f64 + 18.0 } else { 8.0 };
        Grid { input, options, letters: cells - room, cells }
    }

    /// Whose options the letters are, and the height that this takes.
    fn draw_options(&self, canvas: &mut Canvas<'_>) -> f64 {
        const NAMES: f64 = 190.0;
        let mut y = 0.0;
        for side in self.input.sides.iter().filter(|_| self.options > 0) {
            let told = side.options.iter().filter_map(|place| Some((letter(*place), self.input.options.get(*place)?)));
            let told: Vec<String> = told.map(|(letter, option)| format!("{letter}  {option}")).collect();
            let (name, names) = paragraph(EDGE, y + STRONG.size + 2.0, &side.name, NAMES - 12.0, 3, STRONG);
            canvas.add(name);
            let mut bottom = y + names;
            let mut x = NAMES;
            let mut base = y + BODY.size + 2.0;
            for option in &told {
                let width = BODY.width(option) + 22.0;
                if x > NAMES && x + width > WIDTH {
                    (x, base) = (NAMES, base + text::leading(BODY.size));
                }
                canvas.add(label_within(x, base, option, WIDTH - x, BODY));
                x += width;
                bottom = bottom.max(base + 4.0);
            }
            y = bottom + 4.0;
        }
        if y > 0.0 { y + 4.0 } else { 0.0 }
    }

    fn draw_head(&self, canvas: &mut Canvas<'_>, top: f64) -> f64 {
        let base = top + 16.0;
        canvas.add(label(EDGE, base, "State", SMALL));
        for place in 0..self.options {
            canvas.add(label(self.letter(place), base, &letter(place), STRONG.middle()));
        }
        for (place, concept) in self.input.concepts.iter().enumerate() {
            let x = self.cells + CELL * (place as f64 + 0.5);
            canvas.add(label_within(x, base, concept, CELL - 4.0, HEADING.middle()));
        }
        let bottom = top + 24.0;
        canvas.add(line(0.0, bottom, WIDTH, bottom).set("stroke", RULE).set("stroke-width", 1.0));
        bottom
    }

    fn letter(&self, place: usize) -> f64 {
        self.letters + 8.0 + LETTER * (place as f64 + 0.5)
    }

    /// Draws a row and gives its lower edge.
    fn draw_row(&self, canvas: &mut Canvas<'_>, row: &Outcome, top: f64) -> f64 {
        let room = self.letters - WORDS - 8.0;
        let (words, style) = if row.name.is_empty() { (&row.words, SMALL) } else { (&row.name, BODY) };
        let lines = text::height(style.wrap(words, room, 2).len(), style.size);
        let notes = [row.now.then_some("now"), row.desired.then_some("asked for")];
        let notes: Vec<&str> = notes.into_iter().flatten().collect();
        let under = text::leading(SMALL.size);
        let still = if row.still { under } else { 0.0 };
        let number = text::leading(STRONG.size) + under * notes.len() as f64;
        let height = (lines + still).max(number).max(22.0) + 12.0;
        let bottom = top + height;
        if row.now {
            canvas.add(rect(0.0, top, self.cells, height).set("fill", WASH));
        }
        let title = format!("{}: {}", told(row), join(&[&row.name, &row.words], ", "));
        let mut base = top + (height - number) / 2.0 + STRONG.size;
        let mut named = mark(&title).child(label_within(EDGE + 4.0, base, &row.number.to_string(), WORDS, STRONG));
        for note in notes {
            base += under;
            named = named.child(label(EDGE + 4.0, base, note, SMALL.fill(INK)));
        }
        base = top + (height - lines - still) / 2.0 + style.size;
        named = named.child(paragraph(WORDS, base, words, room, 2, style).0);
        if row.still {
            named = named.child(label_within(WORDS, base + lines, "nobody can move from it", room, SMALL.bold()));
        }
        canvas.add(named);
        let middle = f64::midpoint(top, bottom);
        for (place, taken) in row.taken.iter().enumerate().take(self.options) {
            let (word, style) = if *taken { ("Y", STRONG) } else { ("N", SMALL) };
            canvas.add(label(self.letter(place), middle + 4.0, word, style.middle()));
        }
        for (place, cell) in row.cells.iter().enumerate().take(self.input.concepts.len()) {
            let x = self.cells + CELL * place as f64;
            let title = format!("{}, {}: {}", told(row), self.input.concepts[place], cell.words());
            canvas.add(mark(&title).child(cell.draw(x, top, height)));
        }
        canvas.add(line(0.0, bottom, WIDTH, bottom).set("stroke", RULE).set("stroke-width", 0.8));
        bottom
    }
}

impl Cell {
    fn draw(self, x: f64, top: f64, height: f64) -> Element {
        let middle = top + height / 2.0;
        let mut out = group();
        if let Some(share) = self.share {
            out = out.child(rect(x + 1.0, top + 1.0, CELL - 2.0, height - 2.0).set("fill", shade(share)));
        }
        if self.holds {
            out = out.child(Shape::Diamond.filled(x + 14.0, middle, RADIUS, INK));
        }
        let (words, style) = match self.share {
            Some(share) => (words::percent(share), BODY),
            None if self.holds => ("holds".to_owned(), BODY),
            None => ("–".to_owned(), SMALL),
        };
        out.child(label(x + CELL - 8.0, middle + 4.0, &words, style.end()))
    }

    fn words(self) -> String {
        let stated = if self.holds { "holds as the file stands" } else { "does not hold as the file stands" };
        match self.share {
            Some(share) => format!("{stated}, in {} of draws", words::percent(share)),
            None => stated.to_owned(),
        }
    }
}

/// "state 5 (now)".
fn told(row: &Outcome) -> String {
    let notes = [if row.now { "now" } else { "" }, if row.desired { "asked for" } else { "" }];
    match join(&notes, ", ") {
        notes if notes.is_empty() => format!("State {}", row.number),
        notes => format!("State {} ({notes})", row.number),
    }
}

/// The letter of an option, by its place.
fn letter(place: usize) -> String {
    u8::try_from(place).ok().and_then(|place| b'a'.checked_add(place)).map_or('?', char::from).to_string()
}

/// Paper where the share is nothing, and darker in step with the share; text on it can be read everywhere.
fn shade(share: f64) -> String {
    const FULL: [f64; 3] = [133.0, 163.0, 192.0];
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let [red, green, blue] = FULL.map(|full| (255.0 - (255.0 - full) * share).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn keys(input: &Outcomes) -> Vec<Key> {
    let diamond = group().child(Shape::Diamond.filled(7.0, 0.0, RADIUS, INK));
    let mut keys = vec![Key::new(diamond, 14.0, "holds as the file states the preferences")];
    if let Some(draws) = input.draws {
        let steps = (0..5).map(|step| {
            let share = f64::from(step) / 4.0;
            rect(f64::from(step) * 16.0, -7.0, 16.0, 14.0).set("fill", shade(share)).set("stroke", RULE)
        });
        let ramp = group().child(rect(0.0, -7.0, 80.0, 14.0).set("fill", PAPER)).children(steps);
        let words = format!("share of {draws} draws in which it holds, from none to all");
        keys.push(Key::new(ramp, 80.0, words));
    }
    if !input.options.is_empty() && input.options.len() <= MOST_OPTIONS {
        keys.push(Key::note("Y: the option is taken"));
    }
    if input.rows.iter().any(|row| row.now) {
        keys.push(Key::new(rect(0.0, -6.0, 14.0, 12.0).set("fill", WASH).set("stroke", MUTED), 14.0, "now"));
    }
    keys
}

fn more(input: &Outcomes) -> String {
    let what = count(input.more, "other state holds", "other states hold");
    match input.draws {
        Some(_) => format!("{what} under some concept, as the file stands or in some draws."),
        None => format!("{what} under some concept."),
    }
}

fn describe(input: &Outcomes) -> String {
    let mut out = format!("{} by {}.", count(input.rows.len(), "state", "states"), input.concepts.join(", "));
    if let Some(draws) = input.draws {
        out += &format!(" Shares are of {draws} draws.");
    }
    for row in &input.rows {
        let cells = input.concepts.iter().zip(&row.cells).map(|(concept, cell)| {
            let share = cell.share.map(|share| format!(" {}", words::percent(share))).unwrap_or_default();
            format!("{concept}{share}{}", if cell.holds { " holds" } else { "" })
        });
        let name = if row.name.is_empty() { String::new() } else { format!(", {}", row.name) };
        out += &format!(" {}{name}: {}.", told(row), cells.collect::<Vec<_>>().join(", "));
    }
    if input.more > 0 { out + " " + &more(input) } else { out }
}

fn table(input: &Outcomes) -> DataTable {
    let mut table = DataTable::new(["State", "What it is"]);
    table.columns.extend(input.concepts.iter().cloned());
    for row in &input.rows {
        let mut cells = vec![told(row), if row.name.is_empty() { row.words.clone() } else { row.name.clone() }];
        cells.extend((0..input.concepts.len()).map(|place| {
            let cell = row.cells.get(place).copied().unwrap_or_default();
            let holds = if cell.holds { "holds" } else { "" };
            let share = cell.share.map(words::percent).unwrap_or_default();
            join(&[&share, holds], ", ")
        }));
        table.rows.push(cells);
    }
    table
}

#[cfg(test)]
mod tests;
