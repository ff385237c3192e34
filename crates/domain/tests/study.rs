//! What packages come to: figures worked out by hand, and an oracle that lists every package.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]
#![expect(clippy::print_stdout, reason = "a test that needs files from elsewhere says when it was skipped")]

use detente_domain::genius::{self, Reading};
use detente_domain::{
    Answer, Concept, Domain, Ideal, Issue, NoAgreement, Party, Question, State, StudyError, Term, rules, study, table,
    text,
};
use detente_packages::{Exact, number};
use proptest::prelude::*;

fn question(no_agreement: NoAgreement) -> Question {
    Question { scores: None, no_agreement, ideal: Ideal::Zone, limit: 10_000, list: 50 }
}

fn read(text: &str) -> Domain {
    table::read(("t.csv", text.as_bytes())).unwrap()
}

const CASE_A: &str = "issue,option,A,B\n1,1,7,5\n1,2,2,7\n1,3,0,19\n2,1,5,2\n2,2,3,8\n2,3,1,20\n3,1,9,5\n3,2,8,10\n3,3,0,13\nreservation,,10,5\n";

fn asked(domain: &Domain, rule: NoAgreement) -> Answer {
    study(domain, &[], &question(rule)).unwrap()
}

fn vectors(worths: &[Vec<String>]) -> Vec<&str> {
    worths.iter().flatten().map(String::as_str).collect()
}

#[test]
fn case_a_from_its_reservation_values() {
    let answer = asked(&read(CASE_A), NoAgreement::Reservation);
    assert_eq!(answer.packages.as_deref(), Some("27"));
    let frontier = answer.frontier.as_ref().unwrap();
    assert_eq!((frontier.points, frontier.packages.as_str()), (10, "11"));
    let double = frontier.vectors.iter().find(|vector| vector.packages == "2").unwrap();
    assert_eq!(
        (double.worth.join(","), double.first.iter().map(|p| p.concat()).collect::<Vec<_>>()),
        ("11,37".to_owned(), vec!["232".to_owned(), "322".to_owned()])
    );
    assert_eq!(answer.zone.as_ref().map(|zone| zone.points), Some(8));
    assert_eq!(vectors(&answer.solutions.nash), ["16", "35"]);
    assert_eq!(vectors(&answer.solutions.kalai_smorodinsky), ["17", "30"]);
    assert_eq!(vectors(&answer.solutions.egalitarian), ["20", "17"]);
    assert_eq!(vectors(&answer.solutions.utilitarian), ["10", "44"]);
    assert_eq!(answer.disagreement, Some(vec!["10".to_owned(), "5".to_owned()]));
    assert_eq!(answer.ideal, Some(vec!["21".to_owned(), "44".to_owned()]));
    let value = |concept: Concept| answer.found.iter().find(|found| found.concept == concept).unwrap().value.join(" ");
    assert_eq!(
        [value(Concept::Nash), value(Concept::KalaiSmorodinsky), value(Concept::Utilitarian)],
        ["180", "7/11 25/39", "54"]
    );
    let utilitarian = answer.found.iter().find(|found| found.concept == Concept::Utilitarian).unwrap();
    assert_eq!(utilitarian.remarks, ["A gains nothing by it"]);
}

#[test]
fn case_a_with_other_rules_and_ideals() {
    let domain = read(CASE_A);
    let all = Question { ideal: Ideal::All, ..question(NoAgreement::Reservation) };
    let answer = study(&domain, &[], &all).unwrap();
    assert_eq!((vectors(&answer.solutions.kalai_smorodinsky), answer.ideal_over.as_str()), (vec!["16", "35"], "all"));
    let free = read(&CASE_A.replace("reservation,,10,5\n", ""));
    let zero = asked(&free, NoAgreement::Zero);
    assert_eq!(vectors(&zero.solutions.nash), ["16", "35"]);
    assert_eq!(vectors(&zero.solutions.egalitarian), ["18", "23"]);
    let minimum = asked(&free, NoAgreement::Minimum);
    assert_eq!(minimum.disagreement, Some(vec!["1".to_owned(), "12".to_owned()]));
    assert_eq!(vectors(&minimum.solutions.nash), ["16", "35"]);
    assert_eq!(vectors(&minimum.solutions.egalitarian), ["17", "30"]);
    assert_eq!(minimum.disagreement_rule, "minimum");
}

