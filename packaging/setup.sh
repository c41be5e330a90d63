#!/bin/sh
# One command from a bare Debian 12 to a working program. The second run needs no network.
#
#   packaging/setup.sh day [options of main.py day]   the whole field day, headless; PHOTOS=DIR takes your own photos
#   packaging/setup.sh test [options of pytest]       lint, types, layers, every test that needs no special machine
#   packaging/setup.sh run                            the window; after the day it opens that day
#   packaging/setup.sh hq [words]                     headquarters; no words: serve what the day left
#   packaging/setup.sh check                          the quick part of test
#   packaging/setup.sh test-kill | test-system        200 kills at random moments | what needs root, X, network namespaces
#   packaging/setup.sh test-long                      2,000 broken photos and 200 broken clips
#   packaging/setup.sh bench                          the promised figures beside peers: a table, and build/bench.json
#   packaging/setup.sh screenshots                    pictures of every screen, in build/pictures/screens
#   packaging/setup.sh package [words]                two .deb packages in build/package; words: packaging/build_deb.sh
#   packaging/setup.sh env                            only set up: libraries, .venv, fonts
#
# What is missing is installed as root or with sudo; without either, the script says what to install and stops.
set -eu
cd "$(dirname "$0")/.."
py=.venv/bin/python

window_packages() { sed "s/#.*//" packaging/window-packages.txt; }
offscreen_packages="libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0"
test_packages="$offscreen_packages poppler-utils ffmpeg strace" # read pages; make clips; see the order of writes
system_packages() { sed "s/#.*//" packaging/system-packages.txt; }

say() { printf 'setup: %s\n' "$*" >&2; }

is_311() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; }

# The Python 3.11 to build .venv with: $PYTHON, python3.11 (pyenv too) or python3. Empty when there is none.
base_python() {
	for candidate in "${PYTHON:-}" python3.11 python3; do
		if [ -n "$candidate" ] && is_311 "$candidate"; then
			printf '%s' "$candidate"
			return
		fi
	done
}

is_installed() {
	# Debian 13 calls some libraries NAMEt64.
	dpkg-query -W -f '${db:Status-Status}\n' "$1" "${1}t64" 2>/dev/null | grep -qx installed
}

# Install those of the named Debian packages that are missing; say so and stop when we may not.
need_packages() {
	command -v dpkg-query >/dev/null || { say "not a Debian system: install what answers to: $*"; return 0; }
	missing=""
	for package in "$@"; do
		is_installed "$package" || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" = 0 ]; then
		as_root=""
	elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
		as_root="sudo"
	else
		say "these Debian packages are missing, and only root can install them. As root:"
		printf '  apt-get install --no-install-recommends%s\n' "$missing" >&2
		exit 1
	fi
	say "installing$missing"
	$as_root apt-get -q update >/dev/null || say "apt-get update failed; trying with the old lists"
	# shellcheck disable=SC2086 # a list of package names
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing >/dev/null
}

# Install what is missing and can be had; what can't is named, and the tests that need it skip.
want_packages() {
	(need_packages "$@") && return 0
	for package in "$@"; do
		is_installed "$package" || (need_packages "$package") || say "without $package"
	done
}

# The lock without the packages that only `setup.sh bench` installs (group "bench" of pyproject.toml).
without_peers() {
	awk 'function give() { if (block !~ /toml:bench\)/) printf "%s", block; block = "" }
		/^[a-z0-9]/ { give() } { block = block $0 "\n" } END { give() }' requirements.lock
}

# install_locked FILE: Python packages by hash, from whatever index this machine's pip is set to.
install_locked() {
	"$py" -m pip install -qq --disable-pip-version-check --no-input --require-hashes --only-binary :all: -r "$1"
}

need_venv() {
	lock=$(without_peers | sha256sum | cut -d ' ' -f 1)
	stamp=.venv/requirements.sha256
	if is_311 "$py" && [ "$(cat "$stamp" 2>/dev/null)" = "$lock" ]; then
		return 0
	fi
	if ! is_311 "$py" || ! "$py" -m pip --version >/dev/null 2>&1; then
		say "making .venv"
		"$(base_python)" -m venv --clear .venv
	fi
	say "installing the locked Python packages (about 350 MB to fetch the first time)"
	without_peers >.venv/requirements.txt
	install_locked .venv/requirements.txt
	printf '%s\n' "$lock" >"$stamp"
}

# The peers of the measurements (another 70 MB); without them their rows say so.
want_peers() {
	lock=$(sha256sum <requirements.lock | cut -d ' ' -f 1)
	[ "$(cat .venv/peers.sha256 2>/dev/null)" = "$lock" ] && return 0
	say "installing Typst and PyAV to measure beside"
	if install_locked requirements.lock; then
		printf '%s\n' "$lock" >.venv/peers.sha256
	else
		say "without Typst and PyAV"
	fi
}

