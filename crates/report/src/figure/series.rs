//! Series of factors as small multiples over one span of time, each with its unit and its source.

use super::canvas::{Canvas, EDGE, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::style::{GRID, INK, PAPER, RULE};
use super::svg::{Element, group, line, mark, number, polyline, rect};
use super::text;
use super::time::{Day, TimeAxis, day_name};
use super::{Caption, DataTable, Figure, count};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeriesSet {
    /// Name, title and credit.
    pub caption: Caption,
    /// The first month, as year and month.
    pub from: (i32, u32),
    /// The last month.
    pub to: (i32, u32),
    /// The series, a panel each.
    pub series: Vec<Series>,
    /// Spans of time that are washed behind every panel.
    pub spans: Option<Spans>,
}

/// Spans of time behind the panels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spans {
    /// What they are.
    pub name: String,
    /// First and last month of each.
    pub months: Vec<((i32, u32), (i32, u32))>,
}

/// One series: values of one instrument.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// What is measured.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Whom to credit.
    pub source: String,
    /// The values; a single one is a dot.
    pub points: Vec<Point>,
}

/// One value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Point {
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// The value.
    pub value: f64,
    /// A remark, or the ids of rows.
    pub title: String,
}

const COLUMNS: usize = 3;
const GUTTER: f64 = 36.0;
const SCALE: f64 = 50.0;
const END: f64 = 40.0;
const PLOT: f64 = 92.0;
const SPAN: &str = "#e6e9ee";
const COLOUR: &str = "#3d5a73";

/// Draws the figure.
pub fn draw(input: &SeriesSet) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["Series", "Unit", "Date", "Value", "Source", "Remark"]);
    let columns = COLUMNS.min(input.series.len()).max(1);
    let width = (WIDTH - GUTTER * (columns as f64 - 1.0)) / columns as f64;

    let mut y = 0.0;
    for row in input.series.chunks(columns) {
        let lines = row.iter().map(|series| STRONG.wrap(&series.name, width, 2).len()).max().unwrap_or(1).max(1);
        let credits = row.iter().map(|series| SMALL.wrap(&credit(series), width, 2).len()).max().unwrap_or(0);
        let head = text::height(lines, STRONG.size) + 18.0;
        let axis_height = TimeAxis::new(input.from, input.to, SCALE, width - END).label_height();
        for (column, series) in row.iter().enumerate() {
            let x = column as f64 * (width + GUTTER);
            let names = STRONG.wrap(&series.name, width, 2).len();
            let base = y + STRONG.size + text::height(lines - names.min(lines), STRONG.size);
            canvas.add(paragraph(x, base, &series.name, width, 2, STRONG).0);
            canvas.add(label_within(x, y + head - 5.0, &series.unit, width, SMALL));
            let axis = TimeAxis::new(input.from, input.to, x + SCALE, x + width - END);
            if let Some(spans) = &input.spans {
                canvas.extend(washed(spans, &axis, y + head + 8.0));
            }
            draw_panel(&mut canvas, series, &axis, y + head + 8.0);
            let foot = y + head + 8.0 + PLOT + axis_height + 14.0;
            canvas.add(paragraph(x, foot, &credit(series), width, 2, SMALL).0);
        }
        y += head + 8.0 + PLOT + axis_height + text::height(credits, SMALL.size) + 26.0;
    }
    if input.series.is_empty() {
        canvas.add(label(EDGE, 14.0, "No series.", SMALL));
        y = 24.0;
    }
    if let Some(spans) = input.spans.as_ref().filter(|_| !input.series.is_empty()) {
        let swatch = rect(0.0, -6.0, 18.0, 12.0).set("fill", SPAN);
        y += canvas.key(EDGE, y, WIDTH, vec![Key::new(swatch, 18.0, &spans.name)]) + 4.0;
    }
    for series in &input.series {
        for point in &series.points {
            table.push([&series.name, &series.unit, &point.date, &number(point.value), &series.source, &point.title]);
        }
    }
    canvas.finish(y, describe(input), table)
}

fn washed(spans: &Spans, axis: &TimeAxis, top: f64) -> Vec<Element> {
    let day = |(year, month): (i32, u32)| Day::parse(&format!("{year:04}-{month:02}"));
    let after = |(year, month): (i32, u32)| if month < 12 { (year, month + 1) } else { (year + 1, 1) };
    let place = |(from, to): &((i32, u32), (i32, u32))| axis.span(day(*from)?, day(after(*to)));
    let places = spans.months.iter().filter_map(place);
    places.map(|(from, to)| rect(from, top, to - from, PLOT).set("fill", SPAN)).collect()
}

