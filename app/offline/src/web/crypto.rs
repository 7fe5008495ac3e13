//! The browser's own cryptography (WebCrypto). Keys are `CryptoKey`s that cannot be read again.
//!
//! Its functions are called by name: each would otherwise bring its own glue into the bundle, and they
//! are all alike (arguments in, a promise out).

use std::cell::RefCell;

use case_core::wire::sync::SEALED_INFO;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::request::failed;
use crate::crypto::{Crypto, NONCE};
use crate::store::StoreError;
use crate::vault;

/// What an envelope needs before its content is known. Each serves once.
struct Prepared {
    /// For this public key.
    public: Vec<u8>,
    ephemeral: Vec<u8>,
    key: JsValue,
}

thread_local! {
    /// For the next envelope: made when the last was closed, so that saving need not wait for it.
    static PREPARED: RefCell<Option<Prepared>> = const { RefCell::new(None) };
}

async fn prepare(public: &[u8]) -> Result<Prepared, StoreError> {
    let ecdh = curve("ECDH");
    let server = import(public, &ecdh, &[]).await?.map_err(|error| failed(&error))?;
    let pair = must("generateKey", &[&ecdh, &JsValue::FALSE, &list(&["deriveBits"])]).await?;
    let ephemeral = plain(&must("exportKey", &[&"raw".into(), &field(&pair, "publicKey")?]).await?);
    let with = object(&[("name", &"ECDH".into()), ("public", &server)]);
    let shared = must("deriveBits", &[&with, &field(&pair, "privateKey")?, &256.into()]).await?;
    let base = import(&plain(&shared), &"HKDF".into(), &["deriveKey"]).await?.map_err(|error| failed(&error))?;
    let how = object(&[
        ("name", &"HKDF".into()),
        ("hash", &"SHA-256".into()),
        ("salt", &bytes(&ephemeral)),
        ("info", &bytes(SEALED_INFO)),
    ]);
    let key = must("deriveKey", &[&how, &base, &aes(), &JsValue::FALSE, &list(&["encrypt"])]).await?;
    Ok(Prepared { public: public.to_vec(), ephemeral, key })
}

/// Iterations that are timed to learn how fast the device is.
const SAMPLE: u32 = 100_000;

/// The browser's own cryptography.
#[derive(Clone, Copy, Debug, Default)]
pub struct WebCrypto;

fn field(of: &JsValue, name: &str) -> Result<JsValue, StoreError> {
    Reflect::get(of, &name.into()).map_err(|error| failed(&error))
}

fn crypto() -> Result<JsValue, StoreError> {
    field(&js_sys::global(), "crypto")
}

