use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn stairs(corners: &[[f64; 2]], equal: Option<f64>) -> Stairs {
    Stairs { corners: corners.iter().map(|corner| corner.to_vec()).collect(), equal }
}

fn example() -> Thresholds {
    let band = |party, others, low, high| Band { party, others, low, high };
    Thresholds {
        caption: Caption { id: "thresholds".to_owned(), title: "Thresholds".to_owned(), credit: None },
        parties: vec!["A".to_owned(), "B".to_owned()],
        benchmark: stairs(&[[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]], Some(0.5)),
        kept: stairs(&[[0.9, 0.3], [0.65, 0.62]], Some(0.62)),
        lifted: stairs(&[[1.0, 0.2], [0.7, 0.7], [0.3, 1.0]], Some(0.7)),
        bands: vec![band(0, 0.0, 0.8, 1.0), band(0, 0.5, 0.6, 0.7), band(1, 0.0, 0.6, 0.7), band(1, 0.5, 0.5, 0.7)],
        bands_kept: true,
        issues: 11,
    }
}

fn drawn(input: &Thresholds) -> Figure {
    let figure = draw(input);
    examine(&figure);
    examine_labels(&figure);
    figure
}

#[test]
fn the_room_goes_from_the_equal_share_of_the_benchmark_to_that_of_the_packages() {
    let figure = drawn(&example());
    assert!(figure.svg.contains("<title>room 12 %, limits kept: from 50 % to 62 % each</title>"));
    assert!(figure.svg.contains("With limits lifted both can have 70 % at once: room 20 %."));
    assert!(figure.svg.contains("<title>A 65 % and B 62 %: what packages give to both at once, limits kept</title>"));
    let kept = figure.table.rows.iter().filter(|row| row[0] == "limits kept").count();
    assert_eq!((figure.table.rows.len(), kept), (8, 2));
}

#[test]
fn without_packages_there_is_no_room_and_the_figure_says_so() {
    let figure = drawn(&Thresholds { kept: Stairs::default(), ..example() });
    assert!(figure.description.contains("With limits kept there is no package, so no room to measure."));
    assert!(figure.svg.contains("<title>room 20 %, limits lifted: from 50 % to 70 % each</title>"));
}

#[test]
fn a_room_below_nothing_points_back() {
    let figure = drawn(&Thresholds { kept: stairs(&[[0.4, 0.4]], Some(0.4)), ..example() });
    assert!(figure.svg.contains("<title>room −10 %, limits kept: from 50 % to 40 % each</title>"));
}

#[test]
fn of_three_principals_the_equal_shares_are_told() {
    let mut input = example();
    input.parties.push("C".to_owned());
    input.kept.corners = vec![vec![0.5, 0.5, 0.6]];
    let figure = drawn(&input);
    assert!(figure.svg.contains("Shares of 3 principals cannot be drawn in a plane"));
    assert!(figure.table.rows.contains(&["limits kept", "50 %", "50 %", "60 %"].map(str::to_owned).to_vec()));
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    drawn(&Thresholds { caption: example().caption, ..Thresholds::default() });
    let mut input = Thresholds { parties: vec![HOSTILE.to_owned(); 2], ..example() };
    let many: Vec<[f64; 2]> = (0..50_000).map(|n| [f64::from(n) / 5e4, 1.0 - f64::from(n) / 5e4]).collect();
    input.lifted = stairs(&many, Some(1.0));
    input.kept = stairs(&[[f64::NAN, 2.0], [-1.0, f64::INFINITY]], Some(f64::NAN));
    input.bands = vec![Band { party: 7, ..Band::default() }, Band { low: f64::NAN, ..Band::default() }];
    let figure = drawn(&input);
    assert!(figure.table.rows.len() < 200 && figure.svg.len() < 100_000, "{}", figure.svg.len());
    for equal in [0.0, 0.01, 0.99, 1.0] {
        drawn(&Thresholds { kept: stairs(&[[equal, equal]], Some(equal)), ..example() });
        drawn(&Thresholds { benchmark: stairs(&[[equal, equal]], Some(equal)), ..example() });
    }
}
