//! The arguments of a question, resolved one by one, each fault at its place.

use std::collections::BTreeSet;

use super::Times;
use super::forms::{Answer, FORMS, Form};
use super::groups;
use super::predicate::{Compare, EventFilter, Issues, OptionTest, ReadingChoice, ReadingWord, Window};
use crate::actor::Actor;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::expression::{Argument, Name, Question, Sign};
use crate::ids::Id;
use crate::issue::{Issue, OptionSet, Track};
use crate::keys::Reader;
use crate::load::Loading;
use crate::text::nearest;
use crate::when::{Day, When};

/// Where questions are read: the file, the case, and what holds where a question is silent.
pub(super) struct Context<'c, 'r, 'l> {
    pub(super) reader: &'c mut Reader<'r>,
    pub(super) loading: &'c mut Loading<'l>,
    /// Where in the file a byte of the rule stands.
    pub(super) place: &'c dyn Fn(usize) -> usize,
    /// The days of the claim or part.
    pub(super) times: Times,
    /// The last day of the record.
    pub(super) as_of: Option<Day>,
}

/// A question whose arguments have been put in their slots.
pub(super) struct Arguments<'q, 'a, 'c, 'r, 'l> {
    question: &'q Question,
    pub(super) form: &'static Form,
    /// By slot of the form.
    found: Vec<Option<&'q Argument>>,
    context: &'a mut Context<'c, 'r, 'l>,
    sound: bool,
}

/// A fault: its code, the words at fault, what is wrong, and how to mend it.
type Fault<'q> = (Code, &'q Name, String, String);

impl<'q, 'a, 'c, 'r, 'l> Arguments<'q, 'a, 'c, 'r, 'l> {
    /// Puts the arguments of a question in their slots; what has none is reported.
    pub(super) fn new(question: &'q Question, context: &'a mut Context<'c, 'r, 'l>) -> Option<Self> {
        let name = &question.name;
        let Some(form) = FORMS.iter().find(|form| *form.name == *name.text) else {
            let known: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
            let message = format!("no question is called `{}`", name.text);
            let hint = match nearest(&name.text, known.iter().copied()) {
                Some(near) => format!("is `{near}` meant?"),
                None => format!("questions are {}", known.join(", ")),
            };
            report(context, (Code::UnknownQuestion, name, message, hint));
            return None;
        };
        let found = vec![None; form.slots.len()];
        let mut arguments = Arguments { question, form, found, context, sound: true };
        let mut next = 0;
        for argument in &question.arguments {
            arguments.sort_in(argument, &mut next);
        }
        for (slot, found) in form.slots.iter().zip(arguments.found.clone()) {
            if slot.required && found.is_none() {
                let message = format!("`{}(…)` needs `{}`", form.name, slot.key);
                arguments.fault((Code::QuestionArgument, name, message, format!("for instance `{}`", form.example)));
            }
        }
        Some(arguments)
    }

    fn sort_in(&mut self, argument: &'q Argument, next: &mut usize) {
        let Some(first) = argument.values.first() else { return };
        let form = self.form;
        let slot = match &argument.key {
            Some(key) => {
                let slot = form.slots.iter().position(|slot| *slot.key == *key.text);
                if slot.is_none() {
                    let keys: Vec<&str> = form.slots.iter().map(|slot| slot.key).collect();
                    let message = format!("`{}(…)` has no `{}`", form.name, key.text);
                    let hint = match nearest(&key.text, keys.iter().copied()) {
                        Some(near) => format!("is `{near}` meant?"),
                        None => format!("it has {}", keys.join(", ")),
                    };
                    self.fault((Code::QuestionArgument, key, message, hint));
                }
                slot
            }
            None if *next < form.places => {
                *next += 1;
                Some(*next - 1)
            }
            None => {
                let message = format!("`{}` stands without a key in `{}(…)`", first.text, form.name);
                self.fault((Code::QuestionArgument, first, message, format!("for instance `{}`", form.example)));
                None
            }
        };
        let Some(slot) = slot else { return };
        if self.found[slot].is_some() {
            let message = format!("`{}` stands twice in `{}(…)`", form.slots[slot].key, form.name);
            self.fault((Code::QuestionArgument, first, message, "keep one of them".to_owned()));
            return;
        }
        self.found[slot] = Some(argument);
    }

    pub(super) fn fault(&mut self, fault: Fault<'_>) {
        self.sound = false;
        report(self.context, fault);
    }

