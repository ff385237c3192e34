//! What is wrong with the files of a case, fault by fault.

use std::collections::BTreeSet;

use detente_case::scenario::MOST_ENTRIES;
use detente_case::{Code, Diagnostic, Folder, Severity, load};

use crate::input_faults;
use crate::small_case::{File, SETTINGS, case, found, read};

/// A fault of a case, and what is said of it: the code, the place, and a part of the message.
struct Fault(Code, &'static [File], &'static str, &'static str);

const FAULTS: &[Fault] = &[
    Fault(Code::UnknownFile, &[("event.csv", b"x")], "event.csv", "left alone"),
    Fault(Code::NotUsedYet, &[("judgements/", b"")], "judgements/", "elicited ranges"),
    Fault(Code::NotUtf8, &[("actors.csv", b"id,name\nA,Andr\xe9\nB,B\n")], "actors.csv:2", "0xe9"),
    Fault(Code::NotUtf8, &[("actors.csv", b"\xff\xfei\0d\0\n\0")], "actors.csv", "UTF-16"),
    Fault(Code::NotUtf8, &[("actors.csv", b"\xfe\xff\0i\0d\0\n")], "actors.csv", "UTF-16"),
    Fault(Code::NotUtf8, &[("case.toml", b"schema = 1\ntitle = \"Andr\xe9\"\n")], "case.toml:2", "0xe9"),
    Fault(Code::NotUtf8, &[("sources.json", b"[{\"id\": \"\xe9\"}]")], "sources.json:1", "0xe9"),
    Fault(Code::NoHeader, &[("events.csv", b"")], "events.csv", "empty"),
    Fault(Code::MissingColumn, &[("events.csv", b"\ndate,title\n2022,T\n")], "events.csv:2", "`type`"),
    Fault(Code::UnknownColumn, &[("actors.csv", b"id,colour\nA,red\nB,blue\n")], "actors.csv:1:2", "`colour`"),
    Fault(Code::UnknownColumn, &[("actors.csv", b"id,\nA,\nB,blue\n")], "actors.csv:3:2", "without a name"),
    Fault(Code::RepeatedColumn, &[("actors.csv", b"id,name,name\nA,a,a\nB,b,b\n")], "actors.csv:1:3", "at 2 and at 3"),
    Fault(Code::RaggedRow, &[("actors.csv", b"id,name\nA,a\n\nB\n")], "actors.csv:4:1", "1 cells, the header has 2"),
    Fault(Code::RaggedRow, &[("actors.csv", b"id,name\r\nA,a\r\nB,b,c\r\n")], "actors.csv:3:2", "3 cells, the header has 2"),
    Fault(Code::RaggedRow, &[("actors.csv", b"id,note\nA,x\nB,\"open\nC,x\n")], "actors.csv:3:2", "never closed"),
    Fault(Code::NulByte, &[("actors.csv", b"id\nA\nB\0\n")], "actors.csv:3", "NUL"),
    Fault(Code::TomlSyntax, &[("case.toml", b"schema = 1\ntitle = \"T\nas_of = 2024-01-31\n")], "case.toml:2:11", "string"),
    Fault(
        Code::UnknownKey,
        &[("case.toml", b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\nlanguage = [\"en\"]\n")],
        "case.toml:5:1",
        "`language`",
    ),
    Fault(
        Code::UnknownKey,
        &[("case.toml", b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n[methods]\nstale = 3\n")],
        "case.toml:6:1",
        "in [methods]",
    ),
    Fault(Code::MissingKey, &[("case.toml", b"schema = 1\ntitle = \"T\"\nprincipals = []\n")], "case.toml", "`as_of`"),
    Fault(
        Code::WrongType,
        &[("case.toml", b"schema = 1\ntitle = 7\nas_of = 2024-01-31\nprincipals = []\n")],
        "case.toml:2:9",
        "`title` is 7; expected a text",
    ),
    Fault(
        Code::WrongType,
        &[("case.toml", b"schema = 1\ntitle = \"T\"\nas_of = 2024-01\nprincipals = \"A\"\n")],
        "case.toml:4:14",
        "expected a list of texts",
    ),
    Fault(
        Code::WrongType,
        &[("case.toml", b"schema = 1\ntitle = \"T\"\nas_of = \"2024-01\"\nprincipals = []\n")],
        "case.toml:3:9",
        "expected a day",
    ),
    Fault(Code::SchemaVersion, &[("case.toml", b"schema = 2\n")], "case.toml", "schema 2"),
    Fault(Code::MissingCell, &[("events.csv", b"date,type,title\n2022,talks,\n")], "events.csv:2:3", "empty"),
    Fault(Code::NotADate, &[("events.csv", b"date,type,title\n2022-02-30,talks,T\n")], "events.csv:2:1", "2022-02-30"),
    Fault(Code::NotADate, &[("events.csv", b"date,type,title\n29.03.2022,talks,T\n")], "events.csv:2:1", "29.03.2022"),
    Fault(
        Code::ReversedDates,
        &[("events.csv", b"date,end_date,type,title\n2022-03-29,2022-03-28,talks,T\n")],
        "events.csv:2:2",
        "before the beginning",
    ),
    Fault(
        Code::ReversedDates,
        &[("case.toml", b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nstarts = 2024-02-01\nprincipals = []\n")],
        "case.toml",
        "`starts`",
    ),
    Fault(
        Code::KnownBeforeMade,
        &[("events.csv", b"date,known_from,type,title\n2022-03-29,2022-03-28,talks,T\n")],
        "events.csv:2:2",
        "2022-03-28",
    ),
    Fault(Code::AfterAsOf, &[("events.csv", b"id,date,type,title\ne1,2024-02-01,talks,T\n")], "events.csv", "`e1`"),
    Fault(Code::NotInList, &[("events.csv", b"date,type,title\n2022,talk,T\n")], "events.csv:2:2", "talks, mediation"),
    Fault(Code::NotInList, &[("actors.csv", b"id,iso3\nA,UA\nB,\n")], "actors.csv:2:2", "alpha-3"),
    Fault(Code::NotANumber, &[("factors.csv", b"factor,date,value\nf,2022,NaN\n")], "factors.csv:2:3", "NaN"),
    Fault(Code::NotANumber, &[("factors.csv", b"factor,date,value\nf,2022,-inf\n")], "factors.csv:2:3", "-inf"),
    Fault(Code::NotANumber, &[("factors.csv", b"factor,date,value\nf,2022,1e999\n")], "factors.csv:2:3", "1e999"),
    Fault(Code::NotANumber, &[("factors.csv", b"factor,date,value\nf,2022,\"1,5\"\n")], "factors.csv:2:3", "1,5"),
    Fault(Code::NotANumber, &[("issues.csv", b"issue,option,place\nland,all,101\n")], "issues.csv:2:3", "from 0 to 100"),
    Fault(
        Code::NotANumber,
        &[("positions.csv", b"actor,issue,organ,valid_from,statement\nA,land,2.5,2022,w\n")],
        "positions.csv:2:3",
        "whole number from 1 to 5",
    ),
    Fault(Code::DuplicateId, &[("actors.csv", b"id\nA\nB\nA\n")], "actors.csv:4:1", "line 2"),
    Fault(Code::DuplicateId, &[("issues.csv", b"issue,option\nland,all\nland,all\n")], "issues.csv:3:2", "line 2"),
    Fault(
        Code::DuplicateId,
        &[("case.toml", b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"A\", \"B\", \"A\"]\n")],
        "case.toml:4:25",
        "stands twice",
    ),
    Fault(
        Code::UnknownName,
        &[("positions.csv", b"actor,issue,valid_from,statement\nNobody,land,2022,w\n")],
        "positions.csv:2:1",
        "`Nobody`",
    ),
    Fault(
        Code::UnknownName,
        &[("case.toml", b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\n  \"Nobody\",\n]\n")],
        "case.toml:5:3",
        "`Nobody`",
    ),
    Fault(
        Code::AmbiguousName,
        &[("positions.csv", b"actor,issue,valid_from,statement\nNga,land,2022,w\n")],
        "positions.csv:2:1",
        "Vietnamese",
    ),
    Fault(
        Code::AmbiguousName,
        &[("actors.csv", b"id,name\nA,North\nB,north\n"), ("events.csv", b"date,type,title,parties\n2022,talks,T,North\n")],
        "events.csv:2:4",
        "several actors: A, B",
    ),
    Fault(Code::AliasTarget, &[("aliases.csv", b"text,actor\nNorth,C\n")], "aliases.csv:2:2", "`C`"),
    Fault(Code::AliasTarget, &[("aliases.csv", b"text,actor\nNorth,A\nnorth,B\n")], "aliases.csv:3:1", "already stands for `A`"),
    Fault(
        Code::UnknownReference,
        &[("positions.csv", b"actor,issue,best_option,valid_from,statement\nA,land,somme,2022,w\n")],
        "positions.csv:2:3",
        "no option `somme`",
    ),
    Fault(
        Code::UnknownReference,
        &[("positions.csv", b"actor,issue,condition,valid_from,statement\nA,land,sea=all,2022,w\n")],
        "positions.csv:2:3",
        "no issue has the id `sea`",
    ),
    Fault(
        Code::UnknownReference,
        &[("positions.csv", b"id,actor,issue,valid_from,statement,supersedes\np1,A,land,2022,w,p0\n")],
        "positions.csv:2:6",
        "`p0`",
    ),
    Fault(
        Code::UnknownReference,
        &[("positions.csv", b"actor,issue,valid_from,statement,source_id\nA,land,2022,w,buch\n")],
        "positions.csv:2:5",
        "`buch`",
    ),
    Fault(
        Code::UnknownReference,
        &[("source_defaults.csv", b"grade,source_id\nA1,bok\n")],
        "source_defaults.csv:2:2",
        "no source has the id `bok`",
    ),
    Fault(
        Code::DuplicateId,
        &[("source_defaults.csv", b"source_id,grade\nbook,A1\nbook,B2\n")],
        "source_defaults.csv:3:1",
        "line 2",
    ),
    Fault(
        Code::NotInList,
        &[("source_defaults.csv", b"source_id,grade\nbook,G1\n")],
        "source_defaults.csv:2:2",
        "expected A1 to F6",
    ),
    Fault(
        Code::NotInList,
        &[("source_defaults.csv", b"source_id,basis\nbook,hearsay\n")],
        "source_defaults.csv:2:2",
        "party_text",
    ),
    Fault(Code::MissingCell, &[("source_defaults.csv", b"source_id,grade\n,A1\n")], "source_defaults.csv:2:1", "empty"),
    Fault(Code::UnknownReference, &[("actors.csv", b"id,parent\nA,\nB,C\n")], "actors.csv:3:2", "`C`"),
    Fault(Code::UnknownReference, &[("topics.csv", b"topic,issue\nt,sea\n")], "topics.csv:2:2", "`sea`"),
    Fault(
        Code::UnknownReference,
        &[(
            "case.toml",
            b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n[[contradiction]]\nmatter = \"m\"\nrows = [\"e9\"]\n",
        )],
        "case.toml:5:1",
        "`e9`",
    ),
    Fault(
        Code::UnknownReference,
        &[(
            "case.toml",
            b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n[[credit]]\nsource = \"film\"\nline = \"l\"\n",
        )],
        "case.toml:5:1",
        "`film`",
    ),
    Fault(Code::Cycle, &[("actors.csv", b"id,parent\nA,A\nB,\n")], "actors.csv:2:2", "`A`"),
    Fault(Code::Cycle, &[("actors.csv", b"id,parent\nA,B\nB,A\n")], "actors.csv:2:2", "`A`"),
    Fault(Code::Cycle, &[("actors.csv", b"id,parent\nX,A\nA,B\nB,C\nC,A\n")], "actors.csv:3:2", "`A`"),
    Fault(
        Code::Cycle,
        &[("positions.csv", b"id,actor,issue,valid_from,statement,supersedes\np1,A,land,2022,w,p1\n")],
        "positions.csv:2:6",
        "`p1` ends itself",
    ),
    Fault(
        Code::Cycle,
        &[("positions.csv", b"id,actor,issue,valid_from,statement,supersedes\np1,A,land,2022,w,p2\np2,A,land,2022,w,p1\n")],
        "positions.csv:3:6",
        "`p2` and `p1`",
    ),
    Fault(
        Code::Cycle,
        &[(
            "positions.csv",
            b"id,actor,issue,valid_from,statement,supersedes\np1,A,land,2022,w,p2\np2,A,land,2022,w,p3\np3,A,land,2022,w,p1\n",
        )],
        "positions.csv:4:6",
        "`p3` and `p1`",
    ),
    Fault(Code::UnfilledOption, &[("issues.csv", b"issue,option,notes\nland,all,\nland,,w\nsea,,w\n")], "issues.csv:3", "2 rows"),
    Fault(Code::MissingCell, &[("issues.csv", b"issue,option,label\nland,all,\nland,,Half\n")], "issues.csv:3:2", "empty"),
    Fault(Code::OptionOrder, &[("issues.csv", b"issue,option,order\nland,none,1\nland,all,1\n")], "issues.csv:3", "no clear order"),
    Fault(Code::OptionOrder, &[("issues.csv", b"issue,option,place\nland,none,50\nland,all,50\n")], "issues.csv:3", "not above"),
    Fault(
        Code::LowAboveHigh,
        &[(
            "positions.csv",
            b"actor,issue,kind,low_option,high_option,valid_from,statement\nA,land,demand,all,none,2022,w\n",
        )],
        "positions.csv:2:4",
        "order of the issue",
    ),
    Fault(
        Code::LowAboveHigh,
        &[(
            "positions.csv",
            b"actor,issue,kind,low_option,best_option,high_option,valid_from,statement\nA,land,demand,none,all,some,2022,w\n",
        )],
        "positions.csv:2:4",
        "order of the issue",
    ),
    Fault(
        Code::HalfAsk,
        &[("positions.csv", b"actor,issue,kind,low_option,high_option,valid_from,statement\nA,land,demand,none,,2022,w\n")],
        "positions.csv:2:5",
        "filled together",
    ),
    Fault(
        Code::RulesOutOwnAsk,
        &[(
            "positions.csv",
            b"actor,issue,kind,best_option,rules_out,valid_from,statement\nA,land,red_line,all,none;all,2022,w\n",
        )],
        "positions.csv:2:5",
        "`all` is asked for and ruled out",
    ),
    Fault(
        Code::RulesOutKind,
        &[("positions.csv", b"actor,issue,kind,rules_out,valid_from,statement\nA,land,demand,none,2022,w\n")],
        "positions.csv:2:4",
        "not a red line",
    ),
    Fault(
        Code::EmptyRedLine,
        &[("positions.csv", b"actor,issue,kind,rules_out,valid_from,statement\nA,land,red_line,,2022,w\n")],
        "positions.csv:2:4",
        "rules nothing out",
    ),
    Fault(
        Code::UncodedWithoutReason,
        &[("positions.csv", b"actor,issue,valid_from,statement\nA,land,2022,w\n")],
        "positions.csv",
        "1 rows",
    ),
    Fault(
        Code::QuoteLength,
        &[(
            "positions.csv",
            b"actor,issue,valid_from,statement,quote\nA,land,2022,w,1 2 3 4 5 6 7 8 9 10 1 2 3 4 5 6 7 8 9 20 1 2 3 4 5 6\n",
        )],
        "positions.csv:2:5",
        "25 words",
    ),
    Fault(
        Code::GradeVerified,
        &[("positions.csv", b"actor,issue,valid_from,statement,grade,verified\nA,land,2022,w,F1,yes\n")],
        "positions.csv:2:6",
        "F1",
    ),
    Fault(
        Code::NamesHiddenRow,
        &[(
            "positions.csv",
            b"id,actor,issue,valid_from,statement,marking,supersedes\np1,A,land,2022,w,restricted,\np2,A,land,2023,w,,p1\n",
        )],
        "positions.csv",
        "`p2` names `p1`",
    ),
    Fault(
        Code::UnknownReference,
        &[("packages.csv", b"package,issue,option\nq,lnad,all\n")],
        "packages.csv:2:2",
        "no issue or topic has the id `lnad`",
    ),
    Fault(
        Code::UnknownReference,
        &[("packages.csv", b"package,issue,option\nq,land,some;most\n")],
        "packages.csv:2:3",
        "`land` has no option `most`",
    ),
    Fault(
        Code::UnknownReference,
        &[("topics.csv", b"topic\naid\nland\n"), ("packages.csv", b"package,issue,option\nq,aid,all\n")],
        "packages.csv:2:3",
        "`aid` has no scale",
    ),
    Fault(
        Code::UnknownReference,
        &[("packages.csv", b"package,issue,option,row\nq,land,all,p1;p9\n")],
        "packages.csv:2:4",
        "`p9`",
    ),
    Fault(
        Code::UnknownReference,
        &[("packages.csv", b"package,issue,option,source_id\nq,land,all,film\n")],
        "packages.csv:2:4",
        "`film`",
    ),
    Fault(
        Code::OtherIssue,
        &[
            ("issues.csv", b"issue,option\nland,none\nland,all\nsea,open\nsea,closed\n"),
            ("packages.csv", b"package,issue,option,row\nq,sea,open,p1\n"),
        ],
        "packages.csv:2:4",
        "`p1` says nothing on `sea`",
    ),
    Fault(
        Code::DuplicateId,
        &[("packages.csv", b"package,issue,option\nq,land,all\nr,land,all\nq,land,none\n")],
        "packages.csv:4:2",
        "line 2",
    ),
    Fault(Code::MissingCell, &[("packages.csv", b"package,issue,option\n,land,all\n")], "packages.csv:2:1", "empty"),
    Fault(
        Code::NotADate,
        &[("packages.csv", b"package,issue,option,known_from\nq,land,all,soon\n")],
        "packages.csv:2:4",
        "soon",
    ),
    Fault(
        Code::IndicatorEvidence,
        &[
            ("factors.csv", b"factor,date,value\npolls,2022,1\n"),
            ("indicators.csv", b"indicator,series,rows,reason\nopinion,polls,p1,w\n"),
        ],
        "indicators.csv:2:2",
        "either `series` or `rows`",
    ),
    Fault(
        Code::IndicatorEvidence,
        &[("indicators.csv", b"indicator,rows,rises,reason\nopinion,p1,more,w\n")],
        "indicators.csv:2:3",
        "of a series only",
    ),
    Fault(
        Code::IndicatorEvidence,
        &[
            ("factors.csv", b"factor,date,value\npolls,2022,1\n"),
            ("indicators.csv", b"indicator,series,near_zero,reason\nopinion,polls,0.1,w\n"),
        ],
        "indicators.csv:2:3",
        "of a series of a front line only",
    ),
    Fault(
        Code::MissingCell,
        &[("indicators.csv", b"indicator,series,rows,reason\nopinion,,,w\n")],
        "indicators.csv:2:2",
        "fill either `series` or `rows`",
    ),
    Fault(
        Code::UnknownReference,
        &[
            ("factors.csv", b"factor,date,value\npolls,2022,1\n"),
            ("indicators.csv", b"indicator,series,reason\nopinion,pols,w\n"),
        ],
        "indicators.csv:2:2",
        "no series is called `pols`",
    ),
    Fault(
        Code::UnknownReference,
        &[("indicators.csv", b"indicator,rows,reason\nauthority,p1;p9,w\n")],
        "indicators.csv:2:2",
        "`p9`",
    ),
    Fault(
        Code::DuplicateId,
        &[
            ("factors.csv", b"factor,date,value\npolls,2022,1\n"),
            ("indicators.csv", b"indicator,series,reason\nopinion,polls,w\nopinion,polls,v\n"),
        ],
        "indicators.csv:3:2",
        "line 2",
    ),
    Fault(
        Code::NotInList,
        &[("indicators.csv", b"indicator,rows,reason\nopinions,p1,w\n")],
        "indicators.csv:2:1",
        "`opinions`",
    ),
    Fault(
        Code::NotANumber,
        &[
            ("factors.csv", b"factor,date,value\nfront,2022,1\n"),
            ("indicators.csv", b"indicator,series,near_zero,reason\nfront_line,front,-1,w\n"),
        ],
        "indicators.csv:2:3",
        "`-1`",
    ),
    Fault(Code::SourcesSyntax, &[("sources.json", b"[\n {\"id\": }\n]")], "sources.json:2:9", "not JSON here"),
    Fault(Code::SourcesSyntax, &[("sources.json", b"{}")], "sources.json", "list of items"),
    Fault(Code::SourceUnused, &[("sources.json", br#"[{"id": "book"}, {"id": "film"}]"#)], "sources.json", "`film`"),
    Fault(Code::NoSource, &[("positions.csv", b"actor,issue,valid_from,statement\nA,land,2022,w\n")], "positions.csv", "1 rows"),
    Fault(Code::BothBibliographies, &[("sources.bib", b"@book{a, title={T}}")], "sources.json", "`sources.bib`"),
];

#[test]
fn a_case_without_faults_has_no_findings() {
    assert_eq!(read(&[]).diagnostics, []);
}

#[test]
fn every_fault_is_named_with_its_place() {
    let faults = FAULTS.iter().map(|Fault(code, files, place, part)| (code, *files, place, part));
    let inputs = input_faults::FAULTS.iter().map(|(code, files, place, part)| (code, *files, place, part));
    for (code, files, place, part) in faults.chain(inputs) {
        let loaded = read(files);
        let findings = found(&loaded, *code);
        let named = |finding: &&&Diagnostic| finding.place() == *place && finding.message.contains(part);
        assert!(
            findings.iter().any(|finding| named(&finding)),
            "{} at {place}: {:#?}",
            code.text(),
            loaded.diagnostics
        );
        assert_eq!(loaded.case.is_none(), loaded.has_errors());
        assert!(findings.iter().all(|finding| finding.severity == code.severity()));
    }
}

#[test]
fn every_code_is_tested() {
    // Those of the tests below, which take a folder on disk or more text than a line.
    let below = [
        Code::NotACase,
        Code::Unreadable,
        Code::TooLarge,
        Code::LinkOutside,
        Code::LongCell,
        Code::TooManyOptions,
        Code::RuleTooLarge,
        Code::NotTested,
        Code::TooManyEntries,
        // In claims.toml, which has tests of its own.
        Code::OnlyInClaims,
        Code::UnknownQuestion,
        Code::QuestionArgument,
        Code::QuestionTest,
    ];
    // Those of workbooks, coding files, domains and stability models, which are tested where these are read.
    let elsewhere = Code::ALL.iter().copied().filter(|code| code.text().starts_with(['W', 'C', 'G', 'M', 'Q']));
    let tested: BTreeSet<Code> = FAULTS
        .iter()
        .map(|Fault(code, ..)| *code)
        .chain(input_faults::FAULTS.iter().map(|(code, ..)| *code))
        .chain(below)
        .chain(elsewhere)
        .collect();
    assert_eq!(tested, Code::ALL.iter().copied().collect());
}

#[test]
fn what_is_an_error_has_a_hint_where_one_can_be_given() {
    for (code, hint) in [
        (Code::NotUtf8, "CSV UTF-8"),
        (Code::MissingColumn, "date,type,title"),
        (Code::UnknownKey, "is `languages` meant?"),
        (Code::MissingKey, "as_of = 2024-01-31"),
        (Code::NotInList, "is `talks` meant?"),
        (Code::UnknownReference, "is `some` meant?"),
        (Code::RaggedRow, "a,,c"),
        (Code::UnknownFile, "is it meant to be `events.csv`?"),
        (Code::UnknownColumn, "`x_colour`"),
    ] {
        let of_code = FAULTS.iter().filter(|Fault(own, ..)| *own == code);
        let findings = of_code.flat_map(|Fault(_, files, ..)| read(files).diagnostics);
        let hints: Vec<String> = findings.flat_map(|finding| finding.hints).collect();
        assert!(hints.iter().any(|found| found.contains(hint)), "{}: {hints:#?}", code.text());
    }
}

/// The case without faults, with a table of plans added as `--with FILE` does.
fn with_plans(own: &'static [u8], added: &[u8]) -> Result<detente_case::Case, Vec<Diagnostic>> {
    let case = read(&[("packages.csv", own)]).case.unwrap();
    case.with_packages("mine.csv", added.to_vec())
}

#[test]
fn plans_that_are_added_are_read_as_those_of_the_case() {
    let case =
        with_plans(b"package,issue,option\nq,land,all\n", b"package,issue,option,row\nmine,land,some,p1\n").unwrap();
    assert_eq!(case.clauses.iter().map(|clause| &*clause.package).collect::<Vec<_>>(), ["q", "mine"]);
}

#[test]
fn what_is_wrong_with_plans_that_are_added_is_said_with_the_name_of_their_file() {
    let added = b"package,issue,option,row\nq,land,none,\nmine,lands,all,\nmine,land,most,p9\n";
    let found = with_plans(b"package,issue,option\nq,land,all\n", added).unwrap_err();
    let told: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.code, finding.place())).collect();
    assert_eq!(told, ["R008 mine.csv", "L001 mine.csv:3:2", "L001 mine.csv:4:3", "L001 mine.csv:4:4"]);
    assert!(found[0].message.contains("a plan `q` already") && found[0].hints[0].contains("another id"));
    assert!(found[1].hints[0].contains("`land`"));
}

#[test]
fn schema_two_is_refused_and_nothing_else_is_said_of_the_settings() {
    let loaded = read(&[("case.toml", b"schema = 2\nnew_key = 1\n")]);
    assert_eq!(loaded.diagnostics.iter().map(|finding| &*finding.code).collect::<Vec<_>>(), ["S005"]);
}

#[test]
fn many_errors_are_reported_at_once_from_all_files() {
    let loaded = read(&[
        ("case.toml", b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"Nobody\"]\ncolour = 1\n"),
        ("actors.csv", b"id,kind,iso3\nA,planet,\nB,,QQQ\nA,,\n"),
        ("issues.csv", b"issue,option,place\nland,none,x\nland,all,200\n"),
        (
            "positions.csv",
            b"actor,issue,valid_from,statement\nNobody,land,2022,w\nA,sea,2022-13,w\nA,land\nA,land,2022,\nA,land,never,w\n",
        ),
        ("events.csv", b"date,type,title\nnever,talks,T\n2022,talk,T\n"),
        ("sources.json", b"["),
    ]);
    let errors: Vec<&Diagnostic> =
        loaded.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    let files: BTreeSet<&str> = errors.iter().map(|error| error.file.as_str()).collect();
    let places: BTreeSet<String> = errors.iter().map(|error| error.place()).collect();
    assert_eq!(files, ["actors.csv", "case.toml", "events.csv", "issues.csv", "positions.csv", "sources.json"].into());
    assert!(places.len() >= 14, "{places:#?}");
}

#[test]
fn unreadable_settings_do_not_hide_what_is_wrong_elsewhere() {
    let loaded = read(&[("case.toml", b"schema = \xe9\n"), ("actors.csv", b"id,kind\nA,planet\nB,\n")]);
    assert_eq!(loaded.diagnostics.iter().map(|finding| &*finding.code).collect::<Vec<_>>(), ["R006", "T001"]);
}

#[test]
fn a_row_that_cannot_be_read_is_still_known_to_rows_that_name_it() {
    let loaded = read(&[(
        "positions.csv",
        b"id,actor,issue,valid_from,statement,supersedes\np1,A,land,never,w,\np2,A,land,2023,w,p1\n",
    )]);
    assert_eq!(found(&loaded, Code::NotADate).len(), 1);
    assert_eq!(found(&loaded, Code::UnknownReference), Vec::<&Diagnostic>::new());
}

#[test]
fn a_hundred_findings_of_a_kind_are_listed_and_the_rest_counted() {
    let rows = "Nobody,land,2022,w\n".repeat(250);
    let positions = format!("actor,issue,valid_from,statement\n{rows}");
    let mut files = case(&[]);
    files.retain(|(name, _)| name != "positions.csv");
    files.push(("positions.csv".to_owned(), positions.into_bytes()));
    let loaded = load(&Folder::Memory(files), |_| {});
    let findings = found(&loaded, Code::UnknownName);
    assert_eq!(findings.len(), 101);
    assert_eq!(findings[0].message, "150 more findings N001 in this file are not listed");
}

#[test]
fn semicolons_tabs_carriage_returns_and_a_byte_order_mark_are_read() {
    for actors in [
        &b"id;name\nA;One, two\nB;B\n"[..],
        b"id\tname\nA\tOne, two\nB\tB\n",
        b"\xef\xbb\xbfid,name\nA,\"One, two\"\nB,B\n",
        b"id,name\r\nA,\"One, two\"\r\nB,B\r\n",
        b"\n\nid,name\n\nA,\"One, two\"\n\nB,B",
        b"\"id\";\"name\"\n\"A\";\"One, two\"\n\"B\";\"B\"\n",
        b" name , id \n\"One, two\", A\n B,B \n",
    ] {
        let files = vec![("actors.csv".to_owned(), actors.to_vec()), ("case.toml".to_owned(), SETTINGS.to_vec())];
        let case = load(&Folder::Memory(files), |_| {}).case.unwrap();
        let actors: Vec<(&str, &str)> = case.actors.iter().map(|actor| (&*actor.id, &*actor.name)).collect();
        assert_eq!(actors, [("A", "One, two"), ("B", "B")]);
    }
}

#[test]
fn sixty_four_options_are_read_and_sixty_five_are_not() {
    let issues = |count: usize| {
        let rows: String = (0..count).map(|number| format!("land,o{number}\n")).collect();
        load(
            &Folder::Memory(vec![
                ("case.toml".to_owned(), b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n".to_vec()),
                ("issues.csv".to_owned(), format!("issue,option\n{rows}").into_bytes()),
            ]),
            |_| {},
        )
    };
    assert!(issues(64).case.is_some());
    let loaded = issues(65);
    let findings = found(&loaded, Code::TooManyOptions);
    assert_eq!(
        (findings[0].place().as_str(), findings[0].message.as_str()),
        ("issues.csv:66", "`land` has 65 options; at most 64 are read")
    );
}

#[test]
fn a_cell_of_more_than_a_megabyte_is_refused() {
    let actors = format!("id,note\nA,{}\nB,\n", "x".repeat((1 << 20) + 1));
    let files = vec![("case.toml".to_owned(), SETTINGS.to_vec()), ("actors.csv".to_owned(), actors.into_bytes())];
    let loaded = load(&Folder::Memory(files), |_| {});
    assert_eq!(found(&loaded, Code::LongCell)[0].place(), "actors.csv:2:2");
}

#[test]
fn more_factors_than_are_read_are_reported() {
    let factor = |number| format!("[[factor]]\nid = \"f{number}\"\ntitle = \"F\"\nlow = 0\nhigh = 1\nreason = \"r\"\n");
    let text: String = (0..=MOST_ENTRIES).map(factor).collect();
    let loaded = read(&[("scenarios.toml", text.leak().as_bytes())]);
    let said = loaded.diagnostics.iter().find(|finding| finding.code == Code::TooManyEntries.text()).unwrap();
    assert_eq!(said.place(), format!("scenarios.toml:{}:1", MOST_ENTRIES * 6 + 1));
}
