//! Models and answers in few words, for tests.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test file uses a part, and stops where a model is wrong"
)]

pub mod conflict;
pub mod definitions;
pub mod random;

use detente_stability::*;

/// A model in graph form: for each decision maker its moves, such as `1>2 3<>4`.
pub fn graph(states: usize, moves: &[&str]) -> Model {
    let state = |number: &str| State(number.parse::<u32>().unwrap() - 1);
    let arcs = |text: &&str| {
        let both = text.split_whitespace().flat_map(|word| {
            let (from, to) = word.split_once('>').unwrap();
            match from.strip_suffix('<') {
                Some(from) => vec![(state(from), state(to)), (state(to), state(from))],
                None => vec![(state(from), state(to))],
            }
        });
        both.collect()
    };
    let moves: Vec<Vec<(State, State)>> = moves.iter().map(arcs).collect();
    Model::from_graph(GraphForm::new(states, &moves).unwrap())
}

/// A form: for each option its direction (`b`oth, `f`orward, bac`k`, fi`x`ed), for each decision maker its options, counted from 1,
/// and patterns of what is infeasible.
pub fn form(directions: &str, owned: &[&[usize]], infeasible: &[&str]) -> OptionForm {
    let moves = directions.chars().map(|letter| match letter {
        'f' => Moves::Forward,
        'k' => Moves::Back,
        'x' => Moves::Fixed,
        _ => Moves::Both,
    });
    let owned: Vec<Vec<usize>> =
        owned.iter().map(|options| options.iter().map(|option| option - 1).collect()).collect();
    let mut form = OptionForm::new(moves.collect(), &owned).unwrap();
    infeasible.iter().for_each(|pattern| form.rule_out(Formula::pattern(pattern).unwrap()).unwrap());
    form
}

/// The model of a form.
pub fn options(directions: &str, owned: &[&[usize]], infeasible: &[&str]) -> Model {
    Model::from_options(form(directions, owned, infeasible), 1 << 20).unwrap()
}

/// A model with just these codes feasible.
pub fn only(directions: &str, owned: &[&[usize]], codes: &[u64]) -> Model {
    let mut form = form(directions, owned, &[]);
    let count = form.options().len();
    let feasible = |code: &u64| {
        let letters: String = (0..count).map(|option| if code >> option & 1 == 1 { 'Y' } else { 'N' }).collect();
        Formula::pattern(&letters).unwrap()
    };
    form.rule_out(Formula::Not(Formula::Any(codes.iter().map(feasible).collect()).into())).unwrap();
    Model::from_options(form, 1 << 20).unwrap()
}

/// Ranks by value, one a state.
pub fn values(values: &[i64]) -> Preference {
    Ranks::of_values(values).into()
}

/// A ranking by state numbers, best first; ties in parentheses.
pub fn ranking(text: &str) -> Preference {
    let mut entries: Vec<Vec<State>> = Vec::new();
    let mut tied = false;
    for word in text.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        match word {
            "(" => {
                tied = true;
                entries.push(Vec::new());
            }
            ")" => tied = false,
            number => {
                let state = State(number.parse::<u32>().unwrap() - 1);
                match entries.last_mut() {
                    Some(entry) if tied => entry.push(state),
                    _ => entries.push(vec![state]),
                }
            }
        }
    }
    let states = entries.iter().flatten().count();
    Ranks::from_ranking(states, &entries).unwrap().into()
}

/// The canonical verdicts.
pub fn verdicts(model: &Model, preferences: &[Preference]) -> Verdicts {
    analyse(model, preferences, Rules::default()).unwrap()
}

/// The concepts under which a state (by number) is stable for the first decision maker, as letters `N G S Q q`.
pub fn first(model: &Model, preferences: &[Preference], number: u32) -> String {
    first_by(model, preferences, number, Rules::default())
}

/// The same under other rules.
pub fn first_by(model: &Model, preferences: &[Preference], number: u32, rules: Rules) -> String {
    let verdicts = analyse(model, preferences, rules).unwrap();
    letters(|concept| verdicts.stable(DecisionMaker(0), State(number - 1), concept))
}

/// The letters of the concepts that hold.
pub fn letters(holds: impl Fn(Concept) -> bool) -> String {
    let named = Concept::ALL.into_iter().zip(["N", "G", "S", "Q", "q"]);
    named.filter(|(concept, _)| holds(*concept)).map(|(_, letter)| letter).collect()
}

/// State numbers.
pub fn numbers(states: impl Iterator<Item = State>) -> Vec<u64> {
    states.map(State::number).collect()
}
