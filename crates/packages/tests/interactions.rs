//! Packages worth more or less than the sum of their options: what the search finds is what listing all packages finds.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use detente_packages::{
    Caps, Found, Interactions, Literal, Package, Problem, Refused, SearchLimits, SearchRefused, Searched, Term,
    TermError, frontier,
};
use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use support::drawn::{Drawn, drawn};
use support::oracle;

fn listed(found: &Searched<i64>) -> Vec<(Vec<i64>, Vec<Package>)> {
    let points = found.points().iter().enumerate();
    points.map(|(place, point)| (point.worth.clone(), found.packages(place).collect())).collect()
}

fn worth(problem: &Problem<i64>, terms: &[Term<i64>], package: &Package) -> Vec<i64> {
    let mut worth = oracle::worth(problem, package);
    for term in terms {
        if term.when.iter().all(|literal| literal.holds[usize::from(package[literal.issue])]) {
            worth.iter_mut().zip(&term.bonus).for_each(|(sum, bonus)| *sum += bonus);
        }
    }
    worth
}

fn expected(problem: &Problem<i64>, terms: &[Term<i64>]) -> Vec<(Vec<i64>, Vec<Package>)> {
    oracle::undominated(oracle::packages(problem).into_iter().map(|package| (worth(problem, terms, &package), package)))
}

