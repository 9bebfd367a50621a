//! The laws, for the fuzzer's targets.

pub mod laws;

/// A target of the fuzzer: what `laws` says under this name.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            $crate::laws::obey($name, bytes);
        });
    };
}
