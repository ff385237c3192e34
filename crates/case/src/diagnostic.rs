//! What is wrong with a case, where, and how to mend it.
//!
//! Errors are data: a code, a place, a sentence, what was expected, and where one exists the exact line that would mend it.
//! The command line, the brief and the browser render the same value.

use schemars::JsonSchema;
use serde::Serialize;

/// How bad it is. Only errors keep a case from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The case cannot be used until this is mended.
    Error,
    /// The case can be used; something in it is likely not what was meant.
    Warning,
    /// Nothing is wrong; the reader may want to know.
    Note,
}

/// One finding, with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Diagnostic {
    /// File within the case folder.
    pub file: String,
    /// Line in the file, from 1; none where the finding is about the whole file.
    pub line: Option<u64>,
    /// Column: of the table (CSV) or of the text (TOML, JSON, BibTeX), from 1.
    pub column: Option<u64>,
    /// How bad it is.
    pub severity: Severity,
    /// Stable code, as listed in `docs/reference/diagnostics.md`.
    pub code: String,
    /// What was found and what was expected.
    pub message: String,
    /// What to do, most useful first. A hint that is a line to paste stands between back-ticks.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A finding about a whole file.
    #[must_use]
    pub fn new(code: Code, file: &str, message: impl Into<String>) -> Self {
        Diagnostic {
            file: file.to_owned(),
            line: None,
            column: None,
            severity: code.severity(),
            code: code.text().to_owned(),
            message: message.into(),
            hints: Vec::new(),
        }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, line: u64, column: Option<u64>) -> Self {
        self.line = Some(line);
        self.column = column;
        self
    }

    /// The same finding with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// `file:line:column`, as far as it is known.
    #[must_use]
    pub fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.file),
            (Some(line), None) => format!("{}:{line}", self.file),
            _ => self.file.clone(),
        }
    }
}

/// Collects findings; after [`Findings::LIMIT`] of one code in one file the rest are counted, not listed.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
    counts: std::collections::BTreeMap<(String, String), usize>,
}

impl Findings {
    /// Findings of one code in one file that are listed in full.
    pub const LIMIT: usize = 100;

    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry((diagnostic.file.clone(), diagnostic.code.clone())).or_default();
        *count += 1;
        if *count <= Self::LIMIT {
            self.list.push(diagnostic);
        }
    }

    /// Adds findings.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Whether further findings of a code in a file are only counted, so that their hints need not be sought.
    pub(crate) fn is_full(&self, file: &str, code: Code) -> bool {
        self.counts.get(&(file.to_owned(), code.text().to_owned())).is_some_and(|count| *count >= Self::LIMIT)
    }

    /// Whether an error is among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// All findings, sorted by file, place and severity.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        for ((file, code), count) in &self.counts {
            let Some(first) = self.list.iter().find(|d| d.file == *file && d.code == *code) else { continue };
            if *count > Self::LIMIT {
                let more = Diagnostic {
                    line: None,
                    column: None,
                    message: format!("{} more findings {code} in this file are not listed", count - Self::LIMIT),
                    hints: Vec::new(),
                    ..first.clone()
                };
                self.list.push(more);
            }
        }
        self.list.sort();
        self.list
    }
}

macro_rules! codes {
    ($($variant:ident $text:literal $severity:ident $about:literal;)*) => {
        /// The kinds of finding. The texts are stable: scripts may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $about] $variant,)* }

        impl Code {
            /// All codes, in the order of their texts.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];
            /// The stable text.
            #[must_use]
            pub fn text(self) -> &'static str { match self { $(Code::$variant => $text,)* } }
            /// How bad a finding of this kind is.
            #[must_use]
            pub fn severity(self) -> Severity { match self { $(Code::$variant => Severity::$severity,)* } }
            /// One sentence on what the code stands for.
            #[must_use]
            pub fn about(self) -> &'static str { match self { $(Code::$variant => $about,)* } }
        }
    };
}

