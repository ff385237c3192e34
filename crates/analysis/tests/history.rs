//! How it got there: one test a rule.

mod support;

use detente_analysis::about::Settings;
use detente_analysis::history::{History, MovementOfHistory, history};
use detente_case::Case;
use support::{moment, said, small};

fn at(case: &Case, at: &str) -> History {
    history(case, moment(case, at), Settings::default())
}

/// The phases of the political track up to a day, from the first row on.
fn phases(case: &Case, until: &str) -> Vec<&'static str> {
    at(case, until).months.iter().map(|month| month.political.phase.word()).collect()
}

fn humanitarian(case: &Case, until: &str) -> Vec<&'static str> {
    at(case, until).months.iter().map(|month| month.humanitarian.phase.word()).collect()
}

/// The phases of events on the political track up to the end of the last month.
fn after(events: &str, until: &str) -> Vec<&'static str> {
    phases(&small().happens(events).case(), until)
}

/// Contact of January 2022: direct and mediated.
fn contact(events: &str) -> (&'static str, &'static str) {
    let case = small().setting("starts = 2022-01-01").happens(events).case();
    let month = at(&case, "2022-01-31").months.remove(0).political;
    (month.direct.word(), month.mediated.word())
}

fn line(movement: &MovementOfHistory) -> String {
    let kind = format!("{:?}", movement.kind).to_lowercase();
    let direction = format!("{:?}", movement.direction).to_lowercase();
    let law = if movement.law { " by law" } else { "" };
    let condition = if movement.condition.is_empty() { String::new() } else { format!(" if {}", movement.condition) };
    let (from, to) = (movement.from.join(" "), movement.to.join(" "));
    format!(
        "{} {} {kind}{law} ({direction}) {from} > {to}{condition}: {}",
        movement.date, movement.actor, movement.steps
    )
}

/// The movements of all actors but `B`.
fn moves(rows: &str) -> Vec<String> {
    let case = said(rows);
    at(&case, "2025-12-31").movements.iter().filter(|m| m.actor != "B").map(line).collect()
}

#[test]
fn direct_contact_is_talks_with_both_principals_at_the_highest_level_of_the_month() {
    assert_eq!(
        contact("2022-01-10 talks with=A;B at=technical\n2022-01-20 talks with=A;B;C at=ministers"),
        ("ministers", "none")
    );
    assert_eq!(contact("2022-01-10 talks with=A;C at=leaders"), ("none", "none"));
    assert_eq!(contact("2022-01-10 talks with=A;B at=leaders by=T"), ("leaders", "none"));
}

#[test]
fn mediated_contact_is_one_third_party_with_each_side_in_the_month() {
    let both = "2022-01-10 mediation with=A at=leaders by=T\n2022-01-20 talks with=B;T at=ministers";
    assert_eq!(contact(both), ("none", "ministers"));
    assert_eq!(
        contact("2022-01-10 mediation with=A at=leaders by=T\n2022-01-20 mediation with=B at=leaders by=U"),
        ("none", "none")
    );
    assert_eq!(
        contact("2022-01-10 mediation with=A at=leaders by=T\n2022-02-01 mediation with=B at=leaders by=T"),
        ("none", "none")
    );
    assert_eq!(contact("2022-01-10 mediation with=A;B at=technical by=T"), ("none", "technical"));
}

#[test]
fn who_only_gave_the_place_mediated_nothing() {
    let hosted = "2022-01-10 mediation with=A at=leaders by=T(host)\n2022-01-20 mediation with=B at=leaders by=T";
    assert_eq!(contact(hosted), ("none", "none"));
}

#[test]
fn a_text_is_no_contact() {
    for kind in ["proposal", "agreement", "exchange", "other", "legal_act"] {
        assert_eq!(contact(&format!("2022-01-10 {kind} with=A;B by=T at=leaders")), ("none", "none"), "{kind}");
    }
}

