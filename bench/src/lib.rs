//! Cases made by rule, of any size, for benchmarks and for trying the program at scale. They say nothing about any real dispute.

pub mod stability;

use std::fmt::Write as _;

/// The files of a case with as many positions and as many events as asked for, among 500 actors on 20 issues of 7 options.
///
/// The same numbers give the same bytes. Every tenth position is a red line, every tenth an offer, every fiftieth is uncoded.
#[must_use]
pub fn case(rows: usize, actors: usize) -> Vec<(String, Vec<u8>)> {
    const ISSUES: usize = 20;
    const OPTIONS: usize = 7;
    let mut random = Numbers(rows as u64 ^ 0x5eed);
    let settings = "schema = 1\ntitle = \"Generated case\"\nas_of = 2024-12-31\nstarts = 2015-01-01\nlanguages = [\"en\"]\nprincipals = [\"A000\", \"A001\"]\n";
    let mut actor_rows = String::from("id,name,kind,role\n");
    for actor in 0..actors.max(2) {
        _ = writeln!(
            actor_rows,
            "A{actor:03},Actor {actor},state,{}",
            if actor < 2 { "principal" } else { "observer" }
        );
    }
    let mut issues = String::from("issue,title,group,option,order,place,label\n");
    let mut topics = String::from("topic,title,issue,track\n");
    for issue in 0..ISSUES {
        for option in 0..OPTIONS {
            let place = 100 * option / (OPTIONS - 1);
            _ = writeln!(
                issues,
                "i{issue:02},Issue {issue},group {},i{issue:02}o{option},{},{place},Clause {option} of issue {issue}",
                issue / 4,
                option + 1
            );
        }
        let track = if issue % 5 == 4 { "humanitarian" } else { "political" };
        _ = writeln!(topics, "i{issue:02},Issue {issue},i{issue:02},{track}");
    }
    let mut positions = String::from(
        "id,document,actor,organ,issue,kind,low_option,best_option,high_option,rules_out,condition,valid_from,valid_to,known_from,statement,basis,grade,verified\n",
    );
    for row in 0..rows {
        let actor = if row % 3 == 0 { random.below(2) } else { random.below(actors.max(2)) };
        let issue = random.below(ISSUES);
        let (a, b) = (random.below(OPTIONS), random.below(OPTIONS));
        let (low, high) = (a.min(b), a.max(b));
        let option = |option: usize| format!("i{issue:02}o{option}");
        let (kind, ask, out) = match row % 50 {
            0 => ("", [String::new(), String::new(), String::new()], String::new()),
            n if n % 10 == 1 => {
                ("red_line", [String::new(), String::new(), String::new()], format!("{};{}", option(low), option(high)))
            }
            n if n % 10 == 2 => ("offer", [option(low), option(low), option(low)], String::new()),
            n if n % 10 == 3 => ("demand", [option(low), String::new(), option(high)], String::new()),
            _ => ("demand", [option(low), option(low), option(low)], String::new()),
        };
        let date = random.date();
        let [low, best, high] = ask;
        _ = writeln!(
            positions,
            "p{row},d{},A{actor:03},{},i{issue:02},{kind},{low},{best},{high},{out},,{date},,{date},Statement number {row} of actor {actor} on issue {issue} in words of its own,party_text,B2,yes",
            row / 2,
            1 + random.below(5),
        );
    }
    let mut events =
        String::from("id,date,type,title,place,country,level,parties,mediators,topics,outcome,direction,verified\n");
    for row in 0..rows {
        let kind = ["talks", "mediation", "proposal", "exchange", "military", "other"][random.below(6)];
        let direction = ["progress", "setback", "neutral", "neutral"][random.below(4)];
        let level = ["leaders", "ministers", "delegations", "technical"][random.below(4)];
        let other = random.below(actors.max(2));
        let first = random.below(2);
        let date = random.date();
        _ = writeln!(
            events,
            "e{row},{date},{kind},Event number {row},Place {},CH,{level},A{first:03};A{other:03},,i{:02},What came of event {row},{direction},yes",
            random.below(30),
            random.below(ISSUES),
        );
    }
    [
        ("case.toml", settings.to_owned()),
        ("actors.csv", actor_rows),
        ("issues.csv", issues),
        ("topics.csv", topics),
        ("positions.csv", positions),
        ("events.csv", events),
    ]
    .map(|(file, text)| (file.to_owned(), text.into_bytes()))
    .to_vec()
}

/// A workbook of a case with as many positions as asked for, and no events.
#[must_use]
pub fn workbook(rows: usize) -> Option<Vec<u8>> {
    let mut files = case(rows, 500);
    files.retain(|(name, _)| name != "events.csv");
    let case = detente_case::load(&detente_case::Folder::Memory(files), |_| {}).case?;
    detente_workbook::write(&case, detente_case::Level::All).ok()
}

/// Numbers that look random and are always the same (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    fn date(&mut self) -> String {
        format!("{}-{:02}-{:02}", 2015 + self.below(10), 1 + self.below(12), 1 + self.below(28))
    }
}
