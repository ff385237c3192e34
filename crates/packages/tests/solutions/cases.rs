//! Small cases with known answers.

use detente_packages::{Literal, Package, Problem, Rule};

pub fn problem(issues: &[&[&[i64]]]) -> Problem<i64> {
    let issues =
        issues.iter().map(|options| options.iter().map(|values| values.to_vec()).collect()).collect::<Vec<_>>();
    Problem::new(vec![0; issues.first().map_or(1, |options: &Vec<Vec<i64>>| options[0].len())], issues).unwrap()
}

/// Two parties, three issues.
pub fn case_a() -> Problem<i64> {
    problem(&[&[&[7, 5], &[2, 7], &[0, 19]], &[&[5, 2], &[3, 8], &[1, 20]], &[&[9, 5], &[8, 10], &[0, 13]]])
}

/// Ties.
pub fn case_a2() -> Problem<i64> {
    let issue: &[&[i64]] = &[&[0, 4], &[2, 2], &[4, 0]];
    problem(&[issue, issue])
}

/// Three parties, one issue: the least gain ties where the second least does not.
pub fn case_a3() -> Problem<i64> {
    problem(&[&[&[5, 5, 9], &[5, 6, 7], &[6, 5, 7], &[10, 0, 0], &[0, 10, 0], &[0, 0, 10]]])
}

/// Three parties; the first option of the first issue implies that of the third, and the second options of the second and fourth
/// issues exclude each other.
pub fn case_b(with_rules: bool) -> Problem<i64> {
    let mut problem = problem(&[
        &[&[9, 5, 4], &[5, 4, 4], &[6, 0, 7]],
        &[&[7, 7, 7], &[0, 0, 0]],
        &[&[4, 1, 0], &[0, 9, 7]],
        &[&[5, 9, 4], &[9, 6, 8]],
    ]);
    if with_rules {
        let literal = |issue, holds: &[bool]| Literal { issue, holds: holds.into() };
        problem.add_rule(Rule::any(vec![literal(0, &[false, true, true]), literal(2, &[true, false])])).unwrap();
        problem.add_rule(Rule::not_all(vec![literal(1, &[false, true]), literal(3, &[false, true])])).unwrap();
    }
    problem
}

/// "132" for the first, third and second option.
pub fn name(package: &Package) -> String {
    package.iter().map(|option| (option + 1).to_string()).collect()
}