#[test]
fn rounds_are_direct_talks_by_date_and_meetings_of_third_parties_stand_apart() {
    let case = small()
        .happens(
            "2022-03-10 talks with=A;B at=ministers in=TR on=procedure id=e2
             2022-02-28 talks with=A;B at=delegations in=BY on=relief id=e1
             2022-03-12 mediation with=A by=T id=e3
             2022-04-02 talks with=A;B id=e4",
        )
        .case();
    let history = at(&case, "2022-03-31");
    let rounds: Vec<_> =
        history.rounds.iter().map(|r| (r.id.as_str(), r.country.as_str(), r.topics.join(" "))).collect();
    assert_eq!(rounds, [("e1", "BY", "relief".to_owned()), ("e2", "TR", "procedure".to_owned())]);
    assert_eq!(history.mediated.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["e3"]);
}

#[test]
fn before_any_contact_nothing_has_started() {
    assert_eq!(
        after("2022-01-10 other\n2022-03-10 talks with=A;B at=delegations", "2022-03-31"),
        ["not started", "not started", "talks"]
    );
}

#[test]
fn talks_are_direct_talks_at_delegations_or_above_without_progress_or_concession() {
    for (level, expected) in
        [("delegations", "talks"), ("ministers", "talks"), ("leaders", "talks"), ("technical", "not started")]
    {
        assert_eq!(after(&format!("2022-01-10 talks with=A;B at={level}"), "2022-01-31"), [expected], "{level}");
    }
    let lower = small().method("talks_level = \"technical\"").happens("2022-01-10 talks with=A;B at=technical").case();
    assert_eq!(phases(&lower, "2022-01-31"), ["talks"]);
}

#[test]
fn movement_is_such_talks_with_progress_or_a_concession() {
    assert_eq!(
        after("2022-01-10 talks with=A;B at=delegations\n2022-01-05 other progress", "2022-01-31"),
        ["movement"]
    );
    assert_eq!(after("2022-01-10 talks with=A;B at=technical progress", "2022-01-31"), ["not started"]);
    let concession = "2021-12-01 B demand o5\n2021-12-02 A demand o1\n2022-01-20 A offer o2";
    let talks = small()
        .setting("starts = 2022-01-01")
        .says(concession)
        .happens("2022-01-10 talks with=A;B at=delegations")
        .case();
    assert_eq!(phases(&talks, "2022-01-31"), ["movement"]);
    let no_talks = small().setting("starts = 2022-01-01").says(concession).case();
    assert_eq!(phases(&no_talks, "2022-01-31"), ["not started"]);
}

#[test]
fn a_setback_is_what_direct_talks_do_not_follow_in_the_month() {
    for event in ["other setback", "breakdown", "breakdown progress"] {
        assert_eq!(after(&format!("2022-01-20 {event}"), "2022-01-31"), ["setback"], "{event}");
    }
    assert_eq!(after("2022-01-20 other setback\n2022-01-25 talks with=A;B at=delegations", "2022-01-31"), ["talks"]);
    assert_eq!(
        after("2022-01-20 other setback\n2022-01-10 talks with=A;B at=delegations progress", "2022-01-31"),
        ["setback"]
    );
    assert_eq!(after("2022-01-20 other setback\n2022-01-20 talks with=A;B at=delegations", "2022-01-31"), ["setback"]);
    assert_eq!(
        after("2022-01-20 other setback\n2022-01-18 talks with=A;B at=delegations end=2022-01-21", "2022-01-31"),
        ["talks"]
    );
    assert_eq!(
        after("2022-01-20 other setback\n2022-02-02 talks with=A;B at=delegations", "2022-02-28"),
        ["setback", "talks"]
    );
}

