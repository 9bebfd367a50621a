//! A raw client of the program's local servers: it sends what a browser never would, too.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

/// How long an answer may take, on a machine that does much else.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A server that runs until it is dropped, and what lets in.
pub struct Server {
    pub child: Child,
    /// The address that it prints.
    pub address: String,
    pub host: String,
    /// The first part of each path.
    pub room: String,
    /// The path and the query of the printed address.
    pub entry: String,
    pub cookie: String,
}

/// What is answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Server {
    /// Starts a server and enters as a browser does.
    pub fn start(mut command: Command) -> Self {
        command.arg("--json").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program can be run");
        let mut line = String::new();
        let out = child.stdout.take().expect("it is piped");
        BufReader::new(out).read_line(&mut line).expect("it says its address");
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|error| {
            let mut why = String::new();
            let err = child.stderr.take().map(|mut it| it.read_to_string(&mut why));
            panic!("{error}: {line}{why} {err:?}")
        });
        let address = told["address"].as_str().expect("an address").to_owned();
        let rest = address.strip_prefix("http://").expect("it is on this machine");
        let (host, path) = rest.split_once('/').expect("an address has a path");
        let (room, _) = path.split_once('/').expect("a path has a room");
        let (host, room, entry) = (host.to_owned(), room.to_owned(), format!("/{path}"));
        let mut server =
            Self { child, address, host, room, entry, cookie: String::new() };
        let entered = server.ask("GET", &server.entry, &[], b"");
        assert_eq!(entered.status, 303, "{entered:?}");
        let cookie = entered.headers["set-cookie"].clone();
        server.cookie = cookie.split(';').next().expect("a cookie").to_owned();
        server
    }

    /// A path of the server, as it is asked for.
    pub fn path(&self, path: &str) -> String {
        format!("/{}/{path}", self.room)
    }

    /// Asks as a browser that was let in.
    pub fn get(&self, path: &str) -> Answer {
        self.known("GET", path, &[], b"")
    }

    /// The same, with more headers.
    pub fn known(
        &self,
        method: &str,
        path: &str,
        more: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let headers = [&[("Cookie", self.cookie.as_str())][..], more].concat();
        self.ask(method, &self.path(path), &headers, body)
    }

    /// Asks with these headers alone.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        more: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !more.iter().any(|it| it.0 == "Host") {
            head.push_str(&format!("Host: {}\r\n", self.host));
        }
        for (name, value) in more {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
        self.send(&[head.as_bytes(), body].concat())
    }

    /// Sends bytes, and reads until the end.
    pub fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // It may stop listening before the end of what is too large.
        drop(stream.write_all(bytes));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        Answer::read(&String::from_utf8_lossy(&answer))
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time is set");
        stream
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Answer {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|it| it.split(' ').nth(1));
        let headers = lines.filter_map(|it| it.split_once(": "));
        Self {
            status: status.and_then(|it| it.parse().ok()).unwrap_or_default(),
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect(),
            body: body.to_owned(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|it| panic!("{it}: {self:?}"))
    }
}