codes! {
    NotACase "F001" Error "The folder is not a case: `case.toml` is missing, or the folder cannot be read.";
    Unreadable "F002" Error "A file cannot be read.";
    TooLarge "F003" Error "A file is larger than this program reads.";
    LinkOutside "F004" Error "A link in the folder leads out of it, or to something that is not a file.";
    UnknownFile "F005" Note "A file that this program does not know. It is left alone.";
    NotUsedYet "F006" Note "A file that the case format knows but no command of this version uses.";
    NotUtf8 "T001" Error "The file is not UTF-8 text.";
    NoHeader "T002" Error "A table has no header line.";
    MissingColumn "T003" Error "A column that this table needs is missing.";
    UnknownColumn "T004" Warning "A column that this table does not know. Its cells are kept and exported; nothing reads them.";
    RepeatedColumn "T005" Error "Two columns have the same name.";
    RaggedRow "T006" Error "A row has more or fewer cells than the header.";
    NulByte "T007" Error "The text holds a NUL character.";
    LongCell "T008" Error "A cell is longer than this program reads.";
    TomlSyntax "S001" Error "The TOML cannot be read at this place.";
    UnknownKey "S002" Error "A key that `case.toml`, `constraints.toml`, `claims.toml` or a stability model does not know.";
    MissingKey "S003" Error "A key that `case.toml`, `constraints.toml`, `claims.toml` or a stability model needs is missing.";
    WrongType "S004" Error "A setting has the wrong type or is outside its range.";
    SchemaVersion "S005" Error "The case or the stability model was written for another schema number.";
    MissingCell "R001" Error "A cell that must be filled is empty.";
    NotADate "R002" Error "Not a date. Dates are `2022-03-29`, `2022-03` or `2022`.";
    ReversedDates "R003" Error "An end lies before its beginning.";
    KnownBeforeMade "R004" Error "A row is known before it was made.";
    AfterAsOf "R005" Warning "A row is dated after the case's `as_of`. Nothing is claimed after that date, so it is not shown.";
    NotInList "R006" Error "A word that is not in this column's list.";
    NotANumber "R007" Error "Not a finite number, or outside its range.";
    DuplicateId "R008" Error "Two rows, or two parts of a stability model, have the same id.";
    UnknownName "N001" Error "A name that belongs to no actor of the case.";
    AmbiguousName "N002" Error "A name that can be read in two ways.";
    AliasTarget "N003" Error "An alias leads to an actor that does not exist, or one text leads to two actors.";
    UnknownReference "L001" Error "A reference to a row, issue, option, topic, source, decision maker or state that does not exist.";
    Cycle "L002" Error "Rows refer to each other in a circle.";
    OtherIssue "L003" Error "A clause of a plan names a row that is about another issue.";
    OptionOrder "I001" Error "The options of an issue are not in one clear order.";
    TooManyOptions "I002" Error "An issue has more options than this program reads (64).";
    UnfilledOption "I003" Note "Rows of `issues.csv` that name an issue and no option yet. They are left out, and the issue is a topic without a scale.";
    LowAboveHigh "P001" Error "`low_option` stands after `best_option` or `high_option` in the order of the issue.";
    HalfAsk "P002" Error "Only one of `low_option` and `high_option` is filled.";
    RulesOutOwnAsk "P003" Error "A row rules out an option that it asks for.";
    RulesOutKind "P004" Error "`rules_out` is filled on a row that is not a red line.";
    EmptyRedLine "P005" Warning "A red line that rules nothing out and gives no reason.";
    UncodedWithoutReason "P006" Note "Rows on an issue with a scale that carry no options and no reason. They are uncoded: shown, not compared.";
    QuoteLength "P007" Note "A quote of more than 25 words: the rights of the source may matter.";
    GradeVerified "P008" Warning "Letter F or digit 6 says that no text was read, but the row is marked as verified.";
    NamesHiddenRow "P009" Warning "A row with a lower marking names one with a higher marking. The reference is left out of outputs below that level; text in notes is not.";
    SourcesSyntax "B001" Error "The bibliography cannot be read at this place.";
    SourceUnused "B002" Note "Sources that no row uses.";
    NoSource "B003" Warning "Rows without a source. They are shown as assumptions.";
    BothBibliographies "B004" Error "Both `sources.json` and `sources.bib` are there; only one can be the bibliography.";
    RangeOrder "V001" Error "`low`, `best` and `high` of an input do not rise.";
    NoTrust "V002" Error "A trust of 0. The premium that makes up for it would be infinite.";
    AllZero "V003" Warning "The weights of an actor are all zero. There are no proportions between zeros: the actor counts as one without weights.";
    RepeatedInput "V004" Error "Two rows, or two prices, state a number of the same thing for the same time.";
    IssueOrGroup "V005" Error "A row of `salience.csv` names both an issue and a group, or neither.";
    OwnTrust "V006" Error "A row of `trust.csv` in which an actor trusts itself.";
    NoReason "V007" Warning "Inputs with neither a source nor a reason. They are shown as assumptions.";
    UnknownTarget "V008" Error "A row of `drivers.csv` moves something that no factor can move.";
    UnknownFactor "V009" Error "A driver or a scenario names a factor that `scenarios.toml` does not have.";
    CircularDrivers "V010" Error "Factors that move each other in a circle.";
    NothingToLift "V011" Warning "A scenario lifts a statement that is not there, or that rules nothing out. It changes nothing by it.";
    IdleFactor "V012" Warning "Factors that no driver takes up. They change nothing.";
    NoSuchModel "V014" Warning "A scenario rules out states of a stability model that is not there. It changes nothing by it.";
    TooManyEntries "V013" Error "A file has more entries of a kind than this program reads.";
    RuleSyntax "E001" Error "A rule cannot be read at this place.";
    RuleTooLarge "E002" Error "A rule comes apart into more simple rules than this program uses.";
    NoPackage "E003" Error "Constraints of kind `logic` contradict each other: they leave no package.";
    AlwaysTrue "E004" Warning "A constraint that rules nothing out.";
    NeverMet "E005" Warning "A demand that no package meets.";
    NotTested "E006" Warning "Constraints that are too many or too tangled to test whether they leave a package.";
    OnlyInClaims "E007" Error "A question to the record stands in a rule between options. Only claims ask any.";
    UnknownQuestion "E008" Error "A claim asks a question that this program does not know.";
    QuestionArgument "E009" Error "An argument of a question is missing, unknown, given twice, or not of its kind.";
    QuestionTest "E010" Error "The answer of a question is compared with something that it cannot be, or not compared where it has to be.";
    UnknownSeries "E011" Warning "A claim, or a factor of a scenario, names a series of which `factors.csv` has no value. It has no data.";
    NotOfTheCase "C001" Warning "A coding names an actor, issue, option or topic that the case does not have. It is compared as a word; an option has no place in the order.";
    NotCodedYet "C002" Note "Rows of a coding that hold no issue or no code. They are left out.";
    NotXml "G001" Error "The XML of a domain or profile cannot be read at this place.";
    NotADomain "G002" Error "The file is not what it is read as: a domain, a profile, or a table of what options are worth.";
    Unmatched "G003" Error "A profile speaks of an issue, item or index that the domain does not have.";
    Lacking "G004" Error "Something that a domain, profile or table of options needs is missing.";
    Repeated "G005" Error "An issue, option, weight or party stands twice.";
    TooMany "G006" Error "A domain has more of something than this program reads.";
    WeightSum "G007" Warning "The weights of a profile do not add up to 1.";
    OtherScale "G008" Warning "A reservation value is on another scale than what packages are worth.";
    NotApplied "G009" Note "Something in a profile that is kept and not applied, such as a discount for time that passes.";
    NotAdditive "G010" Note "What a package is worth is not the sum over its options.";
    RuleAlwaysHolds "G011" Warning "A rule that every package meets.";
    RulesContradict "G012" Error "Rules that no package meets together.";
    IndicatorEvidence "K001" Error "A row of `indicators.csv` is read from a series and from rows at once, or says of one what only fits the other.";
    NotAModel "M001" Error "A `.gmcr` file is cut off, is no JSON, or does not have the shape of a model.";
    OnePreference "M002" Error "A decision maker has no preference, or two kinds of it.";
    KeysExclude "M003" Error "Keys of a stability model that exclude each other, or that need another one, stand as if they did not.";
    StateSyntax "M004" Error "A ranking, a move, a pair of states or a pattern cannot be read at this place.";
    LargeModel "M005" Error "A stability model has more of something than this program reads.";
    NobodysOption "M006" Warning "An option that no decision maker has. Nobody can change it.";
    NotLinked "M007" Warning "A stability model that is read alone names actors or rows of a case. They are not checked.";
    NotImported "M008" Warning "Something in a `.gmcr` file that has no place in a model here. It is left out.";
    ReadOtherwise "M009" Warning "Something in a `.gmcr` file that other programs read in another way.";
    NoStateLeft "M010" Error "Every combination of options is ruled out, so a model has no state.";
    TooManyStates "M011" Error "The states or moves of a model are too many to be listed.";
    NotRanked "M012" Error "A ranking leaves states out, names one twice, or names one that is not there.";
    NoSuchState "M013" Error "A state that is not there, or a rule that is to single one out and does not.";
    RankedApart "M014" Error "Combinations that are one state are not equally preferred.";
    MoveEdit "M015" Error "A move that is added is there already, or one that is taken out is not.";
    NoEffect "M016" Warning "A rule, a statement, a name or a pair of a model that changes nothing.";
    OutsideScale "Q001" Error "A position is outside the scale of its issue.";
    NoSalience "Q002" Error "Actors have no salience on an issue, and none is to be assumed.";
    AssumedSalience "Q003" Warning "Actors have no salience on an issue; they get the mean of the others.";
    AssumedCapability "Q004" Warning "Actors have no capability on an issue; all are taken to be equally capable there.";
    OneActor "Q005" Warning "One actor only takes a position on an issue.";
    NoWeight "Q006" Warning "Capability × salience is 0 for every actor on an issue; all weigh the same.";
    NoPosition "Q007" Note "An actor without a position on an issue does not take part in it.";
    ActorTwice "Q008" Error "An actor stands twice on one issue.";
    NotAWorkbook "W001" Error "The file is not a workbook that this program reads.";
    DamagedWorkbook "W002" Error "The workbook is damaged or cut off.";
    LockedWorkbook "W003" Error "The workbook is encrypted; it opens with a password only.";
    UnsafeWorkbook "W004" Error "The workbook is built in a way in which no spreadsheet program builds one. It is not read.";
    FormulaWithoutValue "W005" Warning "A formula whose result is not stored in the workbook. The cell is read as empty.";
    UnknownSheet "W006" Warning "A sheet that is no file of a case. It is left alone.";
    NotDataOfWorkbook "W007" Note "Something in a workbook that is not data, such as macros or links to other workbooks. It is not read.";
}
