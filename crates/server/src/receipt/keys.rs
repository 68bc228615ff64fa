//! The office's signing keys and their public halves.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Claims, jws};
use crate::private;

/// A public key as a JWK (RFC 7517, RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublicJwk {
    /// Always `OKP`.
    pub kty: String,
    /// Always `Ed25519`.
    pub crv: String,
    /// The public key, base64url.
    pub x: String,
    /// The RFC 7638 thumbprint of the key.
    pub kid: String,
    /// Always `EdDSA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// Always `sig`.
    #[serde(rename = "use", default, skip_serializing_if = "Option::is_none")]
    pub use_: Option<String>,
}

impl PublicJwk {
    fn of(key: &VerifyingKey) -> Self {
        let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
        Self {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            kid: thumbprint(&x),
            x,
            alg: Some("EdDSA".to_owned()),
            use_: Some("sig".to_owned()),
        }
    }

    /// The key itself, if this is a sound Ed25519 key that bears its own thumbprint.
    pub(super) fn key(&self) -> Option<VerifyingKey> {
        if self.kty != "OKP" || self.crv != "Ed25519" || self.kid != thumbprint(&self.x) {
            return None;
        }
        let bytes = <[u8; 32]>::try_from(URL_SAFE_NO_PAD.decode(&self.x).ok()?).ok()?;
        VerifyingKey::from_bytes(&bytes).ok()
    }
}

/// A set of public keys (RFC 7517).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JwkSet {
    /// The keys; the last signs new receipts, earlier ones have signed old receipts.
    pub keys: Vec<PublicJwk>,
}

/// The RFC 7638 thumbprint of an Ed25519 key: the members in alphabetical order, hashed.
fn thumbprint(x: &str) -> String {
    use sha2::Digest as _;
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(members))
}

/// Why there are no signing keys.
#[derive(Debug)]
pub enum KeyError {
    /// The key file cannot be read or written.
    Io(PathBuf, io::Error),
    /// The key file holds something else.
    Unreadable(PathBuf, String),
    /// The operating system gave no random bytes.
    Random(getrandom::Error),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => write!(
                f,
                "the signing keys {} cannot be used: {error}",
                path.display()
            ),
            Self::Unreadable(path, why) => {
                write!(f, "{} holds no signing keys: {why}", path.display())
            }
            Self::Random(error) => write!(f, "no random bytes for a signing key: {error}"),
        }
    }
}

impl std::error::Error for KeyError {}

/// The file of private keys: a JWK set whose members have their private part `d`.
#[derive(Serialize, Deserialize)]
struct PrivateSet {
    keys: Vec<PrivateJwk>,
}

#[derive(Serialize, Deserialize)]
struct PrivateJwk {
    kty: String,
    crv: String,
    x: String,
    d: String,
}

/// The office's signing keys, the last of which signs.
pub struct SigningKeys {
    signing: SigningKey,
    kid: String,
    public: JwkSet,
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKeys")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

impl SigningKeys {
    /// Reads the keys from a file, or makes a key and the file (mode 0600) on first use.
    ///
    /// # Errors
    /// Where the file cannot be read or written, or holds something else.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let io = |error| KeyError::Io(path.to_owned(), error);
        if !path.exists() {
            let mut secret = [0; 32];
            getrandom::fill(&mut secret).map_err(KeyError::Random)?;
            // Where another process was first, its key counts.
            private::make_file(path, &private_json(&SigningKey::from_bytes(&secret)))
                .map_err(io)?;
        }
        let text = fs::read_to_string(path).map_err(io)?;
        Self::from_json(&text).map_err(|why| KeyError::Unreadable(path.to_owned(), why))
    }

    fn from_json(text: &str) -> Result<Self, String> {
        let set: PrivateSet =
            serde_json::from_str(text).map_err(|_| "it is not a set of private JWKs".to_owned())?;
        let mut keys = Vec::new();
        for jwk in &set.keys {
            let secret = URL_SAFE_NO_PAD
                .decode(&jwk.d)
                .ok()
                .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
                .ok_or("a key's private part `d` is not 32 bytes in base64url")?;
            let key = SigningKey::from_bytes(&secret);
            if PublicJwk::of(&key.verifying_key()).x != jwk.x
                || jwk.crv != "Ed25519"
                || jwk.kty != "OKP"
            {
                return Err(
                    "a key's public part `x` does not belong to its private part".to_owned(),
                );
            }
            keys.push(key);
        }
        let public = JwkSet {
            keys: keys
                .iter()
                .map(|key| PublicJwk::of(&key.verifying_key()))
                .collect(),
        };
        let signing = keys.pop().ok_or("it has no key")?;
        let kid = PublicJwk::of(&signing.verifying_key()).kid;
        Ok(Self {
            signing,
            kid,
            public,
        })
    }

    /// The public keys.
    pub const fn public(&self) -> &JwkSet {
        &self.public
    }

    /// Signs claims; the receipt as a compact JWS.
    pub fn sign(&self, claims: &Claims) -> String {
        // Claims are texts and small integers: they always serialise.
        let payload = serde_json::to_vec(claims).unwrap_or_default();
        let input = jws::signing_input(&self.kid, &payload);
        let signature = self.signing.sign(input.as_bytes()).to_bytes();
        jws::with_signature(&input, &signature)
    }
}

fn private_json(key: &SigningKey) -> String {
    let public = PublicJwk::of(&key.verifying_key());
    let set = PrivateSet {
        keys: vec![PrivateJwk {
            kty: public.kty,
            crv: public.crv,
            x: public.x,
            d: URL_SAFE_NO_PAD.encode(key.as_bytes()),
        }],
    };
    serde_json::to_string_pretty(&set).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumbprint_is_that_of_rfc_8037() {
        // RFC 8037, appendix A.3.
        assert_eq!(
            thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
    }

    #[test]
    fn keys_are_made_once_and_are_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let first = SigningKeys::open(&path).unwrap();
        let second = SigningKeys::open(&path).unwrap();
        assert_eq!(first.public(), second.public());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        assert!(
            !serde_json::to_string(first.public())
                .unwrap()
                .contains("\"d\"")
        );
    }
}
