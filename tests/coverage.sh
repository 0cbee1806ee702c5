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
echo
echo "Lines that are not reached:"
report show >"$folder/lines.txt"
awk '/^\/.*:$/ { file = $0 } /^ *[0-9]+\| *0\|/ { print file " " $0 }' "$folder/lines.txt" | sed 's#^.*/src/#src/#'
