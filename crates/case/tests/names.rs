//! Which actor a text in a cell means, and what is said where that is not clear.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::actor::Actor;
use detente_case::{Case, Diagnostic, Folder, Loaded, load};

const ACTORS: &str = "id,name,iso3\nRussia,Russia,RUS\nUkraine,Ukraine,UKR\nNigeria,Nigeria,NGA\n";
const ACTORS_WITHOUT_NIGERIA: &str = "id,name,iso3\nRussia,Russia,RUS\nUkraine,Ukraine,UKR\n";

fn read(files: &[(&str, &str)]) -> Loaded {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    load(&Folder::Memory(files), |_| {})
}

fn settings(languages: &str) -> String {
    format!("schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\nlanguages = [{languages}]\n")
}

fn statement_by(actor: &str) -> String {
    format!("actor,issue,valid_from,statement,link\n{actor},borders,2022-03-29,words,https://example.org\n")
}

/// A case in which one row is by `actor`.
fn case_with(actors: &str, aliases: &str, languages: &str, actor: &str) -> Loaded {
    let (settings, positions) = (settings(languages), statement_by(actor));
    read(&[
        ("case.toml", &settings),
        ("actors.csv", actors),
        ("aliases.csv", aliases),
        ("topics.csv", "topic\nborders\n"),
        ("positions.csv", &positions),
    ])
}

const NO_ALIASES: &str = "text,lang,actor,note\n";

fn speaker(loaded: &Loaded) -> &Actor {
    let case = loaded.case.as_ref().unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let row = case.positions.iter().next().unwrap();
    &case.actors[row.actor]
}

fn the_error(loaded: &Loaded) -> &Diagnostic {
    assert!(loaded.case.is_none());
    loaded.diagnostics.first().unwrap()
}

fn actor<'c>(case: &'c Case, id: &str) -> &'c Actor {
    case.actors.iter().find(|actor| &*actor.id == id).unwrap()
}

#[test]
fn nga_is_nigeria_by_code_and_russia_by_name_in_any_case_of_letters() {
    for text in ["NGA", "Nga", "nga"] {
        for actors in [ACTORS, ACTORS_WITHOUT_NIGERIA] {
            let loaded = case_with(actors, NO_ALIASES, "\"en\"", text);
            let error = the_error(&loaded);
            assert_eq!((error.code.as_str(), error.place().as_str()), ("N002", "positions.csv:2:1"));
            for part in ["Nigeria", "ISO 3166-1 alpha-3", "Russia", "Vietnamese"] {
                assert!(error.message.contains(part), "{part}: {}", error.message);
            }
            let hints = error.hints.join("\n");
            for line in [format!("`{text},,Nigeria,`"), format!("`{text},vi,Russia,`"), "\"vi\"".to_owned()] {
                assert!(hints.contains(&line), "{line}: {hints}");
            }
        }
    }
}

#[test]
fn vietnamese_among_the_languages_settles_nga() {
    for text in ["NGA", "Nga", "nga"] {
        assert_eq!(&*speaker(&case_with(ACTORS, NO_ALIASES, "\"en\", \"vi\"", text)).id, "Russia");
    }
}

/// The line between back-ticks in a hint.
fn line_to_paste(hint: &str) -> &str {
    hint.split('`').nth(1).unwrap()
}

#[test]
fn the_alias_line_of_each_hint_mends_the_case_as_it_stands() {
    for text in ["NGA", "Nga", "nga"] {
        let broken = case_with(ACTORS, NO_ALIASES, "\"en\"", text);
        for expected in ["Nigeria", "Russia"] {
            let hints = &the_error(&broken).hints;
            let hint = hints.iter().find(|hint| hint.starts_with(&format!("if {expected} is meant"))).unwrap();
            let aliases = format!("{NO_ALIASES}{}\n", line_to_paste(hint));
            assert_eq!(&*speaker(&case_with(ACTORS, &aliases, "\"en\"", text)).id, expected);
        }
    }
}

