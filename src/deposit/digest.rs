//! Checksums, in streams: what is written with SHA-512 and SHA-256, and what the bags of
//! others may use besides.
//!
//! MD5 and SHA-1 are read, since bags of the last twenty years have them, and never
//! written: they show an accident, not an intention.

use std::fmt::Write as _;

use md5::Md5;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

/// A way to compute a checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// MD5, broken since 2004.
    Md5,
    /// SHA-1, broken since 2017.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    const ALL: [Algorithm; 6] = [
        Algorithm::Md5,
        Algorithm::Sha1,
        Algorithm::Sha224,
        Algorithm::Sha256,
        Algorithm::Sha384,
        Algorithm::Sha512,
    ];

    /// The algorithm that a manifest is named after, whatever the case and the hyphens.
    pub fn named(name: &str) -> Option<Self> {
        let plain: String =
            name.chars().filter(|it| *it != '-').collect::<String>().to_ascii_lowercase();
        Self::ALL.into_iter().find(|it| it.name() == plain)
    }

    /// Its name in the name of a manifest.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Md5 => "md5",
            Algorithm::Sha1 => "sha1",
            Algorithm::Sha224 => "sha224",
            Algorithm::Sha256 => "sha256",
            Algorithm::Sha384 => "sha384",
            Algorithm::Sha512 => "sha512",
        }
    }

    /// Whether somebody can make another file with the same checksum.
    pub fn is_broken(self) -> bool {
        matches!(self, Algorithm::Md5 | Algorithm::Sha1)
    }
}

/// A checksum on its way.
enum Running {
    Md5(Box<Md5>),
    Sha1(Box<Sha1>),
    Sha224(Box<Sha224>),
    Sha256(Box<Sha256>),
    Sha384(Box<Sha384>),
    Sha512(Box<Sha512>),
}

/// Several checksums of one stream, and its length.
pub struct Digests {
    running: Vec<(Algorithm, Running)>,
    size: u64,
}

impl std::fmt::Debug for Digests {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digests").field("size", &self.size).finish_non_exhaustive()
    }
}

/// The checksums of a stream that has come to its end, in lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// How many bytes there were.
    pub size: u64,
    sums: Vec<(Algorithm, String)>,
}

impl Digests {
    /// Nothing yet.
    pub fn new(algorithms: &[Algorithm]) -> Self {
        let start = |algorithm: &Algorithm| {
            let running = match algorithm {
                Algorithm::Md5 => Running::Md5(Box::default()),
                Algorithm::Sha1 => Running::Sha1(Box::default()),
                Algorithm::Sha224 => Running::Sha224(Box::default()),
                Algorithm::Sha256 => Running::Sha256(Box::default()),
                Algorithm::Sha384 => Running::Sha384(Box::default()),
                Algorithm::Sha512 => Running::Sha512(Box::default()),
            };
            (*algorithm, running)
        };
        Self { running: algorithms.iter().map(start).collect(), size: 0 }
    }

    /// The next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        for (_, running) in &mut self.running {
            match running {
                Running::Md5(it) => it.update(bytes),
                Running::Sha1(it) => it.update(bytes),
                Running::Sha224(it) => it.update(bytes),
                Running::Sha256(it) => it.update(bytes),
                Running::Sha384(it) => it.update(bytes),
                Running::Sha512(it) => it.update(bytes),
            }
        }
    }

    /// The checksums.
    pub fn finish(self) -> Sums {
        let end = |running: Running| match running {
            Running::Md5(it) => hexadecimal(&it.finalize()),
            Running::Sha1(it) => hexadecimal(&it.finish()),
            Running::Sha224(it) => hexadecimal(&it.finalize()),
            Running::Sha256(it) => hexadecimal(&it.finalize()),
            Running::Sha384(it) => hexadecimal(&it.finalize()),
            Running::Sha512(it) => hexadecimal(&it.finalize()),
        };
        let sums = self.running.into_iter().map(|(name, running)| (name, end(running)));
        Sums { size: self.size, sums: sums.collect() }
    }
}

impl Sums {
    /// The checksums of bytes that are at hand.
    pub fn of(bytes: &[u8], algorithms: &[Algorithm]) -> Self {
        let mut digests = Digests::new(algorithms);
        digests.update(bytes);
        digests.finish()
    }

