# Shared by scripts/setup and scripts/build-whisper; they start in the project's root.

say() { printf 'set-up: %s\n' "$*" >&2; }
fail() { printf 'set-up: %s\n' "$*" >&2; exit 1; }

# install_debian_packages GROUPS: those of scripts/packages.txt that are missing; GROUPS is like talk|test
install_debian_packages() {
  local groups=$1
  command -v dpkg-query >/dev/null || { say 'this is no Debian: install the programs of scripts/packages.txt by hand where they are missing'; return; }
  local missing=() name group
  while read -r name group _; do
    [[ -z $name || $name == \#* || ! $group =~ ^($groups)$ ]] && continue
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true) == installed ]] || missing+=("$name")
  done <scripts/packages.txt
  ((${#missing[@]})) || return 0
  say "installing Debian packages: ${missing[*]}"
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "needs root for: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  local log
  log=$(mktemp)
  "${apt[@]}" update >"$log" 2>&1 || say 'the package lists could not be refreshed; going on with those that are here'
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 </dev/null || {
    tail -n 5 "$log" >&2
    fail "apt-get could not install: ${missing[*]}. Is the network there? The whole output: $log"
  }
  rm -f "$log"
}
