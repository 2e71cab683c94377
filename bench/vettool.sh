#!/usr/bin/env bash
# Compares this vettool with one that does nothing (nullvet), both run by
# go vet -vettool, and prints a Markdown table of ratios.
#
#   bench/vettool.sh [ROUNDS] [TARGET...]
#
# ROUNDS is 5 unless told; a TARGET is std, cmd, module: golangci-lint as a module
# of requirements sees it, with the 1 200 packages that it needs, or the folder of
# another module. The first three are taken unless told.
#
# What the ratio includes. Cold means that everything is compiled, and that the
# tool is new to the go command (each run has a build ID of its own), so that it
# runs on every package: those that are named, and for facts those that they
# need. CPU is user and system time of the whole run: the go command, which
# hashes and looks up, and every process of the tool, which for each package
# starts, reads its imports' export data and facts, parses and type-checks it,
# and runs the analyzers. nullvet does the same but for facts and analyzers, so
# the ratio says what our analysis adds to what any vettool costs. The second
# ratio is of the tool's processes alone, without the go command, measured in
# the run for memory: peak memory is that of the largest process of the tool.
# Facts are the bytes of all that ours tells about packages to those that import
# them, with those that are needed.
set -euo pipefail
cd "$(dirname "$0")"
export GOFLAGS=-buildvcs=false GOWORK=off

rounds=5
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
	rounds=$1
	shift
fi
targets=("$@")
[[ $# -gt 0 ]] || targets=(std cmd module)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/measure" ./measure

# scratch makes the module that requires golangci-lint.
scratch() {
	mkdir -p "$work/module"
	(
		cd "$work/module"
		printf 'module example.com/scratch\n\ngo 1.26\n' >go.mod
		printf 'package scratch\n\nimport _ "github.com/golangci/golangci-lint/v2/pkg/commands"\n' >scratch.go
		go get github.com/golangci/golangci-lint/v2@v2.15.0
		go mod tidy
	) >"$work/module.log" 2>&1 || { cat "$work/module.log" >&2; exit 1; }
}

# build makes a tool that the go command has never seen: build NAME PACKAGE.
stamp=0
build() {
	stamp=$((stamp + 1))
	go build -ldflags "-buildid=bench-$$-$(date +%s)-$stamp" -o "$work/$1" "$2"
}

# goVet runs the go command with a vettool: goVet TARGET TOOL [PREFIX...].
goVet() {
	local target=$1 tool=$2 dir=. patterns=("$1")
	shift 2
	if [[ $target = module ]]; then
		dir=$work/module
		patterns=(github.com/golangci/golangci-lint/v2/{pkg,cmd}/...) # its test folder needs more modules
	elif [[ $target = */* ]]; then
		dir=$target
		patterns=(./...)
	fi
	(cd "$dir" && "$@" go vet -vettool="$tool" "${patterns[@]}")
}

# cpu prints what goVet TARGET TOOL costs. Findings are no failure.
cpu() {
	local status=0
	goVet "$1" "$2" "$work/measure" 2>"$work/err" || status=$?
	if grep -qE '^(panic:|fatal error:|goroutine [0-9])' "$work/err"; then
		head -50 "$work/err" >&2
		exit 1
	fi
	[[ $status -le 1 ]] || { tail -20 "$work/err" >&2; exit 1; }
}

# summary LOG prints the runs of the tool, its processor time, its peak in MiB, and
# the bytes of facts in KiB.
summary() {
	awk '$4 ~ /\.cfg$/ { n++; cpu += $1; facts += $3; if ($2 > peak) peak = $2 }
		END { printf "%d %.2f %.1f %.1f\n", n, cpu, peak / 1024, facts / 1024 }' "$1"
}
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }

printf '| over | tool runs | CPU s, null | CPU s, ours | CPU ratio | tool-only CPU ratio | peak MiB, null | peak MiB, ours | memory ratio | facts KiB |\n'
printf '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n'
for target in "${targets[@]}"; do
	[[ $target != module ]] || scratch
	build null ./nullvet
	cpu "$target" "$work/null" >/dev/null # compiles what is needed
	: >"$work/cpu.null"
	: >"$work/cpu.ours"
	for ((i = 0; i < rounds; i++)); do
		build null ./nullvet
		build ours github.com/nonatomicwrite/nonatomicwrite/cmd/nonatomicwrite
		cpu "$target" "$work/null" >>"$work/cpu.null"
		cpu "$target" "$work/ours" >>"$work/cpu.ours"
	done
	for tool in null ours; do
		package=./nullvet
		[[ $tool = null ]] || package=github.com/nonatomicwrite/nonatomicwrite/cmd/nonatomicwrite
		build $tool "$package"
		rm -f "$work/log.$tool"
		(
			export MEASURE_TOOL=$work/$tool MEASURE_LOG=$work/log.$tool
			goVet "$target" "$work/measure" 2>/dev/null
		) || true
	done
	read -r runs toolNull peakNull _ < <(summary "$work/log.null")
	read -r _ toolOurs peakOurs facts < <(summary "$work/log.ours")
	cpuNull=$(median <"$work/cpu.null") cpuOurs=$(median <"$work/cpu.ours")
	printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$target" "$runs" "$cpuNull" "$cpuOurs" \
		"$(ratio "$cpuOurs" "$cpuNull")" "$(ratio "$toolOurs" "$toolNull")" \
		"$peakNull" "$peakOurs" "$(ratio "$peakOurs" "$peakNull")" "$facts"
done
printf '\nmedian of %s, %s, %s\n' "$rounds" "$(go env GOVERSION)" "$(uname -m)"
