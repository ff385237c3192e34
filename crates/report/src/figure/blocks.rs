//! What blocks: the issues on which declared limits leave nothing, each with its options in order and what each principal rules
//! out, asks for and has tabled.

mod words;

use super::canvas::{BODY, Canvas, EDGE, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::style::{GRID, INK, MUTED, PAPER, Party, Pattern, RULE, law, limit, party};
use super::svg::{Element, group, line, mark, polyline, rect};
use super::text;
use super::{Caption, Figure};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks {
    /// Name, title and credit.
    pub caption: Caption,
    /// The principals, at most four to be told apart.
    pub parties: Vec<String>,
    /// The issues that block, those that hang together in one group.
    pub groups: Vec<Group>,
    /// The issues that were tested and do not block.
    pub free: Vec<String>,
    /// On how many issues it could not be tested.
    pub untested: usize,
}

/// Issues that hang together, or a single one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// The issues in order.
    pub issues: Vec<Issue>,
    /// What ties them: ids of rules, for instance; may be empty.
    pub tied_by: String,
}

/// One issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// What it is about.
    pub title: String,
    /// The options in order.
    pub options: Vec<String>,
    /// The principals in their order, one for each.
    pub sides: Vec<Side>,
    /// The minimal steps that would unblock it, one number a principal; empty if none would or if it is not alone.
    pub steps: Vec<Vec<u32>>,
}

/// One principal on one issue; options by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// What it rules out, whatever else is agreed.
    pub ruled_out: Vec<Refusal>,
    /// What it rules out unless another issue is settled in a certain way.
    pub conditional: Vec<Refusal>,
    /// What it has put back on a condition in words: such options count as open.
    pub in_words: Vec<Refusal>,
    /// What it asks for.
    pub asked: Vec<usize>,
    /// What it has ever put in its own words.
    pub tabled: Vec<usize>,
}

/// An option that is ruled out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The option, by number.
    pub option: usize,
    /// Whether words rule it out.
    pub words: bool,
    /// Whether a law rules it out.
    pub law: bool,
    /// Ids of rows, and the condition where there is one.
    pub title: String,
}

impl Issue {
    /// What a principal leaves open, conditions aside.
    fn open(&self, side: &Side) -> Vec<usize> {
        let shut = |option| side.ruled_out.iter().any(|refusal| refusal.option == option);
        (0..self.options.len()).filter(|option| !shut(*option)).collect()
    }

    /// Whether nobody rules an option out, even on a condition.
    fn is_free(&self, option: usize) -> bool {
        let all = |side: &Side| [side.ruled_out.as_slice(), &side.conditional].concat();
        self.sides.iter().all(|side| all(side).iter().all(|refusal| refusal.option != option))
    }

    /// Whether an option is ruled out on a condition alone.
    fn is_conditional(&self, option: usize) -> bool {
        !self.is_free(option) && self.sides.iter().all(|side| self.open(side).contains(&option))
    }

    /// The nearest options that two principals leave open, if they have none in common: the option of each.
    fn nearest(&self) -> Option<(usize, usize)> {
        let [a, b] = self.sides.as_slice() else { return None };
        let (a, b) = (self.open(a), self.open(b));
        let pairs = a.iter().flat_map(|one| b.iter().map(move |other| (*one, *other)));
        pairs.min_by_key(|(one, other)| one.abs_diff(*other)).filter(|(one, other)| one != other)
    }
}

/// Where the titles of issues begin: the bracket of a group stands before them.
const TITLE: f64 = 14.0;
/// Where the names of lanes end.
const NAMES: f64 = LEFT - 7.0;
const NAMES_ROOM: f64 = 92.0;
const TITLE_ROOM: f64 = NAMES - NAMES_ROOM - TITLE - 8.0;
const LEFT: f64 = 268.0;
const RIGHT: f64 = 672.0;
/// Where the words of a row begin.
const WORDS: f64 = RIGHT + 16.0;
const NUMBERS: f64 = 16.0;
const LANE: f64 = 21.0;
const APART: f64 = 24.0;
const PAD: f64 = 9.0;
const RADIUS: f64 = 4.6;
/// The ground of cells that somebody rules out, in the lane that shows what is left.
const SHUT: &str = "#dfe2e5";

