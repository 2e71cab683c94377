#!/usr/bin/env bash
# Measures what the linter costs where people run it, beside a vettool that does
# nothing, go vet, and other linters, and prints Markdown tables of medians and
# ratios. Run it on a machine that does nothing else: it takes about an hour and
# needs Go, the module proxy, 4 GB of memory and 12 GB of disk.
#
#   bench/drivers.sh [ROUNDS] [PART...]
#
# ROUNDS is 5 unless told. The parts, all unless told:
#
#   vettool  CPU, cold, and peak memory over cmd and a large module (bench/vettool.sh)
#   wall     the command beside go vet: an unchanged tree, and one changed package
#   peers    wall time of a first run, beside other linters
#   shared   a second machine with a shared cache: how often the tool runs there
#
# The tree of wall, peers and shared is a workspace of k8s.io/client-go, k8s.io/api
# and k8s.io/apimachinery: more than 500 packages. In all of them everything is
# compiled beforehand, by a copy of one build cache for each run, so that what is
# measured is analysis. Cold means that, and a linter's own cache empty.
set -euo pipefail
cd "$(dirname "$0")"
bench=$PWD
export GOFLAGS=-buildvcs=false
module=github.com/nonatomicwrite/nonatomicwrite
kubernetes=v0.34.2
staticcheck=v0.8.2
gosec=v2.30.0
cacher=v0.0.0-20260722201841-0bb331e19f64

rounds=5
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
	rounds=$1
	shift
