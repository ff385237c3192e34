//! Small cases whose frontiers are known, worked out by hand or by listing every package.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up stops")]

use detente_packages::number::parse;
use detente_packages::{Caps, Exact, Frontier, Literal, Problem, Rule, frontier, frontier_above};
use num_bigint::BigUint;

fn problem(issues: &[&[&[i64]]]) -> Problem<i64> {
    let coordinates = issues[0][0].len();
    let issues = issues.iter().map(|options| options.iter().map(|values| values.to_vec()).collect()).collect();
    Problem::new(vec![0; coordinates], issues).unwrap()
}

/// The literal that an issue has one of some options, counted from 1 as in the names of packages here.
fn literal(problem: &Problem<i64>, issue: usize, options: &[usize]) -> Literal {
    Literal {
        issue: issue - 1,
        holds: (1..=problem.options(issue - 1)).map(|option| options.contains(&option)).collect(),
    }
}

/// Each point as its worth and its packages, "132" for the first, third and second option.
fn listed(frontier: &Frontier<i64>) -> Vec<(Vec<i64>, Vec<String>)> {
    let name = |package: Vec<u16>| package.iter().map(|option| (option + 1).to_string()).collect();
    let points = frontier.points().iter().enumerate();
    points.map(|(place, point)| (point.worth.clone(), frontier.packages(place).map(name).collect())).collect()
}

fn expected(points: &[(&[i64], &[&str])]) -> Vec<(Vec<i64>, Vec<String>)> {
    points.iter().map(|(worth, names)| (worth.to_vec(), names.iter().map(ToString::to_string).collect())).collect()
}

fn case_a() -> Problem<i64> {
    problem(&[&[&[7, 5], &[2, 7], &[0, 19]], &[&[5, 2], &[3, 8], &[1, 20]], &[&[9, 5], &[8, 10], &[0, 13]]])
}

#[test]
fn two_parties_three_issues_ten_worths_eleven_packages() {
    let found = frontier(&case_a(), Caps::default()).unwrap();
    let points: &[(&[i64], &[&str])] = &[
        (&[21, 12], &["111"]),
        (&[20, 17], &["112"]),
        (&[19, 18], &["121"]),
        (&[18, 23], &["122"]),
        (&[17, 30], &["131"]),
        (&[16, 35], &["132"]),
        (&[11, 37], &["232", "322"]),
        (&[10, 44], &["331"]),
        (&[9, 49], &["332"]),
        (&[1, 52], &["333"]),
    ];
    assert_eq!(listed(&found), expected(points));
    assert_eq!(found.package_count(), BigUint::from(11_u8));
}

#[test]
fn above_ten_and_five_eight_worths_are_left() {
    let found = frontier_above(&case_a(), &[10, 5], Caps::default()).unwrap();
    assert_eq!(found.points().len(), 8);
    assert!(found.points().iter().all(|point| point.worth[0] >= 10 && point.worth[1] >= 5));
}

#[test]
fn equal_worths_are_one_point_with_all_its_packages() {
    let options: &[&[i64]] = &[&[0, 4], &[2, 2], &[4, 0]];
    let found = frontier(&problem(&[options, options]), Caps::default()).unwrap();
    let points: &[(&[i64], &[&str])] = &[
        (&[8, 0], &["33"]),
        (&[6, 2], &["23", "32"]),
        (&[4, 4], &["13", "22", "31"]),
        (&[2, 6], &["12", "21"]),
        (&[0, 8], &["11"]),
    ];
    assert_eq!(listed(&found), expected(points));
}

#[test]
fn three_parties_one_issue_all_six_options() {
    let options: &[&[i64]] = &[&[5, 5, 9], &[5, 6, 7], &[6, 5, 7], &[10, 0, 0], &[0, 10, 0], &[0, 0, 10]];
    let found = frontier(&problem(&[options]), Caps::default()).unwrap();
    assert_eq!(found.points().len(), 6);
    assert_eq!(found.witness(0), vec![3]);
}

