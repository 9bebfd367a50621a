//! The one module that speaks to the network: a request of an engine, sent.

use std::time::Duration;

use ureq::{Agent, Error, http::Method};

use super::{Failure, Reply, Request};

/// The longest answer that is read.
const LONGEST: u64 = 8 * 1024 * 1024;

/// Who sends requests.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
}

impl Client {
    /// A client that loses patience after this time. It follows nobody elsewhere: a key
    /// is for one address.
    pub fn new(patience: Duration) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("plantin/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into() }
    }

    /// Sends a request.
    pub fn send(&self, request: &Request) -> Result<Reply, Failure> {
        let sent = match request.method {
            "DELETE" => {
                let mut call = self.agent.delete(&request.url);
                if let Some(value) = &request.authorization {
                    call = call.header("Authorization", value);
                }
                call.call()
            }
            _ => {
                debug_assert_eq!(request.method, Method::POST.as_str());
                let mut call = self.agent.post(&request.url);
                if let Some(value) = &request.authorization {
                    call = call.header("Authorization", value);
                }
                call.header("Content-Type", "application/json").send(&request.body)
            }
        };
        let mut response = sent.map_err(failure)?;
        let retry_after = response.headers().get("Retry-After");
        let retry_after = retry_after.and_then(|it| it.to_str().ok());
        let retry_after = retry_after.and_then(|it| it.trim().parse().ok());
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LONGEST).read_to_string();
        Ok(Reply { status, retry_after, body: body.map_err(failure)? })
    }
}

fn failure(error: Error) -> Failure {
    match error {
        Error::Timeout(_) => Failure::Timeout,
        error => Failure::Unreachable(error.to_string()),
    }
}
