//! `docs/plantin.schema.json` says what the program reads.

use std::path::Path;

use plantin::{config, source::files};
use serde_json::{Map, Value};

/// What no publication can do without.
const LEAST: [(&str, &str); 3] = [
    ("name", "\"essai\""),
    ("address", "\"https://essai.example\""),
    ("source", "\"fr\""),
];

#[test]
fn every_setting_of_the_schema_is_read_with_each_of_its_values() {
    let schema = schema();
    let mut tried = 0;
    for (table, place) in object(&schema["properties"]) {
        let table_schema = follow(&schema, place);
        for (key, place) in object(&table_schema["properties"]) {
            for value in values(follow(&schema, place)) {
                let text = settings(table, key, &value);
                let told = config::read(&text).diagnostics;
                assert!(told.is_empty(), "{text}{told:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn shortcodes_and_formulas_are_settings() {
    let text = format!(
        "{}[markdown]\nmath = true\n[shortcodes]\ncss = \"\"\n",
        publication(|_| true)
    );
    let config = config::read(&text).value.expect("nothing is wrong");
    assert!(config.dialect.math);
    assert_eq!(config.dialect.shortcodes["css"], "");
    for wrong in ["[shortcodes]\ncss = 1\n", "[containers]\ncarte = \"boite\"\n"] {
        let wrong = format!("{}{wrong}", publication(|_| true));
        assert_eq!(config::read(&wrong).diagnostics[0].code, "settings-wrong-value");
    }
}

#[test]
fn the_schema_asks_for_what_the_program_asks_for() {
    let schema = schema();
    let required = &schema["$defs"]["publication"]["required"];
    assert_eq!(*required, serde_json::json!(LEAST.map(|it| it.0)));
    for (key, _) in LEAST {
        let without = publication(|it| it != key);
        let told = config::read(&without).diagnostics;
        let codes: Vec<_> = told.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["settings-missing"], "{without}");
    }
}

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/plantin.schema.json");
    let bytes = files::bytes(&path).expect("the schema is there");
    serde_json::from_slice(&bytes).expect("the schema is JSON")
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("the schema has properties here")
}

/// The definition that a schema refers to, else the schema itself.
fn follow<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema["$ref"].as_str().and_then(|it| it.strip_prefix("#/$defs/"));
    reference.map_or(schema, |name| &root["$defs"][name])
}

/// Values that a schema gives: all that it allows, else its example or default. JSON's
/// texts and lists are TOML's.
fn values(schema: &Value) -> Vec<String> {
    let all = schema["enum"].as_array().cloned().unwrap_or_default();
    let examples = schema["examples"].as_array().cloned().unwrap_or_default();
    let mut values: Vec<Value> = all.into_iter().chain(examples).collect();
    values.extend(schema.get("default").cloned());
    if values.is_empty() && schema["type"] == "string" {
        values.push("quelque-chose".into());
    }
    assert!(!values.is_empty(), "{schema}");
    values.iter().map(Value::to_string).collect()
}

fn settings(table: &str, key: &str, value: &str) -> String {
    match table {
        "publication" => {
            format!("{}{key} = {value}\n", publication(|it| it != key))
        }
        _ => format!("{}[{table}]\n{key} = {value}\n", publication(|_| true)),
    }
}

fn publication(kept: impl Fn(&str) -> bool) -> String {
    let lines = LEAST.iter().filter(|it| kept(it.0));
    let lines: String = lines.map(|(key, value)| format!("{key} = {value}\n")).collect();
    format!("[publication]\n{lines}")
}

#[test]
fn the_address_of_the_licence_is_one_of_the_web() {
    let read = |address: &str| {
        config::read(&format!("{}licence = {address:?}\n", publication(|_| true)))
    };
    for fine in [
        "https://www.etalab.gouv.fr/licence-ouverte/",
        "HTTP://exemple.fr",
        "https://exemple.fr/une page?é=1#ici",
    ] {
        let read = read(fine);
        assert!(read.diagnostics.is_empty(), "{fine}: {:?}", read.diagnostics);
        assert_eq!(read.value.expect("it is fine").licence.as_deref(), Some(fine));
    }
    for wrong in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "javascript://exemple.fr/%0aalert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://exemple.fr/1",
        "view-source:https://exemple.fr",
        "ftp://exemple.fr",
        "//exemple.fr",
        "licence ouverte",
        "https://",
        "https:exemple.fr",
        "https://moi@exemple.fr/",
        "https://exemple.fr/\n",
        "",
    ] {
        let read = read(wrong);
        let told = &read.diagnostics;
        assert_eq!(told.len(), 1, "{wrong}: {told:?}");
        assert_eq!(told[0].code, "settings-wrong-value", "{wrong}");
        assert_eq!(told[0].place.map(|it| it.line), Some(5), "{wrong}");
    }
}
