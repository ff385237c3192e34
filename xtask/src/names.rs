//! Makes the table of territory names from the Unicode CLDR.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Temporary, exists, read, root, stdout_of};

/// The comparison of names, the same for the table and for the look-up.
#[path = "../../crates/case/src/names/spelling.rs"]
mod spelling;

use spelling::{normalise, without_accents};

/// An npm package at a fixed version.
struct Package {
    name: &'static str,
    version: &'static str,
    integrity: &'static str,
}

/// Territory names in all locales.
const NAMES: Package = Package {
    name: "cldr-localenames-full",
    version: "48.2.0",
    integrity: "sha512-4o0paYDz0UXhfhChAVFkmVl2CP0YTSEqE6WrC0fNafaSC5u5DAXphxH3SZ1Ujczarikr8DToKZfiok6EqWLdNQ==",
};

/// ISO 3166-1 alpha-3 codes.
const CODES: Package = Package {
    name: "cldr-core",
    version: "48.2.0",
    integrity: "sha512-zfmLothncSwfv2jlevoSrgI2VGgH8SDGHXst6jUEotHA8nq9Igeg9jzdJDFtBso9pgJuG89DK16TzrmZDdo2Bg==",
};

/// Two-letter keys of the CLDR that are no territories.
const NO_TERRITORIES: [&str; 7] = ["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"];

/// Fewer locales than this mean an incomplete package.
const MIN_LOCALES: usize = 600;

/// The highest compression that is still fast.
const COMPRESSION_LEVEL: u8 = 10;

