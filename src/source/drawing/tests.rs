//! What becomes of drawings.

use super::*;

const XLINK: &str = "xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

/// What is written of the content of a drawing, and what is said of it.
fn mended(content: &str) -> (String, Vec<String>) {
    let svg =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {XLINK}>{content}</svg>");
    let drawing = fit(svg.as_bytes()).expect("it can be read");
    let text = drawing.text.trim_end();
    let inside = text
        .strip_prefix("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .map(|it| it.strip_prefix(&format!(" {XLINK}")).unwrap_or(it))
        .and_then(|it| it.strip_prefix('>')?.strip_suffix("</svg>"))
        .unwrap_or_default();
    let changes = drawing.changes.iter().map(ToString::to_string).collect();
    (inside.to_owned(), changes)
}

fn told(content: &str) -> Vec<String> {
    mended(content).1
}

#[test]
fn a_plain_drawing_keeps_all_that_it_shows() {
    let content = "<title>A &amp; B</title><defs><path id=\"p\" d=\"M0 0\"/>\
        <linearGradient id=\"g\"/></defs>\n<use xlink:href=\"#p\" fill=\"url(#g)\"/>\
        <text x=\"1\" xml:space=\"preserve\"> a <tspan>b</tspan></text>\
        <style>.a{fill:url(#g)}</style><g class=\"a\" transform=\"rotate(1.50)\"/>";
    assert_eq!(mended(content), (content.to_owned(), Vec::new()));
}

#[test]
fn what_was_made_fit_once_is_fit() {
    for content in [
        "<g id=\"1\"/><use href=\"#1\"/><style>#a\\:b > c{fill:\\72 ed}</style>",
        "<foreignObject width=\"9\" height=\"9\"><p xmlns=\"http://www.w3.org/1999/xhtml\">\
         a</p></foreignObject>",
        "<image href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\"/>",
    ] {
        let svg = format!("<svg xmlns=\"{}\" {XLINK}>{content}</svg>", names::SVG);
        let once = fit(svg.as_bytes()).expect("it can be read").text;
        let twice = fit(once.as_bytes()).expect("it can be read");
        assert_eq!(twice.text, once);
        assert!(twice.changes.is_empty(), "{:?}", twice.changes);
    }
}

#[test]
fn a_part_whose_name_is_none_gets_another_wherever_it_is_meant() {
    let (out, changes) = mended(
        "<style>a{fill:url(#1g)} #a\\:b{fill:red}</style><linearGradient id=\"1g\"/>\
         <g id=\"a:b\"/><g id=\"t\" aria-labelledby=\"t 1g\"/>\
         <use href=\"#a:b\" fill=\"url(#1g) red\"/>",
    );
    assert_eq!(
        out,
        "<style>a{fill:url(#id-1g)}\n#id-a\\.3a\\.b{fill:red}</style>\
         <linearGradient id=\"id-1g\"/><g id=\"id-a.3a.b\"/>\
         <g id=\"t\" aria-labelledby=\"t id-1g\"/>\
         <use href=\"#id-a.3a.b\" fill=\"url(#id-1g) red\"/>"
    );
    assert!(changes.is_empty(), "nobody misses a name: {changes:?}");
}

#[test]
fn the_second_of_two_parts_with_one_name_loses_it() {
    let (out, changes) = mended("<g id=\"a\"/><g id=\"a\"/><use href=\"#a\"/>");
    assert_eq!(out, "<g id=\"a\"/><g/><use href=\"#a\"/>");
    assert_eq!(changes, ["id=\"a\""]);
    // One that is taken out has no name to keep.
    let (out, _) = mended("<script id=\"a\"/><g id=\"a\"/>");
    assert_eq!(out, "<g id=\"a\"/>");
}

#[test]
fn a_reference_to_nothing_is_taken_away() {
    let (out, changes) = mended(
        "<use href=\"#a\" x=\"1\" class=\"b\"/><rect fill=\"url(#b) red\"/>\
         <rect fill=\"url(#c)\"/><rect clip-path=\"url(#d)\" stroke=\"url('#r')\"/>\
         <rect id=\"r\"/><a xlink:href=\"#e\"/>",
    );
    assert_eq!(
        out,
        "<g class=\"b\"/><rect fill=\"red\"/><rect fill=\"none\"/>\
         <rect stroke=\"none\"/><rect id=\"r\"/><a/>"
    );
    assert_eq!(changes, ["#a", "#b", "#c", "#d", "#e", "#r"]);
}

#[test]
fn what_runs_or_reacts_is_taken_out_and_named() {
    let (out, changes) = mended(
        "<script>1 &lt; 2</script><g onload=\"x()\" oNclick=\"x()\" onfuture=\"\">\
         <foreignObject><img xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>\
         <a href=\"javascript:x()\"><path d=\"\"/></a></g>",
    );
    assert_eq!(out, "<g><a><path d=\"\"/></a></g>");
    let want = [
        "<foreignObject>",
        "<script>",
        "href=\"…\"",
        "oNclick=\"…\"",
        "onfuture=\"…\"",
        "onload=\"…\"",
    ];
    assert_eq!(changes, want);
}

#[test]
fn html_that_is_declared_below_the_root_is_html() {
    let html = "xmlns=\"http://www.w3.org/1999/xhtml\"";
    let prefixed = "xmlns:h=\"http://www.w3.org/1999/xhtml\"";
    for content in [
        format!("<g><img {html} src=\"x\"/></g>"),
        format!("<meta {html} http-equiv=\"refresh\" content=\"0;url=//x\"/>"),
        format!("<g {prefixed}><h:script>x()</h:script></g>"),
        format!("<title><form {html}/></title>"),
        format!("<style><script {html}>x()</script></style>"),
        "<style><script>x()</script></style>".to_owned(),
    ] {
        let (out, _) = mended(&content);
        for name in ["img", "meta", "script", "form", "h:", "xhtml"] {
            assert!(!out.contains(&format!("<{name}")), "{content}: {out}");
        }
    }
    assert_eq!(told(&format!("<g><img {html}/></g>")), ["<img>"]);
}

#[test]
fn a_value_cannot_end_before_its_quotation_mark() {
    let (out, changes) = mended("<g class='x\" onload=\"alert(1)' id='a&quot; b=\"'/>");
    assert_eq!(
        out,
        "<g class=\"x&quot; onload=&quot;alert(1)\" id=\"id-a.22..20.b.3d..22.\"/>"
    );
    assert!(changes.is_empty(), "{changes:?}");
}

#[test]
fn an_animation_changes_how_a_part_looks_and_nothing_else() {
    for name in ["href", "xlink:href", "onload", "class", "style", "id", "unknown", ""] {
        let (out, changes) = mended(&format!(
            "<a><set attributeName=\"{name}\" to=\"javascript:x()\"/></a>"
        ));
        assert_eq!(out, "<a/>", "{name}");
        assert_eq!(changes, ["<set>"]);
    }
    assert_eq!(mended("<a/><set to=\"javascript:x()\"/>").0, "<a/>");
    let content =
        "<rect><animate attributeName=\"fill\" values=\"red;blue\" dur=\"1s\"/></rect>";
    assert_eq!(mended(content).0, content);
    let outside = "<animate attributeName=\"fill\" to=\"url(//x)\"/>";
    assert_eq!(mended(outside).0, "<animate attributeName=\"fill\"/>");
}

#[test]
fn what_lies_outside_is_not_fetched() {
    let (out, changes) = mended(
        "<image href=\"https://x.example/a.png\"/><use href=\"b.svg#a\"/>\
         <use href=\"data:image/svg+xml,%3Csvg/%3E#a\"/><feImage xlink:href=\"//x\"/>\
         <rect style=\"fill:url('//x.example/a');x:1\" fill=\"\\75rl(//x)\"/>\
         <g filter=\"image-set('a' 1x)\" xml:base=\"https://x\"/>",
    );
    assert_eq!(out, "<image/><g/><g/><feImage/><rect style=\"x:1\"/><g/>");
    assert_eq!(
        changes,
        ["base=\"…\"", "fill=\"…\"", "filter=\"…\"", "href=\"…\"", "style=\"…\""]
    );
}

#[test]
fn an_image_that_a_drawing_holds_stays_when_it_is_one() {
    let png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNgiFrwHwADUgH6ujFwagAAAABJRU5ErkJggg==";
    let content = format!("<image xlink:href=\"{png}\"/>");
    assert_eq!(mended(&content).0, content);
    for other in ["data:image/png;base64,AAAA", "data:text/html,x", "data:,x", "data:"] {
        assert_eq!(
            mended(&format!("<image href=\"{other}\"/>")).0,
            "<image/>",
            "{other}"
        );
    }
}

#[test]
fn a_drawing_in_a_drawing_is_made_fit_too() {
    let inner =
        "%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cscript/%3E%3Cg/%3E%3C/svg%3E";
    let (out, changes) = mended(&format!("<image href=\"data:image/svg+xml,{inner}\"/>"));
    assert!(out.contains("%3Cg/%3E") && !out.contains("script"), "{out}");
    assert_eq!(changes, ["<script>"]);
    let mut deep = inner.to_owned();
    for _ in 0..9 {
        let address = deep.replace('%', "%25");
        deep = format!(
            "%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href=\"data:image/svg+xml,{address}\"/%3E%3C/svg%3E"
        )
        .replace('"', "%22");
    }
    let (out, changes) = mended(&format!("<image href=\"data:image/svg+xml,{deep}\"/>"));
    assert!(changes.contains(&"href=\"…\"".to_owned()), "{changes:?} {out}");
}

#[test]
fn a_style_sheet_stays_but_for_what_it_fetches() {
    let plain = "<style>a &gt; b{fill:red}</style>";
    assert_eq!(mended("<style><![CDATA[a > b{fill:red}]]></style>").0, plain);
    for css in ["@import 'x.css';", "<![CDATA[@font-face{src:url( \"//x/y\")}]]>"] {
        let (out, changes) = mended(&format!("<style>{css} a > b{{fill:red}}</style>"));
        assert!(out.contains("a &gt; b{fill:red}") && !out.contains("//x"), "{out}");
        assert!(!out.contains("import"), "{out}");
        assert_eq!(changes, ["<style>"]);
    }
}

#[test]
fn what_drawing_programs_keep_for_themselves_goes_without_a_word() {
    let drawing =
        fit(b"<!DOCTYPE svg [ <!ENTITY ns_svg \"http://www.w3.org/2000/svg\"> ]>\
         <?xml-stylesheet href='//x'?><!-- a --><svg xmlns=\"&ns_svg;\" \
         xmlns:inkscape=\"http://www.inkscape.org/ns\" inkscape:v=\"1\">\
         <inkscape:grid/><metadata><x/></metadata><g/></svg>")
        .expect("it can be read");
    assert_eq!(drawing.text, "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n");
    assert!(drawing.changes.is_empty());
}

#[test]
fn a_drawing_with_a_prefix_is_one() {
    let drawing = fit(
        b"<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:l='http://www.w3.org/1999/xlink'>\
          <s:g id='a'/><s:use l:href='#a'/></s:svg>",
    );
    let drawing = drawing.expect("it can be read");
    assert!(
        drawing.text.contains("<g id=\"a\"/><use xlink:href=\"#a\"/>"),
        "{drawing:?}"
    );
}

#[test]
fn a_drawing_is_read_in_the_encoding_that_it_declares() {
    let text = |label: &str| {
        format!(
            "<?xml version='1.0' encoding='{label}'?><svg xmlns='{}'><title>été</title></svg>",
            names::SVG
        )
    };
    let latin = |label: &str| -> Vec<u8> {
        text(label)
            .chars()
            .map(|it| u8::try_from(u32::from(it)).expect("Latin"))
            .collect()
    };
    let wide = |mark: &[u8], order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = text("UTF-16");
        let units = text.encode_utf16().flat_map(order);
        mark.iter().copied().chain(units).collect()
    };
    let all = [
        text("UTF-8").into_bytes(),
        format!("\u{feff}{}", text("utf-8")).into_bytes(),
        text("UTF-16").into_bytes(),
        latin("ISO-8859-1"),
        latin("windows-1252"),
        latin("ISO-8859-15"),
        wide(b"\xff\xfe", u16::to_le_bytes),
        wide(b"\xfe\xff", u16::to_be_bytes),
        wide(b"", u16::to_le_bytes),
        wide(b"", u16::to_be_bytes),
    ];
    for (number, bytes) in all.iter().enumerate() {
        let drawing = fit(bytes).unwrap_or_else(|it| panic!("{number}: {it:?}"));
        assert!(drawing.text.contains("<title>été</title>"), "{number}: {drawing:?}");
        assert!(is_one(bytes), "{number}");
    }
    for bytes in [latin("UTF-8"), latin("nonsense"), latin("UTF-8")[..90].to_vec()] {
        assert_eq!(fit(&bytes), Err(Fault::Unreadable));
    }
}

