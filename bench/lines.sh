#!/usr/bin/env bash
# Shows how the cost of this vettool grows with a package's lines, beside that of one
# that does nothing (nullvet), both run by go vet -vettool, one package at a time. Prints
# a Markdown table.
#
#   bench/lines.sh [ROUNDS]
#
# ROUNDS is 5 unless told; the tools take turns, and figures are medians. The packages
# are generated: about 1 000, 10 000 and 100 000 lines of code as people write it, and a
# chain of 300 packages, each of which wraps the one before it. CPU is user and system
# time of the tool's process for that package, which starts, reads export data and facts,
# parses, type-checks, and analyses; for the chain it is the sum of 300. Each round has
# tools that are new to the go command, so that nothing is taken from its cache.
set -euo pipefail
cd "$(dirname "$0")"
export GOFLAGS=-buildvcs=false GOWORK=off

rounds=${1:-5}
sizes=(1000 10000 100000)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/measure" ./measure
go run ./generate "$work/module" "${sizes[@]}"
(cd "$work/module" && go build ./...)

# vet runs a tool that the go command has never seen: vet NAME PACKAGE ROUND. Findings are
# no failure.
vet() {
	local status=0
	go build -ldflags "-buildid=lines-$$-$(date +%s)-$1-$3" -o "$work/$1" "$2"
	(
		cd "$work/module"
		export MEASURE_TOOL=$work/$1 MEASURE_LOG=$work/log.$1.$3
		go vet -p=1 -vettool="$work/measure" ./... >/dev/null 2>"$work/err"
	) || status=$?
	if [[ $status -gt 1 ]] || grep -qE '^(panic:|fatal error:|goroutine [0-9])' "$work/err"; then
		tail -50 "$work/err" >&2
		exit 1
	fi
}
for ((i = 0; i < rounds; i++)); do
	vet null ./nullvet $i
	vet ours github.com/nonatomicwrite/nonatomicwrite/cmd/nonatomicwrite $i
done

# cost TOOL PATH prints the medians of the processor time in ms and of the peak memory
# in MiB of the package of that path, or of those below it.
cost() {
	for ((i = 0; i < rounds; i++)); do
		awk -v path="$2" 'index($5 "/", path "/") == 1 { n++; cpu += $1; if ($2 > peak) peak = $2 }
			END { if (!n) exit 1; printf "%.1f %.1f\n", cpu * 1000, peak / 1024 }' "$work/log.$1.$i"
	done >"$work/costs"
	echo "$(cut -d' ' -f1 "$work/costs" | median) $(cut -d' ' -f2 "$work/costs" | median)"
}
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
quotient() { awk -v a="$1" -v b="$2" -v digits="$3" 'BEGIN { printf "%.*f", digits, a / b }'; }

# row NAME PATH LINES
row() {
	local cpuNull peakNull cpuOurs peakOurs
	read -r cpuNull peakNull < <(cost null "$2")
	read -r cpuOurs peakOurs < <(cost ours "$2")
	printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$1" "$cpuNull" "$cpuOurs" "$(quotient "$cpuOurs" "$cpuNull" 3)" \
		"$(quotient "$cpuNull" "$3" 4)" "$(quotient "$cpuOurs" "$3" 4)" "$peakNull" "$peakOurs" "$(quotient "$peakOurs" "$peakNull" 3)"
}
printf '| package | CPU ms, null | CPU ms, ours | CPU ratio | ms a line, null | ms a line, ours | peak MiB, null | peak MiB, ours | memory ratio |\n'
printf '| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n'
for n in "${sizes[@]}"; do
	lines=$(cat "$work/module/lines/$n"/*.go | wc -l)
	row "$lines lines" "example.com/lines/$n" "$lines"
done
lines=$(find "$work/module/chain" -name '*.go' -exec cat {} + | wc -l)
row '300 packages of wrappers' example.com/chain "$lines"
printf '\nmedian of %s, %s, %s\n' "$rounds" "$(go env GOVERSION)" "$(uname -m)"
