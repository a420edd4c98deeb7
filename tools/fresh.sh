#!/usr/bin/env bash
# Prove the two commands of README.md: each one first, in a clean clone of the last commit, with an empty home
# folder and nothing in the environment but PATH. Both must end with 0 and leave no file that git would show.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
commands=(baseline test)

if [ -n "$(git status --porcelain)" ]; then
    echo "fresh: the last commit is what gets cloned; changes that are not committed are not in it." >&2
fi

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
failed=0
table=""
for command in "${commands[@]}"; do
    clone="$room/$command"
    home="$room/$command-home"
    mkdir "$home"
    git clone --quiet --no-hardlinks . "$clone" || exit 1
    echo "fresh: make $command"
    env -i PATH="$PATH" HOME="$home" make --no-print-directory -C "$clone" "$command" </dev/null
    code=$?
    left=$(git -C "$clone" status --porcelain)
    [ "$code" -eq 0 ] && [ -z "$left" ] || failed=1
    table+=$(printf 'make %-10s exit %-4s %s' "$command" "$code" "${left:+leaves behind: ${left//$'\n'/, }}")$'\n'
done

printf '\nfresh: from a clean clone, with an empty home folder\n%s' "$table"
exit "$failed"
