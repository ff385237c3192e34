//! A table of positions as a question.

use detente_case::stand_table::{StandIssue, StandRow, Stated};
use detente_forecast::{Positions, PositionsError, Scale, Stand};

use super::calibration::Domain;
use super::question::{ActorOf, IssueOf, Question};
use crate::ensemble::{Distribution, Input, InputError, Inputs, Joint, Triangle};

/// How a table becomes a question.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSetting {
    /// The scale of all issues.
    pub scale: Scale,
    /// What kind of negotiation it is.
    pub domain: Domain,
    /// The title of an issue without a name.
    pub title: String,
    /// What holds without agreement, by the name of the issue.
    pub references: Vec<(String, f64)>,
    /// How strongly inputs of one group hang together, 0 to 1.
    pub correlation: f64,
}

/// The share of cases in which a stated range is taken to hold the true value.
pub const CONFIDENCE: f64 = 0.8;

/// The greatest capability that is drawn.
const MOST_CAPABILITY: f64 = 1e15;

/// Why a table is no question.
#[derive(Clone, Debug, PartialEq)]
pub enum TableError {
    /// The numbers of an issue are no positions.
    Positions(String, PositionsError),
    /// Inputs cannot be drawn.
    Inputs(InputError),
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TableError::Positions(issue, error) => write!(f, "{issue}: {error}"),
            TableError::Inputs(error) => write!(f, "the inputs cannot be drawn: {error:?}"),
        }
    }
}

impl std::error::Error for TableError {}

/// The issues of a table as a question. Missing salience is the mean of what the others on the issue have, 1 where nobody has any; where an actor
/// lacks capability, all on the issue have 1.
///
/// # Errors
/// See [`TableError`].
pub fn of_table(issues: &[StandIssue], setting: &TableSetting) -> Result<Question<'static>, TableError> {
    let issues = issues.iter().map(|issue| one(issue, setting)).collect::<Result<_, _>>()?;
    Ok(Question { issues, domain: setting.domain })
}

/// Which number of a stand an input gives.
#[derive(Clone, Copy)]
enum Quantity {
    Position,
    Salience,
    Capability,
}

impl Quantity {
    fn name(self) -> &'static str {
        match self {
            Quantity::Position => "position",
            Quantity::Salience => "salience",
            Quantity::Capability => "capability",
        }
    }

    fn of(self, stand: &mut Stand) -> &mut f64 {
        match self {
            Quantity::Position => &mut stand.position,
            Quantity::Salience => &mut stand.salience,
            Quantity::Capability => &mut stand.capability,
        }
    }
}

/// Something of an actor that is known as a range.
struct Uncertain {
    name: String,
    group: Option<String>,
    actor: usize,
    quantity: Quantity,
    best: f64,
    triangle: Triangle,
}

fn one(issue: &StandIssue, setting: &TableSetting) -> Result<IssueOf<'static>, TableError> {
    let title = if issue.name.is_empty() { setting.title.clone() } else { issue.name.clone() };
    let known: Vec<f64> = issue.rows.iter().filter_map(|row| row.salience).map(|salience| salience.best).collect();
    let salience = if known.is_empty() { 1.0 } else { known.iter().sum::<f64>() / known.len() as f64 };
    let capable = issue.rows.iter().all(|row| row.capability.is_some());
    let stand = |row: &StandRow| Stand {
        position: row.position.best,
        salience: row.salience.map_or(salience, |salience| salience.best),
        capability: row.capability.filter(|_| capable).map_or(1.0, |capability| capability.best),
    };
    let best = Positions::new(issue.rows.iter().map(stand).collect(), setting.scale)
        .map_err(|error| TableError::Positions(title.clone(), error))?;
    let uncertain: Vec<Uncertain> =
        issue.rows.iter().enumerate().flat_map(|(actor, row)| ranges(issue, actor, row, capable, setting)).collect();
    let (inputs, targets) = inputs(uncertain, setting)?;
    let actors = issue.rows.iter().map(|row| ActorOf { id: row.actor.clone(), name: row.actor.clone() });
    let reference = setting.references.iter().find(|(name, _)| *name == issue.name).map(|(_, point)| *point);
    Ok(IssueOf {
        id: title.clone(),
        title,
        actors: actors.collect(),
        best,
        inputs,
        bind: Box::new(move |draw, stands| {
            for (input, targets) in targets.iter().enumerate() {
                for ((actor, quantity), value) in targets.iter().zip(draw.get(input)) {
                    if let Some(stand) = stands.get_mut(*actor) {
                        *quantity.of(stand) = *value;
                    }
                }
            }
        }),
        reference,
    })
}

