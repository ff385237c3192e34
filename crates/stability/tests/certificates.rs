//! Every verdict comes with reasons that a checker accepts which shares nothing with the engine.

mod support;

use std::collections::BTreeSet;

use detente_stability::certificate::{Answer, Deterred, Reason, Step};
use detente_stability::*;
use support::random::Random;
use support::*;

/// A conflict as the checker sees it.
struct Conflict<'a> {
    model: &'a Model,
    preferences: &'a [Preference],
    rules: Rules,
}

impl Conflict<'_> {
    fn moves(&self, mover: DecisionMaker, from: State, improving: bool) -> Vec<State> {
        let mut reach = self.model.reach(mover, from);
        reach.retain(|to| !improving || self.preferences[mover.0].leaves(from, *to, self.rules.unknowns));
        reach
    }

    /// All that the opponents can reach, by the definition: sequences, with what bars the next mover.
    fn reached(&self, focal: DecisionMaker, from: State, improving: bool) -> BTreeSet<State> {
        let mut open = vec![(from, Vec::<DecisionMaker>::new())];
        let mut seen = BTreeSet::new();
        while let Some((from, moved)) = open.pop() {
            for mover in (0..self.preferences.len()).map(DecisionMaker) {
                let barred = match self.rules.joint_moves {
                    JointMoves::Canonical => moved.last() == Some(&mover),
                    JointMoves::EachOnce => moved.contains(&mover),
                    JointMoves::SingleMove => !moved.is_empty(),
                };
                if mover == focal || barred {
                    continue;
                }
                for to in self.moves(mover, from, improving) {
                    let mut moved =
                        if self.rules.joint_moves == JointMoves::Canonical { vec![] } else { moved.clone() };
                    moved.push(mover);
                    moved.sort_unstable();
                    if seen.insert((to, moved.clone())) {
                        open.push((to, moved));
                    }
                }
            }
        }
        seen.into_iter().map(|(state, _)| state).collect()
    }

    /// Whether a path leads legally from one state to another.
    fn path(&self, certificate: &Certificate, begin: State, path: &[Step], end: State) -> bool {
        let improving = matches!(certificate.concept, Concept::Seq | Concept::Sseq);
        let joined = path.windows(2).all(|pair| pair[0].to == pair[1].from && pair[0].mover != pair[1].mover);
        let told = path.iter().all(|step| {
            step.mover != certificate.decision_maker
                && self.moves(step.mover, step.from, improving).contains(&step.to)
                && step.relation == self.preferences[step.mover.0].compare(step.to, step.from)
        });
        let movers: BTreeSet<DecisionMaker> = path.iter().map(|step| step.mover).collect();
        let short = match self.rules.joint_moves {
            JointMoves::Canonical => true,
            JointMoves::EachOnce => movers.len() == path.len(),
            JointMoves::SingleMove => path.len() == 1,
        };
        let ends = path.first().map(|step| step.from) == Some(begin) && path.last().map(|step| step.to) == Some(end);
        joined && told && short && ends
    }

    /// Whether an outcome is a sanction.
    fn sanction(&self, certificate: &Certificate, outcome: State) -> bool {
        let focal = certificate.decision_maker;
        let deters = |to: State| self.preferences[focal.0].deters(certificate.state, to, self.rules.unknowns);
        let counter = matches!(certificate.concept, Concept::Smr | Concept::Sseq);
        (outcome != certificate.state || self.rules.returns == Returns::Count)
            && deters(outcome)
            && (!counter || self.model.reach(focal, outcome).into_iter().all(deters))
    }

    /// Whether the certificate proves what it says.
    fn verify(&self, certificate: &Certificate) -> bool {
        let focal = certificate.decision_maker;
        let improving = matches!(certificate.concept, Concept::Seq | Concept::Sseq);
        let improvements = self.moves(focal, certificate.state, true);
        match &certificate.reason {
            Reason::Stable(deterred) => {
                let told: Vec<State> = deterred.iter().map(|entry| entry.improvement).collect();
                let proven = |entry: &Deterred| {
                    let rank = |state: State| self.preferences[focal.0].ranks().rank(state);
                    let countermoves = self.model.reach(focal, entry.outcome);
                    let best = entry.countermove.is_none_or(|best| {
                        countermoves.contains(&best) && countermoves.iter().all(|to| rank(*to) <= rank(best))
                    });
                    self.path(certificate, entry.improvement, &entry.path, entry.outcome)
                        && self.sanction(certificate, entry.outcome)
                        && best
                };
                told == improvements && deterred.iter().all(proven)
            }
            Reason::Unstable { improvement, answer } => {
                let reached = self.reached(focal, *improvement, improving);
                let none = certificate.concept == Concept::Nash
                    || reached.iter().all(|outcome| !self.sanction(certificate, *outcome));
                let told = match answer {
                    Answer::NotAsked => certificate.concept == Concept::Nash,
                    Answer::None => reached.is_empty(),
                    Answer::Better { path, outcome } => self.path(certificate, *improvement, path, *outcome),
                    Answer::Back { path } => self.path(certificate, *improvement, path, certificate.state),
                    Answer::Countered { path, outcome, countermove } => {
                        self.path(certificate, *improvement, path, *outcome)
                            && self.model.reach(focal, *outcome).contains(countermove)
                            && !self.preferences[focal.0].deters(certificate.state, *countermove, self.rules.unknowns)
                    }
                };
                improvements.contains(improvement) && none && told
            }
        }
    }
}

