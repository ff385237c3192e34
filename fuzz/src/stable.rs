//! A case that is written and read again.

use detente_case::actor::Extra;
use detente_case::issue::Topic;
use detente_case::{Case, Folder, List, export, load};

/// That a case is the same, to the byte and in what it says, when it is written and read again.
pub fn assert_stable(case: &Case) {
    let again = read_again(case);
    let text = |case: &Case| -> Vec<(String, String)> {
        let files = export::files(case).into_iter();
        files.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
    };
    for (before, after) in text(case).iter().zip(text(&again)) {
        assert_eq!(*before, after);
    }
    for (before, after) in meaning(case).iter().zip(meaning(&again)) {
        assert_eq!(*before, after);
    }
    assert_eq!(text(case).len(), text(&again).len());
    assert_eq!(meaning(case).len(), meaning(&again).len());
}

/// A case that is read from what it is written as.
pub fn read_again(case: &Case) -> Case {
    let loaded = load(&Folder::Memory(export::files(case)), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// Everything that a case says, list by list; columns of its own in the order of their names, as they are written.
fn meaning(case: &Case) -> Vec<String> {
    fn rows<T: Clone + std::fmt::Debug>(list: &List<T>, extra: impl Fn(&mut T) -> Option<&mut Extra>) -> Vec<String> {
        let sorted = list.iter().cloned().map(|mut row| {
            if let Some(extra) = extra(&mut row) {
                extra.sort();
            }
            row
        });
        sorted.map(|row| format!("{row:?}")).collect()
    }
    let aliases: List<_> = case.aliases.iter().cloned().collect();
    let issues = case.issues.iter().cloned().map(|mut issue| {
        issue.options.iter_mut().for_each(|option| option.extra.sort());
        issue
    });
    // Where a list of topics has to be written, it holds also those that only events name.
    let topics = case.topics.iter().cloned().map(|topic| Topic { implied: false, ..topic });
    [
        vec![format!("{:?}", case.principals)],
        rows(&case.actors, |row| Some(&mut row.extra)),
        rows(&aliases, |row| Some(&mut row.extra)),
        rows(&issues.collect(), |_| None),
        rows(&topics.collect(), |row| Some(&mut row.extra)),
        rows(&case.sources, |_| None),
        rows(&case.source_defaults, |row| Some(&mut row.extra)),
        rows(&case.positions, |row| Some(&mut row.extra)),
        rows(&case.events, |row| Some(&mut row.extra)),
        rows(&case.relations, |row| Some(&mut row.extra)),
        rows(&case.factors, |row| Some(&mut row.extra)),
        rows(&case.clauses, |row| Some(&mut row.extra)),
        rows(&case.salience, |row| Some(&mut row.extra)),
        rows(&case.values, |row| Some(&mut row.extra)),
        rows(&case.alternatives, |row| Some(&mut row.extra)),
        rows(&case.trust, |row| Some(&mut row.extra)),
        rows(&case.exposure, |row| Some(&mut row.extra)),
        rows(&case.assurances, |row| Some(&mut row.extra)),
        rows(&case.constraints, |_| None),
        // What models say is compared as text, since actors have several names.
        case.stability.iter().map(|model| format!("{:?} {:?}", model.actors, model.source)).collect(),
        vec![format!("{:?} {:?}", case.prices, case.settings.confidence)],
    ]
    .concat()
}