/// Draws the figure.
pub fn draw(input: &Blocks) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let mut y = 0.0;
    let keys = keys(&mut canvas, input);
    if !keys.is_empty() {
        y += canvas.key(0.0, 0.0, WIDTH, keys) + 6.0;
    }
    for group in &input.groups {
        let top = y;
        canvas.add(line(0.0, y, WIDTH, y).set("stroke", RULE).set("stroke-width", 1.0));
        if group.issues.len() > 1 {
            let words = words::tie(group);
            let (element, height) = paragraph(TITLE, y + 16.0, &words, WIDTH - TITLE - EDGE, 3, SMALL.fill(INK));
            canvas.add(element);
            y += height + 8.0;
        }
        for (number, issue) in group.issues.iter().enumerate() {
            if number > 0 {
                canvas.add(line(TITLE, y, WIDTH, y).set("stroke", GRID).set("stroke-width", 1.0));
            }
            y += Row::new(input, group, issue, y).draw(&mut canvas);
        }
        if group.issues.len() > 1 {
            let bracket = polyline(&[(9.0, top + 5.0), (3.0, top + 5.0), (3.0, y - 5.0), (9.0, y - 5.0)]);
            let bracket = bracket.set("stroke", INK).set("stroke-width", 1.6);
            canvas.add(mark(&words::tie(group)).child(bracket));
        }
    }
    if input.groups.is_empty() {
        canvas.add(label(EDGE, y + 16.0, "Nothing is blocked by the limits declared so far.", BODY));
        y += 24.0;
    }
    canvas.add(line(0.0, y, WIDTH, y).set("stroke", RULE).set("stroke-width", 1.0));
    y += 4.0;
    for words in words::remarks(input) {
        let (element, height) = paragraph(EDGE, y + 15.0, &words, WIDTH - 2.0 * EDGE, 5, SMALL.fill(INK));
        canvas.add(element);
        y += height + 4.0;
    }
    canvas.finish(y + 8.0, words::describe(input), words::table(input))
}

/// One issue on the sheet.
struct Row<'a> {
    input: &'a Blocks,
    issue: &'a Issue,
    top: f64,
    height: f64,
    /// The top of the first lane.
    lanes: f64,
    bold: String,
    small: Vec<String>,
}

impl<'a> Row<'a> {
    fn new(input: &'a Blocks, group: &Group, issue: &'a Issue, top: f64) -> Self {
        let (bold, small) = words::words(input, group, issue);
        let apart = if issue.nearest().is_some() { APART } else { 0.0 };
        let lanes = NUMBERS + (input.parties.len() + 1) as f64 * LANE + apart;
        let title = text::height(STRONG.wrap(&issue.title, TITLE_ROOM, 6).len(), STRONG.size);
        let room = WIDTH - WORDS;
        let words = text::height(STRONG.wrap(&bold, room, 3).len(), STRONG.size)
            + small.iter().map(|words| text::height(SMALL.wrap(words, room, 4).len(), SMALL.size) + 3.0).sum::<f64>();
        let height = (lanes.max(title).max(words) + 2.0 * PAD).ceil();
        Row { input, issue, top, height, lanes: top + PAD + NUMBERS, bold, small }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) -> f64 {
        let base = self.lanes + STRONG.size + 2.0;
        canvas
            .add(paragraph(TITLE, base.min(self.top + PAD + STRONG.size), &self.issue.title, TITLE_ROOM, 6, STRONG).0);
        self.draw_numbers(canvas);
        for (number, side) in self.issue.sides.iter().enumerate().take(self.input.parties.len()) {
            self.draw_side(canvas, number, side);
        }
        self.draw_left(canvas);
        self.draw_apart(canvas);
        self.draw_words(canvas);
        self.height
    }

    fn cell(&self) -> f64 {
        (RIGHT - LEFT) / self.issue.options.len().max(1) as f64
    }

    fn x(&self, option: usize) -> f64 {
        LEFT + self.cell() * option as f64
    }

    fn middle(&self, option: usize) -> f64 {
        self.x(option) + self.cell() / 2.0
    }

    fn exists(&self, option: usize) -> bool {
        option < self.issue.options.len()
    }

    /// Where the lane of a principal begins; after the last comes what is left.
    fn lane(&self, number: usize) -> f64 {
        self.lanes + LANE * number as f64
    }

    /// The numbers of the options; of many the first, the last, and those that fit between.
    fn draw_numbers(&self, canvas: &mut Canvas<'_>) {
        let count = self.issue.options.len();
        let every = [1, 2, 5, 10].into_iter().find(|every| self.cell() * *every as f64 >= 20.0).unwrap_or(20);
        for option in 0..count {
            let number = option + 1;
            let shown =
                number == 1 || number == count || (number % every == 0 && number + every <= count) || every == 1;
            if shown {
                canvas.add(label(self.middle(option), self.lanes - 4.0, &number.to_string(), SMALL.middle()));
            }
        }
    }