#[test]
fn what_is_no_drawing_is_broken() {
    let deep = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\">{}{}</svg>",
        "<g>".repeat(50_000),
        "</g>".repeat(50_000)
    );
    for text in [
        "",
        "<svg/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>",
        "<p>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\">&unknown;</svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" a=\"1\" a=\"2\"/>",
        deep.as_str(),
    ] {
        assert_eq!(fit(text.as_bytes()), Err(Fault::Unreadable), "{text:.90}");
    }
    assert_eq!(fit(&[0xFF, 0xFE]), Err(Fault::Unreadable));
}

#[test]
fn entities_are_filled_in_unless_they_grow_without_end() {
    let svg = |types: &str, content: &str| {
        format!(
            "<!DOCTYPE svg [{types}]><svg xmlns=\"{}\"><title>{content}</title></svg>",
            names::SVG
        )
    };
    let good = svg("<!ENTITY a 'un'><!ENTITY b '&a; deux'>", "&b;");
    let good = fit(good.as_bytes()).expect("it can be read");
    assert!(good.text.contains("<title>un deux</title>"), "{good:?}");
    let mut laughs = "<!ENTITY a0 'ha'>".to_owned();
    for number in 1..30 {
        let last = format!("&a{};", number - 1);
        laughs.push_str(&format!("<!ENTITY a{number} '{}'>", last.repeat(10)));
    }
    let long = format!("<!ENTITY a '{}'>", "x".repeat(60_000));
    for (types, content) in [
        (laughs.as_str(), "&a29;".to_owned()),
        (long.as_str(), "&a;".repeat(10_000)),
        ("<!ENTITY a SYSTEM 'file:///etc/passwd'>", "&a;".to_owned()),
        ("<!ENTITY a '&a;'>", "&a;".to_owned()),
        ("<!ENTITY % a SYSTEM '//x'> %a;", "&b;".to_owned()),
    ] {
        let svg = svg(types, &content);
        assert_eq!(fit(svg.as_bytes()), Err(Fault::Unreadable), "{types:.60}");
    }
}

