use detente_forecast::{Positions, Scale, Stand};

use super::*;
use crate::about::{Layer, Settings};
use crate::ensemble::{Distribution, Input, Inputs, Joint, Triangle};
use crate::progress::go_on;

/// Actors with a range of 10 around each position.
fn issue(id: &str, rows: &[(f64, f64, f64)], reference: Option<f64>) -> IssueOf<'static> {
    let stands = rows.iter().map(|(position, salience, capability)| Stand {
        position: *position,
        salience: *salience,
        capability: *capability,
    });
    let best = Positions::new(stands.collect(), Scale::PERCENT).unwrap();
    let named = |place: usize| format!("{}", (b'a' + place as u8) as char);
    let input = |(place, stand): (usize, &Stand)| {
        let low = (stand.position - 10.0).max(0.0);
        let high = (stand.position + 10.0).min(100.0);
        let triangle = Triangle::new(low, stand.position, high, 0.8, (0.0, 100.0)).unwrap();
        let name = format!("position/{id}/{}", named(place));
        Input { group: name.clone(), name, distribution: Distribution::Triangle(triangle), best: vec![stand.position] }
    };
    let inputs = Inputs::new(best.stands().iter().enumerate().map(input).collect()).unwrap();
    let count = best.len();
    IssueOf {
        id: id.into(),
        title: id.into(),
        actors: (0..count).map(|place| ActorOf { id: named(place), name: named(place).to_uppercase() }).collect(),
        best,
        inputs,
        bind: Box::new(move |draw, stands| (0..count).for_each(|place| stands[place].position = draw.get(place)[0])),
        reference,
    }
}

fn ask(issues: Vec<IssueOf<'static>>, domain: Domain) -> Forecast {
    let about = About::of_file(Layer::C, "forecast", b"", Settings::default());
    forecast(&Question { issues, domain }, &Setting::default(), about, &mut go_on).unwrap()
}

fn three() -> IssueOf<'static> {
    issue("x", &[(10.0, 0.5, 2.0), (40.0, 1.0, 1.0), (90.0, 0.5, 2.0)], Some(10.0))
}

fn model(of: &IssueForecast, name: ModelName) -> &Model {
    of.models.iter().find(|model| model.name == name).unwrap()
}

#[test]
fn outside_its_domain_nothing_claims_coverage() {
    for domain in [Domain::ArmedConflict, Domain::Other] {
        let answer = ask(vec![three()], domain);
        assert!(!answer.calibrated && answer.calibration.is_none() && !answer.issues[0].calibrated);
        assert!(answer.issues[0].forecast.intervals.is_empty());
        assert!(answer.domain_line.starts_with("Not calibrated"));
    }
    let answer = ask(vec![three()], Domain::Legislation);
    let intervals = &answer.issues[0].forecast.intervals;
    assert_eq!(intervals.iter().map(|i| i.level).collect::<Vec<_>>(), [0.5, 0.8, 0.9, 0.95]);
    assert!(intervals.windows(2).all(|pair| pair[0].low >= pair[1].low && pair[0].high <= pair[1].high));
    assert!(intervals.iter().all(|i| i.low >= 0.0 && i.high <= 100.0));
}

#[test]
fn models_stand_side_by_side() {
    let answer = ask(vec![three()], Domain::ArmedConflict);
    let of = &answer.issues[0];
    assert_eq!(of.forecast.best, 46.666_666_667);
    assert_eq!(model(of, ModelName::WeightedMean).value, Some(46.666_666_667));
    assert_eq!(model(of, ModelName::WeightedMedian).value, Some(40.0));
    assert_eq!(of.models.len(), 5);
    assert!(of.models.iter().all(|model| model.value.is_some() && model.spread.is_some()));
    // A shift of an actor moves the mean by its share of it.
    let shift = &of.sensitivity.least_shifts[0].shifts[0];
    assert_eq!((of.sensitivity.by, shift.up, shift.exact), (5.0, Some(15.0), true));
}

#[test]
fn the_spread_of_the_mean_is_that_of_its_closed_form() {
    let answer = ask(vec![three()], Domain::Other);
    let of = &answer.issues[0];
    let indices = &of.sensitivity.indices;
    // Equal weights and nearly equal ranges: a third each.
    assert_eq!(indices.len(), 3);
    assert!(indices.iter().all(|index| (index.first - index.total).abs() < 0.02), "{indices:?}");
    assert!((indices.iter().map(|index| index.first).sum::<f64>() - 1.0).abs() < 0.05, "{indices:?}");
}