    /// What has been made of the arguments, if nothing was wrong with them.
    pub(super) fn finish<T>(self, made: Option<T>) -> Option<T> {
        made.filter(|_| self.sound)
    }

    /// The values of an argument.
    pub(super) fn values(&self, key: &str) -> &'q [Name] {
        let slot = self.form.slots.iter().position(|slot| slot.key == key);
        slot.and_then(|slot| self.found[slot]).map_or(&[], |argument| &argument.values)
    }

    /// The one value of an argument.
    pub(super) fn value(&mut self, key: &str) -> Option<&'q Name> {
        match self.values(key) {
            [] => None,
            [one] => Some(one),
            [_, second, ..] => {
                let message = format!("`{key}` has several values in `{}(…)`; expected one", self.form.name);
                self.fault((Code::QuestionArgument, second, message, "write one value without braces".to_owned()));
                None
            }
        }
    }

    fn word_of<T: Copy>(&mut self, name: &Name, what: &str, words: &[(&'static str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| **word == *name.text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("`{}` is no {what}", name.text);
            self.fault((Code::NotInList, name, message, format!("expected one of {}", list.join(", "))));
        }
        found
    }

    /// A word from a list.
    pub(super) fn word<T: Copy>(&mut self, key: &str, words: &[(&'static str, T)]) -> Option<T> {
        let name = self.value(key)?;
        self.word_of(name, &format!("word for `{key}`"), words)
    }

    /// Words from a list.
    pub(super) fn words<T: Copy>(&mut self, key: &str, words: &[(&'static str, T)]) -> Vec<T> {
        let names = self.values(key);
        names.iter().filter_map(|name| self.word_of(name, &format!("word for `{key}`"), words)).collect()
    }

    pub(super) fn yes(&mut self, key: &str) -> Option<bool> {
        self.word(key, &[("yes", true), ("no", false)])
    }

    pub(super) fn track(&mut self) -> Track {
        self.word("track", &Track::WORDS).unwrap_or(Track::Political)
    }

    pub(super) fn reading(&mut self) -> ReadingChoice {
        ReadingChoice { reading: self.word("reading", &ReadingWord::WORDS), law: self.yes("law") }
    }

    /// A reference that the case resolves; `find` makes its own findings.
    fn resolved<T>(
        &mut self,
        name: &Name,
        find: impl FnOnce(&mut Loading<'_>, &dyn Fn(Code, String) -> Diagnostic, &mut Findings) -> Option<T>,
    ) -> Option<T> {
        let context = &mut *self.context;
        let (line, column) = context.reader.place((context.place)(name.span.start));
        let file = context.reader.file;
        let at = |code, message| Diagnostic::new(code, file, format!("predicate: {message}")).at(line, Some(column));
        let found = find(context.loading, &at, context.reader.findings);
        self.sound &= found.is_some();
        found
    }

    pub(super) fn actor(&mut self, key: &str) -> Option<Id<Actor>> {
        let name = self.value(key)?;
        self.resolved(name, |loading, at, findings| loading.actor_at(&name.text, at, findings))
    }

    pub(super) fn issue(&mut self) -> Option<Id<Issue>> {
        let name = self.value("issue")?;
        let unknown = |at: &dyn Fn(Code, String) -> Diagnostic, message| at(Code::UnknownReference, message);
        self.resolved(name, |loading, at, findings| loading.issue(&name.text, |message| unknown(at, message), findings))
    }

    /// The issue or the group that a question is about.
    pub(super) fn issues(&mut self) -> Issues {
        let group = self.value("group");
        match (self.issue(), group) {
            (Some(_), Some(group)) => {
                let message = format!("`{}(…)` names an issue and a group", self.form.name);
                self.fault((Code::QuestionArgument, group, message, "keep one of them".to_owned()));
                Issues::All
            }
            (Some(issue), None) => Issues::One(issue),
            (None, Some(group)) => {
                let known: Vec<String> = groups(&self.context.loading.issues).into_iter().map(str::to_owned).collect();
                self.known_text(group, "group of issues.csv", &known);
                Issues::Group(group.text.clone())
            }
            (None, None) => Issues::All,
        }
    }

    /// The name of a series of factors.csv. One without a value is no fault: it may get one later.
    pub(super) fn series(&mut self) -> Option<Box<str>> {
        let name = self.value("name")?;
        let known: BTreeSet<&str> = self.context.loading.factors.iter().map(|row| &*row.name).collect();
        if !known.contains(&*name.text) {
            let hint = match nearest(&name.text, known) {
                Some(near) => format!("is `{near}` meant?"),
                None => "add its values to factors.csv; until then the claim has no data".to_owned(),
            };
            let message = format!("no series of factors.csv is called `{}`", name.text);
            report(self.context, (Code::UnknownSeries, name, message, hint));
        }
        Some(name.text.clone())
    }

    fn known_text(&mut self, name: &Name, what: &str, known: &[String]) {
        if known.iter().any(|text| **text == *name.text) {
            return;
        }
        let hint = match nearest(&name.text, known.iter().map(String::as_str)) {
            Some(near) => format!("is `{near}` meant?"),
            None if known.is_empty() => format!("the case has no {what}"),
            None => format!("there is {}", known.iter().take(8).map(String::as_str).collect::<Vec<_>>().join(", ")),
        };
        self.fault((Code::UnknownReference, name, format!("no {what} is called `{}`", name.text), hint));
    }

    /// Which events count.
    pub(super) fn events(&mut self) -> EventFilter {
        let mut filter = EventFilter {
            level: self.word("level", &crate::event::ContactLevel::WORDS),
            party: self.actor("party"),
            mediator: self.actor("mediator"),
            direction: self.word("direction", &crate::event::Direction::WORDS),
            track: self.word("track", &Track::WORDS),
            ..EventFilter::default()
        };
        for name in self.values("country") {
            if name.text.len() != 2 || !name.text.bytes().all(|byte| byte.is_ascii_uppercase()) {
                let message = format!("`{}` is no code of a country", name.text);
                self.fault((
                    Code::NotInList,
                    name,
                    message,
                    "expected two capital letters of ISO 3166-1, such as TR".to_owned(),
                ));
            }
            filter.countries.push(name.text.clone());
        }
        for name in self.values("topic") {
            let topic = self.resolved(name, |loading, at, findings| {
                loading.topic_at(&name.text, |message| at(Code::UnknownReference, message), findings)
            });
            filter.topics.extend(topic);
        }
        filter
    }

    fn date(&mut self, key: &str) -> Option<When> {
        let name = self.value(key)?;
        let when = When::parse(&name.text);
        match (when, self.context.as_of) {
            (None, _) => {
                let hint = "dates are written 2022-03-29, 2022-03 or 2022".to_owned();
                self.fault((Code::NotADate, name, format!("`{key}` is `{}`; expected a date", name.text), hint));
            }
            (Some(when), Some(as_of)) if when.first() > as_of => {
                let message =
                    format!("`{key}` ({when}) lies after `as_of` ({as_of}), of which the record claims nothing");
                let hint = "the claim has no data until `as_of` in case.toml is moved".to_owned();
                report(self.context, (Code::AfterAsOf, name, message, hint));
            }
            _ => {}
        }
        when
    }

    /// The day of a question: its own, else that of the claim.
    pub(super) fn at(&mut self) -> Option<When> {
        self.date("at").or(self.context.times.at).or(self.context.times.to)
    }

    /// The window of a question: its own, else that of the claim.
    pub(super) fn window(&mut self) -> Window {
        let (at, within) = (self.date("at"), self.date("within"));
        let both = at.or(within);
        let ends = [self.date("from"), self.date("to")];
        if let (Some(_), [Some(_), _] | [_, Some(_)]) = (both, ends) {
            let message = format!("`{}(…)` names its days twice", self.form.name);
            let hint = "write `within` alone, or `from` and `to`".to_owned();
            self.fault((Code::QuestionArgument, &self.question.name, message, hint));
        }
        let times = self.context.times;
        let window = match (both, ends) {
            (Some(_), _) => Window { from: both, to: both },
            (None, [from, to]) => Window { from: from.or(times.from), to: to.or(times.to).or(times.at) },
        };
        if let Window { from: Some(from), to: Some(to) } = window
            && to.last() < from.first()
        {
            let message = format!("the window of `{}(…)` ends ({to}) before it begins ({from})", self.form.name);
            self.fault((
                Code::ReversedDates,
                &self.question.name,
                message,
                "write the earlier day as `from`".to_owned(),
            ));
        }
        window
    }

    /// The window of a question about a day or days: a day alone, else its window, else the day of the claim.
    pub(super) fn window_or_day(&mut self) -> Window {
        let times = self.context.times;
        let own = ["at", "from", "to", "within"].iter().any(|key| !self.values(key).is_empty());
        match times.at.filter(|_| !own) {
            Some(at) => Window { from: Some(at), to: Some(at) },
            None => self.window(),
        }
    }

    /// Reports a question about an issue or a group that names neither.
    pub(super) fn needs_issues(&mut self, issues: &Issues) {
        if *issues == Issues::All && self.values("issue").is_empty() && self.values("group").is_empty() {
            let message = format!("`{}(…)` needs `issue` or `group`", self.form.name);
            let hint = format!("for instance `{}`", self.form.example);
            self.fault((Code::QuestionArgument, &self.question.name, message, hint));
        }
    }

    fn not_compared(&mut self, expected: &str) {
        let message = format!("`{}(…)` is not compared; expected {expected}", self.form.name);
        self.fault((Code::QuestionTest, &self.question.name, message, format!("for instance `{}`", self.form.example)));
    }

    /// Words that the answer is compared with.
    pub(super) fn is<T: Copy>(&mut self, words: &[(&'static str, T)]) -> Option<Compare<T>> {
        let Some(test) = &self.question.test else {
            self.not_compared(self.form.answer.written());
            return None;
        };
        let ordered = self.form.answer == Answer::Level;
        if test.sign == Sign::Includes || !(ordered || test.sign == Sign::Is) {
            self.wrong_sign(test.sign);
        }
        let what = format!("answer of `{}(…)`", self.form.name);
        let values: Vec<T> = test.values.iter().filter_map(|name| self.word_of(name, &what, words)).collect();
        Some(Compare { sign: test.sign, values })
    }

    fn wrong_sign(&mut self, sign: Sign) {
        let message = format!("the answer of `{}(…)` cannot be compared by `{}`", self.form.name, sign.text());
        self.fault((
            Code::QuestionTest,
            &self.question.name,
            message,
            format!("expected {}", self.form.answer.written()),
        ));
    }

    /// The number that the answer is compared with; a count that is not compared is at least 1.
    pub(super) fn number(&mut self) -> Option<Compare<f64>> {
        let Some(test) = &self.question.test else {
            if self.form.answer == Answer::Count {
                return Some(Compare { sign: Sign::AtLeast, values: vec![1.0] });
            }
            self.not_compared(self.form.answer.written());
            return None;
        };
        if test.sign == Sign::Includes {
            self.wrong_sign(test.sign);
        }
        let mut values = Vec::new();
        for name in &test.values {
            let digits = name.text.strip_prefix('-').unwrap_or(&name.text);
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            match name.text.parse::<f64>() {
                Ok(value) if plain && value.is_finite() => values.push(value),
                _ => {
                    let message = format!("`{}` is no number", name.text);
                    self.fault((Code::NotANumber, name, message, format!("for instance `{}`", self.form.example)));
                }
            }
        }
        Some(Compare { sign: test.sign, values })
    }

    /// The options that the answer is compared with.
    pub(super) fn options(&mut self, issue: Option<Id<Issue>>) -> Option<OptionTest> {
        let Some(test) = &self.question.test else {
            self.not_compared(self.form.answer.written());
            return None;
        };
        if !matches!(test.sign, Sign::Includes | Sign::Is) {
            self.wrong_sign(test.sign);
        }
        let issue = issue?;
        let mut options = OptionSet::EMPTY;
        for name in &test.values {
            let option = self.resolved(name, |loading, at, findings| {
                loading.option(&name.text, issue, |message| at(Code::UnknownReference, message), findings)
            });
            option.into_iter().for_each(|option| options.insert(option));
        }
        Some(OptionTest { includes: test.sign == Sign::Includes, options })
    }

    /// Reports a comparison where the answer is yes or no.
    pub(super) fn yes_or_no(&mut self) {
        if let Some(test) = &self.question.test {
            let message =
                format!("`{}(…)` is answered by yes or no, and is compared by `{}`", self.form.name, test.sign.text());
            let hint = format!("write `{}(…)`, or `not {0}(…)`", self.form.name);
            self.fault((Code::QuestionTest, &self.question.name, message, hint));
        }
    }
}

fn report(context: &mut Context<'_, '_, '_>, (code, name, message, hint): Fault<'_>) {
    let span = (context.place)(name.span.start)..(context.place)(name.span.end);
    context.reader.finding(code, span, format!("predicate: {message}"), Some(hint));
}