#[test]
fn a_checker_accepts_every_certificate_and_it_agrees_with_the_engine() {
    let mut random = Random(11);
    let mut checked = 0;
    for round in 0..700 {
        let model = match round % 3 {
            0 => random.graph(),
            _ => match Model::from_options(random.form(), 64) {
                Ok(model) => model,
                Err(_) => continue,
            },
        };
        let unsure = round % 5 == 0;
        let mut preference = || if unsure { random.unsure(model.states()) } else { random.preference(model.states()) };
        let preferences: Vec<Preference> = (0..model.decision_makers()).map(|_| preference()).collect();
        let rules = Rules {
            joint_moves: [JointMoves::Canonical, JointMoves::EachOnce, JointMoves::SingleMove][round % 7 % 3],
            returns: if round % 4 == 0 { Returns::DoNotCount } else { Returns::Count },
            unknowns: Unknowns::ALL[round % 4],
        };
        let verdicts = analyse(&model, &preferences, rules).unwrap();
        let conflict = Conflict { model: &model, preferences: &preferences, rules };
        for state in model.all_states() {
            for mover in (0..model.decision_makers()).map(DecisionMaker) {
                for concept in Concept::ALL {
                    let certificate = certificate(&model, &preferences, rules, mover, state, concept).unwrap();
                    assert_eq!(certificate.stable(), verdicts.stable(mover, state, concept), "{certificate:?}");
                    assert!(conflict.verify(&certificate), "{certificate:?}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 50_000);
}

#[test]
fn the_checker_refuses_what_is_not_so() {
    let model = graph(4, &["1>2", "2>3", "3>4"]);
    let preferences = [values(&[2, 4, 3, 1]), values(&[0, 2, 3, 1]), values(&[0, 1, 2, 3])];
    let conflict = Conflict { model: &model, preferences: &preferences, rules: Rules::default() };
    let true_one =
        certificate(&model, &preferences, Rules::default(), DecisionMaker(0), State(0), Concept::Seq).unwrap();
    assert!(conflict.verify(&true_one));
    let Reason::Stable(deterred) = &true_one.reason else { panic!("{true_one:?}") };
    let mut shorter = deterred.clone();
    shorter[0].path.pop();
    shorter[0].outcome = State(2);
    let mut jumping = deterred.clone();
    jumping[0].path.remove(0);
    for planted in [shorter, jumping, Vec::new()] {
        assert!(!conflict.verify(&Certificate { reason: Reason::Stable(planted), ..true_one.clone() }));
    }
}

#[test]
fn the_answer_is_told_move_by_move() {
    let model = options("bbb", &[&[1], &[2], &[3]], &[]);
    let preferences =
        [values(&[2, 3, 3, 3, 3, 1, 3, 3]), values(&[0, 1, 0, 2, 0, 2, 0, 1]), values(&[0, 2, 0, 1, 0, 1, 0, 2])];
    let found = certificate(&model, &preferences, Rules::default(), DecisionMaker(0), State(0), Concept::Seq).unwrap();
    let Reason::Stable(deterred) = &found.reason else { panic!("{found:?}") };
    let told: Vec<(usize, u64)> = deterred[0].path.iter().map(|step| (step.mover.0, step.to.number() - 1)).collect();
    assert_eq!(told, [(1, 3), (2, 7), (1, 5)]);
}

#[test]
fn nothing_is_certified_of_what_is_not_there() {
    let model = options("b", &[&[1]], &[]);
    let ask = |mover, state, preferences: &[Preference]| {
        certificate(&model, preferences, Rules::default(), DecisionMaker(mover), State(state), Concept::Nash)
    };
    assert_eq!(ask(1, 0, &[values(&[1, 2])]), None);
    assert_eq!(ask(0, 2, &[values(&[1, 2])]), None);
    assert_eq!(ask(0, 0, &[values(&[1, 2, 3])]), None);
}
