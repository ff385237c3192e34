use proptest::prelude::*;

use super::DayOrder::{DayFirst, MonthFirst};
use super::*;

/// The date of a text that is one in one order only, or the same in both.
fn when(text: &str) -> Option<String> {
    let (day, month) = (read(text, DayFirst), read(text, MonthFirst));
    assert!(day.is_none() || month.is_none() || day == month, "{text}: its order is not clear");
    day.or(month).map(|date| date.when.to_string())
}

#[test]
fn the_same_day_in_many_styles_and_languages() {
    for text in [
        "2022-03-29",
        "2022/3/29",
        "2022.03.29",
        "20220329",
        "2022-03-29T10:15:00Z",
        "2022-03-29 00:00:00",
        "29.03.2022 10:15",
        "29.03.2022",
        "29. 3. 2022",
        "29.03.2022 р.",
        "29.03.2022г.",
        "29/03/2022",
        "29-03-2022",
        "29-Mar-2022",
        "29 Mar. 2022",
        "March 29, 2022",
        "March 29th 2022",
        "the 29th of March 2022",
        "Mar 29 2022",
        "2022 March 29",
        "29 березня 2022",
        "29 березня 2022 р.",
        "29 березня 2022 року",
        "29 марта 2022 г.",
        "29 Марта 2022 года",
        "29 mars 2022",
        "le 29 mars 2022",
        "29. März 2022",
        "29. MÄRZ 2022",
        "29 de marzo de 2022",
        "29 Mart 2022",
        "29 marca 2022 r.",
        "29 مارس 2022",
        "٢٩ مارس ٢٠٢٢",
        "29 آذار 2022",
        "2022年3月29日",
        "2022년 3월 29일",
    ] {
        assert_eq!(when(text).as_deref(), Some("2022-03-29"), "{text}");
    }
}

#[test]
fn months_and_years_without_a_day() {
    for text in
        ["March 2022", "2022-03", "03.2022", "3/2022", "березень 2022 р.", "Mart 2022", "2022年3月", "mars, 2022"]
    {
        assert_eq!(when(text).as_deref(), Some("2022-03"), "{text}");
    }
    for text in ["2022", "2022 р.", "2022 год", "2022年"] {
        assert_eq!(when(text).as_deref(), Some("2022"), "{text}");
    }
}

#[test]
fn names_of_months_that_other_languages_use_otherwise() {
    assert_eq!(when("1 listopada 2022").as_deref(), Some("2022-11-01"));
    assert_eq!(when("1 листопада 2022").as_deref(), Some("2022-11-01"));
    assert_eq!(when("1 Ağustos 2022").as_deref(), Some("2022-08-01"));
    assert_eq!(when("1 ARALIK 2022").as_deref(), Some("2022-12-01"));
    assert_eq!(when("1 Şub 2022").as_deref(), Some("2022-02-01"));
    assert_eq!(when("1er août 2022").as_deref(), Some("2022-08-01"));
    assert_eq!(when("15 كانون الثاني 2022").as_deref(), Some("2022-01-15"));
    assert_eq!(when("15 تشرين الأول 2022").as_deref(), Some("2022-10-15"));
}

#[test]
fn of_a_range_the_first_day_is_taken() {
    for text in [
        "29–30 March 2022",
        "29-30.03.2022",
        "29.03-02.04.2022",
        "29.03.2022 – 31.03.2022",
        "2022-03-29/2022-03-31",
        "29 March – 2 April 2022",
        "March 29–31, 2022",
        "March 29 – April 2, 2022",
        "29 марта – 2 апреля 2022 г.",
        "29 до 31 березня 2022",
        "29. bis 31. März 2022",
        "29/30 March 2022",
    ] {
        let date = read(text, DayFirst).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((date.when.to_string().as_str(), date.of_range), ("2022-03-29", true), "{text}");
    }
    assert_eq!(when("March–April 2022").as_deref(), Some("2022-03"));
    assert_eq!(when("2021-2022").as_deref(), Some("2021"));
}

#[test]
fn what_is_not_clearly_a_date_is_none() {
    for text in [
        "",
        "29.03.22",
        "29/03/'22",
        "3/29/22",
        "29 March",
        "March",
        "spring 2022",
        "31.02.2022",
        "2022-13-01",
        "12 2022",
        "1,2,2022",
        "1.2-2022",
        "~2022",
        "2022?",
        "c. 2022",
        "44649",
        "100",
        "0000",
        "0999",
        "2022-03-29 x",
        "10:15",
        "29.03.2022 25 people",
        "31–29 March 2022",
        "28 December – 2 January 2023",
        "No. 5 of 2022",
        "29..03..2022",
    ] {
        assert_eq!(when(text), None, "{text}");
    }
}

#[test]
fn where_day_and_month_could_change_places_the_order_decides() {
    for (text, order, day) in [
        ("04/05/2022", DayFirst, "2022-05-04"),
        ("04/05/2022", MonthFirst, "2022-04-05"),
        ("4.5.2022", DayFirst, "2022-05-04"),
        ("04.05–06.05.2022", DayFirst, "2022-05-04"),
    ] {
        assert_eq!(read(text, order).unwrap().when.to_string(), day, "{text}");
    }
    assert_eq!(read("29/03/2022", MonthFirst), None);
}

proptest! {
    #[test]
    fn a_day_written_in_any_style_is_that_day(
        year in 1900..2100_i16, month in 1..=12_i8, date in 1..=31_i8, name in any::<prop::sample::Index>(), style in 0..9,
    ) {
        prop_assume!(Day::new(year, month, date).is_ok());
        let names = months::MONTHS[usize::try_from(month - 1).unwrap()].join(", ");
        let name = *name.get(&names.split(", ").collect::<Vec<_>>());
        let (text, order) = match style {
            0 => (format!("{year}-{month:02}-{date:02}"), None),
            1 => (format!("{date:02}.{month:02}.{year}"), Some(DayFirst)),
            2 => (format!("{month}/{date}/{year}"), Some(MonthFirst)),
            3 => (format!("{date} {name} {year}"), None),
            4 => (format!("{name} {date}, {year}"), None),
            5 => (format!("{date}-{name}-{year}"), None),
            6 => (format!("{}, {year} г.", format!("{date} {name}").to_uppercase()), None),
            7 => (format!("{year}年{month}月{date}日"), None),
            _ => (format!("{year}{month:02}{date:02}"), None),
        };
        let expected = Some(ReadDate { when: When::day(Day::new(year, month, date).unwrap()), of_range: false });
        for order in order.map_or(vec![DayFirst, MonthFirst], |order| vec![order]) {
            prop_assert_eq!(read(&text, order), expected, "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,40}|[0-9./ \\-–a-zмая年月]{0,24}") {
        for order in [DayFirst, MonthFirst] {
            if let Some(date) = read(&text, order) {
                prop_assert!(date.when.first() <= date.when.last());
                let iso = date.when.to_string();
                prop_assert_eq!(read(&iso, order).map(|again| again.when), Some(date.when));
            }
        }
    }
}
