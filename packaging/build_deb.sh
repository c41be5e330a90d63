#!/bin/sh
# Builds the two .deb packages from this tree, each from a frozen folder (PyInstaller), into build/package.
#
#   packaging/build_deb.sh [field-inspector] [field-inspector-hq]    both when none is named
#     --floor 2.28     the variant for old systems: PySide6 6.9.3, version suffix, glibc 2.28 at most; the Python to
#                      freeze is FLOOR_PYTHON (see docs/adr/0015), else one is built by packaging/floor_python.sh
#     --tree DIR       freeze another checkout with these rules (the upgrade test: an older version)
#     --out DIR        where the packages go, instead of build/package
#     --fast           no compression: for tests
#
# Needs .venv and fonts (packaging/setup.sh package sees to that), dpkg-deb and objdump. Writes <package>.deb.json
# beside each package: size, glibc floor, seconds. A package whose inputs are unchanged is not built again.
set -eu
cd "$(dirname "$0")/.."
here=$PWD
python=$here/.venv/bin/python
stated=2.36 # Debian 12
tree=$here
out=$here/build/package
suffix=""
level="-Zxz -z4"
floor=""
wanted=""

say() { printf 'package: %s\n' "$*" >&2; }

while [ "$#" -gt 0 ]; do
	case $1 in
	--floor) floor=$2 stated=$2 suffix="+glibc$2"; shift ;;
	--tree) tree=$(cd "$2" && pwd); shift ;;
	--out) mkdir -p "$2"; out=$(cd "$2" && pwd); shift ;;
	--fast) level="-Znone" ;;
	field-inspector | field-inspector-hq) wanted="$wanted $1" ;;
	*) sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p;}' "$0" >&2; exit 2 ;;
	esac
	shift
done
[ -n "$wanted" ] || wanted="field-inspector field-inspector-hq"
version=$(sed -n 's/^VERSION = "\(.*\)"$/\1/p' "$tree/inspector/version.py")$suffix
SOURCE_DATE_EPOCH=$(git -C "$tree" log -1 --format=%ct 2>/dev/null || stat -c %Y "$tree/CHANGELOG.md")
export SOURCE_DATE_EPOCH
for tool in dpkg-deb objdump strip; do
	command -v "$tool" >/dev/null || { say "$tool is needed (Debian's dpkg and binutils)"; exit 1; }
done
if [ -n "$floor" ]; then
	python=$(packaging/floor_python.sh "$floor")
fi

