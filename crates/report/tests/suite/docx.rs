//! The file for Word: what the format asks for, what a reader of it is promised, and what it must not tell.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::sync::LazyLock;

use detente_case::Level;
use detente_report::document::{Block, Cell, Document, Point, Section, Sentence, Table};
use detente_report::render;
use roxmltree::Node;

use crate::support::{Tables, brief_of};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The children of a property element in the order in which the schema has them; Word calls a file in another order broken.
const ORDERS: [(&str, &str); 8] = [
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
         suppressAutoHyphens spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    ),
    (
        "rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike noProof vanish color spacing kern position sz szCs highlight u shd \
         vertAlign rtl cs lang",
    ),
    (
        "tblPr",
        "tblStyle tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar \
         tblLook tblCaption tblDescription",
    ),
    ("trPr", "cantSplit tblHeader"),
    ("tcPr", "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign"),
    ("sectPr", "headerReference footerReference endnotePr type pgSz pgMar pgBorders pgNumType cols titlePg"),
    (
        "style",
        "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    ("lvl", "start numFmt pStyle suff lvlText lvlJc pPr rPr"),
];

/// The parts of a file by their names.
struct File(BTreeMap<String, Vec<u8>>);

impl File {
    fn of(document: &Document) -> Self {
        File::read(&render::docx(document).unwrap())
    }

    fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..archive.len()).map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        });
        File(parts.collect())
    }

    fn text(&self, name: &str) -> &str {
        std::str::from_utf8(&self.0[name]).unwrap()
    }

    fn xml(&self, name: &str) -> roxmltree::Document<'_> {
        roxmltree::Document::parse(self.text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn xml_parts(&self) -> impl Iterator<Item = (&str, roxmltree::Document<'_>)> {
        let names = self.0.keys().filter(|name| !name.ends_with(".png"));
        names.map(|name| (name.as_str(), self.xml(name)))
    }
}

fn elements<'a>(xml: &'a roxmltree::Document<'_>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    xml.descendants().filter(move |node| node.tag_name().name() == name)
}

/// An attribute in the namespace of Word.
fn w<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute((W, name)).unwrap_or_else(|| panic!("{} has no {name}", node.tag_name().name()))
}

/// What stands in a part: a line for each paragraph.
fn words(xml: &roxmltree::Document<'_>) -> String {
    let paragraph = |node: Node<'_, '_>| -> String {
        node.descendants().filter(|node| node.has_tag_name((W, "t"))).filter_map(|node| node.text()).collect()
    };
    elements(xml, "p").map(paragraph).collect::<Vec<_>>().join("\n")
}

/// The flagship at three moments and the teaching case, each with its file.
static BRIEFS: LazyLock<Vec<(Document, Vec<u8>)>> = LazyLock::new(|| {
    let flagship = Tables::bundled("russia-ukraine").case();
    let teaching = Tables::bundled("camp-david-1978").case();
    let flagship = ["2022-04-30", "2023-12-31", "2026-06-23"].map(|day| brief_of(&flagship, day, Level::Public));
    let briefs = flagship.into_iter().chain([brief_of(&teaching, "1979-03-26", Level::Public)]);
    briefs.map(|brief| (render::docx(&brief).unwrap(), brief)).map(|(bytes, brief)| (brief, bytes)).collect()
});

fn briefs() -> impl Iterator<Item = (&'static Document, File)> {
    BRIEFS.iter().map(|(brief, bytes)| (brief, File::read(bytes)))
}

/// The brief of the teaching case.
fn teaching() -> &'static (Document, Vec<u8>) {
    &BRIEFS[3]
}

/// A document of one section.
fn document(title: &str, blocks: Vec<Block>) -> Document {
    let section = Section { id: "s".into(), title: "A section".into(), annex: false, blocks };
    Document {
        title: title.into(),
        subtitle: "A line".into(),
        banners: Vec::new(),
        sections: vec![section],
        ..teaching().0.clone()
    }
}

fn paragraph(sentences: Vec<Sentence>) -> Block {
    Block::Paragraph { lead: String::new(), sentences }
}

fn row(id: &str) -> Vec<Cell> {
    vec![Cell { text: id.into(), rows: Vec::new(), anchor: format!("row-{id}") }]
}

