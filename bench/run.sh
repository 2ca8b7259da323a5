#!/bin/sh
# Goes with what pack.mjs packs: sh run.sh FOLDER measures and writes FOLDER/lira.json. $OUT may name the folder instead.
#   SMALL=1         four short trainings: shows that all is there, also on an adapter in software (some minutes)
#   REPETITIONS=n   of everything, in turns; 2 unless given
set -eu
folder=${1:-${OUT:?"say where the result should go: sh run.sh FOLDER"}}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")"
python3 -m tarfile -e native.tar.xz . # python3 is needed anyway; xz may be missing
export LD_LIBRARY_PATH="$PWD/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec ./node run.mjs "$folder"
