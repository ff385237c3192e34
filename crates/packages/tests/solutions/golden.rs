//! Figures worked out by hand or by listing every package.

use detente_packages::number::parse;
use detente_packages::scale::{Factors, Scaled, scale};
use detente_packages::solution::{
    Disagreement, Ideal, NoDisagreement, Normalised, Powers, Solution, egalitarian, ideal, kalai_smorodinsky,
    min_spread, nash, utilitarian, without,
};
use detente_packages::{Caps, Exact, Frontier, Limits, Problem, Unfinished, frontier_above, nash_point};
use num_bigint::BigUint;

use crate::cases::{case_a, case_a2, case_a3, case_b, name, problem};

fn zone(problem: &Problem<i64>, least: &[i64]) -> Frontier<i64> {
    frontier_above(problem, least, Caps::default()).unwrap()
}

fn worths(solution: &Solution<i64>) -> Vec<Vec<i64>> {
    solution.tied().iter().map(|tied| tied.worth.clone()).collect()
}

fn value(solution: &Solution<i64>) -> Vec<Exact> {
    match solution {
        Solution::Points { value, .. } => value.clone(),
        Solution::NoPackage | Solution::Degenerate => Vec::new(),
    }
}

fn numbers(texts: &[&str]) -> Vec<Exact> {
    texts.iter().map(|text| parse(text).unwrap()).collect()
}

/// Nash on the frontier and by search: the same.
fn both(problem: &Problem<i64>, d: &[i64]) -> Solution<i64> {
    let powers = Powers::equal(d.len());
    let on_frontier = nash(&zone(problem, d), d, &powers, 10);
    assert_eq!(nash_point(problem, d, d, &powers, Limits::default()).unwrap().solution, on_frontier);
    on_frontier
}

fn over_packages(problem: &Problem<i64>) -> Ideal<i64> {
    Ideal::Packages(ideal(problem, Caps::default()).unwrap().unwrap())
}

#[test]
fn two_parties_with_something_to_fall_back_on() {
    let (problem, d) = (case_a(), [10, 5]);
    let zone = zone(&problem, &d);
    let nash = both(&problem, &d);
    assert_eq!((worths(&nash), value(&nash)), (vec![vec![16, 35]], numbers(&["180"])));
    assert_eq!(nash.tied()[0].first.iter().map(name).collect::<Vec<_>>(), ["132"]);
    let over_zone = kalai_smorodinsky(&zone, &d, Ideal::Zone, 10);
    assert_eq!((over_zone.ideal, worths(&over_zone.solution)), (vec![21, 44], vec![vec![17, 30]]));
    assert_eq!(value(&over_zone.solution), numbers(&["7/11", "25/39"]));
    let over_all = kalai_smorodinsky(&zone, &d, over_packages(&problem), 10);
    assert_eq!((over_all.ideal, worths(&over_all.solution)), (vec![21, 52], vec![vec![16, 35]]));
    let spread = min_spread(&zone, &d, over_packages(&problem), 10);
    assert_eq!((worths(&spread.solution), value(&spread.solution)), (vec![vec![16, 35]], numbers(&["48/517"])));
    assert_eq!(worths(&egalitarian(&zone, &d, 10)), [[20, 17]]);
    assert_eq!(value(&egalitarian(&zone, &d, 10)), numbers(&["10", "12"]));
    assert_eq!(worths(&utilitarian(&zone, 10)), [[10, 44]]);
    assert_eq!(value(&utilitarian(&zone, 10)), numbers(&["54"]));
}

#[test]
fn the_disagreement_point_moves_the_answers() {
    let problem = case_a();
    let at = |d: [i64; 2]| {
        let zone = zone(&problem, &d);
        let points =
            [both(&problem, &d), kalai_smorodinsky(&zone, &d, Ideal::Zone, 1).solution, egalitarian(&zone, &d, 1)];
        points.map(|solution| worths(&solution).concat())
    };
    assert_eq!(at([0, 0]), [[16, 35], [16, 35], [18, 23]]);
    assert_eq!(at([1, 12]), [[16, 35], [16, 35], [17, 30]]);
    assert_eq!(worths(&both(&problem, &[11, 5])), [[17, 30], [16, 35]], "both products are 150");
    assert_eq!(worths(&both(&problem, &[12, 5])), [[17, 30]]);
    assert_eq!(worths(&both(&problem, &[10, 0])), [[17, 30], [16, 35]], "both products are 210");
}