#[test]
fn hardening_of_a_principal_is_a_setback_and_that_of_others_is_none() {
    let rows = |actor: &str| format!("2021-12-01 {actor} demand o2\n2022-01-20 {actor} red_line - out=o5");
    let hardened = |actor, events: &str| {
        let case = small().setting("starts = 2022-01-01").says(&rows(actor)).happens(events).case();
        phases(&case, "2022-01-31").remove(0)
    };
    assert_eq!(hardened("A", ""), "setback");
    assert_eq!(hardened("B", "2022-01-10 talks with=A;B at=leaders"), "setback");
    assert_eq!(hardened("B", "2022-01-21 talks with=A;B at=leaders"), "talks");
    assert_eq!(hardened("C", ""), "not started");
}

#[test]
fn the_first_phase_that_fits_holds() {
    let mediated = "2022-01-02 mediation with=A;B by=T";
    let talks = "2022-01-03 talks with=A;B at=delegations";
    let progress = "2022-01-04 other progress";
    let setback = "2022-01-05 other setback";
    let month = |events: &[&str]| after(&events.join("\n"), "2022-01-31").remove(0);
    assert_eq!(month(&[mediated]), "mediated contact");
    assert_eq!(month(&[mediated, progress]), "mediated contact");
    assert_eq!(month(&[mediated, talks]), "talks");
    assert_eq!(month(&[mediated, talks, progress]), "movement");
    assert_eq!(month(&[mediated, talks, progress, setback]), "setback");
}

#[test]
fn a_lull_becomes_a_stalemate_three_months_after_the_last() {
    let quiet = ["lull", "lull", "stalemate", "stalemate"];
    for (first, phase) in [
        ("talks with=A;B at=delegations", "talks"),
        ("talks with=A;B at=leaders progress", "movement"),
        ("mediation with=A;B by=T", "mediated contact"),
        ("other setback", "setback"),
    ] {
        let months = after(&format!("2022-01-20 {first}"), "2022-05-31");
        assert_eq!(months[0], phase);
        assert_eq!(months[1..], quiet, "{first}");
    }
    let sooner = small().method("stalemate_after_months = 1").happens("2022-01-20 other setback").case();
    assert_eq!(phases(&sooner, "2022-02-28"), ["setback", "stalemate"]);
}

#[test]
fn each_month_names_the_rule_and_the_rows() {
    let case = small()
        .says("2021-12-01 A demand o2 id=p1\n2022-02-20 A red_line - out=o5 id=p2")
        .happens("2021-12-05 other setback id=e1\n2022-01-10 talks with=A;B at=delegations progress id=e2\n2022-02-10 other setback id=e3")
        .case();
    let months = at(&case, "2022-03-31").months;
    let told: Vec<_> = months.iter().map(|m| (m.political.rule.as_str(), m.political.rows.join(" "))).collect();
    let row = |rule, rows: &str| (rule, rows.to_owned());
    assert_eq!(
        told,
        [
            row("an event marked as a setback (event e1), with no direct talks after it in the month", "e1"),
            row("direct talks, with a progress event", "e2"),
            row(
                "an event marked as a setback (event e3) and hardening by A, with no direct talks after it in the month",
                "e3 p2"
            ),
            row("none of these; 1 month after the last", ""),
        ]
    );
}

#[test]
fn consecutive_months_of_one_phase_form_a_spell() {
    let case = small().happens("2022-01-20 other setback\n2022-02-01 breakdown").case();
    let spells: Vec<_> = at(&case, "2022-05-31")
        .spells
        .iter()
        .filter(|spell| format!("{:?}", spell.track) == "Political")
        .map(|spell| format!("{} {}–{} {}", spell.phase.word(), spell.from, spell.to, spell.months))
        .collect();
    assert_eq!(spells, ["setback 2022-01–2022-02 2", "lull 2022-03–2022-04 2", "stalemate 2022-05–2022-05 1"]);
}

