#!/usr/bin/env python3
"""Builds that are killed at random moments, and what they leave behind.

    kill.py PROGRAM [--rounds N] [--content DIR] [--format F] [--seed N]

The content is a folder of pages; by default that of ../shared/corpus/codegouvfr beside the repository. Two publications are made of
it that differ in a third of their pages; both are built whole once, and then by turns into one folder, each build killed with SIGKILL
at a random moment of its life. After each: every file is, byte for byte, that of the one publication or of the other; the manifest,
where it is there, is one of the two, and every file that it lists is there with its checksum. At the end a build that nobody
stops puts everything right. Where the program knows `verify`, it must find no difference in a folder that has its manifest.
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
from pathlib import Path

SETTINGS = """[publication]
name = "corpus"
address = "https://corpus.example"
source = "fr"
languages = ["fr", "en"]
"""
OURS = ".plantin-"


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


def faults(found, wholes):
    """What is wrong with what a build left."""
    wrong = []
    for name, content in found.items():
        if not any(whole.get(name) == content for whole in wholes):
            wrong.append(f"{name}: neither the one nor the other")
    if "manifest.json" in found:
        for entry in json.loads(found["manifest.json"])["files"]:
            content = found.get(entry["path"])
            if content is None or hashlib.sha256(content).hexdigest() != entry["sha256"]:
                wrong.append(f"{entry['path']}: not as the manifest says")
    return wrong


def verified(program, source, exports):
    """Whether `verify` finds nothing; None where the program has no such command."""
    if subprocess.run([program, "verify", "--help"], capture_output=True).returncode != 0:
        return None
    run = subprocess.run([program, "verify", "--workspace", source, "--out", exports, "--quiet"], capture_output=True)
    return run.returncode == 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).parent.parent / "../shared/corpus/codegouvfr/content"
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--content", type=Path, default=default)
    parser.add_argument("--format", help="formats, such as html,epub; by default, all")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    asked = arguments()
    rounds, content, chance = asked.rounds, asked.content.resolve(), random.Random(asked.seed)
    if not content.is_dir():
        print(f"skipped: there is no {content}")
        return
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        sources = [workspace(place / name, content, name == "b", asked.format) for name in ("a", "b")]
        wholes, longest = [], 0.0
        for source in sources:
            begun = time.monotonic()
            subprocess.run(command(asked, source, place / f"whole-{source.name}"), stderr=subprocess.DEVNULL)
            longest = max(longest, time.monotonic() - begun)
            wholes.append(published(place / f"whole-{source.name}"))
        differ = sum(wholes[0].get(name) != content for name, content in wholes[1].items())
        print(f"{len(wholes[0])} files, {differ} differ, a build takes {longest:.1f} s")
        exports = place / "exports"
        shutil.copytree(place / "whole-a", exports)
        wrong, counts = [], {"old manifest": 0, "new manifest": 0, "no manifest": 0, "ended by itself": 0, "verified": 0}
        for number in range(rounds):
            new = (number + 1) % 2
            process = subprocess.Popen(command(asked, sources[new], exports), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, longest))
            counts["ended by itself"] += process.poll() is not None
            process.send_signal(signal.SIGKILL)
            process.wait()
            found = published(exports)
            wrong += [f"round {number}: {it}" for it in faults(found, wholes)]
            manifest = found.get("manifest.json")
            kind = "no manifest"
            if manifest is not None:
                which = next((index for index in (0, 1) if wholes[index]["manifest.json"] == manifest), None)
                if which is None:
                    wrong.append(f"round {number}: a manifest of neither")
                else:
                    kind = "new manifest" if which == new else "old manifest"
                    outcome = verified(asked.program, sources[which], exports)
                    counts["verified"] += outcome is True
                    if outcome is False:
                        wrong.append(f"round {number}: verify finds a difference")
            counts[kind] += 1
        subprocess.run(command(asked, sources[0], exports), stderr=subprocess.DEVNULL)
        left = [it.name for it in exports.iterdir() if it.name.startswith(".plantin-tmp") or it.name == ".plantin-manifest.json"]
        if published(exports) != wholes[0] or left:
            wrong.append(f"the last build did not put everything right: {left}")
        print(f"{rounds} builds killed: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
        print("\n".join(wrong[:40]) if wrong else "no torn file, no false manifest; the last build put everything right")
        sys.exit(bool(wrong))


main()