#[test]
fn weights_move_the_nash_point_and_some_points_are_never_reached() {
    let (problem, d) = (case_a(), [10, 5]);
    let zone = zone(&problem, &d);
    let at = |thousandths: i64| {
        let powers = Powers::of(&[
            Exact::new(thousandths.into(), 1000.into()),
            Exact::new((1000 - thousandths).into(), 1000.into()),
        ]);
        let powers = powers.unwrap();
        let solution = nash(&zone, &d, &powers, 10);
        let searched = nash_point(&problem, &d, &d, &powers, Limits::default()).unwrap().solution;
        assert_eq!(searched, solution, "{thousandths}");
        worths(&solution)
    };
    for (range, worth) in [
        ([1, 34], [11, 37]),
        ([35, 541], [16, 35]),
        ([542, 672], [17, 30]),
        ([673, 849], [20, 17]),
        ([850, 999], [21, 12]),
    ] {
        assert_eq!(range.map(at), [[worth], [worth]], "{range:?}");
    }
}

#[test]
fn ties_are_told_with_their_packages() {
    let (problem, d) = (case_a2(), [0, 0]);
    let zone = zone(&problem, &d);
    let middle = both(&problem, &d);
    assert_eq!(worths(&middle), [[4, 4]]);
    assert_eq!(middle.tied()[0].first.iter().map(name).collect::<Vec<_>>(), ["13", "22", "31"]);
    assert_eq!(kalai_smorodinsky(&zone, &d, Ideal::Zone, 10).solution.tied(), middle.tied());
    assert_eq!(egalitarian(&zone, &d, 10).tied(), middle.tied());
    let sum = utilitarian(&zone, 2);
    assert_eq!(worths(&sum), [[8, 0], [6, 2], [4, 4], [2, 6], [0, 8]]);
    assert_eq!(sum.tied().iter().map(|tied| tied.packages.clone()).sum::<BigUint>(), 9_u8.into());
    assert_eq!(sum.tied().iter().map(|tied| tied.cut()).collect::<Vec<_>>(), [false, false, true, false, false]);
}

#[test]
fn the_least_gain_ties_and_the_second_least_decides() {
    let (problem, d) = (case_a3(), [0, 0, 0]);
    let zone = zone(&problem, &d);
    let found = kalai_smorodinsky(&zone, &d, Ideal::Zone, 10);
    assert_eq!(worths(&found.solution), [[6, 5, 7], [5, 6, 7]]);
    assert_eq!(value(&found.solution), numbers(&["1/2", "3/5", "7/10"]));
    assert_eq!((worths(&both(&problem, &d)), value(&both(&problem, &d))), (vec![vec![5, 5, 9]], numbers(&["225"])));
    assert_eq!(value(&utilitarian(&zone, 10)), numbers(&["19"]));
}

#[test]
fn rules_change_every_answer() {
    let d = [10, 10, 10];
    let at = |rules: bool, d: [i64; 3]| {
        let problem = case_b(rules);
        let zone = zone(&problem, &d);
        let normalised = kalai_smorodinsky(&zone, &d, Ideal::Zone, 1).solution;
        [both(&problem, &d), normalised, egalitarian(&zone, &d, 1), utilitarian(&zone, 1)]
            .map(|s| (worths(&s), value(&s)))
    };
    let free = at(false, d);
    assert!(free.iter().all(|(worths, _)| *worths == [[25, 27, 26]]));
    assert_eq!((&free[0].1, &free[3].1), (&numbers(&["4080"]), &numbers(&["78"])));
    let ruled = at(true, d);
    assert_eq!(ruled[0], (vec![vec![21, 26, 26]], numbers(&["2816"])));
    assert_eq!((ruled[1].0.clone(), &ruled[1].1[0]), (vec![vec![22, 22, 29]], &parse("12/19").unwrap()));
    assert_eq!(ruled[2].0, [[22, 22, 29]]);
    assert_eq!(ruled[3], (vec![vec![22, 22, 29], vec![21, 26, 26]], numbers(&["73"])));
    let narrow = at(true, [20, 20, 20]);
    assert_eq!(narrow[0], (vec![vec![22, 22, 29], vec![21, 26, 26]], numbers(&["36"])));
    assert_eq!((narrow[1].0.clone(), narrow[2].0.clone()), (vec![vec![21, 26, 26]], vec![vec![22, 22, 29]]));
}

