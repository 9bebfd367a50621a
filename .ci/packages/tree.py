#!/usr/bin/env python3
"""Lays out and packs the ready program, from the wheel that holds it, with the licences that go along.

    tree.py lay WHEEL FOLDER    makes FOLDER/plantin-VERSION-SYSTEM and prints its path; what the program writes of itself is in it
    tree.py pack TREE           writes TREE.tar.gz, or TREE.zip for Windows, and prints its path
    tree.py sums FOLDER         writes FOLDER/SHA256SUMS, of all files in it

The program is compiled once, for the wheel: the archive, the package of Debian and the container hold the same bytes. Times are those
of SOURCE_DATE_EPOCH, names are in order: the same program gives the same archive.
"""
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-NOTICES.md", "plantin.cdx.json"]
WRITTEN = {
    "share/man/man1/plantin.1": ["man"],
    "share/bash-completion/completions/plantin": ["completions", "bash"],
    "share/zsh/site-functions/_plantin": ["completions", "zsh"],
    "share/fish/vendor_completions.d/plantin.fish": ["completions", "fish"],
}


def system(tag):
    """What people call the system of a wheel: `manylinux_2_28_x86_64` is `linux-x86_64`."""
    machine = next(it for it in ("x86_64", "aarch64", "arm64", "amd64") if tag.endswith(it))
    name = next(name for start, name in (("manylinux", "linux"), ("macosx", "macos"), ("win", "windows")) if tag.startswith(start))
    return f"{name}-{ {'amd64': 'x86_64', 'arm64': 'aarch64'}.get(machine, machine) }"


def lay(wheel, folder):
    name, version, *_, tag = wheel.stem.split("-")
    # A wheel for several systems of one kind names each, with a point between.
    tree = folder / f"{name}-{version}-{system(tag.split('.')[0])}"
    shutil.rmtree(tree, ignore_errors=True)
    (tree / "bin").mkdir(parents=True)
    with zipfile.ZipFile(wheel) as held:
        inside = next(it for it in held.namelist() if it.startswith(f"{name}-{version}.data/scripts/"))
        program = tree / "bin" / Path(inside).name
        program.write_bytes(held.read(inside))
    program.chmod(0o755)
    for path, arguments in WRITTEN.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "PLANTIN_LOCALE": "en"}
        said = subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE, env=environment)
        (tree / path).write_bytes(said.stdout)
    documents = tree / "share/doc/plantin"
    documents.mkdir(parents=True)
    for document in DOCUMENTS:
        shutil.copyfile(ROOT / document, documents / document)
    shutil.copytree(ROOT / "docs/ci", documents / "ci")
    if "-linux-" in tree.name:
        shutil.copyfile(ROOT / ".ci/packages/Containerfile", documents / "Containerfile")
    return tree


def files(tree):
    return [it for it in sorted(tree.rglob("*")) if it.is_file()]


def is_program(file):
    return file.parent.name == "bin"


def pack_tar(tree, moment):
    packed = tree.with_name(tree.name + ".tar.gz")
    with packed.open("wb") as out, gzip.GzipFile(filename="", fileobj=out, mode="wb", mtime=moment) as squeezed:
        with tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for file in files(tree):
                entry = tarfile.TarInfo(file.relative_to(tree.parent).as_posix())
                entry.size, entry.mtime, entry.mode = file.stat().st_size, moment, 0o755 if is_program(file) else 0o644
                with file.open("rb") as content:
                    archive.addfile(entry, content)
    return packed


def pack_zip(tree, moment):
    packed = tree.with_name(tree.name + ".zip")
    # The oldest time that a zip can say is in 1980.
    when = max(time.gmtime(moment)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files(tree):
            entry = zipfile.ZipInfo(file.relative_to(tree.parent).as_posix(), when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if is_program(file) else 0o100644) << 16
            archive.writestr(entry, file.read_bytes())
    return packed


def pack(tree):
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    return pack_zip(tree, moment) if "-windows-" in tree.name else pack_tar(tree, moment)


def sums(folder):
    out = folder / "SHA256SUMS"
    listed = [it for it in sorted(folder.iterdir()) if it.is_file() and it != out]
    lines = [f"{hashlib.sha256(it.read_bytes()).hexdigest()}  {it.name}\n" for it in listed]
    # With the line ends that `sha256sum --check` reads, on any system.
    out.write_bytes("".join(lines).encode())
    return out


def main():
    match sys.argv[1:]:
        case ["lay", wheel, folder]:
            print(lay(Path(wheel), Path(folder)).as_posix())
        case ["pack", tree]:
            print(pack(Path(tree)).as_posix())
        case ["sums", folder]:
            print(sums(Path(folder)).as_posix())
        case _:
            sys.exit(__doc__)


main()