#[test]
fn a_file_is_a_drawing_by_its_first_element() {
    for text in [
        "<svg/>",
        "\u{feff}<?xml version='1.0'?>\n<!-- > --><!DOCTYPE svg [<!ENTITY a '>'>]>\n<s:svg>",
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://x'><svg\n>",
    ] {
        assert!(is_one(text.as_bytes()), "{text}");
    }
    for text in [
        "<html><svg/>",
        "a <svg/>",
        "<svgs/>",
        "",
        "<!-- <svg/>",
        "<!DOCTYPE html><p><svg>",
    ] {
        assert!(!is_one(text.as_bytes()), "{text}");
    }
}

#[test]
fn the_size_is_in_pixels_or_in_the_view() {
    let size = |attributes: &str| {
        let svg = format!("<svg xmlns=\"{}\" {attributes}/>", names::SVG);
        fit(svg.as_bytes()).expect("it can be read").size
    };
    assert_eq!(size("width='4px' height='3'"), Some((4, 3)));
    assert_eq!(size("width='100%' viewBox='0 0 4,3'"), Some((4, 3)));
    assert_eq!(size("width='4cm' height='3cm'"), None);
}

/// The words of a drawing, line by line, and how the first group of them is written.
fn set(content: &str) -> (Vec<String>, String) {
    let (out, _) = mended(content);
    let lines = out.split("<text ").skip(1).filter_map(|it| {
        let it = it.split_once('>')?.1.split_once("</text>")?.0;
        Some(it.to_owned())
    });
    let group = out.split("<text ").next().unwrap_or_default();
    (lines.collect(), group.to_owned())
}

