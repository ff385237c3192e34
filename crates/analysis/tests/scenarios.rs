//! Scenarios: what they move, what they leave, and that each analysis in one is that of a case with these numbers.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use std::ops::ControlFlow;

use detente_analysis::about::Settings;
use detente_analysis::progress::Stopped;
use detente_analysis::scenario::{ScenarioNow, Scenarios, scenarios};
use detente_case::{Case, Moment};
use support::{Files, day, loaded, small};

const SETTINGS: Settings = Settings { level: detente_case::Level::All, seed: 1, draws: 100 };

/// Two factors, `x` and `y`, from 0 today to 10, and scenarios.
fn factors(scenarios: &str) -> String {
    let factor =
        |id: &str| format!("[[factor]]\nid = \"{id}\"\ntitle = \"F {id}\"\nlow = -10\nhigh = 10\nreason = \"r\"\n");
    format!("{}{}{scenarios}", factor("x"), factor("y"))
}

fn scenario(body: &str) -> String {
    factors(&format!("[[scenario]]\nid = \"s\"\ntitle = \"S\"\n{body}\n"))
}

fn case(says: &str, extra: &[(&str, &str)]) -> Case {
    let mut files: Files = small().says(says).files();
    files.extend(extra.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    loaded(&files)
}

fn told(case: &Case, moment: Moment) -> Scenarios {
    scenarios(case, moment, SETTINGS, &|_, _| ControlFlow::Continue(())).unwrap()
}

fn run(case: &Case) -> Scenarios {
    told(case, Moment::new(case, Some(day("2022-12-31")), None))
}

/// The first scenario of the file.
fn first(case: &Case) -> ScenarioNow {
    run(case).scenarios.swap_remove(1)
}

/// The weighted mean on the one issue in the first scenario.
fn mean(case: &Case) -> f64 {
    first(case).outcome.forecast[0].value
}

const ENDS: &str = "2022-01-01 A demand o1\n2022-01-01 B demand o5";
const DRIVERS: &str = "id,factor,target,low,best,high,reason\n";

#[test]
fn without_scenarios_there_is_today_alone() {
    let now = run(&case(ENDS, &[]));
    assert_eq!(now.scenarios.len(), 1);
    assert_eq!(now.scenarios[0].outcome.forecast[0].value, 50.0);
    assert!(now.factors.is_empty() && now.watch.factors.is_empty());
}

#[test]
fn a_scenario_that_changes_nothing_gives_what_today_gives() {
    let now = run(&case(ENDS, &[("scenarios.toml", &scenario("set = { x = 0 }"))]));
    assert_eq!(now.scenarios[0].outcome, now.scenarios[1].outcome);
}

#[test]
fn effects_are_shares_of_a_capability_and_add_up() {
    // B weighs 1 + 2 × 0.1 + 3 × 0.1 = 1.5 times what it did: 100 × 1.5/2.5.
    let drivers = format!("{DRIVERS}d1,x,capability:B,0.1,0.1,0.1,r\nd2,y,capability:B,0.1,0.1,0.1,r\n");
    let files = |set: &str| case(ENDS, &[("scenarios.toml", &scenario(set)), ("drivers.csv", &drivers)]);
    let now = first(&files("set = { x = 2, y = 3 }"));
    assert_eq!(now.outcome.forecast[0].value, 60.0);
    assert_eq!(now.moved.len(), 1);
    assert_eq!((now.moved[0].factors.join(" "), now.moved[0].drivers.join(" ")), ("x y".into(), "d1 d2".into()));
    let alone: Vec<f64> = now.alone.iter().map(|alone| alone.effect.forecast[0].by).collect();
    assert_eq!(alone, [4.545454545, 6.52173913]);
    // Nobody weighs less than nothing.
    assert_eq!(mean(&files("set = { x = -10, y = -10 }")), 0.0);
}

#[test]
fn stated_capabilities_are_moved_and_not_replaced() {
    let files = [
        ("scenarios.toml", scenario("set = { x = 1 }")),
        ("drivers.csv", format!("{DRIVERS}d1,x,capability:B,0,0.5,1,r\n")),
        ("capabilities.csv", "actor,low,best,high,reason\nA,3,3,3,r\nB,1,2,3,r\n".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(mean(&case(ENDS, &files)), 50.0);
}

#[test]
fn a_factor_moves_another_unless_the_scenario_sets_that_one() {
    let drivers = format!("{DRIVERS}d1,x,factor:y,2,2,2,r\nd2,y,capability:B,0.25,0.25,0.25,r\n");
    let files = |set: &str| case(ENDS, &[("scenarios.toml", &scenario(set)), ("drivers.csv", &drivers)]);
    assert_eq!(mean(&files("set = { x = 2 }")), 66.666666667);
    assert_eq!(mean(&files("set = { x = 2, y = 0 }")), 50.0);
}

#[test]
fn a_factor_is_measured_from_the_last_value_of_its_series_that_was_known() {
    let series = "factor,date,known_from,value\nheld,2022-02-01,2022-02-01,4\nheld,2022-06-01,2023-06-01,100\n";
    let file = "[[factor]]\nid = \"x\"\ntitle = \"X\"\nseries = \"held\"\nlow = 0\nhigh = 10\nreason = \"r\"\n[[scenario]]\nid = \"s\"\ntitle = \"S\"\nset = { x = 5 }\n";
    let drivers = format!("{DRIVERS}d1,x,capability:B,1,1,1,r\n");
    let case = case(ENDS, &[("scenarios.toml", file), ("drivers.csv", &drivers), ("factors.csv", series)]);
    let now = first(&case);
    assert_eq!((now.set[0].today, now.outcome.forecast[0].value), (Some(4.0), 66.666666667));
    let early = told(&case, Moment::new(&case, Some(day("2022-01-31")), None));
    assert_eq!((early.scenarios[1].set[0].today, early.scenarios[1].moved.len()), (None, 0));
}

/// The analyses of a scenario are those of a case in which the moved numbers stand in the files.
#[test]
fn a_scenario_is_the_case_with_other_numbers() {
    let stated = |alternative: &str, trust: &str, salience: &str| {
        [
            ("alternatives.csv", format!("actor,low,best,high,reason\nA,{alternative},r\nB,0.2,0.3,0.4,r\n")),
            ("trust.csv", format!("from,to,low,best,high,reason\nA,B,{trust},r\n")),
            ("exposure.csv", "actor,issue,option,low,best,high,reason\nA,i,o3,0.1,0.2,0.3,r\n".to_owned()),
            ("salience.csv", format!("actor,issue,low,best,high,reason\nA,i,{salience},r\n")),
        ]
    };
    let drivers = format!("{DRIVERS}d1,x,alternative:A,0,0.05,0.1,r\nd2,x,trust:A>B,-0.2,-0.1,-0.05,r\n");
    let moved = [("scenarios.toml", scenario("set = { x = 2 }")), ("drivers.csv", drivers)];
    let with: Vec<(&str, String)> = stated("0.1,0.2,0.3", "0.4,0.5,0.6", "1,2,3").into_iter().chain(moved).collect();
    let by_hand = stated("0.1,0.3,0.5", "0.01,0.3,0.5", "1,2,3");
    let files = |list: &[(&'static str, String)]| {
        let list: Vec<(&str, &str)> = list.iter().map(|(name, text)| (*name, text.as_str())).collect();
        case(ENDS, &list)
    };
    let then = first(&files(&with)).outcome;
    let today = run(&files(&by_hand)).scenarios.swap_remove(0).outcome;
    assert_eq!(then.agreement, today.agreement);
    assert!(then.agreement.zone.is_some());
    assert_ne!(then.agreement, run(&files(&with)).scenarios.swap_remove(0).outcome.agreement);
}

#[test]
fn what_the_case_does_not_state_is_not_moved_and_it_is_said() {
    let drivers = format!("{DRIVERS}d1,x,alternative:A,0,0.1,0.2,r\nd2,x,trust:A>B,0,0.1,0.2,r\n");
    let now = run(&case(ENDS, &[("scenarios.toml", &scenario("set = { x = 1 }")), ("drivers.csv", &drivers)]));
    let idle: Vec<bool> = now.scenarios[1].moved.iter().map(|moved| moved.idle.is_some()).collect();
    assert_eq!(idle, [true, true]);
    assert_eq!(now.scenarios[0].outcome, now.scenarios[1].outcome);
    assert!(now.factors[0].effect.is_none());
}

#[test]
fn limits_that_are_lifted_no_longer_block() {
    let says = "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-02 A red_line - out=o3;o4;o5\n2022-01-02 B red_line - out=o1;o2";
    let blocked = case(says, &[]);
    let row = blocked.positions.iter().find(|row| !row.rules_out.is_empty()).unwrap().id.to_string();
    let now = run(&case(says, &[("scenarios.toml", &scenario(&format!("lift = [\"{row}\"]")))]));
    let blocks: Vec<bool> = now.scenarios.iter().map(|scenario| scenario.outcome.agreement.blocked).collect();
    assert_eq!(blocks, [true, false]);
    assert_eq!(now.scenarios[1].lifted, [row]);
    assert_eq!(now.watch.limits.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
    assert_eq!(now.scenarios[1].alone[0].effect.blocked, -1);
}

const MODEL: &str = "schema = 1\ntitle = \"M\"\nstatus_quo = 1\n[[option]]\nid = \"a\"\n[[option]]\nid = \"b\"\n\
    [[decision_maker]]\nid = \"p\"\noptions = [\"a\"]\nstatements = [\"a\"]\n\
    [[decision_maker]]\nid = \"q\"\noptions = [\"b\"]\nstatements = [\"b\"]\n";

#[test]
fn states_that_are_ruled_out_cannot_hold() {
    let rule = "[[scenario.rule_out]]\nmodel = \"m\"\nwhen = \"a & b\"";
    let now = run(&case(ENDS, &[("stability/m.toml", MODEL), ("scenarios.toml", &scenario(rule))]));
    let nash = |place: usize| now.scenarios[place].outcome.equilibria[0].equilibria.nash.clone();
    assert_eq!(nash(0), ["a & b"]);
    assert_eq!(nash(1), ["a", "b"]);
}

#[test]
fn a_flip_is_found_where_the_nearest_option_changes() {
    // With B at 1 + x/10 the mean is 100(1 + x/10)/(2 + x/10). It passes 62.5, half way from o3 to o4, at x = 20/3.
    let drivers = format!("{DRIVERS}d1,x,capability:B,0.1,0.1,0.1,r\n");
    let now = run(&case(ENDS, &[("scenarios.toml", &factors("")), ("drivers.csv", &drivers)]));
    let flip = now.watch.factors.iter().find(|flip| flip.above).unwrap();
    assert_eq!((&*flip.factor, &*flip.result, &*flip.from, &*flip.to), ("x", "forecast/i", "o3", "o4"));
    assert!((flip.value - 20.0 / 3.0).abs() < 0.01, "{}", flip.value);
}

#[test]
fn whoever_listens_ends_it() {
    let case = case(ENDS, &[("scenarios.toml", &scenario("set = { x = 1 }"))]);
    let after_the_first = |done: usize, _| if done > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let ended = scenarios(&case, Moment::new(&case, None, None), SETTINGS, &after_the_first);
    assert_eq!(ended.map(|_| ()), Err(Stopped));
}

#[test]
fn rows_that_become_known_later_change_nothing() {
    let early = "2022-01-01 A demand o1\n2022-01-01 B demand o5";
    let late = format!("{early}\n2022-06-01 A red_line - out=o5");
    let text = |says: &str| {
        let case = case(says, &[("scenarios.toml", &scenario("set = { x = 1 }"))]);
        let moment = Moment::new(&case, Some(day("2022-03-31")), None);
        serde_json::to_string(&told(&case, moment)).unwrap()
    };
    assert_eq!(text(early), text(&late));
}
