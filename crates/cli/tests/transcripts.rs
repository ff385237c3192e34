//! Every command by its transcript, and the pages of the book whose examples are transcripts.

/// Transcripts may also copy and show files, as a reader of the page would.
fn transcripts() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    for name in ["cat", "cp"] {
        cases.register_bin(name, std::path::Path::new("/bin").join(name));
    }
    cases
}

#[test]
fn commands_answer_as_their_transcripts_say() {
    transcripts().case("tests/cmd/*.md");
}

#[test]
fn the_tutorial_and_the_method_pages_are_true() {
    transcripts().case("../../docs/tutorial.md").case("../../docs/thirty-minutes.md").case("../../docs/methods/*.md");
}
