#!/usr/bin/env bash
# Makes a Debian 12 or 13 machine ready for Docket: installs what is missing
# and nothing else, and starts the Docker engine where no init system does.
# Running it again changes nothing and takes well under a second.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: deploy/setup.sh [--tests] [--engine-dir DIR]

  --tests           also install what the tests need: a redis-server binary
                    (not started as a service) and a C compiler for -race
  --engine-dir DIR  start an engine beside the usual one: its socket, pid file,
                    state and data below DIR, its network a namespace of its own
  --help            print this text

Needs root or sudo, but only when something is missing.
DOCKER_HOST is honoured: when it is set, no engine is installed or started.

Exit codes: 0 ready, 1 something could not be had (the reason is printed), 2 usage.
TEXT
}

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tests=no
socket=/var/run/docker.sock
pid_file=/var/run/docker.pid
exec_root=/var/run/docker
log=/var/log/dockerd.log
engine_flags=()
engine_within=() # the command that the engine is started by
engine_wait=${DOCKET_ENGINE_WAIT:-90} # seconds until a started engine must answer
began=$SECONDS
did=0

while (($#)); do
    case $1 in
    --tests) tests=yes ;;
    --engine-dir)
        [[ $# -ge 2 ]] || { usage >&2; exit 2; }
        mkdir -p "$2"
        dir=$(cd "$2" && pwd)
        socket=$dir/docker.sock pid_file=$dir/docker.pid exec_root=$dir/exec log=$dir/dockerd.log
        engine_flags=(--host "unix://$socket" --pidfile "$pid_file" --exec-root "$exec_root"
            --data-root "$dir/data" --bridge=none --iptables=false)
        # An engine without a bridge deletes docker0, which is the other engine's.
        engine_within=(unshare --net)
        shift
        ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
    shift
done

say() { printf 'setup: %s\n' "$*"; }

die() {
    printf 'setup: cannot go on: %s\n' "$1" >&2
    shift
    (($# == 0)) || printf '       %s\n' "$@" >&2
    exit 1
}

# as_root runs a command with the rights that installing needs.
as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "this needs root: $*" "run it as root, or install sudo"
    fi
}

# step TEXT COMMAND... runs one long command, says so, and counts the seconds.
# Its output is shown only when it fails.
step() {
    local text=$1 start=$SECONDS out code=0 pid shown=0
    shift
    did=$((did + 1))
    # A password must be asked for before the output goes into a file.
    ((EUID == 0)) || ! command -v sudo >/dev/null || sudo -v
    out=$(mktemp)
    say "$text ..."
    "$@" >"$out" 2>&1 </dev/null &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        if ((SECONDS - start - shown >= 10)); then
            shown=$((SECONDS - start))
            say "$text ... $shown s: $(tail -n 1 "$out" | cut -c -100)"
        fi
    done
    wait "$pid" || code=$?
    if ((code != 0)); then
        tail -n 30 "$out" >&2
        rm -f "$out"
        return "$code"
    fi
    rm -f "$out"
    say "$text: done in $((SECONDS - start)) s"
}

# ---- Debian packages ----

apt_fresh=no

# refresh_lists reads the package lists, once.
refresh_lists() {
    [[ $apt_fresh == no ]] || return 0
    step "reading Debian's package lists" as_root apt-get update -q ||
        die "apt-get update failed" "look at /etc/apt/sources.list.d and the network"
    apt_fresh=yes
}

# install PACKAGE... installs Debian packages without what they merely recommend.
install() {
    command -v apt-get >/dev/null ||
        die "missing: $*; this is not a Debian system, so setup cannot install it" \
            "install it by your system's own means and run this again"
    refresh_lists
    step "installing $* with apt" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends install "$@" ||
        die "apt-get could not install $*"
}

# install_idle PACKAGE installs a package whose service must not be started,
# by Debian's own means: a policy-rc.d that refuses while the package is set up.
install_idle() {
    local policy=/usr/sbin/policy-rc.d placed=no
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        placed=yes
        trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    install "$1"
    if [[ $placed == yes ]]; then
        as_root rm -f "$policy"
        trap - EXIT
    fi
    # Without this it would start at the next boot.
    ! has_systemd || as_root systemctl disable --quiet "$1" || true
}

has_systemd() { [[ -d /run/systemd/system ]]; }

# ---- Go ----

at_least() { [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# go_env prints one of the go command's settings, outside any module, so that
# asking does not fetch a toolchain.
go_env() { env -C / GOTOOLCHAIN=local go env "$1"; }

# go_version prints the version of the go command itself, or nothing.
go_version() {
    local v
    command -v go >/dev/null || return 0
    v=$(go_env GOVERSION 2>/dev/null) || return 0
    printf '%s' "${v#go}"
}

setup_go() {
    local want have toolchain
    want=$(awk '$1 == "go" { print $2; exit }' "$repo/go.mod")
    have=$(go_version)
    if [[ -n $have ]] && at_least "$want" "$have"; then
        return
    fi
    # From 1.21 on a go command fetches the toolchain that go.mod asks for.
    if [[ -z $have ]] || ! at_least 1.21 "$have"; then
        say "Go: ${have:-there is none}; Docket needs $want"
        install_go
        hash -r
        have=$(go_version)
        if [[ -z $have ]] || ! at_least 1.21 "$have"; then
            die "$(command -v go || echo go) is still ${have:-absent}: an older one comes first in PATH" \
                "put /usr/bin first in PATH, or remove the old one"
        fi
    fi
    at_least "$want" "$have" && return
    toolchain=$(go_env GOMODCACHE)/golang.org/toolchain@v0.0.1-go$want.$(go_env GOOS)-$(go_env GOARCH)
    [[ -d $toolchain ]] && return
    step "fetching Go $want by go's own toolchain switching (go $have)" \
        env -C "$repo" GOTOOLCHAIN=auto go version ||
        die "go $have could not fetch go$want through the module proxy (GOPROXY=$(go_env GOPROXY))" \
            "install Go $want or newer yourself and put it first in PATH"
}

install_go() {
    local codename mirror
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    case $codename in
    bookworm)
        # Debian 12's own Go is 1.19, which cannot switch; its backports have one that can.
        if ! grep -rqs bookworm-backports /etc/apt/sources.list /etc/apt/sources.list.d; then
            refresh_lists
            # shellcheck disable=SC2016  # apt's own variable
            mirror=$(apt-get indextargets --format '$(REPO_URI)' \
                'Created-By: Packages' 'Codename: bookworm' | head -n 1)
            [[ -n $mirror ]] || die "no mirror of Debian 12 is known to apt" "look at /etc/apt/sources.list.d"
            say "adding bookworm-backports on $mirror to apt, in docket-backports.list"
            printf 'deb %s bookworm-backports main\n' "$mirror" |
                as_root tee /etc/apt/sources.list.d/docket-backports.list >/dev/null
            apt_fresh=no
        fi
        install golang-go/bookworm-backports golang-src/bookworm-backports
        ;;
    trixie | forky | sid) install golang-go ;;
    *)
        die "no known way to install Go on ${codename:-this system}" \
            "install Go 1.21 or newer yourself: it fetches the version that go.mod asks for"
        ;;
    esac
}

# ---- Docker engine ----

# engine_api METHOD PATH SECONDS asks the engine over its socket and prints
# the answer; it gives up after that many seconds of silence. Perl because
# perl-base is part of every Debian, which curl and the docker client are not.
engine_api() {
    perl -MIO::Socket::UNIX -e '
        my ($socket, $method, $path, $patience) = @ARGV;
        $SIG{ALRM} = sub { exit 3 };
        alarm $patience;
        my $s = IO::Socket::UNIX->new($socket) or exit 2;
        $s->autoflush(1);
        print $s "$method $path HTTP/1.0\r\nHost: docker\r\nContent-Length: 0\r\n\r\n";
        while (my $line = <$s>) { alarm $patience; print $line; }
    ' "$socket" "$@"
}

engine_answers() { [[ -S $socket && $(engine_api GET /_ping 5 2>/dev/null) == *" 200 OK"* ]]; }

# lives PID reports whether there is such a process; a zombie is none.
lives() { [[ -e /proc/$1/status ]] && ! grep -qs '^State:[[:space:]]*Z' "/proc/$1/status"; }

# runs PID NAME reports whether PID is a live process of that name.
runs() { lives "$1" && [[ $(cat "/proc/$1/comm" 2>/dev/null) == "$2" ]]; }

# forget_dead PID_FILE NAME removes a pid file whose process is gone or is by
# now something else; with it in place the engine would refuse to start.
forget_dead() {
    local pid
    [[ -e $1 ]] || return 0
    pid=$(as_root cat "$1")
    if [[ $pid =~ ^[0-9]+$ ]] && runs "$pid" "$2"; then
        return 0
    fi
    say "removing the stale $1 (process ${pid:-unknown} is no $2)"
    as_root rm -f "$1"
}

# forget_deaf SOCKET removes a socket that nobody listens on. An engine that
# finds a containerd socket waits for it instead of starting a containerd.
forget_deaf() {
    [[ -S $1 ]] || return 0
    # shellcheck disable=SC2016  # Perl's own variable
    if ! as_root perl -MIO::Socket::UNIX -e 'exit !IO::Socket::UNIX->new($ARGV[0])' "$1"; then
        say "removing the stale $1 (nobody listens)"
        as_root rm -f "$1"
    fi
}

need_cgroups() {
    [[ -e /sys/fs/cgroup/cgroup.controllers ]] && return
    grep -qE '^[^ ]+ [^ ]+ cgroup [^ ]*\bmemory\b' /proc/mounts && return
    die "no cgroup file systems are mounted, without which the engine cannot limit anything" \
        "version 2: mount -t cgroup2 none /sys/fs/cgroup" \
        "version 1: apt-get install cgroupfs-mount && cgroupfs-mount"
}

# start_engine starts dockerd in a session of its own, with nothing of ours
# open, so that it outlives this script, make and the terminal. What containers
# would inherit from it, umask and ignored signals, is as at a boot. Prints its
# pid.
start_engine() {
    # shellcheck disable=SC2016  # expanded by the inner shell
    as_root bash -c '
        log=$1
        shift
        [[ ! -s $log ]] || mv -f "$log" "$log.1"
        for fd in /proc/self/fd/*; do
            fd=${fd##*/}
            ((fd <= 2)) || eval "exec $fd>&-"
        done
        umask 022
        env --default-signal setsid "$@" >"$log" 2>&1 </dev/null &
        echo $!
    ' start_engine "$log" "${engine_within[@]}" dockerd "${engine_flags[@]}"
}

# await_engine PID waits until the engine answers. PID may be empty when
# somebody else started it.
await_engine() {
    local start=$SECONDS shown=0
    until engine_answers; do
        if [[ -n $1 ]] && ! lives "$1"; then
            engine_failed "dockerd ended while starting"
        fi
        if ((SECONDS - start >= engine_wait)); then
            engine_failed "the engine does not answer on $socket after $engine_wait s"
        fi
        if ((SECONDS - start - shown >= 5)); then
            shown=$((SECONDS - start))
            say "waiting for the engine ... $shown s"
        fi
        sleep 0.1
    done
    say "the engine answers on $socket after $((SECONDS - start)) s"
}

engine_failed() {
    if as_root test -s "$log"; then
        printf 'setup: the last lines of %s:\n' "$log" >&2
        as_root tail -n 20 "$log" >&2
    fi
    die "$1" "its log: $log, or journalctl -u docker where systemd runs it"
}

setup_engine() {
    local pid
    if [[ -n ${DOCKER_HOST:-} ]]; then
        case $DOCKER_HOST in
        unix://*)
            socket=${DOCKER_HOST#unix://}
            engine_answers || die "no engine answers on DOCKER_HOST=$DOCKER_HOST" \
                "start it, or unset DOCKER_HOST to have one installed and started here"
            ;;
        *)
            say "DOCKER_HOST=$DOCKER_HOST is used; no engine is installed here (docket doctor tests it)"
            socket=
            ;;
        esac
        return
    fi
    engine_answers && return
    if [[ -S $socket && ! -w $socket ]] && ((EUID != 0)) && as_root test -S "$socket" &&
        pid=$(as_root cat "$pid_file" 2>/dev/null) && runs "$pid" dockerd; then
        die "the engine runs, but $(id -un) may not use $socket" \
            "either: sudo make up" "or:     sudo usermod -aG docker $(id -un), and log in again"
    fi
    if ! command -v dockerd >/dev/null; then
        say "Docker: there is no dockerd"
        install docker.io
    fi
    # The engine puts its AppArmor profile in place with this tool.
    if [[ $(cat /sys/module/apparmor/parameters/enabled 2>/dev/null) == Y ]] &&
        ! as_root sh -c 'command -v apparmor_parser' >/dev/null; then
        install apparmor
    fi
    engine_answers && return # the package's own script may have started it
    did=$((did + 1))
    need_cgroups
    if has_systemd && ((${#engine_flags[@]} == 0)); then
        say "starting the engine with systemctl"
        as_root systemctl start docker || engine_failed "systemctl start docker failed"
        await_engine ""
        return
    fi
    forget_dead "$pid_file" dockerd
    if [[ -e $pid_file ]]; then
        say "an engine is already starting (process $(as_root cat "$pid_file"))"
        await_engine ""
        return
    fi
    forget_dead "$exec_root/containerd/containerd.pid" containerd
    forget_deaf "$exec_root/containerd/containerd.sock"
    ((${#engine_flags[@]})) || forget_deaf /run/containerd/containerd.sock
    forget_deaf "$socket"
    pid=$(start_engine)
    say "starting dockerd (process $pid, log $log)"
    await_engine "$pid"
}

# ---- the base image ----

base=debian:trixie-slim

has_base() { [[ $(engine_api GET "/images/$base/json" 10 2>/dev/null) == *" 200 OK"* ]]; }

pull_base() {
    engine_api POST "/images/create?fromImage=${base%:*}&tag=${base#*:}" 30
    has_base
}

# setup_base sees to it that the base image can be had: from a registry, or
# else made from Debian's packages by mmdebstrap (docket images build does so).
setup_base() {
    [[ -S $socket ]] || return 0 # a remote engine: docket images build says what it lacks
    command -v mmdebstrap >/dev/null && return
    has_base && return
    if step "pulling $base from a registry" pull_base; then
        return
    fi
    say "no registry gives $base; it will be made from Debian's packages"
    install mmdebstrap
}

# ---- what the tests need ----

setup_tests() {
    if ! command -v redis-server >/dev/null; then
        say "tests: there is no redis-server"
        install_idle redis-server
    fi
    if ! command -v cc >/dev/null && ! command -v gcc >/dev/null; then
        say "tests: there is no C compiler, which go test -race needs"
        install gcc libc6-dev
    fi
}

# The go command and git speak TLS.
[[ -s /etc/ssl/certs/ca-certificates.crt ]] || install ca-certificates
setup_go
setup_engine
setup_base
[[ $tests == no ]] || setup_tests
if ((did)); then
    say "ready after $((SECONDS - began)) s"
else
    say "ready; nothing was missing"
fi
