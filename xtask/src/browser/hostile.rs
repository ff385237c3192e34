//! A case whose every text tries to be more than text.

use std::path::Path;

use serde_json::json;

use detente_case::table::escape;

use crate::shell::write;

/// The title of the case.
pub const TITLE: &str = "<script>window.hostile=1</script> {{7*7}} ]]> & \"Title\"";

/// Markup, template syntax, ends of sections, formulas, addresses, direction, emoji, and words without spaces.
const TEXTS: [&str; 9] = [
    "<script>window.hostile=1</script>",
    "\"><img src=x onerror=window.hostile=1>",
    "'></text></svg><svg onload=window.hostile=1>",
    "]]></style></title><iframe srcdoc='<script>parent.hostile=1</script>'></iframe>",
    "{{7*7}} {% raw %} ${7*7} <%= 7*7 %> [x](javascript:window.hostile=1)",
    "=HYPERLINK(\"javascript:window.hostile=1\") &lt;b&gt; &#60;b&#62;",
    "\u{202e}מילים מימין לשמאל\u{202c} كلمات من اليمين إلى اليسار \u{2067}abc\u{2069}",
    "👩‍👩‍👧‍👦🏳️‍🌈🇺🇦 e\u{301}\u{323} 核兵器 \u{200b}\u{feff}",
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenverordnungsänderungsentwurfsbegründungstext",
];

/// A text of the list; numbers beyond it begin anew.
fn text(number: usize) -> String {
    let one = TEXTS[number % TEXTS.len()];
    format!("{one} {number}")
}

/// A table in which every cell stands between quotation marks.
fn table(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        cells.join(",") + "\n"
    };
    rows.iter().map(line).collect()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// The header of a table.
fn columns(names: &str) -> Vec<String> {
    names.split(',').map(str::to_owned).collect()
}

/// Writes the case.
pub fn write_case(folder: &Path) -> Result<(), String> {
    let files = [
        ("case.toml", settings()),
        ("actors.csv", actors()),
        ("issues.csv", issues()),
        ("topics.csv", topics()),
        ("positions.csv", positions()),
        ("events.csv", events()),
        ("relations.csv", relations()),
        ("factors.csv", factors()),
        ("sources.json", sources()),
    ];
    files.into_iter().try_for_each(|(name, content)| write(&folder.join(name), content))
}

fn settings() -> String {
    // A JSON text between quotation marks is a TOML text too.
    let quoted = |text: &str| json!(text).to_string();
    format!(
        "schema = 1\ntitle = {}\nquestion = {}\nas_of = 2024-12-31\nstarts = 2022-01-01\nlanguages = [\"en\"]\n\
         principals = [\"a\", \"b\"]\nneutrality_note = {}\nintended_use = {}\naffected_groups = [{}, {}, {}]\nkeep_ids = true\n\
         [[credit]]\nsource = \"s1\"\nline = {}\n\
         [[contradiction]]\nmatter = {}\nversions = {}\nrows = [\"p1\"]\n",
        quoted(TITLE),
        quoted(&text(1)),
        quoted(&text(2)),
        quoted(&text(3)),
        quoted(&text(4)),
        quoted(&text(6)),
        quoted(&text(8)),
        quoted(&text(0)),
        quoted(&text(1)),
        quoted(&text(2)),
    )
}

fn actors() -> String {
    let mut rows = vec![columns("id,name,kind,role,note")];
    for (number, (id, kind, role)) in [
        ("a", "state", "principal"),
        ("b", "armed_group", "principal"),
        ("c", "organisation", "mediator"),
        ("d", "bloc", "backer"),
        ("e", "person", "observer"),
    ]
    .into_iter()
    .enumerate()
    {
        rows.push(row([id, &text(number), kind, role, &text(number + 3)]));
    }
    table(&rows)
}

/// Issues have as many options as there are texts; each text is a title and a label once.
fn issues() -> String {
    let mut rows = vec![columns("issue,title,group,option,label,norm_flag,notes")];
    for issue in 0..TEXTS.len() {
        for option in 0..5 {
            let (title, group) = (text(issue), text(issue / 3 + 4));
            let label = text(issue + option);
            rows.push(row([
                &format!("i{issue}"),
                &title,
                &group,
                &format!("o{option}"),
                &label,
                &text(option),
                &title,
            ]));
        }
    }
    table(&rows)
}

fn topics() -> String {
    let mut rows = vec![columns("topic,title,issue,track")];
    rows.push(row(["i0", &text(0), "i0", "humanitarian"]));
    rows.push(row(["t1", &text(8), "", "political"]));
    table(&rows)
}

