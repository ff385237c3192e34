use super::territories::table;
use super::*;
use std::sync::OnceLock;

fn languages(tags: &[&str]) -> Vec<String> {
    tags.iter().map(|tag| (*tag).to_owned()).collect()
}

/// The ids of a resolution: one, several (sorted), or none.
fn ids_in(text: &str, tags: &[&str], code_column: bool) -> Vec<String> {
    match resolve(text, &languages(tags), code_column) {
        Resolution::Unique(reading) => vec![reading.subject.id()],
        Resolution::Ambiguous(readings) => {
            let ids: BTreeSet<String> = readings.iter().map(|reading| reading.subject.id()).collect();
            assert!(ids.len() > 1, "{text}: {ids:?}");
            ids.into_iter().collect()
        }
        Resolution::Unknown { .. } => Vec::new(),
    }
}

fn ids(text: &str) -> Vec<String> {
    ids_in(text, &["en"], false)
}

/// A name of the table.
struct Spelt {
    spelling: &'static str,
    key: String,
    name: Name,
}

/// All names, made once.
fn names() -> &'static [Spelt] {
    static NAMES: OnceLock<Vec<Spelt>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let spelt = |(spelling, name)| Spelt { spelling, key: normalise(spelling), name };
        table().names().map(spelt).collect()
    })
}