const HTML: &str = "xmlns=\"http://www.w3.org/1999/xhtml\"";

#[test]
fn a_label_of_mermaid_becomes_text_in_the_middle_of_its_box() {
    let content = format!(
        "<style>#m{{font-size:16px;fill:#333}}</style><g class=\"label\" transform=\"translate(-27,-12)\"><rect/>\
         <foreignObject width=\"60\" height=\"24\"><div {HTML} style=\"display: table-cell; \
         white-space: nowrap; line-height: 1.5; max-width: 200px; text-align: center;\">\
         <span class=\"nodeLabel\"><p>Début &amp; fin</p></span></div></foreignObject></g>"
    );
    let (out, changes) = mended(&content);
    assert!(
        out.contains(
            "<g class=\"nodeLabel\" style=\"fill:currentColor;stroke:none;text-anchor:middle\">\
             <text x=\"30\" y=\"17.6\">Début &amp; fin</text></g>"
        ),
        "{out}"
    );
    assert_eq!(changes, ["<foreignObject>"]);
}

#[test]
fn a_label_of_several_lines_keeps_them() {
    let label = |inside: &str| {
        set(&format!(
            "<foreignObject x=\"10\" y=\"20\" width=\"80\" height=\"60\">\
             <div {HTML}>{inside}</div></foreignObject>"
        ))
        .0
    };
    assert_eq!(label("un<br/>2 <b>et 3</b>\n 4"), ["un", "2 et 3 4"]);
    assert_eq!(label("<p>un</p><p>deux</p>"), ["un", "deux"]);
    assert_eq!(label("un<br>deux"), ["un", "deux"], "as Mermaid writes it");
    assert_eq!(label("<ul><li>un</li><li>deux</li></ul>"), ["un", "deux"]);
    let long = label("une phrase qui ne tient pas en une ligne");
    assert_eq!(long.len(), 3, "as many as there is room for: {long:?}");
    assert_eq!(label("<script>x</script><span style=\"display:none\">y</span>"), [""; 0]);
}