/// Writes `crates/case/data/names`, or, to check, compares it with what would be written.
pub fn run(check: bool) -> Result<(), String> {
    if !exists("npm", "--version") {
        return Err("the names come from two npm packages, and `npm` is not installed: install Node.js".to_owned());
    }
    let folder = root().join("crates/case/data/names");
    let temporary = Temporary::new()?;
    let names = NAMES.unpack(&temporary.0)?;
    let codes = CODES.unpack(&temporary.0)?;

    let table = Table::read(&names, &codes)?;
    let text = table.text();
    let compressed = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), COMPRESSION_LEVEL);
    let licence = read(&names.join("LICENSE"))?;
    let files = [
        ("territories.bin", compressed),
        ("README.md", table.readme().into_bytes()),
        ("LICENSE-UNICODE", licence.into_bytes()),
    ];
    if !check {
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        if check {
            if fs::read(&path).ok().as_deref() != Some(&bytes) {
                return Err(format!(
                    "crates/case/data/names/{name} is not what its source gives; run: cargo xtask names"
                ));
            }
        } else {
            fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

impl Package {
    /// Gets the package through the npm client, compares its hash, and unpacks it.
    fn unpack(&self, folder: &Path) -> Result<PathBuf, String> {
        let folder = folder.join(self.name);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let package = format!("{}@{}", self.name, self.version);
        let report =
            stdout_of(Command::new("npm").args(["pack", &package, "--json", "--ignore-scripts"]).current_dir(&folder))?;
        let report: Value = serde_json::from_str(&report).map_err(|error| format!("npm pack {package}: {error}"))?;
        let report = report.get(0).or_else(|| report.get(self.name)).unwrap_or(&Value::Null);
        let field = |name: &str| {
            report
                .get(name)
                .and_then(Value::as_str)
                .ok_or_else(|| format!("npm pack {package}: the report has no {name}"))
        };
        let integrity = field("integrity")?;
        if integrity != self.integrity {
            return Err(format!("{package}: the package has {integrity}, expected {}", self.integrity));
        }
        stdout_of(Command::new("tar").args(["-xzf", field("filename")?]).current_dir(&folder))?;
        Ok(folder.join("package"))
    }
}

/// The object at a path of keys in a JSON file.
fn read_object(path: &Path, keys: &[&str]) -> Result<serde_json::Map<String, Value>, String> {
    let root: Value = serde_json::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    keys.iter()
        .try_fold(&root, |value, key| value.get(key))
        .and_then(Value::as_object)
        .cloned()
        .ok_or_else(|| format!("{}: no object {}", path.display(), keys.join(".")))
}

/// A name's spelling and, for each territory it means, the languages.
struct Name {
    spelling: String,
    meanings: BTreeMap<String, BTreeSet<String>>,
}

/// The names of all locales.
struct Table {
    /// Alpha-2 → alpha-3 and English name.
    territories: BTreeMap<String, (String, String)>,
    /// By normalised spelling.
    names: BTreeMap<String, Name>,
    locales: usize,
}

impl Table {
    fn read(names: &Path, codes: &Path) -> Result<Self, String> {
        let main = names.join("main");
        let mut table = Self { territories: territories(&main, codes)?, names: BTreeMap::new(), locales: 0 };
        for locale in folders(&main)? {
            let path = main.join(&locale).join("territories.json");
            if path.exists() {
                table.locales += 1;
                for (key, name) in read_names(&path, &locale)? {
                    table.insert(&key, &name, &locale);
                }
            }
        }
        if table.locales < MIN_LOCALES {
            return Err(format!("{}: {} locales, expected at least {MIN_LOCALES}", NAMES.name, table.locales));
        }
        Ok(table)
    }

    /// Adds a name under a key such as `CZ` or `CZ-alt-variant`, if its territory is one of the table.
    fn insert(&mut self, key: &str, name: &str, locale: &str) {
        let alpha2 = first_part(key);
        let normalised = normalise(name);
        if !self.territories.contains_key(alpha2) || normalised.is_empty() {
            return;
        }
        let spelling = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let entry = self.names.entry(normalised).or_insert_with(|| Name { spelling, meanings: BTreeMap::new() });
        entry.meanings.entry(alpha2.to_owned()).or_default().insert(first_part(locale).to_owned());
    }

    /// The three sections that `crates/case/src/names/territories.rs` describes.
    fn text(&self) -> String {
        let mut sections = [Vec::new(), Vec::new(), Vec::new()];
        let [territories, names, accented] = &mut sections;
        for (alpha2, (alpha3, english)) in &self.territories {
            territories.push(format!("{alpha2}\t{alpha3}\t{english}"));
        }
        for (normalised, name) in &self.names {
            let spelling = &name.spelling;
            for (alpha2, languages) in &name.meanings {
                let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
                names.push(format!("{spelling}\t{alpha2}\t{}", languages.join(" ")));
            }
            let plain = without_accents(normalised);
            if plain != *normalised {
                accented.push(format!("{plain}\t{spelling}"));
            }
        }
        accented.sort();
        sections.map(|lines| lines.join("\n")).join("\n\n")
    }

    fn readme(&self) -> String {
        let languages: BTreeSet<&String> =
            self.names.values().flat_map(|name| name.meanings.values().flatten()).collect();
        let mut text = String::from(
            "# Territory names\n\n\
             `territories.bin` holds the names of territories in all languages of the Unicode CLDR, for the look-up in\n\
             `crates/case/src/names`. The file is raw DEFLATE data of a text described in `territories.rs` there.\n\n",
        );
        let _ = writeln!(text, "| | |\n|---|---|");
        let _ = writeln!(text, "| territories | {} |", self.territories.len());
        let _ = writeln!(text, "| distinct names | {} |", self.names.len());
        let _ = writeln!(text, "| locales read | {} |", self.locales);
        let _ = writeln!(text, "| languages | {} |\n", languages.len());
        let _ = writeln!(text, "Sources, as npm packages:\n");
        for package in [&NAMES, &CODES] {
            let _ = writeln!(text, "- `{}` {}, integrity `{}`", package.name, package.version, package.integrity);
        }
        let _ = write!(
            text,
            "\nFrom the first come the names, short and variant forms included; from the second, the alpha-3 codes. Regions without\n\
             an alpha-2 or alpha-3 code, groupings and pseudo-regions ({}) are left out.\n\n\
             Licence of the data: Unicode-3.0, see `LICENSE-UNICODE`.\n\n\
             To make the files again: `cargo xtask names`.\n",
            NO_TERRITORIES.join(", "),
        );
        text
    }
}

/// The territories that have an alpha-2 code, an alpha-3 code and an English name.
fn territories(main: &Path, codes: &Path) -> Result<BTreeMap<String, (String, String)>, String> {
    let path = codes.join("supplemental/codeMappings.json");
    let codes = read_object(&path, &["supplemental", "codeMappings"])?;
    let english = read_names(&main.join("en/territories.json"), "en")?;
    Ok(english
        .into_iter()
        .filter(|(alpha2, _)| is_alpha2(alpha2) && !NO_TERRITORIES.contains(&alpha2.as_str()))
        .filter_map(|(alpha2, name)| {
            let alpha3 = codes.get(&alpha2)?.get("_alpha3")?.as_str()?.to_owned();
            Some((alpha2, (alpha3, name)))
        })
        .collect())
}

/// The territory names of a locale by key.
fn read_names(path: &Path, locale: &str) -> Result<BTreeMap<String, String>, String> {
    let object = read_object(path, &["main", locale, "localeDisplayNames", "territories"])?;
    Ok(object.into_iter().filter_map(|(key, name)| Some((key, name.as_str()?.to_owned()))).collect())
}

fn is_alpha2(key: &str) -> bool {
    key.len() == 2 && key.bytes().all(|b| b.is_ascii_uppercase())
}

/// What stands before the first hyphen: a locale's language, or the territory of an alternative name.
fn first_part(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The names of the folders in a folder, sorted.
fn folders(path: &Path) -> Result<Vec<String>, String> {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(fail)? {
        names.extend(entry.map_err(fail)?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}
