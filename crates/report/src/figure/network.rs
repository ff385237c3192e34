//! Relations of third actors with the parties, as a matrix: who backs, arms, mediates and so on, and when.

use super::canvas::{BODY, Canvas, Key, SMALL, STRONG, WIDTH, label, label_within};
use super::style::{GRID, INK, MUTED, RULE, Shape, WASH, party};
use super::svg::{Element, group, line, mark, number, rect};
use super::{Caption, DataTable, Figure, count};

/// What the matrix shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// Name, title and credit.
    pub caption: Caption,
    /// The parties, a block of columns each.
    pub parties: Vec<String>,
    /// The third actors in the order of the rows; who has no relation is left out.
    pub actors: Vec<String>,
    /// The relations.
    pub relations: Vec<Relation>,
}

/// A relation of a third actor with a party over a span of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relation {
    /// The number of the third actor.
    pub actor: usize,
    /// The number of the party.
    pub party: usize,
    /// What the actor does.
    pub kind: Kind,
    /// The first year.
    pub from: i32,
    /// The last year; without, it goes on.
    pub to: Option<i32>,
    /// The ground and the ids of rows.
    pub title: String,
}

/// What a third actor does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Supports in words and votes.
    #[default]
    Backs,
    /// Delivers arms.
    Arms,
    /// Gives or lends money.
    Finances,
    /// Guarantees security.
    Guarantees,
    /// Trades in goods that matter.
    Trades,
    /// Restricts trade, money or travel.
    Sanctions,
    /// Mediates.
    Mediates,
    /// Hosts talks or forces.
    Hosts,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Backs,
        Self::Arms,
        Self::Finances,
        Self::Guarantees,
        Self::Trades,
        Self::Sanctions,
        Self::Mediates,
        Self::Hosts,
    ];

    /// The relation in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Backs => "backs",
            Self::Arms => "arms",
            Self::Finances => "finances",
            Self::Guarantees => "guarantees",
            Self::Trades => "trades",
            Self::Sanctions => "sanctions",
            Self::Mediates => "mediates",
            Self::Hosts => "hosts",
        }
    }

    fn shape(self) -> Shape {
        match self {
            Self::Backs => Shape::Triangle,
            Self::Arms => Shape::Wedge,
            Self::Finances => Shape::Circle,
            Self::Guarantees => Shape::Star,
            Self::Trades => Shape::Bars,
            Self::Sanctions => Shape::Cross,
            Self::Mediates => Shape::Diamond,
            Self::Hosts => Shape::Square,
        }
    }

    fn mark(self, x: f64, y: f64, ongoing: bool, colour: &'static str) -> Element {
        if ongoing { self.shape().filled(x, y, RADIUS, colour) } else { self.shape().hollow(x, y, RADIUS, colour) }
    }
}

const GUTTER: f64 = 16.0;
const RADIUS: f64 = 4.2;
const SYMBOL: f64 = 14.0;
const WIDEST: f64 = 86.0;
const NAMES: (f64, f64) = (90.0, 250.0);

/// One cell: all relations of one kind between two actors.
struct Cell<'a> {
    relations: Vec<&'a Relation>,
    years: String,
}

