//! The short own list: long forms and abbreviations of territories that the CLDR does not have, armed groups, organisations.

use super::spelling::{normalise, without_accents};
use super::territories::table;
use super::{Reading, ReadingKind, Subject};
use std::sync::OnceLock;

/// What an entry of the own list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// An armed group, past or present.
    ArmedGroup,
    /// An organisation of states, or a political one.
    Organisation,
}

/// An armed group or organisation of the own list.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// A short identifier, such as `hamas`.
    pub id: &'static str,
    /// What it is.
    pub kind: EntryKind,
    /// The English name.
    pub english: &'static str,
    /// The texts that mean it.
    pub names: &'static [&'static str],
}

const fn armed_group(id: &'static str, english: &'static str, names: &'static [&'static str]) -> Entry {
    Entry { id, kind: EntryKind::ArmedGroup, english, names }
}

const fn organisation(id: &'static str, english: &'static str, names: &'static [&'static str]) -> Entry {
    Entry { id, kind: EntryKind::Organisation, english, names }
}

/// The readings of a normalised text.
pub(super) fn named(key: &str) -> Vec<Reading> {
    let index = index();
    let start = index.partition_point(|name| name.key.as_str() < key);
    index.iter().skip(start).take_while(|name| name.key == key).filter_map(Name::reading).collect()
}

/// The readings of a text without accents.
pub(super) fn named_without_accents(plain: &str) -> Vec<Reading> {
    index().iter().filter(|name| name.plain == plain).filter_map(Name::reading).collect()
}

/// All texts of the list.
pub(super) fn spellings() -> impl Iterator<Item = &'static str> {
    texts().map(|(text, _)| text)
}

/// A text of the list.
struct Name {
    key: String,
    /// The key without accents.
    plain: String,
    target: Target,
}

/// What a text of the list means.
#[derive(Clone, Copy)]
enum Target {
    /// The territory of an alpha-2 code.
    Territory(&'static str),
    Entry(&'static Entry),
}

impl Name {
    fn reading(&self) -> Option<Reading> {
        let (kind, subject) = match self.target {
            Target::Territory(alpha2) => (ReadingKind::LongForm, Subject::Territory(table().alpha2(alpha2)?)),
            Target::Entry(entry) => match entry.kind {
                EntryKind::ArmedGroup => (ReadingKind::ArmedGroup, Subject::Entry(entry)),
                EntryKind::Organisation => (ReadingKind::Organisation, Subject::Entry(entry)),
            },
        };
        Some(Reading { kind, subject })
    }
}

/// The list by normalised text, sorted, made once.
fn index() -> &'static [Name] {
    static INDEX: OnceLock<Vec<Name>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let name = |(text, target)| {
            let key = normalise(text);
            Name { plain: without_accents(&key), key, target }
        };
        let mut names: Vec<Name> = texts().map(name).collect();
        names.sort_by(|a, b| a.key.cmp(&b.key));
        names
    })
}

fn texts() -> impl Iterator<Item = (&'static str, Target)> {
    let territories =
        LONG_FORMS.iter().flat_map(|(alpha2, texts)| texts.iter().map(|text| (*text, Target::Territory(alpha2))));
    let entries = ENTRIES.iter().flat_map(|entry| entry.names.iter().map(move |text| (*text, Target::Entry(entry))));
    territories.chain(entries)
}