fn positions() -> String {
    let mut rows = vec![columns(
        "id,document,actor,organ,issue,kind,best_option,rules_out,condition,valid_from,statement,quote,locator,basis,source_id,link,coder,uncoded_reason,coder_note,x_own",
    )];
    for number in 0..4 * TEXTS.len() {
        // Ids are texts too.
        let id = if number % 4 == 3 { format!("p{number}{}", TEXTS[number / 4]) } else { format!("p{number}") };
        let actor = ["a", "b"][number % 2];
        let issue = format!("i{}", number / 4);
        let is_limit = number % 4 == 2;
        let option = format!("o{}", (number * 3 + number / 4) % 5);
        let (kind, best, rules_out) = if is_limit { ("red_line", "", "o4") } else { ("demand", option.as_str(), "") };
        // Escaped as an export does it: its apostrophe may stand before what looks like a formula.
        let condition = format!("'{}'", text(number + 1).replace('\'', "’"));
        let condition = escape(&condition);
        let month = format!("202{}-{:02}-15", 2 + number % 3, 1 + number % 12);
        rows.push(row([
            &id,
            &text(number),
            actor,
            "1",
            &issue,
            kind,
            best,
            rules_out,
            &condition,
            &month,
            &text(number),
            &text(number + 2),
            &text(number + 3),
            "party_text",
            "s1",
            "javascript:window.hostile=1",
            &text(number + 4),
            "",
            &text(number + 5),
            &text(number + 6),
        ]));
    }
    table(&rows)
}

fn events() -> String {
    let mut rows = vec![columns(
        "id,date,type,series,title,place,country,level,parties,parties_text,mediators,topics,outcome,direction,source_id,note",
    )];
    for number in 0..2 * TEXTS.len() {
        let id = format!("e{number}{}", TEXTS[number / 2]);
        let date = format!("202{}-{:02}-20", 2 + number % 3, 1 + (number * 5) % 12);
        let kind = ["talks", "exchange", "agreement", "breakdown", "proposal"][number % 5];
        let direction = ["progress", "setback", "binding_act", "neutral"][number % 4];
        let level = ["leaders", "ministers", "delegations", "technical"][number % 4];
        let words = text(number).replace(';', ",");
        let topic = if number % 3 == 0 { "i0" } else { "i1" };
        rows.push(row([
            &id, &date, kind, &words, &words, &words, "CH", level, "a;b", &words, "c", topic, &words, direction, "s1",
            &words,
        ]));
    }
    table(&rows)
}

fn relations() -> String {
    let mut rows = vec![columns("id,from,to,type,valid_from,basis,source_id")];
    for (number, (from, to, kind)) in
        [("d", "a", "backs"), ("e", "b", "arms"), ("c", "a", "mediates"), ("d", "b", "sanctions"), ("c", "b", "hosts")]
            .into_iter()
            .enumerate()
    {
        rows.push(row([&format!("r{number}{}", TEXTS[number]), from, to, kind, "2022-02-01", &text(number), "s1"]));
    }
    table(&rows)
}

fn factors() -> String {
    let mut rows = vec![columns("factor,date,value,unit,note,source_id")];
    for number in 0..4 * TEXTS.len() {
        let date = format!("202{}-{:02}-01", 2 + number % 3, 1 + number % 12);
        let factor = &TEXTS[number % TEXTS.len()];
        rows.push(row([factor, &date, &number.to_string(), &text(number), &text(number + 1), "s1"]));
    }
    table(&rows)
}

fn sources() -> String {
    let items = json!([{
        "id": "s1",
        "type": "webpage",
        "title": text(0),
        "author": [{ "literal": text(1) }, { "family": text(2), "given": text(3) }],
        "publisher": text(4),
        "container-title": text(8),
        "issued": { "date-parts": [[2024, 1, 1]] },
        "URL": "javascript:window.hostile=1",
        "note": text(6),
    }]);
    items.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_case::{Folder, load};

    #[test]
    fn the_hostile_case_has_no_errors() {
        let folder = crate::shell::Temporary::new().unwrap();
        write_case(&folder.0).unwrap();
        let loaded = load(&Folder::Disk(folder.0.clone()), |_| {});
        let errors: Vec<_> =
            loaded.diagnostics.iter().filter(|d| d.severity == detente_case::Severity::Error).collect();
        assert!(loaded.case.is_some() && errors.is_empty(), "{errors:#?}");
    }
}