#[test]
fn where_the_case_lacks_the_actor_the_hint_says_so() {
    let loaded = case_with(ACTORS_WITHOUT_NIGERIA, NO_ALIASES, "\"en\"", "NGA");
    let hints = &the_error(&loaded).hints;
    let nigeria = hints.iter().find(|hint| hint.starts_with("if Nigeria is meant")).unwrap();
    assert!(nigeria.ends_with("(and add that actor to actors.csv)"), "{nigeria}");
}

#[test]
fn an_actor_known_by_its_code_is_found_under_all_its_names() {
    let actors = "id,iso3\nMoscow,RUS\nAnkara,TUR\nKyiv,UKR\n";
    for (text, expected) in [
        ("Росія", "Moscow"),
        ("Rusland", "Moscow"),
        ("Russian Federation", "Moscow"),
        ("Turkey", "Ankara"),
        ("Türkiye", "Ankara"),
        ("Turkiye", "Ankara"),
        ("Україна", "Kyiv"),
    ] {
        assert_eq!(&*speaker(&case_with(actors, NO_ALIASES, "\"en\"", text)).id, expected, "{text}");
    }
}

#[test]
fn aliases_come_before_ids_and_names() {
    let aliases = "text,lang,actor,note\nRussia,,Ukraine,\nthe Kremlin,,Russia,\n";
    assert_eq!(&*speaker(&case_with(ACTORS, aliases, "\"en\"", "Russia")).id, "Ukraine");
    assert_eq!(&*speaker(&case_with(ACTORS, aliases, "\"en\"", "russia")).id, "Ukraine");
    assert_eq!(&*speaker(&case_with(ACTORS, aliases, "\"en\"", "The  Kremlin")).id, "Russia");
}

#[test]
fn a_code_with_a_role_is_a_part_of_its_country() {
    for text in ["UKRGOV", "ukrgov", "U.K.R.GOV"] {
        let loaded = case_with(ACTORS, NO_ALIASES, "\"en\"", text);
        let part = speaker(&loaded);
        assert_eq!((&*part.id, &*part.name), ("UKRGOV", "Ukraine: government"));
        assert_eq!(&*loaded.case.as_ref().unwrap().actors[part.parent.unwrap()].id, "Ukraine");
    }
}

#[test]
fn an_unknown_name_suggests_the_nearest_ones_and_lines_to_add() {
    let loaded = case_with(ACTORS, NO_ALIASES, "\"en\"", "Ukriane");
    let error = the_error(&loaded);
    assert_eq!((error.code.as_str(), error.place().as_str()), ("N001", "positions.csv:2:1"));
    assert_eq!(
        error.hints,
        [
            "is `Ukraine` meant?",
            "add it to actors.csv: `Ukriane,Ukriane`",
            "or, if it is another name of an actor, to aliases.csv: `Ukriane,,ID OF THE ACTOR,`"
        ]
    );
}

#[test]
fn a_country_that_is_not_in_the_case_is_named_with_the_line_to_add() {
    let loaded = case_with(ACTORS, NO_ALIASES, "\"en\"", "Турция");
    let error = the_error(&loaded);
    assert_eq!(error.code, "N001");
    assert!(error.message.contains("Türkiye"), "{}", error.message);
    assert_eq!(line_to_paste(&error.hints[0]), "Türkiye,Türkiye,,,,TUR");
}

#[test]
fn two_actors_with_one_code_are_told_apart_by_the_english_name_or_not_at_all() {
    let named = "id,name,iso3\nUkraine,Ukraine,UKR\nKyivRegion,Region of Kyiv,UKR\n";
    assert_eq!(&*speaker(&case_with(named, NO_ALIASES, "\"en\"", "Україна")).id, "Ukraine");
    let unnamed = "id,name,iso3\nRada,Parliament,UKR\nBankova,Office of the President,UKR\n";
    let loaded = case_with(unnamed, NO_ALIASES, "\"en\"", "Україна");
    let error = the_error(&loaded);
    assert_eq!(error.code, "N002");
    assert!(error.message.contains("Rada, Bankova"), "{}", error.message);
}

