//! An expression in words, for people who do not read formulas.

use super::Expression;

impl<A> Expression<A> {
    /// The expression in words, each atom by its label: `“A” and not “B”`, `“A” if “B”`, `“A” exactly if “B”`, `at least 2 of “A”, “B”, “C”`.
    pub fn in_words(&self, label: &impl Fn(&A) -> String) -> String {
        let part = |entry: &Expression<A>| entry.part(label);
        let parts = |entries: &[Expression<A>]| entries.iter().map(part).collect::<Vec<_>>();
        match self {
            Expression::Atom(atom) => format!("“{}”", label(atom)),
            Expression::Not(entry) => format!("not {}", part(entry)),
            Expression::All(entries) => parts(entries).join(" and "),
            Expression::Any(entries) => parts(entries).join(" or "),
            Expression::Implies(first, second) => format!("{} if {}", part(second), part(first)),
            Expression::Iff(first, second) => format!("{} exactly if {}", part(first), part(second)),
            Expression::Count { at_least, at_most, of } => {
                let how_many = match (*at_least, *at_most) {
                    (least, most) if least == most => format!("exactly {least}"),
                    (0, most) => format!("at most {most}"),
                    (least, most) if most >= of.len() => format!("at least {least}"),
                    (least, most) => format!("{least} to {most}"),
                };
                format!("{how_many} of {}", parts(of).join(", "))
            }
        }
    }

    /// The same as a part of a longer expression: in brackets unless it is an atom, or one that does not hold.
    fn part(&self, label: &impl Fn(&A) -> String) -> String {
        let words = self.in_words(label);
        match self {
            Expression::Atom(_) => words,
            Expression::Not(entry) if matches!(**entry, Expression::Atom(_)) => words,
            Expression::All(entries) | Expression::Any(entries) if entries.len() == 1 => words,
            _ => format!("({words})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Atom, parse};

    fn words(text: &str) -> Option<String> {
        let name = |atom: &Atom| match atom {
            Atom::Name(name) | Atom::OneOf { name, .. } => name.text.to_string(),
            Atom::Question(question) => question.to_string(),
        };
        parse(text).ok().map(|expression| expression.in_words(&name))
    }

    #[test]
    fn an_expression_reads_as_a_clause() {
        for (written, expected) in [
            ("a", "“a”"),
            ("-a & b", "not “a” and “b”"),
            ("a & (b | -c)", "“a” and (“b” or not “c”)"),
            ("-(a & b)", "not (“a” and “b”)"),
            ("a IF -b", "“a” if not “b”"),
            ("a IFF (b & c)", "“a” exactly if (“b” and “c”)"),
            ("at-least 2 of (a, b, -c)", "at least 2 of “a”, “b”, not “c”"),
            ("at-most 1 of (a, b)", "at most 1 of “a”, “b”"),
            ("exactly 1 of (a, b & c)", "exactly 1 of “a”, (“b” and “c”)"),
        ] {
            assert_eq!(words(written).as_deref(), Some(expected), "{written}");
        }
    }
}
