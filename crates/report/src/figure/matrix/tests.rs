use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn caption() -> Caption {
    Caption { id: "plan".to_owned(), title: "Plan".to_owned(), credit: None }
}

fn cell(verdict: Verdict) -> Cell {
    Cell { verdict, date: "2022-03-29".to_owned(), title: "statement (p001)".to_owned(), ..Cell::default() }
}

fn cells() -> Vec<Cell> {
    let condition = |met| Some(Condition { words: "a condition".to_owned(), met });
    vec![
        cell(Verdict::Asked),
        Cell { one_of: 4, law: Law::Also, disputed: true, condition: condition(Met::NotMet), ..cell(Verdict::Asked) },
        Cell { condition: condition(Met::Met), ..cell(Verdict::TabledBefore) },
        Cell { carried: true, condition: condition(Met::Open), ..cell(Verdict::TabledBefore) },
        Cell { steps: Some(2), ..cell(Verdict::NotRuledOut) },
        cell(Verdict::NotRuledOut),
        Cell { law: Law::Also, ..cell(Verdict::RuledOut) },
        Cell { law: Law::Only, date: String::new(), ..cell(Verdict::RuledOut) },
        Cell { date: String::new(), ..cell(Verdict::RuledOut) },
    ]
}

fn clause(text: &str, options: usize, actors: usize) -> Clause {
    let cells = |shift: usize| (0..actors).map(|actor| cells()[(actor + shift) % 9].clone()).collect();
    Clause {
        title: text.to_owned(),
        group: "Territory".to_owned(),
        words: text.to_owned(),
        note: "p001".to_owned(),
        reading: Reading::Options(
            (0..options).map(|option| PlanOption { label: text.to_owned(), cells: cells(option) }).collect(),
        ),
    }
}

/// The first `principals` of the actors are principals; the last has no cells of its own.
fn example(text: &str, principals: usize, actors: usize, options: usize) -> Matrix {
    let mut clauses = vec![clause(text, options, actors.saturating_sub(1)), clause(text, 1, actors.saturating_sub(1))];
    clauses.push(Clause { reading: Reading::NoScale, group: String::new(), ..clause(text, 0, 0) });
    let actor = |index: usize| Actor {
        name: format!("{text}{index}"),
        short: format!("A{index}"),
        principal: index < principals,
    };
    Matrix { caption: caption(), actors: (0..actors).map(actor).collect(), clauses }
}

/// One clause with one option and one cell.
fn single(cell: Cell) -> Figure {
    let reading = Reading::Options(vec![PlanOption { label: "One".to_owned(), cells: vec![cell] }]);
    draw(&Matrix {
        caption: caption(),
        actors: vec![Actor { name: "A".to_owned(), short: "A".to_owned(), principal: true }],
        clauses: vec![Clause { reading, ..clause("Land", 0, 0) }],
    })
}

/// The drawing of the only cell, without its title.
fn only_cell(figure: &Figure) -> &str {
    let start = figure.svg.find("(Land: One)").unwrap();
    let mark = figure.svg[start..].split_once("</title>").unwrap().1;
    &mark[..mark.find("class=\"key\"").unwrap()]
}

#[test]
fn a_cell_names_actor_verdict_clause_and_rows() {
    let figure = draw(&example("Land", 2, 10, 2));
    examine(&figure);
    examine_labels(&figure);
    for title in [
        "Land0: asks for it (Land: Land): statement (p001)",
        "Land1: asks for it, as one of 4 options; its law rules it out; other words of its own rule it out (Land: Land)",
        "Land3: tabled before, the text has lapsed (Land: Land)",
        "Land6: ruled out, tabled before; its law rules it out (Land: Land)",
        "Land7: ruled out by law only (Land: Land)",
    ] {
        assert!(figure.svg.contains(&format!("<title>{title}")), "{title}");
    }
}

