#!/usr/bin/env python3
"""What many pages cost: user CPU seconds and peak memory of each command, as pages double in number.

    pages.py PROGRAM [--pages N,N,…] [--shapes S,S,…] [--commands C,C,…] [--at-most RATIO] [--folder FOLDER]

The pages are made: each small, dated, in French with catalogues for English, half of them translated. SHAPES are `folders` (a
hundred pages in each folder), `flat` (all in one folder), `tagged` (all with one tag, and one tag of its own each), `broken`
(each page has broken links, to pages and to anchors) and `menu` (a trail that is written in each page). COMMANDS are `html`,
`epub`, `pdf`, `again` (a build of the site that is there already), `extract` (the first, of new pages), `status`, `check` and
`verify`. The ratio is that of the seconds to those of the row above; with --at-most, the exit status is 1 if one is larger.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SETTINGS = """[publication]
name = "pages"
address = "https://pages.example"
source = "fr"
languages = ["fr", "en"]
formats = ["html", "epub"]
"""
SHAPES = ("folders", "flat", "tagged", "broken", "menu")
COMMANDS = ("extract", "html", "again", "epub", "verify", "status", "check")


def page(shape, number):
    """The path and the text of a page."""
    folder = f"dossier-{number // 100:04}/" if shape != "flat" else "pages/"
    day = f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"
    head = [f"title: La page {number}", f"description: Ce que dit la page {number}.", f"date: {day}"]
    if shape == "tagged":
        head += ["tags:", "  - commun", f"  - mot {number}"]
    if shape == "menu":
        head += ["segments:", f"  - url: /{folder}", f"    title: Dossier {number // 100}"]
    links = [f"[la page d’après](/{folder}page-{number + 1}/)", f"[un passage](/{folder}page-{number}/#un-passage)"]
    if shape == "broken":
        links += [f"[rien](/{folder}rien-{it}/)" for it in range(3)]
        links += [f"[nulle part](#nulle-part-{it})" for it in range(3)]
    body = [f"Ce premier paragraphe est celui de la page {number}, avec *des mots* pour la remplir.", "## Un passage",
            f"Voici des liens : {', '.join(links)}.", f"- Un point {number}.\n- Un autre point."]
    return f"{folder}page-{number}.md", "---\n" + "\n".join(head) + "\n---\n\n" + "\n\n".join(body) + "\n"


def workspace(folder, shape, pages):
    """Makes a workspace."""
    Path(folder, "plantin.toml").write_text(SETTINGS)
    for number in range(pages):
        path, text = page(shape, number)
        path = Path(folder, "content", path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def translate(folder):
    """Translates every second catalogue: each text is repeated, with a mark."""
    for number, path in enumerate(sorted(Path(folder, "locales").rglob("*.po"))):
        if number % 2:
            continue
        entries = path.read_text().split("\n\n")
        done = [entry.replace('\nmsgstr ""', "\nmsgstr " + entry.split("\nmsgid ", 1)[1].split("\nmsgstr", 1)[0])
                if "\nmsgid " in entry and '\nmsgid ""' not in entry else entry for entry in entries]
        path.write_text("\n\n".join(done))


def measure(command):
    """Exit status, user CPU seconds, system CPU seconds, wall seconds and peak MiB of a process."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime, usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


def run(program, name, folder):
    """The figures of a command, by its name here."""
    at = ["--workspace", folder, "--quiet"]
    exports = os.path.join(folder, "exports")
    if name in ("html", "epub", "pdf", "again"):
        if name != "again":
            shutil.rmtree(exports, ignore_errors=True)
        form = "html" if name == "again" else name
        return measure([program, "build", *at, "--out", exports, "--format", form])
    if name == "verify":
        subprocess.run([program, "build", *at, "--out", exports], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return measure([program, "verify", *at, "--out", exports])
    figures = measure([program, name, *at])
    if name == "extract":
        translate(folder)
    return figures


def table(program, shape, commands, counts, parent):
    """Prints the figures of a shape; the largest ratio."""
    print(f"\n{shape}\n{'command':<10}{'pages':>8}{'user s':>9}{'sys s':>8}{'wall s':>8}{'peak MiB':>10}{'ratio':>8}{'exit':>6}")
    before, largest = {}, 0
    for pages in counts:
        with tempfile.TemporaryDirectory(dir=parent) as folder:
            workspace(folder, shape, pages)
            for name in commands:
                status, user, system, wall, peak = run(program, name, folder)
                ratio = user / before[name] if before.get(name) else 0
                before[name], largest = user, max(largest, ratio)
                shown = f"{ratio:>8.2f}" if ratio else f"{'':>8}"
                print(f"{name:<10}{pages:>8}{user:>9.2f}{system:>8.2f}{wall:>8.2f}{peak:>10.0f}{shown}{status:>6}", flush=True)
    return largest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--pages", default="1000,2000,4000,8000")
    parser.add_argument("--shapes", default="folders,flat")
    parser.add_argument("--commands", default=",".join(COMMANDS))
    parser.add_argument("--at-most", type=float)
    parser.add_argument("--folder", help="where the workspaces are made")
    asked = parser.parse_args()
    counts = [int(it) for it in asked.pages.split(",")]
    shapes, commands = asked.shapes.split(","), asked.commands.split(",")
    if unknown := set(shapes) - set(SHAPES) or set(commands) - set(COMMANDS) - {"pdf"}:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}")
    program = os.path.abspath(asked.program)
    largest = max(table(program, shape, commands, counts, asked.folder) for shape in shapes)
    if asked.at_most and largest > asked.at_most:
        sys.exit(f"the largest ratio is {largest:.2f}, more than {asked.at_most}")


main()