#[test]
fn the_text_in_the_cell_is_kept_where_it_is_not_the_id() {
    let text_of = |text: &str| {
        let loaded = case_with(ACTORS, NO_ALIASES, "\"en\"", text);
        loaded.case.unwrap().positions.iter().next().unwrap().actor_text.clone()
    };
    assert_eq!(text_of("Росія").as_deref(), Some("Росія"));
    assert_eq!(text_of("RUSSIA").as_deref(), Some("RUSSIA"));
    assert_eq!(text_of("Russia"), None);
}

#[test]
fn without_actors_csv_actors_are_made_from_names_and_spellings_of_one_country_are_one() {
    let case = read(&[
        ("case.toml", &settings("\"en\"")),
        (
            "positions.csv",
            "actor,issue,valid_from,statement,link\n\
             Росія,borders,2022-03-29,w,l\nRussian Federation,borders,2022-03-30,w,l\n\
             The Elders of Ruhe,borders,2022-03-30,w,l\nthe elders  of ruhe,borders,2022-03-31,w,l\n\
             UKRGOV,borders,2022-03-31,w,l\n",
        ),
    ])
    .case
    .unwrap();
    let ids: Vec<&str> = case.actors.iter().map(|actor| &*actor.id).collect();
    assert_eq!(ids, ["Russia", "The Elders of Ruhe", "UKRGOV", "Ukraine"]);
    assert_eq!(&*actor(&case, "Russia").iso3, "RUS");
    assert!(case.actors.iter().all(|actor| actor.implied));
}

#[test]
fn actors_made_from_names_do_not_stand_in_the_order_of_the_rows() {
    let ids = |rows: &str| -> Vec<String> {
        let positions = format!("actor,issue,valid_from,statement,link\n{rows}");
        let case = read(&[("case.toml", &settings("\"en\"")), ("positions.csv", &positions)]).case.unwrap();
        case.actors.iter().map(|actor| actor.id.to_string()).collect()
    };
    let (one, other) = ("Delta,x,2022,w,l\n", "Alpha,x,2022,w,l\n");
    assert_eq!(ids(&format!("{one}{other}")), ids(&format!("{other}{one}")));
}

#[test]
fn names_in_lists_and_in_case_toml_are_found_alike() {
    let settings = settings("\"en\"").replace("principals = []", "principals = [\"Росія\", \"Ukraine\"]");
    let case = read(&[
        ("case.toml", &settings),
        ("actors.csv", "id,iso3\nMoscow,RUS\nKyiv,UKR\nAnkara,TUR\n"),
        (
            "events.csv",
            "date,type,title,parties,mediators,link\n2022-03-29,talks,Istanbul,Rusland; Ukraine,Turkey (host),l\n",
        ),
    ])
    .case
    .unwrap();
    let event = case.events.iter().next().unwrap();
    let parties: Vec<&str> = event.parties.iter().map(|id| &*case.actors[*id].id).collect();
    assert_eq!(parties, ["Moscow", "Kyiv"]);
    assert_eq!(case.principals, event.parties);
    assert_eq!(&*case.actors[event.mediators[0].actor].id, "Ankara");
    assert!(event.mediators[0].only_host());
}

#[test]
fn an_id_may_hold_brackets_that_are_no_remark() {
    let case = read(&[
        ("case.toml", &settings("\"en\"")),
        ("actors.csv", "id\nEU (Commission)\nTurkey\n"),
        (
            "events.csv",
            "date,type,title,mediators,link\n2022,talks,T,EU (Commission); EU (Commission) (host); Turkey (host (city)),l\n",
        ),
    ])
    .case
    .unwrap();
    let event = case.events.iter().next().unwrap();
    let mediators: Vec<(&str, &str)> =
        event.mediators.iter().map(|mediator| (&*case.actors[mediator.actor].id, &*mediator.remark)).collect();
    assert_eq!(mediators, [("EU (Commission)", ""), ("EU (Commission)", "host"), ("Turkey", "host (city)")]);
}