#[test]
fn what_a_label_shows_beside_words_is_told() {
    let label = |inside: &str| {
        told(&format!(
            "<foreignObject width=\"9\" height=\"9\"><div {HTML}>{inside}</div></foreignObject>"
        ))
    };
    assert!(label("").is_empty(), "nobody misses an empty label");
    assert_eq!(label("un <b>mot</b>").len(), 1);
    assert!(
        mended(&format!("<foreignObject><div {HTML}>un <img/></div></foreignObject>"))
            .0
            .contains(">un</text>")
    );
    for more in ["<img/>", "<input/>", "<math><mi>x</mi></math>"] {
        assert_eq!(label(more)[0], "<foreignObject>", "{more}");
    }
}

#[test]
fn a_label_of_draw_io_stands_where_its_box_does() {
    let flex = "display: flex; align-items: unsafe center; justify-content: unsafe center; \
        width: 118px; height: 1px; padding-top: 30px; margin-left: 1px;";
    let svg = |words: &str, instead: &str| {
        format!(
            "<g stroke=\"#000\"><switch><foreignObject pointer-events=\"none\" width=\"100%\" height=\"100%\" \
             requiredFeatures=\"http://www.w3.org/TR/SVG11/feature#Extensibility\" style=\"overflow: visible;\">\
             <div {HTML} style=\"{flex}\"><div style=\"text-align: center;\"><div style=\"font-size: 12px; \
             font-family: Helvetica; color: light-dark(rgb(1, 2, 3), #fff); white-space: normal;\">{words}\
             </div></div></div></foreignObject>{instead}</switch></g>"
        )
    };
    // What stands instead says it all: it is what the program itself shows.
    let same = "<text x=\"60\" y=\"34\" text-anchor=\"middle\">Un mot</text>";
    let (out, changes) = mended(&svg("Un <b>mot</b>", same));
    assert_eq!(out, format!("<g stroke=\"#000\">{same}</g>"));
    assert!(changes.is_empty(), "{changes:?}");
    // It is cut, or a picture of words.
    for instead in ["<text x=\"60\" y=\"34\">Un libellé trop...</text>", "<image/>", ""]
    {
        let (lines, group) = set(&svg("Un libellé trop long pour sa case", instead));
        assert_eq!(lines, ["Un libellé trop long", "pour sa case"], "{instead}");
        assert!(
            group.contains(
                "fill:rgb(1, 2, 3);stroke:none;text-anchor:middle;font-size:12px"
            ),
            "{group}"
        );
    }
    let (out, _) = mended(&svg("Un libellé trop long pour sa case", ""));
    assert!(
        out.contains("<text x=\"60\" y=\"27\">Un") && out.contains("y=\"41.4\">pour"),
        "{out}"
    );
}

