use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn staircase(title: &str, points: &[&[u32]]) -> Staircase {
    let point = |steps: &&[u32]| Point { steps: steps.to_vec(), title: format!("opens {title}") };
    Staircase { title: title.to_owned(), points: points.iter().map(point).collect() }
}

fn example(parties: &[&str], joint: Staircase, issues: Vec<Staircase>) -> Steps {
    Steps {
        caption: Caption { id: "steps".to_owned(), title: "Steps".to_owned(), credit: None },
        parties: parties.iter().map(|name| (*name).to_owned()).collect(),
        joint,
        issues,
    }
}

fn drawn(input: &Steps) -> Figure {
    let figure = draw(input);
    examine(&figure);
    examine_labels(&figure);
    figure
}

#[test]
fn every_point_names_the_steps_of_both_and_what_they_open() {
    let land = staircase("Land", &[&[0, 2], &[1, 0]]);
    let joint = staircase("All", &[&[0, 3], &[1, 1], &[2, 0]]);
    let figure = drawn(&example(&["A", "B"], joint, vec![land, staircase("Water", &[&[0, 1], &[1, 0]])]));
    assert!(figure.svg.contains("<title>A 0 steps, B 3 steps: opens All</title>"));
    assert!(figure.svg.contains("<title>A 1 step, B 0 steps: opens Land</title>"));
    assert!(figure.svg.contains(">1 and 1</text>"));
    assert_eq!(figure.table.rows.len(), 7);
    assert_eq!(figure.table.columns, ["What blocks", "Steps of A", "Steps of B", "What they open"].map(str::to_owned));
    assert!(figure.description.contains("All: A 0 steps, B 3 steps; or A 1 step, B 1 step"));
}

#[test]
fn a_single_issue_has_one_panel_and_its_words_beside_it() {
    let land = staircase("Land", &[&[0, 2], &[1, 0]]);
    let figure = drawn(&example(&["A", "B"], land.clone(), vec![land]));
    assert_eq!(figure.table.rows.len(), 2);
    assert!(figure.svg.contains(">A 0 steps, B 2 steps</text>"));
}

#[test]
fn the_area_lies_beyond_every_point() {
    // The outline goes down to a point, level to the next, and down again.
    let input = example(&["A", "B"], staircase("Land", &[&[0, 1], &[1, 0]]), Vec::new());
    let panel = Panel { left: 0.0, top: 0.0, side: 400.0, named: true };
    let plane = Plane::new(&panel, 1);
    let (x0, x1, y0, y1) = (plane.x(0), plane.x(1), plane.y(0), plane.y(1));
    let mut canvas = Canvas::new(&input.caption);
    plane.area(&mut canvas, &[(1, 0), (0, 1)]);
    let figure = canvas.finish(10.0, "d".to_owned(), DataTable::default());
    let mut outline = String::new();
    polyline(&[(x0, plane.top), (x0, y1), (x1, y1), (x1, y0), (plane.right, y0)]).write(&mut outline);
    let d = outline.split('"').nth(1).unwrap().to_owned();
    assert!(figure.svg.contains(&d), "{d}");
}

#[test]
fn of_three_principals_there_is_a_table_and_it_says_so() {
    let figure = drawn(&example(&["A", "B", "C"], staircase("Land", &[&[0, 1, 2], &[1, 0, 0]]), Vec::new()));
    assert!(figure.svg.contains("Steps of 3 principals cannot be drawn in a plane."));
    assert!(figure.svg.contains("<title>A 0 steps, B 1 step, C 2 steps: opens Land</title>"));
    assert_eq!(figure.table.rows.len(), 2);
}

#[test]
fn where_no_number_is_enough_the_panel_says_so() {
    let figure = drawn(&example(
        &["A", "B"],
        staircase("All", &[]),
        vec![staircase("Land", &[]), staircase("Water", &[&[0, 1]])],
    ));
    assert_eq!(figure.svg.matches("No number of steps").count(), 2);
    assert_eq!(figure.table.rows.len(), 3);
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    for count in [0, 1, 2, 3, 5, 9] {
        drawn(&example(&vec![HOSTILE; count], Staircase::default(), Vec::new()));
        let steps: Vec<Vec<u32>> = (0..400).map(|step| vec![step; count]).collect();
        let slices: Vec<&[u32]> = steps.iter().map(Vec::as_slice).collect();
        drawn(&example(&vec![HOSTILE; count], staircase(HOSTILE, &slices), vec![staircase(HOSTILE, &slices[..3]); 23]));
    }
    let vast: [&[u32]; 2] = [&[0, 5_000], &[64_000, 0]];
    drawn(&example(&["A", "B"], staircase("x", &vast), Vec::new()));
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let input = || example(&["A", "B"], staircase("x", &[&[0, 1], &[1, 0]]), Vec::new());
    assert_eq!(draw(&input()), draw(&input()));
}
