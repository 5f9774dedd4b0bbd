#!/bin/sh
# Makes .venv when it is missing or outdated, with what the system needs for it.
# Usage: tools/setup.sh run|dev     (dev adds what the tests and checks need)
set -eu
level=${1:-run}
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# -- the system's packages -------------------------------------------------------------------------------------------
# Building python-qpid-proton: a compiler, pkg-config, headers of Python, OpenSSL and SASL (without OpenSSL's it would be
# built without TLS and say nothing). The window: Qt's xcb platform.
packages="gcc g++ make pkg-config python3 python3-dev python3-venv libssl-dev libsasl2-dev libsasl2-modules ca-certificates
libegl1 libgl1 libopengl0 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libdbus-1-3 libfontconfig1
libglib2.0-0 fonts-dejavu-core"

if command -v dpkg-query >/dev/null 2>&1; then
    missing=""
    for package in $packages; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        if [ "$(id -u)" = 0 ]; then as_root=""
        elif sudo -n true 2>/dev/null; then as_root="sudo"
        else
            say "Some of the system's packages are missing. Run this line, then the same make command again:"
            say "  sudo apt-get install -y$missing"
            exit 1
        fi
        say "Installing:$missing"
        $as_root apt-get update -qq
        # shellcheck disable=SC2086 -- one word a package
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    fi
fi

# -- Python -----------------------------------------------------------------------------------------------------------
python=""
for candidate in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { say "Python 3.11 or newer with its venv module is needed; install it and run make again."; exit 1; }

# -- .venv ------------------------------------------------------------------------------------------------------------
wanted=$(cat pyproject.toml requirements/*.txt tools/setup.sh | cksum)
have() { [ -x .venv/bin/python ] && [ "$(cat ".venv/.$1" 2>/dev/null || true)" = "$wanted" ]; }
if have dev || have "$level"; then exit 0; fi

[ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || { rm -rf .venv; "$python" -m venv .venv; }
say "Installing Python packages into .venv (the first time this takes a minute or two) ..."
# Only files whose hashes are in requirements/ are installed. What builds python-qpid-proton and this program is
# installed first: a build of its own would fetch it without looking at hashes.
install() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
install --require-hashes -r requirements/build.txt
install --require-hashes --no-build-isolation -r "requirements/$level.txt"
install --no-deps --no-build-isolation -e .
if ! .venv/bin/python -c 'import sys, proton; sys.exit(not proton.SSL.present())'; then
    say "The AMQP library was built without TLS: OpenSSL's headers (libssl-dev) and pkg-config were not found."
    say "Install them, then: rm -rf .venv && make ${MAKECMDGOALS:-run}"
    rm -rf .venv
    exit 1
fi
printf '%s\n' "$wanted" > ".venv/.$level"