    fn draw_side(&self, canvas: &mut Canvas<'_>, number: usize, side: &Side) {
        let look = party(number);
        let (name, y) = (words::name(self.input, number), self.lane(number));
        canvas.add(label_within(NAMES, y + 14.0, name, NAMES_ROOM, SMALL.fill(look.colour).bold().end()));
        for option in 0..self.issue.options.len() {
            let what = |refusals: &[Refusal]| refusals.iter().find(|refusal| refusal.option == option).cloned();
            let firm = what(&side.ruled_out);
            let dotted = what(&side.conditional).or_else(|| what(&side.in_words));
            let mut drawn = mark(&words::cell(self.input, self.issue, number, option));
            for fill in fills(canvas, look, firm.as_ref(), dotted.is_some()) {
                drawn = drawn.child(self.frame(option, y).set("fill", fill));
            }
            let frame = self.frame(option, y).set("fill", "none").set("stroke", RULE).set("stroke-width", 1.0);
            canvas.add(drawn.child(frame));
        }
        for option in side.tabled.iter().filter(|option| self.exists(**option) && !side.asked.contains(option)) {
            let title = format!("{name} has tabled {}", words::option(self.issue, *option));
            canvas.add(mark(&title).child(tabled(look, self.middle(*option), y + LANE / 2.0 - 1.0, self.radius())));
        }
        for option in side.asked.iter().filter(|option| self.exists(**option)) {
            let title = format!("{name} asks for {}", words::option(self.issue, *option));
            canvas.add(mark(&title).child(asked(look, self.middle(*option), y + LANE / 2.0 - 1.0, self.radius())));
        }
        self.draw_law(canvas, number, side);
    }

    fn frame(&self, option: usize, y: f64) -> Element {
        rect(self.x(option) + 0.5, y, self.cell() - 1.0, LANE - 3.0)
    }

    fn radius(&self) -> f64 {
        RADIUS.min(self.cell() * 0.36)
    }

    /// The sign of a law in each cell that has room for it, beside a mark or alone.
    fn draw_law(&self, canvas: &mut Canvas<'_>, number: usize, side: &Side) {
        const BESIDE: f64 = 34.0;
        const ALONE: f64 = 14.0;
        let y = self.lane(number) + 13.0;
        for of in side.ruled_out.iter().chain(&side.conditional).filter(|of| of.law && self.exists(of.option)) {
            let marked = side.asked.contains(&of.option) || side.tabled.contains(&of.option);
            if self.cell() >= BESIDE {
                canvas.add(sign(self.x(of.option) + self.cell() - 8.0, y, party(number)));
            } else if self.cell() >= ALONE && !marked {
                canvas.add(sign(self.middle(of.option), y, party(number)));
            }
        }
    }

    /// What nobody rules out, with a check.
    fn draw_left(&self, canvas: &mut Canvas<'_>) {
        let y = self.lane(self.input.parties.len());
        canvas.add(label_within(NAMES, y + 14.0, "not ruled out", NAMES_ROOM, SMALL.end()));
        for option in 0..self.issue.options.len() {
            let (free, conditional) = (self.issue.is_free(option), self.issue.is_conditional(option));
            let (fill, words) = match (free, conditional) {
                (true, _) => (PAPER.to_owned(), "nobody rules it out"),
                (_, true) => (canvas.pattern(DOTS), "ruled out on a condition only"),
                _ => (SHUT.to_owned(), "ruled out"),
            };
            let frame = self.frame(option, y).set("fill", fill).set("stroke", RULE).set("stroke-width", 1.0);
            let mut drawn = mark(&format!("{}: {words}", words::option(self.issue, option))).child(frame);
            if free {
                drawn = drawn.child(check(self.middle(option), y + LANE / 2.0 - 1.5, self.cell()));
            }
            canvas.add(drawn);
        }
    }

    /// From the one open end to the other.
    fn draw_apart(&self, canvas: &mut Canvas<'_>) {
        let Some((one, other)) = self.issue.nearest() else { return };
        let y = self.lane(self.input.parties.len() + 1) + 5.0;
        let (left, right) = (self.middle(one.min(other)), self.middle(one.max(other)));
        let words = words::apart(one.abs_diff(other));
        let title = format!("{words} from {} to {}", words::option(self.issue, one), words::option(self.issue, other));
        let path = polyline(&[(left, y - 4.0), (left, y + 3.0), (right, y + 3.0), (right, y - 4.0)]);
        let half = SMALL.width(&words) / 2.0;
        let middle = f64::midpoint(left, right).clamp(LEFT + half, RIGHT - half);
        canvas.add(mark(&title).child(path.set("stroke", INK).set("stroke-width", 1.4)).child(label(
            middle,
            y + 16.0,
            &words,
            SMALL.fill(INK).middle(),
        )));
    }

