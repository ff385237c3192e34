//! `case.toml`, written back.

use std::fmt::Write as _;

use super::{ActorTexts, inputs, marking, quote};
use crate::case::Case;
use crate::settings::{self, MethodSettings};

/// `case.toml` as text.
#[must_use]
pub fn case_toml(case: &Case) -> String {
    let settings = &case.settings;
    let mut out = format!("schema = {}\ntitle = {}\n", settings::SCHEMA, quote(&settings.title));
    let mut line = |key: &str, text: &str| {
        if !text.is_empty() {
            _ = writeln!(out, "{key} = {}", quote(text));
        }
    };
    line("question", &settings.question);
    line("domain", &settings.domain);
    line("word_scale", settings.word_scale.word());
    line("marking", &marking(Some(settings.marking)));
    line("neutrality_note", &settings.neutrality_note);
    line("intended_use", &settings.intended_use);
    _ = writeln!(out, "as_of = {}", settings.as_of);
    if let Some(starts) = settings.starts {
        _ = writeln!(out, "starts = {starts}");
    }
    let texts = ActorTexts::of(case);
    let principals: Vec<String> = case.principals.iter().map(|id| texts.one(*id).to_owned()).collect();
    _ = writeln!(out, "principals = {}", quote_all(&principals));
    for (key, texts) in [("languages", &settings.languages), ("affected_groups", &settings.affected_groups)] {
        if !texts.is_empty() {
            _ = writeln!(out, "{key} = {}", quote_all(texts));
        }
    }
    if settings.keep_ids {
        out.push_str("keep_ids = true\n");
    }
    if let Some(confidence) = &settings.confidence {
        _ = writeln!(out, "confidence = {}", confidence.text());
    }
    methods(&settings.methods, &mut out);
    inputs::prices(case, &texts, &mut out);
    for credit in &settings.credits {
        _ = write!(out, "\n[[credit]]\nsource = {}\nline = {}\n", quote(&credit.source), quote(&credit.line));
    }
    for contradiction in &settings.contradictions {
        _ = write!(
            out,
            "\n[[contradiction]]\nmatter = {}\nversions = {}\nrows = {}\n",
            quote(&contradiction.matter),
            quote(&contradiction.versions),
            quote_all(&contradiction.rows)
        );
    }
    out
}

fn methods(methods: &MethodSettings, out: &mut String) {
    if *methods == MethodSettings::default() {
        return;
    }
    out.push_str("\n[methods]\n");
    if !methods.organ_tiers.is_empty() {
        _ = writeln!(out, "organ_tiers = {:?}", methods.organ_tiers);
    }
    _ = writeln!(out, "events_before_days = {}", methods.events_before_days);
    _ = writeln!(out, "stalemate_after_months = {}", methods.stalemate_after_months);
    _ = writeln!(out, "talks_level = {}", quote(methods.talks_level.word()));
    _ = writeln!(out, "stale_after_days = {}", methods.stale_after_days);
}

fn quote_all(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(", "))
}
