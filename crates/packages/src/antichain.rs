//! Families of sets in which no set contains another, and the sets that meet every member of a family.
//!
//! A set of at most 64 things is a `u64`: thing `k` is in it if bit `k` is set. Families come out sorted: small sets
//! first, then by their first members.

/// The sets that contain no other set of the family, each once, sorted. `O(f·k)` for `f` sets of which `k` are minimal.
#[must_use]
pub fn minimal(mut sets: Vec<u64>) -> Vec<u64> {
    sort(&mut sets);
    sets.dedup();
    let mut kept: Vec<u64> = Vec::new();
    for set in sets {
        if !kept.iter().any(|smaller| smaller & !set == 0) {
            kept.push(set);
        }
    }
    kept
}

/// Sorts a family: small sets first; of two sets of one size, the one with the smallest member that the other lacks.
pub fn sort(sets: &mut [u64]) {
    sets.sort_unstable_by_key(|set| (set.count_ones(), std::cmp::Reverse(set.reverse_bits())));
}

/// The members of a set, ascending.
pub fn members(set: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |member| set >> member & 1 == 1)
}

/// Minimal hitting sets, as far as they were listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hitting {
    /// Sets that meet every set of the family and of which no proper subset does, sorted.
    pub sets: Vec<u64>,
    /// Whether these are all of them.
    pub complete: bool,
}

/// Steps that the search takes for each set that it may list, so that a family of few hitting sets cannot hang it.
const STEPS_A_SET: usize = 10_000;

/// The minimal hitting sets of a family: the inclusion-minimal sets that meet every set of it.
///
/// A family without sets is met by the empty set; a family with an empty set is met by none. At most `cap` sets are
/// listed, after at most `10,000 × (cap + 1)` steps, each linear in the family; otherwise the list is not `complete`
/// (and which sets it holds follows from the family alone). Depth-first with the criticality condition of Murakami &
/// Uno, *Discrete Applied Mathematics* 170 (2014): a set grows only while each member is the only one to meet some set
/// of the family, so nothing is found twice and memory is linear.
#[must_use]
pub fn minimal_hitting_sets(sets: &[u64], cap: usize) -> Hitting {
    let family = minimal(sets.to_vec());
    let steps = STEPS_A_SET.saturating_mul(cap.saturating_add(1));
    let mut search = Search { family: &family, cap, steps, found: Vec::new(), complete: true };
    search.grow(0, family.iter().fold(0, |all, set| all | set));
    let Search { mut found, complete, .. } = search;
    sort(&mut found);
    Hitting { sets: found, complete }
}

struct Search<'a> {
    family: &'a [u64],
    cap: usize,
    steps: usize,
    found: Vec<u64>,
    complete: bool,
}

impl Search<'_> {
    /// Lists the minimal hitting sets that contain `chosen` and otherwise only members of `open`. At most 64 deep.
    fn grow(&mut self, chosen: u64, mut open: u64) {
        // The set that leaves the fewest choices; none left to meet: a hitting set.
        let unmet = self.family.iter().filter(|set| *set & chosen == 0).min_by_key(|set| (*set & open).count_ones());
        let Some(choices) = unmet.map(|set| set & open) else {
            if self.found.len() < self.cap {
                self.found.push(chosen);
            } else {
                self.complete = false;
            }
            return;
        };
        open &= !choices;
        for member in members(choices).map(|member| 1 << member) {
            if self.steps == 0 || !self.complete {
                self.complete = false;
                return;
            }
            self.steps -= 1;
            if self.each_needed(chosen | member) {
                self.grow(chosen | member, open);
            }
            open |= member;
        }
    }

    /// Whether each member is the only one to meet some set.
    fn each_needed(&self, chosen: u64) -> bool {
        let alone = self.family.iter().map(|set| set & chosen).filter(|met| met.count_ones() == 1);
        alone.fold(0, |all, met| all | met) == chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every subset of six things, tried.
    fn plain(sets: &[u64]) -> Vec<u64> {
        let meets = |set: u64| sets.iter().all(|other| other & set != 0);
        let mut all: Vec<u64> =
            (0..64).filter(|set| meets(*set) && members(*set).all(|member| !meets(set & !(1 << member)))).collect();
        sort(&mut all);
        all
    }

    #[test]
    fn sets_that_contain_others_are_left_out() {
        assert_eq!(minimal(vec![0b111, 0b11, 0b11, 0b100, 0b110]), [0b100, 0b11]);
        assert_eq!(minimal(vec![0b1, 0]), [0]);
        assert_eq!(minimal(vec![]), [0; 0]);
    }

    #[test]
    fn small_sets_come_first_then_those_with_the_first_members() {
        assert_eq!(minimal(vec![0b1100, 0b0011, 0b1010, 0b0101, 1 << 63]), [1 << 63, 0b0011, 0b0101, 0b1010, 0b1100]);
    }

    #[test]
    fn nothing_to_meet_is_met_by_the_empty_set_and_an_empty_set_by_none() {
        assert_eq!(minimal_hitting_sets(&[], 10), Hitting { sets: vec![0], complete: true });
        assert_eq!(minimal_hitting_sets(&[0, 1], 10), Hitting { sets: vec![], complete: true });
    }

    #[test]
    fn a_list_that_is_cut_says_so() {
        let pairs: Vec<u64> = (0..20).map(|pair| 0b11 << (2 * pair)).collect();
        let hitting = minimal_hitting_sets(&pairs, 100);
        assert_eq!((hitting.sets.len(), hitting.complete), (100, false));
        assert!(hitting.sets.iter().all(|set| pairs.iter().all(|pair| (pair & set).count_ones() == 1)));
        assert_eq!(minimal_hitting_sets(&pairs[..10], 1024).sets.len(), 1024);
        assert!(minimal_hitting_sets(&pairs[..10], 1024).complete);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn hitting_sets_are_those_of_trying_every_subset(sets in prop::collection::vec(0_u64..64, 0..8)) {
            let hitting = minimal_hitting_sets(&sets, 100);
            prop_assert!(hitting.complete);
            prop_assert_eq!(&hitting.sets, &plain(&sets));
            // Meeting the meeting sets gives the minimal sets back.
            if !sets.contains(&0) {
                prop_assert_eq!(minimal_hitting_sets(&hitting.sets, 100).sets, minimal(sets));
            }
        }
    }
}
