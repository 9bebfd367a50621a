//! Drawings that would do something: run a script, ask for something elsewhere, lead the
//! reader away. Each is a few lines; together they are what is known to be tried.

const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\"";
const XLINK: &str = "xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
const HTML: &str = "xmlns=\"http://www.w3.org/1999/xhtml\"";

/// Where they would go.
pub const ELSEWHERE: &str = "http://127.0.0.1:49151/";

/// Every drawing, by a name of its own.
pub fn drawings() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for content in [events(), scripts(), html(), links(), styles(), animations()].concat()
    {
        // Something to click, and to be hit by the pointer.
        let ground = "<rect width=\"100\" height=\"100\" fill=\"#eee\"/>";
        let text = format!(
            "<svg {SVG} {XLINK} width=\"100\" height=\"100\">{ground}{content}</svg>"
        );
        all.push(text.into_bytes());
    }
    all.extend(documents());
    let name = |(at, it): (usize, Vec<u8>)| (format!("d{at:03}.svg"), it);
    all.into_iter().enumerate().map(name).collect()
}

/// What reacts.
fn events() -> Vec<String> {
    let names = [
        "onload",
        "onclick",
        "onbegin",
        "onend",
        "onrepeat",
        "onerror",
        "onfocus",
        "onfocusin",
        "onmouseover",
        "onmousemove",
        "onmousedown",
        "onmouseup",
        "onpointerdown",
        "onpointerenter",
        "onpointerover",
        "onkeydown",
        "onactivate",
        "onunload",
        "onresize",
        "onscroll",
        "onzoom",
        "onanimationstart",
        "ontransitionend",
        "onwheel",
        "oncopy",
        "ondrag",
        "onshow",
        "onbeforeinput",
        "onSVGLoad",
        "OnLoad",
        "ONLOAD",
        "oNcLiCk",
    ];
    let mut all: Vec<String> = names
        .iter()
        .map(|it| format!("<rect width=\"100\" height=\"100\" tabindex=\"0\" {it}=\"alert('{it}')\"/>"))
        .collect();
    for content in [
        "<svg onload=\"alert(1)\"/>",
        "<g class='x\" onload=\"alert(1)'><rect width='99' height='99'/></g>",
        "<svg class='x\" onload=\"alert(1)' id='a'/>",
        "<svg data-x='\" onload=\"alert(1)'/>",
        "<svg aria-label='x\"/&gt;&lt;script&gt;alert(1)&lt;/script&gt;'/>",
        "<text font-family='x\" onclick=\"alert(1)'>a</text>",
        "<image href='data:image/png;base64,x\" onerror=\"alert(1)' onerror='alert(1)'/>",
        "<image href='nowhere.png' onerror='alert(1)' onload='alert(1)'/>",
        "<use href='#none' onerror='alert(1)'/>",
        "<style onload='alert(1)'>a{}</style>",
        "<animate onbegin='alert(1)' attributeName='x' dur='1s'/>",
        "<set onbegin='alert(1)' attributeName='x' to='1'/>",
        "<animateMotion onbegin='alert(1)' dur='1s' path='M0 0h9'/>",
        "<animateTransform onend='alert(1)' attributeName='transform' dur='.01s'/>",
        "<g xmlns:o='http://www.w3.org/2000/svg' o:onload='alert(1)'/>",
        "<g xmlns:e='http://www.w3.org/2001/xml-events' e:event='load' e:handler='#h'/>",
        "<handler xmlns:e='http://www.w3.org/2001/xml-events' type='text/javascript' e:event='load'>alert(1)</handler>",
        "<title onclick='alert(1)'>a</title>",
    ] {
        all.push(content.to_owned());
    }
    all
}