fn ranges(issue: &StandIssue, actor: usize, row: &StandRow, capable: bool, setting: &TableSetting) -> Vec<Uncertain> {
    let scale = (setting.scale.low(), setting.scale.high());
    let numbers = [
        (Quantity::Position, Some(row.position), scale),
        (Quantity::Salience, row.salience, (0.0, 1.0)),
        (Quantity::Capability, row.capability.filter(|_| capable), (0.0, MOST_CAPABILITY)),
    ];
    let one = |(quantity, stated, bounds): (Quantity, Option<Stated>, (f64, f64))| {
        let stated = stated?;
        let (low, high) = stated.range?;
        let triangle = Triangle::new(low, stated.best, high, CONFIDENCE, bounds)?;
        let on = if issue.name.is_empty() { String::new() } else { format!(" on {}", issue.name) };
        let name = format!("{} of {}{on}", quantity.name(), row.actor);
        Some(Uncertain { name, group: row.group.clone(), actor, quantity, best: stated.best, triangle })
    };
    numbers.into_iter().filter_map(one).collect()
}

/// Which numbers of which actors an input gives, in order.
type Targets = Vec<Vec<(usize, Quantity)>>;

/// Inputs of one group and quantity are drawn together, all others alone.
fn inputs(uncertain: Vec<Uncertain>, setting: &TableSetting) -> Result<(Inputs, Targets), TableError> {
    let mut list: Vec<(Input, Vec<(String, Triangle)>)> = Vec::new();
    let mut targets: Targets = Vec::new();
    for of in uncertain {
        let target = (of.actor, of.quantity);
        let Some(group) = of.group else {
            let distribution = Distribution::Triangle(of.triangle);
            let input = Input { group: of.name.clone(), name: of.name, distribution, best: vec![of.best] };
            list.push((input, Vec::new()));
            targets.push(vec![target]);
            continue;
        };
        let name = format!("group {group}: {}", of.quantity.name());
        let part = (of.name, of.triangle);
        match list.iter().position(|(input, parts)| !parts.is_empty() && input.name == name) {
            Some(place) => {
                list[place].0.best.push(of.best);
                list[place].1.push(part);
                targets[place].push(target);
            }
            None => {
                let distribution = Distribution::OneOf { options: 1 };
                let input = Input { name, group: format!("group {group}"), distribution, best: vec![of.best] };
                list.push((input, vec![part]));
                targets.push(vec![target]);
            }
        }
    }
    let joined =
        list.into_iter().map(|(input, parts)| match Joint::new(setting.correlation.clamp(0.0, 1.0), parts.clone()) {
            Some(joint) if !parts.is_empty() => Input { distribution: Distribution::Joint(joint), ..input },
            _ => input,
        });
    Ok((Inputs::new(joined.collect()).map_err(TableError::Inputs)?, targets))
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_case::stand_table::{self, Reading};

    fn question(text: &str) -> Question<'static> {
        let reading = Reading { scale: (0.0, 100.0), salience_needed: false };
        let (issues, _) = stand_table::read("t.csv", text.as_bytes(), reading).unwrap();
        let setting = TableSetting {
            scale: Scale::PERCENT,
            domain: Domain::Other,
            title: "t".into(),
            references: vec![("aid".into(), 30.0)],
            correlation: 0.5,
        };
        of_table(&issues, &setting).unwrap()
    }

    #[test]
    fn what_is_missing_is_the_mean_or_equal() {
        let of = &question("actor,position,salience,capability\nA,10,0.2,1\nB,20,,5\nC,30,0.6,\n").issues[0];
        let stands: Vec<(f64, f64)> = of.best.stands().iter().map(|stand| (stand.salience, stand.capability)).collect();
        assert_eq!(stands, [(0.2, 1.0), (0.4, 1.0), (0.6, 1.0)]);
        let none = &question("actor,position\nA,10\nB,20\n").issues[0];
        assert!(none.best.stands().iter().all(|stand| stand.salience == 1.0));
    }

    #[test]
    fn ranges_are_inputs_and_groups_one_input_a_quantity() {
        let text = "issue,actor,position,position_low,position_high,salience,salience_low,salience_high,group\n\
                    aid,A,10,5,20,0.5,0.4,0.6,press\naid,B,50,40,60,1,,,press\naid,C,90,80,95,1,,,\n";
        let question = question(text);
        let of = &question.issues[0];
        let names: Vec<(&str, usize)> =
            of.inputs.list().iter().map(|input| (input.name.as_str(), input.best.len())).collect();
        assert_eq!(names, [("group press: position", 2), ("group press: salience", 1), ("position of C on aid", 1)]);
        assert_eq!(of.inputs.groups().len(), 2);
        assert_eq!(of.reference, Some(30.0));
        assert_eq!(of.drawn(&of.inputs.best()), of.best);
        let drawn = of.drawn(&of.inputs.sampler(1).draw(3));
        assert!(drawn.stands().iter().zip(of.best.stands()).all(|(a, b)| a.position != b.position));
        assert_eq!(drawn.stands()[1].salience, 1.0);
    }
}