/// Draws the matrix.
pub fn draw(input: &Network) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["Actor", "Relation", "Party", "From", "To", "Ground"]);
    let columns = columns(input);
    let rows: Vec<usize> = (0..input.actors.len())
        .filter(|actor| input.relations.iter().any(|r| r.actor == *actor && r.party < input.parties.len()))
        .collect();
    let blocks =
        input.parties.iter().enumerate().filter(|(index, _)| columns.iter().any(|(party, _)| party == index)).count();
    let names = rows.iter().map(|actor| BODY.width(&input.actors[*actor])).fold(0.0, f64::max);
    let left = (names + 16.0).clamp(NAMES.0, NAMES.1);
    let room = WIDTH - left - GUTTER * blocks.saturating_sub(1) as f64;
    let even = (room / columns.len().max(1) as f64).min(WIDEST);

    let cell = |actor: usize, party: usize, kind: Kind| cell(input, actor, party, kind);
    let widest = rows
        .iter()
        .flat_map(|actor| columns.iter().map(|(party, kind)| SMALL.width(&cell(*actor, *party, *kind).years)))
        .fold(0.0, f64::max);
    let heads: Vec<f64> = columns.iter().map(|(_, kind)| SMALL.width(kind.name()) + 8.0).collect();
    // Each column as wide as its heading and its cells need, if there is room for all; else even columns, headings upright.
    let needs: Vec<f64> = heads.iter().map(|head| head.max(SYMBOL + widest + 8.0)).collect();
    let spare = (room - needs.iter().sum::<f64>()) / columns.len().max(1) as f64;
    let level = spare >= 0.0;
    let widths: Vec<f64> =
        needs.iter().map(|need| if level { (need + spare).min(WIDEST.max(*need)) } else { even }).collect();
    let top = if level { 46.0 } else { 30.0 + heads.iter().copied().fold(0.0, f64::max) };
    let inline = level || SYMBOL + widest <= even - 2.0;
    let row_height = if inline { 22.0 } else { 33.0 };
    let bottom = top + rows.len() as f64 * row_height;

    // Grounds first, then marks.
    for (index, actor) in rows.iter().enumerate() {
        let y = top + index as f64 * row_height;
        if index % 2 == 0 {
            canvas.add(rect(0.0, y, WIDTH, row_height).set("fill", WASH));
        }
        canvas.add(label_within(6.0, y + row_height / 2.0 + 4.0, &input.actors[*actor], left - 14.0, BODY));
    }
    let mut x = left;
    let mut last = None;
    for ((party_index, kind), width) in columns.iter().zip(&widths) {
        if last.is_some_and(|last| last != *party_index) {
            x += GUTTER;
        }
        if last != Some(*party_index) {
            let block = columns
                .iter()
                .zip(&widths)
                .filter(|((party, _), _)| party == party_index)
                .map(|(_, width)| *width)
                .sum();
            draw_block_head(&mut canvas, input, *party_index, x, block);
            last = Some(*party_index);
        }
        draw_column_head(&mut canvas, *kind, x, top, level);
        canvas.add(line(x, top, x, bottom).set("stroke", GRID).set("stroke-width", 1.0));
        for (index, actor) in rows.iter().enumerate() {
            let y = top + index as f64 * row_height;
            draw_cell(&mut canvas, input, &cell(*actor, *party_index, *kind), (x, y, *width, row_height), inline);
        }
        x += width;
    }
    canvas.add(line(0.0, top, WIDTH, top).set("stroke", RULE).set("stroke-width", 1.0));
    canvas.add(line(0.0, bottom, WIDTH, bottom).set("stroke", RULE).set("stroke-width", 1.0));
    let mut height = bottom + 8.0;
    if rows.is_empty() {
        canvas.add(label(left, 20.0, "No relation of a third actor with a party.", SMALL));
    } else {
        height += canvas.key(0.0, height, WIDTH, keys());
    }
    for relation in &input.relations {
        table.push([
            name(&input.actors, relation.actor),
            relation.kind.name(),
            name(&input.parties, relation.party),
            &relation.from.to_string(),
            &relation.to.map(|year| year.to_string()).unwrap_or_default(),
            &relation.title,
        ]);
    }
    canvas.finish(height + 4.0, describe(input, rows.len()), table)
}

/// The columns that hold something: party and kind.
fn columns(input: &Network) -> Vec<(usize, Kind)> {
    (0..input.parties.len())
        .flat_map(|party| Kind::ALL.map(|kind| (party, kind)))
        .filter(|(party, kind)| {
            input.relations.iter().any(|r| r.party == *party && r.kind == *kind && r.actor < input.actors.len())
        })
        .collect()
}

fn cell<'a>(input: &'a Network, actor: usize, party: usize, kind: Kind) -> Cell<'a> {
    let mut relations: Vec<&Relation> =
        input.relations.iter().filter(|r| r.actor == actor && r.party == party && r.kind == kind).collect();
    relations.sort_by_key(|relation| (relation.from, relation.to.unwrap_or(i32::MAX)));
    // Spells that touch are one.
    let mut spells: Vec<(i32, Option<i32>)> = Vec::new();
    for relation in &relations {
        match spells.last_mut() {
            Some((_, end)) if end.is_none_or(|end| relation.from <= end.saturating_add(1)) => {
                *end = end.and_then(|end| relation.to.map(|to| to.max(end)));
            }
            _ => spells.push((relation.from, relation.to)),
        }
    }
    let years: Vec<String> = spells
        .iter()
        .map(|(from, to)| match to {
            None => format!("{}–", two(*from)),
            Some(to) if to == from => two(*from),
            Some(to) => format!("{}–{}", two(*from), two(*to)),
        })
        .collect();
    Cell { relations, years: years.join(", ") }
}

/// The last two digits of a year.
fn two(year: i32) -> String {
    format!("{:02}", year.rem_euclid(100))
}

fn draw_block_head(canvas: &mut Canvas<'_>, input: &Network, index: usize, x: f64, width: f64) {
    let look = party(index);
    canvas.add(
        line(x, 22.0, x + width - 4.0, 22.0)
            .set("stroke", look.colour)
            .set("stroke-width", 2.0)
            .set_some("stroke-dasharray", look.dash),
    );
    canvas.add(label_within(x + 2.0, 14.0, name(&input.parties, index), width.max(40.0), STRONG.fill(look.colour)));
}

fn draw_column_head(canvas: &mut Canvas<'_>, kind: Kind, x: f64, top: f64, level: bool) {
    let style = SMALL.fill(INK);
    canvas.add(if level {
        label(x + 4.0, top - 7.0, kind.name(), style)
    } else {
        let (x, y) = (x + 14.0, top - 5.0);
        label(x, y, kind.name(), style).set("transform", format!("rotate(-90 {} {})", number(x), number(y)))
    });
}

