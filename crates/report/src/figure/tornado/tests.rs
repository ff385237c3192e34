use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn bar(input: &str, low: f64, high: f64) -> Bar {
    Bar { input: input.to_owned(), low, high }
}

fn drawn(stated: f64, bars: Vec<Bar>) -> Figure {
    let caption = Caption { id: "tornado".to_owned(), title: "Tornado".to_owned(), credit: None };
    let figure = draw(&Tornado { caption, result: "Room".to_owned(), stated, bars });
    examine(&figure);
    examine_labels(&figure);
    figure
}

#[test]
fn the_longest_bar_is_first_and_its_ends_are_told() {
    let figure = drawn(0.1, vec![bar("small", 0.08, 0.11), bar("large", -0.05, 0.3)]);
    assert_eq!(figure.table.rows[0], ["large", "−5 %", "10 %", "30 %"]);
    assert!(figure.svg.contains("<title>large: −5 % to 30 %</title>"));
    assert!(figure.svg.contains(">30 %</text>") && figure.svg.contains(">10 % at the stated values</text>"));
    assert!(figure.svg.find("large:").unwrap() < figure.svg.find("small:").unwrap());
}

#[test]
fn at_most_twelve_bars_are_drawn_and_the_others_counted() {
    let bars: Vec<Bar> = (0..15).map(|n| bar(&format!("input {n}"), 0.0, f64::from(n) / 100.0)).collect();
    let figure = drawn(0.0, bars);
    assert!(figure.svg.contains("3 more with shorter bars in the table."));
    assert!(figure.svg.contains("input 3:") && !figure.svg.contains("input 2:"));
    assert_eq!(figure.table.rows.len(), 15);
}

#[test]
fn an_input_that_moves_nothing_says_so() {
    let figure = drawn(0.2, vec![bar("still", 0.2, 0.2)]);
    assert!(figure.svg.contains("<title>still: does not move it, 20 %</title>"));
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    assert!(drawn(0.0, Vec::new()).svg.contains("No input is uncertain."));
    drawn(f64::NAN, vec![bar(HOSTILE, f64::NAN, f64::INFINITY); 20]);
    drawn(1.0, vec![bar(HOSTILE, -1.0, 1.0), bar("", 1.0, -1.0), bar("x", 0.999, 1.0)]);
    drawn(-40.0, vec![bar("x", -40.0, 1e6)]);
}
