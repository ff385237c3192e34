//! Stability models of files, turned into ones to compute with: the textbook cases as expected, and what is wrong, at its place.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use std::collections::BTreeSet;

use detente_analysis::stability::{Lowered, lower};
use detente_case::stability::StabilityModel;
use detente_case::{Findings, bundled, stability};
use detente_stability::coalition::{Coalition, CoalitionRules, Coalitions, Jump};
use detente_stability::{Concept, DecisionMaker, Relation, Rules, State, Verdicts, analyse};
use toml::de::{DeTable, DeValue};

const LIMIT: usize = 1 << 20;

fn read(text: &str) -> StabilityModel {
    let mut findings = Findings::default();
    let model = stability::read("m.toml", text.as_bytes().to_vec(), &mut findings);
    model.unwrap_or_else(|| panic!("{:#?}", findings.into_sorted()))
}

/// The model to compute with, and what was said: `code line:column message`.
fn lowered(source: &StabilityModel, limit: usize) -> (Option<Lowered>, Vec<String>) {
    let mut findings = Findings::default();
    let lowered = lower(source, limit, &mut findings);
    let told = findings.into_sorted().into_iter().map(|finding| match (finding.line, finding.column) {
        (Some(line), Some(column)) => format!("{} {line}:{column} {}", finding.code, finding.message),
        _ => format!("{} {}", finding.code, finding.message),
    });
    (lowered, told.collect())
}

fn said(text: &str) -> Vec<String> {
    lowered(&read(text), LIMIT).1
}

fn of(text: &str) -> Lowered {
    let (lowered, told) = lowered(&read(text), LIMIT);
    lowered.unwrap_or_else(|| panic!("{told:#?}"))
}

fn verdicts(lowered: &Lowered) -> Verdicts {
    analyse(&lowered.model, &lowered.preferences, Rules::default()).unwrap()
}

fn numbers(states: impl Iterator<Item = State>) -> BTreeSet<u64> {
    states.map(State::number).collect()
}

/// The concepts by their keys in the table of expected results.
const CONCEPTS: [(&str, Concept); 5] = [
    ("nash", Concept::Nash),
    ("gmr", Concept::Gmr),
    ("smr", Concept::Smr),
    ("seq", Concept::Seq),
    ("sseq", Concept::Sseq),
];

fn table<'t>(value: &'t DeTable<'_>, key: &str) -> &'t DeTable<'t> {
    let found = value.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref());
    match found {
        Some(DeValue::Table(table)) => table,
        other => panic!("{key}: {other:?}"),
    }
}

fn listed(value: &DeTable<'_>, key: &str) -> BTreeSet<u64> {
    let found = value.iter().find(|(name, _)| name.get_ref() == key).unwrap().1.get_ref();
    found.as_array().unwrap().iter().map(|n| n.get_ref().as_integer().unwrap().as_str().parse().unwrap()).collect()
}

#[test]
fn the_textbook_models_come_to_the_results_that_are_expected_of_them() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/textbook/expected.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let expected = DeTable::parse(&text).unwrap();
    let models = expected.get_ref().iter().find(|(key, _)| key.get_ref() == "model").unwrap().1.get_ref();
    let mut tested = BTreeSet::new();
    for entry in models.as_array().unwrap().iter() {
        let entry = entry.get_ref().as_table().unwrap();
        let text = |key: &str| entry.iter().find(|(k, _)| k.get_ref() == key).unwrap().1.get_ref().as_str();
        let name = format!("textbook/{}", text("name").unwrap());
        let (_, content) = bundled::model(&name).unwrap();
        let source = read(str::from_utf8(content).unwrap());
        let (lowered, told) = lowered(&source, LIMIT);
        assert!(told.is_empty(), "{name}: {told:#?}");
        let lowered = lowered.unwrap();
        let verdicts = verdicts(&lowered);
        for (key, concept) in CONCEPTS {
            let equilibria = listed(table(entry, "equilibria"), key);
            assert_eq!(numbers(verdicts.equilibria(concept)), equilibria, "{name}: equilibria, {key}");
            for (place, decision_maker) in source.decision_makers.iter().enumerate() {
                let stable = listed(table(table(entry, "stable"), &decision_maker.id), key);
                let found = numbers(verdicts.stable_states(DecisionMaker(place), concept));
                assert_eq!(found, stable, "{name}: {}, {key}", decision_maker.id);
            }
        }
        let of = &lowered;
        let coalitions = Coalitions::new(&of.model, &of.preferences, CoalitionRules::default()).unwrap();
        let all = Coalition::all(of.model.decision_makers()).unwrap();
        let against_all = coalitions.verdicts(&all).unwrap();
        for (key, concept) in CONCEPTS.into_iter().filter(|(key, _)| *key != "sseq") {
            let stable = listed(table(entry, "every_coalition"), key);
            assert_eq!(numbers(against_all.stable_for_all(concept).into_iter()), stable, "{name}: coalitions, {key}");
        }
        let several: Vec<Coalition> = all.into_iter().filter(|coalition| coalition.members().count() > 1).collect();
        let strong: Vec<State> = verdicts.equilibria(Concept::Sseq).collect();
        let told = |jump: Jump| {
            let ids = jump
                .coalition
                .members()
                .map(|member| source.decision_makers.iter().nth(member.0).unwrap().id.to_string());
            format!("{}: {} to {}", ids.collect::<Vec<_>>().join(" "), jump.from.number(), jump.to.number())
        };
        let jumps: Vec<String> = coalitions.jumps(&several, &strong).into_iter().map(told).collect();
        let expected = entry.iter().find(|(key, _)| key.get_ref() == "jumps").unwrap().1.get_ref();
        let expected = expected.as_array().unwrap().iter().map(|jump| jump.get_ref().as_str().unwrap());
        assert_eq!(jumps, expected.collect::<Vec<_>>(), "{name}: jumps");
        tested.insert(name);
    }
    assert_eq!(tested.into_iter().collect::<Vec<_>>(), bundled::models());
}

