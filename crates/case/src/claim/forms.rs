//! The questions that claims may ask: their names, arguments and what their answers are compared with.

/// A question that claims may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its name.
    pub name: &'static str,
    /// Its arguments; those without a key stand in this order.
    pub slots: &'static [Slot],
    /// How many of them may stand without a key.
    pub places: usize,
    /// What the answer is compared with.
    pub answer: Answer,
    /// What is asked, for documentation.
    pub about: &'static str,
    /// An example.
    pub example: &'static str,
}

/// An argument of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its key.
    pub key: &'static str,
    /// Whether the question needs it.
    pub required: bool,
}

/// What an answer is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing: it is yes or no.
    YesNo,
    /// A number; where it is not compared, at least 1.
    Count,
    /// A number.
    Number,
    /// A word from a list, or several.
    Word,
    /// A word from a list that has an order.
    Level,
    /// Options of the issue.
    Options,
}

impl Answer {
    /// What is written behind the question.
    #[must_use]
    pub fn written(self) -> &'static str {
        match self {
            Answer::YesNo => "nothing",
            Answer::Count => "`= < <= > >=` and a number; at least 1 if nothing is written",
            Answer::Number => "`= < <= > >=` and a number",
            Answer::Word => "`=` and a word, or `in {…}`",
            Answer::Level => "`= < <= > >=` and a level, or `in {…}`",
            Answer::Options => "`includes` and an option or `{…}`; `=` or `in {…}` where nothing else is in the set",
        }
    }
}

const fn need(key: &'static str) -> Slot {
    Slot { key, required: true }
}

const fn may(key: &'static str) -> Slot {
    Slot { key, required: false }
}

const AT: Slot = may("at");
const FROM: Slot = may("from");
const TO: Slot = may("to");
const WITHIN: Slot = may("within");
const TRACK: Slot = may("track");
const ISSUE: Slot = may("issue");
const GROUP: Slot = may("group");
const READING: Slot = may("reading");
const LAW: Slot = may("law");

const MEETINGS: &[Slot] = &[
    may("country"),
    may("topic"),
    may("level"),
    may("party"),
    may("mediator"),
    may("direction"),
    TRACK,
    FROM,
    TO,
    WITHIN,
];
const MOVES: &[Slot] = &[may("by"), ISSUE, GROUP, may("kind"), LAW, FROM, TO, WITHIN];