fi
parts=("$@")
[[ $# -gt 0 ]] || parts=(vettool wall peers shared)

work=$(mktemp -d)
servers=()
cleanup() {
	for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done
	rm -rf "$work"
}
trap cleanup EXIT

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# wall COMMAND... prints how many seconds it takes. A linter that finds something
# does not exit 0; one that cannot do its work says so, and says more than findings.
wall() {
	local start=$EPOCHREALTIME status=0
	"$@" >"$work/out" 2>"$work/err" || status=$?
	local end=$EPOCHREALTIME
	if [[ $status -gt 1 ]] || grep -qE '^(panic:|fatal error:|goroutine [0-9])' "$work/out" "$work/err"; then
		echo "exit $status: $*" >&2
		tail -n 20 "$work/err" "$work/out" >&2
		exit 1
	fi
	awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f\n", b - a }'
}

# tree DIR makes the workspace in DIR.
tree() {
	mkdir -p "$1"
	local name source
	for name in client-go api apimachinery; do
		source=$(cd "$work" && go mod download -json "k8s.io/$name@$kubernetes" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
		cp -r "$source" "$1/$name"
		chmod -R u+w "$1/$name"
	done
	(cd "$1" && go work init ./client-go ./api ./apimachinery)
}

# prepare builds the linters and makes the tree and the build cache that the runs
# copy: with everything compiled, and nothing that ours or go vet found.
prepare() {
	mkdir -p "$work/bin"
	GOWORK=off go build -o "$work/bin" ./measure ./nullvet $module/cmd/nonatomicwrite
	tree "$work/tree"
	cd "$work/tree"
	mapfile -t packages < <(go list -e -f '{{if not .Error}}{{.ImportPath}}{{end}}' ./client-go/... ./api/... ./apimachinery/...)
	GOCACHE=$work/compiled go vet -vettool="$work/bin/nullvet" "${packages[@]}" >"$work/out" 2>&1 || { tail -n 20 "$work/out" >&2; exit 1; }
	local version
	version=$(go version | cut -d' ' -f3)
	echo "tree: ${#packages[@]} packages of k8s.io/{client-go,api,apimachinery} $kubernetes; $version, $(nproc) processors, median of $rounds"
	[[ ${#packages[@]} -ge 500 ]] || { echo 'fewer than 500 packages' >&2; exit 1; }
}

# fresh NAME makes a copy of the build cache.
fresh() {
	rm -rf "${work:?}/$1"
	cp -r "$work/compiled" "$work/$1"
}

# ours and vet run the command and go vet over the tree, each with its own cache.
ours() { GOCACHE=$work/cache.ours "$work/bin/nonatomicwrite" "${packages[@]}"; }
vet() { GOCACHE=$work/cache.vet go vet "${packages[@]}"; }

# leaf prints the folder of a package of the tree that no other one imports and that
# has no tests.
leaf() {
	go list -f '{{range .Imports}}{{.}}
{{end}}' "${packages[@]}" | sort -u >"$work/imported"
	go list -f '{{if not (or .TestGoFiles .XTestGoFiles)}}{{.ImportPath}} {{.Dir}}/{{index .GoFiles 0}}{{end}}' "${packages[@]}" |
		awk 'NR == FNR { imported[$1] = 1; next } NF == 2 && !($1 in imported)' "$work/imported" - | sed -n 1p
}

part_wall() {
	fresh cache.ours
	fresh cache.vet
	wall ours >/dev/null
	wall vet >/dev/null
	local i path file
	read -r path file < <(leaf)
	for ((i = 0; i < rounds; i++)); do
		wall vet >>"$work/warm.vet"
		wall ours >>"$work/warm.ours"
	done
	for ((i = 0; i < rounds; i++)); do
		printf '\n// Changed %s.\n' "$i" >>"$file"
		wall vet >>"$work/leaf.vet"
		wall ours >>"$work/leaf.ours"
	done
	printf '\n| wall time | go vet | nonatomicwrite | ratio |\n| --- | --- | --- | --- |\n'
	local row name
	for row in 'warm:nothing changed' "leaf:changed: $path"; do
		name=${row%%:*}
		local a b
		a=$(median <"$work/$name.vet") b=$(median <"$work/$name.ours")
		printf '| %s | %s s | %s s | %s |\n' "${row#*:}" "$a" "$b" "$(ratio "$b" "$a")"
	done
}

part_peers() {
	GOBIN=$work/bin GOWORK=off go install "honnef.co/go/tools/cmd/staticcheck@$staticcheck"
	GOBIN=$work/bin GOWORK=off go install "github.com/securego/gosec/v2/cmd/gosec@$gosec"
	(cd "$bench/../e2e" && GOWORK=off go build -o "$work/bin" ./golangci-lint)
	cat >"$work/forbidigo.yml" <<-'YAML'
		version: "2"
		linters:
		  default: none
		  enable: [forbidigo]
		  settings:
		    forbidigo:
		      forbid:
		        - pattern: ^os\.(WriteFile|Create)$
	YAML
	local i tool
	local tools=(nonatomicwrite 'go vet' staticcheck gosec 'golangci-lint, forbidigo')
	for ((i = 0; i < rounds; i++)); do
		for tool in "${tools[@]}"; do
			fresh cache.ours
			fresh cache.vet
			rm -rf "$work/own"
			peer "$tool" >>"$work/cold.$tool"
		done
	done
	printf '\n| wall time of a first run | seconds | nonatomicwrite ÷ it |\n| --- | --- | --- |\n'
	local own seconds
	own=$(median <"$work/cold.nonatomicwrite")
	for tool in "${tools[@]}"; do
		seconds=$(median <"$work/cold.$tool")
		printf '| %s | %s | %s |\n' "$tool" "$seconds" "$(ratio "$own" "$seconds")"
	done
}

# peer runs a linter over the tree with empty caches.
peer() {
	case $1 in
	nonatomicwrite) wall ours ;;
	'go vet') wall vet ;;
	staticcheck) GOCACHE=$work/cache.vet STATICCHECK_CACHE=$work/own wall "$work/bin/staticcheck" "${packages[@]}" ;;
	gosec) GOCACHE=$work/cache.vet wall "$work/bin/gosec" -quiet -include=G306,G302 ./client-go/... ./api/... ./apimachinery/... ;;
	golangci-lint*)
		GOCACHE=$work/cache.vet GOLANGCI_LINT_CACHE=$work/own wall "$work/bin/golangci-lint" run -c "$work/forbidigo.yml" \
			./client-go/... ./api/... ./apimachinery/...
		;;
	esac
}

part_shared() {
	GOBIN=$work/bin GOWORK=off go install "github.com/bradfitz/go-tool-cache/cmd/go-cacher@$cacher" \
		"github.com/bradfitz/go-tool-cache/cmd/go-cacher-server@$cacher"
	local port=$((20000 + RANDOM % 20000)) machine
	"$work/bin/go-cacher-server" -listen "127.0.0.1:$port" -cache-dir "$work/server" >"$work/server.log" 2>&1 &
	servers+=($!)
	sleep 1
	printf '\n| with a shared cache | runs of the tool | wall time |\n| --- | --- | --- |\n'
	for machine in first second; do
		local log=$work/log.$machine seconds
		: >"$log"
		seconds=$(
			export GOCACHEPROG="$work/bin/go-cacher -cache-dir $work/machine.$machine -cache-server http://127.0.0.1:$port"
			export GOCACHE=$work/machine.$machine.build MEASURE_TOOL=$work/bin/nonatomicwrite MEASURE_LOG=$log
			wall go vet -vettool="$work/bin/measure" "${packages[@]}"
		)
		printf '| %s machine | %s | %s s |\n' "$machine" "$(grep -c '\.cfg ' "$log" || true)" "$seconds"
	done
}

for part in "${parts[@]}"; do
	case $part in
	vettool) "$bench/vettool.sh" "$rounds" cmd module ;;
	wall | peers | shared)
		[[ -d $work/tree ]] || prepare
		"part_$part"
		;;
	*) echo "no part $part" >&2; exit 2 ;;
	esac
done