/// What runs.
fn scripts() -> Vec<String> {
    let mut all: Vec<String> = [
        "<script>alert(1)</script>",
        "<script><![CDATA[alert(1)]]></script>",
        "<script>&#97;lert(1)</script>",
        "<script type='module'>alert(1)</script>",
        "<script type='application/ecmascript'>alert(1)</script>",
        "<script href='data:text/javascript,alert(1)'/>",
        "<script xlink:href='data:text/javascript,alert(1)'/>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
        "<g><g><g><script>alert(1)</script></g></g></g>",
        "<defs><script>alert(1)</script></defs>",
        "<style><script>alert(1)</script></style>",
        "<title><script>alert(1)</script></title>",
        "<desc><script>alert(1)</script></desc>",
        "<metadata><script>alert(1)</script></metadata>",
        "<text><tspan><script>alert(1)</script></tspan></text>",
        "<switch><script>alert(1)</script></switch>",
        "<a><script>alert(1)</script></a>",
        "<unknown><script>alert(1)</script></unknown>",
        "<x xmlns='urn:x'><script xmlns='http://www.w3.org/2000/svg'>alert(1)</script></x>",
        "<style>&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;</style>",
        "<style><![CDATA[</style><script>alert(1)</script>]]></style>",
        "<text><![CDATA[<script>alert(1)</script>]]></text>",
        "<text>]]&gt;&lt;script&gt;alert(1)&lt;/script&gt;</text>",
        "<!-- --><script>alert(1)</script><!-- -->",
        "<?x <script>alert(1)</script> ?><script>alert(1)</script>",
        "<discard begin='0s'/>",
        "<tref xlink:href='javascript:alert(1)'/>",
        "<cursor xlink:href='http://127.0.0.1:49151/'/>",
        "<font-face-uri xlink:href='http://127.0.0.1:49151/'/>",
        "<color-profile xlink:href='http://127.0.0.1:49151/'/>",
    ]
    .map(str::to_owned)
    .into();
    all.push(format!("<script {HTML}>alert(1)</script>"));
    all
}

/// What acts as on a page.
fn html() -> Vec<String> {
    let elements = [
        "<script X>alert(1)</script>",
        "<img X src='http://127.0.0.1:49151/'/>",
        "<img X src='x' onerror='alert(1)'/>",
        "<iframe X src='http://127.0.0.1:49151/'/>",
        "<iframe X srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'/>",
        "<object X data='http://127.0.0.1:49151/'/>",
        "<embed X src='http://127.0.0.1:49151/'/>",
        "<meta X http-equiv='refresh' content='0;url=http://127.0.0.1:49151/'/>",
        "<link X rel='stylesheet' href='http://127.0.0.1:49151/'/>",
        "<link X rel='prefetch' href='http://127.0.0.1:49151/'/>",
        "<base X href='http://127.0.0.1:49151/'/>",
        "<video X src='http://127.0.0.1:49151/' autoplay='autoplay'/>",
        "<audio X src='http://127.0.0.1:49151/' autoplay='autoplay'/>",
        "<video X><source src='http://127.0.0.1:49151/'/></video>",
        "<form X action='http://127.0.0.1:49151/'><button style='position:fixed;inset:0'>a</button></form>",
        "<input X autofocus='autofocus' onfocus='alert(1)'/>",
        "<body X onload='alert(1)'/>",
        "<style X>@import 'http://127.0.0.1:49151/';</style>",
        "<div X style='background:url(http://127.0.0.1:49151/)'>a</div>",
        "<a X href='javascript:alert(1)' style='position:fixed;inset:0'>a</a>",
        "<details X open='open' ontoggle='alert(1)'>a</details>",
        "<portal X src='http://127.0.0.1:49151/'/>",
    ];
    let mut all = Vec::new();
    for element in elements {
        let html = element.replace('X', HTML);
        all.push(html.clone());
        all.push(format!("<foreignObject width='90' height='90'>{html}</foreignObject>"));
    }
    for around in ["title", "style", "text", "defs", "switch", "desc"] {
        let html = elements[1].replace('X', HTML);
        all.push(format!("<{around}>{html}</{around}>"));
    }
    all.push(
        "<iframe src='http://127.0.0.1:49151/'/><video src='http://127.0.0.1:49151/'/>"
            .to_owned(),
    );
    all.push("<foreignObject width='90' height='90'><iframe src='http://127.0.0.1:49151/'/></foreignObject>".to_owned());
    all.push(
        "<include xmlns='http://www.w3.org/2001/XInclude' href='http://127.0.0.1:49151/'/>"
            .to_owned(),
    );
    all
}

