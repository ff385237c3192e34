//! What numbers leave: thresholds beside the benchmark, packages and what no agreement is worth, and what moves the room.

use detente_analysis::ensemble::Bar;
use detente_analysis::room::{IssueWorth, RoomNow, ShareAt, SideWorth, Values};
use detente_analysis::view::{Assumption, LimitsUse, OneSided};
use detente_analysis::zone::{Point, Solutions, Solved, Zone};
use detente_case::Case;

use super::{actor_name, caption, issue_title, principals, read_as};
use crate::figure::Figure;
use crate::figure::cloud::{self, Cloud, Heap, Solution, Worth};
use crate::figure::thresholds::{self, Band, Stairs, Thresholds};
use crate::figure::tornado::{self, Tornado};

/// The most packages that are drawn one by one; more are put together where they are worth about the same.
const MOST_DOTS: usize = 2_000;
/// Into how many parts each share is cut to put packages together.
const PARTS: usize = 48;

/// The staircase of thresholds beside the benchmark, with the room; none without contested issues.
pub fn thresholds(case: &Case, values: &Values) -> Option<Figure> {
    if values.contested.is_empty() {
        return None;
    }
    let equal = |limits| room(values, limits).and_then(|room| room.equal);
    let limits = if values.staircase.is_empty() { LimitsUse::Lifted } else { LimitsUse::Kept };
    let band = |share: &ShareAt| {
        let range = share.range.as_ref()?;
        let party = super::principal(case, &share.actor)?;
        Some(Band { party, others: share.others, low: range.p5, high: range.p95 })
    };
    let input = Thresholds {
        caption: caption("thresholds", "Least shares that the sides can hold out for at once"),
        parties: principals(case),
        benchmark: Stairs { corners: values.benchmark.clone(), equal: Some(values.equal_share) },
        kept: Stairs { corners: values.staircase.clone(), equal: equal(LimitsUse::Kept) },
        lifted: Stairs { corners: values.lifted.clone(), equal: equal(LimitsUse::Lifted) },
        bands: values.shares.iter().filter(|share| share.limits == limits).filter_map(band).collect(),
        bands_kept: limits == LimitsUse::Kept,
        issues: values.contested.len(),
    };
    Some(read_as(
        thresholds::draw(&input),
        "Each scale is the least share that a side holds out for, of all it asks for. On and under a line some package gives both \
         at least that; the dashed line is the same with every position at the end of its own side. The arrow is the room between \
         them. Nothing here is a probability of agreement.",
    ))
}

/// The room in the way that is told first.
fn room(values: &Values, limits: LimitsUse) -> Option<&RoomNow> {
    values.rooms.iter().find(|room| room.limits == limits && room.norm_flagged && room.one_sided == OneSided::LeftOut)
}

/// The packages by what they are worth at the best values, with what no agreement is worth and the reference points.
///
/// Packages are those of the issues that enter, limits lifted.
pub fn cloud(case: &Case, values: &Values, zone: &Zone, solutions: &Solutions) -> Option<Figure> {
    let sides = case.principals.len();
    if solutions.disagreement.len() != sides {
        return None;
    }
    let without = case.principals.iter().zip(&solutions.disagreement).map(|(actor, best)| {
        let input = format!("alternative/{}", case.actors[*actor].id);
        let range = zone.assumptions.iter().find(|assumption| assumption.input == input);
        let end = |of: fn(&Assumption) -> Option<f64>| range.and_then(of).unwrap_or(*best);
        Worth { low: end(|of| of.low), best: *best, high: end(|of| of.high) }
    });
    let concepts = [
        ("Nash", &solutions.nash),
        ("Kalai–Smorodinsky", &solutions.kalai_smorodinsky),
        ("Egalitarian", &solutions.egalitarian),
        ("Utilitarian", &solutions.utilitarian),
    ];
    let named = |(name, solved): (&str, &Solved)| -> Vec<Solution> {
        let tied = solved.tied.iter();
        tied.map(|point| Solution { name: name.to_owned(), worth: point.worth.clone(), title: holds(case, point) })
            .collect()
    };
    let input = Cloud {
        caption: caption("cloud", "Packages by what they are worth to each side, and what no agreement is worth"),
        parties: principals(case),
        packages: if sides == 2 { heaps(&values.issues) } else { Vec::new() },
        kept: values.staircase.clone(),
        lifted: values.lifted.clone(),
        without: without.collect(),
        solutions: concepts.into_iter().flat_map(named).collect(),
    };
    Some(read_as(
        cloud::draw(&input),
        "Dots are packages on the issues that enter, whatever limits say. Lines across are what no agreement is stated to be worth, \
         with its range; beyond both lies the zone. The points named stand out under stated assumptions, less any premium for \
         mistrust; none of them is advice.",
    ))
}