fn credit(series: &Series) -> String {
    if series.source.is_empty() { String::new() } else { format!("Source: {}", series.source) }
}

fn draw_panel(canvas: &mut Canvas<'_>, series: &Series, axis: &TimeAxis, top: f64) {
    let mut points: Vec<(&Point, Day)> = series
        .points
        .iter()
        .filter(|point| point.value.is_finite())
        .filter_map(|point| Some((point, Day::parse(&point.date)?)))
        .filter(|(_, day)| axis.covers(*day))
        .collect();
    points.sort_by_key(|(_, day)| *day);
    let values: Vec<f64> = points.iter().map(|(point, _)| point.value).collect();
    let scale = Scale::new(&values, top, top + PLOT);

    canvas.add(axis.grid(top, top + PLOT));
    canvas.add(scale.grid(axis));
    canvas.add(axis.labels(top + PLOT + 2.0, axis.right + END));
    if points.is_empty() {
        canvas.add(label(f64::midpoint(axis.left, axis.right), top + PLOT / 2.0, "no values", SMALL.middle().halo()));
        return;
    }
    let places: Vec<(f64, f64)> = points.iter().map(|(point, day)| (axis.x(*day), scale.y(point.value))).collect();
    if places.len() > 1 {
        canvas.add(polyline(&places).set("stroke", COLOUR).set("stroke-width", 1.6).set("stroke-linejoin", "round"));
    }
    let radius = match places.len() {
        1 => 4.0,
        2..=24 => 2.8,
        _ => 1.8,
    };
    for ((point, _), (x, y)) in points.iter().zip(&places) {
        let more = if point.title.is_empty() { String::new() } else { format!(" ({})", point.title) };
        let title =
            format!("{}, {}: {} {}{more}", series.name, day_name(&point.date), number(point.value), series.unit);
        let dot = Element::new("circle").set("cx", *x).set("cy", *y).set("r", radius);
        canvas.add(mark(&title).child(dot.set("fill", COLOUR).set("stroke", PAPER).set("stroke-width", 0.8)));
    }
    if let (Some((point, _)), Some((x, y))) = (points.last(), places.last()) {
        let text = short(point.value);
        let width = STRONG.width(&text);
        // To the right where there is room before the next panel, else above the point.
        let style = SMALL.bold().fill(INK);
        if x + 7.0 + width <= axis.right + END {
            canvas.add(label(x + 7.0, (y + 4.0).min(top + PLOT - 4.0), &text, style.halo()));
        } else {
            canvas.add(label(axis.right + END, (y - 8.0).max(top + 6.0), &text, style.end().halo()));
        }
    }
}

/// A number with few digits: thousands apart, large ones without decimals.
fn short(value: f64) -> String {
    let size = value.abs();
    if size >= 1e6 {
        return format!("{} m", number((value / 1e4).round() / 100.0));
    }
    if size >= 1e5 {
        return format!("{}k", number((value / 1e3).round()));
    }
    let digits = if size >= 100.0 { value.round() } else { (value * 10.0).round() / 10.0 };
    let text = number(digits);
    match text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest)) {
        (sign, digits) if digits.len() > 4 && !digits.contains('.') => {
            let (thousands, rest) = digits.split_at(digits.len() - 3);
            format!("{sign}{thousands},{rest}")
        }
        (sign, digits) => format!("{sign}{digits}"),
    }
}

/// A scale with two to four round ticks around the values.
struct Scale {
    ticks: Vec<f64>,
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
}