#[test]
fn without_reservation_values_gains_are_not_made_up() {
    let answer = asked(&read(&CASE_A.replace("reservation,,10,5\n", "")), NoAgreement::Reservation);
    assert_eq!(answer.disagreement, None);
    let states: Vec<State> = answer.found.iter().map(|found| found.state).collect();
    assert_eq!(states, [State::NotComputed, State::NotComputed, State::NotComputed, State::Found]);
    assert!(answer.found[0].remarks[0].contains("no reservation value is given for A, B"));
}

#[test]
fn all_ties_are_told_with_all_their_packages() {
    let answer =
        asked(&read("issue,option,A,B\n1,1,0,4\n1,2,2,2\n1,3,4,0\n2,1,0,4\n2,2,2,2\n2,3,4,0\n"), NoAgreement::Zero);
    assert_eq!(answer.solutions.utilitarian.len(), 5);
    let nash = &answer.found[0].tied;
    assert_eq!(nash[0].first.iter().map(|p| p.concat()).collect::<Vec<_>>(), ["13", "22", "31"]);
}

#[test]
fn a_status_quo_is_no_agreement_and_its_cost_is_counted() {
    let domain = read("issue,option,A,B\nx,SQ,5,5\nx,x,8,4\nx,y,4,7\nx,z,6,4\n");
    let quo = |cost: &str| NoAgreement::StatusQuo { package: vec![0], cost: vec![number::parse(cost).unwrap(); 2] };
    let free = asked(&domain, quo("0"));
    assert_eq!((free.zone.as_ref().map(|zone| zone.points), free.found[0].state), (Some(0), State::NoPackage));
    assert_eq!(free.frontier.as_ref().map(|all| all.points), Some(3));
    let costly = asked(&domain, quo("1"));
    assert_eq!(costly.zone.as_ref().map(|zone| zone.points), Some(2));
    // Gains of (4, 0) and (0, 3): nobody's are all above zero.
    assert_eq!(costly.found[0].state, State::Degenerate);
    let wrong = NoAgreement::StatusQuo { package: vec![9], cost: vec![] };
    assert_eq!(study(&domain, &[], &question(wrong)), Err(StudyError::StatusQuo));
}

#[test]
fn tenths_add_up() {
    let domain = read("issue,option,A,B\n1,p,0.1,0.2\n1,q,0.3,0.3\n2,p,0.2,0.3\n2,q,0,0.3\n");
    let (rules, _) = rules::read(("r", b"1 = p IFF 2 = p"), &domain).unwrap();
    let answer = study(&domain, &rules, &question(NoAgreement::Zero)).unwrap();
    let frontier = answer.frontier.unwrap();
    assert_eq!((answer.packages.as_deref(), frontier.points), (Some("2"), 1));
    assert_eq!(frontier.vectors[0].worth, ["0.3", "0.6"]);
}

#[test]
fn two_losses_do_not_make_a_gain() {
    let answer = asked(&read("issue,option,A,B\n1,bad,3,3\n1,good,6,6\nreservation,,5,5\n"), NoAgreement::Reservation);
    assert_eq!(vectors(&answer.solutions.nash), ["6", "6"]);
}