    /// The checksum by an algorithm; empty when it was not asked for.
    pub fn get(&self, algorithm: Algorithm) -> &str {
        let found = self.sums.iter().find(|it| it.0 == algorithm);
        found.map_or("", |it| it.1.as_str())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a string cannot fail");
        out
    })
}

/// SHA-1 (FIPS 180-4, 6.1), for the bags of others.
struct Sha1 {
    state: [u32; 5],
    /// What does not fill a block yet.
    rest: Vec<u8>,
    size: u64,
}

impl Default for Sha1 {
    fn default() -> Self {
        let state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
        Self { state, rest: Vec::with_capacity(128), size: 0 }
    }
}

impl Sha1 {
    fn update(&mut self, mut bytes: &[u8]) {
        self.size = self.size.wrapping_add(bytes.len() as u64);
        if !self.rest.is_empty() {
            let wanted = (64 - self.rest.len()).min(bytes.len());
            self.rest.extend_from_slice(&bytes[..wanted]);
            bytes = &bytes[wanted..];
            if self.rest.len() < 64 {
                return;
            }
            let block = std::mem::take(&mut self.rest);
            self.block(&block);
        }
        let mut blocks = bytes.chunks_exact(64);
        for block in &mut blocks {
            self.block(block);
        }
        self.rest.extend_from_slice(blocks.remainder());
    }

    fn block(&mut self, block: &[u8]) {
        let mut words = [0_u32; 80];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes(bytes.try_into().expect("four bytes"));
        }
        for at in 16..80 {
            let word = words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16];
            words[at] = word.rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = self.state;
        for (round, word) in words.iter().enumerate() {
            let (mixed, constant) = match round {
                0..20 => ((b & c) | (!b & d), 0x5a82_7999),
                20..40 => (b ^ c ^ d, 0x6ed9_eba1),
                40..60 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let next = a
                .rotate_left(5)
                .wrapping_add(mixed)
                .wrapping_add(e)
                .wrapping_add(constant)
                .wrapping_add(*word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
        }
        for (state, word) in self.state.iter_mut().zip([a, b, c, d, e]) {
            *state = state.wrapping_add(word);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        let bits = self.size.wrapping_mul(8);
        let mut end = vec![0x80];
        let used = (self.rest.len() + 1) % 64;
        end.resize(1 + (120 - used) % 64, 0);
        end.extend_from_slice(&bits.to_be_bytes());
        self.update(&end);
        self.state.iter().flat_map(|it| it.to_be_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(algorithm: Algorithm, bytes: &[u8]) -> String {
        Sums::of(bytes, &[algorithm]).get(algorithm).to_owned()
    }

    #[test]
    fn checksums_are_those_of_the_standards() {
        let abc = |it| sum(it, b"abc");
        assert_eq!(abc(Algorithm::Md5), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(abc(Algorithm::Sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert!(abc(Algorithm::Sha224).starts_with("23097d223405d822"));
        assert!(abc(Algorithm::Sha256).starts_with("ba7816bf8f01cfea"));
        assert!(abc(Algorithm::Sha384).starts_with("cb00753f45a35e8b"));
        assert!(abc(Algorithm::Sha512).starts_with("ddaf35a193617aba"));
        let long = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        assert_eq!(
            sum(Algorithm::Sha1, long),
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        );
    }

    #[test]
    fn sha1_is_the_same_however_the_stream_is_cut() {
        let bytes = vec![b'a'; 1_000_000];
        let expected = "34aa973cd4c4daa4f61eeb2bdbad27316534016f";
        assert_eq!(sum(Algorithm::Sha1, &bytes), expected);
        for step in [1, 55, 56, 63, 64, 65, 1000] {
            let mut digests = Digests::new(&[Algorithm::Sha1]);
            bytes.chunks(step).for_each(|it| digests.update(it));
            assert_eq!(digests.finish().get(Algorithm::Sha1), expected, "{step}");
        }
    }

    #[test]
    fn the_names_of_manifests_are_read_in_each_of_their_spellings() {
        for name in ["sha512", "SHA512", "sha-512", "SHA-512"] {
            assert_eq!(Algorithm::named(name), Some(Algorithm::Sha512));
        }
        assert_eq!(Algorithm::named("blake2b"), None);
    }
}
