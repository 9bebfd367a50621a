#!/usr/bin/env python3
"""Builds that are killed at random moments, and what they leave behind.

    kill.py PROGRAM [--rounds N] [--inside SHARE] [--verify N] [--content DIR] [--format F] [--seed N]
    kill.py PROGRAM --each-call

The content is a folder of pages; by default that of ../shared/corpus/codegouvfr beside the repository. Two publications are made of
it that differ in a third of their pages; both are built whole once. Then each build turns the one in the folder into the other, and
is killed with SIGKILL: a share of them while the folder changes, at a random moment of that, the others at a random moment of their
life. After each: every file is, byte for byte, that of the one publication or of the other; the manifest is there, is one of the two,
and every file that it lists is there with its checksum; nothing in the folder is of the other publication. `verify` finds no
difference, which is tried after each kill while the folder changed and after every Nth of the others. At the end a build that nobody
stops puts everything right.

With --each-call nothing is left to chance: a small publication, in whose folder somebody keeps a file and a folder of their own, is
killed once after each call that its main thread makes to the file system (strace is needed), with the same checks.
"""
import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

SETTINGS = """[publication]
name = "corpus"
address = "https://corpus.example"
source = "fr"
languages = ["fr", "en"]
"""
OURS = ".plantin-"
CALLS = (
    "openat openat2 mkdir mkdirat linkat symlink symlinkat chmod fchmodat fsync fdatasync rename renameat renameat2 unlink unlinkat rmdir pwrite64"
).split()
KEPT = {"NOTE.txt": b"kept", ".git/HEAD": b"kept too"}
WHERE = "before the change", "in the change", "ended by itself"


def published(exports):
    found = {}
    for path in exports.rglob("*"):
        name = str(path.relative_to(exports))
        if path.is_file() and not any(part.startswith(OURS) for part in Path(name).parts):
            found[name] = path.read_bytes()
    return found


def workspace(folder, content, changed, formats):
    folder.mkdir()
    formats = f"formats = {json.dumps(formats.split(','))}\n" if formats else ""
    (folder / "plantin.toml").write_text(SETTINGS + formats)
    shutil.copytree(content, folder / "content")
    if changed:
        for number, page in enumerate(sorted((folder / "content").rglob("*.md"))):
            if number % 3 == 0:
                page.write_bytes(page.read_bytes() + b"\n\nUn paragraphe de plus.\n")
    return folder


def command(asked, source, exports):
    return [asked.program, "build", "--workspace", str(source), "--out", str(exports), "--quiet"]


def beside(exports):
    """The twin of a folder while it changes, if it is there."""
    return next(exports.parent.glob(f".{exports.name}.plantin-*"), None)


def faults(found, wholes, which):
    """What is wrong with what a build left: torn files, a false manifest, a mixture."""
    wrong = []
    for name, content in found.items():
        if not any(whole.get(name) == content for whole in wholes):
            wrong.append(f"{name}: torn, neither the one nor the other")
    if which is None:
        return [*wrong, "no manifest of either"]
    for entry in json.loads(found["manifest.json"])["files"]:
        content = found.get(entry["path"])
        if content is None or hashlib.sha256(content).hexdigest() != entry["sha256"]:
            wrong.append(f"{entry['path']}: not as the manifest says")
    wrong += [f"{name}: of the other publication" for name in found.keys() ^ wholes[which].keys()]
    return wrong


def verified(program, source, exports):
    """What `verify` says: of the pages of a corpus it may have something to say in any case."""
    run = subprocess.run([program, "verify", "--workspace", source, "--out", exports, "--quiet", "--json"], capture_output=True)
    return run.stdout


def changed_in(command, exports):
    """How long a build takes that nobody stops, and how long the folder changes in it."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    begun, ended = None, None
    while process.poll() is None:
        is_there = beside(exports) is not None
        begun = begun or (time.monotonic() if is_there else None)
        if begun and not is_there:
            ended = ended or time.monotonic()
    over = time.monotonic()
    return over - started, (ended or over) - begun if begun else 0.0


def kill(command, exports, wait):
    """Kills a build after a while, or, for a wait below zero, so long after the folder began to change. Says where it was."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if wait < 0:
        while process.poll() is None and beside(exports) is None:
            pass
        until = time.monotonic() - wait
        while time.monotonic() < until:
            pass
    else:
        time.sleep(wait)
    ended = process.poll() is not None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return WHERE[2] if ended else WHERE[1] if beside(exports) else WHERE[0]


def small(folder, word):
    """A publication of a few pages; one of them is only there before."""
    (folder / "content" / "more").mkdir(parents=True)
    (folder / "plantin.toml").write_text(SETTINGS.replace(', "en"', "") + 'formats = ["html", "epub"]\n')
    for name in ("index", "changed", *(["more/gone"] if word == "before" else [])):
        (folder / f"content/{name}.md").write_text(f"---\ntitle: {name}\n---\n\nA page, {word}.\n")
    (folder / "content/same.md").write_text("---\ntitle: Same\n---\n\nA page.\n")
    return folder