#[test]
fn what_says_that_words_cannot_be_shown_is_not_shown() {
    let (out, _) = mended(
        "<switch><g requiredFeatures=\"http://www.w3.org/TR/SVG11/feature#Extensibility\"/>\
         <a href=\"https://x.example/\"><text>Text is not SVG - cannot display</text></a></switch>",
    );
    assert_eq!(out, "<g/>");
    let illustrator = "<switch><foreignObject requiredExtensions=\"http://ns.adobe.com/\" width=\"1\" \
        height=\"1\"><x xmlns=\"http://ns.adobe.com/\">y</x></foreignObject><g><path d=\"M0 0\"/></g></switch>";
    assert_eq!(mended(illustrator), ("<g><path d=\"M0 0\"/></g>".to_owned(), Vec::new()));
    let language =
        "<switch><text systemLanguage=\"fr\">un</text><text>one</text></switch>";
    assert_eq!(mended(language).0, language);
}

#[test]
fn the_style_of_a_label_brings_nothing_in() {
    let (out, _) = mended(&format!(
        "<foreignObject width=\"9\" height=\"9\" transform=\"rotate(1)\" class='\" onload=\"x()'>\
         <p {HTML} style=\"color:url(//x);font-family:'a&quot;;b',serif;font-weight:700\">a</p></foreignObject>"
    ));
    assert!(!out.contains("//x") && !out.contains("onload=\""), "{out}");
    assert!(
        out.contains("transform=\"rotate(1)\"") && out.contains("font-weight:bold"),
        "{out}"
    );
}

/// `content` repeated by parts that repeat parts, so many to a part and so deep.
fn repeated(
    many: usize,
    deep: usize,
    part: &dyn Fn(&str, &str) -> String,
    one: &dyn Fn(&str) -> String,
) -> String {
    let mut out = part("p0", "<rect width=\"1\" height=\"1\"/>");
    for level in 1..deep {
        let inside = one(&format!("p{}", level - 1)).repeat(many);
        out.push_str(&part(&format!("p{level}"), &inside));
    }
    out + &one(&format!("p{}", deep - 1))
}

