//! Packages told for people.

use detente_domain::{Answer, Concept, Found, Frontier, State, Vector, rounded};
use detente_packages::number;
use detente_report::document::{Block, Point, Section, Sentence, Table, paragraph};
use detente_report::render::section_text;
use detente_report::words::{count_of, list, list_some};

/// Ties that are shown of each concept.
const MOST_TIES: usize = 5;

/// The answers, one for each reading.
pub fn text(answers: &[Answer], differ: bool) -> String {
    let Some(first) = answers.first() else { return String::new() };
    let title = format!("Packages: {}", first.domain);
    let mut out = format!("{title}\n{}\n", "=".repeat(title.chars().count()));
    out.push_str(&section_text(&opening(first)));
    if let [_, _, ..] = answers {
        out.push_str(&section_text(&side_by_side(answers, differ)));
    }
    for answer in answers {
        for section in sections(answer) {
            out.push_str(&section_text(&section));
        }
    }
    out
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { id: String::new(), title: title.to_owned(), annex: false, blocks }
}

fn plain(text: impl Into<String>) -> Sentence {
    Sentence::plain(text)
}

fn table(caption: &str, columns: &[String], rows: Vec<Vec<String>>) -> Block {
    let rows = rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect();
    Block::Table(Table { caption: caption.to_owned(), columns: columns.to_vec(), rows })
}

/// A number for reading.
fn short(text: &str) -> String {
    number::parse(text).map_or_else(|| text.to_owned(), |number| rounded(&number))
}

/// A number for each party.
fn each(answer: &Answer, numbers: &[String]) -> String {
    let each: Vec<String> =
        answer.parties.iter().zip(numbers).map(|(party, number)| format!("{} {}", party.name, short(number))).collect();
    list(&each)
}

/// What does not hang on the reading.
fn opening(answer: &Answer) -> Section {
    let parties: Vec<String> = answer.parties.iter().map(|party| party.name.clone()).collect();
    let packages = match &answer.packages {
        Some(count) => format!("{count} {}", if count == "1" { "package" } else { "packages" }),
        None => "Packages that could not be counted within the limit".to_owned(),
    };
    let mut sentences = vec![plain(format!(
        "{packages} of {}, for {}: {}.",
        count_of(answer.issues.len(), "issue", "issues"),
        count_of(parties.len(), "party", "parties"),
        list_some(&parties, 12)
    ))];
    if !answer.rules.is_empty() {
        sentences.push(plain(format!("Every package obeys {}.", count_of(answer.rules.len(), "rule", "rules"))));
    }
    if !answer.additive {
        sentences.push(plain("What a package is worth is not the sum over its options: the issues that work together were searched, combination by combination."));
    }
    sentences.push(plain("A package that stands out is a point of reference under the assumptions named, not advice."));
    section("", vec![paragraph(sentences)])
}

/// What each concept singles out in each reading.
fn side_by_side(answers: &[Answer], differ: bool) -> Section {
    let name = |answer: &Answer| format!("`{}`", answer.scores.clone().unwrap_or_default());
    let columns: Vec<String> = std::iter::once("Stands out by".to_owned()).chain(answers.iter().map(name)).collect();
    let mut rows =
        vec![std::iter::once("Frontier".to_owned()).chain(answers.iter().map(|a| size(a.frontier.as_ref()))).collect()];
    let concepts = answers.first().map(|answer| answer.found.as_slice()).unwrap_or_default();
    for (place, found) in concepts.iter().enumerate() {
        let cell = |answer: &Answer| answer.found.get(place).map_or_else(String::new, in_short);
        rows.push(std::iter::once(called(found.concept).to_owned()).chain(answers.iter().map(cell)).collect());
    }
    let said = if differ {
        "These files can be read in two ways, and the readings have other frontiers or single out other packages. `raw` takes an evaluation as it is, `genius` as a share of the greatest of its issue. `--scores` chooses one."
    } else {
        "These files can be read in two ways (`--scores raw` or `genius`). The frontier and what stands out are the same packages in both."
    };
    section("Two readings", vec![paragraph(vec![plain(said)]), table("Side by side", &columns, rows)])
}

fn size(frontier: Option<&Frontier>) -> String {
    match frontier {
        Some(frontier) => format!("{}, {}", count_of(frontier.points, "worth", "worths"), packages(&frontier.packages)),
        None => "larger than the limit".to_owned(),
    }
}

fn packages(count: &str) -> String {
    format!("{count} {}", if count == "1" { "package" } else { "packages" })
}

fn in_short(found: &Found) -> String {
    match (found.state, found.tied.as_slice()) {
        (State::Found, [one]) => package(one),
        (State::Found, many) => format!("{} worths tie", many.len()),
        (state, _) => nothing(state).to_owned(),
    }
}

fn nothing(state: State) -> &'static str {
    match state {
        State::Found => "",
        State::Degenerate => "none: degenerate",
        State::NoPackage => "none: no package is in the zone",
        State::NotComputed => "not computed",
    }
}

fn called(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "Nash",
        Concept::KalaiSmorodinsky => "Kalai–Smorodinsky",
        Concept::Egalitarian => "Egalitarian",
        Concept::Utilitarian => "Utilitarian",
    }
}

/// The first package with a worth, and how many more there are.
fn package(vector: &Vector) -> String {
    let first = vector.first.first().map(|options| options.join("; ")).unwrap_or_default();
    if vector.packages == "1" { first } else { format!("{first} (first of {})", vector.packages) }
}

fn sections(answer: &Answer) -> Vec<Section> {
    let reading = answer.scores.as_ref().map(|scores| format!(", read as `{scores}`")).unwrap_or_default();
    vec![
        section(&format!("Frontier{reading}"), frontier(answer)),
        section(&format!("What stands out{reading}"), stands_out(answer)),
    ]
}

