//! The coverage grid: on which issues each side has spoken, and when.

use super::canvas::{BODY, Canvas, EDGE, Key, SMALL, STRONG, WIDTH, label, label_within};
use super::style::{INK, MUTED, PAPER, Pattern, RULE, party};
use super::svg::{Element, group, line, mark, rect};
use super::{Caption, DataTable, Figure, count, grouped};

/// What the coverage grid shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Name, title and credit.
    pub caption: Caption,
    /// The quarters in order, as year and number from 1 to 4.
    pub quarters: Vec<(i32, u32)>,
    /// The issues in the order of the rows.
    pub issues: Vec<Issue>,
    /// The grid of each party.
    pub parties: Vec<Party>,
}

/// One issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// What it is about.
    pub title: String,
    /// Issues of one group are drawn together, set off by a little space.
    pub group: String,
}

/// The grid of one party.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// By issue and quarter; what is missing is empty.
    pub cells: Vec<Vec<Cell>>,
}

/// One issue in one quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What there is.
    pub state: State,
    /// The number of new statements in the quarter.
    pub statements: usize,
    /// Whether a stance is in force at the end of the quarter; a statement without a code makes none.
    pub in_force: bool,
    /// The ids of the rows.
    pub rows: String,
}

/// Whether a stance is in force.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// No stance.
    #[default]
    None,
    /// A stance from earlier is in force.
    Carried,
    /// Something was stated in the quarter.
    New,
}

/// The room for the names of the issues: as wide as they are, between these.
const NAMES: (f64, f64) = (120.0, 330.0);
const GUTTER: f64 = 22.0;
const ROW: f64 = 19.0;
const GROUP_GAP: f64 = 7.0;
const NARROWEST: f64 = 17.0;
const WIDEST: f64 = 34.0;
const HEAD: f64 = 54.0;
const IN_FORCE: &str = "Issues with a stance in force";

/// Draws the coverage grid.
pub fn draw(input: &Coverage) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["Party", "Issue", "Quarter", "State", "New statements", "Rows"]);
    let panels = input.parties.len().max(1) as f64;
    let quarters = input.quarters.len().max(1) as f64;
    let widest = input.issues.iter().map(|issue| BODY.width(&issue.title)).fold(SMALL.bold().width(IN_FORCE), f64::max);
    let spare = WIDTH - GUTTER * (panels - 1.0) - panels * quarters * (NARROWEST + 1.0);
    let left = (widest + 14.0).min(spare.max(250.0)).clamp(NAMES.0, NAMES.1);
    let beside = (WIDTH - left - GUTTER * (panels - 1.0)) / (panels * quarters);
    let is_beside = beside >= NARROWEST;
    let cell = if is_beside { beside } else { (WIDTH - left) / quarters }.min(WIDEST);

    let order = grouped(input.issues.iter().map(|issue| issue.group.as_str()));
    let mut y = 0.0;
    for (index, party) in input.parties.iter().enumerate() {
        let x = left + if is_beside { index as f64 * (cell * quarters + GUTTER) } else { 0.0 };
        let panel = Panel { input, order: &order, index, party, left, x, y, cell };
        if index == 0 || !is_beside {
            panel.draw_issues(&mut canvas);
        }
        panel.draw_head(&mut canvas);
        panel.draw_cells(&mut canvas, &mut table);
        if !is_beside && index + 1 < input.parties.len() {
            y += panel.height() + 16.0;
        }
    }
    let tallest = Panel { input, order: &order, index: 0, party: &Party::default(), left, x: 0.0, y, cell }.height();
    let mut height = y + tallest + 6.0;
    let keys = keys(&mut canvas, input);
    height += canvas.key(0.0, height, WIDTH, keys);
    canvas.finish(height + 4.0, describe(input), table)
}

/// The grid of one party on the sheet.
struct Panel<'a> {
    input: &'a Coverage,
    order: &'a [usize],
    index: usize,
    party: &'a Party,
    left: f64,
    x: f64,
    y: f64,
    cell: f64,
}

