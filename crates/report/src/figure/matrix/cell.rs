//! One cell of the plan matrix: its mark, its words, and the key to all marks.

use super::super::canvas::{Canvas, Key, SMALL, label, label_within};
use super::super::style::{INK, MUTED, PAPER, Party, Shape, law, limit, party};
use super::super::svg::{Element, group, line, number, rect};
use super::super::time::{Day, day_name, month_name};
use super::super::{count, join};
use super::Matrix;

/// What an actor's words say of an option.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Verdict {
    /// It asks for it.
    Asked,
    /// It has tabled it before and asks for something else.
    TabledBefore,
    /// It has spoken on the issue and has not ruled the option out.
    NotRuledOut,
    /// It rules it out.
    RuledOut,
    /// It has said nothing on the issue.
    #[default]
    Silent,
}

/// What an actor's laws say of an option.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Law {
    /// Nothing that stands in the way.
    #[default]
    Free,
    /// They rule it out, whatever its words say.
    Also,
    /// They alone rule it out.
    Only,
}

/// Whether the plan meets a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// It does.
    Met,
    /// It leaves it open.
    Open,
    /// It does not.
    NotMet,
}

/// The condition under which an option was asked for or tabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// In words.
    pub words: String,
    /// Whether the plan meets it.
    pub met: Met,
}

impl Condition {
    /// The condition and whether the plan meets it.
    pub fn words(&self) -> String {
        let met = match self.met {
            Met::Met => "the plan meets it",
            Met::Open => "the plan leaves it open",
            Met::NotMet => "the plan does not meet it",
        };
        format!("if: {} ({met})", self.words)
    }
}

/// One option against the words of one actor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What its words and laws say.
    pub verdict: Verdict,
    /// How many options its ask leaves open, where this is one of them.
    pub one_of: usize,
    /// When it last asked for the option or tabled it, as `YYYY-MM-DD` or a part of it; empty if never.
    pub date: String,
    /// Whether every text that tabled it has lapsed.
    pub carried: bool,
    /// Steps to what it asks for.
    pub steps: Option<u32>,
    /// What its laws say.
    pub law: Law,
    /// Whether other words of its own rule out what it asks for.
    pub disputed: bool,
    /// The condition under which it asked for the option or tabled it.
    pub condition: Option<Condition>,
    /// Statements and ids of rows.
    pub title: String,
}

const RADIUS: f64 = 7.0;
const LAPSED: &str = "2.5 2";
const LEADING: f64 = 13.0;

/// The height of a cell with so many lines of text.
pub fn height(lines: usize) -> f64 {
    2.0 * RADIUS + 14.0 + lines as f64 * LEADING
}

impl Cell {
    /// The verdict in words.
    pub fn words(&self) -> String {
        let verdict = match self.verdict {
            Verdict::Asked if self.one_of > 1 => format!("asks for it, as one of {} options", self.one_of),
            Verdict::Asked => "asks for it".to_owned(),
            Verdict::TabledBefore if self.carried => "tabled before, the text has lapsed".to_owned(),
            Verdict::TabledBefore => "tabled before".to_owned(),
            Verdict::NotRuledOut => "not ruled out".to_owned(),
            Verdict::RuledOut if self.law == Law::Only => "ruled out by law only".to_owned(),
            Verdict::RuledOut if self.was_tabled() => "ruled out, tabled before".to_owned(),
            Verdict::RuledOut => "ruled out".to_owned(),
            Verdict::Silent => "silent".to_owned(),
        };
        let law = if self.law == Law::Also { "its law rules it out" } else { "" };
        let disputed = if self.disputed { "other words of its own rule it out" } else { "" };
        join(&[&verdict, law, disputed], "; ")
    }

    fn was_tabled(&self) -> bool {
        self.verdict == Verdict::RuledOut && Day::parse(&self.date).is_some()
    }

