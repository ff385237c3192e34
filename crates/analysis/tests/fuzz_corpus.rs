//! The committed inputs of the fuzz target of stability models, those of the targets that only read them, and some hundreds of
//! deterministic mutations.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[path = "../../../fuzz/src/answer.rs"]
mod answer;
#[path = "../../../fuzz/src/corpus.rs"]
mod corpus;

use std::panic::catch_unwind;

use answer::stability_answer;
use corpus::{Numbers, corpus, mutate};

/// Mutations of the inputs, all together.
const MUTATIONS: usize = 1500;

#[test]
fn models_that_are_read_are_analysed_without_a_panic_and_without_end() {
    let inputs: Vec<(String, Vec<u8>)> =
        ["stability_answer", "stability_toml", "stability_gmcr"].into_iter().flat_map(corpus).collect();
    for (input, bytes) in &inputs {
        assert!(catch_unwind(|| stability_answer(bytes)).is_ok(), "{input}");
    }
    let mut numbers = Numbers(1);
    for number in 0..MUTATIONS {
        let (_, input) = &inputs[number % inputs.len()];
        let (_, other) = &inputs[numbers.below(inputs.len())];
        let bytes = mutate(input, other, &mut numbers);
        assert!(catch_unwind(|| stability_answer(&bytes)).is_ok(), "{}", bytes.escape_ascii());
    }
}
