use detente_analysis::{blocks, common, coverage, gap, history, now, plan, third_parties, uncoded};
use detente_case::{Case, Day, Folder, Moment, Month, Record, When, bundled, load};

use super::*;

/// A bundled case.
pub(super) fn bundled_case(name: &str) -> Case {
    load(&bundled::folder(name).unwrap(), |_| {}).case.unwrap()
}

/// A case of `case.toml` and further files.
pub(super) fn memory(principals: &str, files: &[(&str, &str)]) -> Case {
    let toml = format!("schema = 1\ntitle = \"T\"\nas_of = 2024-06-15\nprincipals = {principals}\n");
    let mut all = vec![("case.toml".to_owned(), toml.into_bytes())];
    all.extend(files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
    let loaded = load(&Folder::Memory(all), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

pub(super) fn day(text: &str) -> Day {
    When::parse(text).unwrap().first()
}

/// Every figure of a case at a day.
pub(super) fn all(case: &Case, at: Option<&str>) -> Vec<Figure> {
    let moment = Moment::new(case, at.map(day), None);
    let record = Record::known_by(case, moment.known);
    let settings = detente_analysis::about::Settings::default();
    let history = history(case, moment, settings);
    let months = gap::over_time(record, history::start(record), moment.at);
    let mut figures = vec![
        timeline(record, moment, &history),
        now_plot(case, &now(case, moment, settings)),
        coverage_grid(case, &coverage::grid(record, moment)),
        gap_over_time(case, &months, moment.at),
        relations(case, &third_parties::third_parties(record, moment), moment),
        common_ground(case, &common::common(case, moment, settings)),
        statements(case, &uncoded::group(record, moment), moment),
        tally(case, &uncoded::group(record, moment)),
    ];
    let plans = plan::plans(case, moment, &[], settings).unwrap();
    figures.extend(plans.packages.iter().map(|package| plan_matrix(case, package, &plans.moment)));
    figures.extend(case.issues.ids().map(|issue| ladder(record, moment, issue, &history)));
    figures.extend(series(record, moment));
    let blocks = blocks::blocks(case, moment);
    figures.extend(conflict_sets(case, moment, &blocks));
    figures.extend(steps(case, &blocks));
    figures
}

pub(super) fn find<'a>(figures: &'a [Figure], id: &str) -> &'a Figure {
    figures.iter().find(|figure| figure.id == id).unwrap()
}

fn check(figures: &[Figure]) {
    let ids: BTreeSet<&str> = figures.iter().map(|figure| figure.id.as_str()).collect();
    assert_eq!(ids.len(), figures.len());
    for figure in figures {
        crate::figure::examine(figure);
        if ["common", "blocks", "steps"].contains(&figure.id.as_str()) || figure.id.starts_with("plan-") {
            crate::figure::examine_labels(figure);
        }
        assert!(!figure.title.contains("because"), "{}", figure.title);
    }
}

#[test]
fn every_figure_of_the_bundled_cases_is_well_formed_and_the_same_twice() {
    for name in bundled::names().into_iter().chain(["_template"]) {
        let case = bundled_case(name);
        for at in [None, Some("1900-01-01"), Some("1978-09-05"), Some("2023-12-31")] {
            let figures = all(&case, at);
            check(&figures);
            assert_eq!(figures, all(&case, at), "{name} {at:?}");
        }
    }
}

#[test]
fn cases_with_little_in_them_are_drawn_too() {
    for principals in ["[]", "[\"A\"]", "[\"A\", \"B\"]", "[\"A\", \"B\", \"C\"]"] {
        let case = memory(principals, &[]);
        let figures = all(&case, None);
        assert_eq!(figures.len(), 8);
        check(&figures);
    }
}

const ISSUES: &str =
    "issue,group,title,option,order,label\nland,the_land,Land,l1,1,One\nland,,,l2,2,Two\nland,,,l3,3,Three\n";

#[test]
fn partial_dates_and_three_principals_are_drawn() {
    let positions = "id,actor,issue,kind,low_option,best_option,high_option,rules_out,valid_from,valid_to,statement\n\
        p1,A,land,demand,l1,l1,l1,,2024-01,,Asks for one\n\
        p2,A,land,demand,l2,l2,l2,,2024-03,2024,Asks for two\n\
        p3,B,land,demand,l2,,l3,,2024,,Two or three\n\
        p4,B,land,red_line,,,,l1,2024-02-03,,Not one\n\
        p5,C,land,reported,l1,l1,l1,,2024-02,,Is said to ask for one\n";
    let case = memory("[\"A\", \"B\", \"C\"]", &[("issues.csv", ISSUES), ("positions.csv", positions)]);
    let figures = all(&case, None);
    check(&figures);
    let ladder = find(&figures, "ladder-land");
    let readings: Vec<&str> = ladder.table.rows.iter().map(|row| row[3].as_str()).collect();
    assert!(readings.contains(&"ruled out") && readings.contains(&"reported or inferred"));
    assert!(find(&figures, "now").table.rows.iter().any(|row| row[0] == "The land"));
}

fn rows<'a>(figure: &'a Figure, column: usize, text: &str) -> Vec<&'a Vec<String>> {
    figure.table.rows.iter().filter(|row| row[column] == text).collect()
}