#[test]
fn a_drawing_that_repeats_itself_without_end_is_refused() {
    let group = |id: &str, inside: &str| format!("<g id=\"{id}\">{inside}</g>");
    let kind = |name: &'static str| {
        move |id: &str, inside: &str| format!("<{name} id=\"{id}\">{inside}</{name}>")
    };
    let with = |property: &'static str| {
        move |id: &str| format!("<rect {property}=\"url(#{id})\"/>")
    };
    let bombs = [
        repeated(10, 9, &group, &|id| format!("<use href=\"#{id}\"/>")),
        repeated(10, 9, &group, &|id| format!("<use xlink:href=\"#{id}\"/>")),
        repeated(10, 9, &kind("pattern"), &with("fill")),
        repeated(10, 9, &kind("pattern"), &with("stroke")),
        repeated(10, 9, &kind("mask"), &with("mask")),
        repeated(10, 9, &kind("clipPath"), &with("clip-path")),
        repeated(10, 9, &kind("pattern"), &|id| format!("<rect style=\"fill:url('#{id}')\"/>")),
        repeated(10, 9, &kind("pattern"), &|id| format!("<g fill=\"url(#{id})\"><rect/></g>")),
        repeated(10, 9, &kind("symbol"), &|id| format!("<use href=\"#{id}\"/>")),
        repeated(4, 9, &kind("marker"), &|id| format!("<path marker-mid=\"url(#{id})\" d=\"M0 0 1 1 2 2 3 3\"/>")),
        repeated(9, 9, &|id, it| format!("<style>.{id}{{fill:url(#{id})}}</style><pattern id=\"{id}\">{it}</pattern>"), &|id| format!("<rect class=\"{id}\"/>")),
        repeated(9, 9, &|id, it| format!("<style>g > rect.{id}:hover, x{{fill:url(#{id})}}</style><pattern id=\"{id}\"><g>{it}</g></pattern>"), &|id| format!("<rect class=\"{id}\"/>")),
        // One part, many times, by many.
        format!("<pattern id=\"p\">{}</pattern><g id=\"g\">{}</g>{}", "<rect/>".repeat(999), "<rect/>".repeat(999), "<use href=\"#g\" fill=\"url(#p)\"/>".repeat(9)),
        // Parts that repeat themselves.
        "<g id=\"a\"><use href=\"#a\"/></g>".to_owned(),
        "<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>".to_owned(),
        "<mask id=\"m\"><rect fill=\"url(#p)\"/></mask><pattern id=\"p\"><rect mask=\"url(#m)\"/></pattern>".to_owned(),
        "<g fill=\"url(#p)\"><pattern id=\"p\"><rect/></pattern></g>".to_owned(),
        "<filter id=\"f\"><feImage href=\"#g\"/></filter><g id=\"g\" filter=\"url(#f)\"/>".to_owned(),
        "<linearGradient id=\"a\" href=\"#b\"/><linearGradient id=\"b\" href=\"#a\"/>".to_owned(),
    ];
    for (number, content) in bombs.iter().enumerate() {
        assert!(content.len() < 40_000, "{number}");
        let svg = format!("<svg xmlns=\"{}\" {XLINK}>{content}</svg>", names::SVG);
        let fault = fit(svg.as_bytes());
        assert_eq!(
            fault,
            Err(Fault::Costly { limit: cost::LIMIT }),
            "{number}: {content:.200}"
        );
    }
}