def after_each_call(asked, place):
    """Kills after each call of each kind, until a build ends without one more. Gives the counts and the faults."""
    before, after = (small(place / name, name) for name in ("before", "after"))
    exports, counts, wrong = place / "exports", Counter(), []

    def build(source, out=exports, by=()):
        return subprocess.run([*by, *command(asked, source, out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode

    def start():
        shutil.rmtree(exports, ignore_errors=True)
        if left := beside(exports):
            shutil.rmtree(left)
        build(before)
        for name, content in KEPT.items():
            (exports / name).parent.mkdir(exist_ok=True)
            (exports / name).write_bytes(content)

    wholes = []
    for source in (before, after):
        build(source, place / f"whole-{source.name}")
        wholes.append(published(place / f"whole-{source.name}") | KEPT)
    for call in CALLS:
        for number in range(1, 10_000):
            start()
            inject = f"inject={call}:signal=SIGKILL:when={number}"
            if build(after, by=["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]) == 0:
                break
            found = published(exports) | {name: (exports / name).read_bytes() for name in KEPT if (exports / name).exists()}
            state = next((name for name, whole in zip(("old", "new"), wholes) if found == whole), "neither")
            counts[WHERE[1] if beside(exports) else WHERE[0], state] += 1
            build(after)
            left = [it.name for it in exports.iterdir() if it.name.startswith(OURS) and it.name != ".plantin-lock"]
            if state == "neither":
                wrong.append(f"{call} {number}: neither the one nor the other")
            if published(exports) != wholes[1] or left or beside(exports) or (exports / ".git").is_symlink():
                wrong.append(f"{call} {number}: the next build did not put everything right: {left}")
    return counts, wrong


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).parent.parent / "../shared/corpus/codegouvfr/content"
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--inside", type=float, default=0.6, help="the share that is killed while the folder changes")
    parser.add_argument("--verify", type=int, default=10, metavar="N", help="verify after each Nth kill before the change")
    parser.add_argument("--content", type=Path, default=default)
    parser.add_argument("--format", help="formats, such as html,epub; by default, all")
    parser.add_argument("--each-call", action="store_true", help="kill after each call to the file system")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    asked = arguments()
    if asked.each_call:
        if not shutil.which("strace"):
            print("skipped: there is no strace")
            return
        with tempfile.TemporaryDirectory() as place:
            counts, wrong = after_each_call(asked, Path(place))
        print(f"{sum(counts.values())} builds killed: " + ", ".join(f"{where}, {state} {n}" for (where, state), n in sorted(counts.items())))
        print("\n".join(wrong) if wrong else "each time the old or the new publication, whole; the next build put everything right")
        sys.exit(bool(wrong))
    rounds, content, chance = asked.rounds, asked.content.resolve(), random.Random(asked.seed)
    if not content.is_dir():
        print(f"skipped: there is no {content}")
        return
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        sources = [workspace(place / name, content, name == "b", asked.format) for name in ("a", "b")]
        wholes = []
        for source in sources:
            subprocess.run(command(asked, source, place / f"whole-{source.name}"), stderr=subprocess.DEVNULL)
            wholes.append(published(place / f"whole-{source.name}"))
        differ = sum(wholes[0].get(name) != content for name, content in wholes[1].items())
        print(f"{len(wholes[0])} files, {differ} differ")
        exports = place / "exports"
        shutil.copytree(place / "whole-a", exports)
        longest, window = changed_in(command(asked, sources[1], exports), exports)
        clean = [verified(asked.program, sources[0], place / "whole-a"), verified(asked.program, sources[1], place / "whole-b")]
        print(f"a build takes {longest:.1f} s, the folder changes in {window * 1000:.0f} ms of it", flush=True)
        wrong, counts, checks, now = [], Counter(), Counter(), 1
        for number in range(rounds):
            new = 1 - now
            inside = chance.random() < asked.inside
            wait = -chance.uniform(0, window) if inside else chance.uniform(0, longest)
            where = kill(command(asked, sources[new], exports), exports, wait)
            found = published(exports)
            manifest = found.get("manifest.json")
            which = next((index for index in (0, 1) if wholes[index]["manifest.json"] == manifest), None)
            wrong += [f"round {number}, {where}: {it}" for it in faults(found, wholes, which)]
            kind = "no manifest" if manifest is None else "false manifest" if which is None else "new" if which == new else "old"
            counts[where, kind] += 1
            if which is not None and (where == WHERE[1] or number % asked.verify == 0):
                checks[where, kind] += 1
                if verified(asked.program, sources[which], exports) != clean[which]:
                    wrong.append(f"round {number}, {where}: verify finds another difference")
            now = now if which is None else which
            if number % 20 == 19:
                print(f"{number + 1} killed, {len(wrong)} faults", flush=True)
        for source, whole in zip(sources, wholes):
            subprocess.run(command(asked, source, exports), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            left = [it.name for it in exports.iterdir() if it.name.startswith(OURS) and it.name != ".plantin-lock"]
            if published(exports) != whole or left or beside(exports):
                wrong.append(f"a build that nobody stopped did not put everything right: {left}")
        print(f"{'':20}{'old manifest':>14}{'new manifest':>14}{'none or false':>15}{'verified':>10}")
        for where in WHERE:
            none = counts[where, "no manifest"] + counts[where, "false manifest"]
            checked = checks[where, "old"] + checks[where, "new"]
            print(f"{where:20}{counts[where, 'old']:>14}{counts[where, 'new']:>14}{none:>15}{checked:>10}")
        print("\n".join(wrong[:40]) if wrong else "no torn file, no false manifest, no mixture, nothing left behind")
        sys.exit(bool(wrong))


main()
