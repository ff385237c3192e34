//! How states and moves are drawn: a state that would hold by a double frame; who makes a move by a short name and a line pattern, and
//! whether that side likes it by its arrowhead.

use super::canvas::{Key, SMALL, label};
use super::style::{INK, PAPER, WASH, party};
use super::svg::{Element, group, line, polyline, rect};
use super::text::{Weight, width};

/// The length of an arrowhead.
pub const HEAD: f64 = 9.0;
/// The height of a badge.
pub const BADGE: f64 = 15.0;

/// Short names of movers, no two alike: initials, else beginnings, else letters in order.
pub fn short_names(names: &[String]) -> Vec<String> {
    let tries = (1..=3).map(|letters| names.iter().map(|name| short(name, letters)).collect::<Vec<_>>());
    let found = tries.into_iter().find(|all| {
        all.iter()
            .enumerate()
            .all(|(place, name)| !name.is_empty() && all.iter().position(|one| one == name) == Some(place))
    });
    found.unwrap_or_else(|| (1..=names.len()).map(|place| format!("No {place}")).collect())
}

/// The initials of a name of several words, the first letters of one of a single word.
fn short(name: &str, letters: usize) -> String {
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !["of", "the", "and", "for"].contains(word))
        .collect();
    match words.as_slice() {
        [only] => only.chars().enumerate().flat_map(|(place, c)| cased(c, place == 0)).take(letters).collect(),
        several => several.iter().filter_map(|word| word.chars().next()).flat_map(|c| cased(c, true)).take(3).collect(),
    }
}

fn cased(c: char, upper: bool) -> Vec<char> {
    if upper { c.to_uppercase().collect() } else { vec![c] }
}

/// The width of the badge of a short name.
pub fn badge_width(short: &str) -> f64 {
    width(short, SMALL.size, Weight::Bold) + 8.0
}

/// The badge of a mover, centred on a point.
pub fn badge(x: f64, y: f64, mover: usize, short: &str) -> Element {
    let (width, look) = (badge_width(short), party(mover));
    group()
        .child(
            rect(x - width / 2.0, y - BADGE / 2.0, width, BADGE)
                .set("rx", 4.0)
                .set("fill", PAPER)
                .set("stroke", look.colour)
                .set("stroke-width", 1.2),
        )
        .child(label(x, y + 4.0, short, SMALL.fill(INK).bold().middle()))
}

/// The line of a move, given as a path: strong if some side of it is liked.
pub fn stroke(path: Element, mover: usize, liked: bool) -> Element {
    let look = party(mover);
    path.set("fill", "none")
        .set("stroke", look.colour)
        .set("stroke-width", if liked { 1.8 } else { 1.0 })
        .set_some("stroke-dasharray", look.dash)
}

/// An arrowhead with its tip at a point, seen from another point: filled for a move that its mover likes, else open.
pub fn head(tip: (f64, f64), from: (f64, f64), mover: usize, liked: bool) -> Element {
    let (dx, dy) = (tip.0 - from.0, tip.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt().max(1e-6);
    let (dx, dy) = (dx / length, dy / length);
    let base = (tip.0 - HEAD * dx, tip.1 - HEAD * dy);
    let half = if liked { 4.4 } else { 3.6 };
    let points = [tip, (base.0 - half * dy, base.1 + half * dx), (base.0 + half * dy, base.1 - half * dx), tip];
    let colour = party(mover).colour;
    polyline(&points)
        .set("fill", if liked { colour } else { PAPER })
        .set("stroke", colour)
        .set("stroke-width", 1.0)
        .set("stroke-linejoin", "round")
}

/// Keys: each mover with its line.
pub fn keys(names: &[String], shorts: &[String]) -> Vec<Key> {
    let mover = |(place, (name, short)): (usize, (&String, &String))| {
        let room = badge_width(short) + 28.0;
        let symbol =
            group().child(stroke(line(0.0, 0.0, room, 0.0), place, true)).child(badge(room / 2.0, 0.0, place, short));
        Key::new(symbol, room, name.clone())
    };
    names.iter().zip(shorts).enumerate().map(mover).collect()
}

/// The frame of a state: double where it would hold, a ground where things stand.
pub fn frame(x: f64, y: f64, width: f64, height: f64, holds: bool, now: bool) -> Element {
    let outer = rect(x, y, width, height)
        .set("rx", 6.0)
        .set("fill", if now { WASH } else { PAPER })
        .set("stroke", INK)
        .set("stroke-width", if holds { 1.6 } else { 0.8 });
    let inner = holds.then(|| {
        rect(x + 3.5, y + 3.5, width - 7.0, height - 7.0)
            .set("rx", 3.5)
            .set("fill", "none")
            .set("stroke", INK)
            .set("stroke-width", 0.8)
    });
    group().child(outer).children(inner)
}

/// Keys: the two kinds of arrowheads, and the double frame.
pub fn sign_keys() -> [Key; 3] {
    let arrow = |liked| {
        group()
            .child(
                line(0.0, 0.0, 17.0, 0.0)
                    .set("stroke", party(0).colour)
                    .set("stroke-width", if liked { 1.8 } else { 1.0 }),
            )
            .child(head((24.0, 0.0), (0.0, 0.0), 0, liked))
    };
    let double = group()
        .child(rect(0.0, -7.0, 22.0, 14.0).set("rx", 3.0).set("fill", PAPER).set("stroke", INK))
        .child(rect(3.0, -4.0, 16.0, 8.0).set("rx", 2.0).set("fill", "none").set("stroke", INK));
    [
        Key::new(arrow(true), 24.0, "to a state that the one who moves prefers").on_new_row(),
        Key::new(arrow(false), 24.0, "possible, to a state that it does not prefer"),
        Key::new(double, 22.0, "would hold, under the concepts named"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Vec<String> {
        short_names(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn short_names_are_initials() {
        assert_eq!(of(&["Russia", "Ukraine", "United States", "European Union"]), ["R", "U", "US", "EU"]);
        assert_eq!(of(&["Ministry of the Environment", "Uniroyal", "Local government"]), ["ME", "U", "LG"]);
    }

    #[test]
    fn short_names_are_no_two_alike() {
        assert_eq!(of(&["Russia", "Romania"]), ["Ru", "Ro"]);
        assert_eq!(of(&["South Korea", "South Korea"]), ["No 1", "No 2"]);
        assert_eq!(of(&["", "—"]), ["No 1", "No 2"]);
        assert_eq!(of(&["ßa", "b"]).len(), 2);
    }
}
