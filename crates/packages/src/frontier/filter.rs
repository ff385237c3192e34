//! Which of some vectors no other dominates.

use crate::number::Whole;

/// The places of the vectors that no other dominates, in order. The vectors are distinct and sorted, the greatest first.
pub(super) fn undominated<W: Whole>(rows: &[&[W]]) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        if !kept.iter().any(|&above| rows[above].iter().zip(*row).all(|(above, below)| above >= below)) {
            kept.push(place);
        }
    }
    kept
}