fn object(fields: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh object cannot fail.
        let _set = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn list(words: &[&str]) -> JsValue {
    words.iter().map(|word| JsValue::from_str(word)).collect::<Array>().into()
}

/// Begins a function of `crypto.subtle`; it runs from here on, whether it is awaited or not.
fn begin(name: &str, arguments: &[&JsValue]) -> Result<JsFuture, StoreError> {
    let subtle = field(&crypto()?, "subtle")?;
    let function: Function = field(&subtle, name)?.dyn_into().map_err(|_| {
        // Browsers give it to pages that came over TLS only.
        StoreError::Closed("this page has no cryptography".to_owned())
    })?;
    let arguments: Array = arguments.iter().copied().collect();
    let promise: Promise = function.apply(&subtle, &arguments).map_err(|error| failed(&error))?.unchecked_into();
    Ok(JsFuture::from(promise))
}

/// Calls a function of `crypto.subtle`. The inner result is the browser's no: wrong key, changed bytes.
async fn subtle(name: &str, arguments: &[&JsValue]) -> Result<Result<JsValue, JsValue>, StoreError> {
    Ok(begin(name, arguments)?.await)
}

async fn must(name: &str, arguments: &[&JsValue]) -> Result<JsValue, StoreError> {
    subtle(name, arguments).await?.map_err(|error| failed(&error))
}

fn plain(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

fn aes() -> JsValue {
    object(&[("name", &"AES-GCM".into()), ("length", &256.into())])
}

fn gcm(nonce: &[u8], bound: &[u8]) -> JsValue {
    object(&[("name", &"AES-GCM".into()), ("iv", &bytes(nonce)), ("additionalData", &bytes(bound))])
}

fn curve(name: &str) -> JsValue {
    object(&[("name", &name.into()), ("namedCurve", &"P-256".into())])
}

async fn import(raw: &[u8], kind: &JsValue, uses: &[&str]) -> Result<Result<JsValue, JsValue>, StoreError> {
    subtle("importKey", &[&"raw".into(), &bytes(raw), kind, &JsValue::FALSE, &list(uses)]).await
}

fn now() -> f64 {
    // Finer than the clock, and not set by anybody.
    field(&js_sys::global(), "performance")
        .and_then(|performance| Ok((field(&performance, "now")?, performance)))
        .ok()
        .and_then(|(now, performance)| now.dyn_into::<Function>().ok()?.call0(&performance).ok()?.as_f64())
        .unwrap_or_else(js_sys::Date::now)
}

fn encrypting(
    crypto: &WebCrypto,
    key: &JsValue,
    bound: &[u8],
    text: &[u8],
) -> Result<([u8; NONCE], JsFuture), StoreError> {
    let mut nonce = [0; NONCE];
    crypto.random(&mut nonce)?;
    Ok((nonce, begin("encrypt", &[&gcm(&nonce, bound), key, &bytes(text)])?))
}

async fn encrypted(nonce: [u8; NONCE], under_way: JsFuture) -> Result<Vec<u8>, StoreError> {
    let cipher = Uint8Array::new(&under_way.await.map_err(|error| failed(&error))?);
    let mut sealed = vec![0; NONCE + cipher.length() as usize];
    sealed[..NONCE].copy_from_slice(&nonce);
    cipher.copy_to(&mut sealed[NONCE..]);
    Ok(sealed)
}

/// `None`: too short to be a ciphertext.
fn decrypting(key: &JsValue, bound: &[u8], sealed: &[u8]) -> Result<Option<JsFuture>, StoreError> {
    let Some((nonce, cipher)) = sealed.split_at_checked(NONCE) else { return Ok(None) };
    begin("decrypt", &[&gcm(nonce, bound), key, &bytes(cipher)]).map(Some)
}

async fn decrypted(under_way: Option<JsFuture>) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(under_way) = under_way else { return Ok(None) };
    Ok(under_way.await.ok().map(|text| plain(&text)))
}

impl Crypto for WebCrypto {
    type Key = JsValue;

    fn random(&self, target: &mut [u8]) -> Result<(), StoreError> {
        let (crypto, drawn) = (crypto()?, Uint8Array::new_with_length(u32::try_from(target.len()).unwrap_or(0)));
        let draw: Function = field(&crypto, "getRandomValues")?.dyn_into().map_err(|error| failed(&error))?;
        draw.call1(&crypto, &drawn).map_err(|error| failed(&error))?;
        drawn.copy_to(target);
        Ok(())
    }

    async fn iterations(&self) -> Result<u32, StoreError> {
        let from = now();
        self.derive(b"135790", &[7; 16], SAMPLE).await?;
        Ok(vault::iterations(SAMPLE, now() - from))
    }

    async fn derive(&self, pin: &[u8], salt: &[u8], iterations: u32) -> Result<JsValue, StoreError> {
        let base = import(pin, &"PBKDF2".into(), &["deriveKey"]).await?.map_err(|error| failed(&error))?;
        let how = object(&[
            ("name", &"PBKDF2".into()),
            ("hash", &"SHA-256".into()),
            ("salt", &bytes(salt)),
            ("iterations", &iterations.into()),
        ]);
        must("deriveKey", &[&how, &base, &aes(), &JsValue::FALSE, &list(&["encrypt", "decrypt"])]).await
    }

    async fn key(&self, raw: &[u8; 32]) -> Result<JsValue, StoreError> {
        import(raw, &aes(), &["encrypt", "decrypt"]).await?.map_err(|error| failed(&error))
    }

    async fn encrypt(&self, key: &JsValue, bound: &[u8], text: &[u8]) -> Result<Vec<u8>, StoreError> {
        let (nonce, under_way) = encrypting(self, key, bound, text)?;
        encrypted(nonce, under_way).await
    }

    async fn decrypt(&self, key: &JsValue, bound: &[u8], sealed: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        decrypted(decrypting(key, bound, sealed)?).await
    }

    async fn encrypt_all(&self, key: &JsValue, texts: &[(Vec<u8>, Vec<u8>)]) -> Result<Vec<Vec<u8>>, StoreError> {
        let begun = texts.iter().map(|(bound, text)| encrypting(self, key, bound, text));
        let begun = begun.collect::<Result<Vec<_>, _>>()?;
        let mut all = Vec::with_capacity(begun.len());
        for (nonce, under_way) in begun {
            all.push(encrypted(nonce, under_way).await?);
        }
        Ok(all)
    }

    async fn decrypt_all(&self, key: &JsValue, texts: &[(Vec<u8>, &[u8])]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let begun = texts.iter().map(|(bound, sealed)| decrypting(key, bound, sealed));
        let begun = begun.collect::<Result<Vec<_>, _>>()?;
        let mut all = Vec::with_capacity(begun.len());
        for under_way in begun {
            all.push(decrypted(under_way).await?);
        }
        Ok(all)
    }

    async fn seal(&self, public: &[u8], text: &[u8]) -> Result<Vec<u8>, StoreError> {
        let ready = PREPARED.take().filter(|ready| ready.public == public);
        let Prepared { public, ephemeral, key } = match ready {
            Some(ready) => ready,
            None => prepare(public).await?,
        };
        let sealed = [ephemeral, self.encrypt(&key, &[], text).await?].concat();
        spawn_local(async move {
            // Where this fails, the next envelope makes its own.
            PREPARED.set(prepare(&public).await.ok());
        });
        Ok(sealed)
    }

    async fn verify(&self, public: &[u8], text: &[u8], signature: &[u8]) -> Result<bool, StoreError> {
        // Bytes that are no key verify nothing; that is an answer, not a failure of the store.
        let Ok(key) = import(public, &curve("ECDSA"), &["verify"]).await? else { return Ok(false) };
        let how = object(&[("name", &"ECDSA".into()), ("hash", &"SHA-256".into())]);
        let fits = subtle("verify", &[&how, &key, &bytes(signature), &bytes(text)]).await?;
        Ok(fits.is_ok_and(|fits| fits.is_truthy()))
    }

    async fn digest(&self, text: &[u8]) -> Result<[u8; 32], StoreError> {
        let digest = plain(&must("digest", &[&"SHA-256".into(), &bytes(text)]).await?);
        digest.try_into().map_err(|_| StoreError::Failed("a SHA-256 of another length".to_owned()))
    }
}