fn case_b() -> Problem<i64> {
    problem(&[
        &[&[9, 5, 4], &[5, 4, 4], &[6, 0, 7]],
        &[&[7, 7, 7], &[0, 0, 0]],
        &[&[4, 1, 0], &[0, 9, 7]],
        &[&[5, 9, 4], &[9, 6, 8]],
    ])
}

#[test]
fn rules_are_kept_before_the_frontier_is_taken_not_after() {
    let mut with = case_b();
    let not_first = literal(&with, 1, &[1]).negated();
    with.add_rule(Rule::any(vec![not_first, literal(&with, 3, &[1])])).unwrap();
    with.add_rule(Rule::not_all(vec![literal(&with, 2, &[2]), literal(&with, 4, &[2])])).unwrap();
    let points: &[(&[i64], &[&str])] = &[
        (&[29, 19, 19], &["1112"]),
        (&[26, 14, 22], &["3112"]),
        (&[25, 22, 15], &["1111"]),
        (&[22, 22, 29], &["3122"]),
        (&[21, 26, 26], &["2122"]),
        (&[17, 29, 22], &["2121"]),
    ];
    assert_eq!(listed(&frontier(&with, Caps::default()).unwrap()), expected(points));
    let above = frontier_above(&with, &[20, 20, 20], Caps::default()).unwrap();
    assert_eq!(listed(&above), expected(&[(&[22, 22, 29], &["3122"]), (&[21, 26, 26], &["2122"])]));
}

#[test]
fn without_rules_the_same_issues_have_another_frontier() {
    let points: &[(&[i64], &[&str])] = &[
        (&[29, 19, 19], &["1112"]),
        (&[26, 14, 22], &["3112"]),
        (&[25, 27, 26], &["1122"]),
        (&[22, 22, 29], &["3122"]),
        (&[21, 30, 22], &["1121"]),
    ];
    assert_eq!(listed(&frontier(&case_b(), Caps::default()).unwrap()), expected(points));
}

#[test]
fn decimals_that_floats_get_wrong_are_right() {
    // In floating point 0.1 + 0.2 is more than 0.3, and the first package would survive.
    let tenth = |text: &str| (parse(text).unwrap() * Exact::from_integer(10.into())).to_integer().try_into().unwrap();
    let option = |a: &str, b: &str| vec![tenth(a), tenth(b)];
    let issues =
        vec![vec![option("0.1", "0.2"), option("0.3", "0.3")], vec![option("0.2", "0.3"), option("0.0", "0.3")]];
    let mut with: Problem<i64> = Problem::new(vec![0, 0], issues).unwrap();
    let (first, second) = (literal(&with, 1, &[1]), literal(&with, 2, &[1]));
    with.add_rule(Rule::any(vec![first.negated(), second.clone()])).unwrap();
    with.add_rule(Rule::any(vec![first, second.negated()])).unwrap();
    assert_eq!(listed(&frontier(&with, Caps::default()).unwrap()), expected(&[(&[3, 6], &["22"])]));
}

#[test]
fn no_issues_leave_one_package_the_empty_one() {
    let found = frontier(&Problem::new(vec![4_i64, 5], vec![]).unwrap(), Caps::default()).unwrap();
    assert_eq!(listed(&found), expected(&[(&[4, 5], &[""])]));
}

#[test]
fn no_package_leaves_no_point() {
    let mut contradictory = case_b();
    contradictory.add_rule(Rule::any(vec![])).unwrap();
    let found = frontier(&contradictory, Caps::default()).unwrap();
    assert!(found.points().is_empty());
    assert_eq!(found.package_count(), BigUint::ZERO);

    let mut ruled_out = case_b();
    (0..2).for_each(|option| ruled_out.forbid(1, option));
    assert!(frontier(&ruled_out, Caps::default()).unwrap().points().is_empty());
}
