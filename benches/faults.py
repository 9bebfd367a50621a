#!/usr/bin/env python3
"""Commands on a machine that fails, and what they leave behind.

    faults.py PROGRAM [--short] [--every N] [--only WORD] [--pdf] [--seed N]

A small workspace, and what each command makes of it before and after a change of its pages. Then the command is run again and
again, and each time something fails: the n-th call to the file system, for every n (no room, a fault of the disk, no permission),
once or from then on; the disk is full after so many bytes; files may not be longer, or only 64 be open; memory ends; a page is
shortened, removed or replaced in the moment in which it is opened; the program that signs is killed.

After each run: it ended by itself with 0, 1 or 2, and did not panic; whatever is told names a file and a cause; what was there
before is there, or what was to be made, whole: every file that the manifest lists has its checksum; pages and catalogues are as they
were, or as they were to become; and once nothing fails any more, the same command makes everything right and leaves no litter.

With --short a few of each are run, in seconds. What needs cc, root or Linux is skipped, and named.
"""
import argparse
import contextlib
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from pathlib import Path

SETTINGS = """[publication]
name = "essai"
address = "https://essai.example"
source = "fr"
languages = ["fr", "en"]
formats = {formats}
date = "2026-01-02"

[deposit]
sign = ["sh", "-c", {sign}, "sh", "{{file}}", "{{signature}}"]
check-signature = ["sh", "-c", 'cksum < "$1" | cmp -s - "$2"', "sh", "{{file}}", "{{signature}}"]
"""
SIGN = 'cksum < "$1" > "$2"'
OURS = ".plantin-"
LOCK = ".plantin-lock"
CAUSES = re.compile(
    r"No space left|no room|full|Input/output error|Permission denied|may not|File too large|Too many open files|Cannot allocate|memory|"
    r"the machine refuses|the disk|is denied|too many files|neither a file|before its end|in the place of|No such file|not (be )?(found|there)|killed|stopped|ended|failed|signature", re.I)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4"
    "890000000d49444154789c63e888faf01f00061202d2632c4ac80000000049454e44ae426082")


class Case:
    """A command, the workspace it runs on, and what it is to leave alone or to make."""

    def __init__(self, name, arguments, made, ready=None):
        self.name, self.arguments, self.made, self.ready = name, arguments, made, ready


