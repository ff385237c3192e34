//! Stability models, however broken: what is read is made into a model to compute with, or a finding says why not; and a small model has
//! an answer to everything that can be asked, without a panic and without end.

use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::stability::{Asked, NoAnswer, lower, stability};
use detente_case::{Findings, Severity, stability as models};
use detente_stability::coalition::Sanctioners;
use detente_stability::{Concept, JointMoves, Returns, Rules, State, Unknowns};

/// Models of more states are made and not analysed.
const MOST_STATES: usize = 64;
/// As are those of more decision makers.
const MOST_SIDES: usize = 5;

/// A stability model as TOML, or as a `.gmcr` file if it begins with a brace. Whether it was analysed.
pub fn stability_answer(data: &[u8]) -> bool {
    let file = if data.first() == Some(&b'{') { "model.gmcr" } else { "model.toml" };
    let mut findings = Findings::default();
    let Some(source) = models::read(file, data.to_vec(), &mut findings) else { return false };
    let Some(lowered) = lower(&source, 1 << 12, &mut findings) else {
        let told = findings.into_sorted();
        assert!(told.iter().any(|finding| finding.severity == Severity::Error), "refused without a word");
        return false;
    };
    let (states, sides) = (lowered.model.states(), lowered.model.decision_makers());
    assert_eq!((lowered.preferences.len(), source.decision_makers.iter().count()), (sides, sides));
    assert!(lowered.preferences.iter().all(|preference| preference.ranks().states() == states));
    assert!(lowered.status_quo.is_none_or(|state| state.place() < states));
    if states > MOST_STATES || sides > MOST_SIDES {
        return false;
    }
    let settings = Settings { draws: 3, ..Settings::default() };
    let about = About::of_file(Layer::C, "stability", data, settings);
    let state = State(u32::try_from(data.len() % states).unwrap_or(0));
    let other = Rules {
        joint_moves: [JointMoves::EachOnce, JointMoves::SingleMove][data.len() % 2],
        returns: Returns::DoNotCount,
        unknowns: Unknowns::ALL[data.len() % 4],
    };
    for (rules, concept) in [(Rules::default(), Concept::ALL[data.len() % 5]), (other, Concept::Nash)] {
        let asked = Asked {
            rules,
            why: vec![state],
            all_states: true,
            coalitions: Some([Sanctioners::Single, Sanctioners::Coalitions][data.len() / 2 % 2]),
            desired: Some((state, concept)),
        };
        match stability(&source, &lowered, &asked, about.clone(), settings) {
            Ok(answer) => {
                assert_eq!((answer.count, answer.why.len()), (states, 5 * sides));
                assert_eq!(answer.inverse.map(|inverse| inverse.joint.at_least.is_some()), Some(true));
            }
            Err(NoAnswer::OnlyCanonical) => {
                let asked = Asked { desired: None, ..asked };
                assert!(stability(&source, &lowered, &asked, about.clone(), settings).is_ok());
            }
            Err(error) => panic!("a small model has no answer: {error}"),
        }
    }
    true
}