#[test]
fn the_timeline_shows_direct_rounds_and_the_weightiest_events() {
    let case = bundled_case("russia-ukraine");
    let figures = all(&case, None);
    let timeline = find(&figures, "timeline");
    assert_eq!(rows(timeline, 1, "direct talks").len(), 13);
    assert_eq!(rows(timeline, 1, "event").len(), 8);
    assert_eq!(rows(timeline, 2, "Video or call").iter().filter(|row| row[1] == "direct talks").count(), 2);
    let early = all(&case, Some("2022-03-31"));
    assert_eq!(rows(find(&early, "timeline"), 1, "direct talks").len(), 7);
}

#[test]
fn a_ladder_keeps_words_law_and_reports_apart() {
    let figures = all(&bundled_case("russia-ukraine"), None);
    let ladder = find(&figures, "ladder-nato_neutrality");
    let law = rows(ladder, 3, "ruled out by law");
    assert!(law.iter().any(|row| row[0] == "Ukraine" && row[5].contains("p162")));
    assert!(rows(ladder, 3, "ruled out").iter().any(|row| row[5].contains("p176d")));
    let last = rows(ladder, 3, "own words").into_iter().rfind(|row| row[0] == "Ukraine").unwrap();
    assert!(last[2].is_empty() && last[5].contains("p072"));
    let reported = rows(find(&figures, "ladder-territory_donbas"), 3, "reported or inferred").len();
    assert!(reported >= 2);
}

#[test]
fn the_tally_counts_what_carries_no_code_and_shows_who_is_silent() {
    let case = bundled_case("russia-ukraine");
    let tally = find(&all(&case, None), "tally").clone();
    let of = |topic: &str, who: &str| {
        let row = tally.table.rows.iter().find(|row| row[0] == topic && row[1] == who).unwrap();
        (row[2].clone(), row[3].clone())
    };
    assert_eq!(of("Membership of the European Union", "Ukraine"), ("2".to_owned(), "2025-12-24".to_owned()));
    assert_eq!(of("Membership of the European Union", "Russia"), ("0".to_owned(), String::new()));
    let statements = find(&all(&case, None), "statements").clone();
    assert_eq!(statements.table.rows.len(), 18);
}

#[test]
fn topics_and_actors_beyond_the_first_stand_together() {
    let mut positions = "actor,issue,valid_from,statement\n".to_owned();
    for number in 0..40 {
        positions += &format!("A{},topic {},2024-01-{:02},w\n", number % 20, number % 15, number % 28 + 1);
    }
    let case = memory("[\"A0\", \"A1\"]", &[("positions.csv", &positions)]);
    let figures = all(&case, None);
    check(&figures);
    let (drawn, counted) = (find(&figures, "statements"), find(&figures, "tally"));
    let distinct =
        |figure: &Figure, column: usize| figure.table.rows.iter().map(|r| r[column].clone()).collect::<BTreeSet<_>>();
    assert_eq!((distinct(drawn, 2).len(), distinct(counted, 1).len()), (12, 8));
    assert!(distinct(drawn, 2).contains("4 other topics") && distinct(counted, 1).contains("13 others"));
    assert_eq!(drawn.table.rows.len(), 40);
}

#[test]
fn the_now_plot_shows_every_issue_and_silence() {
    let case = bundled_case("russia-ukraine");
    let now = find(&all(&case, Some("2023-12-31")), "now").clone();
    let issues: BTreeSet<&String> = now.table.rows.iter().map(|row| &row[1]).collect();
    assert_eq!(issues.len(), case.issues.len());
    assert_eq!(rows(&now, 1, "Elections in Ukraine").iter().filter(|row| row[3] == "no statement").count(), 2);
    assert!(now.table.rows.iter().any(|row| row[4].contains("(by law)")));
}

