#!/usr/bin/env python3
"""What the worst small inputs cost: CPU seconds and peak memory of each command on files of one megabyte that nobody would write.

    bounds.py PROGRAM [--bytes N] [--only WORD] [--mixtures N] [--seed N] [--at-most SECONDS] [--memory MIB] [--all]

Every input is made for a known weakness of readers: what begins and never ends, what nests, what repeats, what refers to itself, what
unfolds into more than it is. A page is read by `check`, `build` (site and book) and `extract`; the others by the command that takes
them. Mixtures are pages of random pieces of all of these, from a seed. A run ends by itself with 0, 1 or 2: a signal, a panic or more
than the bounds (5 s of CPU, 1,024 MiB) is a finding, and the exit status is 1. Only findings and the dearest ten are printed, unless
--all is given.
"""
import argparse
import io
import os
import random
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

SETTINGS = """[publication]
name = "bornes"
address = "https://bornes.example"
source = "fr"
languages = ["fr", "en"]
formats = ["html", "epub"]
"""
HEAD = "---\ntitle: T\n---\n\n"
# Before, what is repeated, after.
PAGES = {
    "unclosed <a aN=": ("<div ", "<a aN=", ""),
    "unclosed <a": ("<div>\n", "<a ", ""),
    "unclosed quotation marks": ("<div>\n", "<a b=\"x ' ", ">"),
    "attributes": ("<div ", "a{n}=1 ", ">\n\nmot\n\n</div>"),
    "processing instructions": ("<div>", "<?a>", ""),
    "unclosed script": ("<div>", "<script></script", ""),
    "CDATA": ("mot ", "<![CDATA[", ""),
    "comments": ("mot ", "<!--", ""),
    "nested <div>": ("", "<div>", ""),
    "nested <b>": ("mot ", "<b>", ""),
    "nested <table>": ("", "<table><tr><td>", ""),
    "cells that span": ("<table>", "<tr><td colspan=1000 rowspan=1000>a</td></tr>", "</table>"),
    "{%": ("", "{%", ""),
    "{{": ("", "{{ ", ""),
    "{#": ("", "{# ", ""),
    "$`": ("", "$`a ", ""),
    "$$": ("", "$$a\n", ""),
    "$": ("", "$a \\\\$b", ""),
    "code with attributes": ("", "`a`{.c ", ""),
    "links with attributes": ("", "[a](b){.c ", ""),
    "[": ("", "[", ""),
    "[a](<b": ("", "[a](<b", ""),
    "![": ("", "![", ""),
    "[^a": ("", "[^a", ""),
    "[x](": ("", "[x](", ""),
    "**": ("", "**a ", ""),
    "*_": ("", "*_a ", ""),
    "~~": ("", "~~a ", ""),
    "^": ("", "^a ", ""),
    "grave accents": ("", "`a ``b ", ""),
    "backslashes": ("", "\\", ""),
    "ampersands": ("", "&amp", ""),
    "addresses": ("", "https://a.example/{n} ", ""),
    "missing anchors": ("# A\n\n", "[a](#b{n})\n", ""),
    "missing images": ("", "![a](b{n}.png)\n\n", ""),
    "missing pages": ("", "[a](b{n}.md)\n", ""),
    "quotations": ("", ">", " a"),
    "quotations of a line": ("", "> a\n\n", ""),
    "lists in lists": ("", "- ", "a"),
    "items": ("", "- a\n", ""),
    "tasks": ("", "- [ ] a\n", ""),
    "numbers": ("", "1. a\n", ""),
    "headings": ("", "## T{n}\n\n", ""),
    "headings of one name": ("", "## T\n\n", ""),
    "paragraphs": ("", "a\n\n", ""),
    "lines": ("", "a\n", ""),
    "empty lines": ("", "\n", "a"),
    "rules": ("", "---\n\n", ""),
    "rows": ("| a |\n| - |\n", "| b{n} |\n", ""),
    "columns": ("", "| a ", "|\n" + "| - " * 262000 + "|\n"),
    "tables": ("", "| a |\n| - |\n| b |\n\n", ""),
    "notes": ("", "a[^{n}]\n\n[^{n}]: b\n\n", ""),
    "notes that call notes": ("a[^0]\n\n", "[^{n}]: b[^{m}]\n\n", ""),
    "calls of one note": ("[^n]: b\n\n", "a[^n] ", ""),
    "references": ("", "[r{n}]: /u{n}\n", "[r1]"),
    "containers": ("", "::: note\n", ""),
    "containers with attributes": ("", ":::note[T]{#i{n} .c a=b}\nx\n:::\n\n", ""),
    "definitions": ("", "terme {n}\n: sens\n\n", ""),
    "fences": ("", "```\n", ""),
    "code of grave accents": ("~~~md\n", "`" * 1900 + "\n", "~~~\n"),
    "code of braces": ("~~~latex\n", "{\n", "~~~\n"),
    "code of one line": ("~~~js\n", "a[", "\n~~~\n"),
    "code of signs": ("~~~php\n", "<?php $a=\"{$b[", "\n~~~\n"),
    "emoji": ("", "👩‍👩‍👧‍👦", ""),
    "accents": ("", "e\u0301\u0323", ""),
    "marks of direction": ("", "\u202e\u2066a", ""),
    "Arabic": ("", "اهلا وسهلا ", ""),
    "formulas": ("", "$\\frac{{a}}{{b}}$ ", ""),
    "braces of a formula": ("$", "{{", "$"),
    "one word": ("", "a", ""),
    "tabs": ("", "\t", "a"),
    "attributes of headings": ("", "## T {{#i{n} .a .b}}\n\n", ""),
    "details": ("", "<details><summary>a</summary>\n\nb\n\n", ""),
    "iframes": ("", "<iframe src=https://a.example/{n}></iframe>\n\n", ""),
    "alerts": ("", "> [!NOTE]\n> a\n\n", ""),
    "quotation marks": ("", "« \"'“ ", ""),
    "failed bold": ("", "** a** ", ""),
    "failed rows": ("", "| a | b |\n", ""),
    "bullets of a word processor": ("", "•\ta\n", ""),
    "conflicts": ("", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n\n", ""),
}
FRONT = {
    "keys": "k{n}: v\n",
    "tags": "  - t{n}\n",
    "nested lists": "[",
    "anchors": "a{n}: &a{n} [*a{m}, *a{m}]\n",
    "one long value": "a",
}


def repeated(before, unit, after, size):
    """A text of so many bytes."""
    literal = unit.replace("{{", "{").replace("}}", "}")
    if "{n}" not in unit and "{m}" not in unit:
        unit = literal if "{{" in unit else unit
        return before + unit * (size // len(unit.encode())) + after
    parts, length, number = [], 0, 0
    while length < size:
        part = unit.replace("{n}", str(number)).replace("{m}", str(number + 1)).replace("{{", "{").replace("}}", "}")
        parts.append(part)
        length += len(part)
        number += 1
    return before + "".join(parts) + after


def front_matter(name, size):
    """A page whose front matter is large."""
    unit = FRONT[name]
    if name == "tags":
        return "---\ntitle: T\n" + repeated("tags:\n", unit, "", size) + "---\n\na\n"
    if name in ("nested lists", "one long value"):
        return f"---\ntitle: T\nx: {unit * size}\n---\n\na\n"
    return "---\ntitle: T\n" + repeated("", unit, "", size) + "---\n\na\n"


def drawing(inside, more=""):
    """A drawing."""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 60" {more}>'
            f"{inside}</svg>")


def drawings(size):
    """Drawings by their name."""
    nested = "".join(f'<pattern id="p{n}" width="1" height="1"><rect width="9" height="9" fill="url(#p{n + 1})"/></pattern>' for n in range(40))
    masks = "".join(f'<mask id="m{n}"><rect width="9" height="9" mask="url(#m{n + 1})"/><rect width="9" height="9" mask="url(#m{n + 1})"/></mask>' for n in range(40))
    uses = "".join(f'<g id="u{n}"><use href="#u{n + 1}"/><use href="#u{n + 1}"/></g>' for n in range(60))
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    return {
        "patterns in patterns": drawing(nested + '<rect width="99" height="50" fill="url(#p0)"/>'),
        "masks in masks": drawing(masks + '<rect width="99" height="50" mask="url(#m0)"/>'),
        "uses in uses": drawing(uses + '<use href="#u0"/>'),
        "a filter of 900 boxes": drawing('<filter id="f" x="-400" y="-400" width="900" height="900"><feGaussianBlur stdDeviation="9"/></filter><rect width="99" height="50" filter="url(#f)"/>'),
        "filters": drawing('<filter id="f"><feGaussianBlur stdDeviation="99"/></filter>' + '<rect width="99" height="50" filter="url(#f)"/>' * (size // 60)),
        "groups": drawing("<g>" * (size // 7)),
        "rectangles": drawing('<rect width="9" height="9"/>' * (size // 28)),
        "a path": drawing('<path d="M0 0' + "L9 9" * (size // 4) + '"/>'),
        "attributes of a drawing": drawing("<g " + " ".join(f'a{n}="1"' for n in range(size // 8)) + "/>"),
        "rules of a style": drawing("<style>" + "".join(f".c{n}{{fill:red}}" for n in range(size // 15)) + "</style>" + '<rect class="c1" width="9" height="9"/>' * 2000),
        "selectors": drawing("<style>" + "g " * (size // 4) + "{fill:red}</style>" + "<g>" * 150 + "</g>" * 150),
        "letters of a drawing": drawing('<text x="9" y="9">' + "a" * size + "</text>"),
        "entities": f'<!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">{entities}]>' + drawing("<text>&e12;</text>"),
        "a large drawing": drawing('<rect width="9" height="9"/>', 'width="1000000" height="1000000"'),
        "a stroke of dashes": drawing('<path d="M0 0 H100" stroke="red" stroke-dasharray="0.00001"/>'),
        "many images in a drawing": drawing('<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/>' * (size // 80)),
        "labels in foreignObject": drawing("<foreignObject width='9' height='9'><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>" * (size // 100)),
    }


def picture(width, height, lines=None):
    """A PNG whose header tells a size."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    data = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * (lines or height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def exchanges(size):
    """Files of others that are taken back: command, name of the file, text."""
    unit = '<unit id="u{n}"><segment><source>a</source><target>b</target></segment></unit>'
    xliff = ('<?xml version="1.0"?><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="fr" trgLang="en"><file id="f" original="page.md">', unit, "</file></xliff>")
    tmx = ('<?xml version="1.0"?><tmx version="1.4"><header creationtool="a" creationtoolversion="1" segtype="block" o-tmf="a" adminlang="fr" srclang="fr" datatype="xml"/><body>',
           '<tu><tuv xml:lang="fr"><seg>a{n}</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>', "</body></tmx>")
    return {
        "XLIFF on one line": (["xliff", "import"], "a.xlf", repeated(*xliff, size)),
        "XLIFF that nests": (["xliff", "import"], "a.xlf", xliff[0] + "<group id='a'>" * (size // 14)),
        "XLIFF of inline codes": (["xliff", "import"], "a.xlf", xliff[0] + '<unit id="u"><segment><source>' + '<ph id="1"/>' * (size // 12) + "</source></segment></unit>" + xliff[2]),
        "TMX on one line": (["tmx", "import"], "a.tmx", repeated(*tmx, size)),
        "CSV rows": (["csv", "import"], "a.csv", repeated("page,source,target\n", "page.md,a{n},b\n", "", size)),
        "CSV of one quotation": (["csv", "import"], "a.csv", "page,source,target\n\"" + "a\n" * (size // 2)),
    }


def catalogues(size):
    """Catalogues beside a page."""
    return {
        "PO entries": repeated("", 'msgctxt "c{n}"\nmsgid "a{n}"\nmsgstr "b"\n\n', "", size),
        "PO of one key": repeated("", 'msgid "a"\nmsgstr "b"\n\n', "", size),
        "PO lines of one text": 'msgid ""\n' + '"a"\n' * (size // 4) + 'msgstr "b"\n',
        "PO escapes": 'msgid "' + "\\" * size + '"\nmsgstr ""\n',
        "PO obsolete": repeated("", '#~ msgid "a{n}"\n#~ msgstr "b"\n\n', "", size),
        "PO comments": "# a\n" * (size // 4),
        "PO plurals": 'msgid "a"\nmsgid_plural "b"\n' + repeated("", 'msgstr[{n}] "b"\n', "", size),
    }


def settings(size):
    """Settings."""
    return {
        "unknown keys": SETTINGS + repeated("", "k{n} = 1\n", "", size),
        "tables": SETTINGS + repeated("", "[t{n}]\n", "", size),
        "nested lists of settings": SETTINGS + "x = " + "[" * size,
        "dotted keys": SETTINGS + "a" + ".a" * (size // 2) + " = 1\n",
        "numbers of settings": SETTINGS + "x = " + "9" * size + "\n",
        "languages": SETTINGS.replace('["fr", "en"]', "[" + ", ".join(f'"x{n}"' for n in range(size // 9)) + "]"),
        "inline tables": SETTINGS + "x = " + "{a = " * (size // 5),
    }


def words(size):
    """Words of the interface."""
    return {
        "braces": "home = " + "{" * size,
        "references of words": repeated("", "m{n} = {{ m{m} }}\n", "", size),
        "arguments": "home = { NUMBER($a, " + ", ".join(f"a{n}: 1" for n in range(size // 8)) + ") }",
        "selectors of words": "home = { $a ->\n" + repeated("", "   [k{n}] b\n", "", size) + "  *[o] c\n }",
        "messages": repeated("", "m{n} = a\n", "", size),
        "one message": "home = " + "a\n    " * (size // 6),
    }


def pdf(body):
    """A PDF whose objects are given in order, the first being the catalogue."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, text in enumerate(body, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + text + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(body) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(body) + 1, start))
    return out.getvalue()


def inflated(data, times=1):
    """A stream that inflates, so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return b"<< /Length %d /Filter [%s] >>\nstream\n" % (len(data), b"/FlateDecode " * times) + data + b"\nendstream"


def exported(size):
    """Files that stand in the place of an exported one."""
    pages = [b"<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R /StructTreeRoot 6 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    def one(content, outline=b"<< >>", tree=b"<< /Type /StructTreeRoot >>"):
        return pdf([*pages, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R >>", outline, content, tree])
    empty = inflated(b"")
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/epub+zip")
        packed.writestr("META-INF/container.xml", "<a>" * (size // 3))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/epub+zip")
        packed.writestr("EPUB/a.xhtml", b"\0" * (900 << 20))
    entries = io.BytesIO()
    with zipfile.ZipFile(entries, "w") as packed:
        for number in range(65_535):
            packed.writestr(f"a{number}", b"")
    html = "html/fr/page/index.html"
    return {
        "HTML that nests": (html, b"<div>" * (size // 5)),
        "HTML of attributes": (html, b"<a " + b" ".join(b"a%d" % n for n in range(size // 7))),
        "HTML of formatting": (html, b"<p><b><i><a href=x>" * (size // 19)),
        "HTML of tables": (html, b"<table>" * (size // 7)),
        "HTML of references": (html, b"&a" * (size // 2)),
        "PDF stream of 900 MiB": ("pdf/fr/page.pdf", one(inflated(b"\0" * (900 << 20)))),
        "PDF stream, three times": ("pdf/fr/page.pdf", one(inflated(b"\0" * (900 << 20), 3))),
        "PDF stream of operators": ("pdf/fr/page.pdf", one(inflated(b"q " * (size * 30)))),
        "PDF stream of letters": ("pdf/fr/page.pdf", one(inflated(b"BT (a) Tj ET " * (size * 8)))),
        "PDF outline to itself": ("pdf/fr/page.pdf", one(empty, b"<< /First 4 0 R /Next 4 0 R /Last 4 0 R >>")),
        "PDF tree to itself": ("pdf/fr/page.pdf", one(empty, tree=b"<< /Type /StructTreeRoot /K [6 0 R 6 0 R] >>")),
        "PDF that nests": ("pdf/fr/page.pdf", one(empty, tree=b"[" * size)),
        "PDF of bytes": ("pdf/fr/page.pdf", b"%PDF-1.7\n" + b"1 0 obj " * (size // 8)),
        "book that nests": ("epub/bornes.fr.epub", book.getvalue()),
        "book that unfolds": ("epub/bornes.fr.epub", bomb.getvalue()),
        "book of 65,535 entries": ("epub/bornes.fr.epub", entries.getvalue()),
    }


def bag(folder, files, manifests=1):
    """A bag of small files."""
    data = Path(folder, "data")
    data.mkdir(parents=True)
    Path(folder, "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    lines = []
    for number in range(files):
        place = data / f"d{number // 1000}"
        place.mkdir(exist_ok=True)
        (place / f"f{number}").write_bytes(b"")
        lines.append(f"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  data/d{number // 1000}/f{number}\n")
    for number in range(manifests):
        Path(folder, "manifest-sha256.txt" if number == 0 else f"manifest-sha{number}.txt").write_text("".join(lines))


class Table:
    """What was measured."""

    def __init__(self, program, asked):
        self.program, self.asked = program, asked
        self.rows, self.findings = [], 0

    def run(self, name, command, folder):
        """Runs a command, and keeps its figures."""
        def bounded():
            resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
            resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        with tempfile.TemporaryFile() as told:
            start = time.monotonic()
            process = subprocess.Popen([self.program, *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=told, preexec_fn=bounded)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            told.seek(0)
            text = told.read(1 << 20).decode(errors="replace")
        cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        bad = cpu > self.asked.at_most or peak > self.asked.memory or process.returncode not in (0, 1, 2) or "panicked" in text
        self.findings += bad
        self.rows.append((cpu, peak, process.returncode, name, " ".join(command[:2]), time.monotonic() - start))
        if bad or self.asked.all:
            self.show(self.rows[-1], "  <-- " + text.strip().splitlines()[-1][:80] if bad and text.strip() else "")
        return process.returncode

    @staticmethod
    def show(row, more=""):
        cpu, peak, code, name, command, wall = row
        print(f"{name:<32}{command:<16}{cpu:>8.2f}{wall:>8.2f}{peak:>8.0f}{code:>5}{more}", flush=True)


def workspace(folder, pages=None, config=SETTINGS):
    """Makes a workspace."""
    Path(folder, "plantin.toml").write_text(config)
    for path, text in (pages or {"page.md": HEAD + "a\n"}).items():
        path = Path(folder, "content", path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def mixture(chance, size):
    """A page of random pieces."""
    parts, length = [HEAD], 0
    while length < size:
        before, unit, after = chance.choice(list(PAGES.values()))
        part = repeated(before, unit, after if len(after) < 100 else "", chance.choice([1, 50, 2_000, 50_000]))
        parts.append(part + chance.choice(["", "\n", "\n\n", " "]))
        length += len(part)
    return "".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--bytes", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--mixtures", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-most", type=float, default=5.0)
    parser.add_argument("--memory", type=float, default=1024)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    table, size = Table(os.path.abspath(asked.program), asked), asked.bytes
    print(f"{'input':<32}{'command':<16}{'CPU s':>8}{'wall s':>8}{'MiB':>8}{'exit':>5}")

    def case(group, name, make, commands):
        if asked.only and asked.only not in f"{group}: {name}":
            return
        with tempfile.TemporaryDirectory() as folder:
            make(folder)
            for command in commands:
                table.run(name, command, folder)

    page = [["check"], ["build", "--format", "html,epub"], ["extract"]]
    for name, parts in PAGES.items():
        case("page", name, lambda it, parts=parts: workspace(it, {"page.md": HEAD + repeated(*parts, size)}), page)
    for name in FRONT:
        case("front matter", name, lambda it, name=name: workspace(it, {"page.md": front_matter(name, size)}), page)
    for name, text in drawings(size).items():
        case("drawing", name, lambda it, text=text: workspace(it, {"page.md": HEAD + "![a](a.svg)\n", "a.svg": text}), [["build", "--format", "html,epub,pdf"]])
    for name, (width, height, lines) in {"a picture of 64 M pixels": (8000, 8000, None), "a picture of 4 G pixels": (65535, 65535, 9), "a picture that ends early": (8000, 8000, 1)}.items():
        case("picture", name, lambda it, a=width, b=height, c=lines: workspace(it, {"page.md": HEAD + "![a](a.png)\n", "a.png": picture(a, b, c)}), [["build", "--format", "html,epub,pdf"]])

    def with_catalogue(text):
        def make(folder):
            workspace(folder)
            Path(folder, "locales/en").mkdir(parents=True)
            Path(folder, "locales/en/page.po").write_text(text)
        return make
    for name, text in catalogues(size).items():
        case("catalogue", name, with_catalogue(text), page)
    for name, text in settings(size).items():
        case("settings", name, lambda it, text=text: workspace(it, config=text), [["check"]])

    def with_words(text):
        def make(folder):
            workspace(folder)
            Path(folder, "locales/fr").mkdir(parents=True)
            Path(folder, "locales/fr/ui.ftl").write_text(text)
        return make
    for name, text in words(size).items():
        case("words", name, with_words(text), [["build", "--format", "html"]])

    def with_file(file, text):
        def make(folder):
            workspace(folder)
            subprocess.run([table.program, "extract", "--quiet"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            Path(folder, file).write_text(text)
        return make
    for name, (command, file, text) in exchanges(size).items():
        case("exchange", name, with_file(file, text), [[*command, file]])

    def replaced(path, content):
        def make(folder):
            workspace(folder)
            subprocess.run([table.program, "build", "--quiet", "--format", "html,epub,pdf"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            place = Path(folder, "exports", path)
            if not place.exists():
                sys.exit(f"{place}: no such export")
            place.write_bytes(content)
        return make
    # What such files are made of takes memory here: only when one is asked for.
    if not asked.only or any(asked.only in f"exported: {it}" for it in ("HTML", "PDF", "book", asked.only)):
        for name, (path, content) in exported(size).items():
            case("exported", name, replaced(path, content), [["verify"]])

    def zipped(entries, unfolds=False):
        def make(folder):
            with zipfile.ZipFile(Path(folder, "a.zip"), "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr("b/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
                for number in range(entries):
                    packed.writestr(f"b/data/f{number}", b"\0" * (900 << 20) if unfolds else b"")
        return make

    def sparse(folder):
        bag(os.path.join(folder, "b"), 1)
        with open(os.path.join(folder, "b/data/d0/f0"), "wb") as it:
            it.truncate(1 << 30)
    case("deposit", "a bag of 100,000 files", lambda it: bag(os.path.join(it, "b"), 100_000), [["deposit", "check", "b"]])
    case("deposit", "a bag of 1,000 manifests", lambda it: bag(os.path.join(it, "b"), 100, 1_000), [["deposit", "check", "b"]])
    case("deposit", "a file of 1 GiB without content", sparse, [["deposit", "check", "b"]])
    case("deposit", "a zip of 65,535 entries", zipped(65_500), [["deposit", "check", "a.zip"]])
    case("deposit", "a zip that unfolds", zipped(1, True), [["deposit", "check", "a.zip"]])

    def translated(folder):
        chance = random.Random(asked.seed)
        def text(word):
            return HEAD + "".join(f"{word} {chance.randrange(99999)} {word * chance.randrange(1, 9)}\n\n" for _ in range(20_000))
        workspace(folder)
        Path(folder, "fr.md").write_text(text("mot"))
        Path(folder, "en.md").write_text(text("word"))
    case("align", "20,000 paragraphs and 20,000", translated, [["align", "fr.md", "en.md", "--language", "en"]])
    for number in range(asked.mixtures):
        chance = random.Random(f"{asked.seed}-{number}")
        case("mixture", f"mixture {number}", lambda it, chance=chance: workspace(it, {"page.md": mixture(chance, size)}), [page[number % 3]])

    print("\nThe dearest:" if table.rows else "Nothing has that name")
    for row in sorted(table.rows, reverse=True)[:10]:
        Table.show(row)
    print(f"{len(table.rows)} runs, {table.findings} findings")
    sys.exit(table.findings > 0)


main()
