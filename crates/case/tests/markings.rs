//! What a level does not show is left out as if it had never been there.

#![expect(clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::{Case, Code, Day, Folder, Level, Loaded, Record, export, load};
use proptest::prelude::*;

fn read(files: &[(&str, &str)]) -> Loaded {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    load(&Folder::Memory(files), |_| {})
}

fn case(files: &[(&str, &str)]) -> Case {
    let loaded = read(files);
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

const SETTINGS: &str = "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n";

/// The statements that a level shows.
fn statements(case: &Case, level: Level) -> Vec<String> {
    case.at_level(level).positions.iter().map(|row| row.statement.to_string()).collect()
}

fn positions(settings: &str, rows: &str) -> Case {
    let text = format!("id,document,actor,issue,valid_from,statement,marking,supersedes,coder_note,link\n{rows}");
    case(&[("case.toml", settings), ("positions.csv", &text)])
}

const THREE: &str =
    "p1,,X,i,2022,open,public,,,l\np2,,X,i,2022,closed,restricted,,,l\np3,,X,i,2022,secret,confidential,,,l\n";

#[test]
fn a_level_shows_rows_up_to_its_marking() {
    let case = positions(SETTINGS, THREE);
    assert_eq!(statements(&case, Level::Public), ["open"]);
    assert_eq!(statements(&case, Level::Restricted), ["open", "closed"]);
    assert_eq!(statements(&case, Level::All), ["open", "closed", "secret"]);
}

#[test]
fn rows_without_a_marking_have_that_of_the_case() {
    let rows = format!("p0,,X,i,2022,unmarked,,,,l\n{THREE}");
    let case = |marking: &str| positions(&format!("{SETTINGS}marking = \"{marking}\"\n"), &rows);
    assert_eq!(statements(&case("public"), Level::Public), ["unmarked", "open"]);
    assert_eq!(statements(&case("restricted"), Level::Public), ["open"]);
    assert_eq!(statements(&case("restricted"), Level::Restricted), ["unmarked", "open", "closed"]);
    assert_eq!(statements(&case("confidential"), Level::Restricted), ["open", "closed"]);
}

#[test]
fn a_reading_of_what_a_person_would_accept_is_confidential_unless_marked() {
    let case = case(&[
        ("case.toml", SETTINGS),
        ("actors.csv", "id,kind\nMinister,person\nState,state\n"),
        ("topics.csv", "topic\ni\n"),
        (
            "positions.csv",
            "actor,issue,kind,valid_from,statement,marking,link\nMinister,i,reservation_reading,2022,unmarked,,l\n\
             Minister,i,reservation_reading,2022,marked,public,l\nMinister,i,demand,2022,own words,,l\n\
             State,i,reservation_reading,2022,of a state,,l\n",
        ),
    ]);
    assert_eq!(statements(&case, Level::Public), ["marked", "own words", "of a state"]);
    assert_eq!(statements(&case, Level::Restricted), ["marked", "own words", "of a state"]);
    assert_eq!(statements(&case, Level::All).len(), 4);
}

const ACTORS: &str = "id,marking\nX,\nShadow,restricted\n";
const ISSUES: &str = "issue,option,marking\nland,none,\nland,all,\ndepth,low,restricted\ndepth,high,\n";

#[test]
fn a_restricted_actor_takes_its_rows_with_it() {
    let shown = case(&[
        ("case.toml", SETTINGS),
        ("actors.csv", ACTORS),
        ("aliases.csv", "text,actor\nthe Unknown,Shadow\nthe Known,X\n"),
        ("topics.csv", "topic\nt\n"),
        (
            "positions.csv",
            "actor,addressee,issue,valid_from,statement,link\nX,,t,2022,to all,l\nX,Shadow,t,2022,to Shadow,l\nShadow,X,t,2022,by Shadow,l\n",
        ),
        (
            "events.csv",
            "date,type,title,parties,mediators,link\n2022,talks,X alone,X,,l\n2022,talks,with Shadow,X;Shadow,,l\n\
             2022,talks,between,X,Shadow (host),l\n",
        ),
        ("relations.csv", "from,to,type,valid_from\nX,Shadow,arms,2022\nShadow,X,arms,2022\n"),
    ])
    .at_level(Level::Public);
    assert_eq!(shown.actors.iter().map(|actor| &*actor.id).collect::<Vec<_>>(), ["X"]);
    assert_eq!(shown.aliases.iter().map(|alias| &*alias.text).collect::<Vec<_>>(), ["the Known"]);
    assert_eq!(shown.positions.iter().map(|row| &*row.statement).collect::<Vec<_>>(), ["to all"]);
    assert_eq!(shown.events.iter().map(|row| &*row.title).collect::<Vec<_>>(), ["X alone"]);
    assert!(shown.relations.is_empty());
}

#[test]
fn a_restricted_issue_takes_its_rows_with_it() {
    let shown = case(&[
        ("case.toml", SETTINGS),
        ("issues.csv", ISSUES),
        ("topics.csv", "topic,issue\nland,land\nlevels,depth\n"),
        (
            "positions.csv",
            "actor,issue,condition,valid_from,statement,link\nX,land,,2022,on land,l\nX,depth,,2022,on depth,l\n\
             X,levels,,2022,on levels,l\nX,land,depth=low,2022,if depth,l\nX,land,land=all,2022,if land,l\n",
        ),
        (
            "events.csv",
            "date,type,title,topics,link\n2022,talks,of land,land,l\n2022,talks,of both,land;levels,l\n2022,talks,of none,,l\n",
        ),
    ])
    .at_level(Level::Public);
    assert_eq!(shown.issues.iter().map(|issue| &*issue.id).collect::<Vec<_>>(), ["land"]);
    assert_eq!(shown.topics.iter().map(|topic| &*topic.id).collect::<Vec<_>>(), ["land"]);
    assert_eq!(shown.positions.iter().map(|row| &*row.statement).collect::<Vec<_>>(), ["on land", "if land"]);
    assert_eq!(shown.events.iter().map(|row| &*row.title).collect::<Vec<_>>(), ["of land", "of none"]);
}

#[test]
fn principals_are_shown_whatever_their_marking() {
    let settings = SETTINGS.replace("principals = []", "principals = [\"Shadow\"]");
    let shown = case(&[("case.toml", &settings), ("actors.csv", ACTORS)]).at_level(Level::Public);
    assert_eq!(shown.principals.iter().map(|id| &*shown.actors[*id].id).collect::<Vec<_>>(), ["Shadow"]);
}

#[test]
fn in_a_restricted_case_actors_and_issues_show_where_a_public_row_names_them() {
    let settings = format!("{SETTINGS}marking = \"restricted\"\n");
    let shown = case(&[
        ("case.toml", &settings),
        ("actors.csv", "id\nX\nY\n"),
        ("issues.csv", "issue,option\nland,all\nsea,all\n"),
        ("topics.csv", "topic,title\nland,Land\nsky,Sky\n"),
        (
            "positions.csv",
            "actor,issue,valid_from,statement,marking,link\nX,land,2022,open,public,l\nY,sea,2022,closed,,l\n",
        ),
    ])
    .at_level(Level::Public);
    assert_eq!(shown.actors.iter().map(|actor| &*actor.id).collect::<Vec<_>>(), ["X"]);
    assert_eq!(shown.issues.iter().map(|issue| &*issue.id).collect::<Vec<_>>(), ["land"]);
    assert!(shown.topics.is_empty());
}

#[test]
fn actors_and_topics_that_only_hidden_rows_name_vanish() {
    let case = positions(
        SETTINGS,
        "p1,,Open,a,2022,w,,,,l\np2,,Hidden,b,2022,w,restricted,,,l\np3,,UKRGOV,c,2022,w,restricted,,,l\n",
    );
    let shown = case.at_level(Level::Public);
    assert_eq!(case.actors.len(), 4);
    assert_eq!(shown.actors.iter().map(|actor| &*actor.id).collect::<Vec<_>>(), ["Open"]);
    assert_eq!(shown.topics.iter().map(|topic| &*topic.id).collect::<Vec<_>>(), ["a"]);
}

#[test]
fn where_markings_are_in_use_ids_have_no_gaps_and_notes_follow() {
    let shown = positions(
        SETTINGS,
        "x_9,speech,X,i,2022,one,,,as in x_12.,l\nx_10,,X,i,2022,two,restricted,,,l\nx_12,speech,X,i,2022,three,,x_9,see x_9; not x_99,l\n",
    )
    .at_level(Level::Public);
    let rows: Vec<(&str, &str, &str)> =
        shown.positions.iter().map(|row| (&*row.id, &*row.document, &*row.coder_note)).collect();
    assert_eq!(rows, [("p001", "d001", "as in p002."), ("p002", "d001", "see p001; not x_99")]);
}

#[test]
fn a_case_may_keep_its_ids() {
    let settings = format!("{SETTINGS}keep_ids = true\n");
    let shown = positions(&settings, THREE).at_level(Level::Restricted);
    assert_eq!(shown.positions.iter().map(|row| &*row.id).collect::<Vec<_>>(), ["p1", "p2"]);
}

#[test]
fn without_markings_ids_stay_and_rows_without_one_are_numbered_without_gaps() {
    let case = case(&[
        ("case.toml", SETTINGS),
        ("actors.csv", "id,kind\nMinister,person\n"),
        ("topics.csv", "topic\ni\n"),
        (
            "positions.csv",
            "id,actor,issue,kind,valid_from,statement,link\nmine,Minister,i,demand,2022,w,l\n\
             ,Minister,i,reservation_reading,2021,hidden,l\n,Minister,i,demand,2022,w,l\n",
        ),
    ]);
    let ids = |case: &Case| -> Vec<String> { case.positions.iter().map(|row| row.id.to_string()).collect() };
    assert_eq!(ids(&case), ["mine", "p-001", "p-002"]);
    assert_eq!(ids(&case.at_level(Level::Public)), ["mine", "p-001"]);
}

#[test]
fn a_reference_to_a_hidden_row_is_left_out_and_warned_of() {
    let rows = "p1,,X,i,2022,one,restricted,,,l\np2,,X,i,2022,two,,p1,,l\n";
    assert!(positions(SETTINGS, rows).at_level(Level::Public).positions.iter().all(|row| row.supersedes.is_empty()));
    let text = format!("id,document,actor,issue,valid_from,statement,marking,supersedes,coder_note,link\n{rows}");
    let findings = read(&[("case.toml", SETTINGS), ("positions.csv", &text)]).diagnostics;
    assert_eq!(findings.iter().map(|finding| &*finding.code).collect::<Vec<_>>(), [Code::NamesHiddenRow.text()]);
}

#[test]
fn sources_credits_and_contradictions_of_hidden_rows_vanish() {
    let settings = format!(
        "{SETTINGS}[[credit]]\nsource = \"open\"\nline = \"o\"\n[[credit]]\nsource = \"closed\"\nline = \"c\"\n\
         [[contradiction]]\nmatter = \"shown\"\nrows = [\"e_1\", \"factor:f\"]\n\
         [[contradiction]]\nmatter = \"hidden\"\nrows = [\"e_1\", \"e_2\"]\n"
    );
    let shown = case(&[
        ("case.toml", &settings),
        (
            "events.csv",
            "id,date,type,title,source_id,marking\ne_2,2022,talks,T,closed,restricted\ne_1,2022,talks,T,open,\n",
        ),
        ("factors.csv", "factor,date,value\nf,2022,1\n"),
        ("sources.json", r#"[{"id": "open"}, {"id": "closed"}, {"id": "unused"}]"#),
    ])
    .at_level(Level::Public);
    assert_eq!(shown.sources.iter().map(|source| &*source.id).collect::<Vec<_>>(), ["open"]);
    assert_eq!(shown.settings.credits.iter().map(|credit| credit.line.as_str()).collect::<Vec<_>>(), ["o"]);
    let contradictions: Vec<(&str, &[String])> =
        shown.settings.contradictions.iter().map(|one| (one.matter.as_str(), one.rows.as_slice())).collect();
    assert_eq!(contradictions, [("shown", &["e001".to_owned(), "factor:f".to_owned()][..])]);
}

#[test]
fn a_column_of_markings_is_found_in_any_table_that_is_read() {
    for actors in [&b"\xef\xbb\xbfmarking,id\n,X\n"[..], b"\n\"marking\";id\n;X\n", b"id\tmarking\r\nX\t\r\n"] {
        let files = vec![("case.toml".to_owned(), SETTINGS.into()), ("actors.csv".to_owned(), actors.to_vec())];
        assert!(load(&Folder::Memory(files), |_| {}).case.unwrap().has_markings);
    }
    assert!(!case(&[("case.toml", SETTINGS), ("actors.csv", "id,note\nX,marking\n")]).has_markings);
}

/// A row of a made-up case: whether it is hidden, and numbers from which its cells are made.
type Seed = (bool, usize, usize, usize);

const WHO: [&str; 4] = ["X", "Y", "Росія", "Shadow"];
const WHAT: [&str; 3] = ["land", "t", "depth"];
const DATES: [&str; 4] = ["2022-03-29", "2022-03", "2022", "2023-01-01"];

/// Whether a row is to be deleted by hand: marked, or by or about what is restricted.
fn hidden((marked, who, what, _): Seed) -> bool {
    marked || WHO[who] == "Shadow" || WHAT[what] == "depth"
}

/// A case with the rows of some seeds; without what is hidden if it was deleted by hand.
fn made(positions: &[Seed], events: &[Seed], plans: &[Seed], with_hidden: bool, with_ids: bool) -> Case {
    let keep = |seed: &Seed| with_hidden || !hidden(*seed);
    let mut rows = String::new();
    for (number, seed) in positions.iter().enumerate().filter(|(_, seed)| keep(seed)) {
        let (marked, who, what, extra) = *seed;
        let id = if with_ids { format!("row-{number}") } else { String::new() };
        let supersedes = match number.checked_sub(1 + extra % 3) {
            Some(earlier) if with_ids && extra % 2 == 0 && keep(&positions[earlier]) => format!("row-{earlier}"),
            _ => String::new(),
        };
        let marking = if marked { "restricted" } else { "" };
        rows += &format!(
            "{id},doc-{},{},{},{},s{number},{marking},{supersedes},src-{}\n",
            extra % 4,
            WHO[who],
            WHAT[what],
            DATES[extra % 4],
            extra % 3
        );
    }
    let mut event_rows = String::new();
    for (number, seed) in events.iter().enumerate().filter(|(_, seed)| keep(seed)) {
        let (marked, who, what, extra) = *seed;
        let marking = if marked { "confidential" } else { "public" };
        event_rows += &format!(
            ",{},talks,t{number},X;{},{},src-{},{marking}\n",
            DATES[extra % 4],
            WHO[who],
            WHAT[what],
            extra % 3
        );
    }
    // Clauses of plans, on the subject of a statement and resting on it, if it is there.
    let mut clauses = String::new();
    // One without a marking of its own is no more public than the statement on which it rests.
    let behind = |seed: &Seed| positions.get(seed.1).filter(|said| with_ids && said.2 == seed.2);
    let hides = |seed: &Seed| seed.0 || WHAT[seed.2] == "depth" || behind(seed).is_some_and(|said| hidden(*said));
    for (number, seed) in plans.iter().enumerate().filter(|(_, seed)| with_hidden || !hides(seed)) {
        let (marked, who, what, extra) = *seed;
        let marking = if marked { "restricted" } else { "" };
        let behind = behind(seed);
        let row = behind.map(|_| format!("row-{who}")).unwrap_or_default();
        let known = if extra % 2 == 0 { DATES[extra % 4] } else { "" };
        clauses +=
            &format!("plan-{number},{},c{number} of row-1,{row},{known},src-{},{marking}\n", WHAT[what], extra % 3);
    }
    // Signs of ripeness that rest on statements: one without a marking of its own is no more public than these.
    let mut signs = String::new();
    for (number, seed) in plans.iter().enumerate() {
        let (marked, who, what, extra) = *seed;
        let Some(said) = positions.get(who).filter(|said| with_ids && said.2 == what) else { continue };
        let actor = WHO[extra % WHO.len()];
        if !with_hidden && (marked || hidden(*said) || actor == "Shadow") {
            continue;
        }
        let marking = if marked { "restricted" } else { "" };
        signs += &format!("authority,{actor},row-{who},s{number} of row-1,{marking}\n");
    }
    let (actors, issues, topics) = if with_hidden {
        ("id,iso3,marking\nX,,\nY,,\nShadow,,restricted\nRussia,RUS,\n", ISSUES, "topic,issue\nt,\nd,depth\n")
    } else {
        (
            "id,iso3,marking\nX,,\nY,,\nRussia,RUS,\n",
            "issue,option,marking\nland,none,\nland,all,\n",
            "topic,issue\nt,\n",
        )
    };
    let events = if with_hidden { event_rows } else { event_rows.replace(",depth,", ",,") };
    let topics = format!("{topics}land,land\n{}", if with_hidden { "depth,depth\n" } else { "" });
    case(&[
        ("case.toml", SETTINGS),
        ("actors.csv", actors),
        ("issues.csv", issues),
        ("topics.csv", &topics),
        (
            "positions.csv",
            &format!("id,document,actor,issue,valid_from,statement,marking,supersedes,source_id\n{rows}"),
        ),
        ("events.csv", &format!("id,date,type,title,parties,topics,source_id,marking\n{events}")),
        ("packages.csv", &format!("package,issue,note,row,known_from,source_id,marking\n{clauses}")),
        ("indicators.csv", &format!("indicator,actor,rows,reason,marking\n{signs}")),
        ("sources.json", r#"[{"id": "src-0"}, {"id": "src-1"}, {"id": "src-2"}]"#),
    ])
}

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    prop::collection::vec((any::<bool>(), 0..WHO.len(), 0..WHAT.len(), 0..24_usize), 0..12)
}

proptest! {
    #[test]
    fn a_level_shows_what_deleting_the_hidden_rows_by_hand_shows(positions in seeds(), events in seeds(), plans in seeds(), with_ids: bool) {
        let shown = made(&positions, &events, &plans, true, with_ids).at_level(Level::Public);
        let by_hand = made(&positions, &events, &plans, false, with_ids).at_level(Level::Public);
        prop_assert_eq!(export::files(&shown), export::files(&by_hand));
        prop_assert_eq!(export::json(&shown), export::json(&by_hand));
        for known in [Day::constant(2022, 6, 1), Day::MAX] {
            let digest = |case: &Case| export::digest(Record::known_by(case, known));
            prop_assert_eq!(digest(&shown), digest(&by_hand));
        }
        let lines = |case: &Case| Record::known_by(case, Day::MAX).lines().collect::<Vec<_>>();
        prop_assert_eq!(lines(&shown), lines(&by_hand));
    }

    #[test]
    fn a_level_of_a_level_is_the_same(positions in seeds(), events in seeds(), plans in seeds()) {
        let shown = made(&positions, &events, &plans, true, true).at_level(Level::Public);
        prop_assert_eq!(export::files(&shown.at_level(Level::Public)), export::files(&shown));
    }
}