#[test]
fn grids_and_gaps_cover_the_whole_period() {
    let case = bundled_case("russia-ukraine");
    let figures = all(&case, None);
    assert_eq!(find(&figures, "coverage").table.rows.len(), 18 * 2 * 19);
    let gap = &find(&figures, "gap").table.rows;
    assert_eq!(gap.first().map(|row| row[0].as_str()), Some("2021-12-31"));
    assert_eq!(gap.last().map(|row| row[0].as_str()), Some("2026-06-23"));
}

#[test]
fn series_carry_their_credit() {
    let figures = all(&bundled_case("russia-ukraine"), None);
    let series = find(&figures, "series");
    assert_eq!(series.credit.as_deref(), Some("Territory: The Economist / S. Solstad, CC BY 4.0, adapted"));
    let names: BTreeSet<&String> = series.table.rows.iter().map(|row| &row[0]).collect();
    assert_eq!(names.len(), 9);
    assert!(all(&bundled_case("camp-david-1978"), None).iter().all(|figure| figure.id != "series"));
}

#[test]
fn relations_that_have_begun_are_shown() {
    let case = bundled_case("russia-ukraine");
    let (early, late) = (all(&case, Some("2022-03-31")), all(&case, None));
    let (early, late) = (find(&early, "relations"), find(&late, "relations"));
    assert!(early.table.rows.len() < late.table.rows.len());
    assert!(early.table.rows.iter().all(|row| row[3].as_str() <= "2022"));
}

#[test]
fn a_plan_meets_the_words_of_each_actor() {
    let case = bundled_case("russia-ukraine");
    let figures = all(&case, None);
    let plan = find(&figures, "plan-28-points-2025-11");
    assert_eq!(plan.title, "US plan in 28 points (20 November 2025): each actor's words as of 23 Jun 2026");
    let unread = |word| rows(plan, 3, word).len();
    assert_eq!((unread("not read"), unread("no scale")), (2, 1));
    // Ten clauses are read, one of them as two options, against two principals and five others.
    assert_eq!(plan.table.rows.len(), 11 * 7 + 3);
    let verdicts = |actor, verdict: &str| rows(plan, 4, actor).iter().filter(|row| row[5].starts_with(verdict)).count();
    assert_eq!((verdicts("Russia", "ruled out"), verdicts("United States", "asks for it")), (8, 10));
    assert!(plan.svg.contains("Russia: rules out 7 of 10 clauses read"));
    let crimea = rows(plan, 1, "Status of Crimea and Sevastopol");
    assert!(crimea.iter().any(|row| row[4] == "Ukraine" && row[5] == "ruled out" && row[9].contains("(20")));
    let neutral = rows(plan, 1, "Alliance membership and neutrality of Ukraine");
    assert!(neutral.iter().any(|row| row[4] == "Ukraine" && row[5] == "ruled out by law only"));
}

#[test]
fn what_was_in_common_says_since_when_and_who_left_it() {
    let figures = all(&bundled_case("russia-ukraine"), None);
    let common = find(&figures, "common");
    let words = |issue: &str| -> Vec<&str> {
        let shared = rows(common, 2, "in common").into_iter().filter(|row| row[1] == issue);
        shared.map(|row| row[6].as_str()).collect()
    };
    let says = |issue: &str, start: &str| words(issue).iter().filter(|words| words.starts_with(start)).count();
    let left = "in common since 27 Mar 2022, until 21 Sep 2022, when Ukraine ruled it out";
    assert_eq!(says("Alliance membership and neutrality of Ukraine", left), 1);
    let never = "tabled by all, never at one time (Russia 2 Jun 2025; Ukraine 29 Mar 2022)";
    assert_eq!(says("Foreign forces in Ukraine after a ceasefire", never), 1);
    // One of the two was left in between.
    assert_eq!(says("Corridors, pauses and access", "in common since 3 Mar 2022"), 1);
    assert_eq!(says("Corridors, pauses and access", "in common since 23 Jul 2025"), 1);
    let camp_david = all(&bundled_case("camp-david-1978"), None);
    let now = rows(find(&camp_david, "common"), 2, "in common");
    assert_eq!((now.len(), now.iter().filter(|row| row[5] == "yes").count()), (7, 7));
}

