//! Who is let in to the local servers: the same for both.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
};

use super::support::{Site, web::Server};

/// What each server shows of the workspace, and what only its pages say.
fn servers() -> Vec<(Server, Site)> {
    ["serve", "review"].map(start).into()
}

fn start(name: &str) -> (Server, Site) {
    let site = Site::new().page("a.md", "---\ntitle: Brouillon secret\n---\n\nTexte.\n");
    let mut command = site.command(name);
    command.args(["--port", "0"]);
    (Server::start(command), site)
}

#[test]
fn the_address_gives_a_cookie_and_is_left_at_once() {
    for (server, _site) in servers() {
        let entered = server.ask("GET", &server.entry, &[], b"");
        assert_eq!(entered.status, 303, "{entered:?}");
        let cookie = &entered.headers["set-cookie"];
        let limits = format!("; Path=/{}/; HttpOnly; SameSite=Strict", server.room);
        assert!(cookie.ends_with(&limits), "{cookie}");
        let to = &entered.headers["location"];
        assert!(to.starts_with(&format!("/{}/", server.room)), "{to}");
        assert!(!to.contains("key"), "{to}");
        let key = server.entry.split("key=").nth(1).expect("a key");
        assert!(key.len() >= 32 && server.room.len() >= 32, "{}", server.entry);
        assert!(!cookie.contains(key), "the cookie is another secret");
        assert_eq!(entered.headers["referrer-policy"], "no-referrer");
        let shown = server.ask("GET", to, &[("Cookie", &server.cookie)], b"");
        assert_eq!(shown.status, 200, "{shown:?}");
    }
}

#[test]
fn a_page_that_is_asked_for_with_the_key_is_shown_without_it() {
    let (server, _site) = start("serve");
    let key = server.entry.split("key=").nth(1).expect("a key");
    let path = server.path(&format!("fr/a/?b=1&key={key}&c=2"));
    let entered = server.ask("GET", &path, &[], b"");
    assert_eq!(entered.headers["location"], server.path("fr/a/?b=1&c=2"));
}

#[test]
fn who_does_not_know_the_address_sees_nothing() {
    for (server, _site) in servers() {
        let (room, entry) = (&server.room, &server.entry);
        let cookie = &server.cookie;
        let known: &[(&str, &str)] = &[("Cookie", cookie.as_str())];
        let none: &[(&str, &str)] = &[];
        let short = &entry[..entry.len() - 1];
        let wrong = format!("{}=x", cookie.split('=').next().unwrap_or_default());
        for (path, headers) in [
            ("/".to_owned(), known),
            ("/fr/a/".to_owned(), known),
            ("/page?language=en&page=/a/".to_owned(), known),
            (format!("/{room}"), known),
            (format!("//{room}/"), known),
            (format!("/x/../{room}/"), known),
            (format!("/{}/", "0".repeat(room.len())), known),
            (format!("/{room}/"), none),
            (format!("/{room}/fr/a/"), none),
            (format!("/{room}/-/changes?since=0"), none),
            (format!("/{room}/epub/essai.fr.epub"), none),
            (format!("/{room}/"), &[("Cookie", wrong.as_str())]),
            (format!("/{room}/"), &[("Cookie", "plantin=")]),
            (short.to_owned(), none),
            (format!("{entry}0"), none),
            (format!("/{room}/?key="), none),
        ] {
            let answer = server.ask("GET", &path, headers, b"");
            assert_eq!(answer.status, 403, "{path}: {answer:?}");
            assert!(!answer.body.contains("Brouillon"), "{path}: {answer:?}");
            assert!(answer.body.contains("address bar"), "{path}: {answer:?}");
            assert!(!answer.headers.contains_key("set-cookie"), "{path}: {answer:?}");
        }
    }
}

#[test]
fn two_runs_have_two_secrets() {
    let ((one, _a), (other, _b)) = (start("serve"), start("serve"));
    assert_ne!(one.room, other.room);
    assert_ne!(one.entry, other.entry);
    assert_ne!(one.cookie, other.cookie);
}

#[test]
fn a_name_that_is_made_to_lead_here_is_refused() {
    for (server, _site) in servers() {
        let port = server.host.rsplit(':').next().expect("a port");
        let trap = format!("{}.evil.example", server.host);
        let user = format!("a@{}", server.host);
        for host in
            ["evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]", "", &trap, &user, port]
        {
            let headers = [("Cookie", server.cookie.as_str()), ("Host", host)];
            let answer = server.ask("GET", &server.path(""), &headers, b"");
            assert!([400, 421].contains(&answer.status), "{host}: {answer:?}");
        }
        let two = [("Host", server.host.as_str()), ("Host", "evil.example")];
        let answer = server.ask("GET", &server.entry, &two, b"");
        assert!([400, 421].contains(&answer.status), "{answer:?}");
        let line = format!("http://evil.example{}", server.entry);
        assert_eq!(server.ask("GET", &line, &[], b"").status, 421);
        let without = format!("GET {} HTTP/1.0\r\n\r\n", server.entry);
        assert!([400, 421].contains(&server.send(without.as_bytes()).status));
        let localhost = server.host.replace("127.0.0.1", "localhost");
        let headers = [("Cookie", server.cookie.as_str()), ("Host", &localhost)];
        let (status, path) = (200, server.path(""));
        assert_eq!(server.ask("GET", &path, &headers, b"").status, status);
    }
}

