use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::stability::{Asked, lower, stability};
use detente_case::stability::{StabilityModel, read};
use detente_case::{Findings, Level, bundled};
use detente_stability::{Concept, State};

use super::*;
use crate::drawings::tests::bundled_case;
use crate::figure::{examine, examine_labels};

const TEXTBOOK: [&str; 7] = [
    "textbook/prisoners-dilemma",
    "textbook/chicken",
    "textbook/stag-hunt",
    "textbook/cuban-missile-crisis",
    "textbook/cuban-missile-crisis-reversible",
    "textbook/elmira",
    "textbook/elmira-options",
];

fn answer_of(source: &StabilityModel, asked: &Asked) -> Stability {
    let settings = Settings { level: Level::Public, seed: 1, draws: 200 };
    let lowered = lower(source, 1 << 20, &mut Findings::default()).unwrap();
    stability(source, &lowered, asked, About::of_file(Layer::C, "stability", b"", settings), settings).unwrap()
}

fn written(text: &str) -> StabilityModel {
    let mut findings = Findings::default();
    read("m.toml", text.as_bytes().to_vec(), &mut findings).unwrap_or_else(|| panic!("{:#?}", findings.into_sorted()))
}

fn textbook(name: &str) -> Stability {
    let (file, bytes) = bundled::model(name).unwrap();
    answer_of(&read(file, bytes.to_vec(), &mut Findings::default()).unwrap(), &Asked::default())
}

fn flagship(asked: &Asked) -> Stability {
    let case = bundled_case("russia-ukraine");
    answer_of(&case.stability.iter().next().unwrap().model, asked)
}

/// Figures whose labels lie inside and apart.
fn checked(figure: Figure) -> Figure {
    examine(&figure);
    examine_labels(&figure);
    figure
}

fn rows(figure: &Figure) -> Vec<&str> {
    figure.table.rows.iter().map(|row| row[0].as_str()).collect()
}

#[test]
fn no_label_is_cut_off_or_lies_on_another_in_the_textbook_models() {
    for name in TEXTBOOK {
        let answer = textbook(name);
        for draw in [outcomes, stability_paths, state_graph] {
            let figure = checked(draw(&answer, "").unwrap_or_else(|| panic!("{name}")));
            assert_eq!(draw(&textbook(name), "").unwrap(), figure, "{name}");
        }
    }
}

#[test]
fn figures_of_several_models_can_stand_in_one_page() {
    let answer = textbook("textbook/chicken");
    let figures = [outcomes, stability_paths, state_graph].map(|draw| draw(&answer, "ceasefire line").unwrap());
    assert_eq!(
        figures.map(|figure| checked(figure).id),
        ["outcomes-ceasefire line", "paths-ceasefire line", "states-ceasefire line"]
    );
}

#[test]
fn certain_preferences_give_marks_and_no_shares() {
    let figure = checked(outcomes(&textbook("textbook/cuban-missile-crisis-reversible"), "").unwrap());
    assert_eq!(rows(&figure), ["State 5", "State 7", "State 1 (now)", "State 2", "State 3", "State 6", "State 8"]);
    assert_eq!(figure.table.rows[0][2..], ["", "holds", "holds", "holds", "holds"]);
}

#[test]
fn uncertain_preferences_give_the_shares_of_the_answer() {
    let answer = flagship(&Asked::default());
    let figure = checked(outcomes(&answer, "").unwrap());
    assert_eq!(figure.table.rows.len(), MOST_OUTCOMES);
    let told = |number: u64| {
        figure.table.rows.iter().find(|row| row[0].split(' ').nth(1) == Some(&number.to_string())).unwrap()
    };
    for share in &answer.robustness.as_ref().unwrap().shares {
        let strong = share.by_concept.sseq.share;
        assert!(strong < 0.05 || told(share.state)[6].starts_with(&format!("{} %", (strong * 100.0).round())));
    }
    // The status quo, and what holds as the file stands, even where it does so in few draws.
    assert_eq!(told(33)[0], "State 33 (now)");
    assert!(told(27)[3].ends_with("holds"));
    assert!(figure.svg.contains("other states hold under some concept, as the file stands or in some draws."));
}

