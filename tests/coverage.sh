#!/bin/sh
# Runs the programs given (C tests built for coverage) and the runs of the same-bits table, and
# prints which lines and branches of src/ they reach, and the lines that none of them does.
set -eu
folder=build/coverage
version=$(clang -dumpversion | cut -d. -f1)
tool() { command -v "llvm-$1" || command -v "llvm-$1-$version" || xcrun -f "llvm-$1"; }
profdata=$(tool profdata)
cov=$(tool cov)

rm -f "$folder"/*.profraw
objects=
for program in "$@"; do
  echo "$program"
  LLVM_PROFILE_FILE="$program.profraw" "$program" >"$program.log" || { cat "$program.log"; exit 1; }
  objects="$objects -object $program"
done
LLVM_PROFILE_FILE="$folder/same-bits.profraw" "$folder/same-bits" tests/same-bits/runs.txt >/dev/null
"$profdata" merge -sparse "$folder"/*.profraw -o "$folder/all.profdata"

# report SUBCOMMAND OPTION...
report() {
  subcommand=$1
  shift
  # shellcheck disable=SC2086  # one word for each object
  "$cov" "$subcommand" "$@" "$folder/same-bits" $objects -instr-profile="$folder/all.profdata" "$PWD/src"
}
report report -show-region-summary=false

report show -show-branches=count >"$folder/lines.txt" 2>/dev/null
echo
echo "Lines that none reaches:"
awk '/^\/.*:$/ { file = $0 } /^ *[0-9]+\| *0\|/ { print file " " $0 }' "$folder/lines.txt" | sed 's#^.*/src/#src/#'
echo
echo "Branches that are always, or never, taken (line:column):"
awk '/^\/.*:$/ { file = $0 } /Branch \(/ && /(True|False): 0[],]/ { print file " " $0 }' "$folder/lines.txt" |
  sed 's#^.*/src/#src/#; s# *|##g'
echo
echo "Why: arithmetic_version is there for JavaScript, whose tests call it. The lines of preset.c are"
echo "brackets behind a return. heap.c's are sides of malloc's and the arena's, of which a build has"
echo "one only. Others guard what no caller gives: a size that overflows, memory that runs out"
echo "between two small blocks, a feature of both inputs where the caller has asked before."