impl Panel<'_> {
    fn issues(&self) -> impl Iterator<Item = &Issue> {
        self.order.iter().map(|index| &self.input.issues[*index])
    }

    fn tops(&self) -> Vec<f64> {
        let mut y = self.y + HEAD;
        let mut group: Option<&str> = None;
        let mut tops = Vec::new();
        for issue in self.issues() {
            if group.is_some_and(|group| group != issue.group) {
                y += GROUP_GAP;
            }
            group = Some(&issue.group);
            tops.push(y);
            y += ROW;
        }
        tops
    }

    fn bottom(&self) -> f64 {
        self.tops().last().map_or(self.y + HEAD, |top| top + ROW)
    }

    fn height(&self) -> f64 {
        self.bottom() + 26.0 - self.y
    }

    fn right(&self) -> f64 {
        self.x + self.cell * self.input.quarters.len() as f64
    }

    fn draw_issues(&self, canvas: &mut Canvas<'_>) {
        for (issue, y) in self.issues().zip(self.tops()) {
            canvas.add(label_within(EDGE, y + 14.0, &issue.title, self.left - 12.0, BODY));
        }
        if self.input.issues.is_empty() {
            canvas.add(label(EDGE, self.y + 14.0, "No issues are listed.", BODY));
        } else {
            canvas.add(label(EDGE, self.bottom() + 17.0, IN_FORCE, SMALL.bold()));
        }
    }

    fn draw_head(&self, canvas: &mut Canvas<'_>) {
        let look = party(self.index);
        let room = (self.right() - self.x - 18.0).max(60.0).min(WIDTH - self.x - 18.0);
        canvas.add(look.shape.filled(self.x + 6.0, self.y + 9.0, 4.8, look.colour));
        canvas.add(label_within(self.x + 16.0, self.y + 13.0, &self.party.name, room, STRONG.fill(look.colour)));
        let numbers = self.cell >= SMALL.width("4") + 3.0;
        let mut free = self.x;
        let mut last = None;
        for (column, (year, quarter)) in self.input.quarters.iter().enumerate() {
            let x = self.x + column as f64 * self.cell;
            if last != Some(*year) {
                if column > 0 {
                    canvas.add(
                        line(x, self.y + 22.0, x, self.y + HEAD - 3.0).set("stroke", RULE).set("stroke-width", 1.0),
                    );
                }
                let text = year.to_string();
                let style = SMALL.bold().fill(INK);
                let own = self.input.quarters[column..].iter().take_while(|(other, _)| other == year).count();
                let room = own as f64 * self.cell;
                // A year of which only the end is shown gives way to the next.
                let gives_way = column == 0 && own < 4 && own < self.input.quarters.len() && style.width(&text) > room;
                if x >= free
                    && !gives_way
                    && style.width(&text) <= room.max(self.right() - x).min(room + self.cell * 4.0)
                {
                    canvas.add(label(x + 2.0, self.y + 34.0, &text, style));
                    free = x + style.width(&text) + 4.0;
                }
                last = Some(*year);
            }
            if numbers {
                canvas.add(label(x + self.cell / 2.0, self.y + 49.0, &quarter.to_string(), SMALL.middle()));
            }
        }
    }

    fn draw_cells(&self, canvas: &mut Canvas<'_>, table: &mut DataTable) {
        let look = party(self.index);
        let carried = canvas.pattern(carried(self.index));
        let empty = Cell::default();
        let tops = self.tops();
        let mut in_force = vec![0_usize; self.input.quarters.len()];
        for ((issue, row), y) in self.issues().zip(self.order).zip(&tops) {
            let cells = self.party.cells.get(*row).map(Vec::as_slice).unwrap_or_default();
            for (column, (year, quarter)) in self.input.quarters.iter().enumerate() {
                let cell = cells.get(column).unwrap_or(&empty);
                let x = self.x + column as f64 * self.cell;
                let when = format!("{year} Q{quarter}");
                let number = cell.statements.to_string();
                let (state, fill) = match cell.state {
                    State::None => ("no stance", PAPER),
                    State::Carried => ("stance carried from earlier", carried.as_str()),
                    State::New if cell.in_force => ("new statement", look.colour),
                    State::New => ("new statement, no stance in force at the end", look.colour),
                };
                in_force[column] += usize::from(cell.in_force);
                let number = if cell.state == State::New { number.as_str() } else { "" };
                table.push([&self.party.name, &issue.title, &when, state, number, &cell.rows]);
                let more = if cell.rows.is_empty() { String::new() } else { format!(" ({})", cell.rows) };
                let square = rect(x + 0.75, y + 0.75, self.cell - 1.5, ROW - 1.5)
                    .set("fill", fill)
                    .set("stroke", if cell.state == State::None { "#d5d9dd" } else { look.colour })
                    .set("stroke-width", if cell.state == State::Carried { 0.4 } else { 0.8 });
                let style = SMALL.bold().fill(PAPER).middle();
                let text = (!number.is_empty() && style.width(number) <= self.cell - 1.0)
                    .then(|| label(x + self.cell / 2.0, y + ROW / 2.0 + 4.0, number, style));
                canvas.add(
                    mark(&format!("{}, {}, {when}: {state}{more}", self.party.name, issue.title))
                        .child(square)
                        .children(text),
                );
            }
        }
        if tops.is_empty() {
            return;
        }
        let y = self.bottom();
        canvas.add(line(self.x, y + 4.0, self.right(), y + 4.0).set("stroke", RULE).set("stroke-width", 1.0));
        let style = SMALL.fill(INK).middle();
        // Where not all fit, one number a year.
        let widest = in_force.iter().map(|number| style.width(&number.to_string())).fold(0.0, f64::max);
        let every = if widest <= self.cell { 1 } else { (widest / self.cell).ceil() as usize + 1 };
        for (column, number) in in_force.iter().enumerate().step_by(every) {
            let x = self.x + (column as f64 + 0.5) * self.cell;
            canvas.add(label(x, y + 17.0, &number.to_string(), style));
        }
    }
}

