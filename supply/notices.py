#!/usr/bin/env python3
"""The files NOTICE of the packages that the program holds, as cargo-about leaves them out; after them supply/syntaxes.md.

    cargo metadata --format-version 1 --locked --all-features | notices.py NOTICES

Only packages that NOTICES, which cargo-about made, names count. The Apache licence asks for these files (4d); that of Typst's
fonts is in one of them.
"""
import json
import sys
from pathlib import Path


def main():
    path = Path(sys.argv[1])
    text = path.read_text()
    named = {tuple(it[2:].split(": ")[0].split(" ")) for it in text.split("\n```text")[0].splitlines() if it.startswith("- ")}
    for package in sorted(json.load(sys.stdin)["packages"], key=lambda it: (it["name"], it["version"])):
        if (package["name"], package["version"]) in named:
            for notice in sorted(Path(package["manifest_path"]).parent.glob("NOTICE*")):
                text += f"\n## {notice.name} of {package['name']} {package['version']}\n\n```text\n{notice.read_text().rstrip()}\n```\n"
    text += "\n" + Path(__file__).with_name("syntaxes.md").read_text()
    path.write_text("\n".join(it.rstrip() for it in text.splitlines()) + "\n")


if __name__ == "__main__":
    main()