    /// The lines under the mark: of each the longest form that fits.
    pub fn lines(&self, room: f64) -> Vec<String> {
        let mut lines = Vec::new();
        let mut say = |forms: &[&[String]]| {
            let fits = |form: &&&[String]| form.iter().all(|line| SMALL.width(line) <= room);
            lines.extend(forms.iter().find(fits).or(forms.last()).into_iter().flat_map(|form| form.to_vec()));
        };
        let also = if self.law == Law::Also { " §" } else { "" };
        let month = month(&self.date);
        match self.verdict {
            Verdict::Asked if self.one_of > 1 => {
                let one_of = format!("one of {}{also}", self.one_of);
                say(&[&[format!("asks, {one_of}")], &[one_of]]);
            }
            Verdict::Asked => say(&[&[format!("asks{also}")]]),
            Verdict::TabledBefore => say(&[&[format!("{month}{also}")]]),
            Verdict::NotRuledOut => match self.steps {
                Some(steps) => say(&[&[count(steps as usize, "step", "steps")]]),
                None => say(&[&["no ask".to_owned()]]),
            },
            Verdict::RuledOut if self.law == Law::Only => say(&[&["by law only".to_owned()], &["law only".to_owned()]]),
            Verdict::RuledOut => say(&[&[format!("ruled out{also}")], &[format!("out{also}")]]),
            Verdict::Silent => {}
        }
        if self.was_tabled() {
            // By the widest month, so that all cells of a column break alike.
            let one_line = SMALL.width("tabled Mmm 2000") <= room;
            let one_line = one_line.then(|| vec![format!("tabled {month}")]);
            say(&[&one_line.unwrap_or_else(|| vec!["tabled".to_owned(), month])]);
        }
        if self.disputed {
            say(&[&["also ruled out".to_owned()], &["also".to_owned(), "ruled out".to_owned()]]);
        }
        if let Some(condition) = &self.condition {
            match condition.met {
                Met::Met => say(&[&["if: met".to_owned()]]),
                Met::Open => say(&[&["if: open".to_owned()]]),
                Met::NotMet => say(&[&["if: not met".to_owned()], &["if:".to_owned(), "not met".to_owned()]]),
            }
        }
        lines
    }
}

/// "Mar 2022", or the year where no month is known.
fn month(date: &str) -> String {
    let parts: Vec<u32> = date.split('-').filter_map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [year, month, ..] => month_name((i32::try_from(*year).unwrap_or(0), *month)),
        _ => day_name(date),
    }
}

/// What is drawn of a cell in an area given as left, top, width and height.
pub fn draw(
    canvas: &mut Canvas<'_>,
    cell: &Cell,
    look: Party,
    (x, y, width, height): (f64, f64, f64, f64),
    room: f64,
) -> Vec<Element> {
    let mut drawn = Vec::new();
    let lines = cell.lines(room);
    // An area that nothing else fills, so that the whole cell shows its title.
    let ground = rect(x, y, width, height);
    drawn.push(match cell.verdict {
        Verdict::RuledOut => {
            let pattern = if cell.law == Law::Only { law(look) } else { limit(look) };
            ground.set("fill", canvas.pattern(pattern)).set("fill-opacity", 0.65)
        }
        _ => ground.set("fill", PAPER).set("fill-opacity", 0.0),
    });
    let centre = x + width / 2.0;
    let content = 2.0 * RADIUS + if lines.is_empty() { 0.0 } else { 3.0 } + lines.len() as f64 * LEADING;
    let middle = y + (height - content) / 2.0 + RADIUS;
    drawn.push(symbol(cell, look, centre, middle));
    let style = SMALL.fill(INK).middle();
    let style = if cell.verdict == Verdict::RuledOut { style.halo() } else { style };
    drawn.extend(
        lines.iter().enumerate().map(|(index, line)| {
            label_within(centre, middle + RADIUS + 12.0 + index as f64 * LEADING, line, room, style)
        }),
    );
    drawn
}