#[test]
fn terms_on_several_issues_are_searched() {
    // Each option alone is better first; both seconds together are worth 4 more.
    let mut domain = read("issue,option,A,B\n1,1,3,3\n1,2,2,2\n2,1,3,3\n2,2,2,2\n3,x,0,1\n3,y,1,0\n");
    let second = vec![false, true];
    let term = Term { holds: vec![(0, second.clone()), (1, second)], worth: number::parse("4").unwrap() };
    domain.parties.iter_mut().for_each(|party| party.terms.push(term.clone()));
    let answer = asked(&domain, NoAgreement::Zero);
    assert!(!answer.additive);
    let frontier = answer.frontier.unwrap();
    assert_eq!(frontier.vectors.iter().map(|vector| vector.first[0].concat()).collect::<Vec<_>>(), ["22y", "22x"]);
    assert_eq!(vectors(&answer.solutions.nash), ["9", "8", "8", "9"]);
}

#[test]
fn interwoven_issues_beyond_the_limit_are_refused_with_what_would_help() {
    let rows: String = (0..9).flat_map(|issue| (0..4).map(move |option| format!("i{issue},{option},1,2\n"))).collect();
    let mut domain = read(&format!("issue,option,A,B\n{rows}"));
    domain.parties[0].terms.push(Term {
        holds: (0..9).map(|issue| (issue, vec![true, false, false, false])).collect(),
        worth: number::parse("1").unwrap(),
    });
    let error = study(&domain, &[], &question(NoAgreement::Zero)).unwrap_err();
    assert!(
        error.to_string().contains("262144 combinations") && error.to_string().contains("Fewer options"),
        "{error}"
    );
}

#[test]
fn a_frontier_beyond_the_limit_gives_a_bound_and_the_nash_point_alone() {
    // Every package is on the frontier.
    let rows: String = (0..12)
        .flat_map(|issue| {
            (0..3).map(move |option| {
                format!("i{issue},{option},{},{}\n", option * 3_i64.pow(issue), (2 - option) * 3_i64.pow(issue))
            })
        })
        .collect();
    let domain = read(&format!("issue,option,A,B\n{rows}reservation,,0,0\n"));
    let small = Question { limit: 1000, ..question(NoAgreement::Reservation) };
    let answer = study(&domain, &[], &small).unwrap();
    assert_eq!((answer.frontier, answer.zone), (None, None));
    let bound = answer.bound.unwrap();
    assert_eq!((bound.limit, bound.most), (1000, vec!["531440".to_owned(); 2]));
    assert_eq!(answer.packages.as_deref(), Some("531441"));
    let states: Vec<State> = answer.found.iter().map(|found| found.state).collect();
    assert_eq!(&states[1..], [State::NotComputed; 3]);
    assert_eq!(states[0], State::Found);
    assert_eq!(vectors(&answer.solutions.nash), ["265720", "265720"]);
}

#[test]
fn numbers_without_a_workable_common_denominator_are_refused() {
    let rows: String = (0..4000_u64)
        .map(|row| format!("i,{row},1/{}9999999999999999999999999999{}1,0\n", row + 1, row * 2 + 1))
        .collect();
    let domain = read(&format!("issue,option,A,B\n{rows}"));
    assert_eq!(study(&domain, &[], &question(NoAgreement::Zero)), Err(StudyError::NumbersTooLong));
}

/// Every package of a domain, with its worths.
fn listed(domain: &Domain) -> Vec<(Vec<u16>, Vec<Exact>)> {
    let mut packages: Vec<Vec<u16>> = vec![Vec::new()];
    for issue in &domain.issues {
        packages = packages
            .iter()
            .flat_map(|package| {
                (0..issue.options.len()).map(|option| [package.as_slice(), &[u16::try_from(option).unwrap()]].concat())
            })
            .collect();
    }
    packages
        .into_iter()
        .map(|package| {
            let worth = (0..domain.parties.len()).map(|party| domain.worth(party, &package)).collect();
            (package, worth)
        })
        .collect()
}

