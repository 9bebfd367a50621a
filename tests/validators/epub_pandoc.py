"""epub_pandoc.py LANGUAGE BOOK: what pandoc meets in a book, as an independent reader of EPUB.

Prints a JSON object a line: {page, kind, text, level, to} for each heading, link, image, item, cell and run of text, in
reading order. The trail and the heading of the notes are passed over; a note is read behind its page, and what an
abbreviation stands for where it comes first.
"""
import json
import re
import subprocess
import sys

import pypandoc

language, book = sys.argv[1:]
said = subprocess.run([pypandoc.get_pandoc_path(), "-f", "epub", "-t", "json", book], check=True, capture_output=True)
page = None
notes = []
# The first of each abbreviation of a page, which says what it stands for.
explained = {}


def say(kind, text, **more):
    if page is not None:
        print(json.dumps({"page": page, "kind": kind, "text": text, **more}, ensure_ascii=False))


def key(file):
    """The address of the page that a chapter shows."""
    path = file.removesuffix(".xhtml").removeprefix("page").removeprefix("-").replace("--", "/")
    return f"/{language}/{path}/" if path else f"/{language}/"


def target(address):
    """Where a link leads: pandoc joins the chapter and the place in it."""
    inside = re.fullmatch(r"#(page[^_]*\.xhtml)(?:_(.*))?", address)
    if inside is None:
        return address
    return key(inside[1]) + (f"#{inside[2]}" if inside[2] else "")


def words(node):
    """The words of anything."""
    if isinstance(node, list):
        return "".join(words(it) for it in node)
    if not isinstance(node, dict):
        return ""
    kind, content = node["t"], node.get("c")
    if kind == "Str":
        return content
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "CodeBlock", "Math"):
        return content[-1]
    if kind in ("Image", "Note", "RawInline", "RawBlock"):
        return ""
    if kind == "Table":
        return words([cell for row in rows(content) for cell in row])
    if kind == "Span" and "abbr" in content[0][1]:
        own = words(content[1])
        first = explained.setdefault(own, id(node)) == id(node)
        meaning = dict(content[0][2]).get("title")
        return f"{own} ({meaning})" if first and meaning else own
    if kind in ("Span", "Link", "Quoted", "Header", "Div", "Figure", "OrderedList", "DefinitionList", "Cite"):
        content = content[1:] if kind in ("Span", "Link", "Quoted", "Header", "Div", "OrderedList", "Cite") else content
    return words(content)


def rows(table):
    """The rows of a table: the blocks of each cell."""
    _, _, _, head, bodies, foot = table
    all_rows = head[1] + [row for body in bodies for row in body[2] + body[3]] + foot[1]
    return [[cell[4] for cell in row[1]] for row in all_rows]


def line(inlines):
    for node in inlines:
        kind, content = node["t"], node.get("c")
        if kind == "Link":
            say("link", words(node), to=target(content[2][0]))
            line(content[1])
        elif kind == "Image":
            say("image", words(content[1]))
        elif kind == "Note":
            notes.append(content)
        elif kind in ("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"):
            line(content)
        elif kind in ("Span", "Quoted", "Cite"):
            line(content[1])


def finish():
    """Reads the notes of the page that ends."""
    while notes:
        blocks(notes.pop(0))


def blocks(nodes):
    global page
    passed = False
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "RawBlock":
            passed = "<nav" in content[1] or (passed and "</nav" not in content[1])
        if passed or kind in ("RawBlock", "HorizontalRule"):
            continue
        if kind in ("Para", "Plain"):
            first = content[0] if content else None
            if first and first["t"] == "Span" and first["c"][0][0].endswith(".xhtml") and not first["c"][1]:
                finish()
                explained.clear()
                file = first["c"][0][0]
                page = key(file) if file.startswith("page") else None
                content = content[1:]
            say("text", words(content))
            line(content)
        elif kind == "Header":
            if content[1][0].endswith("notes_title"):
                continue
            say("heading", words(content[2]), level=content[0])
            say("text", words(content[2]))
            line(content[2])
        elif kind == "CodeBlock":
            say("text", content[1])
        elif kind == "LineBlock":
            for it in content:
                line(it)
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                say("item", words(item))
                blocks(item)
        elif kind == "DefinitionList":
            for term, meanings in content:
                say("text", words(term))
                line(term)
                for meaning in meanings:
                    blocks(meaning)
        elif kind == "Table":
            blocks(content[1][1])
            for row in rows(content):
                for cell in row:
                    say("cell", words(cell))
                    blocks(cell)
        elif kind == "Figure":
            blocks(content[2])
            blocks(content[1][1])
        elif kind == "Div":
            blocks(content[1])
        elif kind == "BlockQuote":
            blocks(content)
        else:
            raise ValueError(f"unknown: {kind}")


blocks(json.loads(said.stdout)["blocks"])
finish()
