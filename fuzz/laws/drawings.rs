//! Drawings, which books and pages show.

use plantin::source::drawing::{self, Fitness};
use quick_xml::{Reader, events::Event};

use super::text;

/// Elements that run, or bring in what could.
const REFUSED: [&str; 6] =
    ["script", "foreignobject", "handler", "listener", "iframe", "object"];

/// A drawing that is fit, or has been made so, is whole, runs nothing and fetches nothing;
/// what has been made fit is fit.
pub(super) fn svg(bytes: &[u8]) {
    match drawing::fit(bytes) {
        Fitness::Broken => {}
        Fitness::Fit => assert_harmless(&text(bytes)),
        Fitness::Mended(svg, _) => {
            assert_harmless(&svg);
            let again = drawing::fit(svg.as_bytes());
            assert_eq!(again, Fitness::Fit, "it is not fit once it is mended:\n{svg}");
        }
    }
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
