# Sourced by the shell scripts of this folder: one sentence, in the language of the terminal.

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
    zh*) chinese=yes ;;
    *) chinese=no ;;
esac

# say ENGLISH CHINESE
say() {
    if [ "$chinese" = yes ]; then printf '%s\n' "$2" >&2; else printf '%s\n' "$1" >&2; fi
}

# fail ENGLISH CHINESE
fail() {
    say "$1" "$2"
    exit 1
}
