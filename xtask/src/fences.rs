//! What each crate may depend on, that the build is pure Rust, and that all licences allow the program to be given on.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::shell::{cargo, stdout_of};

/// A crate of the workspace and those that it must not know, directly or through others.
const FENCES: [(&str, &[&str]); 7] = [
    ("detente-case", &["rayon", "rand", "tokio", "axum", "clap"]),
    ("detente-analysis", &["tokio", "axum", "clap", "indicatif"]),
    ("detente-report", &["tokio", "axum", "clap", "indicatif"]),
    ("detente-web", &["clap", "indicatif"]),
    ("detente-domain", &["detente-analysis", "detente-report", "tokio", "axum", "clap"]),
    ("detente-stability", &["detente-case", "detente-analysis", "detente-report", "tokio", "axum", "clap"]),
    ("detente-workbook", &["detente-analysis", "detente-report", "rayon", "tokio", "axum", "clap"]),
];

/// A crate of the workspace and those that it must not name in its own list.
const DIRECT: [(&str, &[&str]); 1] = [("detente-analysis", &["toml"])];

/// The command; no other crate may know it.
const COMMAND: &str = "detente";

/// Crates that open connections. The workbench listens, and nothing in the program calls out.
const CALLERS: [&str; 12] = [
    "reqwest",
    "ureq",
    "isahc",
    "curl",
    "attohttpc",
    "minreq",
    "rustls",
    "native-tls",
    "hickory-resolver",
    "hyper-rustls",
    "hyper-tls",
    "tungstenite",
];

/// Crates that build or look for code that is not Rust.
const NATIVE_BUILDERS: [&str; 8] =
    ["cc", "cmake", "pkg-config", "bindgen", "vcpkg", "cxx-build", "autotools", "openssl-sys"];

/// Licences under which a dependency may come, as `deny.toml` lists them.
const LICENCES: [&str; 11] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "Unicode-3.0",
    "Zlib",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "0BSD",
    "MIT-0",
    "MPL-2.0",
];

/// Checks all fences.
pub fn run() -> Result<(), String> {
    let mut faults = Vec::new();
    for (own, forbidden) in FENCES {
        let known = tree(own, &["--edges", "normal"])?;
        let broken = forbidden.iter().filter(|name| known.contains(**name));
        faults.extend(broken.map(|name| format!("{own} must not depend on {name}")));
    }
    for (own, forbidden) in DIRECT {
        let known = tree(own, &["--edges", "normal", "--depth", "1"])?;
        let broken = forbidden.iter().filter(|name| known.contains(**name));
        faults.extend(broken.map(|name| format!("{own} must not depend on {name} directly")));
    }

    let metadata = stdout_of(&mut cargo(&["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let packages: Vec<Package> = metadata["packages"].as_array().into_iter().flatten().map(Package::read).collect();

    let knows_command = |package: &&Package| package.needs.iter().any(|name| name == COMMAND);
    faults.extend(packages.iter().filter(knows_command).map(|p| format!("{} must not depend on {COMMAND}", p.name)));

    let built = tree(COMMAND, &["--edges", "normal,build"])?;
    let builders = NATIVE_BUILDERS.iter().filter(|name| built.contains(**name));
    faults.extend(builders.map(|name| format!("{COMMAND} is built with {name}: it must stay pure Rust")));
    let callers = CALLERS.iter().filter(|name| built.contains(**name));
    faults.extend(callers.map(|name| format!("{COMMAND} is built with {name}, which opens connections")));
    for package in packages.iter().filter(|package| built.contains(&package.name)) {
        // A crate may claim a name so that it is linked once only; that is no library.
        if let Some(library) = package.links.as_ref().filter(|library| **library != package.name) {
            faults.push(format!("{} links the native library {library}", package.name));
        }
    }

    for package in packages.iter().filter(|package| !package.own) {
        match &package.licence {
            None => faults.push(format!("{} states no licence", package.name)),
            Some(licence) if !allowed(licence) => faults.push(format!("{} comes under {licence}", package.name)),
            Some(_) => {}
        }
    }
    if faults.is_empty() {
        println!(
            "fences: {} crates in the program, {} with its tests and tools; no fault",
            built.len(),
            packages.len()
        );
        return Ok(());
    }
    Err(format!("fences: {} faults\n  {}", faults.len(), faults.join("\n  ")))
}

/// The names of the crates in a tree, the root included, on this platform.
fn tree(root: &str, arguments: &[&str]) -> Result<BTreeSet<String>, String> {
    let common = ["tree", "--locked", "--package", root, "--prefix", "none", "--format", "{p}"];
    let lines = stdout_of(&mut cargo(&[&common, arguments].concat()))?;
    Ok(lines.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

/// What is read of a package.
struct Package {
    name: String,
    licence: Option<String>,
    links: Option<String>,
    needs: Vec<String>,
    /// Whether it is part of this workspace.
    own: bool,
}

impl Package {
    fn read(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let needs = value["dependencies"].as_array().into_iter().flatten();
        Self {
            name: text("name").unwrap_or_default(),
            licence: text("license"),
            links: text("links"),
            needs: needs.filter_map(|need| need["name"].as_str()).map(str::to_owned).collect(),
            own: value["source"].is_null(),
        }
    }
}

/// Whether an SPDX expression can be met by allowed licences alone.
fn allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Expression { words: &words };
    reader.any() && reader.words.is_empty()
}

/// An SPDX expression, read from the left: `OR` binds less than `AND`, `AND` less than `WITH`.
struct Expression<'a> {
    words: &'a [&'a str],
}

impl Expression<'_> {
    fn take(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((first, rest)) if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }

    fn any(&mut self) -> bool {
        let mut met = self.all();
        while self.take("OR") {
            met |= self.all();
        }
        met
    }

    fn all(&mut self) -> bool {
        let mut met = self.one();
        while self.take("AND") {
            met &= self.one();
        }
        met
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let met = self.any();
            return self.take(")") && met;
        }
        let Some((licence, rest)) = self.words.split_first() else { return false };
        self.words = rest;
        if self.take("WITH") {
            let Some((exception, rest)) = self.words.split_first() else { return false };
            self.words = rest;
            return LICENCES.contains(&format!("{licence} WITH {exception}").as_str());
        }
        LICENCES.contains(licence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licence_expressions_are_read_as_spdx_means_them() {
        for good in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
        ] {
            assert!(allowed(good), "{good}");
        }
        for bad in ["GPL-3.0-only", "MIT AND GPL-2.0-or-later", "AGPL-3.0", "", "(MIT", "MIT MIT"] {
            assert!(!allowed(bad), "{bad}");
        }
    }
}
