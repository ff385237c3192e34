//! Orders of statements under which a state holds: small cases by hand, and random models against all orders there are.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::collections::BTreeSet;

use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::stability::desired::LeastVerdict;
use detente_analysis::stability::reorder::{LeastOrderNow, ReorderNow};
use detente_analysis::stability::{Asked, Lowered, formula, lower, stability};
use detente_case::Findings;
use detente_case::stability::{Preference as Stated, StabilityModel, read};
use detente_stability::statements::prioritise;
use detente_stability::{Concept, DecisionMaker, Formula, Preference, Rules, State, States, Verdicts, analyse};

fn model(text: &str) -> Option<(StabilityModel, Lowered)> {
    let mut findings = Findings::default();
    let source = read("model.toml", text.as_bytes().to_vec(), &mut findings)?;
    let lowered = lower(&source, 1 << 16, &mut findings)?;
    Some((source, lowered))
}

fn ask(source: &StabilityModel, lowered: &Lowered, number: u32, concept: Concept) -> Option<ReorderNow> {
    let settings = Settings { draws: 1, ..Settings::default() };
    let about = About::of_file(Layer::C, "stability", b"", settings);
    let asked = Asked { desired: Some((State(number - 1), concept)), ..Asked::default() };
    stability(source, lowered, &asked, about, settings).unwrap().inverse.unwrap().by_statements
}

fn answer(text: &str, number: u32, concept: Concept) -> ReorderNow {
    let (source, lowered) = model(text).unwrap();
    ask(&source, &lowered, number, concept).unwrap()
}

/// Sides of an option each, `a` first, with their statements.
fn game(sides: &[&[&str]]) -> String {
    let mut text = String::from("schema = 1\ntitle = \"Game\"\n");
    let letters = ["a", "b", "c", "d"];
    for letter in &letters[..sides.len()] {
        text.push_str(&format!("[[option]]\nid = \"{letter}\"\n"));
    }
    for (letter, statements) in letters.iter().zip(sides) {
        text.push_str(&format!(
            "[[decision_maker]]\nid = \"of_{letter}\"\noptions = [\"{letter}\"]\nstatements = {statements:?}\n"
        ));
    }
    text
}

/// Orders as text: `of_a 2 1 3; of_b 2 1`.
fn told(least: &LeastOrderNow) -> (Option<usize>, Vec<String>) {
    let one = |orders: &detente_analysis::stability::reorder::OrdersNow| {
        let side = |order: &detente_analysis::stability::reorder::OrderNow| {
            let places: Vec<String> = order.order.iter().map(ToString::to_string).collect();
            format!("{} {}", order.decision_maker, places.join(" "))
        };
        orders.changed.iter().map(side).collect::<Vec<_>>().join("; ")
    };
    (least.swaps, least.orders.iter().map(one).collect())
}

#[test]
fn cooperation_holds_where_each_side_puts_it_before_its_own_gain() {
    // Each wants the other to cooperate, then not to cooperate itself, then that both do.
    let text = game(&[&["b", "-a", "a & b"], &["a", "-b", "a & b"]]);
    let found = answer(&text, 4, Concept::Nash);
    assert_eq!(told(&found.joint), (Some(2), vec!["of_a 1 3 2; of_b 1 3 2".to_owned()]));
    assert_eq!(told(&found.own[0].least), (Some(1), vec!["of_a 1 3 2".to_owned()]));
    assert_eq!(found.joint.orders[0].changed[0].turned, [[3, 2]]);
    assert_eq!(found.own[0].without, [2], "what it wants for itself is in the way");
    assert!(found.without.is_empty() && found.all_without, "one side's is not enough");
    let already = answer(&text, 4, Concept::Seq);
    assert_eq!(told(&already.joint), (Some(0), vec![String::new()]));
    assert!(already.joint.all && already.own.iter().all(|own| own.without.is_empty()));
}

#[test]
fn one_statement_left_out_may_do() {
    let found = answer(&game(&[&["-a", "b"], &["b"]]), 4, Concept::Nash);
    assert_eq!(found.joint.verdict, LeastVerdict::Impossible, "no order makes `a` better");
    assert_eq!((found.own[0].without.as_slice(), found.own[1].without.as_slice()), (&[1][..], &[][..]));
    assert_eq!((found.without.len(), found.without[0].statement), (1, 1));
    assert_eq!(found.without[0].decision_maker, "of_a");
}

#[test]
fn sides_without_statements_keep_what_they_prefer() {
    let fixed =
        |ranking: &str| game(&[&["-a", "a & b"], &[]]).replace("statements = []", &format!("ranking = \"{ranking}\""));
    assert_eq!(told(&answer(&fixed("4 2 1 3"), 4, Concept::Nash).joint), (Some(1), vec!["of_a 2 1".to_owned()]));
    let refused = answer(&fixed("2 4 1 3"), 4, Concept::Nash);
    assert_eq!((refused.joint.verdict, refused.own.len()), (LeastVerdict::Impossible, 1));
    assert_eq!(refused.own[0].least.verdict, LeastVerdict::Found);
    let (source, lowered) =
        model(&fixed("2 4 1 3").replace("statements = [\"-a\", \"a & b\"]", "indifferent = true")).unwrap();
    assert_eq!(ask(&source, &lowered, 4, Concept::Nash), None);
}