fn suggested(text: &str, tags: &[&str]) -> Vec<String> {
    match resolve(text, &languages(tags), false) {
        Resolution::Unknown { suggestions } => suggestions,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn normalising_unifies_what_is_no_difference() {
    for (text, expected) in [
        ("  Sri\u{a0} Lanka\n", "sri lanka"),
        ("CÔTE D’IVOIRE", "côte d'ivoire"),
        ("Guinea–Bissau", "guinea bissau"),
        ("Congo - Kinshasa", "congo kinshasa"),
        ("Bosnia & Herzegovina", "bosnia and herzegovina"),
        ("U.S.", "us"),
        ("TÜRKİYE", "türkiye"),
        ("Weißrußland", "weissrussland"),
        ("\u{feff}Ро\u{ad}ссия\u{200e}", "россия"),
        ("", ""),
        (" - ", ""),
    ] {
        assert_eq!(normalise(text), expected);
    }
    // Composed and decomposed: Latin, Cyrillic, Vietnamese.
    for (composed, decomposed) in [
        ("Türkiye", "Tu\u{308}rkiye"),
        ("Росія й Україна", "Росія и\u{306} Украі\u{308}на"),
        ("Ấn Độ", "A\u{302}\u{301}n Đo\u{323}\u{302}"),
        ("Ấn Độ", "A\u{302}\u{301}n Đo\u{302}\u{323}"),
    ] {
        assert_eq!(normalise(composed), normalise(decomposed));
    }
}

#[test]
fn accents_go_only_from_long_tokens_of_latin_and_greek_letters() {
    for (text, expected) in [
        ("türkiye", "turkiye"),
        ("côte d'ivoire", "cote d'ivoire"),
        ("são tomé", "são tome"),
        ("áo", "áo"),
        ("bỉ", "bỉ"),
        ("đức", "đức"),
        ("nɔ̀r", "nɔ̀r"),
        ("ελλάδα", "ελλαδα"),
        ("færøyene", "faeroyene"),
        ("україна", "україна"),
        ("новий", "новий"),
    ] {
        assert_eq!(without_accents(text), expected);
    }
}

#[test]
fn names_of_the_flagship_case() {
    for (text, expected) in [
        ("Росія", "RUS"),
        ("Россия", "RUS"),
        ("Rusland", "RUS"),
        ("Russian Federation", "RUS"),
        ("the Russian Federation", "RUS"),
        ("Российская Федерация", "RUS"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("Republic of Turkiye", "TUR"),
        ("Україна", "UKR"),
        ("Ukraine", "UKR"),
        ("Nigeria", "NGA"),
        ("USA", "USA"),
        ("U.S.", "USA"),
        ("UK", "GBR"),
        ("DPRK", "PRK"),
        ("UAE", "ARE"),
        ("Holy See", "VAT"),
        ("Iran, Islamic Republic of", "IRN"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Korea, Republic of", "KOR"),
        ("Bosnia and Herzegovina", "BIH"),
        ("Cote d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Guinea Bissau", "GNB"),
        ("Saint Lucia", "LCA"),
        ("Viet Nam", "VNM"),
        ("XKX", "XKK"),
    ] {
        assert_eq!(ids(text), [expected], "{text}");
    }
}

#[test]
fn nga_is_ambiguous_unless_vietnamese_is_declared() {
    for text in ["NGA", "Nga", "nga"] {
        assert_eq!(ids(text), ["NGA", "RUS"]);
        assert_eq!(ids_in(text, &[], false), ["NGA", "RUS"]);
        assert_eq!(ids_in(text, &["en", "vi"], false), ["RUS"]);
        assert_eq!(ids_in(text, &["VI-vn"], false), ["RUS"]);
        assert_eq!(ids_in(text, &["en"], true), ["NGA"]);
        assert_eq!(ids_in(text, &["vi"], true), ["NGA", "RUS"]);
    }
    let Resolution::Ambiguous(readings) = resolve("Nga", &languages(&["en"]), false) else { panic!() };
    let shown: Vec<String> = readings.iter().map(Reading::to_string).collect();
    assert_eq!(shown, ["Russia (name in vi)", "Nigeria (ISO 3166-1 alpha-3 code)"]);
}

#[test]
fn short_accented_names_are_not_stripped() {
    assert_eq!(ids("Áo"), ["AUT"]);
    assert_eq!(ids_in("Ao", &["vi"], false), ["AGO"]);
    assert_eq!(ids_in("Bi", &["vi"], false), ["BDI"]);
}

#[test]
fn declared_languages_settle_what_several_languages_do_not() {
    // Niger in Zarma, Nigeria in Albanian.
    assert_eq!(ids("Nigeri"), ["NER", "NGA"]);
    assert_eq!(ids_in("Nigeri", &["sq"], false), ["NGA"]);
    assert_eq!(ids_in("Kongo", &["nb"], false), ["COD"]);
    assert_eq!(ids_in("Kongo", &["bs"], false), ["COG"]);
    assert_eq!(ids("Congo"), ["COD", "COG"]);
    assert_eq!(ids("Korea"), ["KOR", "PRK"]);
    assert_eq!(ids("Georgia"), ["GEO"]);
    assert_eq!(ids("Guinea"), ["GIN"]);
    assert_eq!(ids("Niger"), ["NER"]);
    // The United Kingdom in Spanish.
    assert_eq!(ids("RU"), ["GBR", "RUS"]);
    assert_eq!(ids_in("RU", &["es"], false), ["GBR"]);
    assert_eq!(ids_in("RU", &["en"], true), ["RUS"]);
    assert_eq!(ids("AU"), ["AUS", "african-union"]);
}

#[test]
fn languages_match_by_primary_subtag() {
    for tag in ["zh", "zh-Hant", "zh_TW"] {
        let Resolution::Unique(reading) = resolve("俄罗斯", &languages(&[tag]), false) else { panic!() };
        assert!(reading.is_in(&languages(&[tag])));
    }
}

#[test]
fn cameo_codes_are_sub_actors() {
    let Resolution::Unique(reading) = resolve("UKRGOV", &languages(&["en"]), false) else { panic!() };
    assert_eq!(reading.kind, ReadingKind::Cameo);
    assert_eq!(reading.subject.to_string(), "Ukraine (government)");
    let Subject::SubActor { parent, roles } = &reading.subject else { panic!() };
    assert_eq!((parent.alpha2, roles.len()), ("UA", 1));
    assert_eq!(ids("sdnrebsep"), ["SDNREBSEP"]);
    assert_eq!(ids("RUSMIL"), ["RUSMIL"]);
    for text in ["UKRXYZ", "XYZGOV", "UKRGO", "UKRGOVMILCOPJUD", "GOV", "УКРGOV"] {
        assert_eq!(ids(text), Vec::<String>::new(), "{text}");
    }
    assert!(ROLES.is_sorted_by_key(|role| role.code));
}

#[test]
fn armed_groups_and_organisations() {
    assert_eq!(ids("Hamas"), ["hamas"]);
    assert_eq!(ids("the Houthis"), ["ansar-allah"]);
    assert_eq!(ids("FARC-EP"), ["farc"]);
    assert_eq!(ids("United Nations"), ["united-nations"]);
    assert_eq!(readings("ELN").len(), 1);
}

#[test]
fn suggestions_are_few_and_near() {
    assert_eq!(suggested("Ukriane", &["en"]), ["Ukraine"]);
    assert_eq!(suggested("Rusia Federation", &[]), ["Russian Federation"]);
    assert_eq!(suggested("Rus Federation", &[]), Vec::<String>::new());
    assert_eq!(suggested("Russian Federaton", &[]), ["Russian Federation"]);
    assert_eq!(suggested("Україга", &["uk"]), ["Україна"]);
    assert_eq!(suggested("Україга", &["en"]), Vec::<String>::new());
    assert_eq!(suggested("", &["en"]), Vec::<String>::new());
    assert_eq!(suggested("qq", &["en"]), Vec::<String>::new());
    assert!(suggested("Nigerr", &["en"]).len() <= 3);
    assert!(suggested("Nigerr", &["en"]).contains(&"Niger".to_owned()));
}

#[test]
fn codes_in_any_case() {
    assert_eq!(territory("ukr").map(|t| t.english), Some("Ukraine"));
    assert_eq!(territory(" UA "), territory("UKR"));
    assert_eq!(territory("ZZ"), None);
    for t in territories() {
        assert_eq!(territory(t.alpha2), Some(*t));
        assert_eq!(territory(t.alpha3), Some(*t));
        assert!(ids_in(t.alpha2, &["en"], true).contains(&t.alpha3.to_owned()), "{t:?}");
        assert_eq!(ids_in(t.alpha3, &[], true), [t.alpha3]);
    }
    assert_eq!(territory("YU"), None);
}

#[test]
fn the_table_is_whole_and_sorted() {
    assert!(names().len() > 33_000 && territories().len() > 240);
    assert!(territories().is_sorted());
    assert!(names().is_sorted_by_key(|spelt| &spelt.key));
    for Spelt { key, name, .. } in names() {
        assert!(name.languages().all(|language| language.len() >= 2), "{key}");
    }
    // The first, the last, and some between.
    for Spelt { key, name, .. } in names().iter().step_by(11).chain(names().last()) {
        assert!(table().named(key).any(|found| found.territory == name.territory), "{key}");
    }
    for key in ["", "zzzz", "\u{10ffff}"] {
        assert_eq!(table().named(key).count(), 0);
    }
}

#[test]
fn every_english_name_is_its_own_territory() {
    let mut count = 0;
    for Spelt { spelling, name, .. } in names() {
        if name.languages().any(|language| language == "en") {
            count += 1;
            assert_eq!(ids(spelling), [name.territory.alpha3], "{spelling}");
        }
    }
    assert!(count > 250);
    for t in territories() {
        assert_eq!(ids(t.english), [t.alpha3]);
    }
}

#[test]
fn case_of_letters_decides_nothing() {
    for Spelt { spelling, key, .. } in names() {
        for text in [spelling.to_uppercase(), spelling.to_lowercase(), key.clone()] {
            assert_eq!(normalise(&text), *key, "{text}");
        }
    }
    for text in ["nga", "usa", "ru", "ukrgov", "türkiye", "hamas", "dprk"] {
        assert_eq!(readings(text), readings(&text.to_uppercase()));
    }
}

/// The only name that is another territory's alpha-3 code is the Vietnamese for Russia.
#[test]
fn one_name_is_the_alpha3_code_of_another_territory() {
    let mut clashes = Vec::new();
    for Spelt { spelling, key, name } in names() {
        match table().alpha3(&key.to_uppercase()) {
            Some(coded) if coded != name.territory => {
                clashes.push((*spelling, name.territory.alpha3, coded.alpha3));
            }
            _ => {}
        }
    }
    assert_eq!(clashes, [("Nga", "RUS", "NGA")]);
}

/// Names that are CAMEO-style codes as well.
#[test]
fn names_that_are_cameo_codes() {
    let clashes: Vec<&str> = names()
        .iter()
        .filter(|spelt| cameo::sub_actor(&spelt.key.to_uppercase()).is_some())
        .map(|spelt| spelt.spelling)
        .collect();
    assert_eq!(clashes, ["Benins"]);
    assert_eq!(ids("Benins"), ["BEN", "BENINS"]);
}

/// A text of the own list has one meaning, but for these.
#[test]
fn own_list() {
    let mut several = BTreeSet::new();
    for text in long_forms::spellings() {
        let ids: BTreeSet<String> = readings(text).iter().map(|reading| reading.subject.id()).collect();
        assert!(!ids.is_empty(), "{text}");
        if ids.len() > 1 {
            several.insert(text);
        }
    }
    assert_eq!(several.into_iter().collect::<Vec<_>>(), ["AU", "Congo", "Korea", "PA"]);
}

/// Names of two territories. In one language a name never means two.
#[test]
fn homographs() {
    let mut found = BTreeSet::new();
    for pair in names().windows(2) {
        let [one, other] = pair else { panic!() };
        if one.key == other.key {
            found.insert(one.key.as_str());
            let languages: BTreeSet<&str> = one.name.languages().collect();
            let shared = other.name.languages().find(|language| languages.contains(language));
            assert_eq!(shared, None, "{}", one.key);
        }
    }
    let expected = ["kongo", "nigeri", "конго", "свети мартин", "لتونی", "موریتانیا"];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}

/// A name written without its accents keeps its reading; few such texts have another one beside it.
#[test]
fn names_without_accents() {
    let mut several = BTreeSet::new();
    for Spelt { key, name, .. } in names() {
        let plain = without_accents(key);
        if plain != *key {
            let ids: BTreeSet<String> = readings(&plain).iter().map(|reading| reading.subject.id()).collect();
            assert!(ids.contains(name.territory.alpha3), "{key} → {plain}: {ids:?}");
            if ids.len() > 1 {
                several.insert(plain);
            }
        }
    }
    assert_eq!(several.into_iter().collect::<Vec<_>>(), ["kata", "kongo", "lusia", "sabiya", "toga"]);
}