/// What leads elsewhere.
fn links() -> Vec<String> {
    let addresses = [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;",
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/%3E",
        "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiLz4=#a",
        "http://127.0.0.1:49151/a.svg#a",
        "//127.0.0.1:49151/a.png",
        "vbscript:alert(1)",
        "file:///etc/passwd",
        "blob:x",
    ]
    // A character that XML does not know makes a drawing unreadable.
    .map(|it| it.replace("&#1;", ""));
    let mut all = Vec::new();
    for address in &addresses {
        let address = address.replace('\'', "&apos;");
        for element in ["use", "image"] {
            all.push(format!(
                "<{element} xlink:href='{address}' width='99' height='99'/>"
            ));
        }
        if !address.contains("//127") {
            let shape = "<rect width='100' height='100'/>";
            all.push(format!("<a href='{address}'>{shape}</a>"));
        }
    }
    for element in
        ["feImage", "linearGradient", "pattern", "textPath", "mpath", "tref", "filter"]
    {
        all.push(format!(
            "<{element} id='i' href='{ELSEWHERE}#a' xlink:href='{ELSEWHERE}#a'/>"
        ));
    }
    all.push(format!(
        "<g xml:base='{ELSEWHERE}'><use href='a.svg#b'/><image href='a.png'/></g>"
    ));
    all.push(format!("<a xlink:href='#a' xlink:actuate='onLoad' xlink:show='replace' ping='{ELSEWHERE}'/>"));
    all
}

/// What a style sheet, a style or a property would fetch.
fn styles() -> Vec<String> {
    let u = ELSEWHERE;
    let values = [
        format!("url({u})"),
        format!("url('{u}#a')"),
        format!("\\75rl({u})"),
        format!("u\\0072 l('{u}')"),
        format!("URL( {u} )"),
        format!("url(/**/{u})"),
        format!("image-set('{u}' 1x)"),
        format!("-webkit-image-set(url({u}) 1x)"),
        format!("image('{u}')"),
        format!("cross-fade(url({u}), url({u}), 50%)"),
        format!("src('{u}')"),
        format!("var(--x, url({u}))"),
        format!("url(#a) url({u})"),
        "url(javascript:alert(1))".to_owned(),
        "url(data:text/html,x)".to_owned(),
        "expression(alert(1))".to_owned(),
    ];
    let mut all = Vec::new();
    for value in &values {
        let attribute = value.replace('\'', "&apos;");
        all.push(format!(
            "<rect width='99' height='99' fill='{attribute}' filter='{attribute}'/>"
        ));
        all.push(format!("<rect width='99' height='99' style='mask:{attribute};background:{attribute};cursor:{attribute},auto'/>"));
        all.push(format!("<style>rect,svg{{background-image:{value};mask-image:{value};cursor:{value},auto}}</style>"));
    }
    for sheet in [
        format!("@import '{u}';"),
        format!("@import url({u});"),
        format!("@IMPORT url({u}) screen;"),
        format!("@\\69mport '{u}';"),
        format!("/* */@import '{u}';"),
        format!("<!-- @import '{u}'; -->"),
        format!("@charset 'utf-8';@import '{u}';"),
        format!("@font-face{{font-family:x;src:url({u})}}text{{font-family:x}}"),
        format!("@namespace url({u});"),
        format!("@media all{{rect{{background:url({u})}}}}"),
        format!(
            "@supports (x:y) or (fill:red){{@import '{u}';svg{{background:url({u})}}}}"
        ),
        format!("@layer a{{svg{{background:url({u})}}}}"),
        format!("svg{{--x:url({u});background:var(--x)}}"),
        format!("svg{{--x:'{u}';background:image-set(var(--x) 1x)}}"),
        format!("svg{{a:}};background:url({u})}}svg{{background:url({u})}}"),
        format!("svg{{&amp;{{background:url({u})}}}}"),
        format!("svg{{content:url({u});list-style:url({u});border-image:url({u})}}"),
        format!("svg{{-moz-binding:url({u}#a);behavior:url({u})}}"),
        format!("@keyframes k{{from{{background:url({u})}}}}svg{{animation:k 1s}}"),
        format!(
            "@property --x{{syntax:'*';inherits:true;initial-value:url({u})}}svg{{background:var(--x)}}"
        ),
        format!("svg{{background:url({u}"),
        format!("svg{{background:\\75\\72\\6c({u})}}"),
        "svg{background:url(\\68ttp://127.0.0.1:49151/)}".to_owned(),
        format!("text::before,svg::before{{content:url({u})}}"),
    ] {
        all.push(format!("<style>{sheet}</style><text>a</text>"));
        all.push(format!("<style><![CDATA[{}]]></style>", sheet.replace("&amp;", "&")));
    }
    all
}

