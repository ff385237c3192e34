//! From a text to an expression.

use std::ops::Range;

use super::{Argument, Atom, Expression, ExpressionError, Name, Question, Sign, Test};

/// Longest text that is read, in bytes.
pub const LONGEST: usize = 1 << 16;

/// Most atoms that an expression may have.
pub const MOST_ATOMS: usize = 512;

/// Most levels of an expression.
pub const DEEPEST: usize = 64;

/// Most parentheses and negations within each other: more than an expression has levels, since some parentheses are for the reader only.
const DEEPEST_TEXT: usize = 100;

/// Words that are no names where they stand alone.
const WORDS: [&str; 11] =
    ["not", "and", "or", "implies", "if", "iff", "in", "exclude", "at-most", "at-least", "exactly"];

/// Reads an expression. Cost: linear in the text.
///
/// # Errors
/// The first place that cannot be read, what was expected there, and how to mend it; also texts beyond [`LONGEST`], [`MOST_ATOMS`] or [`DEEPEST`].
pub fn parse(text: &str) -> Result<Expression<Atom>, ExpressionError> {
    if text.len() > LONGEST {
        let message = format!("this rule has {} bytes; at most {LONGEST} are read", text.len());
        return Err(too_large(0..text.len(), message));
    }
    let mut parser = Parser { text, at: 0, token: Token::End, span: 0..0, depth: 0, atoms: 0 };
    parser.advance()?;
    let expression = parser.expression()?;
    match parser.token {
        Token::End => {}
        Token::Close => {
            let hint = "take it out, or add the `(` that it closes";
            return Err(parser.error("found `)` that closes nothing", hint));
        }
        _ => return Err(parser.unexpected("`and`, `or`, `implies` or the end")),
    }
    if depth(&expression) > DEEPEST {
        let message = format!("this rule has more than {DEEPEST} levels");
        return Err(too_large(0..text.len(), message));
    }
    Ok(expression)
}

fn depth<A>(expression: &Expression<A>) -> usize {
    1 + match expression {
        Expression::Atom(_) => 0,
        Expression::Not(entry) => depth(entry),
        Expression::All(of) | Expression::Any(of) | Expression::Count { of, .. } => {
            of.iter().map(depth).max().unwrap_or_default()
        }
        Expression::Implies(first, second) | Expression::Iff(first, second) => depth(first).max(depth(second)),
    }
}

/// Whether a name may stand without apostrophes.
pub(super) fn is_plain(name: &str) -> bool {
    let is_word = WORDS.iter().any(|word| name.eq_ignore_ascii_case(word));
    !name.is_empty() && !name.starts_with('-') && !is_word && name.chars().all(is_part_of_name)
}

fn is_part_of_name(character: char) -> bool {
    !character.is_whitespace() && !"(){},=&|'\"!".contains(character)
}

fn never_closed(opened: Range<usize>) -> ExpressionError {
    let message = "this parenthesis is never closed".to_owned();
    ExpressionError { span: opened, message, hint: "add `)` where it ends".to_owned() }
}