#[test]
fn no_package_with_a_gain_for_all_has_no_nash_point() {
    assert_eq!(both(&case_b(true), &[22, 22, 22]), Solution::Degenerate);
    assert_eq!(both(&case_b(true), &[30, 30, 30]), Solution::NoPackage);
}

#[test]
fn two_losses_do_not_multiply_to_a_gain() {
    let problem = problem(&[&[&[3, 3], &[6, 6]]]);
    let found = nash(&zone(&problem, &[0, 0]), &[5, 5], &Powers::equal(2), 10);
    assert_eq!((worths(&found), value(&found)), (vec![vec![6, 6]], numbers(&["1"])));
}

#[test]
fn a_party_that_cannot_gain_is_left_out_of_normalised_gains() {
    let problem = problem(&[&[&[4, 7], &[4, 3], &[4, 9]]]);
    let found = kalai_smorodinsky(&zone(&problem, &[4, 0]), &[4, 0], Ideal::Zone, 10);
    assert_eq!((found.left_out.as_slice(), worths(&found.solution)), ([0].as_slice(), vec![vec![4, 9]]));
    let Normalised { solution, left_out, .. } = kalai_smorodinsky(&zone(&problem, &[4, 9]), &[4, 9], Ideal::Zone, 10);
    assert_eq!((solution, left_out), (Solution::Degenerate, vec![0, 1]));
}

#[test]
fn the_cost_of_no_agreement_opens_the_zone_beyond_the_status_quo() {
    let exact = Problem::new(
        numbers(&["0", "0"]),
        vec![[["5", "5"], ["8", "4"], ["4", "7"], ["6", "4"]].iter().map(|option| numbers(option)).collect()],
    )
    .unwrap();
    let acceptable = |cost: &str| {
        let rule = Disagreement::StatusQuo { package: vec![0], cost: numbers(&[cost, cost]) };
        let d = rule.values(&exact, Caps::default()).unwrap();
        let Ok(Scaled::Narrow(scaled)) = scale(&exact, &[d], Factors::OwnEach) else { panic!("small numbers") };
        let rest = without(&scaled.problem, &[0]).unwrap();
        frontier_above(&rest, &scaled.vectors[0], Caps::default()).unwrap().points().len()
    };
    assert_eq!(["0", "1/2", "1"].map(acceptable), [0, 0, 2]);
    let negative = Disagreement::StatusQuo { package: vec![0], cost: numbers(&["0", "-1"]) };
    assert_eq!(negative.values(&exact, Caps::default()), Err(NoDisagreement::NegativeCost(1)));
    assert_eq!(Disagreement::Minimum.values(&exact, Caps::default()).unwrap(), numbers(&["4", "4"]));
    assert_eq!((Disagreement::Minimum.to_string(), negative.to_string()), ("minimum".into(), "status-quo".into()));
}

#[test]
fn a_search_that_reaches_its_limit_says_what_it_knows() {
    let issue: Vec<Vec<i64>> = (0..10).map(|option| vec![option * option % 7, (10 - option) * 3 % 11]).collect();
    let problem = Problem::new(vec![0, 0], vec![issue; 12]).unwrap();
    let limits = Limits { nodes: 5, list: 1, ..Limits::default() };
    let stopped = nash_point(&problem, &[0, 0], &[0, 0], &Powers::equal(2), limits);
    assert_eq!(stopped, Err(Unfinished::Nodes { limit: 5, best: None }));
}

#[test]
fn astronomically_many_ties_are_counted() {
    let issue = vec![vec![0, 4], vec![2, 2], vec![4, 0]];
    let problem = Problem::new(vec![0, 0], vec![issue; 60]).unwrap();
    let found =
        nash_point(&problem, &[0, 0], &[0, 0], &Powers::equal(2), Limits { list: 3, ..Limits::default() }).unwrap();
    let [tied] = found.solution.tied() else { panic!("one vector") };
    assert_eq!(tied.worth, [120, 120]);
    // The middle trinomial coefficient of 60: Σ 60! / (k! k! (60 − 2k)!).
    let factorial = |n: u32| (1..=n).map(BigUint::from).product::<BigUint>();
    let middle =
        (0..=30).map(|k| factorial(60) / (factorial(k) * factorial(k) * factorial(60 - 2 * k))).sum::<BigUint>();
    assert_eq!(tied.packages, middle);
    assert_eq!(tied.first.len(), 3);
    assert!(tied.cut() && tied.first.is_sorted());
    assert!(tied.first.iter().all(|package| problem.worth(package) == [120, 120]));
}