/// All questions, in the order in which they are documented.
pub const FORMS: [Form; 22] = [
    Form {
        name: "phase",
        slots: &[AT, TRACK],
        places: 0,
        answer: Answer::Word,
        about: "the phase of the month",
        example: "phase(at: 2023-12) = stalemate",
    },
    Form {
        name: "months",
        slots: &[need("phase"), TRACK, FROM, TO, WITHIN],
        places: 1,
        answer: Answer::Count,
        about: "the number of months in a phase, or in any of several",
        example: "months(setback, within: 2022) >= 2",
    },
    Form {
        name: "spell",
        slots: &[need("phase"), TRACK, FROM, TO, WITHIN],
        places: 1,
        answer: Answer::Count,
        about: "the most months in a row in a phase, or in any of several",
        example: "spell({lull, stalemate}, from: 2022-06, to: 2024-12) >= 12",
    },
    Form {
        name: "contact",
        slots: &[need("kind"), TRACK, FROM, TO, WITHIN],
        places: 1,
        answer: Answer::Level,
        about: "the highest level of contact, `direct` or `mediated`",
        example: "contact(direct, within: 2023) <= technical",
    },
    Form {
        name: "rounds",
        slots: MEETINGS,
        places: 0,
        answer: Answer::Count,
        about: "the number of rounds of direct talks",
        example: "rounds(country: TR, topic: humanitarian_access, from: 2022-02, to: 2022-04) >= 1",
    },
    Form {
        name: "mediations",
        slots: MEETINGS,
        places: 0,
        answer: Answer::Count,
        about: "the number of meetings of third parties with a principal",
        example: "mediations(mediator: Turkey, within: 2022)",
    },
    Form {
        name: "events",
        slots: &[
            may("type"),
            may("country"),
            may("topic"),
            may("level"),
            may("party"),
            may("mediator"),
            may("direction"),
            TRACK,
            FROM,
            TO,
            WITHIN,
        ],
        places: 1,
        answer: Answer::Count,
        about: "the number of events",
        example: "events(allegation, within: 2022-04)",
    },
    Form {
        name: "position",
        slots: &[need("actor"), need("issue"), AT],
        places: 2,
        answer: Answer::Options,
        about: "the options that an actor asks for",
        example: "position(Ukraine, land, at: 2022-03-29) includes none",
    },
    Form {
        name: "tabled",
        slots: &[need("actor"), need("issue"), FROM, TO, WITHIN],
        places: 2,
        answer: Answer::Options,
        about: "the options that an actor has put in its own words on any day of the window",
        example: "tabled(Ukraine, land, within: 2022-03) includes {none, some}",
    },
    Form {
        name: "limits",
        slots: &[need("actor"), need("issue"), AT, READING, LAW],
        places: 2,
        answer: Answer::Options,
        about: "the options that an actor rules out",
        example: "limits(Russia, land, at: 2022-12) includes all",
    },
    Form {
        name: "hardening",
        slots: MOVES,
        places: 0,
        answer: Answer::Count,
        about: "the number of movements away from the other side; by any principal if `by` is not written",
        example: "hardening(by: Russia, group: territory, within: 2022)",
    },
    Form {
        name: "concession",
        slots: MOVES,
        places: 0,
        answer: Answer::Count,
        about: "the number of movements toward the other side",
        example: "concession(by: Ukraine, issue: land, from: 2022-02, to: 2022-04) = 0",
    },
    Form {
        name: "gap",
        slots: &[ISSUE, GROUP, AT],
        places: 0,
        answer: Answer::Number,
        about: "the steps between the positions, from the least to the greatest, over the issues that can be compared",
        example: "gap(issue: land, at: 2022-03-29) <= 1",
    },
    Form {
        name: "gap_change",
        slots: &[ISSUE, GROUP, FROM, TO, WITHIN],
        places: 0,
        answer: Answer::Word,
        about: "which way the gap went, on the issues that can be compared at both days",
        example: "gap_change(group: territory, from: 2022-03, to: 2023-12) = wider",
    },
    Form {
        name: "blocked",
        slots: &[AT, READING, LAW],
        places: 0,
        answer: Answer::YesNo,
        about: "whether declared limits exclude every package",
        example: "blocked(at: 2023-12) and not blocked(at: 2022-03)",
    },
    Form {
        name: "sticking",
        slots: &[ISSUE, GROUP, AT, READING, LAW],
        places: 0,
        answer: Answer::Number,
        about: "the place of an issue or a group among the sticking points, 1 for the greatest share in what blocks",
        example: "sticking(group: territory, at: 2023-12) = 1",
    },
    Form {
        name: "both_must_move",
        slots: &[AT, READING, LAW],
        places: 0,
        answer: Answer::YesNo,
        about: "whether a joint move unblocks and no one-sided move of as many steps does",
        example: "both_must_move(at: 2023-12)",
    },
    Form {
        name: "series",
        slots: &[need("name"), AT],
        places: 1,
        answer: Answer::Number,
        about: "the latest value of a series of factors.csv",
        example: "series(support_for_talks, at: 2023-12) > 50",
    },
    Form {
        name: "change",
        slots: &[need("name"), FROM, TO, WITHIN],
        places: 1,
        answer: Answer::Number,
        about: "the value of a series at the later day less that at the earlier one",
        example: "change(support_for_talks, from: 2022-03, to: 2022-12) < 0",
    },
    Form {
        name: "relation",
        slots: &[need("actor"), need("whom"), need("type"), AT, FROM, TO, WITHIN],
        places: 3,
        answer: Answer::YesNo,
        about: "whether a relation stands, on the day or on any day of the window",
        example: "relation(Turkey, Ukraine, arms, within: 2022)",
    },
    Form {
        name: "trust_change",
        slots: &[need("actor"), need("whom"), FROM, TO, WITHIN],
        places: 2,
        answer: Answer::Number,
        about: "how far one actor trusts another at the later day less at the earlier one, by trust.csv",
        example: "trust_change(Ukraine, Russia, from: 2022-03, to: 2022-05) < 0",
    },
    Form {
        name: "effect",
        slots: &[need("factor")],
        places: 1,
        answer: Answer::Number,
        about: "what a factor does to the prospects, by drivers.csv: above 0 where it makes an agreement more likely",
        example: "effect(front_line) < 0",
    },
];
