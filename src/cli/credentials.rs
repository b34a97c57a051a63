//! The secret and nonce of a server, from the command line.

use super::print::visible;
use crate::notification::ServerCredentials;
use base64::Engine as _;
use clap::Args;

/// What proves that a notification comes from its server.
#[derive(Args)]
pub(super) struct Credentials {
    /// The server's secret for this device (AAuthSecret of SRVCRED)
    #[arg(long, conflicts_with = "secret_file")]
    secret: Option<String>,
    /// A file with the secret
    #[arg(long, value_name = "FILE")]
    secret_file: Option<String>,
    /// The nonce, in hexadecimal; empty if not given
    #[arg(long, value_name = "HEX", conflicts_with = "nonce_base64")]
    nonce: Option<String>,
    /// The nonce in base64, as AAuthData and NextNonce have it
    #[arg(long, value_name = "BASE64")]
    nonce_base64: Option<String>,
    /// The server's name in the digest, where it is not the server identifier
    #[arg(long)]
    name: Option<String>,
}

/// The key, once the arguments are understood.
pub(super) struct Key {
    secret: Option<Vec<u8>>,
    nonce: Vec<u8>,
    name: Option<String>,
}

impl Credentials {
    /// Understands the arguments.
    pub(super) fn key(&self) -> Result<Key, String> {
        let secret = match (&self.secret, &self.secret_file) {
            (_, Some(file)) => {
                let mut secret = std::fs::read(file).map_err(|error| format!("{}: {error}", visible(file)))?;
                if secret.last() == Some(&b'\n') {
                    secret.pop();
                    if secret.last() == Some(&b'\r') {
                        secret.pop();
                    }
                }
                Some(secret)
            }
            (secret, None) => secret.clone().map(String::into_bytes),
        };
        let nonce = match (&self.nonce, &self.nonce_base64) {
            (Some(hex), _) => from_hex(hex).ok_or("--nonce: expected pairs of hexadecimal digits")?,
            (_, Some(text)) => {
                let decoded = base64::engine::general_purpose::STANDARD.decode(text);
                decoded.map_err(|_| "--nonce-base64: not valid base64")?
            }
            (None, None) => Vec::new(),
        };
        Ok(Key { secret, nonce, name: self.name.clone() })
    }
}

impl Key {
    /// The credentials, if a secret was given.
    pub(super) fn credentials(&self) -> Option<ServerCredentials<'_>> {
        let secret = self.secret.as_deref()?;
        Some(match &self.name {
            Some(name) => ServerCredentials::with_name(name, secret, &self.nonce),
            None => ServerCredentials::new(secret, &self.nonce),
        })
    }
}

/// Pairs of hexadecimal digits.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |octet: u8| char::from(octet).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some((digit(*high)? << 4) | digit(*low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}
