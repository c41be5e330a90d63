#!/bin/sh
# Makes the Python that freezes the glibc-2.28 variant, and prints its path: build/package/python-2.28/bin/python3.11.
#
# Wheels choose their glibc by their tag, but the Python of a new Debian is linked against a new glibc. So CPython 3.11
# and SQLite are built from Debian's sources in a bare Debian 11 (glibc 2.31), with the few functions that got a newer
# version after 2.28 bound to their old one. Needs root, debootstrap and, once, the network; about ten minutes.
# FLOOR_PYTHON=/path/to/python3.11 takes another Python, built elsewhere; its libraries must be installed.
set -eu
cd "$(dirname "$0")/.."
here=$PWD
floor=${1:-2.28}
top=$here/build/package
home=$top/python-$floor
cage=$top/debian-11
python=${FLOOR_PYTHON:-$home/bin/python3.11}

say() { printf 'floor: %s\n' "$*" >&2; }

# Any mirror that this machine's apt uses for Debian.
mirror() {
	sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' /etc/apt/sources.list \
		/etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
		tr ' ' '\n' | grep '/debian/\{0,1\}$' | head -n 1
}

# sources RELEASE PACKAGE: Debian's source of a package, checked by apt against the archive's signature.
sources() {
	folder=$top/sources/$1
	mkdir -p "$folder/lists/partial"
	echo "deb-src $(mirror) $1 main" >"$folder/sources.list"
	options="-o Dir::Etc::sourcelist=$folder/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$folder/lists"
	# shellcheck disable=SC2086 # options without blanks of their own
	(cd "$folder" && apt-get -q $options update && apt-get -q $options source --download-only "$2") >&2
	mkdir -p "$cage/src/$2"
	tar -xf "$folder/$2"_*.orig.tar.* -C "$cage/src/$2" --strip-components=1
}

build_python() {
	for tool in debootstrap apt-get; do
		command -v "$tool" >/dev/null || { say "$tool is needed"; exit 1; }
	done
	[ "$(id -u)" = 0 ] || { say "only root can make a bare Debian 11; or name a Python: FLOOR_PYTHON=..."; exit 1; }
	say "making a bare Debian 11 and building Python in it (once)"
	[ -f "$cage/made" ] || {
		rm -rf "$cage"
		debootstrap --variant=minbase --include=gcc,libc6-dev,make,libssl-dev,libffi-dev,zlib1g-dev,libbz2-dev,liblzma-dev,tcl \
			bullseye "$cage" "$(mirror)" >&2
		touch "$cage/made"
	}
	sources bookworm python3.11
	sources bookworm sqlite3
	cp packaging/old_symbols.h "$cage/src/"
	cat >"$cage/src/build.sh" <<'INSIDE'
set -eu
export CFLAGS="-O2 -include /src/old_symbols.h"
export CPPFLAGS="-I/opt/python/include" LDFLAGS="-L/opt/python/lib -Wl,-rpath,\\\$\$ORIGIN/../lib:\\\$\$ORIGIN/../.."
cd /src/sqlite3
LDFLAGS="" ./configure --prefix=/opt/python --disable-tcl --disable-readline --enable-fts5 >/dev/null
make -j"$(nproc)" install >/dev/null
export LD_LIBRARY_PATH=/opt/python/lib # make tries each module it has built
cd /src/python3.11
# Debian 11 has sem_clockwait, glibc 2.28 had not.
ac_cv_func_sem_clockwait=no ./configure --prefix=/opt/python --enable-shared --disable-test-modules \
	--without-ensurepip >/dev/null
make -j"$(nproc)" >/dev/null
make install >/dev/null
cp -L /usr/lib/x86_64-linux-gnu/libssl.so.1.1 /usr/lib/x86_64-linux-gnu/libcrypto.so.1.1 \
	/usr/lib/x86_64-linux-gnu/libffi.so.7 /opt/python/lib/
INSIDE
	chroot "$cage" sh /src/build.sh >&2
	rm -rf "$home"
	cp -a "$cage/opt/python" "$home"
	"$python" -c 'import ssl, ctypes, sqlite3, zlib, bz2, lzma, hashlib' >&2
	.venv/bin/python packaging/glibc_floor.py "$home" --at-most "$floor" --all >&2
}

# The locked libraries, those of packaging/floor-$floor.txt in place of their newer versions, each by digest.
install_libraries() {
	lock=$top/floor-$floor.lock
	.venv/bin/python packaging/floor_lock.py "packaging/floor-$floor.txt" >"$lock"
	stamp=$home/requirements.sha256
	digest=$(sha256sum <"$lock" | cut -d ' ' -f 1)
	[ "$(cat "$stamp" 2>/dev/null)" = "$digest" ] && return 0
	say "installing the locked libraries for glibc $floor"
	platforms=""
	for tag in 28 27 26 24 17 12 5; do platforms="$platforms --platform manylinux_2_${tag}_x86_64"; done
	# shellcheck disable=SC2086 # a list of options
	.venv/bin/python -m pip install -q --disable-pip-version-check --no-input --no-deps --require-hashes \
		--only-binary :all: --python-version 3.11 --implementation cp $platforms --platform manylinux2014_x86_64 \
		--platform manylinux1_x86_64 --upgrade --target "$home/lib/python3.11/site-packages" -r "$lock" >&2
	printf '%s\n' "$digest" >"$stamp"
}

if [ -z "${FLOOR_PYTHON:-}" ]; then
	[ -x "$python" ] || build_python
	install_libraries
fi
printf '%s\n' "$python"