fn random() -> impl Strategy<Value = Domain> {
    let number = (-6_i64..12, 1_i64..4).prop_map(|(above, below)| Exact::new(above.into(), below.into()));
    let sizes = proptest::collection::vec(1_usize..4, 1..4);
    (sizes, 1_usize..4).prop_flat_map(move |(sizes, parties)| {
        let worth: Vec<_> = sizes.iter().map(|size| proptest::collection::vec(number.clone(), *size)).collect();
        let holds: Vec<_> =
            sizes.iter().map(|size| proptest::option::of(proptest::collection::vec(any::<bool>(), *size))).collect();
        let term = (holds, number.clone()).prop_map(|(holds, worth)| Term {
            holds: holds.into_iter().enumerate().filter_map(|(issue, holds)| Some((issue, holds?))).collect(),
            worth,
        });
        let party = (worth, proptest::collection::vec(term, 0..3), number.clone());
        proptest::collection::vec(party, parties).prop_map(move |values| Domain {
            name: "t".to_owned(),
            issues: sizes
                .iter()
                .enumerate()
                .map(|(place, size)| Issue {
                    name: place.to_string(),
                    options: (0..*size).map(|option| option.to_string()).collect(),
                })
                .collect(),
            parties: values
                .into_iter()
                .enumerate()
                .map(|(place, (worth, terms, reservation))| Party {
                    name: format!("p{place}"),
                    worth,
                    terms,
                    reservation: Some(reservation),
                    discount: None,
                })
                .collect(),
        })
    })
}

proptest! {
    /// The frontier and the Nash point are those of a list of every package, terms and all.
    #[test]
    fn the_answer_is_that_of_listing_every_package(domain in random()) {
        let answer = asked(&domain, NoAgreement::Reservation);
        let all = listed(&domain);
        let beaten = |worth: &[Exact]| all.iter().any(|(_, other)| *other != worth && other.iter().zip(worth).all(|(a, b)| a >= b));
        let best: Vec<_> = all.iter().filter(|(_, worth)| !beaten(worth)).collect();
        let frontier = answer.frontier.as_ref().unwrap();
        prop_assert_eq!(&frontier.packages, &best.len().to_string());
        let mut worths: Vec<Vec<String>> = best.iter().map(|(_, worth)| worth.iter().map(text).collect()).collect();
        worths.sort();
        worths.dedup();
        let mut told: Vec<Vec<String>> = frontier.vectors.iter().map(|vector| vector.worth.clone()).collect();
        told.sort();
        prop_assert_eq!(told, worths);
        for vector in &frontier.vectors {
            for package in &vector.first {
                let package: Vec<u16> = package.iter().map(|option| option.parse().unwrap()).collect();
                let worth: Vec<String> = (0..domain.parties.len()).map(|party| text(&domain.worth(party, &package))).collect();
                prop_assert_eq!(&worth, &vector.worth);
            }
        }
        let gains = |worth: &[Exact]| worth.iter().zip(&domain.parties).map(|(worth, party)| worth - party.reservation.as_ref().unwrap()).collect::<Vec<_>>();
        let products = all.iter().map(|(_, worth)| gains(worth)).filter(|gains| gains.iter().all(|gain| *gain > Exact::from_integer(0.into())));
        let most = products.map(|gains| gains.iter().product::<Exact>()).max();
        prop_assert_eq!(answer.found[0].value.first().cloned(), most.as_ref().map(text));
    }

    /// A table written and read gives the same answer, word for word.
    #[test]
    fn a_table_gives_the_same_answer(domain in random()) {
        if let Ok(bytes) = table::write(&domain) {
            let again = table::read(("t.csv", &bytes)).unwrap();
            prop_assert_eq!(asked(&again, NoAgreement::Reservation), asked(&domain, NoAgreement::Reservation));
        }
    }
}

/// Figures of two competition domains that this project does not give on: put their files under the folder that `DETENTE_GENIUS` names, as
/// `Laptop/*.xml` and `ItexvsCypress/*.xml`.
mod competition {
    use super::*;
    use std::path::{Path, PathBuf};

