#!/usr/bin/env bash
# Proves that the lint rules on imports fire: lints a tiny module, made here,
# under the project's own configuration. Each line below is a file and what it
# imports; the last word says whether that must be refused.
#
# Usage: .ci/arrows.sh PATH-OF-GOLANGCI-LINT
set -euo pipefail

lint=$1
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=$(awk '$1 == "module" { print $2 }' "$repo/go.mod")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# file                        imports                          refused?
cases="
judge/a.go                    strings                          no
judge/b.go                    github.com/google/go-cmp/cmp     yes
judge/c_test.go               github.com/google/go-cmp/cmp     no
judge/d.go                    $module/sandbox/engine           yes
judge/checker/a.go            $module/judge                    no
judge/checker/b.go            $module/judge/store              yes
judge/judging/a.go            $module/judge                    no
judge/judging/b.go            $module/judge/redisbatch         yes
judge/hostspeed/a.go          $module/judge                    no
judge/hostspeed/b.go          $module/sandbox                  yes
judge/hostspeed/c_test.go     $module/sandbox                  no
judge/queue/a.go              github.com/hibiken/asynq         no
judge/queue/b.go              github.com/redis/go-redis/v9     no
judge/queue/c.go              $module/judge/store/redistest    yes
judge/queue/d.go              $module/judge                    no
judge/store/a.go              github.com/redis/go-redis/v9     no
judge/store/b.go              github.com/hibiken/asynq         yes
judge/store/c.go              $module/judge/queue              yes
judge/store/d_test.go         $module/judge/store/redistest    no
sandbox/a.go                  github.com/docker/docker/client  no
sandbox/b.go                  $module/sandbox/wire             no
sandbox/c.go                  $module/problems/harness         yes
sandbox/runner/a.go           $module/sandbox/wire             no
sandbox/runner/b.go           $module/judge                    yes
sandbox/runner/c.go           golang.org/x/sys/unix            yes
sandbox/wire/a.go             $module/judge                    yes
sandbox/images/a.go           github.com/docker/docker/client  no
problems/a.go                 $module/problems/harness         no
problems/b.go                 $module/sandbox                  yes
problems/c.go                 github.com/docker/docker/client  yes
problems/d_test.go            $module/sandbox                  no
problems/e_test.go            github.com/docker/docker/client  yes
problems/harness/a.go         $module/judge                    no
problems/harness/b.go         $module/problems/harness/signature  no
problems/harness/e.go         $module/problems/harness/results   yes
problems/harness/f.go         $module/problems/harness/world     yes
problems/harness/g.go         $module/problems/harness/passes    yes
problems/harness/golang/sim/b.go $module/problems/harness/golang/driver  no
problems/harness/golang/driver/a.go $module/judge                yes
problems/harness/jsonline/a.go $module/judge                     yes
problems/harness/signature/a.go $module/problems/harness/jsonline  no
problems/harness/signature/b.go $module/judge                    yes
problems/harness/world/a.go   $module/problems/harness/signature  no
problems/harness/world/b.go   $module/problems/harness/golang/driver  yes
problems/harness/results/a.go $module/problems/harness/world     no
problems/harness/results/b.go $module/problems/harness/golang/driver  yes
problems/harness/passes/a.go  $module/problems/harness/results   no
problems/harness/passes/b.go  $module/problems/harness/golang/driver  yes
problems/harness/c.go         $module/problems/mutate          yes
problems/harness/d.go         github.com/goccy/go-yaml         yes
problems/mutate/a.go          $module/judge                    no
problems/mutate/b.go          $module/problems/harness/golang/driver  yes
problems/mutate/c.go          golang.org/x/sync/errgroup       yes
problems/g.go                 $module/problems/strictyaml      no
problems/h.go                 $module/problems/forge/part      yes
problems/i.go                 $module/problems/workshop/part   yes
problems/j_test.go            $module/problems/forge           no
problems/k.go                 $module/problems/problemstest    yes
problems/problemstest/a.go    $module/problems/workshop/part   yes
problems/forge/g.go           $module/problems/mutate          yes
problems/forge/a.go           $module/problems/strictyaml      no
problems/forge/b.go           $module/problems/workshop/part   yes
problems/forge/c.go           $module/problems/harness         yes
problems/forge/d.go           $module/sandbox                  yes
problems/forge/e_test.go      $module/problems/problemstest    no
problems/workshop/a.go        $module/problems/forge           no
problems/workshop/b.go        $module/problems/mutate          no
problems/workshop/c.go        $module/sandbox                  yes
problems/workshop/d.go        $module/problems/problemstest    yes
cmd/docket/k.go               $module/problems/workshop        no
problems/strictyaml/a.go      github.com/goccy/go-yaml/ast     no
problems/strictyaml/b.go      $module/judge                    yes
problems/strictyaml/c.go      $module/problems/harness         yes
api/a.go                      github.com/gofiber/fiber/v2      no
api/b.go                      $module/judge/store              yes
api/c.go                      $module/sandbox                  yes
api/d.go                      github.com/redis/go-redis/v9     yes
api/e.go                      $module/judge                    no
api/h.go                      $module/judge/judging            yes
sandbox/d.go                  $module/judge/judging            yes
judge/queue/e.go              $module/judge/judging            yes
judge/queue/f.go              $module/problems/part            yes
cmd/docket/m.go               $module/problems/harness/signature/signaturetest  yes
problems/l.go                 $module/judge/judging            yes
problems/forge/f.go           $module/judge/judging            no
cmd/docket/l.go               $module/judge/judging            no
cmd/docket/a.go               $module/sandbox                  no
cmd/docket/b.go               github.com/gofiber/fiber/v2      yes
cmd/docket/g.go               github.com/valyala/fasthttp      no
problems/f.go                 github.com/valyala/fasthttp      yes
cmd/docket/c.go               github.com/docker/docker/client  yes
cmd/docket/d.go               github.com/hibiken/asynq         yes
cmd/docket/e.go               github.com/redis/go-redis/v9     no
cmd/docket/f.go               github.com/alecthomas/kong       no
api/f.go                      github.com/alecthomas/kong       yes
judge/e.go                    math/rand                        yes
cmd/docket/h.go               testing/fstest                   yes
cmd/docket/i_test.go          testing/fstest                   no
api/g.go                      github.com/google/go-cmp/cmp     yes
sandbox/sandboxtest/a.go      testing                          no
judge/judging/d.go            $module/judge/judgetest          yes
judge/judging/e_test.go       $module/judge/judgetest          no
cmd/docket/j.go               $module/judge/store/redistest    yes
problems/harness/golang/sim/a.go testing/synctest              no
"