    fn draw_words(&self, canvas: &mut Canvas<'_>) {
        let room = WIDTH - WORDS;
        let mut y = self.top + PAD;
        let (element, height) = paragraph(WORDS, y + STRONG.size, &self.bold, room, 3, STRONG);
        canvas.add(element);
        y += height;
        for words in &self.small {
            y += 3.0;
            let (element, height) = paragraph(WORDS, y + SMALL.size, words, room, 4, SMALL.fill(INK));
            canvas.add(element);
            y += height;
        }
    }
}

const DOTS: Pattern = Pattern::Dots { ink: MUTED, ground: PAPER, gap: 5.0 };

/// The fills of a cell, one over the other.
fn fills(canvas: &mut Canvas<'_>, look: Party, firm: Option<&Refusal>, dotted: bool) -> Vec<String> {
    let mut fills = Vec::new();
    if let Some(refusal) = firm {
        fills.push(look.tint.to_owned());
        if refusal.words || !refusal.law {
            fills.push(canvas.pattern(limit(look)));
        }
        if refusal.law {
            fills.push(canvas.pattern(law(look)));
        }
    } else if dotted {
        fills.push(canvas.pattern(dots(look)));
    }
    fills
}

/// The dots of what is ruled out on a condition.
fn dots(look: Party) -> Pattern {
    Pattern::Dots { ink: look.colour, ground: PAPER, gap: 5.0 }
}

fn asked(look: Party, x: f64, y: f64, r: f64) -> Element {
    look.shape.filled(x, y, r, look.colour)
}

fn tabled(look: Party, x: f64, y: f64, r: f64) -> Element {
    look.shape.hollow(x, y, r, look.colour)
}

fn sign(x: f64, y: f64, look: Party) -> Element {
    label(x, y, "§", SMALL.fill(look.colour).bold().middle().halo())
}

fn check(x: f64, y: f64, cell: f64) -> Element {
    let r = (cell * 0.3).min(5.0);
    polyline(&[(x - r, y), (x - 0.3 * r, y + 0.8 * r), (x + r, y - 0.9 * r)])
        .set("stroke", INK)
        .set("stroke-width", 1.8)
        .set("stroke-linejoin", "round")
}

fn keys(canvas: &mut Canvas<'_>, input: &Blocks) -> Vec<Key> {
    let issues = || input.groups.iter().flat_map(|group| &group.issues);
    let side = |number: usize| issues().filter_map(move |issue| issue.sides.get(number));
    let mut keys = Vec::new();
    for (number, name) in input.parties.iter().enumerate() {
        let look = party(number);
        let heading = Key::heading(format!("{name}:"));
        keys.push(if number > 0 { heading.on_new_row() } else { heading });
        let firm = || side(number).flat_map(|side| &side.ruled_out);
        let mut area = |patterns: &[Pattern], tint: &'static str, words: &str| {
            let cell = || rect(0.0, -7.0, 26.0, 14.0);
            let mut symbol = group().child(cell().set("fill", tint));
            for pattern in patterns {
                symbol = symbol.child(cell().set("fill", canvas.pattern(*pattern)));
            }
            let frame = cell().set("fill", "none").set("stroke", RULE);
            keys.push(Key::new(symbol.child(frame), 26.0, words));
        };
        if firm().any(|refusal| refusal.words || !refusal.law) {
            area(&[limit(look)], look.tint, "rules out");
        }
        if firm().any(|refusal| refusal.law) {
            area(&[law(look)], look.tint, "rules out by its law (§)");
        }
        if side(number).any(|side| !side.conditional.is_empty() || !side.in_words.is_empty()) {
            area(&[dots(look)], PAPER, "open on a condition only");
        }
        if side(number).any(|side| !side.asked.is_empty()) {
            keys.push(Key::new(asked(look, 7.0, 0.0, RADIUS), 14.0, "asks for"));
        }
        if side(number).any(|side| side.tabled.iter().any(|option| !side.asked.contains(option))) {
            keys.push(Key::new(tabled(look, 7.0, 0.0, RADIUS), 14.0, "has tabled"));
        }
    }
    if issues().next().is_some() {
        let cell = |fill| rect(0.0, -7.0, 26.0, 14.0).set("fill", fill).set("stroke", RULE);
        keys.push(Key::new(group().child(cell(SHUT)), 26.0, "ruled out by somebody").on_new_row());
        let free = group().child(cell(PAPER)).child(check(13.0, 0.0, 26.0));
        keys.push(Key::new(free, 26.0, "ruled out by nobody"));
        keys.push(Key::note("Numbers: the options of each issue in their order."));
    }
    keys
}

#[cfg(test)]
mod tests;
