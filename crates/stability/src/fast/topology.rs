//! What of a model does not depend on preferences, found once.

use std::collections::HashMap;

use super::cells::{Cells, Owner, places};
use super::one_way::OneWay;
use crate::concept::DecisionMaker;
use crate::gather::Gather;
use crate::model::root;
use crate::option_form::OptionForm;
use crate::states::States;

/// The cells and blocks of each decision maker.
#[derive(Clone, Debug)]
pub(crate) struct Slabs {
    pub(super) states: usize,
    /// Nothing for a decision maker that has no moves.
    pub(super) focals: Vec<Option<Focal>>,
}

/// What the verdicts for one decision maker need.
#[derive(Clone, Debug)]
pub(super) struct Focal {
    /// Its own cells among all states.
    pub own: Cells,
    /// States between which its opponents can move stand in one block: they agree outside the opponents' options.
    pub states: Vec<u32>,
    /// Where each block begins in `states`, and the end of the last.
    pub start: Vec<u32>,
    /// The shape of each block.
    pub shape: Vec<u32>,
    pub shapes: Vec<Shape>,
}

/// The opponents' moves within a block; blocks in which the same vectors are feasible have one shape.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub opponents: Vec<Opponent>,
    /// Whether some move cannot be taken back.
    pub directed: bool,
    /// What the opponents can reach together by any moves, as cells. Nothing where some moves cannot be taken back and some vectors are
    /// not feasible: then it is searched.
    pub joint: Option<Cells>,
    /// The opponents' moves where none can be taken back and all vectors are feasible.
    pub one_way: Option<OneWay>,
}

/// The moves of one opponent within a block.
#[derive(Clone, Debug)]
pub(super) struct Opponent {
    pub mover: usize,
    pub cells: Cells,
    /// The vectors cell by cell.
    pub members: Vec<u32>,
    pub start: Vec<u32>,
}

impl Slabs {
    /// `O(decision makers² × states)`, and a sort of the states for each decision maker where few vectors are feasible.
    pub(crate) fn new(form: &OptionForm, feasible: &States) -> Slabs {
        let owners: Vec<Owner> = (0..form.decision_makers())
            .map(|mover| {
                let own = form.changeable(DecisionMaker(mover)).word();
                let (forward, back) = (form.forward().word() & own, form.back().word() & own);
                Owner { own, one_way: forward | back, back }
            })
            .collect();
        let moves = |focal: &usize| owners[*focal].own != 0;
        let focals = (0..owners.len()).map(|focal| moves(&focal).then(|| Focal::new(focal, &owners, feasible)));
        let focals = focals.collect();
        Slabs { states: feasible.len(), focals }
    }
}

impl Focal {
    fn new(focal: usize, owners: &[Owner], feasible: &States) -> Focal {
        let spoken = if feasible.options() == 64 { u64::MAX } else { (1u64 << feasible.options()) - 1 };
        let own = Cells::new(feasible.codes(), spoken, owners[focal]);
        let others = owners.iter().enumerate().filter(|(mover, _)| *mover != focal);
        let inside = others.fold(0, |all, (_, owner)| all | owner.own);
        let nobody = Owner { own: inside, one_way: 0, back: 0 };
        let blocks = Cells::new(feasible.codes(), spoken, nobody);
        let (states, start) = blocks.members();
        let gather = Gather::new(places(inside));
        let whole = 1u128 << inside.count_ones();
        let mut found = Focal { own, states, start: vec![0], shape: Vec::new(), shapes: Vec::new() };
        let mut known: HashMap<Vec<u64>, u32> = HashMap::new();
        let mut full = None;
        for block in 0..blocks.count {
            let members = &found.states[start[block] as usize..start[block + 1] as usize];
            if members.is_empty() {
                continue;
            }
            let shape = match full {
                Some(full) if members.len() as u128 == whole => full,
                _ => {
                    let code = |state: &u32| feasible.code(crate::State(*state)).unwrap_or_default() & inside;
                    let codes: Vec<u64> = members.iter().map(code).collect();
                    let next = found.shapes.len() as u32;
                    let shape = *known.entry(codes.iter().map(|code| gather.of(*code)).collect()).or_insert(next);
                    if shape == next {
                        found.shapes.push(Shape::new(&codes, inside, &gather, focal, owners));
                    }
                    if members.len() as u128 == whole {
                        full = Some(shape);
                    }
                    shape
                }
            };
            found.shape.push(shape);
            found.start.push(start[block + 1]);
        }
        found
    }
}

impl Shape {
    fn new(codes: &[u64], inside: u64, gather: &Gather, focal: usize, owners: &[Owner]) -> Shape {
        let mut opponents = Vec::new();
        for (mover, owner) in owners.iter().enumerate().filter(|(mover, owner)| *mover != focal && owner.own != 0) {
            let cells = Cells::new(codes.iter().copied(), inside, *owner);
            let (members, start) = cells.members();
            if !cells.covers.is_none() || start.windows(2).any(|pair| pair[1] - pair[0] > 1) {
                opponents.push(Opponent { mover, cells, members, start });
            }
        }
        let directed = opponents.iter().any(|opponent| !opponent.cells.covers.is_none());
        let full = codes.len() as u128 == 1 << inside.count_ones();
        let of = |opponent: &Opponent| owners[opponent.mover];
        let one_way = (full && directed).then(|| OneWay::new(inside, gather, opponents.iter().map(of))).flatten();
        let joint = if full {
            let all = |part: fn(&Owner) -> u64| {
                let others = owners.iter().enumerate().filter(|(mover, _)| *mover != focal);
                others.fold(0, |all, (_, owner)| all | part(owner))
            };
            let together = Owner { own: inside, one_way: all(|owner| owner.one_way), back: all(|owner| owner.back) };
            Some(Cells::new(codes.iter().copied(), inside, together))
        } else {
            (!directed).then(|| components(&opponents, codes.len()))
        };
        Shape { opponents, directed, joint, one_way }
    }
}

/// The components of moves that can be taken back, numbered in the order of their smallest vectors.
fn components(opponents: &[Opponent], vectors: usize) -> Cells {
    let mut parent: Vec<u32> = (0..vectors as u32).collect();
    for opponent in opponents {
        for cell in opponent.start.windows(2) {
            for pair in opponent.members[cell[0] as usize..cell[1] as usize].windows(2) {
                let (one, other) = (root(&mut parent, pair[0]), root(&mut parent, pair[1]));
                parent[one.max(other) as usize] = one.min(other);
            }
        }
    }
    let mut components = Cells { of: vec![0; vectors], ..Cells::default() };
    for vector in 0..vectors as u32 {
        let smallest = root(&mut parent, vector);
        components.of[vector as usize] = if smallest == vector {
            components.count += 1;
            components.count as u32 - 1
        } else {
            components.of[smallest as usize]
        };
    }
    components
}