    /// The domain in a folder: the file without weights is the domain, the others are profiles in the order of their names.
    fn folder(name: &str) -> Option<genius::Genius> {
        let Some(root) = std::env::var_os("DETENTE_GENIUS") else {
            println!("skipped: DETENTE_GENIUS is not set");
            return None;
        };
        let folder = Path::new(&root).join(name);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            println!("skipped: {} is not there", folder.display());
            return None;
        };
        let mut paths: Vec<PathBuf> = entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "xml"))
            .collect();
        paths.sort();
        let files: Vec<(String, Vec<u8>)> =
            paths.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect();
        let (profiles, domain): (Vec<_>, Vec<_>) =
            files.iter().partition(|(_, bytes)| String::from_utf8_lossy(bytes).contains("<weight"));
        let profiles: Vec<genius::File<'_>> =
            profiles.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        Some(genius::read((&domain[0].0, &domain[0].1), &profiles).unwrap())
    }

    fn answers(genius: &genius::Genius, reading: Reading) -> [Answer; 2] {
        let (domain, _) = genius.domain(reading, false);
        [NoAgreement::Minimum, NoAgreement::Zero].map(|rule| asked(&domain, rule))
    }

    fn nine(text: &str) -> String {
        let number = number::parse(text).unwrap();
        let power = Exact::from_integer(1_000_000_000.into());
        let digits = (number * power).round().to_integer().to_string();
        let digits = format!("{digits:0>10}");
        let (whole, part) = digits.split_at(digits.len() - 9);
        format!("{whole}.{part}")
    }

    fn rounded(worths: &[Vec<String>]) -> Vec<String> {
        worths.iter().flatten().map(|number| nine(number)).collect()
    }

    fn value(answer: &Answer, concept: Concept) -> Vec<String> {
        answer
            .found
            .iter()
            .find(|found| found.concept == concept)
            .unwrap()
            .value
            .iter()
            .map(|number| nine(number))
            .collect()
    }

    #[test]
    fn laptop() {
        let Some(genius) = folder("Laptop") else { return };
        let [minimum, zero] = answers(&genius, Reading::Raw);
        let frontier = minimum.frontier.as_ref().unwrap();
        assert_eq!((minimum.packages.as_deref(), frontier.points, frontier.packages.as_str()), (Some("27"), 4, "4"));
        let worths: Vec<Vec<String>> = frontier.vectors.iter().map(|vector| vector.worth.clone()).collect();
        let expected = [
            "30.001554125",
            "12.432422272",
            "26.220728954",
            "14.199989371",
            "25.549428353",
            "16.213247442",
            "21.768603183",
            "17.980814542",
        ];
        assert_eq!(rounded(&worths), expected);
        assert_eq!(rounded(&[minimum.disagreement.clone().unwrap()]), ["10.512860679", "6.573013171"]);
        for answer in [&minimum, &zero] {
            assert_eq!(rounded(&answer.solutions.nash), expected[4..6]);
            assert_eq!(rounded(&answer.solutions.kalai_smorodinsky), expected[4..6]);
            assert_eq!(rounded(&answer.solutions.egalitarian), expected[6..8]);
            assert_eq!(rounded(&answer.solutions.utilitarian), expected[0..2]);
        }
        assert_eq!(
            [value(&minimum, Concept::Nash), value(&zero, Concept::Nash)],
            [["144.956035014"], ["414.239203908"]]
        );
        assert_eq!(value(&minimum, Concept::KalaiSmorodinsky), ["0.771553399", "0.845056287"]);
        assert_eq!(value(&minimum, Concept::Utilitarian), ["42.433976397"]);

        let [minimum, zero] = answers(&genius, Reading::Genius);
        let frontier = minimum.frontier.as_ref().unwrap();
        assert_eq!((frontier.points, frontier.packages.as_str()), (4, "4"));
        let worths: Vec<Vec<String>> = frontier.vectors.iter().map(|vector| vector.worth.clone()).collect();
        let expected = [
            "1.000051804",
            "0.815105395",
            "0.874024298",
            "0.874024298",
            "0.851647612",
            "0.941132901",
            "0.725620106",
            "1.000051804",
        ];
        assert_eq!(rounded(&worths), expected);
        assert_eq!(rounded(&[minimum.disagreement.clone().unwrap()]), ["0.350428689", "0.352664212"]);
        for answer in [&minimum, &zero] {
            assert_eq!(rounded(&answer.solutions.nash), expected[0..2]);
            assert_eq!(rounded(&answer.solutions.kalai_smorodinsky), expected[2..4]);
            assert_eq!(rounded(&answer.solutions.egalitarian), expected[2..4]);
            assert_eq!(rounded(&answer.solutions.utilitarian), expected[0..2]);
        }
        assert_eq!([value(&minimum, Concept::Nash), value(&zero, Concept::Nash)], [["0.300412482"], ["0.815147621"]]);
        assert_eq!(value(&minimum, Concept::KalaiSmorodinsky), ["0.805329130", "0.805999043"]);
        assert_eq!(value(&minimum, Concept::Utilitarian), ["1.815157199"]);
        println!("checked: Laptop");
    }

    #[test]
    fn itex_and_cypress() {
        let Some(genius) = folder("ItexvsCypress") else { return };
        let [minimum, zero] = answers(&genius, Reading::Raw);
        let frontier = minimum.frontier.as_ref().unwrap();
        assert_eq!((minimum.packages.as_deref(), frontier.points, frontier.packages.as_str()), (Some("180"), 17, "17"));
        assert_eq!(
            rounded(&[frontier.vectors[0].worth.clone(), frontier.vectors[16].worth.clone()]),
            ["29.124391100", "3.945248022", "4.368874986", "26.874080723"]
        );
        assert_eq!(rounded(&[minimum.disagreement.clone().unwrap()]), ["1.000000000", "1.000000000"]);
        for answer in [&minimum, &zero] {
            assert_eq!(rounded(&answer.solutions.nash), ["22.699524635", "18.518416565"]);
            assert_eq!(rounded(&answer.solutions.kalai_smorodinsky), ["22.699524635", "18.518416565"]);
            assert_eq!(rounded(&answer.solutions.egalitarian), ["19.409408031", "19.670921966"]);
            assert_eq!(rounded(&answer.solutions.utilitarian), ["22.699524635", "18.518416565"]);
        }
        assert_eq!(
            [value(&minimum, Concept::Nash), value(&zero, Concept::Nash)],
            [["380.141311819"], ["420.359253019"]]
        );
        assert_eq!(value(&minimum, Concept::KalaiSmorodinsky), ["0.677064308", "0.771555358"]);
        assert_eq!(value(&minimum, Concept::Utilitarian), ["41.217941200"]);

        let [minimum, zero] = answers(&genius, Reading::Genius);
        let frontier = minimum.frontier.as_ref().unwrap();
        assert_eq!((frontier.points, frontier.packages.as_str()), (18, "18"));
        assert_eq!(
            rounded(&[frontier.vectors[0].worth.clone(), frontier.vectors[17].worth.clone()]),
            ["1.000000000", "0.163610739", "0.212212174", "1.000000000"]
        );
        assert_eq!(rounded(&[minimum.disagreement.clone().unwrap()]), ["0.039983268", "0.038139656"]);
        for answer in [&minimum, &zero] {
            for solution in [
                &answer.solutions.nash,
                &answer.solutions.kalai_smorodinsky,
                &answer.solutions.egalitarian,
                &answer.solutions.utilitarian,
            ] {
                assert_eq!(rounded(solution), ["0.670478415", "0.721477861"]);
            }
        }
        assert_eq!([value(&minimum, Concept::Nash), value(&zero, Concept::Nash)], [["0.430841422"], ["0.483735333"]]);
        assert_eq!(value(&minimum, Concept::KalaiSmorodinsky), ["0.656754332", "0.710433910"]);
        assert_eq!(value(&minimum, Concept::Utilitarian), ["1.391956277"]);
        println!("checked: ItexvsCypress");
    }
}