/// What a package holds, in words.
fn holds(case: &Case, point: &Point) -> String {
    let clause = |[issue, option]: &[String; 2]| {
        let of = case.issues.iter().find(|of| *of.id == **issue);
        let label =
            of.and_then(|of| of.options.iter().find(|one| *one.id == **option)).map(|one| one.label.to_string());
        format!("{}: {}", issue_title(case, issue), label.unwrap_or_else(|| option.clone()))
    };
    point.package.iter().map(clause).collect::<Vec<_>>().join("; ")
}

/// What all packages are worth to two sides: one by one where they are few, else those that are worth about the same together, at
/// their mean. Cost: linear in issues and options.
fn heaps(issues: &[IssueWorth]) -> Vec<Heap> {
    let mut heaps = vec![Heap { at: [0.0, 0.0], count: 1.0 }];
    for issue in issues {
        let [first, second] = issue.sides.as_slice() else { return Vec::new() };
        let worth = |of: &SideWorth, option: usize| of.weight * of.values.get(option).copied().unwrap_or_default();
        let grown = |heap: &Heap| -> Vec<Heap> {
            let add = |option| [heap.at[0] + worth(first, option), heap.at[1] + worth(second, option)];
            (0..issue.options.len()).map(|option| Heap { at: add(option), count: heap.count }).collect()
        };
        heaps = heaps.iter().flat_map(grown).collect();
        if heaps.len() > MOST_DOTS {
            heaps = together(&heaps);
        }
    }
    heaps
}

/// Packages in one part of the square as one heap at their mean, in the order of the parts.
fn together(heaps: &[Heap]) -> Vec<Heap> {
    let part = |share: f64| ((share.clamp(0.0, 1.0) * PARTS as f64) as usize).min(PARTS - 1);
    let mut parts = vec![Heap::default(); PARTS * PARTS];
    for heap in heaps {
        let sum = &mut parts[part(heap.at[0]) * PARTS + part(heap.at[1])];
        let count = sum.count + heap.count;
        let share = heap.count / count;
        for side in 0..2 {
            sum.at[side] += (heap.at[side] - sum.at[side]) * share;
        }
        sum.count = count;
    }
    parts.retain(|heap| heap.count > 0.0);
    parts
}

/// How far each input alone moves the room; none where nothing was drawn.
pub fn tornado(case: &Case, values: &Values) -> Option<Figure> {
    let result = format!("Room, of each side's whole range, {}", limits_words(values.influence_of));
    bars(case, "tornado", "How far each input alone moves the room", result, &values.tornado, &values.assumptions)
}

/// How far each input alone moves what is left between the zone and its vanishing; none where nothing was drawn.
pub fn zone_tornado(case: &Case, values: &Values, zone: &Zone) -> Option<Figure> {
    let known: Vec<Assumption> = values.assumptions.iter().chain(&zone.assumptions).cloned().collect();
    let result =
        format!("By how much the least that each side accepts could rise, {}", limits_words(zone.influence_of));
    bars(case, "tornado-zone", "How far each input alone moves the zone", result, &zone.tornado, &known)
}

fn limits_words(limits: LimitsUse) -> &'static str {
    match limits {
        LimitsUse::Kept => "limits kept",
        LimitsUse::Lifted => "limits lifted",
    }
}

fn bars(case: &Case, id: &str, title: &str, result: String, found: &[Bar], known: &[Assumption]) -> Option<Figure> {
    let stated = found.first()?.best;
    let bar = |bar: &Bar| tornado::Bar { input: input_words(case, known, &bar.input), low: bar.low, high: bar.high };
    let bars = found.iter().map(bar).collect();
    let input = Tornado { caption: caption(id, title), result, stated, bars };
    Some(read_as(
        tornado::draw(&input),
        "Each bar holds nine of ten results when that input alone is drawn over its range and all others stay at their stated values. \
         The line is the result at the stated values. Inputs that move together are not shown by single bars.",
    ))
}

