//! Drawings, which books and pages show.

use plantin::source::drawing;
use quick_xml::{Reader, events::Event};

/// Elements that run, or bring in what could.
const REFUSED: [&str; 6] =
    ["script", "foreignobject", "handler", "listener", "iframe", "object"];

/// A drawing is refused, or written anew: then it is whole, runs nothing and fetches
/// nothing, holds only what is allowed, and stays as it is when it is written anew again.
pub(super) fn svg(bytes: &[u8]) {
    let Ok(made) = drawing::fit(bytes) else { return };
    assert_harmless(&made.text);
    let again = drawing::fit(made.text.as_bytes()).map(|it| it.text);
    assert_eq!(again.as_ref(), Ok(&made.text), "it changes again");
}

fn assert_harmless(svg: &str) {
    let mut reader = Reader::from_str(svg.trim_start_matches('\u{FEFF}'));
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let name = start.local_name().as_ref().to_lowercase();
                assert!(!REFUSED.contains(&name.as_str()), "<{name}> in\n{svg}");
                for attribute in start.attributes() {
                    let attribute = attribute.expect("it is well-formed");
                    let name = attribute.key.local_name();
                    assert_attribute(name.as_ref(), &attribute.value, svg);
                }
            }
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{error} in\n{svg}"),
        }
    }
}

fn assert_attribute(name: &str, value: &str, svg: &str) {
    let name = name.to_lowercase();
    assert!(!name.starts_with("on"), "{name} in\n{svg}");
    // Without what a browser skips in an address.
    let value: String = value
        .chars()
        .filter(|it| !it.is_whitespace() && !it.is_control())
        .collect::<String>()
        .to_lowercase();
    assert!(!value.starts_with("javascript:"), "{name} in\n{svg}");
}
