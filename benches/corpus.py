#!/usr/bin/env python3
"""What a large publication costs: user CPU seconds and peak memory of whole builds.

    corpus.py PROGRAM [CONTENT]

CONTENT is a folder of pages; by default that of ../shared/corpus/codegouvfr beside the repository. Each line is the
median of three builds into an empty folder, in French and in English: one format alone, then all together.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
SETTINGS = """[publication]
name = "corpus"
address = "https://corpus.example"
source = "fr"
languages = ["fr", "en"]
"""


def measure(command):
    """Exit status, user CPU seconds, system CPU seconds, wall seconds and peak MiB of a process."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime, usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024


def build(program, workspace, formats):
    with tempfile.TemporaryDirectory() as exports:
        arguments = [word for name in formats for word in ("--format", name)]
        figures = measure([program, "build", "--workspace", workspace, "--out", exports, "--quiet", *arguments])
        found = [path for path in Path(exports).rglob("*") if path.is_file()]
        return figures, len(found), sum(path.stat().st_size for path in found)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    default = Path(__file__).parent.parent / "../shared/corpus/codegouvfr/content"
    content = Path(sys.argv[2] if len(sys.argv) > 2 else default).resolve()
    if not content.is_dir():
        print(f"skipped: there is no {content}")
        return
    pages = sum(1 for path in content.rglob("*.md"))
    print(f"{pages} pages in 2 languages, {os.cpu_count()} cores, median of {ROUNDS}")
    print(f"{'formats':<16}{'user s':>8}{'sys s':>8}{'wall s':>8}{'peak MiB':>10}{'files':>8}{'MB':>8}{'exit':>6}")
    with tempfile.TemporaryDirectory() as workspace:
        Path(workspace, "plantin.toml").write_text(SETTINGS)
        shutil.copytree(content, Path(workspace, "content"))
        for formats in (["html"], ["epub"], ["pdf"], ["html", "pdf", "epub"]):
            runs = [build(program, workspace, formats) for _ in range(ROUNDS)]
            user, system, wall, peak = (statistics.median(run[0][i] for run in runs) for i in range(1, 5))
            (status, *_), files, size = runs[-1]
            print(f"{' '.join(formats):<16}{user:>8.2f}{system:>8.2f}{wall:>8.2f}{peak:>10.0f}"
                  f"{files:>8}{size / 1e6:>8.1f}{status:>6}")


main()
