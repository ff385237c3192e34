//! Random cases with plans: statements on two issues, conditions on outcomes, one to three principals.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test file uses a part of it, and stops at what it does not expect"
)]

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::random::{OPTIONS, Row, date, letter, number, row_on, sometimes, when};
use super::{Files, Small, small};

/// A clause of a plan.
#[derive(Clone, Debug)]
pub struct RandomClause {
    pub plan: &'static str,
    /// `i`, `j`, or the topic `relief`, which has no scale.
    pub issue: &'static str,
    /// Options, from 1.
    pub options: Vec<u8>,
    /// Ids of rows behind it.
    pub rows: Vec<usize>,
    pub date: Option<&'static str>,
    pub known: Option<&'static str>,
}

impl RandomClause {
    /// The line of the clause for [`Small::plans`].
    pub fn line(&self) -> String {
        let option = |number: &u8| format!("{}{number}", letter(self.issue));
        let mut line = format!("{} {} -{}", self.plan, self.issue, list(self.options.iter().map(option)));
        if !self.rows.is_empty() {
            line.push_str(&format!(" row={}", list(self.rows.iter().map(|id| format!("p{id}")))));
        }
        self.date.iter().for_each(|date| line.push_str(&format!(" date={date}")));
        self.known.iter().for_each(|known| line.push_str(&format!(" known={known}")));
        line
    }
}

fn list(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(";")
}

/// A case with plans.
#[derive(Clone, Debug)]
pub struct RandomPlans {
    pub rows: Vec<Row>,
    pub clauses: Vec<RandomClause>,
    pub principals: &'static [&'static str],
    pub tiers: bool,
}

impl RandomPlans {
    /// The case in the making.
    pub fn small(&self) -> Small {
        let rows: Vec<String> = self.rows.iter().map(Row::line).collect();
        let plans: Vec<String> = self.clauses.iter().map(RandomClause::line).collect();
        let principals = self.principals.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
        let small = small().issue("j", "k", usize::from(OPTIONS), "political").actors(&["B", "A", "C"]);
        let small = small.setting(&format!("principals = [{principals}]")).says(&rows.join("\n"));
        let small = small.plans(&plans.join("\n"));
        if self.tiers { small.method("organ_tiers = [[1, 2], [3, 4], [5]]") } else { small }
    }

    /// The case without ends of rows that became known later than the row that ends them.
    pub fn ending_known_rows(mut self) -> Self {
        let known: Vec<_> = self.rows.iter().map(|row| (row.id, when(row.known.unwrap_or(row.date)).last())).collect();
        for row in &mut self.rows {
            let own = when(row.known.unwrap_or(row.date)).last();
            row.ends.retain(|end| known.iter().any(|(id, day)| id == end && *day <= own));
        }
        self
    }

    /// Its files.
    pub fn files(&self) -> Files {
        self.small().files()
    }

    /// Its rows and clauses, to be read by people.
    pub fn text(&self) -> String {
        let rows = self.rows.iter().map(Row::line).chain(self.clauses.iter().map(RandomClause::line));
        format!("principals {:?}, tiers {}\n{}", self.principals, self.tiers, rows.collect::<Vec<_>>().join("\n"))
    }
}

const CONDITIONS: &[&str] = &["x", "j=k2", "j=k3", "i=o2", "i=o4;j=k2", "x;j=k4", "j=k1"];

fn clause() -> impl Strategy<Value = (RandomClause, Vec<Index>)> {
    let options = prop_oneof![
        1 => Just(Vec::new()),
        4 => (1..=OPTIONS).prop_map(|option| vec![option]),
        2 => proptest::collection::btree_set(1..=OPTIONS, 2..4).prop_map(|set| set.into_iter().collect::<Vec<_>>()),
    ];
    let which = (select(vec!["q1", "q2", "q3"]), select(vec!["i", "i", "j", "j", "relief"]));
    let rows = proptest::collection::vec(any::<Index>(), 0..3);
    (which, options, rows, sometimes(0.2, date()), sometimes(0.2, date())).prop_map(
        |((plan, issue), options, rows, date, known)| {
            let options = if issue == "relief" { Vec::new() } else { options };
            (RandomClause { plan, issue, options, rows: Vec::new(), date, known }, rows)
        },
    )
}

/// Cases of a few statements on two issues and a few clauses of up to three plans.
pub fn plan_cases() -> impl Strategy<Value = RandomPlans> {
    let rows = proptest::collection::vec(row_on(&["i", "i", "j"], CONDITIONS), 1..12);
    let clauses = proptest::collection::vec(clause(), 0..8);
    let principals =
        select(vec![&["A", "B"][..], &["A", "B"], &["B", "A"], &["A", "B", "C"], &["C", "A", "B"], &["A"], &[]]);
    (rows, clauses, principals, any::<bool>(), any::<Index>()).prop_map(
        |(mut rows, clauses, principals, tiers, turn)| {
            let count = rows.len();
            number(&mut rows, turn.index(count));
            let mut kept: Vec<RandomClause> = Vec::new();
            for (mut clause, behind) in clauses {
                if kept.iter().any(|other| (other.plan, other.issue) == (clause.plan, clause.issue)) {
                    continue;
                }
                let on_issue: Vec<usize> =
                    rows.iter().filter(|row| row.issue == clause.issue).map(|row| row.id).collect();
                if !on_issue.is_empty() {
                    clause.rows = behind.iter().map(|index| *index.get(&on_issue)).collect();
                    clause.rows.sort_unstable();
                    clause.rows.dedup();
                }
                kept.push(clause);
            }
            RandomPlans { rows, clauses: kept, principals, tiers }
        },
    )
}
