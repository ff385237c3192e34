//! The committed inputs of the fuzz target of stability models, those of the targets that only read them, and some hundreds of
//! deterministic mutations.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[path = "../../../fuzz/src/answer.rs"]
mod answer;
#[path = "../../../fuzz/src/corpus.rs"]
mod corpus;
#[path = "../../../fuzz/src/stands.rs"]
mod stands;

use std::panic::catch_unwind;

use answer::stability_answer;
use corpus::{Numbers, corpus, mutate};
use stands::stand_table;

/// Mutations of the inputs, all together.
const MUTATIONS: usize = 12_000;

/// An input with a few of its lines taken out, told twice, in another place, or taken from another, and with other digits: more of these
/// can be read.
fn with_lines(input: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (mut own, others) = (lines(input), lines(other));
    for _ in 0..=numbers.below(2) {
        let (at, to) = (numbers.below(own.len()), numbers.below(own.len()));
        match numbers.below(5) {
            _ if own.is_empty() => {}
            0 => drop(own.remove(at)),
            1 => own.insert(to, own[at].clone()),
            2 => own.swap(at, to),
            3 => own.insert(at, others.get(numbers.below(others.len())).cloned().unwrap_or_default()),
            _ => {
                let digit = b"0123456789-"[numbers.below(11)];
                own[at].iter_mut().filter(|byte| byte.is_ascii_digit()).for_each(|byte| *byte = digit);
            }
        }
    }
    own.concat()
}

#[test]
fn models_that_are_read_are_analysed_without_a_panic_and_without_end() {
    let inputs: Vec<(String, Vec<u8>)> =
        ["stability_answer", "stability_toml", "stability_gmcr"].into_iter().flat_map(corpus).collect();
    for (input, bytes) in &inputs {
        let analysed = catch_unwind(|| stability_answer(bytes));
        assert!(analysed.is_ok_and(|analysed| analysed || !input.starts_with("good-")), "{input}");
    }
    let (mut numbers, mut analysed) = (Numbers(1), 0);
    for number in 0..MUTATIONS {
        let (_, input) = &inputs[number % inputs.len()];
        let (_, other) = &inputs[numbers.below(inputs.len())];
        let bytes = match number % 2 {
            0 => mutate(input, other, &mut numbers),
            _ => with_lines(input, other, &mut numbers),
        };
        let ended = catch_unwind(|| stability_answer(&bytes));
        analysed += usize::from(ended.unwrap_or_else(|_| panic!("{}", bytes.escape_ascii())));
    }
    assert!(analysed > 500, "{analysed}");
}

#[test]
fn tables_of_positions_are_read_to_questions_or_refused() {
    let inputs = corpus("stand_table");
    let mut numbers = Numbers(1);
    for number in 0..MUTATIONS / 4 {
        let (_, input) = &inputs[number % inputs.len()];
        let (_, other) = &inputs[numbers.below(inputs.len())];
        let bytes = if number < inputs.len() { input.clone() } else { mutate(input, other, &mut numbers) };
        assert!(catch_unwind(|| stand_table(&bytes)).is_ok(), "{}", bytes.escape_ascii());
    }
}
