use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn caption() -> Caption {
    Caption { id: "blocks".to_owned(), title: "Blocks".to_owned(), credit: None }
}

fn refusals(options: &[usize], law: bool) -> Vec<Refusal> {
    options.iter().map(|option| Refusal { option: *option, words: !law, law, title: "p1".to_owned() }).collect()
}

fn side(ruled_out: Vec<Refusal>, asked: &[usize], tabled: &[usize]) -> Side {
    Side { ruled_out, asked: asked.to_vec(), tabled: tabled.to_vec(), ..Side::default() }
}

/// Five options: the one leaves the first open, the other the last two.
fn land(text: &str) -> Issue {
    Issue {
        title: text.to_owned(),
        options: (1..=5).map(|number| format!("{text} {number}")).collect(),
        sides: vec![
            side(refusals(&[1, 2, 3, 4], false), &[0], &[0, 2]),
            side([refusals(&[0], true), refusals(&[1, 2], false)].concat(), &[4], &[3]),
        ],
        steps: vec![vec![0, 3], vec![1, 2], vec![3, 0]],
    }
}

fn example(issue: Issue) -> Blocks {
    Blocks {
        caption: caption(),
        parties: vec!["A".to_owned(), "B".to_owned()],
        groups: vec![Group { issues: vec![issue], tied_by: String::new() }],
        free: vec!["Water".to_owned(), "Trade".to_owned()],
        untested: 1,
    }
}

fn drawn(input: &Blocks) -> Figure {
    let figure = draw(input);
    examine(&figure);
    examine_labels(&figure);
    figure
}

#[test]
fn marks_name_who_rules_out_what_by_which_rows() {
    let figure = drawn(&example(land("Land")));
    for title in [
        "A rules out option 2, Land 2: p1",
        "B rules out by its law option 1, Land 1: p1",
        "A leaves open option 1, Land 1",
        "A asks for option 1, Land 1",
        "A has tabled option 3, Land 3",
        "3 steps from option 1, Land 1 to option 4, Land 4",
    ] {
        assert!(figure.svg.contains(&format!("<title>{title}</title>")), "{title}");
    }
    assert!(!figure.svg.contains("A has tabled option 1"), "what is asked for has one mark");
}

#[test]
fn the_words_tell_what_is_left_and_how_far_apart() {
    let figure = drawn(&example(land("Land")));
    assert!(figure.svg.contains(">No option is left: 3 steps apart</text>"));
    assert!(figure.svg.contains(">B leaves open: 4 Land 4; 5 Land 5.</text>"));
    assert!(figure.svg.contains("Tested and not blocked by the limits declared so far (2 issues): Water; Trade."));
    assert!(figure.svg.contains("Not tested: 1 issue, on which a principal has neither a position nor a limit."));
    assert_eq!(figure.table.rows[0][2..], ["2–5", "", "", "1", "1, 3", "1", "p1"].map(str::to_owned));
    assert_eq!(figure.table.rows[1][2..], ["1–3", "1", "", "5", "4", "4, 5", "p1"].map(str::to_owned));
}

#[test]
fn a_check_stands_where_nobody_rules_out() {
    assert!(!drawn(&example(land("Land"))).svg.contains("nobody rules it out"));
    let mut open = land("Land");
    open.sides[0].ruled_out.pop();
    let figure = drawn(&example(open));
    assert_eq!(figure.svg.matches("nobody rules it out").count(), 1);
    assert!(figure.svg.contains("option 5, Land 5: nobody rules it out"));
}

#[test]
fn conditions_on_outcomes_close_and_conditions_in_words_leave_open() {
    let mut issue = land("Land");
    issue.sides[0].ruled_out = refusals(&[0, 1, 2], false);
    issue.sides[0].conditional = refusals(&[3], false);
    issue.sides[0].in_words = refusals(&[4], false);
    let mut input = example(issue.clone());
    input.groups[0].issues.push(issue);
    input.groups[0].tied_by = "c1".to_owned();
    let figure = drawn(&input);
    assert!(figure.svg.contains("option 4, Land 4: ruled out on a condition only"));
    assert!(figure.svg.contains("option 5, Land 5: nobody rules it out"));
    assert!(figure.svg.contains("A leaves open, on a condition in words, option 5, Land 5: p1"));
    assert!(figure.svg.contains("These 2 issues hang together (c1)"));
    assert_eq!(figure.description.matches("1 option is left here, but not with the issues tied to it").count(), 2);
}

#[test]
fn of_three_principals_the_fewest_steps_are_told() {
    let mut issue = land("Land");
    issue.sides.push(side(refusals(&[4], false), &[], &[]));
    issue.steps = vec![vec![0, 3, 0], vec![1, 1, 0]];
    let mut input = example(issue);
    input.parties.push("C".to_owned());
    let figure = drawn(&input);
    assert!(figure.svg.contains("The fewest steps that would open one: A 1, B 1."));
    assert!(!figure.svg.contains("steps apart"));
}

#[test]
fn a_side_that_rules_out_everything_is_named() {
    let mut issue = land("Land");
    issue.sides[0].ruled_out = refusals(&[0, 1, 2, 3, 4], false);
    assert!(drawn(&example(issue)).svg.contains(">A rules out every option</text>"));
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    let empty = Blocks { caption: caption(), ..Blocks::default() };
    assert!(drawn(&empty).svg.contains("Nothing is blocked by the limits declared so far."));
    for options in [0, 1, 2, 40, 64] {
        let mut issue = land(HOSTILE);
        issue.options = vec![HOSTILE.to_owned(); options];
        issue.sides[0].tabled = (0..options).collect();
        issue.sides[1].asked = vec![999];
        issue.sides[1].ruled_out = refusals(&(0..options).collect::<Vec<_>>(), true);
        let mut input = example(issue.clone());
        input.parties = vec![HOSTILE.to_owned(); 3];
        input.groups = vec![Group { issues: vec![issue; 3], tied_by: HOSTILE.to_owned() }; 4];
        input.free = vec![HOSTILE.to_owned(); 20];
        drawn(&input);
    }
}

#[test]
fn neighbours_are_joined_in_numbers() {
    assert_eq!(words::numbers(&[4, 0, 1, 2, 2]), "1–3, 5");
    assert_eq!(words::numbers(&[0, 1]), "1, 2");
    assert_eq!(words::numbers(&[]), "");
}

#[test]
fn equal_inputs_give_equal_bytes() {
    assert_eq!(draw(&example(land("x"))), draw(&example(land("x"))));
}