fn table(rows: Vec<Vec<Cell>>) -> Block {
    Block::Table(Table { caption: "Rows".into(), columns: vec!["Row".into()], rows })
}

/// What must hold for every file.
fn examine(file: &File) {
    check_package(file);
    for (name, xml) in file.xml_parts() {
        check_order(name, &xml);
    }
    let document = file.xml("word/document.xml");
    check_styles(file, &document);
    check_links(&document);
    check_tables(&document);
    for inline in elements(&document, "inline") {
        let properties = inline.children().find(|node| node.tag_name().name() == "docPr").unwrap();
        assert!(properties.attribute("descr").is_some_and(|text| text.len() > 20), "a picture without words");
    }
    let numbers: Vec<&str> = elements(&document, "docPr").map(|node| node.attribute("id").unwrap()).collect();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len(), "a picture's number stands twice");
}

/// Every part has a type, and every relationship leads to a part of the file and nowhere else.
fn check_package(file: &File) {
    let types = file.xml("[Content_Types].xml");
    let by_name: BTreeSet<&str> =
        elements(&types, "Override").map(|node| node.attribute("PartName").unwrap()).collect();
    let by_ending: BTreeSet<&str> =
        elements(&types, "Default").map(|node| node.attribute("Extension").unwrap()).collect();
    for name in file.0.keys().filter(|name| *name != "[Content_Types].xml") {
        let ending = name.rsplit('.').next().unwrap();
        assert!(by_name.contains(format!("/{name}").as_str()) || ["rels", "png"].contains(&ending), "{name}");
        assert!(by_ending.contains(ending), "{name}");
    }
    for name in &by_name {
        assert!(file.0.contains_key(&name[1..]), "{name} is declared and not there");
    }
    for (base, name) in [("", "_rels/.rels"), ("word/", "word/_rels/document.xml.rels")] {
        for relationship in elements(&file.xml(name), "Relationship") {
            let target = format!("{base}{}", relationship.attribute("Target").unwrap());
            assert!(file.0.contains_key(&target), "{target}");
            assert_eq!(relationship.attribute("TargetMode"), None);
        }
    }
    let relationships = file.xml("word/_rels/document.xml.rels");
    let known: BTreeSet<&str> =
        elements(&relationships, "Relationship").map(|node| node.attribute("Id").unwrap()).collect();
    assert_eq!(known.len(), elements(&relationships, "Relationship").count());
    let document = file.xml("word/document.xml");
    for node in document.descendants() {
        for attribute in node.attributes().filter(|attribute| attribute.namespace() == Some(R)) {
            assert!(known.contains(attribute.value()), "{}", attribute.value());
        }
    }
}

fn check_order(part: &str, xml: &roxmltree::Document<'_>) {
    for (name, order) in ORDERS {
        let order: Vec<&str> = order.split_whitespace().collect();
        for node in elements(xml, name) {
            let places: Vec<usize> = node
                .children()
                .filter(Node::is_element)
                .map(|child| {
                    let child = child.tag_name().name();
                    order
                        .iter()
                        .position(|known| *known == child)
                        .unwrap_or_else(|| panic!("{part}: {child} in {name}"))
                })
                .collect();
            assert!(places.is_sorted(), "{part}: the children of {name} stand in the wrong order: {places:?}");
        }
    }
}

/// Every style that is used is there, and text is formatted by styles alone.
fn check_styles(file: &File, document: &roxmltree::Document<'_>) {
    let styles = file.xml("word/styles.xml");
    let known: BTreeSet<&str> = elements(&styles, "style").map(|node| w(node, "styleId")).collect();
    assert_eq!(known.len(), elements(&styles, "style").count());
    let references = ["pStyle", "rStyle", "tblStyle", "basedOn", "next"];
    for (name, xml) in file.xml_parts() {
        for reference in references.into_iter().flat_map(|kind| elements(&xml, kind)) {
            assert!(known.contains(w(reference, "val")), "{name}: {}", w(reference, "val"));
        }
    }
    for properties in elements(document, "pPr").chain(elements(document, "rPr")) {
        for child in properties.children().filter(Node::is_element) {
            let child = child.tag_name().name();
            assert!(["pStyle", "rStyle", "sectPr"].contains(&child), "{child} belongs in a style");
        }
    }
}

