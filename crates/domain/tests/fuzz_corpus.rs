//! The committed inputs of the fuzz targets of domains, and some hundreds of deterministic mutations of them.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what it does not expect")]

#[path = "../../../fuzz/src/corpus.rs"]
mod corpus;
#[path = "../../../fuzz/src/domain.rs"]
mod domain;

use std::panic::catch_unwind;

use corpus::{Numbers, corpus, mutate};

/// Mutations of the inputs of each target, all together.
const MUTATIONS: usize = 1000;

#[test]
fn the_committed_inputs_and_mutations_of_them_keep_what_is_asked() {
    type Target = (&'static str, fn(&[u8]));
    let targets: [Target; 3] =
        [("domain_rules", domain::domain_rules), ("domain_table", domain::domain_table), ("genius", domain::genius)];
    for (name, target) in targets {
        let inputs = corpus(name);
        for (input, bytes) in &inputs {
            assert!(catch_unwind(|| target(bytes)).is_ok(), "{name}/{input}");
        }
        let mut numbers = Numbers(1);
        for number in 0..MUTATIONS {
            let (_, input) = &inputs[number % inputs.len()];
            let (_, other) = &inputs[numbers.below(inputs.len())];
            let bytes = mutate(input, other, &mut numbers);
            assert!(catch_unwind(|| target(&bytes)).is_ok(), "{name}: {}", bytes.escape_ascii());
        }
    }
}
