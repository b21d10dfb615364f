#!/usr/bin/env bash
# prepare.sh FOLDER: puts a bitcoind into FOLDER, started by FOLDER/bitcoind. One that is on PATH is preferred; else Bitcoin Knots from
# Debian's sid suite, with the libraries that it wants, in that folder alone: nothing is installed. Debian's signatures are checked.
set -euo pipefail
folder=$(realpath -m "$1")

if found=$(command -v bitcoind); then
  mkdir -p "$folder"
  printf '#!/bin/sh\nexec %q "$@"\n' "$found" >"$folder/bitcoind"
  chmod +x "$folder/bitcoind"
  exit
fi

if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null || [ "$(dpkg --print-architecture)" != amd64 ]; then
  echo "There is no bitcoind on PATH, and it can be had by itself on Debian for amd64 only." >&2
  exit 3
fi

# The mirror that this machine is set up with.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -v -i security | head -1)
[ -n "$mirror" ] || mirror=http://deb.debian.org/debian/
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
if [ ! -f "$keyring" ]; then
  echo "Debian's archive keyring is not installed: apt-get install debian-archive-keyring." >&2
  exit 3
fi

packages=(
  bitcoin-knots libc6 libgcc-s1 libstdc++6 libevent-core-2.1-7t64 libevent-extra-2.1-7t64 libevent-pthreads-2.1-7t64 libsqlite3-0 libzmq5
  libbsd0 libmd0 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1 libnorm1t64 libpgm-5.3-0t64 libsodium26
  libssl3t64 libzstd1 zlib1g
)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{etc/apt.conf.d,etc/preferences.d,etc/trusted.gpg.d,state/lists/partial,cache/archives/partial,deb,root}
printf 'deb [check-valid-until=no signed-by=%s] %s sid main\n' "$keyring" "$mirror" >"$work/etc/sources.list"
: >"$work/state/status"
options=(
  -o "Dir::Etc=$work/etc" -o Dir::Etc::sourcelist=sources.list -o Dir::Etc::sourceparts=none -o "Dir::State=$work/state"
  -o "Dir::State::status=$work/state/status" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none
)
apt-get "${options[@]}" update
(cd "$work/deb" && apt-get "${options[@]}" download "${packages[@]}")
for package in "$work"/deb/*.deb; do
  dpkg-deb -x "$package" "$work/root"
done

# Its own loader and libraries: this machine's may be older than what it was built with.
cat >"$work/root/bitcoind" <<'START'
#!/bin/sh
root=$(dirname "$(realpath "$0")")
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/bin/bitcoind" "$@"
START
chmod +x "$work/root/bitcoind"
"$work/root/bitcoind" -version | head -1
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
mv "$work/root" "$folder"
