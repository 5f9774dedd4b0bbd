#!/bin/sh
# Makes .venv when it is missing or outdated, with what the system needs for it.
# Usage: tools/setup.sh run|dev     (dev adds what the tests and checks need)
set -eu
level=${1:-run}
cd "$(dirname "$0")/.."
again="make ${GOALS:-run}"

say() { printf '%s\n' "$*" >&2; }
fail() {
    say ""
    for line in "$@"; do say "$line"; done
    exit 1
}
trap 'say ""; say "Interrupted. The same command goes on: $again"; exit 130' INT TERM HUP

# -- what the system needs --------------------------------------------------------------------------------------------
# Each line: what is looked for, and Debian's package that has it. The thing itself is looked for and not the package: a
# release may rename a package, and apt finds the new one by the old name.
window="
lib libEGL.so.1 libegl1
lib libgssapi_krb5.so.2 libgssapi-krb5-2
lib libGL.so.1 libgl1
lib libxkbcommon.so.0 libxkbcommon0
lib libxkbcommon-x11.so.0 libxkbcommon-x11-0
lib libxcb-cursor.so.0 libxcb-cursor0
lib libxcb-icccm.so.4 libxcb-icccm4
lib libxcb-image.so.0 libxcb-image0
lib libxcb-keysyms.so.1 libxcb-keysyms1
lib libxcb-randr.so.0 libxcb-randr0
lib libxcb-render-util.so.0 libxcb-render-util0
lib libxcb-shape.so.0 libxcb-shape0
lib libxcb-sync.so.1 libxcb-sync1
lib libxcb-xfixes.so.0 libxcb-xfixes0
lib libxcb-xkb.so.1 libxcb-xkb1
lib libdbus-1.so.3 libdbus-1-3
lib libfontconfig.so.1 libfontconfig1
lib libglib-2.0.so.0 libglib2.0-0
file /usr/share/fonts/*/*/*.[to]tf fonts-dejavu-core"
# SCRAM, a login that does not send the password, comes from Cyrus SASL.
login="
file /usr/lib*/*/sasl2/libscram.so libsasl2-modules"
# python-qpid-proton comes as source only. (It needs no OpenSSL: TLS is Python's own.)
building="
program gcc gcc
program pkg-config pkg-config
file /usr/include/python3*/Python.h python3-dev
file /usr/include/sasl/sasl.h libsasl2-dev
python ensurepip python3-venv
file /etc/ssl/certs/ca-certificates.crt ca-certificates"

any_file() { for path in $1; do [ -e "$path" ] && return 0; done; return 1; }
there() {
    case $1 in
    lib) printf '%s\n' "$libraries" | grep -qF "$2 (" ;;
    file) any_file "$2" ;;
    program) command -v "$2" >/dev/null 2>&1 ;;
    python) [ -n "$(find_python)" ] ;;
    esac
}
find_python() {
    for candidate in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}
# Sets $packages, and $things for systems that have no apt.
look_for() {
    packages="" things=""
    libraries=$(/sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null || true)
    while read -r kind thing package; do
        [ -z "$kind" ] && continue
        there "$kind" "$thing" || { packages="$packages $package"; things="$things $thing"; }
    done <<END
$1
END
}
install_packages() {
    line="apt-get update && apt-get install -y --no-install-recommends$packages"
    if ! command -v apt-get >/dev/null 2>&1; then
        fail "This is missing; install it, then: $again" " $things"
    fi
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"
    elif command -v sudo >/dev/null 2>&1; then
        fail "Some of Debian's packages are missing. Run this, then again: $again" "" \
            "  sudo sh -c '$line'"
    else
        fail "Some of Debian's packages are missing. Run this as root (su -), then as yourself again: $again" "" \
            "  $line"
    fi
    say "Installing Debian's packages (up to 150 MB):$packages"
    # shellcheck disable=SC2086 -- one word a package
    if ! { $as_root apt-get update -q >&2 &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages >&2; }; then
        fail "Debian's packages could not be installed; apt says above why. Without a network, connect this computer and" \
            "try again; else check /etc/apt/sources.list and the room on the disk. Then: $again" \
            "Wanted:$packages"
    fi
}
need() {
    look_for "$1"
    [ -z "$packages" ] && return
    install_packages
    look_for "$1"
    [ -z "$packages" ] || fail "Although their packages are installed, these are not found:$things" \
        "Packages:$packages. Reinstall them (apt-get install --reinstall), then: $again"
}