/// Every link inside the document leads to one bookmark.
fn check_links(document: &roxmltree::Document<'_>) {
    let names: Vec<&str> = elements(document, "bookmarkStart").map(|node| w(node, "name")).collect();
    let known: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(known.len(), names.len(), "a bookmark stands twice");
    assert!(names.iter().all(|name| name.len() <= 40 && name.starts_with(|c: char| c.is_ascii_alphabetic())));
    let begun: Vec<&str> = elements(document, "bookmarkStart").map(|node| w(node, "id")).collect();
    let ended: Vec<&str> = elements(document, "bookmarkEnd").map(|node| w(node, "id")).collect();
    assert_eq!(begun, ended);
    assert_eq!(begun.iter().collect::<BTreeSet<_>>().len(), begun.len(), "a number of a bookmark stands twice");
    for link in elements(document, "hyperlink") {
        assert!(known.contains(w(link, "anchor")), "{} leads nowhere", w(link, "anchor"));
    }
}

/// Tables have a grid, headings that repeat, as many cells in a row as columns, and a paragraph in every cell.
fn check_tables(document: &roxmltree::Document<'_>) {
    for table in elements(document, "tbl") {
        let children = |node: Node<'_, '_>, name: &str| {
            node.children().filter(|child| child.has_tag_name((W, name))).map(|child| child.id()).collect::<Vec<_>>()
        };
        let columns = elements_of(table, "gridCol").count();
        assert!(columns > 0);
        let rows = children(table, "tr");
        for id in &rows {
            let row = document.get_node(*id).unwrap();
            let cells = children(row, "tc");
            assert_eq!(cells.len(), columns);
            for cell in cells {
                let last = document.get_node(cell).unwrap().last_element_child().unwrap();
                assert!(last.has_tag_name((W, "p")));
            }
        }
        let heads: Vec<bool> =
            rows.iter().map(|id| elements_of(document.get_node(*id).unwrap(), "tblHeader").next().is_some()).collect();
        assert!(heads[0] && !heads[1..].contains(&true), "the first row alone repeats");
    }
}

fn elements_of<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |node| node.has_tag_name((W, name)))
}

#[test]
fn every_brief_is_a_file_that_keeps_the_rules_of_the_format() {
    for (_, file) in briefs() {
        examine(&file);
    }
}

#[test]
fn the_file_says_everything_that_the_document_says() {
    for (brief, file) in briefs() {
        let words = words(&file.xml("word/document.xml"));
        let mut at = 0;
        let mut expect = |text: &str| match words[at..].find(text) {
            Some(place) => at += place + text.len(),
            None => panic!("not there, or not in its place: {text}"),
        };
        expect(&brief.title);
        expect(&brief.subtitle);
        brief.banners.iter().for_each(|banner| expect(banner));
        for section in &brief.sections {
            expect(&section.title);
            for block in &section.blocks {
                match block {
                    Block::Paragraph { lead, sentences } => {
                        expect(lead);
                        sentences.iter().for_each(|sentence| expect(&sentence.text));
                    }
                    Block::Points { points } => {
                        for Point { lead, sentences } in points {
                            expect(lead);
                            sentences.iter().for_each(|sentence| expect(&sentence.text));
                        }
                    }
                    Block::Figure(figure) => {
                        expect(&figure.title);
                        expect(&figure.description);
                        figure.credit.iter().for_each(|credit| expect(credit));
                    }
                    Block::Table(table) => {
                        expect(&table.caption);
                        table.columns.iter().for_each(|column| expect(column));
                        table.rows.iter().flatten().for_each(|cell| expect(&cell.text));
                    }
                }
            }
        }
        expect(&brief.about.case_digest);
    }
}