#[test]
fn the_humanitarian_track_stands_apart() {
    let case = small()
        .issue("h", "h", 3, "humanitarian")
        .says("2022-01-02 A demand h1 on=h\n2022-03-02 A red_line - out=h3 on=h")
        .happens(
            "2022-01-10 talks with=A;B at=delegations on=relief
             2022-02-10 exchange with=A;B on=relief
             2022-04-10 breakdown on=relief
             2022-05-10 talks with=A;B at=delegations on=relief;i",
        )
        .case();
    assert_eq!(humanitarian(&case, "2022-06-30"), ["talks", "exchanges", "setback", "setback", "talks", "lull"]);
    assert_eq!(
        phases(&case, "2022-06-30"),
        ["not started", "not started", "not started", "not started", "talks", "lull"]
    );
}

#[test]
fn exchanges_are_listed_by_series_with_their_long_pauses() {
    let case = small()
        .happens(
            "2022-01-01 exchange series=prisoners id=e1
             2022-03-31 exchange series=prisoners id=e2
             2022-06-29 exchange series=prisoners id=e3
             2022-02-01 exchange series=bodies id=e4",
        )
        .case();
    let exchanges = at(&case, "2022-12-31").exchanges;
    let series: Vec<_> = exchanges
        .iter()
        .map(|s| {
            let pauses: Vec<_> =
                s.pauses.iter().map(|p| format!("{}–{} {} {}", p.from, p.to, p.days, p.rows.join(" "))).collect();
            format!("{} {} {}: {}", s.series, s.count, s.last_row, pauses.join("; "))
        })
        .collect();
    assert_eq!(series, ["bodies 1 e4: ", "prisoners 3 e3: 2022-03-31–2022-06-29 90 e2 e3"]);
}

#[test]
fn a_shift_away_hardens_and_a_shift_toward_concedes() {
    assert_eq!(
        moves(
            "2022-01-01 B demand o5\n2022-01-02 A demand o2\n2022-02-01 A offer o4\n2022-03-01 A demand o1\n2022-04-01 A demand o1"
        ),
        [
            "2022-01-02 A entry (none)  > o2: 0",
            "2022-02-01 A shift (concession) o2 > o4: 2",
            "2022-03-01 A shift (hardening) o4 > o1: 3",
        ]
    );
}

#[test]
fn a_shift_while_the_other_side_is_silent_has_no_direction() {
    assert_eq!(
        moves("2022-01-02 A demand o2\n2022-02-01 A offer o4"),
        ["2022-01-02 A entry (none)  > o2: 0", "2022-02-01 A shift (none) o2 > o4: 2"]
    );
}

#[test]
fn a_set_that_widens_on_both_ends_has_no_direction() {
    assert_eq!(
        moves("2022-01-01 B demand o5\n2022-01-02 A demand o2\n2022-02-01 A demand o1..o3")[1],
        "2022-02-01 A shift (none) o2 > o1 o2 o3: 1"
    );
}

#[test]
fn words_beside_the_position_are_no_shift() {
    let rows = "2022-01-02 A demand o2\n2022-02-01 A demand o4 rank=5\n2022-02-02 A offer o4 accepts\n2022-02-03 A demand o4 to=C";
    assert_eq!(moves(rows), ["2022-01-02 A entry (none)  > o2: 0"]);
}

#[test]
fn options_newly_ruled_out_are_a_closure_and_harden() {
    assert_eq!(
        moves("2022-01-02 A demand o2\n2022-02-01 A red_line - out=o4;o5\n2022-03-01 A red_line - out=o3;o4"),
        [
            "2022-01-02 A entry (none)  > o2: 0",
            "2022-02-01 A closure (hardening) o1 o2 o3 o4 o5 > o4 o5: 2",
            "2022-03-01 A closure (hardening) o1 o2 o3 > o3: 1",
        ]
    );
}

#[test]
fn a_limit_relaxed_or_withdrawn_is_an_opening_and_concedes() {
    assert_eq!(
        moves(
            "2022-01-02 A red_line - out=o3;o4;o5 id=p1
             2022-02-01 A offer o3 accepts
             2022-03-01 A offer o4 accepts if='x'
             2022-04-01 A red_line - out=o1 ends=p1",
        ),
        [
            "2022-01-02 A entry (none)  > : 0",
            "2022-02-01 A opening (concession) o3 o4 o5 > o3: 1",
            "2022-03-01 A opening (concession) o4 o5 > o4 if x: 1",
            "2022-04-01 A closure (hardening) o1 o2 o3 o4 > o1: 1",
            "2022-04-01 A opening (concession) o5 > o5: 1",
        ]
    );
}

