//! What a cache holds.
//!
//! An entry names itself and carries a checksum, so that a file that was cut, mixed up or
//! written by another version is made again rather than published.

use std::{
    collections::HashMap,
    sync::{Arc, Condvar, Mutex, OnceLock, PoisonError},
};

use sha2::{Digest, Sha256};

use super::{Derived, Store, Undecodable};
use crate::site::ResourceFile;

/// Changes with anything that changes the bytes: the libraries' versions, the way they
/// are asked, this format.
const VERSION: &str = "plantin picture 3: image 0.25.10, webp 0.3.1, resvg 0.47.0\n";

/// The media types of what is made, by their number in an entry.
const TYPES: [&str; 3] = ["image/webp", "image/jpeg", "image/png"];

/// Keeps what was made: in memory, and where the caller has a place for it.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    store: Option<Arc<dyn Store>>,
    /// What this process made already, or is making: editions share their images.
    made: Arc<Mutex<HashMap<Key, Making>>>,
    desk: Arc<Desk>,
}

/// Where images lie while they are decoded: threads take turns, so that large ones do not
/// fill the memory together.
#[derive(Debug, Default)]
struct Desk {
    /// How many pixels lie there.
    taken: Mutex<u64>,
    left: Condvar,
}

/// The most pixels that lie there at once: those of the largest image.
const ROOM: u64 = 64_000_000;

/// The room of one image, which is free again when this goes.
pub(super) struct Room<'a> {
    desk: &'a Desk,
    pixels: u64,
}

impl Desk {
    fn room(&self, pixels: u64) -> Room<'_> {
        let pixels = pixels.min(ROOM);
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = self.left.wait_while(taken, |it| *it + pixels > ROOM);
        *taken.unwrap_or_else(PoisonError::into_inner) += pixels;
        Room { desk: self, pixels }
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        let mut taken = self.desk.taken.lock().unwrap_or_else(PoisonError::into_inner);
        *taken -= self.pixels;
        self.desk.left.notify_all();
    }
}

/// A fingerprint of an image and of what it was asked.
type Key = [u8; 32];
/// What becomes of an image, made by whoever comes first.
type Making = Arc<OnceLock<Result<Vec<Derived>, Undecodable>>>;

impl Cache {
    /// A cache that keeps things there.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store: Some(store), ..Self::default() }
    }

    /// Waits for the room that an image takes while it is decoded.
    pub(super) fn room(&self, file: &ResourceFile) -> Room<'_> {
        let (width, height) = file.size.unwrap_or_default();
        self.desk.room(u64::from(width) * u64::from(height))
    }

    /// What a recipe makes of an image: what was kept, else what `make` makes now.
    pub(super) fn made(
        &self,
        recipe: &str,
        image: &[u8],
        make: impl FnOnce() -> Result<Vec<Derived>, Undecodable>,
    ) -> Result<Vec<Derived>, Undecodable> {
        let mut key = Sha256::new();
        key.update(VERSION);
        key.update(recipe);
        key.update([0]);
        key.update(Sha256::digest(image));
        let key: Key = key.finalize().into();
        let making = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(made.entry(key).or_default())
        };
        making.get_or_init(|| self.kept(&key, make)).clone()
    }

    /// What the store kept, else what `make` makes now, which it then keeps.
    fn kept(
        &self,
        key: &Key,
        make: impl FnOnce() -> Result<Vec<Derived>, Undecodable>,
    ) -> Result<Vec<Derived>, Undecodable> {
        let Some(store) = &self.store else { return make() };
        let name: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        if let Some(kept) = store.get(&name).and_then(|it| read(&it, key)) {
            return Ok(kept);
        }
        let made = make()?;
        store.put(&name, &write(&made, key));
        Ok(made)
    }
}

fn write(made: &[Derived], key: &Key) -> Vec<u8> {
    let mut body = Vec::new();
    for it in made {
        let kind = TYPES.iter().position(|known| *known == it.media_type);
        body.push(u8::try_from(kind.unwrap_or(0)).unwrap_or(0));
        let length = u32::try_from(it.bytes.len()).unwrap_or(u32::MAX);
        for number in [it.size.0, it.size.1, length] {
            body.extend(number.to_be_bytes());
        }
        body.extend(it.bytes.iter());
    }
    let mut entry = VERSION.as_bytes().to_vec();
    entry.extend(key);
    entry.extend(Sha256::digest(&body));
    entry.extend(body);
    entry
}

/// What an entry holds, when it is the one that was asked for and whole.
fn read(entry: &[u8], key: &Key) -> Option<Vec<Derived>> {
    let rest = entry.strip_prefix(VERSION.as_bytes())?.strip_prefix(key)?;
    let (sum, mut body) = rest.split_at_checked(32)?;
    if Sha256::digest(body).as_slice() != sum {
        return None;
    }
    let mut made = Vec::new();
    while let Some((&kind, rest)) = body.split_first() {
        let (width, rest) = number(rest)?;
        let (height, rest) = number(rest)?;
        let (length, rest) = number(rest)?;
        let (bytes, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        let &media_type = TYPES.get(usize::from(kind))?;
        let bytes = Arc::new(bytes.to_vec());
        made.push(Derived { media_type, size: (width, height), bytes });
        body = rest;
    }
    Some(made)
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*head), rest))
}