fn carried(index: usize) -> Pattern {
    let look = party(index);
    Pattern::Hatch { ink: look.colour, ground: Some(look.tint), angle: -look.angle, gap: 5.5, weight: 0.6 }
}

fn keys(canvas: &mut Canvas<'_>, input: &Coverage) -> Vec<Key> {
    let count = input.parties.len().clamp(1, 4);
    let width = count as f64 * 22.0 - 4.0;
    let symbol = |draw: &mut dyn FnMut(usize, Element) -> Element| {
        group().children((0..count).map(|index| draw(index, rect(index as f64 * 22.0, -7.0, 18.0, 14.0))))
    };
    let new = symbol(&mut |index, cell| {
        group().child(cell.set("fill", party(index).colour)).child(label(
            index as f64 * 22.0 + 9.0,
            4.0,
            "2",
            SMALL.bold().fill(PAPER).middle(),
        ))
    });
    let carried = symbol(&mut |index, cell| {
        cell.set("fill", canvas.pattern(carried(index))).set("stroke", party(index).colour).set("stroke-width", 0.4)
    });
    let none =
        group().child(rect(0.0, -7.0, 18.0, 14.0).set("fill", PAPER).set("stroke", MUTED).set("stroke-width", 0.8));
    vec![
        Key::new(new, width, "new statements in the quarter, and their number"),
        Key::new(carried, width, "stance carried from earlier"),
        Key::new(none, 18.0, "no stance"),
    ]
}

fn describe(input: &Coverage) -> String {
    let mut out = format!(
        "Coverage of {} over {}.",
        count(input.issues.len(), "issue", "issues"),
        count(input.quarters.len(), "quarter", "quarters")
    );
    for party in &input.parties {
        let last = input.quarters.len().checked_sub(1);
        let in_force = party
            .cells
            .iter()
            .take(input.issues.len())
            .filter(|cells| last.and_then(|last| cells.get(last)).is_some_and(|cell| cell.in_force))
            .count();
        out += &format!(" {}: a stance on {in_force} of {} in the last quarter.", party.name, input.issues.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn caption() -> Caption {
        Caption { id: "coverage".to_owned(), title: "Coverage".to_owned(), credit: None }
    }

    fn example(text: &str, issues: usize, quarters: usize) -> Coverage {
        let cell = |state, statements| Cell { state, statements, in_force: true, rows: "p001".to_owned() };
        let row = vec![Cell::default(), cell(State::New, 2), cell(State::Carried, 0)];
        Coverage {
            caption: caption(),
            quarters: (0..quarters as u32).map(|number| (2022 + number as i32 / 4, number % 4 + 1)).collect(),
            issues: vec![Issue { title: text.to_owned(), group: "Territory".to_owned() }; issues],
            parties: [text, "B"]
                .map(|name| Party { name: name.to_owned(), cells: vec![row.clone(); issues + 1] })
                .to_vec(),
        }
    }

    #[test]
    fn cells_name_party_issue_quarter_and_rows() {
        let figure = draw(&example("A", 3, 18));
        examine(&figure);
        assert!(figure.svg.contains("A, A, 2022 Q2: new statement (p001)"));
        assert!(figure.svg.contains("B, A, 2022 Q3: stance carried from earlier (p001)"));
        assert_eq!(figure.table.rows.len(), 2 * 3 * 18);
        assert!(figure.height < 220.0);
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        examine(&draw(&Coverage { caption: caption(), ..Default::default() }));
        for (issues, quarters) in [(0, 0), (1, 1), (60, 18), (2, 200)] {
            examine(&draw(&example(HOSTILE, issues, quarters)));
        }
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(draw(&example("x", 2, 9)).svg, draw(&example("x", 2, 9)).svg);
    }
}
