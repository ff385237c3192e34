//! A small SVG writer: elements, attributes, text, and nothing that could smuggle markup in.

use std::fmt::Write;

/// The value of an attribute: a text or a number with at most two decimals.
pub trait Value {
    /// The value as it stands between the quotation marks, before escaping.
    fn value(&self) -> String;
}

impl Value for f64 {
    fn value(&self) -> String {
        number(*self)
    }
}

impl Value for &str {
    fn value(&self) -> String {
        (*self).to_owned()
    }
}

impl Value for String {
    fn value(&self) -> String {
        self.clone()
    }
}

#[derive(Debug, Clone)]
enum Node {
    Element(Element),
    Text(String),
}

/// One element with its attributes, in the order in which they were set, and its children.
#[derive(Debug, Clone)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

impl Element {
    /// An empty element.
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new() }
    }

    /// Sets an attribute; a later value replaces an earlier one.
    pub fn set(mut self, name: &'static str, value: impl Value) -> Self {
        let value = value.value();
        match self.attributes.iter_mut().find(|(known, _)| *known == name) {
            Some(attribute) => attribute.1 = value,
            None => self.attributes.push((name, value)),
        }
        self
    }

    /// Sets an attribute where there is a value for it.
    pub fn set_some(self, name: &'static str, value: Option<impl Value>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Appends a child.
    pub fn child(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// Appends several children.
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Appends text, which is escaped when written.
    pub fn text(mut self, text: &str) -> Self {
        self.children.push(Node::Text(text.to_owned()));
        self
    }

    /// Writes the element and everything in it.
    pub fn write(&self, out: &mut String) {
        let _ = write!(out, "<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escape(value));
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) => out.push_str(&escape(text)),
            }
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

/// A group.
pub fn group() -> Element {
    Element::new("g")
}

/// A group whose tooltip and accessible name is `title`: every mark stands in one.
pub fn mark(title: &str) -> Element {
    group().set("class", "mark").child(Element::new("title").text(title))
}

/// A straight line.
pub fn line(x1: f64, y1: f64, x2: f64, y2: f64) -> Element {
    Element::new("line").set("x1", x1).set("y1", y1).set("x2", x2).set("y2", y2)
}

/// A rectangle; negative sizes become zero.
pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Element {
    Element::new("rect").set("x", x).set("y", y).set("width", width.max(0.0)).set("height", height.max(0.0))
}

/// A path through points.
pub fn polyline(points: &[(f64, f64)]) -> Element {
    let mut d = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let _ = write!(d, "{}{} {}", if index == 0 { "M" } else { "L" }, number(*x), number(*y));
    }
    Element::new("path").set("d", d).set("fill", "none")
}

/// A number with at most two decimals; what is not a number becomes 0.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let mut text = format!("{value:.2}");
    while text.ends_with('0') {
        text.pop();
    }
    if text.ends_with('.') {
        text.pop();
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// Escapes markup. What XML cannot hold becomes U+FFFD; line breaks and tabs become spaces; direction overrides are
/// dropped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// An identifier made of letters, digits, `-` and `_` that begins with a letter.
pub fn identifier(text: &str) -> String {
    let mut id: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '-' }).collect();
    if !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
        id.insert_str(0, "figure-");
    }
    id
}

/// A tiny check of well-formedness for tests: tags nest, attributes are quoted and unique, nothing is left bare, ids
/// are unique, references resolve. The error names the place.
#[cfg(test)]
pub(crate) fn check(svg: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        if text.contains('>')
            || text
                .replace("&amp;", "")
                .replace("&lt;", "")
                .replace("&gt;", "")
                .replace("&quot;", "")
                .replace("&#39;", "")
                .contains('&')
        {
            return Err(format!("bare character in {text:?}"));
        }
        let end = rest[start..].find('>').ok_or("tag without end")? + start;
        let tag = &rest[start + 1..end];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
        } else {
            let empty = tag.ends_with('/');
            let tag = tag.trim_end_matches('/');
            let name = tag.split(' ').next().unwrap_or_default();
            if matches!(name, "script" | "image" | "foreignObject" | "a" | "style" | "iframe") {
                return Err(format!("<{name}> has no place here"));
            }
            let mut attributes = tag[name.len()..].trim();
            let mut names = Vec::new();
            while !attributes.is_empty() {
                let (key, after) = attributes.split_once("=\"").ok_or_else(|| format!("attribute in <{tag}>"))?;
                let (value, after) = after.split_once('"').ok_or_else(|| format!("quote in <{tag}>"))?;
                if names.contains(&key) || key.starts_with("on") || key == "style" || key.contains("href") {
                    return Err(format!("attribute {key} in <{tag}>"));
                }
                if value.contains("NaN")
                    || value.contains("inf") && key != "d" && key != "aria-labelledby" && key != "id"
                {
                    return Err(format!("{key}={value}"));
                }
                if key == "id" {
                    if ids.contains(&value) {
                        return Err(format!("id {value} twice"));
                    }
                    ids.push(value);
                }
                names.push(key);
                attributes = after.trim();
            }
            if !empty {
                open.push(name);
            }
        }
        rest = &rest[end + 1..];
    }
    for reference in svg.split("url(#").skip(1).filter_map(|part| part.split(')').next()) {
        if !ids.contains(&reference) {
            return Err(format!("reference to {reference}"));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} left open")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let mut out = String::new();
        mark("</title><script>alert('1')</script>\u{0}")
            .child(rect(0.0, 0.0, 1.0, 1.0).set("class", "\" onload=\"x"))
            .write(&mut out);
        assert!(!out.contains("<script"), "{out}");
        check(&out).unwrap();
    }

    #[test]
    fn numbers_are_short_and_finite() {
        assert_eq!(number(1.0), "1");
        assert_eq!(number(1.005_1), "1.01");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(f64::NAN), "0");
        assert_eq!(number(1200.50), "1200.5");
    }

    #[test]
    fn identifiers_are_safe() {
        assert_eq!(identifier("a b\"c"), "a-b-c");
        assert_eq!(identifier(""), "figure-");
        assert_eq!(identifier("1"), "figure-1");
    }

    #[test]
    fn the_check_sees_faults() {
        for bad in ["<g>", "<g></h>", "<g a=1/>", "<g>a&b</g>", "<g fill=\"url(#x)\"/>", "<script/>"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