fn frontier(answer: &Answer) -> Vec<Block> {
    let mut sentences = Vec::new();
    let mut blocks = Vec::new();
    match &answer.frontier {
        Some(frontier) if frontier.points == 0 => sentences.push(plain("There is no package.")),
        Some(frontier) => {
            sentences.push(plain(format!(
                "{}: no package is worth more to one party without being worth less to another.",
                size(Some(frontier))
            )));
        }
        None => {}
    }
    if let Some(bound) = &answer.bound {
        sentences.push(plain(format!(
            "{} needs more than {} {}: the limit was passed after {} of {} issues; `--limit` raises it. No package is worth more than {}.",
            if answer.frontier.is_none() { "The frontier" } else { "The frontier of the zone" },
            bound.limit,
            bound.of,
            bound.issues_done,
            answer.issues.len(),
            each(answer, &bound.most)
        )));
    }
    sentences.extend(zone(answer).map(plain));
    if let Some(frontier) = answer.frontier.as_ref().filter(|frontier| frontier.points > 0) {
        let mut columns: Vec<String> = answer.parties.iter().map(|party| party.name.clone()).collect();
        columns.extend(["Packages".to_owned(), "Options".to_owned()]);
        let row = |vector: &Vector| {
            let worth = vector.worth.iter().map(|worth| short(worth));
            worth.chain([vector.packages.clone(), package(vector)]).collect()
        };
        let shown = frontier.vectors.len();
        let caption = if shown < frontier.points {
            format!("The first {shown} of {} worths on the frontier", frontier.points)
        } else {
            "Worths on the frontier".to_owned()
        };
        blocks.push(table(&caption, &columns, frontier.vectors.iter().map(row).collect()));
    }
    let rounds = answer.frontier.iter().flat_map(|frontier| &frontier.vectors).flat_map(|vector| &vector.worth);
    if rounds.chain(answer.found.iter().flat_map(|found| &found.value)).any(|text| short(text) != *text) {
        sentences.push(plain("Numbers are computed exactly and shown to nine places; `--json` has them whole."));
    }
    blocks.insert(0, paragraph(sentences));
    blocks
}

/// What is accepted by everybody.
fn zone(answer: &Answer) -> Option<String> {
    let values: Vec<String> = answer
        .parties
        .iter()
        .filter_map(|party| Some(format!("{} {}", party.name, short(party.reservation.as_ref()?))))
        .collect();
    let reserved = if values.is_empty() {
        "No reservation values are given".to_owned()
    } else {
        format!("The least that is accepted: {}", list(&values))
    };
    let zone = answer.zone.as_ref()?;
    let same = answer.frontier.as_ref().is_some_and(|all| all.points == zone.points && all.packages == zone.packages);
    Some(match zone.points {
        0 => format!("{reserved}. No package reaches every reservation and disagreement value."),
        _ if same => format!("{reserved}. All of the frontier reaches every reservation and disagreement value."),
        _ => format!(
            "{reserved}. In the zone, where every reservation and disagreement value is reached, the frontier has {}.",
            size(Some(zone))
        ),
    })
}

fn stands_out(answer: &Answer) -> Vec<Block> {
    let mut sentences = Vec::new();
    match &answer.disagreement {
        Some(values) => sentences.push(plain(format!(
            "Without agreement, by the rule `{}`: {}.",
            answer.disagreement_rule,
            each(answer, values)
        ))),
        None => sentences.push(plain(format!(
            "What each party gets without agreement is not known by the rule `{}`.",
            answer.disagreement_rule
        ))),
    }
    if answer.disagreement_rule == "status-quo" {
        sentences.push(plain("The status quo itself is no agreement and is left out of the zone."));
    }
    if let Some(ideal) = &answer.ideal {
        let over = if answer.ideal_over == "zone" { "in the zone" } else { "in any package" };
        sentences.push(plain(format!("The most that each can have {over}: {}.", each(answer, ideal))));
    }
    let mut columns = vec!["Stands out by".to_owned()];
    columns.extend(answer.parties.iter().map(|party| party.name.clone()));
    columns.extend(["Compared".to_owned(), "Options".to_owned()]);
    let mut rows = Vec::new();
    for found in &answer.found {
        if found.state != State::Found {
            let mut row = vec![called(found.concept).to_owned()];
            row.extend(answer.parties.iter().map(|_| "–".to_owned()));
            row.extend(["–".to_owned(), nothing(found.state).to_owned()]);
            rows.push(row);
        }
        for vector in found.tied.iter().take(MOST_TIES) {
            let mut row = vec![called(found.concept).to_owned()];
            row.extend(vector.worth.iter().map(|worth| short(worth)));
            let compared: Vec<String> = found.value.iter().map(|value| short(value)).collect();
            row.extend([compared.join(", "), package(vector)]);
            rows.push(row);
        }
    }
    let point = |found: &Found| {
        let mut sentences = vec![plain(format!("{}.", found.formula))];
        if found.tied.len() > 1 {
            let more =
                if found.tied.len() > MOST_TIES { format!("; the first {MOST_TIES} are shown") } else { String::new() };
            sentences.push(plain(format!("{} worths tie{more}.", found.tied.len())));
        }
        sentences.extend(found.remarks.iter().map(|remark| plain(format!("{remark}."))));
        Point { lead: format!("{}:", called(found.concept)), sentences }
    };
    vec![
        paragraph(sentences),
        table("Packages that stand out", &columns, rows),
        Block::Points { points: answer.found.iter().map(point).collect() },
    ]
}