/// What becomes something else.
fn animations() -> Vec<String> {
    let mut all = Vec::new();
    for name in
        ["href", "xlink:href", " href", "onclick", "onload", "style", "class", "HREF"]
    {
        for element in ["set", "animate"] {
            all.push(format!(
                "<a id='a'><rect width='100' height='100'/><{element} attributeName='{name}' \
                 to='javascript:alert(1)' values='javascript:alert(1)' begin='0s' dur='9s' fill='freeze'/></a>"
            ));
        }
        all.push(format!(
            "<use id='u' href='#a'/><set href='#u' attributeName='{name}' to='{ELSEWHERE}#a'/>\
             <image id='i' width='9' height='9'/><animate href='#i' attributeName='{name}' values='{ELSEWHERE}' dur='1s'/>"
        ));
    }
    for name in ["fill", "mask", "filter", "cursor", "clip-path"] {
        all.push(format!(
            "<rect width='99' height='99'><set attributeName='{name}' to='url({ELSEWHERE}#a)'/>\
             <animate attributeName='{name}' values='url({ELSEWHERE});url({ELSEWHERE})' dur='1s'/></rect>"
        ));
    }
    all
}

/// What stands around the drawing, and how it is written.
fn documents() -> Vec<Vec<u8>> {
    let svg = |before: &str, root: &str, content: &str| {
        format!("{before}<svg {SVG} {root}>{content}</svg>").into_bytes()
    };
    let u = ELSEWHERE;
    let script = "<script>alert(1)</script>";
    let mut all = vec![
        svg("", "onload=\"alert(1)\"", ""),
        svg("", "class='\" onload=\"alert(1)'", ""),
        svg(&format!("<?xml-stylesheet href='{u}'?>"), "", ""),
        svg("<?xml-stylesheet type='text/xsl' href='data:text/xsl,x'?>", "", ""),
        svg(&format!("<!DOCTYPE svg SYSTEM '{u}'>"), "", ""),
        svg("<!DOCTYPE svg [<!ENTITY a '&lt;script&gt;alert(1)&lt;/script&gt;'>]>", "", "<text>&a;</text>"),
        svg("<!DOCTYPE svg [<!ENTITY a '<script xmlns=\"http://www.w3.org/2000/svg\">alert(1)</script>'>]>", "", "<g>&a;</g>"),
        svg("<!DOCTYPE svg [<!ENTITY a '\" onload=\"alert(1)'>]>", "class='&a;'", ""),
        svg("<!DOCTYPE svg [<!ENTITY a 'javascript:alert(1)'>]>", "", "<a href='&a;'><rect width='99' height='99'/></a>"),
        svg("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>", "", ""),
        svg(&format!("<!DOCTYPE svg [<!ENTITY a SYSTEM '{u}'>]>"), "", ""),
        svg(&format!("<!DOCTYPE svg [<!ENTITY % a SYSTEM '{u}'> %a;]>"), "", ""),
        svg("\u{feff}", "", script),
        svg("<?xml version='1.0' encoding='ISO-8859-1'?>", "", script),
        svg("", "xmlns:x='http://www.w3.org/1999/xhtml'", "<x:img src='x' onerror='alert(1)'/>"),
        svg("", "xmlns:x='http://www.w3.org/1999/xhtml' x:onload='alert(1)'", ""),
        b"<s:svg xmlns:s='http://www.w3.org/2000/svg' onload='alert(1)'><s:script>alert(1)</s:script></s:svg>".to_vec(),
        format!("<s:svg xmlns:s='http://www.w3.org/2000/svg' {HTML}><script>alert(1)</script><img src='{u}'/></s:svg>").into_bytes(),
    ];
    let wide =
        format!("<?xml version='1.0' encoding='UTF-16'?><svg {SVG}>{script}</svg>");
    let units = wide.encode_utf16().flat_map(u16::to_le_bytes);
    all.push([0xff, 0xfe].into_iter().chain(units).collect());
    // What a browser would read as another encoding.
    all.push(
        [
            b"<?xml version='1.0' encoding='UTF-7'?>".as_slice(),
            &svg("", "", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
        ]
        .concat(),
    );
    all
}
