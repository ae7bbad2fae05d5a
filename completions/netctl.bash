# Completion of netctl for bash. What can be typed, netctl itself knows.

# The words up to the cursor, without quotes, those joined again that bash splits at "=" and ":".
_netctl_read_words() {
  local index word glued=
  words=()
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [[ ${#words[@]} -gt 0 && (-n $glued || $word == [=:]*) ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    glued=
    if [[ $word == *[=:] ]]; then glued=1; fi
  done
  for index in "${!words[@]}"; do _netctl_unquote "$index"; done
}

# Takes quotes and backslashes from a word, and remembers the quote that is still open.
_netctl_unquote() {
  local rest=${words[$1]} plain= quote=
  while [[ -n $rest ]]; do
    case $quote${rest:0:1} in
      \' | \" ) quote=${rest:0:1} ;;
      \'\' | \"\" ) quote= ;;
      \\* | \"\\* )
        rest=${rest:1}
        plain+=${rest:0:1} ;;
      *) plain+=${rest:0:1} ;;
    esac
    rest=${rest:1}
  done
  words[$1]=$plain
  open_quote=$quote
}

# Bash puts a reply after the last "=" or ":" only, unless that is quoted.
_netctl_add_reply() {
  local reply=$1 split=${words[-1]%"${words[-1]##*[=:]}"}
  if [[ -n $open_quote ]]; then
    COMPREPLY+=("$reply")
  else
    reply=${reply#"$split"}
    COMPREPLY+=("$(printf '%q' "$reply")")
  fi
}

_netctl() {
  local words open_quote= program=${COMP_WORDS[0]} line word
  _netctl_read_words
  if ! type -P "$program" >/dev/null; then program=netctl; fi
  COMPREPLY=()
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    if [[ -n $word ]]; then
      _netctl_add_reply "$word"
    else
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "${words[-1]}")
    fi
  done < <("$program" __complete "${words[@]}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && $COMPREPLY == *[=:] ]]; then compopt -o nospace; fi
}

complete -o nosort -F _netctl netctl