/// Long forms, abbreviations and other common names by alpha-2 code. A text under two codes is ambiguous.
const LONG_FORMS: &[(&str, &[&str])] = &[
    ("AD", &["Principality of Andorra"]),
    ("AE", &["United Arab Emirates", "UAE", "Emirates"]),
    ("AF", &["Islamic Republic of Afghanistan", "Islamic Emirate of Afghanistan"]),
    ("AG", &["Antigua and Barbuda"]),
    ("AL", &["Republic of Albania"]),
    ("AM", &["Republic of Armenia"]),
    ("AO", &["Republic of Angola"]),
    ("AR", &["Argentine Republic"]),
    ("AT", &["Republic of Austria"]),
    ("AU", &["Commonwealth of Australia"]),
    ("AZ", &["Republic of Azerbaijan"]),
    ("BA", &["Bosnia-Herzegovina", "BiH"]),
    ("BB", &["Barbados"]),
    ("BD", &["People’s Republic of Bangladesh"]),
    ("BE", &["Kingdom of Belgium"]),
    ("BG", &["Republic of Bulgaria"]),
    ("BH", &["Kingdom of Bahrain"]),
    ("BI", &["Republic of Burundi"]),
    ("BJ", &["Republic of Benin"]),
    ("BN", &["Brunei Darussalam", "Nation of Brunei"]),
    ("BO", &["Plurinational State of Bolivia"]),
    ("BR", &["Federative Republic of Brazil"]),
    ("BS", &["Commonwealth of the Bahamas"]),
    ("BT", &["Kingdom of Bhutan"]),
    ("BW", &["Republic of Botswana"]),
    ("BY", &["Republic of Belarus", "Belorussia", "Byelorussia"]),
    ("CD", &["Democratic Republic of the Congo", "Democratic Republic of Congo", "DRC", "DR Congo", "Congo", "Zaire"]),
    ("CF", &["CAR"]),
    ("CG", &["Republic of the Congo", "Republic of Congo", "Congo"]),
    ("CH", &["Swiss Confederation"]),
    ("CI", &["Republic of Côte d’Ivoire"]),
    ("CL", &["Republic of Chile"]),
    ("CM", &["Republic of Cameroon"]),
    (
        "CN",
        &[
            "People’s Republic of China",
            "PRC",
            "P.R. China",
            "Mainland China",
            "Китайская Народная Республика",
            "КНР",
            "中华人民共和国",
            "中華人民共和國",
        ],
    ),
    ("CO", &["Republic of Colombia"]),
    ("CR", &["Republic of Costa Rica"]),
    ("CU", &["Republic of Cuba"]),
    ("CV", &["Republic of Cabo Verde"]),
    ("CY", &["Republic of Cyprus"]),
    ("DE", &["Federal Republic of Germany", "Bundesrepublik Deutschland"]),
    ("DJ", &["Republic of Djibouti"]),
    ("DK", &["Kingdom of Denmark"]),
    ("DM", &["Commonwealth of Dominica"]),
    ("DZ", &["People’s Democratic Republic of Algeria"]),
    ("EC", &["Republic of Ecuador"]),
    ("EE", &["Republic of Estonia"]),
    ("EG", &["Arab Republic of Egypt", "جمهورية مصر العربية"]),
    ("EH", &["Sahrawi Arab Democratic Republic", "SADR"]),
    ("ER", &["State of Eritrea"]),
    ("ES", &["Kingdom of Spain"]),
    ("ET", &["Federal Democratic Republic of Ethiopia"]),
    ("FI", &["Republic of Finland"]),
    ("FJ", &["Republic of Fiji"]),
    ("FK", &["Falkland Islands (Malvinas)", "Falklands", "Malvinas"]),
    ("FM", &["Federated States of Micronesia"]),
    ("FR", &["French Republic", "République française"]),
    ("GA", &["Gabonese Republic"]),
    ("GB", &["United Kingdom of Great Britain and Northern Ireland", "UK", "Great Britain", "Britain"]),
    ("GD", &["State of Grenada"]),
    ("GE", &["Republic of Georgia"]),
    ("GH", &["Republic of Ghana"]),
    ("GM", &["Republic of the Gambia", "Republic of The Gambia"]),
    ("GN", &["Republic of Guinea"]),
    ("GQ", &["Republic of Equatorial Guinea"]),
    ("GR", &["Hellenic Republic"]),
    ("GT", &["Republic of Guatemala"]),
    ("GW", &["Republic of Guinea-Bissau"]),
    ("GY", &["Co-operative Republic of Guyana"]),
    ("HK", &["Hong Kong Special Administrative Region"]),
    ("HN", &["Republic of Honduras"]),
    ("HR", &["Republic of Croatia"]),
    ("HT", &["Republic of Haiti"]),
    ("ID", &["Republic of Indonesia"]),
    ("IE", &["Republic of Ireland"]),
    ("IL", &["State of Israel", "מדינת ישראל"]),
    ("IN", &["Republic of India"]),
    ("IQ", &["Republic of Iraq"]),
    ("IR", &["Islamic Republic of Iran", "جمهوری اسلامی ایران"]),
    ("IS", &["Republic of Iceland"]),
    ("IT", &["Italian Republic"]),
    ("JO", &["Hashemite Kingdom of Jordan"]),
    ("JP", &["State of Japan"]),
    ("KE", &["Republic of Kenya"]),
    ("KG", &["Kyrgyz Republic"]),
    ("KH", &["Kingdom of Cambodia", "Kampuchea"]),
    ("KI", &["Republic of Kiribati"]),
    ("KM", &["Union of the Comoros"]),
    ("KN", &["Saint Kitts and Nevis", "Saint Christopher and Nevis"]),
    (
        "KP",
        &[
            "Democratic People’s Republic of Korea",
            "DPRK",
            "Korea",
            "Корейская Народно-Демократическая Республика",
            "КНДР",
            "조선민주주의인민공화국",
            "朝鲜民主主义人民共和国",
        ],
    ),
    ("KR", &["Republic of Korea", "ROK", "Korea"]),
    ("KW", &["State of Kuwait"]),
    ("KZ", &["Republic of Kazakhstan"]),
    ("LA", &["Lao People’s Democratic Republic", "Lao PDR"]),
    ("LB", &["Lebanese Republic", "Republic of Lebanon"]),
    ("LC", &["Saint Lucia"]),
    ("LI", &["Principality of Liechtenstein"]),
    ("LK", &["Democratic Socialist Republic of Sri Lanka"]),
    ("LR", &["Republic of Liberia"]),
    ("LS", &["Kingdom of Lesotho"]),
    ("LT", &["Republic of Lithuania"]),
    ("LU", &["Grand Duchy of Luxembourg"]),
    ("LV", &["Republic of Latvia"]),
    ("LY", &["State of Libya", "Libyan Arab Jamahiriya"]),
    ("MA", &["Kingdom of Morocco"]),
    ("MC", &["Principality of Monaco"]),
    ("MD", &["Republic of Moldova"]),
    ("ME", &["Republic of Montenegro"]),
    ("MG", &["Republic of Madagascar"]),
    ("MH", &["Republic of the Marshall Islands"]),
    ("MK", &["Republic of North Macedonia", "Macedonia", "Former Yugoslav Republic of Macedonia", "FYROM"]),
    ("ML", &["Republic of Mali"]),
    ("MM", &["Republic of the Union of Myanmar", "Burma", "Union of Burma"]),
    ("MN", &["State of Mongolia"]),
    ("MR", &["Islamic Republic of Mauritania"]),
    ("MT", &["Republic of Malta"]),
    ("MU", &["Republic of Mauritius"]),
    ("MV", &["Republic of Maldives", "Republic of the Maldives"]),
    ("MW", &["Republic of Malawi"]),
    ("MX", &["United Mexican States"]),
    ("MZ", &["Republic of Mozambique"]),
    ("NA", &["Republic of Namibia"]),
    ("NE", &["Republic of the Niger", "Republic of Niger"]),
    ("NG", &["Federal Republic of Nigeria"]),
    ("NI", &["Republic of Nicaragua"]),
    ("NL", &["Kingdom of the Netherlands", "Holland"]),
    ("NO", &["Kingdom of Norway"]),
    ("NP", &["Federal Democratic Republic of Nepal"]),
    ("NR", &["Republic of Nauru"]),
    ("OM", &["Sultanate of Oman"]),
    ("PA", &["Republic of Panama"]),
    ("PE", &["Republic of Peru"]),
    ("PG", &["Independent State of Papua New Guinea"]),
    ("PH", &["Republic of the Philippines"]),
    ("PK", &["Islamic Republic of Pakistan"]),
    ("PL", &["Republic of Poland"]),
    ("PS", &["State of Palestine", "Occupied Palestinian Territory", "دولة فلسطين"]),
    ("PT", &["Portuguese Republic"]),
    ("PW", &["Republic of Palau"]),
    ("PY", &["Republic of Paraguay"]),
    ("QA", &["State of Qatar"]),
    ("RS", &["Republic of Serbia"]),
    (
        "RU",
        &[
            "Russian Federation",
            "RF",
            "Российская Федерация",
            "РФ",
            "Російська Федерація",
            "Fédération de Russie",
            "Federación de Rusia",
            "Russische Föderation",
            "俄罗斯联邦",
            "الاتحاد الروسي",
        ],
    ),
    ("RW", &["Republic of Rwanda"]),
    ("SA", &["Kingdom of Saudi Arabia", "KSA"]),
    ("SC", &["Republic of Seychelles"]),
    ("SD", &["Republic of the Sudan", "Republic of Sudan"]),
    ("SE", &["Kingdom of Sweden"]),
    ("SG", &["Republic of Singapore"]),
    ("SH", &["Saint Helena"]),
    ("SI", &["Republic of Slovenia"]),
    ("SK", &["Slovak Republic"]),
    ("SL", &["Republic of Sierra Leone"]),
    ("SM", &["Republic of San Marino"]),
    ("SN", &["Republic of Senegal"]),
    ("SO", &["Federal Republic of Somalia", "Somali Republic"]),
    ("SR", &["Republic of Suriname"]),
    ("SS", &["Republic of South Sudan"]),
    ("ST", &["Democratic Republic of São Tomé and Príncipe"]),
    ("SV", &["Republic of El Salvador"]),
    ("SY", &["Syrian Arab Republic", "الجمهورية العربية السورية"]),
    ("SZ", &["Kingdom of Eswatini", "Kingdom of Swaziland"]),
    ("TD", &["Republic of Chad"]),
    ("TG", &["Togolese Republic"]),
    ("TH", &["Kingdom of Thailand"]),
    ("TJ", &["Republic of Tajikistan"]),
    ("TL", &["Democratic Republic of Timor-Leste"]),
    ("TN", &["Republic of Tunisia"]),
    ("TO", &["Kingdom of Tonga"]),
    ("TR", &["Republic of Türkiye", "Republic of Turkey", "Türkiye Cumhuriyeti"]),
    ("TT", &["Republic of Trinidad and Tobago"]),
    ("TW", &["Republic of China", "ROC", "Taiwan, Province of China", "Chinese Taipei"]),
    ("TZ", &["United Republic of Tanzania"]),
    ("UG", &["Republic of Uganda"]),
    (
        "US",
        &[
            "United States of America",
            "USA",
            "America",
            "Соединённые Штаты Америки",
            "Соединенные Штаты Америки",
            "Сполучені Штати Америки",
            "США",
            "États-Unis d’Amérique",
            "Estados Unidos de América",
            "Vereinigte Staaten von Amerika",
            "美利坚合众国",
            "الولايات المتحدة الأمريكية",
        ],
    ),
    ("UY", &["Oriental Republic of Uruguay"]),
    ("UZ", &["Republic of Uzbekistan"]),
    ("VA", &["Holy See", "Vatican", "Vatican City State", "State of the Vatican City"]),
    ("VC", &["Saint Vincent and the Grenadines"]),
    ("VE", &["Bolivarian Republic of Venezuela"]),
    ("VN", &["Socialist Republic of Viet Nam", "Socialist Republic of Vietnam", "Viet Nam"]),
    ("VU", &["Republic of Vanuatu"]),
    ("WS", &["Independent State of Samoa"]),
    ("XK", &["Republic of Kosovo", "XKX"]),
    ("YE", &["Republic of Yemen"]),
    ("ZA", &["Republic of South Africa", "RSA"]),
    ("ZM", &["Republic of Zambia"]),
    ("ZW", &["Republic of Zimbabwe"]),
];