#[test]
fn what_takes_too_long_is_told_as_not_decided() {
    // Twelve statements of which no order makes `a` better, and more orders of them than are looked at.
    let statements = [
        "-a",
        "-a | b",
        "-a | -b",
        "-a & b",
        "-a & -b",
        "-a | c",
        "-a | -c",
        "-a & c",
        "-a & -c",
        "-a & b & c",
        "-a & b & -c",
        "-a & -b & c",
    ];
    let found = answer(&game(&[&statements, &["b"], &["c"]]), 8, Concept::Nash);
    assert_eq!(found.joint.verdict, LeastVerdict::Undecided);
    assert!(found.joint.at_least.unwrap() > 4 && found.joint.orders.is_empty() && !found.joint.all);
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn rule(&mut self, options: usize) -> String {
        let literal =
            |random: &mut Random| format!("{}{}", ["", "-"][random.below(2)], ["a", "b", "c"][random.below(options)]);
        let (one, other) = (literal(self), literal(self));
        match self.below(6) {
            0 => format!("{one} & {other}"),
            1 => format!("{one} | {other}"),
            2 => format!("{one} IF {other}"),
            3 => format!("{one} IFF {other}"),
            _ => one,
        }
    }

    /// Two or three sides with two to four statements each; some options one-way, a combination that cannot be, combinations that are
    /// one state, a side with a ranking.
    fn game(&mut self) -> String {
        let sides = 2 + self.below(2);
        let most = if sides == 2 { 4 } else { 3 };
        let statements: Vec<Vec<String>> =
            (0..sides).map(|_| (0..2 + self.below(most - 1)).map(|_| self.rule(sides)).collect()).collect();
        let borrowed: Vec<Vec<&str>> = statements.iter().map(|own| own.iter().map(String::as_str).collect()).collect();
        let mut text = game(&borrowed.iter().map(Vec::as_slice).collect::<Vec<_>>());
        if self.below(3) == 0 {
            text = text.replacen("id = \"b\"\n", "id = \"b\"\nmoves = \"forward\"\n", 1);
        }
        if self.below(4) == 0 {
            text.push_str(&format!("[[infeasible]]\nwhen = \"{}\"\n", self.rule(sides)));
        }
        if self.below(8) == 0 {
            text.push_str(&format!("[[same_state]]\nwhen = \"{}\"\n", self.rule(sides)));
        }
        text
    }
}

/// All orders of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..count {
        let longer = |before: &Vec<usize>| -> Vec<Vec<usize>> {
            let free = (0..count).filter(|place| !before.contains(place));
            free.map(|place| before.iter().copied().chain([place]).collect()).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// The least number of swaps of neighbours, by sorting with them.
fn swaps(order: &[usize]) -> usize {
    let (mut order, mut swaps) = (order.to_vec(), 0);
    while let Some(place) = order.windows(2).position(|pair| pair[0] > pair[1]) {
        order.swap(place, place + 1);
        swaps += 1;
    }
    swaps
}

struct All<'a> {
    lowered: &'a Lowered,
    /// The sides with statements.
    sides: Vec<(usize, Vec<Formula>)>,
    desired: State,
    concept: Concept,
}

