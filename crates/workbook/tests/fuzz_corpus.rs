//! The committed inputs of the fuzz target of workbooks, and some hundreds of deterministic mutations of them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what it does not expect")]

#[path = "../../../fuzz/src/corpus.rs"]
mod corpus;
#[path = "../../../fuzz/src/workbook.rs"]
mod workbook;

use std::panic::catch_unwind;

use corpus::{Numbers, corpus, mutate};
use workbook::workbook;

/// Mutations of the inputs, all together.
const MUTATIONS: usize = 400;

#[test]
fn the_committed_inputs_and_mutations_of_them_keep_what_is_asked() {
    let inputs = corpus("workbook");
    for (name, bytes) in &inputs {
        assert!(catch_unwind(|| workbook(bytes)).is_ok(), "{name}");
    }
    let mut numbers = Numbers(1);
    for number in 0..MUTATIONS {
        let (_, input) = &inputs[number % inputs.len()];
        let (_, other) = &inputs[numbers.below(inputs.len())];
        let bytes = mutate(input, other, &mut numbers);
        assert!(catch_unwind(|| workbook(&bytes)).is_ok(), "{}", bytes.escape_ascii());
    }
}
