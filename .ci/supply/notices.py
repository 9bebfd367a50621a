#!/usr/bin/env python3
"""Writes THIRD-PARTY-NOTICES.md: whose work the program holds, and on what terms.

    notices.py OUT

Every package that is compiled into the program on one of the systems below, all features on; not what only tests and build scripts
use. Of each, its own licence files: the MIT one where it may be chosen, else all of them, and NOTICE, for which the Apache licence
asks (4d) and in which Typst names the licences of its fonts. One text that several packages share is written once. A package
without a file gets the text of the repository's own licence files under the names of its authors. At the end, syntaxes.md.
"""
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

SYSTEMS = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-apple-darwin", "aarch64-apple-darwin", "x86_64-pc-windows-msvc"]
FILES = re.compile(r"(?i)^(licen[cs]e|copying|copyright|unlicense)")
HERE = Path(__file__).resolve().parent


def metadata(system):
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features", "--filter-platform", system]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=HERE.parent.parent).stdout)


def shipped():
    """The packages in the program, on any of the systems."""
    found = {}
    for system in SYSTEMS:
        told = metadata(system)
        nodes = {it["id"]: it for it in told["resolve"]["nodes"]}
        waiting, seen = [told["resolve"]["root"]], set()
        while waiting:
            identifier = waiting.pop()
            if identifier not in seen:
                seen.add(identifier)
                waiting += [it["pkg"] for it in nodes[identifier]["deps"] if any(kind["kind"] is None for kind in it["dep_kinds"])]
        found |= {it["id"]: it for it in told["packages"] if it["id"] in seen and it["id"] != told["resolve"]["root"]}
    return sorted(found.values(), key=lambda it: (it["name"], it["version"]))


def own_texts(package):
    """The licences and notices that lie in a package."""
    folder = Path(package["manifest_path"]).parent
    files = sorted(it for it in folder.iterdir() if it.is_file() and FILES.match(it.name))
    if package.get("license_file"):
        files = sorted({*files, folder / package["license_file"]})
    mit = [it for it in files if re.search(r"(?i)mit", it.name)]
    if mit and re.search(r"\bMIT\b", package["license"] or "") and " AND " not in package["license"]:
        files = mit
    found = [it.read_text(errors="replace") for it in files]
    return found + [it.read_text(errors="replace") for it in sorted(folder.glob("NOTICE*"))]


def texts(package, packages):
    """The texts under which a package is: its own, those of a package beside it in its repository, or standard ones."""
    # The text of the Mozilla licence names nobody: any package's will do.
    same = [it for it in packages if it["license"] == package["license"]]
    beside = [it for it in same if it["license"] == "MPL-2.0" or it["repository"] and it["repository"] == package["repository"]]
    return own_texts(package) or next(filter(None, map(own_texts, beside)), None) or [standard(package)]


def standard(package):
    """The text of a licence whose file a package lacks."""
    licence = package["license"] or ""
    authors = ", ".join(re.sub(r"\s*<[^>]*>", "", it) for it in package["authors"]) or f"the authors of {package['name']}"
    if "MIT" in licence:
        text = (HERE.parent.parent / "LICENSE-MIT").read_text()
        return re.sub(r"(?m)^Copyright.*$", f"Copyright (c) {authors}", text)
    if "Apache-2.0" in licence:
        return f"Copyright {authors}\n\n" + (HERE.parent.parent / "LICENSE-APACHE").read_text()
    if "CC0-1.0" in licence or "0BSD" in licence:
        return f"{licence}: it asks for no notice."
    raise SystemExit(f"{package['name']} {package['version']} ({licence}) has no licence file: say here what its terms are")


def tidied(text):
    return "\n".join(it.rstrip() for it in text.replace("\r\n", "\n").replace("\t", "    ").strip("\n").split("\n"))


def main():
    packages = shipped()
    lines = ["# Third-party notices", "", "The program `plantin` holds the work of others, on the terms below. Made by `make notices`: not to be edited.", "",
             "## Packages", ""]
    lines += [f"- {it['name']} {it['version']}: {it['license'] or 'see below'}" for it in packages]
    owners = defaultdict(list)
    for package in packages:
        for text in texts(package, packages):
            owners[tidied(text)].append(f"{package['name']} {package['version']}")
    for text, names in owners.items():
        fence = "`" * max(3, 1 + max((len(it) for it in re.findall("`+", text)), default=0))
        lines += ["", f"## {', '.join(dict.fromkeys(names))}", "", f"{fence}text", text, fence]
    lines += ["", tidied((HERE / "syntaxes.md").read_text())]
    Path(sys.argv[1]).write_text("\n".join(lines) + "\n")
    print(f"{len(packages)} packages and {len(owners)} texts in {sys.argv[1]}")


if __name__ == "__main__":
    main()
