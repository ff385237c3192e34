//! Where models of outcomes point.

use detente_analysis::about::At;
use detente_analysis::forecast::{
    Forecast, IssueForecast, Model, ModelName, Multiverse, NoRoom, Sensitivity, Settled, Trade,
};

use super::section;
use crate::document::{Block, Cell, Document, Section, Sentence, Table, paragraph};
use crate::drawings;
use crate::words;

/// The most rows of a table of inputs.
const MOST_INPUTS: usize = 12;
/// The most exchanges in the table.
const MOST_TRADES: usize = 20;

/// Forecasts as a document of their own.
#[must_use]
pub fn forecast(title: &str, at: At, subtitle: &str, answer: &Forecast) -> Document {
    Document {
        title: format!("Forecast: {title}"),
        subtitle: subtitle.to_owned(),
        moment: at,
        banners: vec![answer.domain_line.clone()],
        sections: forecast_sections(answer),
        about: answer.about.clone(),
    }
}

/// Forecasts as sections: one on how to read them with the figure, one an issue.
#[must_use]
pub fn forecast_sections(answer: &Forecast) -> Vec<Section> {
    let mut blocks = vec![paragraph(reading(answer))];
    blocks.extend(drawings::forecast(answer).map(|figure| Block::Figure(Box::new(figure))));
    if !answer.trades.is_empty() {
        blocks.push(Block::Table(trades(&answer.trades)));
    }
    let mut sections = vec![section("forecast", "Models side by side", blocks)];
    sections.extend(answer.issues.iter().enumerate().map(|(place, issue)| one(place, issue, answer)));
    sections
}

fn reading(answer: &Forecast) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::plain(
        "A forecast says to which outcome positions, salience and capability point, if there is an outcome. No model here says whether or when there is one. Models stand side by side; none is an average of others.",
    )];
    if let Some(calibration) = &answer.calibration {
        sentences.push(Sentence::counted(format!(
            "Intervals are from {} issues of {}, positions weighted by {}.",
            calibration.issues, calibration.data, calibration.weights
        )));
    }
    sentences
}

fn model_name(name: ModelName) -> &'static str {
    match name {
        ModelName::WeightedMean => "Weighted mean",
        ModelName::WeightedMedian => "Weighted median",
        ModelName::Bargaining => "Bargaining",
        ModelName::ExpectedUtility => "Expected utility, as printed",
        ModelName::ExpectedUtilityAsProgrammed => "Expected utility, as programmed",
        ModelName::Exchange => "Exchange",
    }
}

fn number(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", number(value)) } else { number(value) }
}

fn one(place: usize, of: &IssueForecast, answer: &Forecast) -> Section {
    let mut blocks = vec![paragraph(vec![headline(of)])];
    if !of.warnings.is_empty() {
        blocks.push(paragraph(of.warnings.iter().map(|warning| Sentence::counted(warning.text.clone())).collect()));
    }
    blocks.push(Block::Table(models(of)));
    blocks.push(Block::Table(actors(of)));
    if !of.sensitivity.mean.is_empty() {
        blocks.push(Block::Table(inputs(&of.sensitivity)));
    }
    blocks.push(Block::Table(shifts(of)));
    blocks.push(paragraph(multiverse(&of.multiverse)));
    let title = if answer.issues.len() == 1 { "The issue".to_owned() } else { of.title.clone() };
    section(&format!("forecast-{}", place + 1), &title, blocks)
}

fn headline(of: &IssueForecast) -> Sentence {
    let scale = format!("on a scale from {} to {}", number(of.scale[0]), number(of.scale[1]));
    let best = number(of.forecast.best);
    if let Some(interval) = of.forecast.intervals.iter().find(|interval| interval.level == 0.8) {
        return Sentence::counted(format!(
            "The weighted mean is {best} {scale}; in 80 of 100 cases of the benchmark the outcome lay within a distance that here is {} to {}.",
            number(interval.low),
            number(interval.high)
        ));
    }
    let spread = of.models.iter().find(|model| model.name == of.forecast.from).and_then(|model| model.spread);
    let inputs = spread.map(|spread| {
        format!(
            "; over the stated ranges of inputs it lies between {} and {} in 90 of 100 draws",
            number(spread.p5),
            number(spread.p95)
        )
    });
    let values = of.models.iter().filter_map(|model| model.value);
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    Sentence::counted(format!(
        "The weighted mean is {best} {scale}{}. The models point to places from {} to {}.",
        inputs.unwrap_or_default(),
        number(low),
        number(high)
    ))
}

fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { caption: caption.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

fn models(of: &IssueForecast) -> Table {
    let row = |model: &Model| {
        let spread = model.spread.map(|spread| format!("{} to {}", number(spread.p5), number(spread.p95)));
        vec![
            Cell::from(model_name(model.name)),
            model.value.map_or_else(|| "none".to_owned(), number).into(),
            spread.unwrap_or_default().into(),
            said(model).into(),
        ]
    };
    let columns = ["Model", "Forecast", "5 to 95 of 100 draws", "To know"];
    table("What each model points to", &columns, of.models.iter().map(row).collect())
}

fn said(model: &Model) -> String {
    let span = model.range.map(|[low, high]| format!("{} to {}", number(low), number(high)));
    let mut said = match (model.name, model.settled, &span) {
        (ModelName::WeightedMedian, _, Some(span)) => format!("every place from {span} is a median"),
        (ModelName::Bargaining, _, Some(span)) => format!("all gain from {span}"),
        (_, Some(Settled::FixedPoint { after }), _) => match after {
            0 => "nobody moves".to_owned(),
            after => format!("nobody moves after round {after}"),
        },
        (_, Some(Settled::Cycle { period }), span) => {
            let over = span.as_ref().map(|span| format!(", over {span}")).unwrap_or_default();
            format!("repeats every {period} rounds{over}")
        }
        (_, Some(Settled::Neither { rounds }), span) => {
            let over = span.as_ref().map(|span| format!(": {span}")).unwrap_or_default();
            format!("not settled after {}{over}", words::count_of(rounds as usize, "round", "rounds"))
        }
        _ => String::new(),
    };
    if let Some(none) = &model.no_room {
        said = no_room(none);
    } else if let (None, Some(note)) = (model.value, &model.note) {
        said.clone_from(note);
    }
    said
}

fn no_room(none: &NoRoom) -> String {
    let who = words::list(&none.actors);
    let point = none.point.map(|point| format!(" but {}", number(point))).unwrap_or_default();
    let above = if none.room_above_cost > 0.0 {
        format!("if no agreement cost everyone more than {} % of the scale", number(100.0 * none.room_above_cost))
    } else {
        "as soon as no agreement costs everyone something".to_owned()
    };
    format!("{who} leaves no place{point}; there is room {above}")
}

fn actors(of: &IssueForecast) -> Table {
    let row = |actor: &detente_analysis::forecast::ActorOn| {
        vec![
            Cell::from(actor.name.as_str()),
            number(actor.position).into(),
            format!("{}", (actor.salience * 100.0).round() / 100.0).into(),
            format!("{}", (actor.capability * 1000.0).round() / 1000.0).into(),
            format!("{} %", number(100.0 * actor.share)).into(),
            actor.without.map(number).unwrap_or_default().into(),
        ]
    };
    let columns = ["Actor", "Position", "Salience", "Capability", "Weight", "Mean without it"];
    table("Who stands where", &columns, of.actors.iter().map(row).collect())
}

fn inputs(of: &Sensitivity) -> Table {
    let row = |bar: &detente_analysis::ensemble::Bar| {
        let index = of.indices.iter().find(|index| index.input == bar.input);
        let median = of.median.iter().find(|other| other.input == bar.input);
        vec![
            Cell::from(bar.input.as_str()),
            format!("{} to {}", number(bar.low), number(bar.high)).into(),
            index
                .map(|index| format!("{} %", (100.0 * index.total.clamp(0.0, 1.0)).round()))
                .unwrap_or_default()
                .into(),
            median.map(|bar| format!("{} to {}", number(bar.low), number(bar.high))).unwrap_or_default().into(),
        ]
    };
    let rest = of.mean.len().saturating_sub(MOST_INPUTS);
    let more = if rest > 0 { format!("; {rest} more move it less") } else { String::new() };
    let caption = format!("What each input alone does to the forecast{more}");
    let columns = ["Input", "Mean", "Share of its variance", "Median"];
    table(&caption, &columns, of.mean.iter().take(MOST_INPUTS).map(row).collect())
}

fn shifts(of: &IssueForecast) -> Table {
    let by = number(of.sensitivity.by);
    let told = |shift: Option<f64>| shift.map_or_else(|| "not on the scale".to_owned(), signed);
    let names: Vec<ModelName> = of
        .sensitivity
        .least_shifts
        .first()
        .map(|first| first.shifts.iter().map(|shift| shift.model).collect())
        .unwrap_or_default();
    let mut columns = vec!["Actor".to_owned()];
    for name in names {
        let name = words::clause(model_name(name));
        columns.extend([format!("{name} +{by}"), format!("{name} −{by}")]);
    }
    let rows = of.sensitivity.least_shifts.iter().map(|least| {
        let name = of.actors.iter().find(|actor| actor.actor == least.actor).map_or("", |actor| actor.name.as_str());
        let cells = least.shifts.iter().flat_map(|shift| [told(shift.up).into(), told(shift.down).into()]);
        std::iter::once(Cell::from(name)).chain(cells).collect()
    });
    Table {
        caption: format!("By how much each actor alone would have to move for a forecast to move by {by}"),
        columns,
        rows: rows.collect(),
    }
}

fn multiverse(of: &Multiverse) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::counted(format!(
        "Over {} readings of the models that the literature leaves open, forecasts lie from {} to {}, half of them from {} to {}; {} % lie within a twentieth of the scale of the weighted mean. This is a spread of models, not a probability.",
        of.readings,
        number(of.min),
        number(of.max),
        number(of.lower_quarter),
        number(of.upper_quarter),
        (100.0 * of.within_5).round()
    ))];
    if let Some(first) = of.options.first().filter(|first| first.explains > 0.0) {
        sentences.push(Sentence::counted(format!(
            "Of their differences the choice of `{}` alone explains {} %.",
            first.option,
            (100.0 * first.explains).round()
        )));
    }
    sentences
}

fn trades(trades: &[Trade]) -> Table {
    let row = |trade: &Trade| {
        vec![
            Cell::from(trade.first.as_str()),
            format!("{} on {}", signed(trade.first_shift), trade.first_issue).into(),
            trade.second.as_str().into(),
            format!("{} on {}", signed(trade.second_shift), trade.second_issue).into(),
            number(100.0 * trade.gain).into(),
            number(100.0 * trade.others).into(),
        ]
    };
    let rest = trades.len().saturating_sub(MOST_TRADES);
    let more = if rest > 0 { format!("; {rest} more gain less") } else { String::new() };
    let columns = ["One gives", "How much", "The other gives", "How much", "Each gains", "Others"];
    let caption = format!(
        "Exchanges that the exchange model finds, the greatest gain first (gains in hundredths of a scale times salience){more}"
    );
    table(&caption, &columns, trades.iter().take(MOST_TRADES).map(row).collect())
}
