//! What each engine is asked, and how its answers are read.
//!
//! `LibreTranslate` is asked for HTML, `DeepL` for XML: both keep tags that they do not know.
//! `DeepL` can hold a glossary, which is left with it for the time of a session.

use serde_json::{Value, json};

use super::{Failure, Reply, Request};
use crate::{document::Language, translation::glossary::Term};

/// A protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// That of `LibreTranslate`.
    LibreTranslate,
    /// That of `DeepL`, version 2.
    DeepL,
}

/// An engine.
#[derive(Clone)]
pub struct Engine {
    /// What it speaks.
    pub protocol: Protocol,
    /// Its address, without what the protocol adds.
    pub url: String,
    /// The key that it asks for.
    pub key: Option<String>,
    /// The language of the pages.
    pub source: Language,
    /// The language to translate into.
    pub target: Language,
}

/// Without the key.
impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Engine {
    /// What a translator is told of where a draft comes from.
    pub(super) fn name(&self) -> &'static str {
        match self.protocol {
            Protocol::LibreTranslate => "LibreTranslate",
            Protocol::DeepL => "DeepL",
        }
    }

    /// Whether its address is one, and its key is not shown to everybody on the way.
    pub fn is_safe(&self) -> bool {
        let Some((scheme, rest)) = self.url.split_once("://") else { return false };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        let local = matches!(name, "localhost" | "127.0.0.1" | "::1");
        let plain = !host.is_empty() && !host.contains('@');
        plain && (scheme == "https" || scheme == "http" && (local || self.key.is_none()))
    }

    fn post(&self, path: &str, body: &Value) -> Request {
        let authorization = match self.protocol {
            Protocol::DeepL => self.key.as_ref().map(|it| format!("DeepL-Auth-Key {it}")),
            Protocol::LibreTranslate => None,
        };
        let url = format!("{}{path}", self.base());
        Request { method: "POST", url, authorization, body: body.to_string() }
    }

    /// The address without what people copy with it.
    fn base(&self) -> &str {
        let url = self.url.trim_end_matches('/');
        let url = url.strip_suffix("/translate").unwrap_or(url);
        url.strip_suffix("/v2").unwrap_or(url)
    }

    pub(super) fn translate(&self, texts: &[String], glossary: Option<&str>) -> Request {
        match self.protocol {
            Protocol::LibreTranslate => {
                let mut body = json!({
                    "q": texts,
                    "source": primary(&self.source),
                    "target": primary(&self.target),
                    "format": "html",
                });
                if let Some(key) = &self.key {
                    body["api_key"] = key.as_str().into();
                }
                self.post("/translate", &body)
            }
            Protocol::DeepL => {
                let mut body = json!({
                    "text": texts,
                    "source_lang": primary(&self.source).to_uppercase(),
                    "target_lang": deepl(&self.target),
                    "tag_handling": "xml",
                    "non_splitting_tags": ["g", "x"],
                    "preserve_formatting": true,
                });
                if let Some(id) = glossary {
                    body["glossary_id"] = id.into();
                }
                self.post("/v2/translate", &body)
            }
        }
    }

    pub(super) fn answers(
        &self,
        reply: &Reply,
        count: usize,
    ) -> Result<Vec<String>, Failure> {
        let value = json_of(reply)?;
        let texts: Option<Vec<String>> = match self.protocol {
            Protocol::LibreTranslate => match &value["translatedText"] {
                Value::String(text) => Some(vec![text.clone()]),
                Value::Array(texts) => texts.iter().map(text_of).collect(),
                _ => None,
            },
            Protocol::DeepL => match &value["translations"] {
                Value::Array(all) => all.iter().map(|it| text_of(&it["text"])).collect(),
                _ => None,
            },
        };
        let texts = texts.ok_or_else(|| Failure::Broken(message_of(&reply.body)))?;
        if texts.len() == count {
            Ok(texts)
        } else {
            Err(Failure::Count(count, texts.len()))
        }
    }

    /// The request that leaves a glossary with the engine, where it can hold one.
    pub(super) fn glossary(&self, terms: &[Term]) -> Option<Request> {
        if self.protocol != Protocol::DeepL || terms.is_empty() {
            return None;
        }
        let clean = |it: &str| it.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut entries: Vec<(String, String)> = terms
            .iter()
            .map(|it| (clean(&it.source), clean(&it.target)))
            .filter(|it| !it.0.is_empty() && !it.1.is_empty())
            .collect();
        entries.sort();
        // The same word twice is refused.
        entries.dedup_by(|one, other| one.0 == other.0);
        let lines: Vec<String> = entries
            .iter()
            .map(|(source, target)| format!("{source}\t{target}"))
            .collect();
        let body = json!({
            "name": "plantin",
            "source_lang": primary(&self.source),
            "target_lang": primary(&self.target),
            "entries": lines.join("\n"),
            "entries_format": "tsv",
        });
        Some(self.post("/v2/glossaries", &body))
    }

    pub(super) fn forget(&self, glossary: &str) -> Request {
        let mut request = self.post(&format!("/v2/glossaries/{glossary}"), &Value::Null);
        request.method = "DELETE";
        request.body = String::new();
        request
    }
}

/// The number of a glossary that an engine holds.
pub(super) fn glossary_of(reply: &Reply) -> Result<String, Failure> {
    let value = json_of(reply)?;
    let id = value["glossary_id"].as_str().unwrap_or_default();
    let fine =
        !id.is_empty() && id.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
    if fine { Ok(id.to_owned()) } else { Err(Failure::Broken(message_of(&reply.body))) }
}

/// What an engine says of why it does not want to.
pub(super) fn message_of(body: &str) -> String {
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    let said = value["message"].as_str().or_else(|| value["error"].as_str());
    said.unwrap_or(body).to_owned()
}

fn json_of(reply: &Reply) -> Result<Value, Failure> {
    serde_json::from_str(&reply.body).map_err(|it| Failure::Broken(it.to_string()))
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn primary(language: &Language) -> &str {
    language.as_str().split('-').next().unwrap_or_default()
}

/// What `DeepL` calls a language to translate into: for two of them it wants a country.
fn deepl(language: &Language) -> String {
    match language.as_str() {
        "en" => "EN-GB".to_owned(),
        "pt" => "PT-PT".to_owned(),
        other => other.to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engine(url: &str, key: Option<&str>) -> Engine {
        Engine {
            protocol: Protocol::DeepL,
            url: url.into(),
            key: key.map(str::to_owned),
            source: Language::new("fr"),
            target: Language::new("en"),
        }
    }

    #[test]
    fn a_key_is_only_sent_where_nobody_listens() {
        for (url, key, safe) in [
            ("https://a.example", Some("k"), true),
            ("http://a.example", Some("k"), false),
            ("http://a.example", None, true),
            ("http://127.0.0.1:5000", Some("k"), true),
            ("http://localhost", Some("k"), true),
            ("http://[::1]:5000/", Some("k"), true),
            ("http://localhost.a.example", Some("k"), false),
            ("http://localhost@a.example", Some("k"), false),
            ("file:///etc", None, false),
            ("a.example", None, false),
        ] {
            assert_eq!(engine(url, key).is_safe(), safe, "{url}");
        }
    }

    #[test]
    fn an_address_is_taken_with_or_without_its_end() {
        for url in [
            "https://a.example",
            "https://a.example/v2/",
            "https://a.example/v2/translate",
        ] {
            let request = engine(url, None).translate(&[], None);
            assert_eq!(request.url, "https://a.example/v2/translate");
        }
    }
}
