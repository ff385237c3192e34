use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn caption() -> Caption {
    Caption { id: "outcomes".to_owned(), title: "Outcomes".to_owned(), credit: None }
}

fn concepts() -> Vec<String> {
    ["Nash", "GMR", "SMR", "SEQ", "SSEQ"].map(str::to_owned).to_vec()
}

fn outcome(number: u64, words: &str, shares: Option<f64>) -> Outcome {
    let cells = (0..5).map(|place| Cell { holds: place % 2 == 0, share: shares.map(|share| share * f64::from(place)) });
    Outcome {
        number,
        words: words.to_owned(),
        taken: vec![true, false, true],
        cells: cells.collect(),
        ..Default::default()
    }
}

fn drawn(input: &Outcomes) -> Figure {
    let figure = draw(input);
    examine(&figure);
    examine_labels(&figure);
    assert_eq!(figure, draw(input));
    figure
}

fn example(text: &str, shares: Option<f64>) -> Outcomes {
    Outcomes {
        caption: caption(),
        concepts: concepts(),
        options: vec![text.to_owned(), "opens".to_owned(), text.to_owned()],
        sides: vec![
            Side { name: text.to_owned(), options: vec![0, 2] },
            Side { name: "South".to_owned(), options: vec![1, 77] },
        ],
        draws: shares.map(|_| 200),
        rows: vec![
            Outcome { now: true, desired: true, still: true, name: text.to_owned(), ..outcome(3, text, shares) },
            outcome(7, text, shares),
            Outcome { still: true, ..outcome(u64::MAX, text, shares) },
        ],
        more: 2,
    }
}

#[test]
fn a_cell_tells_the_share_as_number_and_shade_and_the_files_own_order_by_a_shape() {
    let figure = drawn(&example("North", Some(0.25)));
    assert!(figure.svg.contains("<title>State 7, GMR: does not hold as the file stands, in 25 % of draws</title>"));
    assert!(figure.svg.contains("<title>State 7, SMR: holds as the file stands, in 50 % of draws</title>"));
    assert_eq!(figure.table.rows[1], ["State 7", "North", "0 %, holds", "25 %", "50 %, holds", "75 %", "100 %, holds"]);
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        assert!(figure.svg.contains(&shade(share)));
    }
}

#[test]
fn without_draws_there_are_marks_only() {
    let figure = drawn(&example("North", None));
    assert!(figure.svg.contains(">holds</text>") && figure.svg.contains(">–</text>"));
    assert!(!figure.svg.contains('%') && !figure.svg.contains("draws"));
}

#[test]
fn where_things_stand_what_was_asked_for_and_what_nobody_can_leave_are_told_in_words() {
    let figure = drawn(&example("North", Some(0.1)));
    assert!(figure.svg.contains(">now</text>") && figure.svg.contains(">asked for</text>"));
    assert_eq!(figure.svg.matches("nobody can move from it").count(), 2);
    assert!(figure.svg.contains("2 other states hold under some concept, as the file stands or in some draws."));
    assert!(figure.description.contains("State 3 (now, asked for), North: Nash 0 % holds, GMR 10 %"));
}

#[test]
fn a_greater_share_is_darker_in_grey() {
    let grey = |share: f64| u32::from_str_radix(&shade(share)[1..3], 16).unwrap();
    assert!((0..10).all(|tenth| grey(f64::from(tenth) / 10.0) > grey(f64::from(tenth + 1) / 10.0)));
    assert_eq!(shade(f64::NAN), "#ffffff");
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    assert!(drawn(&Outcomes { caption: caption(), ..Default::default() }).svg.contains("No state holds"));
    drawn(&example(HOSTILE, Some(f64::NAN)));
    drawn(&example("", None));
    let mut many = example(HOSTILE, Some(0.2));
    many.options = vec![HOSTILE.to_owned(); 64];
    drawn(&many);
    many.options.truncate(MOST_OPTIONS);
    many.sides = (0..8).map(|side| Side { name: HOSTILE.to_owned(), options: vec![side, side + 8] }).collect();
    many.rows.iter_mut().for_each(|row| row.taken = vec![true; MOST_OPTIONS]);
    drawn(&many);
}
