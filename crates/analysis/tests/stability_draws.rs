//! What is drawn of uncertain preferences, and what follows from it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::stability::draws::Draws;
use detente_analysis::stability::{Asked, Lowered, Stability, lower, stability};
use detente_case::Findings;
use detente_case::stability::{StabilityModel, read};
use detente_stability::Ranks;
use detente_stability::statements::Scratch;

fn model(text: &str) -> (StabilityModel, Lowered) {
    let mut findings = Findings::default();
    let source = read("model.toml", text.as_bytes().to_vec(), &mut findings);
    let lowered = source.as_ref().and_then(|source| lower(source, 1 << 16, &mut findings));
    let told = findings.into_sorted();
    (source.unwrap_or_else(|| panic!("{told:?}")), lowered.unwrap_or_else(|| panic!("{told:?}")))
}

fn answer(text: &str, draws: u32) -> Stability {
    let (source, lowered) = model(text);
    let settings = Settings { draws, ..Settings::default() };
    let about = About::of_file(Layer::C, "stability", text.as_bytes(), settings);
    stability(&source, &lowered, &Asked::default(), about, settings).unwrap()
}

fn drawn(text: &str, runs: u32) -> Vec<Vec<Ranks>> {
    let (source, lowered) = model(text);
    let ranks: Vec<Ranks> = lowered.preferences.iter().map(|preference| preference.ranks().clone()).collect();
    let draws = Draws::new(&source, &lowered.model, &ranks, 1).unwrap();
    let mut scratch = Scratch::default();
    (0..runs).map(|run| draws.draw(run, &mut scratch)).collect()
}

/// One side with the options a, b, c and the statement a, b, c of these bases.
fn three(bases: [&str; 3]) -> String {
    let mut text = String::from("schema = 1\ntitle = \"Three\"\n");
    for option in ["a", "b", "c"] {
        text.push_str(&format!("[[option]]\nid = \"{option}\"\n"));
    }
    text.push_str("[[decision_maker]]\nid = \"one\"\noptions = [\"a\", \"b\", \"c\"]\n");
    for (option, basis) in ["a", "b", "c"].iter().zip(bases) {
        text.push_str(&format!("[[decision_maker.statement]]\nholds = \"{option}\"\n{basis}\n"));
    }
    text
}

/// The order of three single options, from the ranks of the states in which just one of them is taken.
fn order(ranks: &Ranks) -> String {
    let mut options: Vec<(u32, char)> =
        [(1, 'a'), (2, 'b'), (4, 'c')].map(|(code, option)| (ranks.as_slice()[code], option)).into();
    options.sort_unstable_by(|one, other| other.cmp(one));
    options.into_iter().map(|(_, option)| option).collect()
}

fn orders(text: &str, runs: u32) -> BTreeMap<String, u32> {
    drawn(text, runs).iter().fold(BTreeMap::new(), |mut counts, ranks| {
        *counts.entry(order(&ranks[0])).or_default() += 1;
        counts
    })
}

const ROW: &str = "rows = [\"p1\"]";
const ASSUMED: &str = "reason = \"taken so\"";

#[test]
fn an_assumption_stands_at_every_place_alike_and_the_rest_keeps_its_order() {
    let found = orders(&three([ROW, ROW, ASSUMED]), 3000);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["abc", "acb", "cab"]);
    assert!(found.values().all(|count| (850..1150).contains(count)), "{found:?}");
}

#[test]
fn assumptions_alone_give_every_order_alike() {
    let found = orders(&three([ASSUMED; 3]), 6000);
    assert_eq!(found.len(), 6);
    assert!(found.values().all(|count| (850..1150).contains(count)), "{found:?}");
}

#[test]
fn an_assumption_keeps_to_its_places() {
    let last_two = "reason = \"taken so\"\nplaces = [2, 3]";
    let found: BTreeSet<String> = orders(&three([last_two, ROW, ROW]), 300).into_keys().collect();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["bac", "bca"]);
}

#[test]
fn assumptions_at_given_places_leave_nothing_uncertain() {
    let first = "reason = \"taken so\"\nplaces = [1, 1]";
    assert_eq!(answer(&three([first, ROW, ROW]), 100).robustness, None);
}

