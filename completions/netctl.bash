# Completion of netctl for bash. netctl itself knows what can be typed.

# The words up to the cursor, without quotes, those joined again that bash splits at "=" and ":".
_netctl_read_words() {
  local index word glued=
  words=()
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [[ ${#words[@]} -gt 1 && (-n $glued || $word == [=:]*) ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    glued=
    if [[ $word == *[=:] ]]; then glued=1; fi
  done
  for index in "${!words[@]}"; do _netctl_unquote "$index"; done
}

# Takes quotes and backslashes from a word, and remembers the quote that is still open and what
# stands before it, and what stands before the part that bash takes for the word.
_netctl_unquote() {
  local rest=${words[$1]} plain= quote=
  before_part=
  while [[ -n $rest ]]; do
    case $quote${rest:0:1} in
      [=:])
        plain+=${rest:0:1}
        before_part=$plain ;;
      \' | \" )
        quote=${rest:0:1}
        before_quote=$plain ;;
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

# Quotes a reply, with the quote that is open if one is.
_netctl_add_reply() {
  local reply=${1#"$kept"} character
  # Nothing between double quotes would keep the shell from looking it up in the history.
  if [[ $open_quote == \" && $reply == *!* ]]; then return; fi
  case $open_quote in
    \' ) reply=${reply//\'/"'\''"} ;;
    \" )
      for character in \\ \" \$ \`; do
        reply=${reply//"$character"/"\\$character"}
      done ;;
    *) printf -v reply '%q' "$reply" ;;
  esac
  COMPREPLY+=("$reply")
}

_netctl() {
  local words open_quote= before_quote= before_part= program kept line word
  _netctl_read_words
  program=${words[0]}
  if [[ $COMP_WORDS == '~/'* ]]; then program=$HOME${program:1}; fi
  if ! type -P -- "$program" >/dev/null; then program=netctl; fi

  # Bash puts a reply behind the quote that is open, or else behind the last "=" or ":".
  if [[ -n $open_quote ]]; then
    kept=$before_quote
  else
    kept=$before_part
  fi
  COMPREPLY=()
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    if [[ -n $word ]]; then
      _netctl_add_reply "$word"
    else
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "${words[-1]}")
    fi
  done < <("$program" __complete "${words[@]:1}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && $COMPREPLY == *[=:] ]]; then compopt -o nospace; fi
}

complete -o nosort -F _netctl netctl