impl Scale {
    fn new(values: &[f64], top: f64, bottom: f64) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (least, most) = if values.is_empty() { (0.0, 1.0) } else { (least, most) };
        // Values far from 0 in comparison with their spread are shown apart from it.
        let least = if least > 0.0 && (most - least) * 2.0 >= least || least == most { least.min(0.0) } else { least };
        let most = if least == most { most + 1.0 } else { most.max(least) };
        let step = step((most - least) / 3.0);
        let first = (least / step).floor();
        let last = (most / step).ceil().max(first + 1.0);
        let count = (last - first).clamp(1.0, 8.0) as usize;
        let ticks: Vec<f64> = (0..=count).map(|index| (first + index as f64) * step).collect();
        Self { low: first * step, high: (first + count as f64) * step, ticks, top, bottom }
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.bottom - share * (self.bottom - self.top)
    }

    fn grid(&self, axis: &TimeAxis) -> Element {
        let mut out = group().set("class", "grid");
        for tick in &self.ticks {
            let y = self.y(*tick);
            let stroke = if *tick == 0.0 { RULE } else { GRID };
            out = out
                .child(line(axis.left, y, axis.right, y).set("stroke", stroke).set("stroke-width", 1.0))
                .child(label_within(axis.left - 6.0, y + 4.0, &short(*tick), SCALE - 6.0, SMALL.end()));
        }
        out
    }
}

/// The round number, 1, 2 or 5 times a power of ten, that is not below the given one.
fn step(wanted: f64) -> f64 {
    let wanted = if wanted.is_finite() { wanted.clamp(1e-9, 1e300) } else { 1e300 };
    let mut power = 1.0;
    while power > wanted {
        power /= 10.0;
    }
    while power * 10.0 <= wanted {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= wanted).unwrap_or(power * 10.0)
}

fn describe(input: &SeriesSet) -> String {
    let axis = TimeAxis::new(input.from, input.to, 0.0, 1.0);
    let mut out = format!("{} {}.", count(input.series.len(), "series", "series"), axis.words());
    for series in &input.series {
        let mut points: Vec<&Point> = series.points.iter().filter(|point| Day::parse(&point.date).is_some()).collect();
        points.sort_by_key(|point| Day::parse(&point.date));
        out += &match points.as_slice() {
            [] => format!(" {}: no values.", series.name),
            [only] => format!(" {}: {} {} on {}.", series.name, number(only.value), series.unit, day_name(&only.date)),
            [first, .., last] => format!(
                " {}: from {} on {} to {} {} on {}, {} values.",
                series.name,
                number(first.value),
                day_name(&first.date),
                number(last.value),
                series.unit,
                day_name(&last.date),
                points.len()
            ),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn caption() -> Caption {
        Caption { id: "series".to_owned(), title: "Series".to_owned(), credit: None }
    }

    fn example(text: &str, values: &[f64]) -> SeriesSet {
        let points = values
            .iter()
            .zip(1..)
            .map(|(value, month)| Point { date: format!("2022-{month:02}-15"), value: *value, title: "r1".to_owned() })
            .collect();
        let series = Series { name: text.to_owned(), unit: "%".to_owned(), source: text.to_owned(), points };
        SeriesSet {
            caption: caption(),
            from: (2022, 1),
            to: (2023, 6),
            series: vec![series.clone(), Series::default(), series],
            spans: Some(Spans { name: text.to_owned(), months: vec![((2022, 2), (2022, 12)), ((2030, 1), (2030, 2))] }),
        }
    }

    #[test]
    fn marks_name_series_date_and_value() {
        let figure = draw(&example("Share", &[20.25, 26.9, 18.0]));
        examine(&figure);
        assert!(figure.svg.contains("Share, 15 Feb 2022: 26.9 % (r1)"));
        assert!(figure.svg.contains("Source: Share"));
        assert_eq!(figure.table.rows.len(), 6);
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        examine(&draw(&SeriesSet { caption: caption(), ..Default::default() }));
        for values in [
            vec![0.0],
            vec![5.0],
            vec![-5.0, -5.0],
            vec![f64::NAN, f64::INFINITY, 1.0],
            vec![f64::MAX, f64::MIN, 0.0],
            vec![1e-300, 2e-300],
            vec![f64::MAX, f64::MAX],
        ] {
            examine(&draw(&example(HOSTILE, &values)));
        }
    }

    #[test]
    fn steps_are_round() {
        for (wanted, got) in [(1.0, 1.0), (1.1, 2.0), (3.0, 5.0), (7.0, 10.0), (0.03, 0.05), (4321.0, 5000.0)] {
            assert!((step(wanted) - got).abs() < got * 1e-9, "{wanted}: {}", step(wanted));
        }
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(
            [short(19.968), short(12_345.6), short(-2.0), short(1234.0), short(2_500_000.0)],
            ["20", "12,346", "−2", "1234", "2.5 m"]
        );
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(draw(&example("x", &[1.0, 2.0])).svg, draw(&example("x", &[1.0, 2.0])).svg);
    }
}