#[test]
fn plans_and_common_ground_of_long_names_are_drawn() {
    let long = "The Provisional Administration of the Confederated Highland and Riverside Districts";
    let title = "Return of displaced persons to the districts, with property claims, registers and schools";
    let actors = format!("id,name\nA,{long} (North)\nB,{long} (South)\nC,{long} (West)\n");
    let issues = format!(
        "issue,group,title,option,order,label\nland,land,\"{title}\",l1,1,\"One: {title}\"\nland,,,l2,2,\"Two: {title}\"\n\
         land,,,l3,3,Three\n"
    );
    let positions = "id,actor,issue,kind,low_option,best_option,high_option,rules_out,valid_from,statement\n\
        p1,A,land,demand,l1,l1,l1,,2024-01,Asks for one\n\
        p2,B,land,demand,l3,l3,l3,,2024-03,Asks for three\n\
        p3,B,land,red_line,,,,l1,2024-02-03,Not one\n\
        p4,C,land,demand,l2,l2,l2,,2024-02,Asks for two\n";
    let packages =
        format!("package,title,issue,option,clause,row,note\nplan,\"{long}: a plan\",land,l1;l2,\"{title}\",p4,\n");
    let files: [(&str, &str); 4] =
        [("actors.csv", &actors), ("issues.csv", &issues), ("positions.csv", positions), ("packages.csv", &packages)];
    let figures = all(&memory("[\"A\", \"B\"]", &files), None);
    check(&figures);
    let plan = find(&figures, "plan-plan");
    let verdicts: Vec<&str> = plan.table.rows.iter().map(|row| row[5].as_str()).collect();
    assert_eq!(
        verdicts,
        ["asks for it", "ruled out", "not ruled out", "not ruled out", "not ruled out", "asks for it"]
    );
    assert!(plan.table.rows.iter().all(|row| row[4].starts_with(long)));
    let common = find(&figures, "common");
    assert!(rows(common, 2, "nearest pair").iter().any(|row| row[6].starts_with("2 steps")));
    assert!(rows(common, 2, "tabled by others").iter().any(|row| row[3] == "C" && row[4].starts_with("2. Two")));
}

#[test]
fn a_text_is_cut_at_the_end_of_a_word() {
    assert_eq!(shorten("one two three", 20), "one two three");
    assert_eq!(shorten("one two, three", 10), "one two…");
    assert_eq!(shorten("ééééé ééééé", 7), "ééééé…");
    assert_eq!(shorten("abcdefghij", 4), "abcd…");
}

#[test]
fn words_of_the_files_become_headings() {
    assert_eq!(heading("security_guarantees"), "Security guarantees");
    assert_eq!(heading("öl"), "Öl");
    assert_eq!(heading(""), "");
}

#[test]
fn months_are_those_of_the_calendar() {
    assert_eq!(month(Month::of(day("2022-03-05"))), (2022, 3));
}

const LIMITS: &str = "id,actor,issue,kind,low_option,best_option,high_option,rules_out,valid_from,statement\n\
    p1,A,land,demand,l1,l1,l1,,2024-01-01,One\n\
    p2,A,land,red_line,,,,l2;l3,2024-01-01,Neither two nor three\n\
    p3,B,land,demand,l3,l3,l3,,2024-01-01,Three\n\
    p4,B,land,red_line,,,,l1,2024-01-01,Not one\n";

/// What blocks and the steps, of a case at its day.
fn of_blocks(case: &Case) -> (Option<Figure>, Option<Figure>) {
    let moment = Moment::new(case, None, None);
    let result = blocks::blocks(case, moment);
    (conflict_sets(case, moment, &result), steps(case, &result))
}

#[test]
fn what_blocks_is_drawn_with_the_rows_behind_it() {
    let case = memory("[\"A\", \"B\"]", &[("issues.csv", ISSUES), ("positions.csv", LIMITS)]);
    let (blocks, steps) = of_blocks(&case);
    let (blocks, steps) = (blocks.unwrap(), steps.unwrap());
    check(&[blocks.clone(), steps.clone()]);
    assert!(blocks.svg.contains("<title>A rules out option 2, Two: p2</title>"));
    assert!(blocks.svg.contains("<title>B rules out option 1, One: p4</title>"));
    assert!(blocks.svg.contains("<title>1 step from option 1, One to option 2, Two</title>"));
    let opened: Vec<&[String]> = steps.table.rows.iter().map(|row| &row[1..]).collect();
    assert_eq!(opened, [["0", "1", "opens Land: option 1, One"], ["1", "0", "opens Land: option 2, Two"]]);
}

#[test]
fn where_nothing_blocks_nothing_is_drawn() {
    let open = LIMITS.replace("l2;l3", "l3");
    let case = memory("[\"A\", \"B\"]", &[("issues.csv", ISSUES), ("positions.csv", &open)]);
    assert_eq!(of_blocks(&case), (None, None));
    assert_eq!(of_blocks(&memory("[]", &[])), (None, None));
}