#[test]
fn what_a_page_of_another_site_sends_is_refused() {
    for (server, _site) in servers() {
        let own = format!("http://{}", server.host);
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Sec-Fetch-Site", "quoi"),
            ("Origin", "http://evil.example"),
            ("Origin", "http://127.0.0.1:1"),
            ("Origin", "null"),
        ] {
            for (path, cookie) in
                [(server.path(""), server.cookie.as_str()), (server.entry.clone(), "a=b")]
            {
                let headers = [("Cookie", cookie), (name, value)];
                let answer = server.ask("GET", &path, &headers, b"");
                assert_eq!(answer.status, 403, "{name}: {value}: {answer:?}");
                assert!(!answer.body.contains("Brouillon"), "{answer:?}");
            }
        }
        for (name, value) in [
            ("Sec-Fetch-Site", "same-origin"),
            ("Sec-Fetch-Site", "none"),
            ("Origin", &own),
        ] {
            let answer = server.known("GET", "", &[(name, value)], b"");
            assert_eq!(answer.status, 200, "{name}: {value}: {answer:?}");
        }
    }
}

#[test]
fn only_what_the_server_has_can_be_done() {
    let (server, _site) = start("serve");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "X"] {
        let answer = server.known(method, "", &[], b"");
        assert!([400, 405, 421].contains(&answer.status), "{method}: {answer:?}");
    }
}

#[test]
fn every_answer_says_what_its_page_may_do() {
    for (server, _site) in servers() {
        let paths = ["", "nulle-part", "fr/a/", "-/problems", "assets/review.js"];
        let mut answers: Vec<_> = paths.map(|path| server.get(path)).into();
        answers.push(server.ask("GET", "/", &[], b""));
        answers.push(server.ask("GET", &server.entry, &[("Host", "x")], b""));
        for answer in answers {
            let policy = &answer.headers["content-security-policy"];
            assert!(policy.contains("frame-ancestors 'none'"), "{answer:?}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cache-control", "no-store"),
                ("x-frame-options", "DENY"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(answer.headers[name], value, "{answer:?}");
            }
        }
    }
}

#[test]
fn a_head_without_end_is_not_read_to_its_end() {
    let (server, _site) = start("serve");
    let path = server.path(&"a".repeat(1 << 20));
    let answer = server.ask("GET", &path, &[], b"");
    assert!([0, 400, 414, 431].contains(&answer.status), "{}", answer.status);
    let long = "a".repeat(1 << 20);
    let answer = server.known("GET", "", &[("X-Long", &long)], b"");
    assert!([0, 400, 431].contains(&answer.status), "{}", answer.status);
    assert_eq!(server.get("").status, 200, "others are answered");
}

/// More than there are places, each with half a request.
#[test]
fn who_is_slow_keeps_nobody_waiting_for_ever() {
    let (server, _site) = start("serve");
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost:").expect("it listens");
            stream
        })
        .collect();
    assert_eq!(server.get("").status, 200, "somebody gave up");
    drop(slow);
}

/// Who asks and goes away leaves nothing that goes on.
#[test]
fn connections_that_are_dropped_cost_nothing() {
    let (server, _site) = start("serve");
    for _ in 0..300 {
        let mut stream = server.connect();
        let path = server.path("-/changes?since=1");
        let cookie = &server.cookie;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\n\r\n",
            server.host
        )
        .expect("it listens");
        stream.shutdown(Shutdown::Both).expect("it is open");
        let mut rest = Vec::new();
        drop(stream.read_to_end(&mut rest));
    }
    assert_eq!(server.get("").status, 200);
}

#[test]
fn a_port_that_is_taken_is_told() {
    let (server, site) = start("serve");
    let port = server.host.rsplit(':').next().expect("a port");
    let outcome = site.run_command("serve", &["--json", "--port", port]);
    assert_eq!(outcome.code, Some(2), "{outcome}");
    outcome.told("serve-port-busy");
}

/// The file with which a browser is opened leads it here as a link of another place would.
#[test]
fn who_knows_the_key_is_let_in_from_another_place_by_a_page_of_ours() {
    for (server, _site) in servers() {
        let led: &[(&str, &str)] = &[
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-Dest", "document"),
        ];
        let entered = server.ask("GET", &server.entry, led, b"");
        assert_eq!(entered.status, 200, "{entered:?}");
        assert!(entered.headers["set-cookie"].ends_with("HttpOnly; SameSite=Strict"));
        assert!(entered.body.contains("http-equiv=\"refresh\""), "{entered:?}");
        assert!(entered.body.contains(&server.path("")), "{entered:?}");
        assert!(!entered.body.contains("key=") && !entered.body.contains("Brouillon"));
        // Nobody else is: without the key, for a frame, an image, or from a form.
        let short = &server.entry[..server.entry.len() - 1];
        assert_eq!(server.ask("GET", short, led, b"").status, 403);
        assert_eq!(server.known("GET", "", led, b"").status, 403);
        for (name, value) in [
            ("Sec-Fetch-Dest", "iframe"),
            ("Sec-Fetch-Dest", "image"),
            ("Sec-Fetch-Mode", "cors"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let other: Vec<(&str, &str)> = led
                .iter()
                .map(|it| if it.0 == name { (name, value) } else { *it })
                .collect();
            let answer = server.ask("GET", &server.entry, &other, b"");
            assert_eq!(answer.status, 403, "{name}: {value}: {answer:?}");
        }
        let form = [led, &[("Origin", "http://evil.example")]].concat();
        assert_eq!(server.ask("GET", &server.entry, &form, b"").status, 403);
        let posted = server.ask("POST", &server.entry, led, b"").status;
        assert!([403, 405].contains(&posted), "{posted}");
    }
}