fn too_large(span: Range<usize>, message: String) -> ExpressionError {
    ExpressionError { span, message, hint: "write several rules in its place".to_owned() }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    /// Characters of a name or a word of the language.
    Word(&'t str),
    /// A name between apostrophes, with those within still doubled.
    Quoted(&'t str),
    Open,
    Close,
    OpenSet,
    CloseSet,
    Comma,
    Equals,
    And,
    Or,
    End,
}

struct Parser<'t> {
    text: &'t str,
    /// Where the text after the token begins.
    at: usize,
    token: Token<'t>,
    /// Where the token stands.
    span: Range<usize>,
    depth: usize,
    atoms: usize,
}

impl<'t> Parser<'t> {
    /// Reads the next token.
    fn advance(&mut self) -> Result<(), ExpressionError> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.text[start..];
        let Some(first) = rest.chars().next() else {
            (self.token, self.span) = (Token::End, start..start);
            return Ok(());
        };
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            '{' => (Token::OpenSet, 1),
            '}' => (Token::CloseSet, 1),
            ',' => (Token::Comma, 1),
            '=' => (Token::Equals, 1),
            '&' => (Token::And, 1),
            '|' => (Token::Or, 1),
            '\'' => self.quoted(start)?,
            '"' | '!' => {
                self.span = start..start + 1;
                let hint = if first == '!' {
                    "the opposite of `a = b` is written `not a = b`"
                } else {
                    "names that need it stand between apostrophes: 'two words'"
                };
                return Err(self.error(format!("`{first}` is no sign of this language"), hint));
            }
            _ => {
                let word = &rest[..rest.find(|c| !is_part_of_name(c)).unwrap_or(rest.len())];
                (Token::Word(word), word.len())
            }
        };
        self.at = start + length;
        (self.token, self.span) = (token, start..self.at);
        Ok(())
    }

    /// A name between apostrophes, and its length with them.
    fn quoted(&mut self, start: usize) -> Result<(Token<'t>, usize), ExpressionError> {
        let inside = &self.text[start + 1..];
        let mut from = 0;
        while let Some(at) = inside[from..].find('\'') {
            let end = from + at;
            if !inside[end + 1..].starts_with('\'') {
                self.span = start..start + end + 2;
                return match inside[..end].trim().is_empty() {
                    true => Err(self.error("a name between apostrophes is empty", "write a name between them")),
                    false => Ok((Token::Quoted(&inside[..end]), end + 2)),
                };
            }
            from = end + 2;
        }
        self.span = start..self.text.len();
        Err(self.error(
            "the apostrophe that opens this name is never closed",
            "close it, or double it if it belongs to the name",
        ))
    }

    fn error(&self, message: impl Into<String>, hint: &str) -> ExpressionError {
        ExpressionError { span: self.span.clone(), message: message.into(), hint: hint.to_owned() }
    }

    fn unexpected(&self, expected: &str) -> ExpressionError {
        let found = match self.token {
            Token::End => "the end of the rule".to_owned(),
            _ => format!("`{}`", &self.text[self.span.clone()]),
        };
        let hint = match self.token {
            Token::Word(word) if WORDS.iter().any(|own| word.eq_ignore_ascii_case(own)) => {
                "`if a, then b` is written `a implies b`; a name that is a word of this language stands between apostrophes"
            }
            Token::Word(_) | Token::Quoted(_) => "a name of several words stands between apostrophes: 'two words'",
            Token::End => "a rule looks like `land = none implies sea in {open, shared}`",
            Token::Equals => "one `=` stands between an issue and its option: `land = none`",
            _ => "an operator stands between two statements: `a and b`, `a or b`, `a implies b`",
        };
        self.error(format!("found {found}; expected {expected}"), hint)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.token, Token::Word(found) if found.eq_ignore_ascii_case(word))
    }

    /// What stands behind the token, without reading it.
    fn followed_by(&self, test: impl Fn(&str) -> bool) -> bool {
        test(self.text[self.at..].trim_start())
    }

    fn enter(&mut self) -> Result<(), ExpressionError> {
        self.depth += 1;
        if self.depth > DEEPEST_TEXT {
            return Err(too_large(
                self.span.clone(),
                format!("more than {DEEPEST_TEXT} levels of parentheses and negations"),
            ));
        }
        Ok(())
    }

    fn expression(&mut self) -> Result<Expression<Atom>, ExpressionError> {
        let left = self.any()?;
        let arrow = ["implies", "IF", "IFF"].into_iter().find(|word| self.is_word(word));
        let Some(arrow) = arrow else { return Ok(left) };
        self.advance()?;
        let right = self.any()?;
        if ["implies", "IF", "IFF"].into_iter().any(|word| self.is_word(word)) {
            let message = "two of `implies`, `IF` and `IFF` in a row can be read in two ways";
            return Err(self.error(message, "put parentheses around what belongs together: `a implies (b implies c)`"));
        }
        let (left, right) = (Box::new(left), Box::new(right));
        Ok(match arrow {
            "implies" => Expression::Implies(left, right),
            "IF" => Expression::Implies(right, left),
            _ => Expression::Iff(left, right),
        })
    }

    fn any(&mut self) -> Result<Expression<Atom>, ExpressionError> {
        let first = self.all()?;
        let mut entries = vec![first];
        while self.token == Token::Or || self.is_word("or") {
            self.advance()?;
            entries.push(self.all()?);
        }
        Ok(one_or(entries, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression<Atom>, ExpressionError> {
        let first = self.unary()?;
        let mut entries = vec![first];
        while self.token == Token::And || self.is_word("and") {
            self.advance()?;
            entries.push(self.unary()?);
        }
        Ok(one_or(entries, Expression::All))
    }

    fn unary(&mut self) -> Result<Expression<Atom>, ExpressionError> {
        match self.token {
            Token::Open => {
                self.enter()?;
                let opened = self.span.clone();
                self.advance()?;
                let inside = self.expression()?;
                self.close(opened)?;
                self.depth -= 1;
                Ok(inside)
            }
            Token::Word(word) if word.starts_with('-') => {
                self.enter()?;
                // The sign may stand at a name or apart from it.
                self.at = self.span.start + 1;
                self.negated()
            }
            Token::Word(_) if self.is_word("not") => {
                self.enter()?;
                self.negated()
            }
            Token::Word(_) if self.is_word("exclude") && self.followed_by(|rest| rest.starts_with('(')) => {
                self.advance()?;
                let of = self.list()?;
                Ok(Expression::Count { at_least: 0, at_most: of.len() - 1, of })
            }
            Token::Word(_) if self.followed_by(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) => self.count(),
            Token::Word(_) | Token::Quoted(_) => self.atom(),
            _ => Err(self.unexpected("a statement such as `issue = option`, `not …` or `(…)`")),
        }
    }

    fn negated(&mut self) -> Result<Expression<Atom>, ExpressionError> {
        self.advance()?;
        let entry = self.unary()?;
        self.depth -= 1;
        Ok(Expression::Not(Box::new(entry)))
    }

    /// `at-most N of (…)` and its like. The token is a word, and a number stands behind it.
    fn count(&mut self) -> Result<Expression<Atom>, ExpressionError> {
        let Some(kind) = ["at-most", "at-least", "exactly"].into_iter().find(|word| self.is_word(word)) else {
            return self.atom();
        };
        self.advance()?;
        let span = self.span.clone();
        let Token::Word(number) = self.token else { return Err(self.unexpected("a whole number")) };
        let Ok(number) = number.parse::<usize>() else { return Err(self.unexpected("a whole number")) };
        self.advance()?;
        if !self.is_word("of") {
            return Err(self.unexpected("`of` and a list: `at-most 2 of (a, b, c)`"));
        }
        self.advance()?;
        let of = self.list()?;
        if number > of.len() {
            let message = format!("`{kind} {number}` of a list of {}", of.len());
            let hint = format!("a number from 0 to {}", of.len());
            return Err(ExpressionError { span, message, hint });
        }
        let (at_least, at_most) = match kind {
            "at-most" => (0, number),
            "at-least" => (number, of.len()),
            _ => (number, number),
        };
        Ok(Expression::Count { at_least, at_most, of })
    }

    /// The entries between parentheses.
    fn list(&mut self) -> Result<Vec<Expression<Atom>>, ExpressionError> {
        if self.token != Token::Open {
            return Err(self.unexpected("a list between parentheses: `(a, b, c)`"));
        }
        self.enter()?;
        let opened = self.span.clone();
        self.advance()?;
        let mut entries = vec![self.expression()?];
        while self.token == Token::Comma {
            self.advance()?;
            entries.push(self.expression()?);
        }
        self.close(opened)?;
        self.depth -= 1;
        Ok(entries)
    }

    fn close(&mut self, opened: Range<usize>) -> Result<(), ExpressionError> {
        match self.token {
            Token::Close => self.advance(),
            Token::End => Err(never_closed(opened)),
            _ => Err(self.unexpected("`)`, `and`, `or` or `implies`")),
        }
    }

    fn atom(&mut self) -> Result<Expression<Atom>, ExpressionError> {
        let reserved = ["and", "or", "implies", "if", "iff"].into_iter().any(|word| self.is_word(word));
        if reserved {
            return Err(self.unexpected("a statement such as `issue = option`"));
        }
        self.count_atom()?;
        let begins = self.span.start;
        let name = self.name("a name")?;
        if self.token == Token::Open && self.span.start == name.span.end && self.text[begins..].starts_with(&*name.text)
        {
            return Ok(Expression::Atom(Atom::Question(self.question(name)?)));
        }
        if self.token == Token::Equals {
            self.advance()?;
            let options = vec![self.name("an option")?];
            return Ok(Expression::Atom(Atom::OneOf { name, options }));
        }
        if !self.is_word("in") {
            return Ok(Expression::Atom(Atom::Name(name)));
        }
        self.advance()?;
        if self.token != Token::OpenSet {
            return Err(self.unexpected("options between braces: `land in {none, some}`"));
        }
        let options = self.set("an option")?;
        Ok(Expression::Atom(Atom::OneOf { name, options }))
    }

    fn count_atom(&mut self) -> Result<(), ExpressionError> {
        self.atoms += 1;
        if self.atoms > MOST_ATOMS {
            return Err(too_large(self.span.clone(), format!("this rule has more than {MOST_ATOMS} statements")));
        }
        Ok(())
    }

    /// Names between braces. The token is the brace that opens them.
    fn set(&mut self, expected: &str) -> Result<Vec<Name>, ExpressionError> {
        let mut names = Vec::new();
        loop {
            self.advance()?;
            names.push(self.name(expected)?);
            self.count_atom()?;
            match self.token {
                Token::Comma => {}
                Token::CloseSet => break,
                _ => return Err(self.unexpected("`,` or `}`")),
            }
        }
        self.advance()?;
        Ok(names)
    }

    /// The arguments of a question and what its answer is compared with. The token is the bracket behind its name.
    fn question(&mut self, name: Name) -> Result<Question, ExpressionError> {
        let opened = self.span.clone();
        self.advance()?;
        let mut arguments = Vec::new();
        while self.token != Token::Close {
            if !arguments.is_empty() {
                if self.token != Token::Comma {
                    let expected = if self.token == Token::End { None } else { Some("`,` or `)`") };
                    return Err(
                        expected.map_or_else(|| never_closed(opened.clone()), |expected| self.unexpected(expected))
                    );
                }
                self.advance()?;
            }
            if self.token == Token::End {
                return Err(never_closed(opened));
            }
            self.count_atom()?;
            arguments.push(self.argument()?);
        }
        self.advance()?;
        Ok(Question { name, arguments, test: self.test()? })
    }

    fn argument(&mut self) -> Result<Argument, ExpressionError> {
        let mut key = None;
        if let Token::Word(word) = self.token
            && let Some((before, _)) = word.split_once(':')
        {
            if before.is_empty() || before.starts_with('-') {
                return Err(self.unexpected("an argument such as `from: 2022-02`"));
            }
            let start = self.span.start;
            key = Some(Name { text: before.into(), span: start..start + before.len() });
            // The value may stand at the colon or apart from it.
            self.at = start + before.len() + 1;
            self.advance()?;
        }
        let values = match self.token {
            Token::OpenSet => self.set("a value")?,
            _ => vec![self.name("a value such as `2022-02` or `Ukraine`")?],
        };
        Ok(Argument { key, values })
    }

    /// What an answer is compared with, if a sign stands there.
    fn test(&mut self) -> Result<Option<Test>, ExpressionError> {
        let sign = match self.token {
            Token::Equals => Sign::Is,
            Token::Word(word) if word.starts_with(['<', '>']) => {
                let less = word.starts_with('<');
                let after = self.span.start + 1;
                self.at = after;
                self.advance()?;
                let or_equal = self.token == Token::Equals && self.span.start == after;
                let sign = match (less, or_equal) {
                    (true, false) => Sign::Less,
                    (true, true) => Sign::AtMost,
                    (false, false) => Sign::More,
                    (false, true) => Sign::AtLeast,
                };
                if or_equal {
                    self.advance()?;
                }
                return Ok(Some(Test { sign, values: vec![self.name("a value")?] }));
            }
            Token::Word(_) if self.is_word("in") => Sign::Is,
            Token::Word(_) if self.is_word("includes") => Sign::Includes,
            _ => return Ok(None),
        };
        let needs_set = self.is_word("in");
        self.advance()?;
        let values = match self.token {
            Token::OpenSet => self.set("a value")?,
            _ if needs_set => return Err(self.unexpected("values between braces: `in {lull, stalemate}`")),
            _ => vec![self.name("a value")?],
        };
        Ok(Some(Test { sign, values }))
    }

    fn name(&mut self, expected: &str) -> Result<Name, ExpressionError> {
        let text = match self.token {
            Token::Word(word) => word.into(),
            Token::Quoted(inside) => inside.replace("''", "'").into(),
            _ => return Err(self.unexpected(expected)),
        };
        let span = self.span.clone();
        self.advance()?;
        Ok(Name { text, span })
    }
}

fn one_or(mut entries: Vec<Expression<Atom>>, many: fn(Vec<Expression<Atom>>) -> Expression<Atom>) -> Expression<Atom> {
    match entries.pop() {
        Some(only) if entries.is_empty() => only,
        Some(last) => {
            entries.push(last);
            many(entries)
        }
        None => many(entries),
    }
}