#[test]
fn a_state_that_was_asked_for_has_a_row_whether_it_holds_or_not() {
    let asked = Asked { desired: Some((State(5), Concept::Nash)), ..Asked::default() };
    let figure = checked(outcomes(&flagship(&asked), "").unwrap());
    let row = figure.table.rows.iter().find(|row| row[0] == "State 6 (asked for)").unwrap();
    assert_eq!(row[2..], ["0 %", "0 %", "0 %", "0 %", "0 %"]);
}

#[test]
fn states_that_nobody_can_leave_are_marked() {
    let figure = outcomes(&textbook("textbook/elmira"), "").unwrap();
    assert_eq!(figure.svg.matches("nobody can move from it").count(), 1);
}

#[test]
fn paths_are_those_of_the_answer_by_liked_moves_first() {
    let figure = stability_paths(&textbook("textbook/cuban-missile-crisis"), "").unwrap();
    let way = figure.table.rows.iter().find(|row| row[0] == "5").unwrap();
    assert_eq!(way[3], "By moves that each mover likes");
    assert_eq!(
        way[4],
        "United States goes to state 3, Soviet Union goes to state 7, United States goes to state 5 (holds: GMR, SMR, SEQ, SSEQ)"
    );
    let figure = stability_paths(&textbook("textbook/elmira"), "").unwrap();
    assert!(figure.svg.contains("Not by moves that each mover likes: states 4, 8 and 9."));
}

#[test]
fn where_no_liked_moves_lead_anywhere_that_is_said() {
    let figure = checked(stability_paths(&flagship(&Asked::default()), "").unwrap());
    assert!(figure.svg.contains("No other state that would hold comes about by moves that each mover likes."));
    let way = figure.table.rows.iter().find(|row| row[0] == "4").unwrap();
    assert_eq!(way[4].matches("goes to state").count(), 4);
}

const CROSSING: &str = r#"
schema = 1
title = "T"
[[option]]
id = "a"
label = "A acts"
[[option]]
id = "b"
label = "B acts"
moves = "forward"
[[decision_maker]]
id = "a"
name = "A"
options = ["a"]
ranking = "1 2 3 4"
[[decision_maker]]
id = "b"
name = "B"
options = ["b"]
ranking = "1 2 3 4"
"#;

#[test]
fn without_a_status_quo_there_are_no_paths() {
    let source = written(CROSSING);
    assert!(stability_paths(&answer_of(&source, &Asked::default()), "").is_none());
    checked(state_graph(&answer_of(&source, &Asked::default()), "").unwrap());
}

#[test]
fn a_state_that_no_moves_reach_is_told_in_words() {
    let source = written(&CROSSING.replace("title = \"T\"", "title = \"T\"\nstatus_quo = 4"));
    let figure = checked(stability_paths(&answer_of(&source, &Asked::default()), "").unwrap());
    assert!(figure.svg.contains("Would hold, and no moves lead there: states 1 and 2."));
}

#[test]
fn only_models_of_few_states_are_drawn_as_a_graph() {
    assert!(state_graph(&flagship(&Asked::default()), "").is_none());
    let figure = state_graph(&textbook("textbook/elmira"), "").unwrap();
    assert_eq!(figure.table.rows.len(), 9);
    // As the file gives moves and rankings, by hand.
    let first = ["1 (now)", "Delay; order as it is; no insistence", "GMR, SMR", "Local government: 5"];
    assert_eq!(figure.table.rows[0][..4], first);
    assert_eq!(figure.table.rows[0][4], "Ministry of the Environment: 2; Uniroyal: 3, 9");
    assert_eq!(figure.table.rows[8], ["9", "Plant abandoned", "all concepts", "", ""]);
}