#[test]
fn an_actor_at_the_reference_point_leaves_no_room_without_a_cost() {
    let about = About::of_file(Layer::C, "forecast", b"", Settings::default());
    let setting = Setting { cost: 0.0, ..Setting::default() };
    let question = Question { issues: vec![three()], domain: Domain::Other };
    let answer = forecast(&question, &setting, about, &mut go_on).unwrap();
    let bargaining = model(&answer.issues[0], ModelName::Bargaining);
    assert_eq!((bargaining.value, &bargaining.no_room.as_ref().unwrap().actors), (None, &vec!["a".to_owned()]));
    assert!(answer.issues[0].warnings.iter().any(|warning| warning.kind == WarningKind::NoRoom));
}

#[test]
fn a_median_that_nothing_moves_is_called_locked() {
    let rows = [(0.0, 1.0, 1.0), (50.0, 1.0, 10.0), (100.0, 1.0, 1.0)];
    let answer = ask(vec![issue("x", &rows, None)], Domain::Other);
    let kinds: Vec<WarningKind> = answer.issues[0].warnings.iter().map(|warning| warning.kind).collect();
    assert!(kinds.contains(&WarningKind::MedianLocked), "{kinds:?}");
    assert_eq!(answer.issues[0].sensitivity.median.iter().filter(|bar| bar.low == bar.high).count(), 2);
}

#[test]
fn one_actor_unanimity_and_weightlessness_are_told() {
    let kinds = |rows: &[(f64, f64, f64)]| -> Vec<WarningKind> {
        ask(vec![issue("x", rows, None)], Domain::Other).issues[0].warnings.iter().map(|warning| warning.kind).collect()
    };
    assert!(kinds(&[(20.0, 1.0, 1.0)]).contains(&WarningKind::OneActor));
    assert!(kinds(&[(20.0, 1.0, 1.0), (20.0, 0.5, 1.0)]).contains(&WarningKind::NoDisagreement));
    assert!(kinds(&[(20.0, 0.0, 1.0), (60.0, 0.0, 1.0)]).contains(&WarningKind::EqualWeights));
}

#[test]
fn with_two_issues_votes_are_traded() {
    let one = issue("x", &[(0.0, 0.2, 1.0), (100.0, 0.8, 1.0)], None);
    let two = issue("y", &[(0.0, 0.8, 1.0), (100.0, 0.2, 1.0)], None);
    let answer = ask(vec![one, two], Domain::Other);
    assert_eq!(answer.trades.len(), 1);
    assert_eq!((answer.trades[0].first.as_str(), answer.trades[0].first_issue.as_str()), ("a", "x"));
    assert_eq!(model(&answer.issues[0], ModelName::Exchange).value, Some(100.0));
}

#[test]
fn the_same_bytes_on_one_and_on_two_threads() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| serde_json::to_string(&ask(vec![three()], Domain::Legislation)).unwrap())
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn inputs_of_one_source_move_the_mean_further_than_inputs_of_several() {
    let spread = |strength: f64| {
        let mut of = three();
        let parts = of.inputs.list().iter().map(|input| match &input.distribution {
            Distribution::Triangle(triangle) => (input.name.clone(), triangle.clone()),
            other => panic!("{other:?}"),
        });
        let joint = Distribution::Joint(Joint::new(strength, parts.collect()).unwrap());
        let best = of.inputs.list().iter().map(|input| input.best[0]).collect();
        of.inputs =
            Inputs::new(vec![Input { name: "source".into(), group: "source".into(), distribution: joint, best }])
                .unwrap();
        of.bind = Box::new(|draw, stands| (0..3).for_each(|place| stands[place].position = draw.get(0)[place]));
        let answer = ask(vec![of], Domain::Other);
        let spread = model(&answer.issues[0], ModelName::WeightedMean).spread.unwrap();
        (spread.p95 - spread.p5, answer)
    };
    let (apart, alone) = spread(0.0);
    let (together, one) = spread(0.8);
    assert!(together > 1.3 * apart, "{apart} {together}");
    // One source is one input where influence is measured.
    assert_eq!((one.issues[0].sensitivity.indices.len(), alone.issues[0].sensitivity.mean.len()), (1, 1));
}
