//! The ends of streams.
//!
//! A stream of bytes is followed by a line end that is none of them. Where its last byte
//! happens to be a carriage return and a line feed follows, readers disagree on whether
//! both are the line end. Here the line end becomes a carriage return and a line feed of
//! its own, which leaves one way to read it.

use std::ops::Range;

/// What follows a stream that ends so.
const DOUBTFUL: &[u8] = b"\r\nendstream\nendobj";

/// A change to a file: what stands in a place, and what shall stand there.
#[derive(Clone, Debug)]
pub(super) struct Splice {
    /// The place.
    pub(super) at: Range<usize>,
    /// What shall stand there.
    pub(super) with: Vec<u8>,
}

/// A file in which every stream ends beyond doubt; the table of the objects is moved
/// along. A file that is not built as expected stays as it is.
pub(super) fn settled(file: Vec<u8>) -> Vec<u8> {
    let places = doubtful(&file);
    if places.is_empty() {
        return file;
    }
    spliced(&file, &places).unwrap_or(file)
}

/// Where a carriage return has to be added.
fn doubtful(file: &[u8]) -> Vec<Splice> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = file[from..].iter().position(|it| *it == b'\r') {
        from += at + 1;
        if file[from - 1..].starts_with(DOUBTFUL) {
            places.push(Splice { at: from..from, with: vec![b'\r'] });
        }
    }
    places
}

/// A file with changes, in their order; the table of the objects is moved along.
pub(super) fn spliced(file: &[u8], splices: &[Splice]) -> Option<Vec<u8>> {
    // How far everything behind each change is moved; what goes forward may go back again.
    let mut moves = Vec::with_capacity(splices.len());
    let (mut added, mut taken) = (0, 0);
    for splice in splices {
        added += splice.with.len();
        taken += splice.at.len();
        moves.push((added, taken));
    }
    let moved = |offset: usize| {
        let before = splices.partition_point(|it| it.at.end <= offset);
        let moves = before.checked_sub(1).map_or((0, 0), |it| moves[it]);
        offset + moves.0 - moves.1
    };
    let tail = file.windows(9).rposition(|it| it == b"startxref")?;
    let table = number(&file[tail + 9..])?;
    let mut out = Vec::with_capacity(file.len() + added);
    let mut from = 0;
    for splice in splices {
        out.extend_from_slice(file.get(from..splice.at.start)?);
        out.extend_from_slice(&splice.with);
        from = splice.at.end;
    }
    out.extend_from_slice(file.get(from..table)?);
    let lines = file[table..tail].split_inclusive(|it| *it == b'\n');
    for line in lines {
        match entry(line) {
            Some(offset) => {
                out.extend_from_slice(format!("{:010}", moved(offset)).as_bytes());
                out.extend_from_slice(&line[10..]);
            }
            None => out.extend_from_slice(line),
        }
    }
    out.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(table)).as_bytes());
    Some(out)
}

/// The offset in a line of the table of objects: `0000031566 00000 n`.
fn entry(line: &[u8]) -> Option<usize> {
    let line = str::from_utf8(line).ok()?;
    let (offset, rest) = line.split_at_checked(10)?;
    rest.starts_with(" 00000 n").then(|| offset.parse().ok()).flatten()
}

fn number(bytes: &[u8]) -> Option<usize> {
    str::from_utf8(bytes).ok()?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_ends_in_a_carriage_return_keeps_it() {
        let head = b"%PDF-1.7\n1 0 obj\n<</Length 2>>\nstream\nx\r\nendstream\nendobj\n";
        let mut file = head.to_vec();
        let second = file.len();
        file.extend_from_slice(b"2 0 obj\n<<>>\nendobj\n");
        let table = file.len();
        let entries = format!(
            "xref\n0 3\n0000000000 65535 f \n{:010} 00000 n \n{second:010} 00000 n \n",
            9
        );
        file.extend_from_slice(entries.as_bytes());
        file.extend_from_slice(
            format!("trailer\n<<>>\nstartxref\n{table}\n%%EOF").as_bytes(),
        );
        let settled = settled(file.clone());
        assert_eq!(settled.len(), file.len() + 1);
        let text = String::from_utf8_lossy(&settled);
        assert!(text.contains("x\r\r\nendstream"));
        assert_eq!(text.find("2 0 obj"), Some(second + 1));
        assert!(text.contains(&format!(
            "{:010} 00000 n \n{:010} 00000 n",
            9,
            second + 1
        )));
        assert!(text.ends_with(&format!("startxref\n{}\n%%EOF", table + 1)));
    }

    #[test]
    fn a_file_without_doubt_stays_as_it_is() {
        let file = b"stream\nx\nendstream\nendobj\nxref".to_vec();
        assert_eq!(settled(file.clone()), file);
    }
}