#[test]
fn figures_and_tables_are_numbered_by_fields_and_figures_fit_the_page() {
    for (brief, file) in briefs() {
        let document = file.xml("word/document.xml");
        let numbers = |instruction: &str| {
            let fields = elements(&document, "fldSimple").filter(|field| w(*field, "instr").contains(instruction));
            fields
                .map(|field| {
                    field.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect::<String>()
                })
                .collect::<Vec<_>>()
        };
        let figures = brief.figures().count();
        assert_eq!(numbers("SEQ Figure"), (1..=figures).map(|n| n.to_string()).collect::<Vec<_>>());
        assert_eq!(numbers("SEQ Table").len(), elements(&document, "tbl").count());
        let pictures = file.0.iter().filter(|(name, _)| name.starts_with("word/media/")).collect::<Vec<_>>();
        assert_eq!(pictures.len(), figures);
        for (extent, figure) in elements(&document, "extent").zip(brief.figures()) {
            let size = |name| extent.attribute(name).unwrap().parse::<f64>().unwrap() / 36_000.0;
            let (width, height) = (size("cx"), size("cy"));
            assert!(width <= 178.1 && height <= 210.0, "{}: {width} mm by {height} mm", figure.id);
            assert!((width / height - figure.width / figure.height).abs() < 0.01, "{} is distorted", figure.id);
        }
        // The header of a PNG holds its width: 200 dots an inch.
        let pixels = u32::from_be_bytes(file.0["word/media/figure1.png"][16..20].try_into().unwrap());
        assert!((1395..=1410).contains(&pixels), "{pixels} pixels");
    }
}

#[test]
fn pages_are_numbered_and_wide_tables_of_the_annex_lie_across() {
    for (_, file) in briefs() {
        let document = file.xml("word/document.xml");
        let pages: Vec<(&str, &str)> = elements(&document, "pgSz").map(|page| (w(page, "w"), w(page, "h"))).collect();
        // The text, the annex that is text, the annex that is wide tables.
        assert_eq!(pages, [("11906", "16838"), ("11906", "16838"), ("16838", "11906")]);
        for part in elements(&document, "sectPr") {
            assert_eq!(elements_of(part, "headerReference").count() + elements_of(part, "footerReference").count(), 2);
        }
        let footer = file.xml("word/footer.xml");
        let fields: Vec<&str> = elements(&footer, "fldSimple").map(|field| w(field, "instr").trim()).collect();
        assert_eq!(fields, ["PAGE", "NUMPAGES"]);
    }
}

#[test]
fn a_user_finds_the_styles_under_the_names_that_word_gives_them() {
    let file = File::of(&document("Styles", Vec::new()));
    let styles = file.xml("word/styles.xml");
    let names: BTreeSet<&str> = elements(&styles, "name").map(|name| w(name, "val")).collect();
    for name in [
        "Normal",
        "Title",
        "Subtitle",
        "heading 1",
        "heading 2",
        "Body Text",
        "List Bullet",
        "caption",
        "header",
        "footer",
        "Strong",
        "Banner",
        "Figure",
        "Figure Description",
        "Row Reference",
        "Table Heading",
        "Table Text",
        "Brief Table",
    ] {
        assert!(names.contains(name), "{name}");
    }
    let language = elements(&styles, "lang").next().unwrap();
    assert_eq!(w(language, "val"), "en-GB");
}

#[test]
fn the_level_of_markings_stands_on_every_page() {
    let case = Tables::bundled("camp-david-1978").case();
    for (level, word) in [(Level::Public, "Public"), (Level::Restricted, "RESTRICTED"), (Level::All, "CONFIDENTIAL")] {
        let file = File::of(&brief_of(&case, "1979-03-26", level));
        assert!(words(&file.xml("word/header.xml")).starts_with(word));
        assert!(words(&file.xml("word/document.xml")).contains(word));
    }
}

#[test]
fn nothing_tells_who_wrote_the_file_or_when() {
    let (brief, bytes) = teaching();
    assert!(*bytes == render::docx(brief).unwrap(), "two runs give two files");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
    for index in 0..archive.len() {
        let part = archive.by_index(index).unwrap();
        assert_eq!(part.last_modified().map(|time| time.to_string()).as_deref(), Some("1980-01-01 00:00:00"));
    }
    let file = File::read(bytes);
    let core = file.xml("docProps/core.xml");
    let told: Vec<&str> =
        core.root_element().children().filter(Node::is_element).map(|n| n.tag_name().name()).collect();
    assert_eq!(told, ["title", "subject", "creator", "language"]);
    assert!(file.text("docProps/core.xml").contains(&format!("<dc:creator>Détente {}<", brief.about.version)));
    for (name, xml) in file.xml_parts() {
        for node in xml.descendants() {
            for attribute in node.attributes() {
                let name_of = attribute.name();
                assert!(!name_of.starts_with("rsid") && name_of != "author" && name_of != "date", "{name}: {name_of}");
            }
        }
    }
}

