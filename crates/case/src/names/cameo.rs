//! Actor codes in the manner of CAMEO: an alpha-3 code followed by role codes, as in `UKRGOV` or `SDNREBSEP`.

use super::{Territory, territories::table};

/// A role within a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role {
    /// The three-letter code, such as `GOV`.
    pub code: &'static str,
    /// The English label, such as `government`.
    pub label: &'static str,
}

const fn role(code: &'static str, label: &'static str) -> Role {
    Role { code, label }
}

/// The domestic roles of CAMEO, sorted by code.
pub const ROLES: &[Role] = &[
    role("AGR", "agriculture"),
    role("BUS", "business"),
    role("COP", "police"),
    role("CRM", "criminals"),
    role("CVL", "civilians"),
    role("DEV", "development"),
    role("EDU", "education"),
    role("ELI", "elites"),
    role("ENV", "environment"),
    role("GOV", "government"),
    role("HLH", "health"),
    role("HRI", "human rights"),
    role("INS", "insurgents"),
    role("JUD", "judiciary"),
    role("LAB", "labour"),
    role("LEG", "legislature"),
    role("MED", "media"),
    role("MIL", "military"),
    role("MOD", "moderates"),
    role("OPP", "political opposition"),
    role("PTY", "political party"),
    role("RAD", "radicals"),
    role("REB", "rebels"),
    role("REF", "refugees"),
    role("SEP", "separatists"),
    role("SPY", "state intelligence"),
    role("UAF", "unaligned armed forces"),
];

/// The most role codes after a country.
const MAX_ROLES: usize = 3;

/// The country and the roles of an upper-case code.
pub(super) fn sub_actor(code: &str) -> Option<(Territory, Vec<Role>)> {
    let (country, mut rest) = code.split_at_checked(3)?;
    let mut roles = Vec::new();
    while let Some((code, after)) = rest.split_at_checked(3) {
        let index = ROLES.binary_search_by(|role| role.code.cmp(code)).ok()?;
        roles.push(*ROLES.get(index)?);
        rest = after;
    }
    if !rest.is_empty() || roles.is_empty() || roles.len() > MAX_ROLES {
        return None;
    }
    Some((table().alpha3(country)?, roles))
}