fn draw_cell(
    canvas: &mut Canvas<'_>,
    input: &Network,
    cell: &Cell<'_>,
    (x, y, width, height): (f64, f64, f64, f64),
    inline: bool,
) {
    let (Some(first), false) = (cell.relations.first(), cell.relations.is_empty()) else { return };
    let look = party(first.party);
    let ongoing = cell.relations.iter().any(|relation| relation.to.is_none());
    let grounds: Vec<String> = cell
        .relations
        .iter()
        .map(|relation| {
            let to = relation.to.map(|to| to.to_string()).unwrap_or_default();
            format!("{}–{to} {}", relation.from, relation.title).trim().to_owned()
        })
        .collect();
    let title = format!(
        "{} {} {}: {}",
        name(&input.actors, first.actor),
        first.kind.name(),
        name(&input.parties, first.party),
        grounds.join("; ")
    );
    let style = SMALL.fill(INK);
    let drawn = mark(&title);
    canvas.add(if inline {
        drawn.child(first.kind.mark(x + 9.0, y + height / 2.0, ongoing, look.colour)).child(label(
            x + 4.0 + SYMBOL,
            y + height / 2.0 + 4.0,
            &cell.years,
            style,
        ))
    } else {
        drawn.child(first.kind.mark(x + 9.0, y + 9.0, ongoing, look.colour)).child(label_within(
            x + 4.0,
            y + height - 6.0,
            &cell.years,
            width - 5.0,
            style,
        ))
    });
}

fn keys() -> Vec<Key> {
    let symbol = |ongoing| group().child(Kind::Backs.mark(6.0, 0.0, ongoing, MUTED));
    vec![
        Key::new(symbol(true), 12.0, "no end on record"),
        Key::new(symbol(false), 12.0, "ended: outline, crosses and bars paler"),
        Key::note("Years: “22–” since 2022 without an end on record, “22–24” from 2022 to 2024"),
    ]
}

fn describe(input: &Network, rows: usize) -> String {
    let mut out = format!("Matrix of relations of {} with the parties.", count(rows, "third actor", "third actors"));
    for (index, party) in input.parties.iter().enumerate() {
        let parts: Vec<String> = Kind::ALL
            .into_iter()
            .filter_map(|kind| {
                let mut actors: Vec<usize> =
                    input.relations.iter().filter(|r| r.party == index && r.kind == kind).map(|r| r.actor).collect();
                actors.sort_unstable();
                actors.dedup();
                let names: Vec<&str> =
                    actors.into_iter().filter_map(|actor| input.actors.get(actor)).map(String::as_str).collect();
                (!names.is_empty()).then(|| format!("{} it: {}", kind.name(), names.join(", ")))
            })
            .collect();
        out += &format!(" {party}: {}.", if parts.is_empty() { "none".to_owned() } else { parts.join("; ") });
    }
    out
}

fn name(names: &[String], index: usize) -> &str {
    names.get(index).map_or("unknown", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn caption() -> Caption {
        Caption { id: "network".to_owned(), title: "Relations".to_owned(), credit: None }
    }

    fn example(text: &str) -> Network {
        let relation =
            |actor, party, kind, from, to| Relation { actor, party, kind, from, to, title: "aid (r001)".to_owned() };
        let mut relations: Vec<Relation> = Kind::ALL
            .into_iter()
            .flat_map(|kind| [relation(0, 0, kind, 2022, None), relation(1, 1, kind, 2022, Some(2024))])
            .collect();
        relations.extend([
            relation(0, 1, Kind::Arms, 2022, Some(2022)),
            relation(0, 1, Kind::Arms, 2025, None),
            relation(77, 0, Kind::Arms, 2025, None),
            relation(0, 77, Kind::Arms, i32::MIN, Some(i32::MAX)),
        ]);
        Network {
            caption: caption(),
            parties: vec!["A".to_owned(), text.to_owned()],
            actors: vec![text.to_owned(); 30],
            relations,
        }
    }

    #[test]
    fn marks_name_actors_relation_years_and_rows() {
        let figure = draw(&example("USA"));
        examine(&figure);
        assert!(figure.svg.contains("USA arms A: 2022– aid (r001)"));
        assert!(figure.svg.contains(">22, 25–<"));
        assert_eq!(figure.table.rows.len(), 20);
    }

    #[test]
    fn spells_that_touch_are_one() {
        let mut input = example("x");
        input.relations = vec![
            Relation { from: 2022, to: Some(2023), ..Default::default() },
            Relation { from: 2024, to: Some(2024), ..Default::default() },
        ];
        assert_eq!(cell(&input, 0, 0, Kind::Backs).years, "22–24");
        input.relations[0].to = None;
        assert_eq!(cell(&input, 0, 0, Kind::Backs).years, "22–");
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        examine(&draw(&Network { caption: caption(), ..Default::default() }));
        examine(&draw(&example(HOSTILE)));
        examine(&draw(&example("")));
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(draw(&example("x")).svg, draw(&example("x")).svg);
    }
}