# The digest of all that a package is made from: the sources, the locked libraries, the fonts, these rules, the Python.
inputs() {
	{
		(cd "$tree" && find main.py inspector ui resources requirements.lock LICENSE CHANGELOG.md docs/third-party.md \
			-type f ! -name '*.pyc' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
		find packaging -type f ! -name '*.pyc' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
		"$python" -c 'import sys; print(sys.version, sys.base_prefix)'
		printf '%s\n' "$1" "$version" "$level"
	} | sha256sum | cut -d ' ' -f 1
}

freeze() {
	say "freezing $1 $version"
	TREE=$tree PYTHONHASHSEED=1 PYTHONPATH=$tree "$python" -m PyInstaller --noconfirm --log-level ERROR \
		--distpath "$work/frozen" --workpath "$work/pyinstaller" "packaging/$1.spec" >&2
	find "$work/frozen/$1/_internal" -maxdepth 1 -name 'libpython3*' -exec strip --strip-unneeded {} +
	find "$work/frozen/$1" -name '*.so*' -type f -exec chmod 644 {} +
}

# documents PACKAGE ROOT: licences, changes, man page, and for the laptop the fonts' originals.
documents() {
	doc=$2/usr/share/doc/$1
	mkdir -p "$doc"
	cp packaging/debian/copyright "$tree/LICENSE" "$tree/docs/third-party.md" "$doc/"
	gzip -9n <"$tree/CHANGELOG.md" >"$doc/changelog.gz"
	ln -s "../../../lib/$1/_internal/licences" "$doc/licences"
	for page in packaging/debian/"$1".[18]; do
		section=${page##*.}
		mkdir -p "$2/usr/share/man/man$section"
		gzip -9n <"$page" >"$2/usr/share/man/man$section/$1.$section.gz"
	done
}

# What only the laptop's package has: a place in the menu, icons, fonts' licences and originals.
desktop() {
	install -Dm644 packaging/debian/field-inspector.desktop "$1/usr/share/applications/field-inspector.desktop"
	"$here/.venv/bin/python" packaging/draw_icons.py "$1/usr/share/icons/hicolor"
	internal=$1/usr/lib/field-inspector/_internal
	ln -s ../resources/fonts/licences "$internal/licences/fonts"
	originals=$1/usr/share/doc/field-inspector/fonts-source
	mkdir -p "$originals"
	cp packaging/convert_fonts.py resources/fonts/fonts.json "$originals/"
	"$here/.venv/bin/python" packaging/convert_fonts.py originals "$originals"
}

# What only headquarters has: the service and its settings.
service() {
	install -Dm644 packaging/debian/field-inspector-hq.service "$1/usr/lib/systemd/system/field-inspector-hq.service"
	install -Dm644 packaging/debian/field-inspector-hq.default "$1/etc/default/field-inspector-hq"
	printf '/etc/default/field-inspector-hq\n' >"$1/DEBIAN/conffiles"
	for script in postinst prerm postrm; do
		install -m755 "packaging/debian/field-inspector-hq.$script" "$1/DEBIAN/$script"
	done
}

# control PACKAGE ROOT GLIBC
control() {
	window=$(sed 's/#.*//' packaging/window-packages.txt | xargs | sed 's/ /, /g')
	size=$(du -sk --exclude=DEBIAN "$2" | cut -f 1)
	sed -e "s/@VERSION@/$version/; s/@SIZE@/$size/; s/@GLIBC@/$3/; s/@WINDOW@/$window/" \
		"packaging/debian/$1.control" >"$2/DEBIAN/control"
	(cd "$2" && find usr etc -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
}

build() {
	name=$1
	deb=$out/${name}_${version}_amd64.deb
	digest=$(inputs "$name")
	if [ -f "$deb" ] && [ "$(cat "$deb.inputs" 2>/dev/null)" = "$digest" ]; then
		say "$deb is up to date"
		return 0
	fi
	began=$(date +%s)
	work=$out/work-$name$suffix
	rm -rf "$work"
	mkdir -p "$work"
	freeze "$name"
	# shellcheck disable=SC2086 # the stated floor is one word
	glibc=$("$here/.venv/bin/python" packaging/glibc_floor.py "$work/frozen/$name" --at-most $stated --all)
	root=$work/root
	mkdir -p "$root/DEBIAN" "$root/usr/lib" "$root/usr/bin"
	mv "$work/frozen/$name" "$root/usr/lib/$name"
	ln -s "../lib/$name/$name" "$root/usr/bin/$name"
	documents "$name" "$root"
	case $name in
	field-inspector) desktop "$root" ;;
	field-inspector-hq) service "$root" ;;
	esac
	chmod -R u=rwX,go=rX "$root"
	control "$name" "$root" "$glibc"
	say "packing $deb"
	# shellcheck disable=SC2086 # options without blanks of their own
	dpkg-deb --root-owner-group $level --build "$root" "$deb.partial" >&2
	mv "$deb.partial" "$deb"
	printf '%s\n' "$digest" >"$deb.inputs"
	printf '{"package": "%s", "version": "%s", "glibc": "%s", "bytes": %s, "installed_kib": %s, "seconds": %s}\n' \
		"$name" "$version" "$glibc" "$(stat -c %s "$deb")" "$(du -sk "$root" | cut -f 1)" "$(($(date +%s) - began))" \
		>"$deb.json"
	rm -rf "$work"
	cat "$deb.json" >&2
}

for package in $wanted; do
	build "$package"
	printf '%s\n' "$out/${package}_${version}_amd64.deb"
done
