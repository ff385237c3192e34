//! In which other order of statements a state would hold.

use detente_analysis::stability::desired::LeastVerdict;
use detente_analysis::stability::reorder::{LeastOrderNow, OrderNow, OrdersNow, OwnOrderNow, ReorderNow};

use super::{Page, numbers};
use crate::document::{Block, Cell, Point, Sentence, Table, paragraph};
use crate::words;

impl Page<'_> {
    /// What other orders of statements would do for a state that does not hold.
    pub(super) fn reordered(&self, found: &ReorderNow) -> Vec<Block> {
        let mut sentences = vec![Sentence::counted(self.joint_order(&found.joint))];
        if found.joint.verdict == LeastVerdict::Found {
            sentences.push(Sentence::plain(
                "This counts swaps of two neighbouring statements; it does not say how hard a swap would be for a side.",
            ));
        }
        if !found.without.is_empty() {
            let named: Vec<String> = found
                .without
                .iter()
                .map(|entry| {
                    let (side, statement) = (self.side(&entry.decision_maker), entry.statement);
                    format!("statement {statement} of {side} ({})", self.holds(&entry.decision_maker, statement))
                })
                .collect();
            let one = if named.len() > 1 { "any one of these" } else { "this one" };
            sentences.push(Sentence::counted(format!("It would hold without {one}: {}.", words::list(&named))));
        }
        if !found.all_without {
            sentences.push(Sentence::plain("Not every statement was left out in turn: there are too many."));
        }
        let mut blocks = vec![paragraph(sentences)];
        let points: Vec<Point> = found.joint.orders.iter().map(|orders| self.orders(orders)).collect();
        if !points.is_empty() {
            let all = if found.joint.all { "All such orders" } else { "Such orders, not all of them" };
            let confirmed = format!("{all}; each was put through the whole analysis again.");
            blocks.push(paragraph(vec![Sentence::plain(confirmed)]));
            blocks.push(Block::Points { points });
        }
        let row = |own: &OwnOrderNow| {
            let order = own.least.orders.first().and_then(|orders| orders.changed.first());
            let places = |places: &[usize]| places.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            vec![
                Cell::from(self.side(&own.decision_maker)),
                swaps(&own.least).into(),
                order.map(|order| places(&order.order)).unwrap_or_default().into(),
                places(&own.without).into(),
            ]
        };
        blocks.push(Block::Table(Table {
            caption: "Swaps of statements after which a side would not move away itself, the others being as they are"
                .into(),
            columns: ["Side", "Swaps", "One such order, by places now", "Or without one of"].map(str::to_owned).into(),
            rows: found.own.iter().map(row).collect(),
        }));
        blocks
    }

    fn joint_order(&self, joint: &LeastOrderNow) -> String {
        match (joint.verdict, joint.swaps, joint.at_least) {
            (LeastVerdict::Found, Some(swaps), _) => format!(
                "With statements in another order it would hold: {} suffice{}, and fewer do not.",
                words::count_of(swaps, "swap", "swaps"),
                if swaps == 1 { "s" } else { "" }
            ),
            (LeastVerdict::Impossible, ..) => {
                "No other order of the sides\u{2019} statements would make it hold.".into()
            }
            (_, _, at_least) => format!(
                "Whether another order of statements would make it hold was not found in the time given; it takes at least {}.",
                words::count_of(at_least.unwrap_or(1), "swap", "swaps")
            ),
        }
    }

    fn orders(&self, orders: &OrdersNow) -> Point {
        let side = |order: &OrderNow| {
            let turned = order.turned.iter().map(|[one, other]| {
                let of = |place: usize| self.holds(&order.decision_maker, place);
                format!("statement {one} ({}) before statement {other} ({})", of(*one), of(*other))
            });
            let turned = words::list(&turned.collect::<Vec<_>>());
            format!("{} would put {turned}", self.side(&order.decision_maker))
        };
        let sides: Vec<String> = orders.changed.iter().map(side).collect();
        let mut sentences = vec![Sentence::counted(format!("{}.", words::sentence_case(&words::list(&sides))))];
        sentences.extend(self.side_effects(&orders.appear, &orders.vanish));
        Point { lead: String::new(), sentences }
    }

    /// Which other states then hold, and which no longer do.
    pub(super) fn side_effects(&self, appear: &[u64], vanish: &[u64]) -> Vec<Sentence> {
        let told = |(states, what): (&[u64], &str)| {
            let count = words::count_of(states.len(), "other state", "other states");
            let text = format!("{count} {what}: {}.", numbers(states));
            (!states.is_empty()).then(|| Sentence::counted(words::sentence_case(&text)))
        };
        [(appear, "would then hold as well"), (vanish, "would then no longer hold")]
            .into_iter()
            .filter_map(told)
            .collect()
    }

    /// What a side wants to hold, by the place of the statement from 1.
    fn holds(&self, side: &str, place: usize) -> String {
        let maker = self.answer.decision_makers.iter().find(|maker| maker.id == side);
        let statement = maker.and_then(|maker| maker.statements.get(place.checked_sub(1)?));
        statement.map(|statement| format!("“{}”", statement.holds)).unwrap_or_default()
    }
}

fn swaps(least: &LeastOrderNow) -> String {
    match (least.verdict, least.swaps, least.at_least) {
        (LeastVerdict::Found, Some(0), _) => "none".to_owned(),
        (LeastVerdict::Found, Some(swaps), _) => swaps.to_string(),
        (LeastVerdict::Impossible, ..) => "no order does".to_owned(),
        (_, _, at_least) => format!("not found; at least {}", at_least.unwrap_or(1)),
    }
}
