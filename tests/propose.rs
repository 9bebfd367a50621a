//! Drafts of a translation engine, asked for over the loopback interface: the tests are
//! the engine.
#![cfg(feature = "propose")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::support::{Outcome, Site};

const PAGE: &str = "---\ntitle: Accueil\n---\n\n\
    Le **logiciel libre** est [partout](https://a.example/x).\n\nUn `code` ici.\n";

/// A request as the engine got it.
#[derive(Clone, Debug)]
struct Asked {
    method: String,
    path: String,
    authorization: String,
    body: Value,
}

/// What the engine answers: status, further headers, body.
type Answer = (u16, &'static str, String);

/// An engine that answers by a script; `None` is silence.
struct Engine {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Engine {
    fn new(
        mut script: impl FnMut(usize, &Asked) -> Option<Answer> + Send + 'static,
    ) -> Self {
        let listener =
            TcpListener::bind("127.0.0.1:0").expect("the loopback interface is there");
        let url = format!("http://{}", listener.local_addr().expect("it has an address"));
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let seen = Arc::clone(&asked);
        thread::spawn(move || {
            // Those that nobody answers stay open, so that somebody waits.
            let mut silent = Vec::new();
            for stream in listener.incoming().flatten() {
                let Some(request) = read(&stream) else { continue };
                let number = {
                    let mut seen = seen.lock().expect("no thread panicked");
                    seen.push(request.clone());
                    seen.len()
                };
                match script(number, &request) {
                    Some(answer) => write(stream, &answer),
                    None => silent.push(stream),
                }
            }
        });
        Self { url, asked }
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no thread panicked").clone()
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "authorization" => authorization = value.trim().to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = serde_json::from_slice(&body).unwrap_or_default();
    Some(Asked { method, path, authorization, body })
}

fn write(mut stream: TcpStream, (status, headers, body): &Answer) {
    let head = format!(
        "HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
}

/// The words in capitals, and every tag as it was.
fn shout(text: &str) -> String {
    let mut inside = false;
    let shout = |sign: char| {
        inside = sign == '<' || inside && sign != '>';
        if inside { sign.to_string() } else { sign.to_uppercase().to_string() }
    };
    text.chars().map(shout).collect()
}

fn texts(asked: &Asked, name: &str) -> Vec<String> {
    let texts = asked.body[name].as_array().cloned().unwrap_or_default();
    texts.iter().filter_map(|it| it.as_str()).map(str::to_owned).collect()
}

fn libre(asked: &Asked) -> Option<Answer> {
    let texts: Vec<String> = texts(asked, "q").iter().map(|it| shout(it)).collect();
    Some((200, "", json!({ "translatedText": texts }).to_string()))
}

fn deepl(asked: &Asked) -> Option<Answer> {
    let texts = texts(asked, "text");
    let all: Vec<Value> = texts.iter().map(|it| json!({ "text": shout(it) })).collect();
    Some((200, "", json!({ "translations": all }).to_string()))
}

fn propose(site: &Site, engine: &str, url: &str) -> Outcome {
    let arguments = [
        "--engine",
        engine,
        "--url",
        url,
        "--language",
        "en",
        "--pause",
        "1",
        "--timeout",
        "2",
        "--json",
    ];
    site.run_command("propose", &arguments)
}

fn catalogue(site: &Site) -> String {
    site.read("locales/en/content/index.po")
}

fn page() -> Site {
    Site::new().page("index.md", PAGE)
}

#[test]
fn libretranslate_gives_drafts_with_the_markup_of_the_source() {
    let engine = Engine::new(|_, asked| libre(asked));
    let site = page();
    let done = propose(&site, "libretranslate", &engine.url);
    assert_eq!(
        (done.code, done.json()["proposed"].as_u64()),
        (Some(0), Some(3)),
        "{done}"
    );
    let text = catalogue(&site);
    let expected = "# LibreTranslate\n";
    assert!(text.contains(expected), "{text}");
    let expected = "msgstr \"LE **LOGICIEL LIBRE** EST [PARTOUT](https://a.example/x).\"";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("msgstr \"UN `code` ICI.\""), "{text}");
    assert_eq!(text.matches("#, fuzzy, draft").count(), 3, "{text}");
    assert!(
        !site.build_html().file("html/en/index.html").contains("LOGICIEL"),
        "it is a draft"
    );
    let asked = engine.asked();
    assert_eq!((asked.len(), asked[0].path.as_str()), (1, "/translate"));
    assert_eq!(
        (&asked[0].body["format"], &asked[0].body["source"]),
        (&json!("html"), &json!("fr"))
    );
    assert!(asked[0].body.get("api_key").is_none());
    let sent = asked[0].body.to_string();
    assert!(!sent.contains("a.example") && !sent.contains("`"), "{sent}");
}

#[test]
fn deepl_gets_the_key_and_the_glossary_and_gives_the_glossary_back() {
    let engine = Engine::new(|_, asked| match asked.path.as_str() {
        "/v2/glossaries" => {
            Some((201, "", json!({ "glossary_id": "abc-1" }).to_string()))
        }
        "/v2/glossaries/abc-1" => Some((204, "", String::new())),
        _ => deepl(asked),
    });
    let site = page()
        .env("PLANTIN_ENGINE_KEY", "secret:fx")
        .bytes("locales/fr/glossary.ftl", "-libre = logiciel libre\n".as_bytes())
        .bytes("locales/en/glossary.ftl", b"-libre = free software\n");
    let done = propose(&site, "deepl", &engine.url);
    assert_eq!(
        (done.code, done.json()["proposed"].as_u64()),
        (Some(0), Some(3)),
        "{done}"
    );
    let asked = engine.asked();
    let calls: Vec<_> =
        asked.iter().map(|it| (it.method.as_str(), it.path.as_str())).collect();
    let wanted = [
        ("POST", "/v2/glossaries"),
        ("POST", "/v2/translate"),
        ("DELETE", "/v2/glossaries/abc-1"),
    ];
    assert_eq!(calls, wanted);
    assert!(asked.iter().all(|it| it.authorization == "DeepL-Auth-Key secret:fx"));
    assert_eq!(asked[0].body["entries"], "logiciel libre\tfree software");
    let body = &asked[1].body;
    assert_eq!(
        (&body["tag_handling"], &body["glossary_id"]),
        (&json!("xml"), &json!("abc-1"))
    );
    assert_eq!(
        (&body["source_lang"], &body["target_lang"]),
        (&json!("FR"), &json!("EN-GB"))
    );
    assert!(!done.stdout.contains("secret") && !done.stderr.contains("secret"));
}

#[test]
fn an_engine_that_is_busy_is_asked_again_when_it_says() {
    let engine = Engine::new(|number, asked| match number {
        1 => {
            Some((429, "Retry-After: 1\r\n", json!({ "error": "Slowdown" }).to_string()))
        }
        _ => libre(asked),
    });
    let site = page();
    let start = std::time::Instant::now();
    let done = propose(&site, "libretranslate", &engine.url);
    assert_eq!(done.json()["proposed"], 3, "{done}");
    assert!(start.elapsed() >= Duration::from_secs(1), "it waited");
    assert_eq!(engine.asked().len(), 2);
}

#[test]
fn an_answer_that_makes_no_sense_stops_the_run_and_loses_nothing() {
    for body in ["<html>", "{\"translatedText\": 3}", "[]"] {
        let engine = Engine::new(move |_, _| Some((200, "", body.to_owned())));
        let site = page();
        let done = propose(&site, "libretranslate", &engine.url);
        assert_eq!(done.code, Some(1), "{done}");
        done.told("propose-broken").is("error");
        assert_eq!(
            (&done.json()["proposed"], &done.json()["left"]),
            (&json!(0), &json!(3))
        );
    }
}

#[test]
fn an_answer_of_another_number_of_texts_is_asked_for_one_by_one() {
    let engine = Engine::new(|_, asked| match texts(asked, "q").len() {
        1 => libre(asked),
        _ => Some((200, "", json!({ "translatedText": ["one"] }).to_string())),
    });
    let site = page();
    let done = propose(&site, "libretranslate", &engine.url);
    assert_eq!(
        (done.code, done.json()["proposed"].as_u64()),
        (Some(0), Some(3)),
        "{done}"
    );
    assert!(catalogue(&site).contains("msgstr \"ACCUEIL\""));
    assert_eq!(engine.asked().len(), 2 + 3);
}

#[test]
fn a_proposal_without_the_codes_of_its_source_is_not_used() {
    let engine = Engine::new(|_, asked| {
        let plain = |it: &String| it.split(['<', '>']).step_by(2).collect::<String>();
        let texts: Vec<String> = texts(asked, "q").iter().map(plain).collect();
        Some((200, "", json!({ "translatedText": texts }).to_string()))
    });
    let site = page();
    let done = propose(&site, "libretranslate", &engine.url);
    assert_eq!(
        (&done.json()["proposed"], &done.json()["unusable"]),
        (&json!(1), &json!(2)),
        "{done}"
    );
    assert_eq!(done.told("propose-unusable").severity, "note");
}

#[test]
fn a_run_that_was_stopped_goes_on_where_it_stopped() {
    let more = |number: usize| {
        format!("---\ntitle: Page {number}\n---\n\nTexte numéro {number}.\n")
    };
    let site = Site::new().page("a.md", &more(1)).page("b.md", &more(2));
    // The second page is too much for it.
    let engine = Engine::new(|number, asked| match number {
        1 => libre(asked),
        _ => Some((456, "", json!({ "message": "Quota exceeded" }).to_string())),
    });
    let stopped = propose(&site, "libretranslate", &engine.url);
    assert_eq!(stopped.code, Some(1), "{stopped}");
    stopped.told("propose-quota").is("error");
    assert_eq!(
        (&stopped.json()["proposed"], &stopped.json()["left"]),
        (&json!(2), &json!(2)),
        "{stopped}"
    );
    let engine = Engine::new(|_, asked| libre(asked));
    let done = propose(&site, "libretranslate", &engine.url);
    assert_eq!(
        (&done.json()["proposed"], &done.json()["left"]),
        (&json!(2), &json!(0)),
        "{done}"
    );
    assert_eq!(engine.asked().len(), 1, "what is there is not asked for again");
    let again = propose(&site, "libretranslate", &engine.url);
    assert_eq!((again.code, engine.asked().len()), (Some(0), 1), "{again}");
}

#[test]
fn an_engine_that_is_away_or_refuses_is_told() {
    let refuses = Engine::new(|_, _| {
        Some((403, "", json!({ "error": "Invalid API key" }).to_string()))
    });
    let refused = propose(&page(), "libretranslate", &refuses.url);
    assert!(refused.told("propose-key").is("error").message.contains("Invalid API key"));
    assert_eq!(refuses.asked().len(), 1, "a refusal is not asked for again");
    let wrong = page().env("PLANTIN_ENGINE_KEY", "k");
    let fault = propose(&wrong, "deepl", "http://engine.example");
    assert_eq!(fault.code, Some(2), "a key is not sent in the clear: {fault}");
    fault.told("propose-address");
}

#[test]
fn an_engine_that_never_answers_is_not_waited_for_for_ever() {
    let engine =
        Engine::new(|number, asked| if number == 1 { None } else { libre(asked) });
    let done = propose(&page(), "libretranslate", &engine.url);
    assert_eq!(done.json()["proposed"], 3, "{done}");
    assert_eq!(engine.asked().len(), 2);
}
