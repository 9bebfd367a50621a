//! Where a photograph or a film was taken, which a telephone writes beside its pixels, and
//! which nobody means to publish.
//!
//! The places of GPS are taken out of EXIF and XMP, wherever a format puts these, and out
//! of what stands beside films, and nothing else: which side is up, the
//! author and the rights stay. Words that a person wrote (a town in a caption) stay too. No
//! byte of the picture itself changes.

/// The entry of EXIF that leads to the places of GPS.
const GPS: u16 = 0x8825;

/// How large what stands beside an image may be behind its end: a preview's own EXIF.
const LARGEST: usize = 1 << 16;

/// The image without the place where it was taken; `None` where it does not say it.
pub(super) fn without(media_type: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    match media_type {
        "image/jpeg" => jpeg(bytes),
        "image/png" => png(bytes),
        "image/webp" => webp(bytes),
        "image/gif" => changed(bytes, gif),
        "image/tiff" => changed(bytes, |it| tiff(it) | packets(it)),
        _ if media_type.starts_with("video/") => changed(bytes, film),
        _ => None,
    }
}

fn changed(bytes: &[u8], change: impl Fn(&mut [u8]) -> bool) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    change(&mut out).then_some(out)
}

fn gif(bytes: &mut [u8]) -> bool {
    let packet = find(bytes, b"XMP DataXMP").map(|at| &mut bytes[at..]);
    packet.is_some_and(xmp)
}

/// Blanks the places that stand beside a film, written as ISO 6709 has it
/// (`+48.8584+002.2945/`), of which a film's own bytes are never by chance.
fn film(bytes: &mut [u8]) -> bool {
    let mut found = false;
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|it| matches!(it, b'+' | b'-')) {
        at += next;
        match place_length(&bytes[at..]) {
            Some(length) => {
                bytes[at..at + length].fill(b' ');
                found = true;
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The length of a place that begins here.
fn place_length(bytes: &[u8]) -> Option<usize> {
    let latitude = angle_length(bytes, 2)?;
    let longitude = angle_length(&bytes[latitude..], 3)?;
    let length = latitude + longitude;
    Some(length + angle_length(&bytes[length..], 1).unwrap_or(0))
}

/// The length of a sign, so many digits or more, a point, and three digits or more.
fn angle_length(bytes: &[u8], whole: usize) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take(12).take_while(|it| it.is_ascii_digit()).count()
    };
    if !matches!(bytes.first(), Some(b'+' | b'-')) {
        return None;
    }
    let point = 1 + digits(1);
    let end = point + 1 + digits(point + 1);
    let is_one = point > whole && bytes.get(point) == Some(&b'.') && end > point + 3;
    is_one.then_some(end)
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let (mut found, mut has_others) = (false, false);
    let mut at = 2;
    // The segments before the picture.
    while let Some(&[0xff, mark, high, low]) = out.get(at..at + 4) {
        if mark == 0xff {
            at += 1;
            continue;
        }
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        if matches!(mark, 0xda | 0xd9) || end < at + 4 || end > out.len() {
            break;
        }
        match mark {
            0xe1 => found |= segment(&mut out[at + 4..end]),
            0xed => found |= resources(&mut out[at + 4..end]),
            0xe2 => has_others |= out[at + 4..end].starts_with(b"MPF\0"),
            _ => {}
        }
        at = end;
    }
    // Behind the picture some cameras put a film, and some other pictures, with what
    // stands beside those.
    let rest = &mut out[at.min(bytes.len())..];
    found |= film(rest);
    if !has_others {
        return found.then_some(out);
    }
    let mut from = 0;
    while let Some(next) = find(&rest[from..], b"Exif\0\0") {
        from += next + 6;
        let end = rest.len().min(from + LARGEST);
        found |= tiff(&mut rest[from..end]);
    }
    found |= packets(rest);
    found.then_some(out)
}

fn segment(bytes: &mut [u8]) -> bool {
    match bytes.strip_prefix(b"Exif\0\0") {
        Some(_) => tiff(&mut bytes[6..]),
        None => bytes.starts_with(b"http://ns.adobe.com/x") && xmp(bytes),
    }
}

/// What Photoshop keeps in a segment of its own: pieces, each with a number, a name and a
/// length, among them the same EXIF and XMP again.
fn resources(bytes: &mut [u8]) -> bool {
    let mut found = false;
    let mut at = match bytes.strip_prefix(b"Photoshop 3.0\0") {
        Some(_) => 14,
        None => return false,
    };
    while let Some(&[b'8', b'B', b'I', b'M', high, low, name]) = bytes.get(at..at + 7) {
        // The name's length is counted with itself, and made even.
        let named = at + 6 + (usize::from(name) + 2) / 2 * 2;
        let Some(length) = Order::Big.long(bytes, named) else { break };
        let start = named + 4;
        let Some(data) =
            start.checked_add(length).and_then(|end| bytes.get_mut(start..end))
        else {
            break;
        };
        found |= match u16::from_be_bytes([high, low]) {
            1058 => tiff(data),
            1060 => xmp(data),
            _ => false,
        };
        at = start + length + length % 2;
    }
    found
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut found = false;
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let end = at.checked_add(usize::try_from(length).ok()?)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        at = end;
        let body = &chunk[4..chunk.len() - 4];
        if !matches!(&body[..4], b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt") {
            out.extend(chunk);
            continue;
        }
        let mut body = body.to_vec();
        match beside(&mut body) {
            Beside::Nothing => out.extend(chunk),
            Beside::Gone => found = true,
            Beside::Changed => {
                found = true;
                out.extend(length.to_be_bytes());
                out.extend(&body);
                out.extend(sum(&body).to_be_bytes());
            }
        }
    }
    out.extend(bytes.get(at..)?);
    found.then_some(out)
}