#[test]
fn the_first_row_on_an_issue_is_an_entry_and_shows_what_it_rules_out() {
    let case = said(
        "2022-01-02 A red_line o1 out=o5 id=p1\n2022-01-02 A red_line - out=o4 id=p2\n2022-01-03 B red_line - out=o1",
    );
    let movements = at(&case, "2022-12-31").movements;
    let told: Vec<_> = movements.iter().map(|m| (line(m), m.closed.join(" "), m.rows.join(" "))).collect();
    assert_eq!(
        told,
        [
            ("2022-01-02 A entry (none)  > o1: 0".to_owned(), "o4 o5".to_owned(), "p1 p2".to_owned()),
            ("2022-01-03 B entry (none)  > : 0".to_owned(), "o1".to_owned(), "s3".to_owned()),
        ]
    );
}

#[test]
fn the_first_ask_after_limits_alone_is_an_entry_too() {
    assert_eq!(
        moves("2022-01-02 A red_line - out=o5\n2022-02-01 A demand o2"),
        ["2022-01-02 A entry (none)  > : 0", "2022-02-01 A entry (none)  > o2: 0"]
    );
}

#[test]
fn what_lapses_moves_nobody() {
    let limits = "2022-01-02 A demand o1\n2022-01-03 A red_line - out=o5 until=2022-03-01\n2022-04-01 A demand o1";
    assert_eq!(moves(limits).len(), 2);
    let asks = "2022-01-01 B demand o5\n2022-01-02 A demand o1\n2022-02-01 A draft o3 until=2022-03-01";
    assert_eq!(moves(asks).len(), 2);
    let relaxation = "2022-01-02 A red_line - out=o5\n2022-01-05 A offer o5 until=2022-02-01 accepts\n2022-03-01 A red_line - out=o4";
    assert_eq!(moves(relaxation)[2], "2022-03-01 A closure (hardening) o1 o2 o3 o4 > o4: 1");
}

#[test]
fn what_lapses_on_the_day_of_a_statement_is_no_part_of_its_movement() {
    let opened = "2022-01-02 A red_line - out=o3\n2022-01-03 A red_line - out=o5 until=2022-02-01\n2022-02-01 A offer o3 accepts";
    assert_eq!(moves(opened)[2], "2022-02-01 A opening (concession) o3 o5 > o3: 1");
    let demanded = "2022-01-02 A red_line - out=o5 until=2022-02-01\n2022-02-01 A demand o5";
    assert_eq!(moves(demanded)[1..], ["2022-02-01 A entry (none)  > o5: 0"]);
    let closed = "2022-01-02 A red_line - out=o3\n2022-01-03 A offer o3 until=2022-02-01 accepts\n2022-02-01 A red_line - out=o5";
    assert_eq!(moves(closed)[2], "2022-02-01 A closure (hardening) o1 o2 o3 o4 o5 > o5: 1");
}

#[test]
fn after_a_lapse_the_next_row_is_compared_with_the_last_one() {
    assert_eq!(
        moves(
            "2022-01-01 B demand o5\n2022-01-02 A demand o1\n2022-02-01 A draft o4 until=2022-03-01\n2022-04-01 A demand o2"
        ),
        [
            "2022-01-02 A entry (none)  > o1: 0",
            "2022-02-01 A shift (concession) o1 > o4: 3",
            "2022-04-01 A shift (hardening) o4 > o2: 2",
        ]
    );
}

