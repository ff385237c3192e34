//! Factors, drivers and scenarios: what a file says, what a level shows, how it is written.

#![expect(clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::input::driver::Target;
use detente_case::scenario::Today;
use detente_case::{Case, Folder, Level, export, load};

const SCENARIOS: &str = r#"schema = 1

[[factor]]
id = "front"
title = "The front"
unit = "%"
series = "held"
low = 10
high = 30
reason = "a guess"

[[factor]]
id = "aid"
title = "Aid"
base = 1.5
low = -1
high = 2
source_id = "book"
marking = "restricted"

[[scenario]]
id = "calm"
title = "A calm front"
set = { front = [18, 20, 22.5] }
lift = ["p1"]

[[scenario]]
id = "no_aid"
title = "Aid ends"
set = { aid = 0, front = 25 }
note = "see p2"
"#;

const FILES: [(&str, &str); 7] = [
    ("case.toml", "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"east\", \"west\"]\n"),
    ("actors.csv", "id,name\neast,East\nwest,West\n"),
    ("issues.csv", "issue,group,option\nland,territory,none\nland,territory,some\nland,territory,all\n"),
    (
        "positions.csv",
        "id,actor,issue,kind,valid_from,rules_out,statement,source_id,marking\n\
         p1,east,land,red_line,2022,none,said,book,\np2,west,land,red_line,2022,all,said,book,restricted\n",
    ),
    ("factors.csv", "factor,date,value,source_id\nheld,2023-01-01,19,book\n"),
    (
        "drivers.csv",
        "factor,target,low,best,high,reason\nfront,capability:East,-0.2,-0.1,0.1,r\naid,weight:west:territory,0,0.1,0.2,r\n\
         front,trust:east>west,0,0,0.01,r\naid,factor:front,-1,-1,0,r\n",
    ),
    ("sources.json", "[{\"id\": \"book\"}]"),
];

fn case() -> Case {
    let files = FILES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let scenarios = ("scenarios.toml".to_owned(), SCENARIOS.into());
    let loaded = load(&Folder::Memory(files.chain([scenarios]).collect()), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

fn ids<'c, T: 'c>(rows: impl Iterator<Item = &'c T>, id: impl Fn(&T) -> &str) -> Vec<String> {
    rows.map(|row| id(row).to_owned()).collect()
}

#[test]
fn factors_drivers_and_scenarios_are_read() {
    let case = case();
    let factors: Vec<_> = case.scenario_factors.iter().collect();
    assert!(matches!(&factors[0].today, Today::Series(series) if &**series == "held"));
    assert!(matches!(&factors[1].today, Today::Number(number) if number.value() == 1.5));
    let calm = case.scenarios.iter().next().unwrap();
    let set: Vec<(usize, f64, f64)> =
        calm.set.iter().map(|(id, range)| (id.place(), range.low().value(), range.high().value())).collect();
    assert_eq!(set, [(0, 18.0, 22.5)]);
    assert_eq!(&*calm.lift[0].text, "p1");
    let targets: Vec<&Target> = case.drivers.iter().map(|row| &row.about.target).collect();
    let [east, west] = [case.principals[0], case.principals[1]];
    assert_eq!(
        targets,
        [
            &Target::Capability(east),
            &Target::Weight { actor: west, group: "territory".into() },
            &Target::Trust { from: east, to: west },
            &Target::Factor("front".into()),
        ]
    );
    assert_eq!(case.drivers.iter().next().unwrap().range.low().value(), -0.2);
}

#[test]
fn a_level_hides_what_names_a_hidden_factor_or_row() {
    let public = case().at_level(Level::Public);
    assert_eq!(ids(public.scenario_factors.iter(), |row| &row.id), ["front"]);
    assert_eq!(ids(public.scenarios.iter(), |row| &row.id), ["calm"]);
    assert_eq!(ids(public.drivers.iter(), |row| &row.about.factor), ["front", "front"]);
    let all = case().at_level(Level::All);
    assert_eq!(all.scenarios.len(), 2);
    let restricted = case().at_level(Level::Restricted);
    assert_eq!(&*restricted.scenarios.iter().nth(1).unwrap().note, "see p002");
}

#[test]
fn what_is_written_is_read_to_the_same() {
    let case = case();
    let written = export::scenarios_toml(&case);
    assert!(written.contains("set = { \"front\" = [18, 20, 22.5] }"), "{written}");
    let again = load(&Folder::Memory(export::files(&case).into_iter().collect()), |_| {}).case.unwrap();
    assert_eq!(export::scenarios_toml(&again), written);
    assert_eq!(export::json(&again), export::json(&case));
}
