use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn caption() -> Caption {
    Caption { id: "common".to_owned(), title: "Common".to_owned(), credit: None }
}

fn side(party: usize, tabled: &[usize], standing: &[usize]) -> Side {
    Side { party, tabled: tabled.to_vec(), standing: standing.to_vec() }
}

fn issue(text: &str, options: usize) -> Issue {
    Issue {
        title: text.to_owned(),
        group: "Territory".to_owned(),
        options: (0..options).map(|_| text.to_owned()).collect(),
        ..Issue::default()
    }
}

fn near(a: (usize, usize), b: (usize, usize), standing: bool) -> Near {
    Near { a, b, steps: a.1.abs_diff(b.1) as u32, standing, title: "p001; p002".to_owned() }
}

fn other(name: &str, option: usize, standing: bool, ruled_out_by: &[usize]) -> Other {
    Other {
        name: name.to_owned(),
        option,
        standing,
        ruled_out_by: ruled_out_by.to_vec(),
        title: format!("{name} put it 17 Apr 2025 (p126)"),
    }
}

/// A met B at option 2 once and both have left it; now they are four steps apart, with others between.
fn parted(text: &str, options: usize) -> Issue {
    Issue {
        sides: vec![side(0, &[0, 1], &[0]), side(1, &[1, 4], &[4]), side(9, &[0, 99], &[])],
        overlaps: vec![Overlap {
            option: 1,
            standing: false,
            words: "since 27 Mar 2022, until 21 Sep 2022, when B ruled it out".to_owned(),
            title: "p059".to_owned(),
        }],
        near: vec![near((0, 0), (1, 4), true), near((0, 88), (7, 4), false)],
        others: vec![
            other("C", 2, true, &[0, 1]),
            other("D", 2, false, &[]),
            other(text, 3, false, &[1, 5]),
            other("E", 77, true, &[]),
        ],
        ..issue(text, options)
    }
}

fn example(parties: &[&str], issues: Vec<Issue>) -> Common {
    Common { caption: caption(), parties: parties.iter().map(|name| (*name).to_owned()).collect(), issues }
}

fn drawn(parties: &[&str], issues: Vec<Issue>) -> Figure {
    let figure = draw(&example(parties, issues));
    examine(&figure);
    examine_labels(&figure);
    figure
}

#[test]
fn marks_name_who_put_what_and_whether_it_stands() {
    let figure = drawn(&["A", "B"], vec![parted("Land", 5)]);
    for title in [
        "A has tabled 1. Land; it stands",
        "A has tabled 2. Land; it no longer stands",
        "2. Land: since 27 Mar 2022, until 21 Sep 2022, when B ruled it out: p059",
        "4 steps between A at 1. Land and B at 5. Land: p001; p002",
        "3. Land: C put it 17 Apr 2025 (p126); D put it 17 Apr 2025 (p126)",
        "B rules out 4. Land",
    ] {
        assert!(figure.svg.contains(&format!("<title>{title}")), "{title}");
    }
    for label in [">4 steps apart<", ">C, D<"] {
        assert!(figure.svg.contains(label), "{label}");
    }
}

#[test]
fn the_words_beside_a_row_say_what_stands_first() {
    let bold = |issue: &Issue| words::words(&example(&["A", "B"], Vec::new()), issue).0;
    let common = Overlap { standing: true, words: "since 1 Mar 2022".to_owned(), ..Overlap::default() };
    assert_eq!(bold(&Issue { overlaps: vec![common], ..parted("Land", 5) }), "In common now");
    assert_eq!(bold(&parted("Land", 5)), "4 steps apart");
    let ever = Issue { near: vec![near((0, 1), (1, 2), false)], ..parted("Land", 5) };
    let (first, rest) = words::words(&example(&["A", "B"], Vec::new()), &ever);
    assert_eq!(first, "Nothing stands on both sides");
    assert_eq!(rest.last().map(String::as_str), Some("nearest ever: 1 step"));
    let alone = Issue { sides: vec![side(0, &[], &[]), side(1, &[2], &[])], ..issue("Land", 5) };
    assert_eq!(bold(&alone), "Only B has tabled an option");
}

#[test]
fn three_principals_have_lanes_of_their_own_and_pairs_by_name() {
    let near = vec![near((0, 0), (1, 1), true), near((0, 0), (2, 3), true), near((1, 1), (2, 3), true)];
    let sides = vec![side(0, &[0], &[0]), side(1, &[1], &[1]), side(2, &[3], &[3])];
    let figure = drawn(&["A", "B", "C"], vec![Issue { sides, near, ..issue("Land", 4) }]);
    for label in [">1–3 steps apart<", ">A and B: 1 step<", ">A and C: 3 steps<", ">B and C: 2 steps<"] {
        assert!(figure.svg.contains(label), "{label}");
    }
}

#[test]
fn issues_without_any_option_are_named_under_the_rows() {
    let figure = drawn(&["A", "B"], vec![parted("Land", 5), issue("Water", 3)]);
    assert!(figure.svg.contains("No option has been tabled on: Water."));
    assert!(figure.table.rows.iter().any(|row| row[1] == "Water" && row[2] == "no option tabled"));
    assert!(draw(&example(&["A"], vec![issue("Water", 3)])).svg.contains("No option has been tabled on any issue"));
}

#[test]
fn the_table_holds_every_entry() {
    let rows = draw(&example(&["A", "B"], vec![parted("Land", 5)])).table.rows;
    let count = |entry: &str| rows.iter().filter(|row| row[2] == entry).count();
    assert_eq!(count("tabled by a principal"), 6);
    assert_eq!((count("in common"), count("nearest pair"), count("tabled by others")), (1, 2, 4));
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    drawn(&[], Vec::new());
    for text in [HOSTILE, ""] {
        for options in [0, 1, 2, 7, 64] {
            drawn(&["A", text], vec![parted(text, options); 3]);
        }
        drawn(&[], vec![parted(text, 5)]);
        drawn(&["A"], vec![parted(text, 5)]);
        drawn(&[text; 7], vec![parted(text, 5)]);
    }
    let crowd: Vec<Other> = (0..40).map(|index| other("A long name of an actor", index % 7, true, &[])).collect();
    drawn(&["A", "B"], vec![Issue { others: crowd, ..parted("Land", 7) }]);
}

#[test]
fn equal_inputs_give_equal_bytes() {
    assert_eq!(drawn(&["A", "B"], vec![parted("x", 5)]), drawn(&["A", "B"], vec![parted("x", 5)]));
}
