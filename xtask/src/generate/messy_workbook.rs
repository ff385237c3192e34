//! The press review with which the half-hour tutorial begins: a workbook such as analysts keep, with all its troubles.
//!
//! The rows are statements of the flagship case with their sources. The troubles are added: a title merged over the table, a
//! header of two rows with merged cells, three styles of dates, several languages, a name that can be read in two ways, an actor
//! merged over its rows, empty rows, a remark below the table, and a second sheet that is no table.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// How a date is written.
enum Date {
    /// As a date of the spreadsheet.
    Real(u16, u8, u8),
    /// As text.
    Text(&'static str),
}
use Date::{Real, Text};

/// Who, about what, when, which words, where, remark. A row without words is left empty.
type Line = (&'static str, &'static str, Date, &'static str, &'static str, &'static str);

const LINES: [Line; 25] = [
    (
        "NGA",
        "Neutrality / NATO",
        Text("07.03.2022"),
        "Ukraine to renounce in its constitution the joining of any bloc",
        "https://www.dailywire.com/news/russia-says-it-is-ready-to-stop-invasion-in-a-moment-if-ukraine-meets-conditions",
        "spokesman",
    ),
    (
        "NGA",
        "Крим",
        Text("07.03.2022"),
        "Ukraine should recognise Crimea as Russian territory",
        "https://www.dailywire.com/news/russia-says-it-is-ready-to-stop-invasion-in-a-moment-if-ukraine-meets-conditions",
        "",
    ),
    (
        "Ukraine",
        "Neutrality / NATO",
        Real(2022, 3, 29),
        "Permanent neutrality and non-alignment under international guarantees",
        "https://www.glostat.com/documents-countries/main-provisions-of-treaty-on-ukraines-security-guarantees-istanbul-communiqu%C3%A9-2022/",
        "communiqué",
    ),
    (
        "Україна",
        "Крим",
        Real(2022, 3, 29),
        "Guarantees do not apply to Crimea and Sevastopol; status to be settled separately",
        "https://www.glostat.com/documents-countries/main-provisions-of-treaty-on-ukraines-security-guarantees-istanbul-communiqu%C3%A9-2022/",
        "",
    ),
    (
        "Ukraine",
        "Донбас",
        Real(2022, 3, 29),
        "Guarantees do not apply to certain areas of Donetsk and Luhansk regions",
        "https://www.glostat.com/documents-countries/main-provisions-of-treaty-on-ukraines-security-guarantees-istanbul-communiqu%C3%A9-2022/",
        "",
    ),
    ("", "", Text(""), "", "", ""),
    (
        "NGA",
        "Крим",
        Text("12 April 2022"),
        "No progress until Ukraine recognises Crimea as part of Russia",
        "https://peoplesdispatch.org/2022/04/13/putin-accuses-ukraine-of-going-back-on-promises-made-at-istanbul-talks/",
        "",
    ),
    (
        "Росія",
        "Санкції",
        Text("30 квітня 2022"),
        "Names the lifting of sanctions as part of the talks",
        "https://japannews.yomiuri.co.jp/news-services/reuters/20220501-24608",
        "Reuters",
    ),
    (
        "Україна",
        "Санкції",
        Text("30 квітня 2022"),
        "Sanctions are not discussed in the talks; they depend on partners and their reason stands",
        "https://www.pravda.com.ua/eng/news/2022/04/30/7343177/",
        "",
    ),
    (
        "NGA",
        "Донбас",
        Text("30.09.2022"),
        "Donetsk and Luhansk are joined to Russia for good; status not for discussion",
        "https://www.whqr.org/2022-09-30/putin-illegally-annexes-territories-in-ukraine-in-spite-of-global-opposition",
        "speech",
    ),
    (
        "Ukraine",
        "Полонені",
        Text("15.11.2022"),
        "ми поіменно знаємо майже 11 тисяч дітей, які були силою депортовані до Росії",
        "https://novosti.dn.ua/news/336782-zelenskyj-zaklykav-do-obminu-polonenymy-za-formuloyu-vsih-na-vsih",
        "G20",
    ),
    (
        "Ukraine",
        "Крим",
        Text("15.11.2022"),
        "Territorial integrity restored under the UN Charter; not a matter for negotiation",
        "https://civil.today/?p=40443",
        "G20",
    ),
    (
        "Россия",
        "Tribunal",
        Text("1 December 2022"),
        "Non avranno alcuna legittimità, non saranno accettati da noi e li condanneremo",
        "https://www.lapresse.it/esteri/2022/12/01/ucraina-cremlino-tribunali-su-azioni-russia-sono-illegittimi/",
        "",
    ),
    ("", "", Text(""), "", "", ""),
    (
        "China",
        "Ceasefire",
        Real(2023, 2, 24),
        "Gradual de-escalation towards a comprehensive ceasefire, talks to resume",
        "https://newseu.cgtn.com/news/2023-02-25/China-s-12-point-peace-position-on-Ukraine-what-it-says-1hH6nRMDfJS/index.html",
        "12 points",
    ),
    (
        "Türkiye",
        "Крим",
        Real(2024, 3, 8),
        "Supports the sovereignty and territorial integrity of Ukraine; ready to host a summit",
        "https://www.world-today-news.com/turkeys-erdogan-ready-to-host-russia-ukraine-summit-supports-ukraines-territorial-integrity/",
        "",
    ),
    (
        "Россия",
        "Донбас",
        Text("14 июня 2024"),
        "Complete Ukrainian withdrawal from both regions in administrative borders before ceasefire and talks",
        "https://kyivindependent.com/putin-names-ceasefire-demands-full-ukrainian-withdrawal-from-four-oblasts/",
        "speech",
    ),
    (
        "Россия",
        "Крим",
        Text("14 июня 2024"),
        "признаны новые территориальные реалии, статус Крыма, Севастополя, Донецкой, Луганской народных республик",
        "http://narod-novosti.ru/?p=391540",
        "speech",
    ),
    (
        "Ukraine",
        "ЗАЕС",
        Text("16.06.2024"),
        "The plant to work under full sovereign control of Ukraine with IAEA supervision",
        "http://www.freedomforge.info/2024/06/17/military-operations-in-ukraine-supporters-of-burgenstock-final-document-reduced-to-78",
        "joint communiqué",
    ),
    (
        "USA",
        "Neutrality / NATO",
        Real(2025, 2, 12),
        "Membership is not a realistic outcome of a negotiated settlement",
        "https://news.liga.net/en/all/news/us-defense-secretary-hegseth-declares-ukraines-nato-aspirations-and-pre-2014-borders-unrealistic",
        "",
    ),
    (
        "NGA",
        "Ceasefire",
        Text("02.06.2025"),
        "Two ways to a ceasefire: Ukrainian withdrawal from four regions, or a package (no redeployment, end of mobilisation and foreign arms, elections)",
        "https://www.pravda.com.ua/eng/news/2025/06/2/7515266/",
        "memorandum",
    ),
    (
        "Україна",
        "Ceasefire",
        Text("2 червня 2025"),
        "Full and unconditional ceasefire before negotiations",
        "https://news.liga.net/en/amp/politics/news/the-full-text-of-the-memorandum-with-which-ukraine-will-go-to-negotiations-in-istanbul-has-appeared-suspilne",
        "memorandum",
    ),
    (
        "Україна",
        "Полонені",
        Text("2 червня 2025"),
        "Exchange of all for all and release of civilians",
        "https://news.liga.net/en/amp/politics/news/the-full-text-of-the-memorandum-with-which-ukraine-will-go-to-negotiations-in-istanbul-has-appeared-suspilne",
        "memorandum",
    ),
    ("", "", Text(""), "", "", ""),
    (
        "European Union",
        "Донбас",
        Real(2025, 10, 21),
        "Current line of contact as starting point; borders not to be changed by force",
        "https://dunyanews.tv/en/World/913244-european-leaders-back-trumps-call-for-ukraine-ceasefire-at-present-li",
        "joint statement",
    ),
];

/// The first row of the table below its header, from 0.
const FIRST: u32 = 4;

/// The workbook.
pub fn bytes() -> Result<Vec<u8>, String> {
    write().map_err(|error| format!("the press review cannot be written: {error}"))
}

fn write() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?));
    let sheet = book.add_worksheet().set_name("Press review")?;
    header(sheet)?;
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (row, (who, about, date, words, link, remark)) in (FIRST..).zip(&LINES) {
        if words.is_empty() {
            continue;
        }
        sheet.write_string(row, 0, *who)?;
        sheet.write_string(row, 1, *about)?;
        sheet.write_string(row, 2, *words)?;
        match date {
            Real(year, month, number) => {
                sheet.write_datetime_with_format(row, 3, ExcelDateTime::from_ymd(*year, *month, *number)?, &day)?;
            }
            Text(text) => _ = sheet.write_string(row, 3, *text)?,
        }
        sheet.write_string(row, 4, *link)?;
        sheet.write_string(row, 5, *remark)?;
    }
    // The first two rows are of one actor: written once, and merged down.
    sheet.merge_range(FIRST, 0, FIRST + 1, 0, LINES[0].0, &Format::new().set_align(FormatAlign::Top))?;
    let below = FIRST + u32::try_from(LINES.len()).unwrap_or_default() + 1;
    sheet.write_string(below, 0, "to do: check the last two again")?;
    let notes = book.add_worksheet().set_name("notes")?;
    notes.write_string(0, 0, "abbreviations: NGA = Russia (Vietnamese: Nga)")?;
    book.save_to_buffer()
}

/// A title over the table, and a header of two rows.
fn header(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, 5, "Огляд преси / press review — working copy", &bold)?;
    sheet.merge_range(2, 0, 3, 0, "Хто", &bold)?;
    sheet.merge_range(2, 1, 2, 2, "Що", &bold)?;
    sheet.write_string_with_format(3, 1, "Тема", &bold)?;
    sheet.write_string_with_format(3, 2, "Слова", &bold)?;
    sheet.merge_range(2, 3, 3, 3, "Дата", &bold)?;
    sheet.merge_range(2, 4, 3, 4, "Посилання", &bold)?;
    sheet.merge_range(2, 5, 3, 5, "remark", &bold)?;
    for (column, width) in (0_u16..).zip([14.0, 20.0, 60.0, 16.0, 40.0, 18.0]) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}
