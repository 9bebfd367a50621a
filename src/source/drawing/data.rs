//! What an address that holds its content (`data:…`) stands for.

use data_url::DataUrl;

/// What is in such an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Data {
    /// A font.
    Font,
    /// An image of so many pixels.
    Image {
        /// How many.
        pixels: u64,
    },
    /// Another drawing.
    Drawing(Vec<u8>),
}

/// Reads an address; `None` where it is no such address, or holds what no drawing needs.
pub(super) fn read(address: &str) -> Option<Data> {
    if !address.get(..5)?.eq_ignore_ascii_case("data:") {
        return None;
    }
    let url = DataUrl::process(address).ok()?;
    let (kind, own) = (url.mime_type().type_.as_str(), url.mime_type().subtype.as_str());
    match (kind, own) {
        ("font", _) => Some(Data::Font),
        ("application", it) if it.contains("font") => Some(Data::Font),
        ("image", "svg+xml") => Some(Data::Drawing(url.decode_to_vec().ok()?.0)),
        ("image", "png" | "jpeg" | "jpg" | "gif" | "webp") => {
            let bytes = url.decode_to_vec().ok()?.0;
            let size = imagesize::blob_size(&bytes).ok()?;
            let side = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
            let pixels = side(size.width).saturating_mul(side(size.height));
            Some(Data::Image { pixels })
        }
        _ => None,
    }
}