#[test]
fn swaps_exchange_at_most_so_many_neighbours() {
    let text = three([ROW, ROW, ROW]).replace("id = \"one\"", "id = \"one\"\nswaps = 1");
    let found: BTreeSet<String> = orders(&text, 300).into_keys().collect();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["abc", "acb", "bac"]);
}

#[test]
fn noise_moves_no_state_by_more_than_its_places() {
    let text = "schema = 1\ntitle = \"Noise\"\n[[option]]\nid = \"a\"\n[[option]]\nid = \"b\"\n[[option]]\nid = \"c\"\n\
                [[decision_maker]]\nid = \"one\"\noptions = [\"a\", \"b\", \"c\"]\nranking = \"1 2 3 4 5 6 7 8\"\nnoise = 2\n";
    let mut moved = 0;
    for ranks in drawn(text, 500) {
        for (place, class) in ranks[0].ranking().iter().enumerate() {
            let [state] = class[..] else { panic!("states that are told apart") };
            let by = place.abs_diff(state.place());
            assert!(by <= 2, "state {} moved by {by}", state.number());
            moved += usize::from(by > 0);
        }
    }
    assert!(moved > 500, "{moved}");
}

#[test]
fn weights_are_drawn_within_their_ranges() {
    let text = "schema = 1\ntitle = \"Weights\"\n[[option]]\nid = \"a\"\n[[option]]\nid = \"b\"\n[[decision_maker]]\nid = \"one\"\noptions = [\"a\", \"b\"]\n\
                weights = { a = { low = 0, best = 1, high = 4 }, b = 2 }\n";
    let more = drawn(text, 4000).iter().filter(|ranks| ranks[0].as_slice()[1] > ranks[0].as_slice()[2]).count();
    // Of a triangle from 0 over 1 to 4, a third lies above 2: (4 − 2)² / (4 · 3).
    assert!((1233..1433).contains(&more), "{more}");
}

#[test]
fn what_one_side_prefers_is_drawn_alike_whoever_else_is_there() {
    let one = three([ASSUMED; 3]);
    let two = format!(
        "{one}[[option]]\nid = \"d\"\n[[decision_maker]]\nid = \"two\"\noptions = [\"d\"]\nstatements = [\"d\"]\n"
    );
    let orders = |text: &str| drawn(text, 50).iter().map(|ranks| order(&ranks[0])).collect::<Vec<_>>();
    assert_eq!(orders(&one), orders(&two));
}

/// Two sides who each want the other to give way, and weigh that against not giving way.
const UNSURE: &str = r#"
schema = 1
title = "Unsure"
[[option]]
id = "a"
[[option]]
id = "b"
[[decision_maker]]
id = "one"
options = ["a"]
[[decision_maker.statement]]
holds = "-a"
rows = ["p1"]
[[decision_maker.statement]]
holds = "a IFF b"
reason = "taken so"
[[decision_maker]]
id = "two"
options = ["b"]
statements = ["b"]
"#;

#[test]
fn a_share_is_that_of_the_orders_in_which_a_state_holds() {
    let answer = answer(UNSURE, 4000);
    let robustness = answer.robustness.unwrap();
    assert_eq!(robustness.uncertain, ["one"]);
    // Two takes b. With "-a" first, one does not take a: state 3; with "a IFF b" first it does: state 4.
    let share = |number| robustness.shares.iter().find(|share| share.state == number).unwrap().by_concept.nash;
    for state in [3, 4] {
        let found = share(state);
        assert!((found.share - 0.5).abs() < 4.0 * found.error, "state {state}: {found:?}");
    }
    assert!((share(3).share + share(4).share - 1.0).abs() < 1e-9);
}

#[test]
fn the_answer_is_the_same_on_one_thread_and_on_four() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| answer(UNSURE, 777))
    };
    assert_eq!(on(1), on(4));
}

#[test]
fn a_statement_that_decides_is_named_with_what_changes() {
    let answer = answer(UNSURE, 10);
    assert_eq!(answer.equilibria.nash, [3]);
    let of_two = answer.without.iter().find(|change| change.decision_maker == "two").unwrap();
    assert_eq!((of_two.statement, of_two.gained.nash.as_slice()), (1, &[1][..]));
    let of_one = answer.without.iter().find(|change| change.decision_maker == "one" && change.statement == 1).unwrap();
    assert_eq!((of_one.gained.nash.as_slice(), of_one.lost.nash.as_slice()), (&[4][..], &[3][..]));
}