#[test]
fn verdicts_differ_by_shape_and_by_words() {
    let drawings: Vec<Figure> = cells().into_iter().chain([Cell::default()]).map(single).collect();
    for (index, figure) in drawings.iter().enumerate() {
        examine_labels(figure);
        assert!(drawings[..index].iter().all(|other| only_cell(other) != only_cell(figure)), "{index}");
    }
    let has = |index: usize, part: &str| assert!(only_cell(&drawings[index]).contains(part), "{index}: {part}");
    has(0, ">asks<");
    for part in [">asks, one of 4 §<", ">also ruled out<", ">if: not met<"] {
        has(1, part);
    }
    has(2, ">Mar 2022<");
    has(2, ">if: met<");
    has(3, "stroke-dasharray");
    has(3, ">if: open<");
    has(4, ">2 steps<");
    has(5, ">no ask<");
    has(6, ">ruled out §<");
    has(6, ">tabled Mar 2022<");
    has(7, ">by law only<");
    has(7, "url(#plan-hatch");
    has(8, ">ruled out<");
    assert!(!only_cell(&drawings[9]).contains("<text"));
}

#[test]
fn the_table_holds_every_cell_and_every_clause_that_was_not_read() {
    let mut input = example("Land", 2, 4, 3);
    input.clauses.push(clause("Water", 0, 4));
    let table = draw(&input).table;
    // Three options and one, each against four actors; one clause without a scale and one not read.
    assert_eq!(table.rows.len(), 3 * 4 + 4 + 2);
    let unread: Vec<&str> = table.rows.iter().filter(|row| row[4].is_empty()).map(|row| row[3].as_str()).collect();
    assert_eq!(unread, ["not read", "no scale"]);
}

#[test]
fn refusals_are_counted_by_clause() {
    let refused = || cell(Verdict::RuledOut);
    let option = |cells: Vec<Cell>| PlanOption { label: "One".to_owned(), cells };
    let read = |options| Clause { reading: Reading::Options(options), ..clause("Land", 0, 0) };
    let actor = |name: &str| Actor { name: name.to_owned(), short: String::new(), principal: true };
    let input = Matrix {
        caption: caption(),
        actors: vec![actor("A"), actor("B")],
        clauses: vec![
            read(vec![option(vec![refused(), refused()]), option(vec![cell(Verdict::Asked), refused()])]),
            read(vec![option(vec![refused()])]),
            read(Vec::new()),
        ],
    };
    assert_eq!((ruled_out(&input, 0), ruled_out(&input, 1)), ((1, 2), (1, 2)));
    let figure = draw(&input);
    assert!(figure.description.contains("A plan of 3 clauses, 2 of them read on a scale"));
    assert_eq!(figure.svg.matches(">1 of 2<").count(), 2);
}

#[test]
fn who_is_silent_on_everything_is_named_and_has_no_column() {
    let mut input = example("Land", 1, 4, 1);
    input.actors[3].name = "Silent one".to_owned();
    let figure = draw(&input);
    assert!(figure.svg.contains("Silent on every clause, without a column: Silent one."));
    assert!(!figure.svg.contains("<title>Silent one: silent"));
    input.actors[3].principal = true;
    assert!(draw(&input).svg.contains("<title>Silent one: silent (Land: Land)"));
}

#[test]
fn a_name_without_room_gives_way_to_the_short_one_and_is_given_below() {
    let mut input = example("Land", 2, 9, 1);
    let long = "The Provisional Administration of the Confederated Highland and Riverside Districts";
    input.actors[1].name = long.to_owned();
    let figure = draw(&input);
    assert!(figure.svg.contains(">A1<") && figure.svg.contains(&format!("A1: {long}")));
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    examine(&draw(&Matrix { caption: caption(), ..Default::default() }));
    for (principals, actors, options) in [(0, 0, 0), (0, 0, 2), (1, 1, 1), (2, 3, 64), (3, 40, 2), (12, 12, 1)] {
        for text in [HOSTILE, ""] {
            let figure = draw(&example(text, principals, actors, options));
            examine(&figure);
            examine_labels(&figure);
        }
    }
}

#[test]
fn equal_inputs_give_equal_bytes() {
    assert_eq!(draw(&example("x", 2, 9, 2)), draw(&example("x", 2, 9, 2)));
}