#[test]
fn a_style_sheet_is_compared_a_number_of_times_at_most() {
    let svg = |content: String| format!("<svg xmlns=\"{}\">{content}</svg>", names::SVG);
    let nested = |it: &str| format!("{}{it}{}", "<g>".repeat(150), "</g>".repeat(150));
    let rules = |it: &str, times: usize| format!("<style>{}</style>", it.repeat(times));
    let fault = Err(Fault::Styled { limit: cost::COMPARISONS });
    for content in [
        // Each `g` may be any of a hundred and fifty.
        rules("g g g g g g a{fill:red}", 1) + &nested("<path/>"),
        rules(&format!("{} a{{fill:red}}", "g ".repeat(9_999)), 1) + &nested("<path/>"),
        rules("a, b, c{fill:red}", 9_000) + &"<path/>".repeat(9_000),
    ] {
        assert_eq!(fit(svg(content.clone()).as_bytes()), fault, "{content:.100}");
    }
    // What drawing programs write.
    let honest = rules("#m .node rect, .a > .b g{fill:red}", 60)
        + &"<g class=\"node\"><g><rect/></g></g>".repeat(1_000);
    assert!(fit(svg(honest).as_bytes()).is_ok());
}

#[test]
fn an_element_of_a_drawing_has_a_number_of_attributes_at_most() {
    let limit = crate::limits::ATTRIBUTES;
    let with = |count: usize| {
        let attributes: String = (0..count).map(|it| format!(" a{it}='>'")).collect();
        let content = format!("<!-- it's <b \" --><g{attributes}><text>\"a'</text></g>");
        fit(format!("<svg xmlns=\"{}\">{content}</svg>", names::SVG).as_bytes())
    };
    assert_eq!(with(limit - 9).err(), None);
    assert_eq!(with(limit * 99), Err(Fault::Attributes { limit }));
    let entity =
        format!("<!DOCTYPE svg [<!ENTITY e '<!--<g {}/>'>]>", "a=\"\" ".repeat(2_000));
    let svg = format!("{entity}<svg xmlns=\"{}\">&e;</svg>", names::SVG);
    assert_eq!(fit(svg.as_bytes()), Err(Fault::Attributes { limit }));
}

#[test]
fn a_drawing_that_repeats_much_is_no_bomb() {
    let icons = format!(
        "<symbol id=\"i\">{}</symbol>{}",
        "<path d=\"M0 0\"/>".repeat(30),
        "<use href=\"#i\"/>".repeat(2_000)
    );
    let gradients = (0..40).map(|it| format!("<linearGradient id=\"g{it}\"><stop/><stop/></linearGradient><style>.c{it}{{fill:url(#g{it})}}</style><g class=\"c{it}\">{}</g>", "<rect/>".repeat(200)));
    let around =
        "<g fill=\"url(#p)\"><pattern id=\"p\"><rect fill=\"red\"/></pattern><rect/></g>"
            .to_owned();
    for content in
        [icons, gradients.collect(), around, "<path d=\"M0 0 1 1\"/>".repeat(20_000)]
    {
        let svg = format!("<svg xmlns=\"{}\">{content}</svg>", names::SVG);
        assert!(fit(svg.as_bytes()).is_ok(), "{content:.200}");
    }
}

#[test]
fn a_text_as_long_as_a_book_is_no_label() {
    let text = |letters: usize| {
        let words = "Bonjour ".repeat(letters / 8);
        let svg = format!("<svg xmlns=\"{}\"><text>{words}</text></svg>", names::SVG);
        fit(svg.as_bytes()).is_ok()
    };
    assert!(text(20_000) && !text(60_000));
}

#[test]
fn a_style_sheet_as_long_as_its_drawing_is_refused() {
    let svg = |rules: usize, parts: usize| {
        let rules = ".a{fill:red}".repeat(rules);
        let parts = "<g class=\"a\"/>".repeat(parts);
        let svg =
            format!("<svg xmlns=\"{}\"><style>{rules}</style>{parts}</svg>", names::SVG);
        fit(svg.as_bytes()).is_ok()
    };
    assert!(svg(300, 20_000) && !svg(20_000, 20_000));
}
