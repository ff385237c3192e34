//! The smallest sets of declared limits that cannot all hold, and the smallest sets whose lifting leaves a package.
//!
//! Both follow from what single packages offend against: the minimal sets of offences are the correction sets, and their minimal
//! hitting sets are the conflict sets (Reiter 1987; Liffiton and Sakallah 2008).

use detente_case::issue::OptionPlace;
use detente_packages::antichain::{minimal, minimal_hitting_sets};

use super::search::{Component, Decided, Demand, Tally};

/// The most nodes of a search in a group of issues.
pub(super) const MOST_NODES: u64 = 3_000_000;
/// The most conflict sets listed of a group of issues.
const MOST_SETS: usize = 1_000;

/// What blocks a group of issues.
#[derive(Clone, Debug)]
pub(super) struct Blockage {
    /// What can be offended against, in order.
    pub(super) demands: Vec<Demand>,
    /// Minimal correction sets over `demands`, each with a package that offends against nothing else. Empty if nothing blocks.
    pub(super) corrections: Vec<(u64, Vec<OptionPlace>)>,
    /// Minimal conflict sets over `demands`.
    pub(super) conflicts: Vec<u64>,
    /// Whether all of them are listed; what is not blocked is always told in full.
    pub(super) complete: bool,
}

struct Offences<'a> {
    demands: &'a [Demand],
    found: Vec<(u64, Vec<OptionPlace>)>,
}

impl Tally for Offences<'_> {
    type Label = u64;

    fn start(&self) -> u64 {
        0
    }

    fn add(&self, label: &mut u64, decided: &Decided) -> bool {
        let demand = match *decided {
            Decided::Side { violated: false, .. } => return true,
            Decided::Side { side, issue, .. } => Demand::Limits { side, issue },
            Decided::Broken { demand: false, .. } => return false,
            Decided::Broken { rule, .. } => Demand::Rule(rule),
        };
        // Beyond 64 demands the last bit stands for all the rest.
        let place = self.demands.iter().position(|of| *of == demand).unwrap_or_default().min(63);
        *label |= 1 << place;
        true
    }

    fn is_hopeless(&self, label: &u64) -> bool {
        self.found.iter().any(|(mask, _)| mask & !label == 0)
    }

    fn take(&mut self, label: u64, package: &[OptionPlace]) {
        self.found.retain(|(mask, _)| label & !mask != 0);
        self.found.push((label, package.to_vec()));
    }
}

/// What blocks a group of issues; none if nothing does.
pub(super) fn blockage(component: &Component<'_>) -> Option<Blockage> {
    let demands = component.demands();
    let mut offences = Offences { demands: &demands, found: Vec::new() };
    let searched = component.search(&mut offences, MOST_NODES);
    let mut corrections = offences.found;
    if corrections.iter().any(|(mask, _)| *mask == 0) {
        return None;
    }
    let masks = minimal(corrections.iter().map(|(mask, _)| *mask).collect());
    corrections.sort_by_key(|(mask, _)| masks.iter().position(|of| of == mask));
    let hitting = minimal_hitting_sets(&masks, MOST_SETS);
    let complete = searched && hitting.complete && demands.len() <= 64;
    Some(Blockage { demands, corrections, conflicts: hitting.sets, complete })
}