#[test]
fn a_row_is_a_link_only_where_the_document_has_the_row() {
    let sentences = vec![
        Sentence::with_rows("Two rows.", ["p1".to_owned(), "p9".to_owned()]),
        Sentence::with_rows("Four rows.", ["p1", "p2", "p3", "p4"].map(str::to_owned)),
        Sentence::plain("None."),
    ];
    let document = document("Links", vec![paragraph(sentences), table(vec![row("p1"), row("p2"), row("p1")])]);
    let file = File::of(&document);
    examine(&file);
    let xml = file.xml("word/document.xml");
    let words = words(&xml);
    assert!(words.contains("Two rows. [p1, p9] Four rows. [4\u{a0}rows, list\u{a0}1] None."), "{words}");
    assert!(words.contains("List 1. p1, p2, p3, p4"), "{words}");
    let links: Vec<&str> = elements(&xml, "hyperlink").map(|link| w(link, "anchor")).collect();
    assert_eq!(links, ["row_1", "list_1", "row_1", "row_2"]);
}

#[test]
fn hostile_texts_stay_texts() {
    let hostile =
        "</w:t></w:r> <script>&amp; ]]> {{ body }} \u{0}\u{1b}\u{ffff} \u{202e}evil \"'` שלום Зеленський İstanbul \n\t";
    let long = "x".repeat(30_000);
    let cell = |text: &str| Cell { text: text.into(), rows: vec![hostile.into()], anchor: hostile.into() };
    let mut figure = teaching().0.figures().next().unwrap().clone();
    (figure.title, figure.description, figure.credit) = (hostile.into(), hostile.into(), Some(hostile.into()));
    let ragged = Table {
        caption: hostile.into(),
        columns: vec![hostile.into(), String::new()],
        rows: vec![vec![cell(hostile)], vec![cell(&long), cell(""), cell(hostile)], Vec::new()],
    };
    let empty = Table { caption: "Nothing".into(), columns: Vec::new(), rows: Vec::new() };
    let mut document = document(
        hostile,
        vec![
            Block::Paragraph {
                lead: hostile.into(),
                sentences: vec![Sentence::plain(hostile), Sentence::plain(&*long)],
            },
            Block::Points { points: vec![Point { lead: String::new(), sentences: Vec::new() }] },
            Block::Figure(Box::new(figure)),
            Block::Table(ragged),
            Block::Table(empty),
            paragraph(vec![Sentence::with_rows(hostile, (0..9).map(|n| format!("{hostile}{n}")))]),
        ],
    );
    document.subtitle = hostile.into();
    document.banners = vec![hostile.into()];
    document.sections[0].title = hostile.into();
    let file = File::of(&document);
    examine(&file);
    let words = words(&file.xml("word/document.xml"));
    let told = "</w:t></w:r> <script>&amp; ]]> {{ body }} \u{fffd}\u{fffd}\u{fffd} evil \"'` שלום Зеленський İstanbul";
    assert!(words.matches(told).count() >= 12, "{}", words.matches(told).count());
    assert!(words.contains(&long));
    assert!(!file.text("word/document.xml").contains("<script"));
}

#[test]
fn a_document_without_anything_is_a_file_too() {
    let mut empty = document("", Vec::new());
    empty.sections.clear();
    examine(&File::of(&empty));
}

#[test]
fn a_figure_that_is_no_drawing_is_an_error_that_names_it() {
    let mut figure = teaching().0.figures().next().unwrap().clone();
    figure.svg = "<svg".into();
    let error = render::docx(&document("Broken", vec![Block::Figure(Box::new(figure))])).unwrap_err();
    assert!(error.to_string().starts_with("figure `coverage`: the drawing cannot be read"), "{error}");
}
