//! PDFs that are made to harm are refused or read, in bounded time and memory, and nothing
//! ends the program. Each would run for hours, or fill the stack, were its bound not kept.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::{Setting, outline};

/// A file of one page, whose catalogue and structure are given; `more` adds objects.
fn file(content: &[u8], more: impl FnOnce(&mut Document, &mut Dictionary)) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let pages = file.new_object_id();
    let mut stream = Stream::new(Dictionary::new(), content.to_vec());
    stream.compress().expect("memory can be written");
    let content = file.add_object(stream);
    let page = file.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
    });
    let kids = vec![Object::Reference(page)];
    file.objects.insert(
        pages,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into(),
    );
    let part = dictionary! { "S" => "P", "Pg" => page, "K" => 0 };
    let mut catalogue = dictionary! {
        "Type" => "Catalog",
        "Pages" => pages,
        "StructTreeRoot" => dictionary! { "K" => part },
    };
    more(&mut file, &mut catalogue);
    let catalogue = file.add_object(catalogue);
    file.trailer.set("Root", catalogue);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("memory can be written");
    bytes
}

/// What is said of a file; nothing when it is read.
fn fault(bytes: &[u8]) -> Option<String> {
    outline(bytes, "fr", "/", &Setting::default()).err()
}

/// So many objects, each of which leads to the next; the number of the first.
fn chain(file: &mut Document, count: u32, link: impl Fn(Object) -> Object) -> Object {
    let first = file.max_id + 1;
    for number in first..first + count {
        file.objects.insert((number, 0), link(Object::Reference((number + 1, 0))));
    }
    file.max_id = first + count;
    Object::Reference((first, 0))
}

#[test]
fn an_ordinary_file_is_read() {
    assert_eq!(fault(&file(b"/P <</MCID 0>> BDC EMC", |_, _| {})), None);
}

#[test]
fn what_leads_to_itself_is_told() {
    let outline = file(b"", |file, catalogue| {
        let id = file.new_object_id();
        let item = dictionary! { "First" => id, "Next" => id };
        file.objects.insert(id, item.into());
        catalogue.set("Outlines", dictionary! { "First" => id });
    });
    assert!(fault(&outline).is_some_and(|it| it.contains("/Outlines")));
    let names = file(b"", |file, catalogue| {
        let id = file.new_object_id();
        let kids = vec![Object::Reference(id), Object::Reference(id)];
        file.objects.insert(id, dictionary! { "Kids" => kids }.into());
        catalogue.set("Names", dictionary! { "Dests" => id });
    });
    assert!(fault(&names).is_some_and(|it| it.contains("/Dests")));
    let tags = file(b"", |file, catalogue| {
        let id = file.new_object_id();
        let kids = vec![Object::Reference(id), Object::Reference(id)];
        file.objects.insert(id, dictionary! { "S" => "P", "K" => kids }.into());
        catalogue.set("StructTreeRoot", dictionary! { "K" => id });
    });
    assert_eq!(fault(&tags), None, "each tag is read once");
}

#[test]
fn names_that_are_reached_by_many_ways_are_told() {
    // Each node holds the next twice: the last is reached by 2⁶⁰ ways.
    let names = file(b"", |file, catalogue| {
        let first = chain(file, 60, |next| {
            dictionary! { "Kids" => vec![next.clone(), next] }.into()
        });
        catalogue.set("Names", dictionary! { "Dests" => first });
    });
    assert!(fault(&names).is_some_and(|it| it.contains("/Dests")));
}

#[test]
fn what_lies_too_deep_is_told_and_a_long_outline_is_read() {
    const DEEP: u32 = 100_000;
    let names = file(b"", |file, catalogue| {
        let first = chain(file, DEEP, |it| dictionary! { "Kids" => vec![it] }.into());
        catalogue.set("Names", dictionary! { "Dests" => first });
    });
    assert!(fault(&names).is_some_and(|it| it.ends_with("600")));
    let tags = file(b"", |file, catalogue| {
        let first =
            chain(file, DEEP, |it| dictionary! { "S" => "Div", "K" => it }.into());
        catalogue.set("StructTreeRoot", dictionary! { "K" => first });
    });
    assert!(fault(&tags).is_some_and(|it| it.ends_with("600")));
    let references = file(b"", |file, catalogue| {
        let first = chain(file, DEEP, |it| it);
        catalogue.set("StructTreeRoot", dictionary! { "K" => vec![first] });
    });
    assert_eq!(fault(&references), None, "what is no tag is passed over");
    for way in ["First", "Next"] {
        let outline = file(b"", |file, catalogue| {
            let first = chain(file, DEEP, |it| {
                let mut item = dictionary! { "Title" => Object::string_literal("a") };
                item.set(way, it);
                item.into()
            });
            catalogue.set("Outlines", dictionary! { "First" => first });
        });
        assert_eq!(fault(&outline), None, "{way}");
    }
}

#[test]
fn a_stream_that_inflates_without_measure_is_told() {
    // 512 MB, in half a megabyte, and once more.
    let bomb = file(&b"1 ".repeat(256 << 20), |_, _| {});
    assert!(bomb.len() < 1 << 20);
    assert!(fault(&bomb).is_some_and(|it| it.contains("steps")));
}

#[test]
fn what_is_said_again_and_again_is_paid_for_each_time() {
    // A text of 100 kB stands for each of 100,000 pieces, a sign says 40 kB, and one tag
    // holds one part 100,000 times.
    let text = "a".repeat(100_000);
    let mut content = format!("/P <</MCID 0 /ActualText ({text})>> BDC ").into_bytes();
    content.extend(b"(a) Tj ".repeat(100_000));
    assert_eq!(fault(&file(&content, |_, _| {})), None);
    let mut content = b"/P <</MCID 0>> BDC /F 1 Tf ".to_vec();
    content.extend(b"<0001> Tj ".repeat(100_000));
    let bytes = file(&content, |file, _| {
        let map = format!("beginbfchar <0001> <{}>", "0041".repeat(40_000));
        let map = file.add_object(Stream::new(Dictionary::new(), map.into_bytes()));
        let font =
            file.add_object(dictionary! { "Subtype" => "Type0", "ToUnicode" => map });
        for object in file.objects.values_mut() {
            if let Ok(page) = object.as_dict_mut()
                && page
                    .get(b"Type")
                    .and_then(Object::as_name)
                    .is_ok_and(|it| it == b"Page")
            {
                let fonts = dictionary! { "F" => font };
                page.set("Resources", dictionary! { "Font" => fonts });
            }
        }
    });
    assert!(fault(&bytes).is_some_and(|it| it.contains("steps")));
    let content = format!("/P <</MCID 0 /ActualText ({text})>> BDC (a) Tj EMC");
    let bytes = file(content.as_bytes(), |file, catalogue| {
        let is_page = |it: &Object| {
            let kind = it.as_dict().and_then(|it| it.get(b"Type"));
            kind.and_then(Object::as_name).is_ok_and(|it| it == b"Page")
        };
        let page = file.objects.iter().find(|it| is_page(it.1)).map(|it| *it.0);
        let page = page.expect("the page is there");
        let same = vec![Object::Integer(0); 100_000];
        let tag = dictionary! { "S" => "P", "Pg" => page, "K" => same };
        catalogue.set("StructTreeRoot", dictionary! { "K" => tag });
    });
    assert!(fault(&bytes).is_some_and(|it| it.contains("steps")));
}