/// What was found in a piece of a PNG.
enum Beside {
    /// No place.
    Nothing,
    /// A place, which is gone.
    Changed,
    /// It may hold a place, in a form that is not looked into: all of it goes.
    Gone,
}

fn beside(body: &mut [u8]) -> Beside {
    let (kind, data) = body.split_at_mut(4);
    let packed = [
        &b"Raw profile type exif\0"[..],
        b"Raw profile type APP1\0",
        b"Raw profile type xmp\0",
    ];
    let name = data.split(|it| *it == 0).next().unwrap_or_default();
    let is_packed = packed.iter().any(|it| data.starts_with(it))
        || name.windows(4).any(|it| it.eq_ignore_ascii_case(b":GPS"));
    let found = match &*kind {
        b"eXIf" => tiff(data),
        b"tEXt" | b"zTXt" | b"iTXt" if is_packed => return Beside::Gone,
        b"iTXt" => match data.strip_prefix(b"XML:com.adobe.xmp\0") {
            Some([1, ..]) => return Beside::Gone,
            Some(_) => xmp(data),
            None => false,
        },
        _ => false,
    };
    if found { Beside::Changed } else { Beside::Nothing }
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let mut found = false;
    let mut at = 12;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        let start = at + 8;
        let end = start.checked_add(usize::try_from(length).ok()?)?;
        let data = out.get_mut(start..end)?;
        found |= match &head[..4] {
            b"EXIF" if data.starts_with(b"Exif\0\0") => tiff(&mut data[6..]),
            b"EXIF" => tiff(data),
            b"XMP " => xmp(data),
            _ => false,
        };
        at = end + end % 2;
    }
    found.then_some(out)
}

/// The order of the bytes in a block of EXIF.
#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let pair = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match self {
            Order::Little => u16::from_le_bytes(pair),
            Order::Big => u16::from_be_bytes(pair),
        })
    }

    fn long(self, bytes: &[u8], at: usize) -> Option<usize> {
        let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let long = match self {
            Order::Little => u32::from_le_bytes(four),
            Order::Big => u32::from_be_bytes(four),
        };
        usize::try_from(long).ok()
    }

    fn write(self, short: u16) -> [u8; 2] {
        match self {
            Order::Little => short.to_le_bytes(),
            Order::Big => short.to_be_bytes(),
        }
    }
}

/// Takes the places out of a block of EXIF; says whether there were any.
fn tiff(block: &mut [u8]) -> bool {
    let order = match block.get(..4) {
        Some(b"II*\0") => Order::Little,
        Some(b"MM\0*") => Order::Big,
        _ => return false,
    };
    let mut found = false;
    let mut directory = order.long(block, 4);
    // The image's own directory, that of its preview, and those of more pages.
    for _ in 0..1000 {
        let Some(at) = directory.filter(|it| *it >= 8) else { break };
        while unlink(block, order, at).is_some() {
            found = true;
        }
        let after = order.short(block, at).map(|it| at + 2 + 12 * usize::from(it));
        directory = after.and_then(|it| order.long(block, it));
    }
    found
}