# The packages of a fitting Python, where this machine has none. Stops when there is a python3 that can't do.
python_packages() {
	if is_311 "$py" && [ -f .venv/requirements.sha256 ]; then
		return 0
	fi
	found=$(base_python)
	if [ -n "$found" ] && "$found" -c 'import venv, ensurepip' 2>/dev/null; then
		return 0
	fi
	if [ -z "$found" ] && command -v python3 >/dev/null; then
		say "Python 3.11 is needed (Debian 12's python3 is); here python3 is $(python3 --version 2>&1)."
		say "Put a python3.11 on PATH, or name one: PYTHON=/path/to/python3.11 packaging/setup.sh ..."
		exit 1
	fi
	printf 'python3 python3-venv'
}

# need_environment PACKAGE...: everything a job needs before it can start.
need_environment() {
	for_python=$(python_packages)
	# shellcheck disable=SC2086 # a list of package names
	need_packages $for_python "$@"
	[ -n "$(base_python)" ] || is_311 "$py" || { say "Python 3.11 is needed; here it is $(python3 --version 2>&1)"; exit 1; }
	need_venv
	PYTHON="$py" packaging/fonts.sh
}

failed=""
step() {
	name=$1
	shift
	say "$name"
	"$@" || failed="$failed
  $name"
}

finish() {
	[ -z "$failed" ] || { say "FAILED:$failed"; exit 1; }
	say "all passed"
}

static_checks() {
	step "ruff check" "$py" -m ruff check --quiet .
	step "ruff format" "$py" -m ruff format --quiet --check .
	step "basedpyright" "$py" -m basedpyright
	step "import-linter" "$py" .venv/bin/lint-imports
}

# Exit code 5 of pytest: no test carries the marker.
run_tests() { "$py" -m pytest "$@" || [ "$?" = 5 ]; }

job=${1:-}
[ "$#" = 0 ] || shift
case $job in
day)
	need_environment
	exec "$py" main.py day --out build/day --json build/day.json "$@"
	;;
run)
	# shellcheck disable=SC2086 # a list of package names
	need_environment $(window_packages)
	if [ "$#" = 0 ] && [ -d build/day/profile ]; then
		say "opening the sample day in build/day (your own profile: .venv/bin/python main.py)"
		set -- --profile build/day/profile
	fi
	exec "$py" main.py "$@"
	;;
hq)
	need_environment
	if [ "$#" = 0 ]; then
		data=build/day/hq # what the day left; else an empty one of its own
		if [ ! -d "$data" ]; then
			data=build/hq
			[ -d "$data" ] || "$py" main.py hq init --data "$data"
		fi
		say "headquarters in $data; Ctrl-C ends it"
		set -- serve --data "$data"
	fi
	exec "$py" main.py hq "$@"
	;;
test | check | test-kill | test-long | test-system)
	# shellcheck disable=SC2046 # lists of package names
	[ "$job" != test-system ] || want_packages $(system_packages)
	# shellcheck disable=SC2086 # a list of package names
	need_environment $test_packages
	QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
	export QT_QPA_PLATFORM
	case $job in
	test)
		static_checks
		step "tests" run_tests -rs -m "not system" "$@"
		;;
	check)
		static_checks
		step "contracts and unit tests" run_tests -m "not system and not kill and not long" tests/contracts tests/unit "$@"
		;;
	test-kill)
		KILLS=${KILLS:-200}
		export KILLS
		step "kill tests ($KILLS kills)" run_tests -m kill "$@"
		;;
	test-long)
		MUTATED_PHOTOS=${MUTATED_PHOTOS:-2000} MUTATED_CLIPS=${MUTATED_CLIPS:-200}
		FOOTAGE_MIB=${FOOTAGE_MIB:-8192}
		export MUTATED_PHOTOS MUTATED_CLIPS FOOTAGE_MIB
		step "$MUTATED_PHOTOS broken photos, $MUTATED_CLIPS broken clips, a clip of $FOOTAGE_MIB MiB" run_tests -m long "$@"
		;;
	test-system) step "system tests" run_tests -m system -rs "$@" ;;
	esac
	finish
	;;
bench)
	# shellcheck disable=SC2086 # a list of package names
	need_environment $test_packages
	want_peers
	exec "$py" -m tests.bench
	;;
screenshots)
	# shellcheck disable=SC2086 # a list of package names
	need_environment $test_packages
	profile=$("$py" -m inspector.demo.pictures build/pictures)
	exec "$py" -m ui.screenshots --out build/pictures/screens --profile "$profile" --passphrase shili-2026-yanshi "$@"
	;;
package)
	# shellcheck disable=SC2086 # a list of package names
	need_environment binutils $offscreen_packages
	exec packaging/build_deb.sh "$@"
	;;
env) need_environment ;;
*)
	sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p;}' packaging/setup.sh >&2
	exit 2
	;;
esac