def page(folder, name, text):
    path = folder / "content" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def workspace(folder, word, formats, sign=SIGN):
    """The pages before a change, or after it."""
    folder.mkdir(parents=True)
    (folder / "plantin.toml").write_text(SETTINGS.format(formats=json.dumps(formats), sign=json.dumps(sign)))
    page(folder, "index", "---\ntitle: Accueil\n---\n\nBonjour.\n")
    page(folder, "a/changee", f"---\ntitle: Page\n---\n\nUne page, {word}.\n\n![Un point](point.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    page(folder, "a/pareille", "---\ntitle: Pareille\n---\n\nUne page. Elle mène à [l’autre](/a/changee/).\n")
    if word == "avant":
        page(folder, "b/partie", "---\ntitle: Partie\n---\n\nUne page.\n")
    (folder / "content/a/point.png").write_bytes(PICTURE)
    return folder


def tree(folder):
    """Every file of a folder but the lock."""
    if not folder.is_dir():
        return {}
    return {str(it.relative_to(folder)): it.read_bytes() for it in folder.rglob("*") if it.is_file() and it.name != LOCK}


class Bench:
    def __init__(self, asked, place):
        self.asked, self.place = asked, place
        self.work = place / "work"
        self.tmp = place / "tmp"
        self.log = place / "log"
        self.rows, self.wrong, self.skipped = defaultdict(Counter), [], []
        self.shim = self.compiled()
        self.chance = random.Random(asked.seed)

    def compiled(self):
        compiler = shutil.which("cc") or shutil.which("gcc")
        if sys.platform != "linux" or not compiler:
            self.skipped.append("failing calls: there is no cc, or this is not Linux")
            return None
        shim = self.place / "faults.so"
        source = Path(__file__).with_name("faults.c")
        subprocess.run([compiler, "-O1", "-fno-delete-null-pointer-checks", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
        return shim

    def run(self, case, limits=(), environment=(), work=None):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            for what, value in limits:
                resource.setrlimit(what, (value, value))
        work = work or self.work
        arguments = [it.replace("@", str(work)) for it in case.arguments]
        arguments += self.allowed if "deposit" in arguments else []
        self.tmp.mkdir(exist_ok=True)
        variables = {**os.environ, "TMPDIR": str(self.tmp), "RAYON_NUM_THREADS": "1", "LC_ALL": "en", "PLANTIN_ALLOW_COMMANDS": "1", "XDG_CACHE_HOME": str(self.place / "cache")}
        variables |= dict(environment)
        if case.name == "review":
            return self.review([self.asked.program, *arguments, "--workspace", str(work / "ws")], variables, limit)
        try:
            return subprocess.run(
                [self.asked.program, *arguments, "--workspace", str(work / "ws")], capture_output=True, text=True, errors="replace",
                env=variables, preexec_fn=limit, timeout=120)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(arguments, "hangs", "", "")

    def review(self, command, variables, limit):
        """Serves, saves a translation as the page does, and ends; the answer is what is told."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, env=variables, preexec_fn=limit, start_new_session=True, **pipes) as child:
            line = ""
            try:
                line = child.stdout.readline()
                secret = json.loads(line)["address"]
                address = secret.split("?")[0]
                host = "/".join(address.split("/")[:3])
                browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
                browser.open(secret, timeout=60).read()

                def ask(path, body=None):
                    headers = {"Content-Type": "application/json", "Origin": host}
                    body = json.dumps(body).encode() if body else None
                    return browser.open(urllib.request.Request(address + path, body, headers), timeout=60).read().decode()
                page = ask("page?language=en&page=/a/changee/")
                found = json.loads(page.split('<script type="application/json" id="data">')[1].split("</script>")[0])
                unit = next(it for it in found["units"] if it["source"] == "Page")
                ask("api/save", {"language": "en", "page": "/a/changee/", "unit": unit["fingerprint"], "translation": "A page",
                                 "standing": "reviewed", "hash": found["hash"]})
                code, told = 0, ""
            except urllib.error.HTTPError as error:
                code, told = 2, f"{error.url} {error.code} " + error.read().decode(errors="replace")
            except (ValueError, OSError, KeyError, StopIteration) as error:
                # What could not begin says why, and ends by itself.
                rest = child.stdout.read() if line.strip() == "{" else ""
                code, told = None, f"{error!r} {line}{rest}"
            with contextlib.suppress(subprocess.TimeoutExpired):
                # One that could not begin ends by itself.
                child.wait(timeout=5 if code is None else 0)
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGTERM)
            out, said = child.communicate(timeout=60)
            if code is None:
                code = child.returncode
            return subprocess.CompletedProcess(command, code, out, f"{said}{told if code else ''}")

    def prepare(self, case, root=None):
        """The folder before the command; `states` are what it may be after it: before and after."""
        start = self.place / f"start-{case.name}"
        if not start.exists():
            self.made = workspace(start / "ws", "avant", self.asked.formats)
            if case.ready:
                case.ready(self, start)
            shutil.copytree(start, self.place / f"end-{case.name}")
            done = self.run(case, work=self.place / f"end-{case.name}")
            if done.returncode != 0:
                sys.exit(f"{case.name} fails without any fault: {done.stderr}")
        return start, self.place / f"end-{case.name}"

    def restore(self, start):
        for folder in (self.work, self.tmp):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(start, self.work)

    def judge(self, case, fault, done, changed=()):
        """What is wrong after a run with a fault; counts it."""
        start, end = self.prepare(case)
        row, wrong = self.rows[case.name, fault], []
        row["runs"] += 1
        before, after, now = (tree(it) for it in (start, end, self.work))
        for name in changed:
            for state in (before, after, now):
                state.pop(name, None)
        mine = {name: content for name, content in now.items() if not is_litter(name)}
        stays = {it: content for it, content in mine.items() if not case.made(it)}
        if stays != {it: content for it, content in before.items() if not case.made(it)}:
            wrong.append("what the command has nothing to do with is another than before")
        made = {it: content for it, content in mine.items() if case.made(it)}
        old = {it: content for it, content in before.items() if case.made(it)}
        new = {it: content for it, content in after.items() if case.made(it)}
        if made == old:
            row["old"] += 1
        elif made == new:
            row["new"] += 1
        elif all(made.get(it) in (old.get(it), new.get(it)) for it in {*made, *old, *new}) and case.name not in ("build", "deposit bag"):
            row["each whole"] += 1
        elif (fault_of := untrue(made)) is None and done.returncode == 1:
            row["without a page"] += 1
        else:
            row["false"] += 1
            wrong.append(f"neither the old nor the new, code {done.returncode}: {fault_of or 'the manifest is true'}; {differs(made, old, new)}")
        said = done.stderr
        aborted = "memory allocation" in said and done.returncode == -signal.SIGABRT
        if aborted:
            row["ended for want of memory"] += 1
        elif done.returncode not in (0, 1, 2) or "panicked" in said:
            wrong.append(f"ended with {done.returncode}: {said[-900:]}")
        if done.returncode == 0 and made not in (new, old) and not changed:
            wrong.append("said to be well, and is not")
        if done.returncode == 0 and made == old != new:
            wrong.append("said to be well, and nothing was made")
        if done.returncode in (1, 2):
            row["told"] += 1
            if CAUSES.search(said) and ("/" in said or ".md" in said or ".toml" in said):
                row["message ok"] += 1
            else:
                wrong.append(f"the message names no file or no cause: {said[-900:]}")
        return wrong

    def again(self, case, start, changed=()):
        """The next run, when nothing fails any more."""
        for name in changed:
            shutil.copy2(start / name, self.work / name)
        _, end = self.prepare(case)
        repeat = case.arguments[0] == "deposit" and tree(self.work).keys() >= tree(end).keys()
        done = None if repeat else self.run(case)
        wrong = []
        if done and done.returncode != 0:
            wrong.append(f"the next run ends with {done.returncode}: {done.stderr[-300:]}")
        now, after = tree(self.work), tree(end)
        if now != after:
            wrong.append(f"the next run does not put everything right: {differs(now, after, after)}")
        litter = [it.name for it in self.work.rglob("*") if is_litter(it.name)] + [f"tmp/{it.name}" for it in self.tmp.iterdir()]
        litter += [it.name for it in (self.work).iterdir() if it.name.startswith(".")]
        if litter:
            wrong.append(f"the next run leaves litter: {litter}")
        return wrong

    def once(self, case, fault, label, changed=(), **how):
        start, _ = self.prepare(case)
        self.restore(start)
        done = self.run(case, **how)
        hit = self.log.read_text().splitlines()[0] if self.log.exists() and self.log.read_text() else ""
        wrong = self.judge(case, fault, done, changed)
        wrong += self.again(case, start, changed)
        for it in wrong:
            self.wrong.append(f"{case.name}, {fault}, {label} ({hit.replace(str(self.work), '')}): {it}")
        return done

    # The faults.

    def calls(self, case):
        """The n-th call fails, for every n."""
        if not self.shim:
            return
        step = self.asked.every
        for what in ("ENOSPC", "EIO", "EACCES"):
            for lasting in (False, True):
                fault = f"{what}, {'from then on' if lasting else 'once'}"
                total = self.count(case, what)
                for number in range(1 + self.chance.randrange(step), total + 1, step):
                    self.once(case, fault, f"call {number} of {total}", environment=self.injection(what, number, lasting))

    def injection(self, what, number, lasting=False):
        self.log.unlink(missing_ok=True)
        return {"LD_PRELOAD": str(self.shim), "FAULT_UNDER": str(self.work), "FAULT_AT": str(number), "FAULT_ERRNO": what,
                "FAULT_ON": "1" if lasting else "0", "FAULT_LOG": str(self.log)}.items()

    def count(self, case, what):
        """How many calls of the kind there are."""
        start, _ = self.prepare(case)
        self.restore(start)
        self.run(case, environment=self.injection(what, 0))
        total = len(self.log.read_text().splitlines()) if self.log.exists() else 0
        self.log.unlink(missing_ok=True)
        return total

    def raw_calls(self, case):
        """The calls that no library is asked for."""
        if not shutil.which("strace"):
            self.skipped.append("renameat2 that fails: there is no strace")
            return
        for what in ("ENOSPC", "EIO", "EACCES", "EINVAL"):
            for number in range(1, 4):
                start, _ = self.prepare(case)
                self.restore(start)
                traced = Case(case.name, case.arguments, case.made)
                program, self.asked.program = self.asked.program, "strace"
                traced.arguments = ["-f", "-qq", "-o", str(self.log), "-e", "trace=renameat2", "-e",
                                    f"inject=renameat2:error={what}:when={number}", program, *case.arguments]
                done = self.run(traced)
                self.asked.program = program
                hit = self.log.read_text() if self.log.exists() else ""
                self.log.unlink(missing_ok=True)
                if "INJECTED" not in hit:
                    break
                wrong = self.judge(case, f"renameat2: {what}", done) + self.again(case, start)
                self.wrong += [f"{case.name}, renameat2 {number}: {what}: {it}" for it in wrong]

    def changes(self, case):
        """A source is changed in the moment in which it is opened."""
        if not self.shim:
            return
        for what in ("truncated", "removed", "longer", "replaced"):
            total = self.count(case, what)
            for number in range(1, total + 1, max(1, self.asked.every // 4)):
                start, _ = self.prepare(case)
                self.restore(start)
                done = self.run(case, environment=self.injection(what, number))
                lines = self.log.read_text().splitlines() if self.log.exists() else []
                hit = next((it.split(" ", 2)[2] for it in lines), "")
                name = os.path.relpath(hit, self.work) if hit else ""
                if not name.startswith("ws/content"):
                    continue
                self.judge_change(case, what, name, done, start)

    def judge_change(self, case, what, name, done, start):
        """The publication is of what was read, whole; which, nobody can say."""
        row, wrong = self.rows[case.name, f"a page is {what}"], []
        row["runs"] += 1
        made = {it: content for it, content in tree(self.work).items() if case.made(it) and not is_litter(it)}
        old = {it: content for it, content in tree(start).items() if case.made(it)}
        fault_of = untrue(made) if case.name == "build" else None
        state = "old" if made == old else "new" if fault_of is None else "false"
        row[state] += 1
        if state == "false":
            wrong.append(f"{fault_of}")
        if done.returncode not in (0, 1, 2) or "panicked" in done.stderr:
            wrong.append(f"ended with {done.returncode}: {done.stderr[-300:]}")
        if done.returncode in (1, 2):
            row["told"] += 1
            row["message ok"] += bool(CAUSES.search(done.stderr) or ".md" in done.stderr)
        wrong += self.again(case, start, [name])
        self.wrong += [f"{case.name}, {name} is {what}: {it}" for it in wrong]

    def full_disk(self, case):
        """The folder lies on a disk with so much room."""
        if os.geteuid() != 0 or sys.platform != "linux":
            self.skipped.append("a disk that is full: only root can mount one")
            return
        start, end = self.prepare(case)
        size = lambda folder: sum(4096 * (1 + (it.stat().st_size - 1) // 4096) for it in folder.rglob("*") if it.is_file())
        least, most = size(start) + 64 * 1024, size(start) + 2 * size(end) + 256 * 1024
        steps = 4 if self.asked.short else 24
        for number in range(steps):
            room = least + (most - least) * number // steps
            shutil.rmtree(self.work, ignore_errors=True)
            self.work.mkdir()
            mount = ["mount", "-t", "tmpfs", "-o", f"size={room // 4096 * 4096}", "tmpfs", self.work]
            if subprocess.run(mount, capture_output=True).returncode != 0:
                self.skipped.append("a disk that is full: it could not be mounted")
                return
            try:
                shutil.copytree(start, self.work, dirs_exist_ok=True)
                done = self.run(case)
                wrong = self.judge(case, "the disk is full", done)
                subprocess.run(["mount", "-o", "remount,size=1G", self.work], check=True)
                wrong += self.again(case, start)
            finally:
                subprocess.run(["umount", "-l", self.work], check=True)
            self.wrong += [f"{case.name}, a disk of {room // 1024} KiB: {it}" for it in wrong]

    def limits(self, case):
        """Only so long files, so many open files, so much memory."""
        sizes = [1, 512, 1024, 2048, 4096, 8192, 16384]
        for size in self.some(sizes):
            self.once(case, "files may not be longer", f"{size} bytes", limits=[(resource.RLIMIT_FSIZE, size)])
        for count in self.some([64, 32, 24, 20, 16, 14, 12, 11, 10, 9, 8]):
            self.once(case, "few files may be open", f"{count}", limits=[(resource.RLIMIT_NOFILE, count)],
                      environment={"RAYON_NUM_THREADS": "4"}.items())

    def memory(self, case):
        for mebibytes in self.some([160, 176, 192, 208, 224, 240, 256, 320, 384, 448, 512, 640, 768, 1024]):
            self.once(case, "memory ends", f"{mebibytes} MiB", limits=[(resource.RLIMIT_AS, mebibytes << 20)])

    def some(self, values):
        return values[:: max(1, len(values) // 3)] if self.asked.short else values

    def killed_child(self, case):
        """The program that signs is killed, fails, writes nothing, or is not there."""
        start, _ = self.prepare(case)
        for label, sign in {"killed": "kill -9 $$", "failed": "echo no >&2; exit 3", "idle": "true", "absent": None}.items():
            self.restore(start)
            settings = self.work / "ws/plantin.toml"
            text = settings.read_text()
            text = text.replace(json.dumps(SIGN), json.dumps(sign)) if sign else text.replace('sign = ["sh"', 'sign = ["/absent"', 1)
            settings.write_text(text)
            done = self.run(case)
            name = "ws/plantin.toml"
            wrong = self.judge(case, "the signing program is stopped", done, [name])
            if done.returncode == 0:
                wrong.append(f"said to be signed: {done.stdout[-200:]}")
            wrong += self.again(case, start, [name])
            self.wrong += [f"{case.name}, the signing program, {label}: {it}" for it in wrong]

    def table(self):
        columns = ["runs", "old", "new", "each whole", "without a page", "false", "told", "message ok", "ended for want of memory"]
        print("| command | fault | " + " | ".join(columns) + " |\n|---|---|" + "---:|" * len(columns))
        total = Counter()
        for (name, fault), row in sorted(self.rows.items()):
            print(f"| {name} | {fault} | " + " | ".join(str(row[it]) for it in columns) + " |")
            total += row
        print("| all | | " + " | ".join(str(total[it]) for it in columns) + " |")


def is_litter(name):
    return any(part.startswith(OURS) and part != LOCK or part.startswith(".exports.plantin") for part in Path(name).parts)


def untrue(files):
    """What is wrong with a publication by its own manifest; None when it is true."""
    manifest = next((it for it in files if Path(it).name == "manifest.json" and "exports" in it), None)
    if manifest is None:
        return "there is no manifest"
    folder = Path(manifest).parent
    try:
        listed = {str(folder / it["path"]): it["sha256"] for it in json.loads(files[manifest])["files"]}
    except ValueError:
        return "the manifest is torn"
    for path, sum in listed.items():
        if path not in files:
            return f"{path} is not there"
        if hashlib.sha256(files[path]).hexdigest() != sum:
            return f"{path} is not as the manifest says"
    extra = {it for it in files if Path(it).is_relative_to(folder)} - listed.keys() - {manifest}
    return f"not in the manifest: {sorted(extra)[:3]}" if extra else None


def differs(made, old, new):
    unlike = [it for it in {*made, *old, *new} if made.get(it) != old.get(it) or made.get(it) != new.get(it)]
    return ", ".join(sorted(unlike)[:4]) + (" …" if len(unlike) > 4 else "")


# The workspaces of the commands.

def in_exports(name):
    return name.startswith("exports/")


def in_locales(name):
    return name.startswith("ws/locales/")


def in_deposits(name):
    return name.startswith("deposits/")


def built(bench, start, change=True):
    """What was published before, and the pages that are to be published now."""
    done = bench.run(Case("", ["build", "--quiet", "--out", "@/exports"], None), work=start)
    if done.returncode != 0:
        sys.exit(done.stderr)
    if change:
        changed(bench, start)


def changed(bench, start):
    shutil.rmtree(start / "ws/content")
    workspace(bench.place / "after", "après", bench.asked.formats)
    shutil.copytree(bench.place / "after/content", start / "ws/content")
    shutil.rmtree(bench.place / "after")


def extracted(bench, start):
    bench.run(Case("", ["extract", "--quiet"], None), work=start)
    for path in (start / "ws/locales").rglob("*.po"):
        path.write_text(path.read_text().replace('msgid "Page"\nmsgstr ""', 'msgid "Page"\nmsgstr "Page"'))


def extracted_and_changed(bench, start):
    extracted(bench, start)
    changed(bench, start)


def exchanged(bench, start):
    extracted(bench, start)
    bench.run(Case("", ["xliff", "export", "--quiet", "--out", "@/xliff"], None), work=start)
    for path in (start / "xliff").rglob("*.xl*"):
        word = '\\1\\n<target state="translated">A word</target>'
        text = re.sub(r"(<source>[^<]*</source>)(?!\s*<target)", word, path.read_text())
        path.rename(start / "xliff/back.xlf").write_text(text)


def cases():
    return {
        "build": Case("build", ["build", "--quiet", "--out", "@/exports"], in_exports, built),
        "extract": Case("extract", ["extract", "--quiet"], in_locales, extracted_and_changed),
        "deposit bag": Case("deposit bag", ["deposit", "bag", "--quiet", "--exports", "@/exports", "--out", "@/deposits"],
                            in_deposits, lambda bench, start: built(bench, start, change=False)),
        "xliff import": Case("xliff import", ["xliff", "import", "--quiet", "@/xliff/back.xlf"], in_locales, exchanged),
        "review": Case("review", ["review", "--json"], in_locales, extracted),
    }


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("--short", action="store_true", help="a few of each fault")
    parser.add_argument("--every", type=int, help="only each n-th call; by default every one")
    parser.add_argument("--only", default="", help="only commands or faults with this word")
    parser.add_argument("--pdf", action="store_true", help="PDF as well, each 20th call, and memory that ends")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.formats = ["html", "epub", *(["pdf"] if asked.pdf else [])]
    asked.every = asked.every or (120 if asked.short else 20 if asked.pdf else 1)
    return asked


def main():
    asked = arguments()
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(asked, Path(place).resolve())
        # Where commands of the workspace only run once that is allowed.
        told = subprocess.run([asked.program, "deposit", "bag", "--help"], capture_output=True, text=True).stdout
        bench.allowed = ["--allow-commands"] if "--allow-commands" in told else []
        faults = [Bench.calls, Bench.raw_calls, Bench.full_disk, Bench.limits, Bench.memory]
        # A server that lacks files or memory waits for better times, and has nothing to save meanwhile.
        served = [Bench.calls, Bench.raw_calls, Bench.full_disk]
        if subprocess.run([asked.program, "review", "--help"], capture_output=True).returncode != 0:
            served = []
            bench.skipped.append("review: this program is built without it")
        plan = [(case, fault) for case in cases().values() for fault in faults if case.name != "review" or fault in served]
        plan += [(cases()["build"], Bench.changes), (cases()["extract"], Bench.changes), (cases()["deposit bag"], Bench.killed_child)]
        for case, fault in plan:
            if asked.only in f"{case.name} {fault.__name__}":
                fault(bench, case)
        bench.table()
        for it in dict.fromkeys(bench.skipped):
            print(f"skipped: {it}")
        print("\n".join(bench.wrong) if bench.wrong else "each time the old or the new, whole, and told; the next run put everything right")
        sys.exit(bool(bench.wrong))


if __name__ == "__main__":
    main()