#[test]
fn closures_by_law_are_marked() {
    assert_eq!(
        moves(
            "2022-01-02 A demand o1\n2022-02-01 A red_line - out=o5 law rank=1\n2022-03-01 A red_line - out=o4;o5 law rank=1"
        ),
        [
            "2022-01-02 A entry (none)  > o1: 0",
            "2022-02-01 A closure by law (hardening) o1 o2 o3 o4 o5 > o5: 1",
            "2022-03-01 A closure by law (hardening) o1 o2 o3 o4 > o4: 1",
        ]
    );
}

#[test]
fn a_law_older_than_all_words_is_background() {
    assert_eq!(
        moves(
            "1996-06-28 A red_line - out=o1 law rank=1\n2022-01-02 A red_line - out=o2\n2022-02-01 A red_line - out=o3"
        ),
        [
            "1996-06-28 A entry by law (none)  > : 0",
            "2022-01-02 A entry (none)  > : 0",
            "2022-02-01 A closure (hardening) o1 o3 o4 o5 > o3: 1",
        ]
    );
}

#[test]
fn movements_of_others_than_the_principals_have_no_direction() {
    let rows = "2022-01-01 B demand o5\n2022-01-02 C demand o2\n2022-02-01 C offer o4\n2022-03-01 C red_line - out=o1\n2022-04-01 C offer o1 accepts";
    assert_eq!(
        moves(rows),
        [
            "2022-01-02 C entry (none)  > o2: 0",
            "2022-02-01 C shift (none) o2 > o4: 2",
            "2022-03-01 C closure (none) o1 o2 o3 o4 o5 > o1: 1",
            "2022-04-01 C opening (none) o1 > o1: 1",
        ]
    );
}

#[test]
fn the_events_of_the_days_before_stand_beside_a_movement() {
    let small =
        small().issue("h", "h", 3, "humanitarian").says("2022-03-31 A demand o1\n2022-03-31 A demand h1 on=h").happens(
            "2022-02-28 other setback id=e1
             2022-03-01 other setback id=e2
             2022-03-15 other progress on=relief id=e3
             2022-03-16 other binding_act on=i;relief id=e4
             2022-03-17 other id=e5
             2022-03-30 talks progress on=procedure id=e6
             2022-03-31 other setback id=e7
             2022-04-01 other setback id=e8",
        );
    let events = |small: support::Small| {
        let movements = at(&small.case(), "2022-12-31").movements;
        movements.iter().map(|m| format!("{}: {}", m.issue, m.events.join(" "))).collect::<Vec<_>>()
    };
    assert_eq!(events(small.clone()), ["i: e2 e4 e5 e6", "h: e3 e4"]);
    assert_eq!(events(small.method("events_before_days = 1")), ["i: e6", "h: "]);
}

#[test]
fn the_share_of_months_that_hang_on_a_rule_is_told_for_each_rule() {
    let case = small()
        .says("2022-01-02 A demand o1\n2022-05-02 A red_line - out=o5 law rank=1")
        .happens("2022-01-10 talks with=A;B at=delegations\n2022-08-10 other setback")
        .case();
    assert_eq!(
        phases(&case, "2022-10-31"),
        ["talks", "lull", "lull", "stalemate", "setback", "lull", "lull", "setback", "lull", "lull"]
    );
    let told: Vec<_> = at(&case, "2022-10-31")
        .sensitivity
        .iter()
        .map(|s| format!("{}: {} not {}: {} {:.1}", s.parameter, s.otherwise, s.value, s.changed, s.share))
        .collect();
    assert_eq!(
        told,
        [
            "months without contact that make a stalemate: 2 not 3: 3 0.3",
            "months without contact that make a stalemate: 4 not 3: 1 0.1",
            "months without contact that make a stalemate: 5 not 3: 1 0.1",
            "months without contact that make a stalemate: 6 not 3: 1 0.1",
            "lowest level that counts as talks: technical not delegations: 0 0.0",
            "lowest level that counts as talks: ministers not delegations: 4 0.4",
            "laws that rule options out count as hardening: no not yes: 3 0.3",
            "a setback starts the count of quiet months anew: no not yes: 4 0.4",
        ]
    );
}