twice=$(awk 'NF { print $1 }' <<<"$cases" | sort | uniq -d)
if [[ -n $twice ]]; then
    printf 'arrows: named twice, so that one case replaces the other: %s\n' "$twice" >&2
    exit 1
fi

# Everything that is imported exists, as an empty package: foreign modules are
# replaced by ones of this directory.
cp "$repo/.golangci.yml" "$dir"
printf 'module %s\n\ngo 1.26.0\n' "$module" >"$dir/go.mod"
package() { # DIRECTORY NAME
    mkdir -p "$1"
    [[ -e $1/package.go ]] || printf '// Package %s is here to be imported.\npackage %s\n' "$2" "$2" >"$1/package.go"
}
name() { # IMPORT-PATH, whose last element may be a major version
    local last=${1##*/}
    [[ ! $last =~ ^v[0-9]+$ ]] || last=$(basename "$(dirname "$1")")
    printf '%s' "${last//-/}"
}
while read -r file import refused; do
    [[ -n $file ]] || continue
    package "$dir/$(dirname "$file")" "$(name "/$(dirname "$file")")"
    case $import in
    "$module"/*) package "$dir/${import#"$module"/}" "$(name "$import")" ;;
    *.*/*)
        root=$(grep -oE '^[^ ]+ ' "$repo/go.sum" | sort -u | while read -r m; do
            if [[ $import/ == "$m"/* ]]; then printf '%s %s\n' "${#m}" "$m"; fi
        done | sort -n | tail -n 1 | cut -d ' ' -f 2)
        stub=$dir/.stub/$root
        if [[ ! -e $stub/go.mod ]]; then
            mkdir -p "$stub"
            printf 'module %s\n' "$root" >"$stub/go.mod"
            version=v0.0.0
            [[ ! $root =~ /v([0-9]+)$ ]] || version=v${BASH_REMATCH[1]}.0.0
            printf 'require %s %s\nreplace %s => ./.stub/%s\n' "$root" "$version" "$root" "$root" >>"$dir/go.mod"
        fi
        package "$stub${import#"$root"}" "$(name "$import")"
        ;;
    esac
    printf 'package %s\n\nimport _ "%s"\n' "$(name "/$(dirname "$file")")" "$import" >"$dir/$file"
    [[ $refused == no ]] || printf '%s\n' "$file"
done <<<"$cases" | sort >"$dir/want"

(cd "$dir" && exec env GOFLAGS=-mod=mod "$lint" run --enable-only depguard --output.text.path stdout \
    --output.text.print-issued-lines=false --show-stats=false ./...) >"$dir/out" 2>"$dir/err" || true # it fails, having found something
if grep -q typecheck "$dir/out" || [[ -s $dir/err && ! -s $dir/out ]]; then
    cat "$dir/out" "$dir/err" >&2
    printf 'arrows: the tiny module does not compile\n' >&2
    exit 1
fi
cut -d : -f 1 "$dir/out" | sort -u >"$dir/got"
if ! diff "$dir/want" "$dir/got" >"$dir/diff"; then
    printf 'arrows: import rules that do not do what they say (< not refused, > refused wrongly):\n' >&2
    grep '^[<>]' "$dir/diff" >&2
    exit 1
fi
printf 'arrows: %s forbidden imports refused, %s allowed ones let through\n' \
    "$(grep -c ' yes$' <<<"$cases")" "$(grep -c ' no$' <<<"$cases")"