/// Armed groups and organisations, by the names they use and those in common use. A listing says nothing of their standing.
const ENTRIES: &[Entry] = &[
    armed_group("al-qaida", "Al-Qaida", &["Al-Qaida", "Al-Qaeda", "Al Qaeda", "القاعدة"]),
    armed_group("al-shabaab", "Al-Shabaab", &["Al-Shabaab", "Al-Shabab", "Harakat al-Shabaab"]),
    armed_group(
        "ansar-allah",
        "Ansar Allah (Houthis)",
        &["Ansar Allah", "Ansarallah", "Houthis", "Houthi movement", "الحوثيون", "أنصار الله"],
    ),
    armed_group("arakan-army", "Arakan Army", &["Arakan Army"]),
    armed_group("boko-haram", "Boko Haram", &["Boko Haram"]),
    armed_group("eln", "National Liberation Army (Colombia)", &["ELN", "Ejército de Liberación Nacional"]),
    armed_group(
        "farc",
        "Revolutionary Armed Forces of Colombia",
        &["FARC", "FARC-EP", "Fuerzas Armadas Revolucionarias de Colombia", "Revolutionary Armed Forces of Colombia"],
    ),
    armed_group("hamas", "Hamas", &["Hamas", "Islamic Resistance Movement", "حماس", "חמאס", "ХАМАС"]),
    armed_group("hezbollah", "Hezbollah", &["Hezbollah", "Hizbollah", "Hizbullah", "حزب الله", "חיזבאללה"]),
    armed_group("hts", "Hay’at Tahrir al-Sham", &["Hay’at Tahrir al-Sham", "Hayat Tahrir al-Sham", "HTS"]),
    armed_group("islamic-state", "Islamic State", &["Islamic State", "ISIS", "ISIL", "Daesh", "داعش", "ИГИЛ"]),
    armed_group(
        "ltte",
        "Liberation Tigers of Tamil Eelam",
        &["LTTE", "Liberation Tigers of Tamil Eelam", "Tamil Tigers"],
    ),
    armed_group("m23", "March 23 Movement", &["M23", "March 23 Movement", "Mouvement du 23 mars"]),
    armed_group("milf", "Moro Islamic Liberation Front", &["MILF", "Moro Islamic Liberation Front"]),
    armed_group("mnlf", "Moro National Liberation Front", &["MNLF", "Moro National Liberation Front"]),
    armed_group("palestinian-islamic-jihad", "Palestinian Islamic Jihad", &["Palestinian Islamic Jihad", "PIJ"]),
    armed_group(
        "pira",
        "Provisional Irish Republican Army",
        &["Provisional IRA", "Irish Republican Army", "Provisional Irish Republican Army"],
    ),
    armed_group("pkk", "Kurdistan Workers’ Party", &["PKK", "Kurdistan Workers’ Party"]),
    armed_group(
        "polisario",
        "Polisario Front",
        &["Polisario", "Polisario Front", "Frente Polisario", "Front Polisario"],
    ),
    armed_group(
        "rapid-support-forces",
        "Rapid Support Forces (Sudan)",
        &["RSF", "Rapid Support Forces", "قوات الدعم السريع"],
    ),
    armed_group("renamo", "RENAMO", &["RENAMO", "Resistência Nacional Moçambicana"]),
    armed_group("rpf", "Rwandan Patriotic Front", &["RPF", "Rwandan Patriotic Front", "Front patriotique rwandais"]),
    armed_group("ruf", "Revolutionary United Front (Sierra Leone)", &["RUF", "Revolutionary United Front"]),
    armed_group(
        "splm-a",
        "Sudan People’s Liberation Movement/Army",
        &["SPLM/A", "SPLA", "SPLM", "Sudan People’s Liberation Army"],
    ),
    armed_group(
        "syrian-democratic-forces",
        "Syrian Democratic Forces",
        &["Syrian Democratic Forces", "قوات سوريا الديمقراطية"],
    ),
    armed_group("taliban", "Taliban", &["Taliban", "طالبان", "Талибан"]),
    armed_group("tplf", "Tigray People’s Liberation Front", &["TPLF", "Tigray People’s Liberation Front"]),
    armed_group("unita", "UNITA", &["UNITA", "União Nacional para a Independência Total de Angola"]),
    armed_group("wagner-group", "Wagner Group", &["Wagner Group", "PMC Wagner", "ЧВК Вагнер"]),
    organisation("african-union", "African Union", &["African Union", "AU", "Union africaine", "Африканский союз"]),
    organisation(
        "arab-league",
        "League of Arab States",
        &["Arab League", "League of Arab States", "جامعة الدول العربية"],
    ),
    organisation(
        "asean",
        "Association of Southeast Asian Nations",
        &["ASEAN", "Association of Southeast Asian Nations"],
    ),
    organisation(
        "ecowas",
        "Economic Community of West African States",
        &["ECOWAS", "Economic Community of West African States", "CEDEAO"],
    ),
    organisation(
        "european-union",
        "European Union",
        &[
            "EU",
            "European Union",
            "Union européenne",
            "Europäische Union",
            "Unión Europea",
            "ЕС",
            "ЄС",
            "Европейский союз",
            "Європейський Союз",
        ],
    ),
    organisation(
        "iaea",
        "International Atomic Energy Agency",
        &["IAEA", "International Atomic Energy Agency", "МАГАТЭ", "МАГАТЕ"],
    ),
    organisation(
        "icrc",
        "International Committee of the Red Cross",
        &["ICRC", "International Committee of the Red Cross", "CICR", "МККК"],
    ),
    organisation(
        "igad",
        "Intergovernmental Authority on Development",
        &["IGAD", "Intergovernmental Authority on Development"],
    ),
    organisation(
        "nato",
        "North Atlantic Treaty Organization",
        &["NATO", "North Atlantic Treaty Organization", "North Atlantic Alliance", "OTAN", "НАТО"],
    ),
    organisation(
        "osce",
        "Organization for Security and Co-operation in Europe",
        &["OSCE", "Organization for Security and Co-operation in Europe", "ОБСЕ", "ОБСЄ"],
    ),
    organisation(
        "palestinian-authority",
        "Palestinian Authority",
        &["Palestinian Authority", "Palestinian National Authority", "PA", "PNA", "السلطة الفلسطينية"],
    ),
    organisation(
        "plo",
        "Palestine Liberation Organization",
        &["PLO", "Palestine Liberation Organization", "منظمة التحرير الفلسطينية"],
    ),
    organisation(
        "united-nations",
        "United Nations",
        &[
            "UN",
            "United Nations",
            "Nations unies",
            "Naciones Unidas",
            "Vereinte Nationen",
            "ООН",
            "联合国",
            "الأمم المتحدة",
        ],
    ),
];
