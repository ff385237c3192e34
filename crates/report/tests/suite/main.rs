//! What the brief and the answers promise, on the bundled cases.

#[cfg(test)]
mod docx;
#[cfg(test)]
mod markings;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod support;
#[cfg(test)]
mod uncoded;
#[cfg(test)]
mod words;