/// Takes one entry that leads to places out of a directory, and what it leads to.
fn unlink(block: &mut [u8], order: Order, at: usize) -> Option<()> {
    let count = order.short(block, at)?;
    let entry = |number: u16| at + 2 + 12 * usize::from(number);
    let end = entry(count) + 4;
    block.get(..end)?;
    let number = (0..count).find(|it| order.short(block, entry(*it)) == Some(GPS))?;
    let places = order.long(block, entry(number) + 8);
    // The entries behind it move up, with the way to the next directory.
    block.copy_within(entry(number) + 12..end, entry(number));
    block[end - 12..end].fill(0);
    block[at..at + 2].copy_from_slice(&order.write(count - 1));
    if let Some(places) = places.filter(|it| *it >= 8) {
        erase(block, order, places);
    }
    Some(())
}

/// Erases a directory of places, and their values.
fn erase(block: &mut [u8], order: Order, at: usize) -> Option<()> {
    const SIZES: [usize; 13] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
    // There are 32 kinds of entry: more is none of ours.
    let count = usize::from(order.short(block, at)?).min(64);
    for number in 0..count {
        let entry = at + 2 + 12 * number;
        let kind = usize::from(order.short(block, entry + 2)?);
        let size = SIZES.get(kind).copied().unwrap_or(0);
        let size = size.saturating_mul(order.long(block, entry + 4)?);
        let value = order.long(block, entry + 8)?;
        block[entry..entry + 12].fill(0);
        if size > 4
            && let Some(value) =
                value.checked_add(size).and_then(|it| block.get_mut(value..it))
        {
            value.fill(0);
        }
    }
    block.get_mut(at..at + 2)?.fill(0);
    Some(())
}

/// Blanks the places in the packets of XMP that stand among other bytes.
fn packets(bytes: &mut [u8]) -> bool {
    let mut found = false;
    let mut from = 0;
    while let Some(start) = find(&bytes[from..], b"<rdf:RDF").map(|it| from + it) {
        let end = after(bytes, start, b"</rdf:RDF>").unwrap_or(bytes.len());
        found |= xmp(&mut bytes[start..end]);
        from = end;
    }
    found
}

/// Blanks the places in a packet of XMP, whose length stays; says whether there were any.
fn xmp(packet: &mut [u8]) -> bool {
    let is_name =
        |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.');
    let mut found = false;
    let mut from = 0;
    while let Some(next) = packet[from..].iter().position(|it| *it == b':') {
        let colon = from + next;
        from = colon + 1;
        let before = packet[..colon].iter().rev().take_while(|it| is_name(it)).count();
        let after = packet[colon + 1..].iter().take_while(|it| is_name(it)).count();
        let at = colon - before;
        let length = before + 1 + after;
        if before == 0 || !is_place(&packet[colon + 1..colon + 1 + after]) {
            continue;
        }
        let (start, end) = match packet[..at].last() {
            Some(b'<') => (at - 1, element(packet, at, length)),
            Some(b'/') => (at.saturating_sub(2), self::after(packet, at, b">")),
            _ => (at, attribute(packet, at + length)),
        };
        if let Some(end) = end {
            packet[start..end].fill(b' ');
            found = true;
        }
    }
    found
}

/// Whether a property of this name says where a camera, or what carried it, was.
fn is_place(name: &[u8]) -> bool {
    let places: [&[u8]; 3] = [b"latitude", b"longitude", b"longtitude"];
    name.get(..3).is_some_and(|it| it.eq_ignore_ascii_case(b"gps"))
        || places.iter().any(|it| name.eq_ignore_ascii_case(it))
}

/// Where an element ends whose name is here.
fn element(packet: &[u8], at: usize, length: usize) -> Option<usize> {
    let opened = after(packet, at, b">")?;
    if packet.get(opened - 2) == Some(&b'/') {
        return Some(opened);
    }
    let close = [b"</", &packet[at..at + length], b">"].concat();
    after(packet, opened, &close).or(Some(opened))
}

/// Where an attribute ends whose name ends here.
fn attribute(packet: &[u8], at: usize) -> Option<usize> {
    let is_quote = |it: &u8| matches!(it, b'"' | b'\'');
    let quote = at + packet[at..].iter().take(8).position(is_quote)?;
    after(packet, quote + 1, &packet[quote..=quote])
}

fn after(packet: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    find(packet.get(from..)?, what).map(|it| from + it + what.len())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|it| it == what)
}