#[test]
fn elmira_made_one_by_its_options_is_elmira_by_its_states() {
    let model = |name| read(str::from_utf8(bundled::model(name).unwrap().1).unwrap());
    let (graph, options) = (model("textbook/elmira"), model("textbook/elmira-options"));
    let (graph, options) = (lowered(&graph, LIMIT).0.unwrap(), lowered(&options, LIMIT).0.unwrap());
    // The abandoned plant is state 5 by its options.
    let same = |state: State| State([0, 1, 2, 3, 5, 6, 7, 8, 4][state.place()]);
    for mover in (0..3).map(DecisionMaker) {
        for state in graph.model.all_states() {
            let reach: BTreeSet<State> = graph.model.reach(mover, state).into_iter().map(same).collect();
            assert_eq!(reach, options.model.reach(mover, same(state)).into_iter().collect(), "{mover:?} {state:?}");
            for other in graph.model.all_states() {
                let relation = graph.preferences[mover.0].compare(state, other);
                assert_eq!(options.preferences[mover.0].compare(same(state), same(other)), relation);
            }
        }
    }
    assert_eq!(options.status_quo, graph.status_quo.map(same));
    assert_eq!(&*options.names[4], "Plant abandoned");
}

/// Two decision makers with an option each; lines at the end belong to the second.
fn game(lines: &str) -> String {
    format!(
        "schema = 1
title = \"Game\"
[[option]]
id = \"a\"
[[option]]
id = \"b\"
[[decision_maker]]
id = \"one\"
options = [\"a\"]
ranking = \"3 4 1 2\"
[[decision_maker]]
id = \"two\"
options = [\"b\"]
{lines}
"
    )
}

#[test]
fn statements_weights_and_rankings_of_the_same_order_are_the_same_ranks() {
    let ranks = |lines: &str| of(&game(lines)).preferences[1].ranks().clone();
    let ranking = ranks("ranking = \"3 4 1 2\"");
    assert_eq!(ranks("statements = [\"b\", \"-a\"]"), ranking);
    assert_eq!(ranks("weights = { b = 1, a = \"-1/3\" }"), ranking);
    assert_eq!(ranks("weights = { b = { low = 0, best = 2, high = 9 }, a = -0.5 }"), ranking);
    assert_eq!(ranks("indifferent = true"), ranks("ranking = \"(1 2 3 4)\""));
}

#[test]
fn a_ranking_names_every_state_once() {
    let lines = "ranking = \"3 9 1 4 3\"";
    assert_eq!(
        said(&game(lines)),
        [
            "M012 14:11 `two` leaves out 1 of 4 states: 2",
            "M012 14:14 `two` ranks state 9, and the states are numbered from 1 to 4",
            "M012 14:20 `two` ranks state 3 before and after state 9: its preference goes in a circle",
        ]
    );
    assert_eq!(said(&game("ranking = \"1 2 3 (4 4)\"")), ["M012 14:21 `two` ranks state 4 twice"]);
}

#[test]
fn rules_that_leave_no_state_are_named_where_the_last_one_goes() {
    let rules = "indifferent = true
[[infeasible]]
pattern = \"Y-\"
[[infeasible]]
when = \"a & b\"
[[infeasible]]
at_least_one = [\"a\"]";
    assert_eq!(
        said(&game(rules)),
        ["M010 19:1 with this entry every combination of options is ruled out: no state is left"]
    );
}

#[test]
fn what_changes_nothing_is_told() {
    let rules = "statements = [\"a\", \"b\", \"-a\", \"a | -a\"]
[[infeasible]]
pattern = \"YY\"
[[infeasible]]
when = \"a & b\"
[[same_state]]
when = \"a & -b\"
[[name]]
when = \"a & b\"
label = \"Both\"";
    let text = game(rules).replace("ranking = \"3 4 1 2\"", "ranking = \"3 1 2\"");
    assert_eq!(
        said(&text),
        [
            "M016 14:25 statement 3, `-a`, says the opposite of statement 1: it decides nothing",
            "M016 14:31 statement 4, `a | -a`, holds in every state: it decides nothing",
            "M016 17:1 all combinations of this kind are ruled out by entries above; this entry changes nothing",
            "M016 19:1 `a & -b` holds of fewer than two feasible combinations; none become one",
            "M016 21:1 `a & b` holds in no feasible state, so nothing is called “Both”",
        ]
    );
}

#[test]
fn combinations_that_are_one_state_are_preferred_equally() {
    let lines = "statements = [\"b\"]\n[[same_state]]\nwhen = \"a\"";
    assert_eq!(
        said(&game(lines)),
        [
            "M014 10:11 `one` does not prefer states 2 and 4 equally, and they are one state",
            "M014 14:14 `two` does not prefer states 2 and 4 equally, and they are one state",
        ]
    );
}

#[test]
fn the_status_quo_is_one_state() {
    let at =
        |status_quo: &str| game("indifferent = true").replace("title", &format!("status_quo = {status_quo}\ntitle"));
    assert_eq!(of(&at("\"a & -b\"")).status_quo, Some(State(1)));
    assert_eq!(of(&at("3")).status_quo, Some(State(2)));
    assert_eq!(said(&at("\"a\"")), ["M013 2:14 `status_quo`: `a` holds in 2 states; expected one"]);
    assert_eq!(said(&at("5")), ["M013 2:14 there is no state 5; the states are numbered from 1 to 4"]);
    assert_eq!(said(&at("\"a & -a\"")), ["M013 2:14 `status_quo`: `a & -a` holds in no feasible state"]);
    // Combinations that are one state are one.
    let one = at("\"a\"").replace("3 4 1 2", "3 (4 2) 1") + "[[same_state]]\nwhen = \"a\"\n";
    assert_eq!(of(&one).status_quo, Some(State(1)));
}

#[test]
fn single_moves_are_added_and_taken_out_between_the_states_of_the_file() {
    let lines = "indifferent = true
[[move]]
decision_maker = \"one\"
add = [\"1 -> 4\"]
[[move]]
decision_maker = \"one\"
remove = \"1 <-> 2\"
[[move]]
decision_maker = \"two\"
remove = \"3 -> 1\"";
    let model = of(&game(lines)).model;
    assert_eq!(model.reach(DecisionMaker(0), State(0)), [State(3)]);
    assert_eq!(model.reach(DecisionMaker(0), State(1)), []);
    assert_eq!(model.reach(DecisionMaker(1), State(2)), []);
    let entry = |lines: &str| said(&game(&format!("indifferent = true\n[[move]]\ndecision_maker = \"one\"\n{lines}")));
    assert_eq!(entry("add = \"1 -> 2\""), ["M015 15:1 the move from state 1 to state 2 is there already"]);
    assert_eq!(entry("remove = \"1 -> 3\""), ["M015 15:1 the move from state 1 to state 3 is not there"]);
    assert_eq!(entry("add = \"1 -> 7\""), ["M013 15:1 there is no state 7; the states are numbered from 1 to 4"]);
    // After combinations are made one, the numbers are still those of the combinations.
    let one = game(
        "indifferent = true\n[[same_state]]\nwhen = \"-b\"\n[[move]]\ndecision_maker = \"two\"\nremove = \"4 -> 2\"",
    );
    let model = of(&one.replace("3 4 1 2", "3 4 (1 2)")).model;
    assert_eq!((model.states(), model.reach(DecisionMaker(1), State(2))), (2 + 1, Vec::new()));
    assert_eq!(model.reach(DecisionMaker(1), State(1)), [State(0)]);
}

#[test]
fn pairs_whose_order_is_unknown_are_unknown() {
    let lowered = of(&game("ranking = \"1 2 3 4\"\nunknown = [\"4 1\", [\"a & -b\", \"b\"]]"));
    let relation = |one: u32, other: u32| lowered.preferences[1].compare(State(one - 1), State(other - 1));
    assert_eq!(
        [relation(1, 4), relation(2, 3), relation(4, 2), relation(1, 2)],
        [Relation::Unknown, Relation::Unknown, Relation::Unknown, Relation::Better]
    );
    assert_eq!(
        said(&game("ranking = \"1 2 3 4\"\nunknown = [\"4 9\", [\"a & -a\", \"b\"]]")),
        [
            "M013 15:12 there is no state 9; the states are numbered from 1 to 4",
            "M016 15:19 these are no two states, so the order of none becomes unknown",
        ]
    );
}

#[test]
fn a_model_that_is_too_large_is_refused_with_the_size_that_it_would_need() {
    let options: String = (0..40).map(|n| format!("[[option]]\nid = \"o{n}\"\n")).collect();
    let owned: Vec<String> = (0..40).map(|n| format!("\"o{n}\"")).collect();
    let text = format!(
        "schema = 1\ntitle = \"T\"\n{options}[[decision_maker]]\nid = \"d\"\noptions = [{}]\nstatements = [\"o1\"]\n",
        owned.join(", ")
    );
    assert_eq!(
        said(&text),
        [
            "M011 this model cannot be listed: 1099511627776 states would take about 43980466 MB; at most 1048576 states are allowed"
        ]
    );
    let graph = read(str::from_utf8(bundled::model("textbook/elmira").unwrap().1).unwrap());
    assert_eq!(lowered(&graph, 8).1, ["M011 this model has 9 states; at most 8 are allowed"]);
}
