#!/bin/sh
# Fetches the Chinese fonts from Debian's packages and builds resources/fonts. Needs no root; installs nothing.
# The second run only compares digests and needs no network. fonts.json holds the digest of every file.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
cache=build/fonts

say() { printf 'fonts: %s\n' "$*" >&2; }

# apt-get download with the machine's package lists; where they are absent or old (and we may not refresh them),
# with lists of our own in the cache folder.
download() {
	if (cd "$cache/deb" && apt-get -q download "$1") >"$cache/apt.log" 2>&1; then
		return 0
	fi
	mkdir -p "$cache/apt/lists/partial" "$cache/apt/archives/partial"
	private="-o Dir::State::lists=$PWD/$cache/apt/lists -o Dir::Cache=$PWD/$cache/apt"
	# shellcheck disable=SC2086 # options without blanks of their own
	(cd "$cache/deb" && apt-get -q $private update && apt-get -q $private download "$1") >"$cache/apt.log" 2>&1 && return 0
	say "could not fetch Debian's package $1; apt-get said:"
	tail -n 5 "$cache/apt.log" >&2
	return 1
}

if "$python" packaging/convert_fonts.py check; then
	exit 0
fi
for tool in apt-get dpkg-deb; do
	command -v "$tool" >/dev/null || { say "$tool is needed (a Debian system)"; exit 1; }
done
mkdir -p "$cache/deb"
"$python" packaging/convert_fonts.py packages >"$cache/wanted"
while read -r package paths; do
	say "fetching $package"
	rm -f "$cache/deb/${package}_"*.deb
	download "$package" </dev/null
	mkdir -p "$cache/$package"
	# shellcheck disable=SC2086 # a list of paths without blanks
	dpkg-deb --fsys-tarfile "$cache/deb/${package}_"*.deb | tar -x -C "$cache/$package" --no-same-owner $paths
	rm -f "$cache/deb/${package}_"*.deb
done <"$cache/wanted"
say "converting (once; about two minutes)"
"$python" packaging/convert_fonts.py build