/// The checksum of a piece of a PNG (ISO 15948, annex D).
fn sum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| match sum & 1 {
        1 => 0xedb8_8320 ^ (sum >> 1),
        _ => sum >> 1,
    };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EXIF with the side that is up, the way to a place, and the rights.
    fn exif(big: bool) -> Vec<u8> {
        let short = |it: u16| if big { it.to_be_bytes() } else { it.to_le_bytes() };
        let long = |it: u32| if big { it.to_be_bytes() } else { it.to_le_bytes() };
        let mut out = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        let entry =
            |out: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
                out.extend(short(tag));
                out.extend(short(kind));
                out.extend(long(count));
                out.extend(value);
            };
        out.extend(long(8));
        out.extend(short(3));
        let up = short(6);
        entry(&mut out, 0x0112, 3, 1, [up[0], up[1], 0, 0]);
        entry(&mut out, GPS, 4, 1, long(50));
        entry(&mut out, 0x8298, 2, 4, *b"Moi\0");
        out.extend(long(0));
        out.extend(short(2));
        entry(&mut out, 1, 2, 2, *b"N\0\0\0");
        entry(&mut out, 2, 5, 3, long(80));
        out.extend(long(0));
        for number in [48, 1, 51, 1, 2924, 100] {
            out.extend(long(number));
        }
        out
    }

    const XMP: &[u8] = b"<x exif:GPSLatitude=\"48,51.5N\" dc:rights='Moi'>\
        <exif:GPSLongitude>2,21.1E</exif:GPSLongitude><exif:GPSAltitude/></x>";

    fn jpeg_of(parts: &[&[u8]]) -> Vec<u8> {
        let mut out = vec![0xff, 0xd8];
        for part in parts {
            out.extend([0xff, 0xe1]);
            out.extend(u16::try_from(part.len() + 2).unwrap().to_be_bytes());
            out.extend(*part);
        }
        out.extend([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
        out
    }

    #[test]
    fn a_place_goes_and_what_is_beside_it_stays() {
        for big in [true, false] {
            let whole = [&b"Exif\0\0"[..], &exif(big)].concat();
            let image = jpeg_of(&[&whole]);
            let out = without("image/jpeg", &image).expect("it has a place");
            assert_eq!(out.len(), image.len());
            assert_eq!(out[out.len() - 9..], image[image.len() - 9..], "the picture");
            let order = if big { Order::Big } else { Order::Little };
            let block = &out[12..];
            assert_eq!(order.short(block, 8), Some(2), "two entries are left");
            assert_eq!(order.short(block, 10), Some(0x0112));
            assert_eq!(order.short(block, 18), Some(6), "the side that is up");
            assert_eq!(order.short(block, 22), Some(0x8298));
            assert_eq!(order.long(block, 34), Some(0), "there is no other directory");
            assert!(block[34..104].iter().all(|it| *it == 0), "nothing of the place");
            assert_eq!(without("image/jpeg", &out), None, "there is nothing more");
        }
    }

    #[test]
    fn a_place_goes_from_xmp_and_the_rights_stay() {
        let packet = [&b"http://ns.adobe.com/xap/1.0/\0"[..], XMP].concat();
        let out = without("image/jpeg", &jpeg_of(&[&packet])).expect("it has a place");
        let text = String::from_utf8_lossy(&out).into_owned();
        for gone in ["GPS", "48,51", "2,21"] {
            assert!(!text.contains(gone), "{text}");
        }
        assert!(text.contains("dc:rights='Moi'>"), "{text}");
        assert!(text.contains("</x>"), "{text}");
    }

    #[test]
    fn a_preview_behind_the_picture_says_no_place_either() {
        let preview = jpeg_of(&[&[&b"Exif\0\0"[..], &exif(false)].concat()]);
        let xmp = [b"<rdf:RDF", XMP, b"</rdf:RDF>"].concat();
        let mut image = [jpeg_of(&[b"MPF\0"]), preview, xmp].concat();
        image[3] = 0xe2;
        let out = without("image/jpeg", &image).expect("it has a place");
        assert_eq!(without("image/jpeg", &out), None);
    }

    #[test]
    fn a_place_goes_from_png_and_webp() {
        let chunk = |kind: &[u8], data: &[u8]| {
            let body = [kind, data].concat();
            let length = u32::try_from(data.len()).unwrap().to_be_bytes();
            [&length[..], &body, &sum(&body).to_be_bytes()].concat()
        };
        let text = [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], XMP].concat();
        let end = chunk(b"IEND", b"");
        assert_eq!(
            end[8..],
            [0xae, 0x42, 0x60, 0x82],
            "the sum that every PNG ends with"
        );
        let head = b"\x89PNG\r\n\x1a\n".to_vec();
        let png = [
            head.clone(),
            chunk(b"eXIf", &exif(true)),
            chunk(b"iTXt", &text),
            chunk(b"zTXt", b"Raw profile type exif\0\0x"),
            chunk(b"tEXt", b"Copyright\0Moi"),
            end.clone(),
        ];
        let out = without("image/png", &png.concat()).expect("it has a place");
        let words = String::from_utf8_lossy(&out).into_owned();
        assert!(!words.contains("GPS") && !words.contains("Raw profile"), "{words}");
        assert!(words.contains("Copyright"), "{words}");
        assert!(out.ends_with(&end));
        assert_eq!(without("image/png", &out), None);
        let none = [head, chunk(b"tEXt", b"Copyright\0Moi"), end].concat();
        assert_eq!(without("image/png", &none), None);

        let piece = |kind: &[u8], data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap().to_le_bytes();
            [kind, &length, data, &vec![0; data.len() % 2]].concat()
        };
        let webp = [
            b"RIFF\0\0\0\0WEBP".to_vec(),
            piece(b"EXIF", &exif(false)),
            piece(b"XMP ", XMP),
        ];
        let out = without("image/webp", &webp.concat()).expect("it has a place");
        assert!(!String::from_utf8_lossy(&out).contains("GPS"));
        assert_eq!(out.len(), webp.concat().len());
        assert_eq!(without("image/webp", &out), None);
    }

    #[test]
    fn a_place_goes_from_what_photoshop_keeps() {
        let piece = |number: u16, data: &[u8]| {
            let length = u32::try_from(data.len()).expect("it is short");
            let mut out = [&b"8BIM"[..], &number.to_be_bytes(), &[0, 0]].concat();
            out.extend(length.to_be_bytes());
            out.extend(data);
            out.resize(out.len() + data.len() % 2, 0);
            out
        };
        let pieces = [
            b"Photoshop 3.0\0".to_vec(),
            piece(1028, b"Paris"),
            piece(1058, &exif(true)),
            piece(1060, XMP),
        ];
        let mut image = jpeg_of(&[&pieces.concat()]);
        image[3] = 0xed;
        let out = without("image/jpeg", &image).expect("it has a place");
        let words = String::from_utf8_lossy(&out).into_owned();
        assert!(!words.contains("GPS") && words.contains("Paris"), "{words}");
        assert_eq!(without("image/jpeg", &out), None);
    }

    #[test]
    fn a_place_goes_by_any_name_that_cameras_give_it() {
        for name in ["drone-dji:GpsLongtitude", "drone-dji:Latitude", "a:GPSLatitude"] {
            let packet =
                format!("http://ns.adobe.com/xap/1.0/\0<x {name}=\"48.85\" b:c='d'/>");
            let out = without("image/jpeg", &jpeg_of(&[packet.as_bytes()]));
            let words =
                String::from_utf8_lossy(&out.expect("it has a place")).into_owned();
            assert!(!words.contains("48") && words.contains("b:c='d'"), "{words}");
        }
    }

    #[test]
    fn a_place_goes_from_films_pages_and_moving_pictures() {
        let film =
            b"\0\0\0\x20moov\xa9xyz\0\x15\x15\xc7+48.8584+002.2945+035.1/a + b - 1.5";
        let out = without("video/mp4", film).expect("it has a place");
        assert_eq!(out.len(), film.len());
        let words = String::from_utf8_lossy(&out).into_owned();
        assert!(!words.contains("48.8") && words.contains("/a + b - 1.5"), "{words}");
        assert_eq!(without("video/mp4", &out), None);
        let image = [jpeg_of(&[b"x"]), film.to_vec()].concat();
        assert!(without("image/jpeg", &image).is_some(), "behind a picture");

        let page = without("image/tiff", &exif(false)).expect("it has a place");
        assert_eq!(without("image/tiff", &page), None);
        let gif = [b"GIF89a\x21\xff\x0bXMP DataXMP", XMP].concat();
        let out = without("image/gif", &gif).expect("it has a place");
        assert!(!String::from_utf8_lossy(&out).contains("GPS"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_looked_at(start in 0..4_usize, bytes: Vec<u8>, at in 0..160_usize) {
            let exif = [&b"Exif\0\0"[..], &exif(at % 2 == 0)].concat();
            let mut image = match start {
                0 => jpeg_of(&[&exif, XMP]),
                1 => [b"\x89PNG\r\n\x1a\n\0\0\0\x60eXIf", &exif[6..]].concat(),
                2 => [b"RIFF\0\0\0\0WEBPEXIF\x60\0\0\0", &exif[..]].concat(),
                _ => Vec::new(),
            };
            let at = at.min(image.len());
            let end = (at + bytes.len()).min(image.len());
            image.splice(at..end, bytes);
            for media_type in ["image/jpeg", "image/png", "image/webp", "image/gif"] {
                without(media_type, &image);
            }
        }
    }
}