/// The mark of a verdict, told apart by its shape.
fn symbol(cell: &Cell, look: Party, x: f64, y: f64) -> Element {
    match cell.verdict {
        Verdict::Asked => Shape::Circle.filled(x, y, RADIUS, look.colour),
        Verdict::TabledBefore => group().child(half(x, y, if cell.carried { look.tint } else { look.colour })).child(
            Shape::Circle
                .at(x, y, RADIUS - 0.6)
                .set("fill", "none")
                .set("stroke", look.colour)
                .set("stroke-width", 1.6)
                .set_some("stroke-dasharray", cell.carried.then_some(LAPSED)),
        ),
        Verdict::NotRuledOut => Shape::Circle.hollow(x, y, RADIUS - 1.0, look.colour),
        Verdict::RuledOut => group()
            .child(Shape::Square.filled(x, y, RADIUS + 1.6, INK))
            .child(Shape::Cross.at(x, y, RADIUS - 2.6).set("stroke", PAPER)),
        Verdict::Silent => line(x - 5.0, y, x + 5.0, y).set("stroke", MUTED).set("stroke-width", 1.4),
    }
}

/// A paper disc whose left half is filled.
fn half(x: f64, y: f64, fill: &'static str) -> Element {
    let r = RADIUS - 0.6;
    let (top, bottom) = (number(y - r), number(y + r));
    let (x_text, r_text) = (number(x), number(r));
    let path = format!("M{x_text} {top}A{r_text} {r_text} 0 0 0 {x_text} {bottom}Z");
    group()
        .child(Shape::Circle.at(x, y, r).set("fill", PAPER))
        .child(Element::new("path").set("d", path).set("fill", fill))
}

/// The key: an entry for every mark that is drawn.
pub fn keys(canvas: &mut Canvas<'_>, input: &Matrix) -> Vec<Key> {
    let cells = || super::options(input).flat_map(|option| &option.cells);
    let look = party(0);
    let has = |verdict| cells().any(|cell| cell.verdict == verdict);
    let example = |verdict, carried| {
        let cell = Cell { verdict, carried, ..Cell::default() };
        group().child(symbol(&cell, look, 8.0, 0.0))
    };
    let mut keys = Vec::new();
    let mut add = |shown: bool, symbol: Element, width: f64, words: &str| {
        if shown {
            keys.push(Key::new(symbol, width, words));
        }
    };
    add(has(Verdict::Asked), example(Verdict::Asked, false), 16.0, "asks for it");
    add(has(Verdict::TabledBefore), example(Verdict::TabledBefore, false), 16.0, "tabled it before, and when");
    let lapsed = cells().any(|cell| cell.verdict == Verdict::TabledBefore && cell.carried);
    add(lapsed, example(Verdict::TabledBefore, true), 16.0, "the same, in a text that has lapsed");
    let steps = cells().any(|cell| cell.verdict == Verdict::NotRuledOut);
    add(steps, example(Verdict::NotRuledOut, false), 16.0, "not ruled out; steps to what it asks for");
    let refused = |alone: bool, canvas: &mut Canvas<'_>| {
        let pattern = if alone { law(look) } else { limit(look) };
        let ground = rect(0.0, -9.0, 40.0, 18.0).set("fill", canvas.pattern(pattern)).set("fill-opacity", 0.65);
        let cell = Cell { verdict: Verdict::RuledOut, ..Cell::default() };
        group().child(ground).child(symbol(&cell, look, 20.0, 0.0))
    };
    let by = |alone: bool| cells().any(|cell| cell.verdict == Verdict::RuledOut && (cell.law == Law::Only) == alone);
    add(by(false), refused(false, canvas), 40.0, "rules it out");
    add(by(true), refused(true, canvas), 40.0, "only its law rules it out");
    add(has(Verdict::Silent), example(Verdict::Silent, false), 16.0, "silent on the issue");
    let words = |text: &str| group().child(label(0.0, 4.0, text, SMALL.bold().fill(INK)));
    let also = cells().any(|cell| cell.law == Law::Also);
    add(also, words("§"), 8.0, "its law rules it out too");
    let conditions = cells().any(|cell| cell.lines(f64::MAX).iter().any(|line| line.starts_with("if:")));
    add(conditions, words("if:"), 14.0, "under a condition that the plan meets, leaves open or does not meet");
    let none = cells().any(|cell| cell.verdict == Verdict::NotRuledOut && cell.steps.is_none());
    let one_of = cells().any(|cell| cell.verdict == Verdict::Asked && cell.one_of > 1);
    add(one_of, words("one of"), 40.0, "its words leave that many options open");
    add(none, words("no ask"), 44.0, "it has spoken and asks for no option");
    keys
}