/// A group of inputs in words; its name where the words are not known.
fn input_words(case: &Case, known: &[Assumption], group: &str) -> String {
    if let Some(assumption) = known.iter().find(|assumption| assumption.input == group) {
        return assumption.what.clone();
    }
    match group.split_once('/') {
        Some(("weights", actor)) => format!("How {} weighs the issues", actor_name(case, actor)),
        Some(("exposure", actor)) => format!("What {} has irreversibly performed", actor_name(case, actor)),
        Some(("assurance", actor)) => format!("What clauses take off the premium of {}", actor_name(case, actor)),
        _ => group.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bundled_case, day, memory};
    use super::*;
    use crate::figure::{examine, examine_labels};
    use detente_analysis::blocks::{Lines, Reading, Words, case_rules};
    use detente_analysis::ensemble::Budget;
    use detente_analysis::progress::go_on;
    use detente_analysis::room::{self, Effort};
    use detente_analysis::view::{Toward, View};
    use detente_analysis::zone;
    use detente_case::{Moment, Record};

    const EFFORT: Effort =
        Effort { seed: 1, budget: Budget { draws: 128, time: None }, alone: 64, points: 0, turns: true };

    /// Every figure of the values of a case at a day.
    fn figures(case: &Case, at: Option<&str>) -> Vec<Figure> {
        let moment = Moment::new(case, at.map(day), None);
        let record = Record::known_by(case, moment.known);
        let lines = Lines::new(record);
        let words = Words::new(&lines, moment.at);
        let (bounds, rules) = (words.bounds(Reading::FIRST), case_rules(record, moment.at));
        let values = room::values(&words, &bounds, &rules, EFFORT, &mut go_on).unwrap();
        let view = View::new(&words, &bounds, &rules, OneSided::LeftOut).unwrap();
        let mut figures: Vec<Figure> = thresholds(case, &values).into_iter().chain(tornado(case, &values)).collect();
        if let Some((zone, solutions)) = zone::zone(&words, &view, EFFORT, &mut go_on).unwrap() {
            figures.extend(cloud(case, &values, &zone, &solutions));
            figures.extend(zone_tornado(case, &values, &zone));
        }
        for figure in &figures {
            examine(figure);
            examine_labels(figure);
        }
        figures
    }

    #[test]
    fn the_flagship_has_thresholds_and_a_tornado_and_no_cloud() {
        let case = bundled_case("russia-ukraine");
        let found = figures(&case, Some("2023-12-31"));
        assert_eq!(found.iter().map(|figure| figure.id.as_str()).collect::<Vec<_>>(), ["thresholds", "tornado"]);
        assert!(found[0].svg.contains("With limits kept there is no package"));
        assert!(found[1].table.rows.iter().any(|row| row[0].starts_with("How far apart the options of")));
        assert!(found[1].table.rows.iter().any(|row| row[0].starts_with("What Ukraine gives weight to")));
    }

    const ISSUES: &str = "issue,group,title,option,order,label\nland,g,Land,l1,1,One\nland,,,l2,2,Two\nland,,,l3,3,Three\n\
                          water,h,Water,w1,1,Dry\nwater,,,w2,2,Damp\nwater,,,w3,3,Wet\n";
    const POSITIONS: &str = "id,actor,issue,kind,low_option,best_option,high_option,valid_from,statement\n\
        p1,A,land,demand,l1,l1,l1,2024-01-01,One\np2,B,land,demand,l3,l3,l3,2024-01-01,Three\n\
        p3,A,water,demand,w1,w1,w1,2024-01-01,Dry\np4,B,water,demand,w3,w3,w3,2024-01-01,Wet\n";
    const ALTERNATIVES: &str = "actor,low,best,high,reason\nA,0.2,0.3,0.4,Guess\nB,0.1,0.2,0.5,Guess\n";

    #[test]
    fn with_alternatives_there_is_a_cloud_of_all_packages() {
        let files = [("issues.csv", ISSUES), ("positions.csv", POSITIONS), ("alternatives.csv", ALTERNATIVES)];
        let found = figures(&memory("[\"A\", \"B\"]", &files), None);
        let cloud = found.iter().find(|figure| figure.id == "cloud").unwrap();
        assert!(cloud.svg.contains("<title>9 packages</title>"));
        assert!(cloud.svg.contains("<title>no agreement is worth 30 % to A (20 % to 40 %)</title>"));
        assert!(cloud.svg.contains("<title>zone: both have"));
        assert!(cloud.table.rows.iter().any(|row| row[0] == "Nash"));
    }

    #[test]
    fn very_many_packages_are_put_together_and_none_is_lost() {
        let side = |up: bool| SideWorth {
            actor: String::new(),
            asks: room::Asked { options: Vec::new(), toward: Toward::Low },
            weight: 0.05,
            values: (0..10).map(|n| f64::from(if up { n } else { 9 - n }) / 9.0).collect(),
        };
        let issue =
            IssueWorth { id: String::new(), options: vec![String::new(); 10], sides: vec![side(true), side(false)] };
        let heaps = heaps(&vec![issue; 20]);
        let all: f64 = heaps.iter().map(|heap| heap.count).sum();
        assert!((all / 1e20 - 1.0).abs() < 1e-9 && heaps.len() <= PARTS * PARTS, "{all} {}", heaps.len());
        assert!(heaps.iter().all(|heap| (heap.at[0] + heap.at[1] - 1.0).abs() < 1e-9), "on the line on which they lie");
    }
}