wanted=$(cat pyproject.toml requirements/*.txt tools/setup.sh | cksum)
have() { .venv/bin/python -c '' 2>/dev/null && [ "$(cat ".venv/.$1" 2>/dev/null || true)" = "$wanted" ]; }
if have dev || have "$level"; then
    need "$window$login"
    exit 0
fi
need "$building$window$login"
python=$(find_python)
[ -n "$python" ] || fail "Python 3.11 or newer with its modules venv and ensurepip is needed; install it, then: $again"

# -- .venv ------------------------------------------------------------------------------------------------------------
room=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024) }')
[ "${room:-9999}" -ge 1000 ] || fail "The installation needs 1000 MB, and there are $room MB here: $(pwd)" \
    "Make room, then: $again"
[ -w . ] || fail "Nothing can be written in $(pwd); give it to the user who runs make, or copy it. Then: $again"

# An installation that was interrupted can have left half a package, which pip takes for a whole one.
if [ -e .venv/.unfinished ] || ! .venv/bin/python -c '' 2>/dev/null; then rm -rf .venv; fi
say "Installing Python's packages into .venv: 120 MB, one or two minutes; this happens once."
if [ ! -e .venv ]; then
    "$python" -m venv .venv || { rm -rf .venv; fail "Python could not make .venv; it says above why. Then: $again"; }
fi
: >.venv/.unfinished

log=.venv/installation.log
explain() {
    if grep -q 'No space left on device' "$log"; then
        fail "There is no room left on the disk. Make room (1000 MB), then: $again"
    elif grep -q 'DO NOT MATCH THE HASHES' "$log"; then
        fail "The package index sent files that are not those in requirements/: a broken or changed mirror, or a broken" \
            "download. Try again, or choose another index (pip config). Then: $again"
    elif grep -qE 'NewConnectionError|NameResolutionError|ConnectTimeout|Name or service not known|Network is unreachable' \
        "$log"; then
        fail "The package index cannot be reached. The first installation needs the network once; behind a proxy, set" \
            "https_proxy. Then: $again"
    elif grep -qE 'No matching distribution|HTTP error|ReadTimeout|JSONDecodeError|SSLError|ProxyError' "$log"; then
        fail "The package index does not give what is needed; pip says above what. Try again, or choose another index" \
            "(pip config, or PIP_INDEX_URL). Then: $again"
    elif grep -qE "command '?[^ ]*(gcc|cc)'? failed|Failed building wheel|fatal error: .*\.h" "$log"; then
        fail "python-qpid-proton could not be compiled; the compiler says above why. On Debian this helps:" \
            "  apt-get install --reinstall gcc libc6-dev python3-dev libsasl2-dev" "Then: $again"
    fi
    fail "Python's packages could not be installed; pip says above why, and $log has all of it. Then: $again"
}
# Only files whose hashes are in requirements/ are installed. What builds python-qpid-proton and this program is
# installed first: a build of its own would fetch it without looking at hashes.
install() {
    .venv/bin/python -m pip --log "$log" --disable-pip-version-check --retries 2 install "$@" >&2 || explain
}
say "1 of 3: what builds the others"
install --require-hashes -r requirements/build.txt
say "2 of 3: what the program needs (python-qpid-proton is compiled: half a minute without a word)"
install --require-hashes --no-build-isolation -r "requirements/$level.txt"
say "3 of 3: the program"
install --no-deps --no-build-isolation -e .
rm -f .venv/.unfinished
printf '%s\n' "$wanted" >".venv/.$level"
say "Installed. The command is .venv/bin/clacks-monitor; \". .venv/bin/activate\" puts it and python on the PATH."
