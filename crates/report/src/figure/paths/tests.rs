use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn node(number: u64, words: &str, holds: &str, by: Option<(usize, bool)>, then: Vec<Node>) -> Node {
    let by = by.map(|(mover, better)| By { mover, better });
    Node { number, words: words.to_owned(), holds: holds.to_owned(), by, then }
}

fn drawn(movers: &[&str], panels: Vec<Panel>, notes: &[&str]) -> Figure {
    let input = Paths {
        caption: Caption { id: "paths".to_owned(), title: "Paths".to_owned(), credit: None },
        movers: movers.iter().map(|name| (*name).to_owned()).collect(),
        panels,
        notes: notes.iter().map(|note| (*note).to_owned()).collect(),
    };
    let figure = draw(&input);
    examine(&figure);
    examine_labels(&figure);
    assert_eq!(figure, draw(&input));
    figure
}

fn tree(text: &str) -> Panel {
    let far = node(4, text, "holds: Nash", Some((0, true)), Vec::new());
    let way = node(2, text, "", Some((1, true)), vec![far, node(5, text, "holds: GMR", Some((0, true)), Vec::new())]);
    let near = node(3, text, "holds: SEQ", Some((0, false)), Vec::new());
    Panel { title: "By any moves".to_owned(), root: node(1, text, "", None, vec![way, near]) }
}

#[test]
fn a_move_names_who_makes_it_from_where_to_where_and_whether_it_is_liked() {
    let figure = drawn(&["North", "South"], vec![tree("words")], &[]);
    assert!(figure.svg.contains("<title>South: from state 1 to state 2, which it prefers</title>"));
    assert!(figure.svg.contains("<title>North: from state 1 to state 3, which it does not prefer</title>"));
    assert_eq!(figure.table.rows.len(), 3);
    assert_eq!(figure.table.rows[0][4], "South goes to state 2, North goes to state 4 (holds: Nash)");
    assert!(figure.description.starts_with("By any moves, from state 1: South goes to state 2"));
}

#[test]
fn a_state_that_would_hold_has_a_double_frame_and_says_under_what() {
    let figure = drawn(&["North", "South"], vec![tree("words")], &["No moves lead to state 9."]);
    // Three states and the key.
    assert_eq!(figure.svg.matches("rx=\"3.5\"").count(), 3);
    assert!(figure.svg.contains(">holds: Nash</text>") && figure.svg.contains("1 (now)"));
    assert!(figure.svg.contains("No moves lead to state 9."));
}

#[test]
fn a_state_that_holds_on_the_way_to_another_is_told_as_well() {
    let far = node(3, "", "holds: Nash", Some((0, true)), Vec::new());
    let way = node(2, "", "holds: GMR", Some((1, true)), vec![far]);
    let figure =
        drawn(&["A", "B"], vec![Panel { title: "T".into(), root: node(1, "", "holds: GMR", None, vec![way]) }], &[]);
    assert_eq!(figure.table.rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["2", "3"]);
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    drawn(&[], Vec::new(), &[]);
    drawn(&[], vec![tree("")], &[]);
    drawn(&[HOSTILE, HOSTILE], vec![tree(HOSTILE), Panel::default()], &[HOSTILE]);
    let mut deep = node(u64::MAX, HOSTILE, HOSTILE, Some((9, true)), Vec::new());
    for _ in 0..6 {
        deep = node(1_000_000, HOSTILE, HOSTILE, Some((0, false)), vec![deep.clone(), deep]);
        deep.then[1].then.clear();
    }
    drawn(&["A", "B"], vec![Panel { title: HOSTILE.to_owned(), root: deep }], &[]);
}