impl All<'_> {
    /// The verdicts where the sides' statements stand in these orders, or where some are left out.
    fn verdicts(&self, orders: &[Vec<usize>]) -> Verdicts {
        let mut preferences: Vec<Preference> = self.lowered.preferences.clone();
        for ((mover, statements), order) in self.sides.iter().zip(orders) {
            let ordered: Vec<Formula> = order.iter().map(|place| statements[*place].clone()).collect();
            let codes = || self.lowered.model.feasible().into_iter().flat_map(States::codes);
            preferences[*mover] = prioritise(codes, &ordered).ranks.of_states(&self.lowered.model).unwrap().into();
        }
        analyse(&self.lowered.model, &preferences, Rules::default()).unwrap()
    }

    fn holds(&self, verdicts: &Verdicts, whose: Option<usize>) -> bool {
        match whose {
            Some(mover) => verdicts.stable(DecisionMaker(mover), self.desired, self.concept),
            None => verdicts.equilibrium(self.desired, self.concept),
        }
    }

    fn as_they_are(&self) -> Vec<Vec<usize>> {
        self.sides.iter().map(|(_, statements)| (0..statements.len()).collect()).collect()
    }

    /// All orders of some sides with the fewest swaps under which it holds.
    fn least(&self, movable: &[usize], whose: Option<usize>) -> (Option<usize>, BTreeSet<Vec<Vec<usize>>>) {
        let mut all = vec![self.as_they_are()];
        for side in movable {
            let own = orders(self.sides[*side].1.len());
            let with = |before: &Vec<Vec<usize>>| -> Vec<Vec<Vec<usize>>> {
                let with = own.iter().map(|order| {
                    let mut orders = before.clone();
                    orders[*side] = order.clone();
                    orders
                });
                with.collect()
            };
            all = all.iter().flat_map(with).collect();
        }
        all.retain(|orders| self.holds(&self.verdicts(orders), whose));
        let cost = |orders: &Vec<Vec<usize>>| orders.iter().map(|order| swaps(order)).sum::<usize>();
        let least = all.iter().map(cost).min();
        all.retain(|orders| Some(cost(orders)) == least);
        (least, all.into_iter().collect())
    }

    fn expect(
        &self,
        source: &StabilityModel,
        found: &LeastOrderNow,
        movable: &[usize],
        whose: Option<usize>,
        what: &str,
    ) {
        let (swaps, expected) = self.least(movable, whose);
        assert_eq!((found.swaps, found.at_least), (swaps, swaps), "{what}");
        let verdict = if swaps.is_some() { LeastVerdict::Found } else { LeastVerdict::Impossible };
        assert_eq!(found.verdict, verdict, "{what}");
        let id = |mover: usize| source.decision_makers.iter().nth(mover).unwrap().id.to_string();
        let listed = found.orders.iter().map(|orders| {
            let mut all = self.as_they_are();
            for order in &orders.changed {
                let side = self.sides.iter().position(|(mover, _)| id(*mover) == order.decision_maker).unwrap();
                all[side] = order.order.iter().map(|place| place - 1).collect();
                let turned: BTreeSet<[usize; 2]> = order.turned.iter().copied().collect();
                let place = |statement: usize| order.order.iter().position(|at| *at == statement).unwrap();
                assert!(turned.iter().all(|[one, other]| one > other && place(*one) < place(*other)), "{what}");
            }
            let turned: usize = orders.changed.iter().map(|order| order.turned.len()).sum();
            assert_eq!(Some(turned), swaps, "{what}");
            all
        });
        let listed: BTreeSet<Vec<Vec<usize>>> = listed.collect();
        assert_eq!(listed.len(), found.orders.len(), "{what}");
        match found.all {
            true => assert_eq!(listed, expected, "{what}"),
            false => assert!(listed.len() == 16 && expected.len() > 16 && listed.is_subset(&expected), "{what}"),
        }
    }
}

#[test]
fn the_least_orders_are_those_of_all_orders() {
    let mut random = Random(51);
    let (mut costly, mut impossible, mut dropped, mut many) = (0, 0, 0, 0);
    for _ in 0..1000 {
        let text = random.game();
        let Some((source, lowered)) = model(&text) else { continue };
        let statements = |maker: &detente_case::stability::DecisionMaker| match &maker.preference.value {
            Stated::Statements(order) => {
                Some(order.statements.iter().map(|entry| formula(&entry.holds.rule)).collect::<Vec<Formula>>())
            }
            _ => None,
        };
        let sides = source.decision_makers.iter().enumerate();
        let sides: Vec<(usize, Vec<Formula>)> =
            sides.filter_map(|(mover, maker)| Some((mover, statements(maker)?))).collect();
        let number = 1 + u32::try_from(random.below(lowered.model.states())).unwrap();
        let concept = Concept::ALL[random.below(5)];
        let all = All { lowered: &lowered, sides, desired: State(number - 1), concept };
        let found = ask(&source, &lowered, number, concept).unwrap();
        let what = format!("state {number} {concept:?}\n{text}");
        let movable: Vec<usize> = (0..all.sides.len()).collect();
        all.expect(&source, &found.joint, &movable, None, &what);
        let mut without = Vec::new();
        for (side, (mover, statements)) in all.sides.iter().enumerate() {
            all.expect(&source, &found.own[side].least, &[side], Some(*mover), &what);
            let left_out = |place: usize| {
                let mut orders = all.as_they_are();
                orders[side].remove(place);
                all.verdicts(&orders)
            };
            let now = all.verdicts(&all.as_they_are());
            let does = |whose: Option<usize>| -> Vec<usize> {
                let new = |place: &usize| !all.holds(&now, whose) && all.holds(&left_out(*place), whose);
                (0..statements.len()).filter(new).map(|place| place + 1).collect()
            };
            assert_eq!(found.own[side].without, does(Some(*mover)), "{what}");
            without.extend(does(None).into_iter().map(|place| (found.own[side].decision_maker.clone(), place)));
        }
        let listed: Vec<(String, usize)> =
            found.without.iter().map(|entry| (entry.decision_maker.clone(), entry.statement)).collect();
        assert_eq!(listed, without, "{what}");
        costly += usize::from(found.joint.swaps > Some(1));
        many += usize::from(found.joint.orders.len() > 1);
        impossible += usize::from(found.joint.verdict == LeastVerdict::Impossible);
        dropped += usize::from(!without.is_empty());
    }
    assert!(costly > 10 && impossible > 50 && dropped > 10 && many > 10, "{costly} {impossible} {dropped} {many}");
}
