use super::*;
use crate::figure::{HOSTILE, examine, examine_labels};

fn example() -> Cloud {
    let solution = |name: &str, worth: [f64; 2]| Solution {
        name: name.to_owned(),
        worth: worth.to_vec(),
        title: "Land: One".to_owned(),
    };
    Cloud {
        caption: Caption { id: "cloud".to_owned(), title: "Cloud".to_owned(), credit: None },
        parties: vec!["A".to_owned(), "B".to_owned()],
        packages: (0..=10).map(|n| Heap { at: [f64::from(n) / 10.0, 1.0 - f64::from(n) / 12.0], count: 1.0 }).collect(),
        kept: vec![vec![0.7, 0.4], vec![0.5, 0.6]],
        lifted: vec![vec![1.0, 0.2], vec![0.6, 0.6], vec![0.2, 1.0]],
        without: vec![Worth { low: 0.2, best: 0.3, high: 0.4 }, Worth { low: 0.1, best: 0.2, high: 0.5 }],
        solutions: vec![
            solution("Nash", [0.5, 0.6]),
            solution("Egalitarian", [0.5, 0.6]),
            solution("Utilitarian", [0.7, 0.4]),
        ],
    }
}

fn drawn(input: &Cloud) -> Figure {
    let figure = draw(input);
    examine(&figure);
    examine_labels(&figure);
    figure
}

#[test]
fn what_stands_out_is_named_and_points_that_tie_share_a_mark() {
    let figure = drawn(&example());
    assert!(figure.svg.contains("<title>Nash; Egalitarian: A 50 %, B 60 %: Land: One; Land: One</title>"));
    assert!(figure.svg.contains("<title>Utilitarian: A 70 %, B 40 %: Land: One</title>"));
    assert!(figure.svg.contains("<title>no agreement is worth 30 % to A (20 % to 40 %)</title>"));
    assert!(figure.svg.contains("<title>11 packages</title>"));
    assert_eq!(figure.table.rows.len(), 3 + 3 + 2 + 3);
}

#[test]
fn without_a_package_beyond_both_values_no_zone_is_shaded() {
    let zone = "<title>zone: both have";
    assert!(drawn(&example()).svg.contains(zone));
    let mut none = example();
    none.without[0].best = 0.9;
    assert!(!drawn(&none).svg.contains(zone));
}

#[test]
fn more_packages_make_a_larger_dot() {
    assert!(radius(1.0, 1e6) < radius(1e3, 1e6) && radius(1e3, 1e6) < radius(1e6, 1e6));
    assert_eq!(radius(1.0, 1.0), radius(1.0, 1.0));
}

#[test]
fn nothing_and_anything_can_be_drawn() {
    drawn(&Cloud { caption: example().caption, ..Cloud::default() });
    let mut input = example();
    input.parties = vec![HOSTILE.to_owned(); 2];
    input.packages = vec![Heap { at: [f64::NAN, 7.0], count: f64::INFINITY }, Heap { at: [0.5, 0.5], count: 1e40 }];
    input.solutions = (0..9)
        .map(|n| Solution {
            name: HOSTILE.to_owned(),
            worth: vec![0.5, 0.5 + f64::from(n) / 1e3],
            title: HOSTILE.to_owned(),
        })
        .collect();
    input.without[0] = Worth { low: f64::NAN, best: 2.0, high: -1.0 };
    drawn(&input);
    input.parties.push("C".to_owned());
    drawn(&input);
}