/// A problem and up to five terms, of up to three literals on any issues.
fn with_terms() -> impl Strategy<Value = (Drawn, Vec<Term<i64>>)> {
    drawn().prop_flat_map(|drawn| {
        let parties = drawn.base.len();
        let options: Vec<usize> = drawn.issues.iter().map(Vec::len).collect();
        let literal = (0..options.len()).prop_flat_map(move |issue| {
            prop::collection::vec(any::<bool>(), options[issue])
                .prop_map(move |holds| Literal { issue, holds: holds.into() })
        });
        let bonus = prop::collection::vec(-6..=9_i64, parties);
        let term = (prop::collection::vec(literal, 0..=3), bonus).prop_map(|(when, bonus)| Term { when, bonus });
        (Just(drawn), prop::collection::vec(term, 0..=5))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_search_finds_what_listing_all_packages_finds((drawn, terms) in with_terms()) {
        let problem = drawn.problem();
        let expected = expected(&problem, &terms);
        let interactions = Interactions::new(problem, terms).unwrap();
        let found = interactions.search(SearchLimits::default()).unwrap();
        prop_assert_eq!(&listed(&found), &expected);
        for (place, (worth, packages)) in expected.iter().enumerate() {
            prop_assert_eq!(&found.points()[place].packages, &BigUint::from(packages.len()));
            prop_assert_eq!(&found.witness(place), &packages[0]);
            prop_assert_eq!(&interactions.worth(&packages[0]), worth);
        }
    }

    #[test]
    fn composing_finds_what_listing_all_packages_finds((drawn, terms) in with_terms()) {
        let problem = drawn.problem();
        let expected = expected(&problem, &terms);
        let composed = Interactions::new(problem, terms).unwrap().compose(Caps::default()).unwrap();
        let points = composed.points().iter().enumerate();
        let listed: Vec<_> = points.map(|(place, point)| (point.worth.clone(), composed.packages(place).collect::<Vec<_>>())).collect();
        prop_assert_eq!(&listed, &expected);
        for (point, (_, packages)) in composed.points().iter().zip(&expected) {
            prop_assert_eq!(&point.packages, &BigUint::from(packages.len()));
        }
    }

    #[test]
    fn past_a_cap_it_is_searched_and_past_both_refused((drawn, terms) in with_terms(), vectors in 0..30_usize, packages in 0..100_u64) {
        let problem = drawn.problem();
        let (plain, count) = (expected(&problem, &terms), oracle::packages(&problem).len());
        let limits = SearchLimits { packages, ..SearchLimits::default() };
        match Interactions::new(problem.clone(), terms).unwrap().frontier(Caps { vectors }, limits) {
            Ok(found) => {
                let points = found.points().iter().enumerate();
                let listed: Vec<_> = points.map(|(place, point)| (point.worth.clone(), found.packages(place).collect::<Vec<_>>())).collect();
                prop_assert_eq!(&listed, &plain);
                for (place, (_, packages)) in plain.iter().enumerate() {
                    prop_assert_eq!(&found.witness(place), &packages[0]);
                }
                // What is composed is within the cap, what is searched within the limit.
                let within = match &found { Found::Composed(_) => plain.len() <= vectors, Found::Searched(_) => count as u64 <= packages };
                prop_assert!(within);
            }
            Err(Refused { composing, searching }) => {
                prop_assert_eq!(composing.cap, vectors);
                let told = matches!(searching, SearchRefused::Packages { limit, .. } if limit == packages);
                prop_assert!(told);
                for (worth, _) in plain {
                    prop_assert!(worth.into_iter().zip(&composing.upper).all(|(worth, upper)| BigInt::from(worth) <= *upper));
                }
            }
        }
    }

    #[test]
    fn without_terms_search_and_composition_agree(drawn in drawn()) {
        let problem = drawn.problem();
        let composed = frontier(&problem, Default::default()).unwrap();
        let interactions = Interactions::new(problem, Vec::new()).unwrap();
        let searched = interactions.search(SearchLimits::default()).unwrap();
        prop_assert_eq!(&listed(&searched), &oracle::frontier(interactions.problem()));
        prop_assert_eq!(searched.points(), composed.points());
        prop_assert_eq!(searched.package_count(), composed.package_count());
    }
}

/// 20,000 packages, so that the archive is compared many times before the end.
#[test]
fn many_packages_are_searched_as_by_listing_them() {
    let value = |seed: usize| (seed * 7919 % 31) as i64;
    let issue = |issue: usize, options: usize| {
        (0..options).map(|option| (0..3).map(|party| value(issue * 100 + option * 10 + party)).collect()).collect()
    };
    let problem = Problem::new(vec![0; 3], vec![issue(1, 10), issue(2, 10), issue(3, 20), issue(4, 10)]).unwrap();
    let literal = |issue: usize, step: usize| Literal {
        issue,
        holds: (0..problem.options(issue)).map(|option| option % step == 0).collect(),
    };
    let terms: Vec<Term<i64>> = (0..70)
        .map(|place| Term {
            when: vec![literal(place % 4, 2 + place % 3), literal((place + 1 + place / 4 % 3) % 4, 2 + place % 5)],
            bonus: (0..3).map(|party| value(place * 3 + party) - 15).collect(),
        })
        .collect();
    let expected = expected(&problem, &terms);
    let found = Interactions::new(problem, terms).unwrap().search(SearchLimits::default()).unwrap();
    assert_eq!(listed(&found), expected);
}

/// Two issues, two options each; both second options together are worth four more to each party.
fn together() -> (Problem<i64>, Vec<Term<i64>>) {
    let options = vec![vec![3, 3], vec![2, 2]];
    let second = |issue| Literal { issue, holds: [false, true].into() };
    let problem = Problem::new(vec![0, 0], vec![options.clone(), options]).unwrap();
    (problem, vec![Term { when: vec![second(0), second(1)], bonus: vec![4, 4] }])
}

#[test]
fn an_option_worse_on_its_own_may_be_part_of_the_frontier() {
    let (problem, terms) = together();
    let found = Interactions::new(problem, terms).unwrap().search(SearchLimits::default()).unwrap();
    assert_eq!(listed(&found), vec![(vec![8, 8], vec![vec![1, 1]])]);
}

#[test]
fn pairs_of_neighbours_are_composed_however_many_issues_there_are() {
    // Each issue: one unit for the first party or for the second; two neighbours both for the second are worth three more to both.
    let issues = 50;
    let problem = Problem::new(vec![0, 0], vec![vec![vec![1, 0], vec![0, 1]]; issues]).unwrap();
    let second = |issue| Literal { issue, holds: [false, true].into() };
    let terms =
        (1..issues).map(|issue| Term { when: vec![second(issue - 1), second(issue)], bonus: vec![3, 3] }).collect();
    let interactions = Interactions::new(problem, terms).unwrap();
    let found = interactions.frontier(Caps::default(), SearchLimits::default()).unwrap();
    assert!(matches!(found, Found::Composed(_)));
    // All for the second: 49 pairs. One unit to the first, at an end: 48 pairs. Further units cost three and give one.
    let points: Vec<_> = found.points().iter().map(|point| (point.worth.clone(), point.packages.clone())).collect();
    assert_eq!(points, vec![(vec![147, 197], BigUint::from(1_u8))]);
    assert_eq!(found.witness(0), vec![1; issues]);
}

#[test]
fn past_the_limit_nothing_is_searched_and_what_stands_apart_is_told() {
    let (_, terms) = together();
    let options = vec![vec![3, 3], vec![2, 2]];
    let problem = Problem::new(vec![0, 0], vec![options; 40]).unwrap();
    let refused = Interactions::new(problem, terms).unwrap().search(SearchLimits::default());
    let Err(SearchRefused::Packages { packages, limit, apart }) = refused else { panic!("{refused:?}") };
    assert_eq!(packages, BigUint::from(2_u8).pow(40));
    assert_eq!(limit, 1_000_000_000);
    assert_eq!(apart, (2..40).collect::<Vec<_>>());
}

#[test]
fn a_frontier_past_the_limit_is_refused_not_cut() {
    let shared: Vec<Vec<i64>> = (0..50).map(|share| vec![share, 49 - share]).collect();
    let problem = Problem::new(vec![0, 0], vec![shared]).unwrap();
    let refused =
        Interactions::new(problem, Vec::new()).unwrap().search(SearchLimits { vectors: 49, ..SearchLimits::default() });
    assert_eq!(refused.err(), Some(SearchRefused::Vectors { limit: 49 }));
}

#[test]
fn no_package_leaves_no_point_however_many_options_the_others_have() {
    let options = vec![vec![3, 3], vec![2, 2]];
    let mut problem = Problem::new(vec![0, 0], vec![options; 60]).unwrap();
    (0..2).for_each(|option| problem.forbid(30, option));
    let found = Interactions::new(problem, Vec::new()).unwrap().search(SearchLimits::default()).unwrap();
    assert!(found.points().is_empty());
}

#[test]
fn terms_that_do_not_fit_are_refused() {
    let (problem, _) = together();
    let term = |issue: usize, options: usize, values: usize| Term {
        when: vec![Literal { issue, holds: vec![true; options].into() }],
        bonus: vec![0; values],
    };
    assert_eq!(
        Interactions::new(problem.clone(), vec![term(0, 2, 2), term(2, 2, 2)]),
        Err(TermError::UnknownOption(1))
    );
    assert_eq!(Interactions::new(problem.clone(), vec![term(0, 3, 2)]), Err(TermError::UnknownOption(0)));
    assert_eq!(Interactions::new(problem, vec![term(0, 2, 3)]), Err(TermError::Values(0)));
}
