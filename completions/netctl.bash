# Completion of netctl for bash.

# Flags by command. "switches" stand alone, "valued" take a value; --help is everywhere.
_netctl_flags() {
  case $1 in
    netctl)
      switches='--debug -D --version -v'
      valued='' ;;
    connect)
      switches=''
      valued='--alias --driver-opt --gw-priority --ip --ip6 --link --link-local-ip
        --publish -p' ;;
    create)
      switches='--attachable --config-only --ingress --internal --ipv4 --ipv6'
      valued='--aux-address --config-from --driver -d --gateway --ip-range --ipam-driver
        --ipam-opt --label --opt -o --scope --subnet' ;;
    disconnect)
      switches='--force -f'
      valued='' ;;
    inspect)
      switches='--verbose -v'
      valued='--format -f' ;;
    ls)
      switches='--no-trunc --quiet -q'
      valued='--filter -f --format' ;;
    port)
      switches=''
      valued='' ;;
    prune)
      switches='--force -f'
      valued='--filter' ;;
    publish)
      switches=''
      valued='' ;;
    rm)
      switches='--force -f'
      valued='' ;;
    unpublish)
      switches=''
      valued='' ;;
    version)
      switches=''
      valued='--format -f' ;;
    *)
      switches=''
      valued='' ;;
  esac
}

_netctl_commands='connect create disconnect inspect ls port prune publish rm unpublish'

# Offers lines of standard input that start with what is being typed, quoted for the shell.
_netctl_offer_lines() {
  local line
  while IFS= read -r line; do
    if [[ -n $line && $line == "$current"* ]]; then
      COMPREPLY+=("$(printf '%q' "$line")")
    fi
  done
}

_netctl_offer_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
}

# Offers words that are not complete yet: no blank follows.
_netctl_offer_prefixes() {
  compopt -o nospace
  _netctl_offer_words "$1"
}

_netctl_offer_networks() {
  _netctl_offer_lines < <(netctl network ls --format '{{.Name}}' 2>/dev/null)
}

# Offers named network namespaces, or files where a path is being typed.
_netctl_offer_containers() {
  local namespace
  if [[ $current == */* ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    return
  fi
  _netctl_offer_lines < <(
    for namespace in /run/netns/*; do
      if [[ -e $namespace ]]; then printf '%s\n' "${namespace##*/}"; fi
    done
  )
}

# Offers values of a flag.
_netctl_offer_values() {
  case $1:$2 in
    create:--driver | create:-d)
      _netctl_offer_words 'bridge' ;;
    create:--config-from)
      _netctl_offer_networks ;;
    create:--ipam-driver)
      _netctl_offer_words 'default' ;;
    create:--scope)
      _netctl_offer_words 'local' ;;
    create:--opt | create:-o)
      _netctl_offer_prefixes 'com.docker.network.bridge.enable_icc=
        com.docker.network.bridge.enable_ip_masquerade=
        com.docker.network.bridge.gateway_mode_ipv4= com.docker.network.bridge.gateway_mode_ipv6=
        com.docker.network.bridge.host_binding_ipv4= com.docker.network.bridge.inhibit_ipv4=
        com.docker.network.bridge.name= com.docker.network.container_iface_prefix=
        com.docker.network.driver.mtu=' ;;
    connect:--driver-opt)
      _netctl_offer_prefixes 'com.docker.network.endpoint.ifname=
        com.docker.network.endpoint.sysctls=' ;;
    inspect:--format | inspect:-f | version:--format | version:-f)
      _netctl_offer_words 'json' ;;
    ls:--format)
      _netctl_offer_words 'json table' ;;
    ls:--filter | ls:-f)
      case $current in
        dangling=*) _netctl_offer_words 'dangling=true dangling=false' ;;
        type=*) _netctl_offer_words 'type=builtin type=custom' ;;
        *) _netctl_offer_prefixes 'dangling= driver= id= label= name= scope= type=' ;;
      esac ;;
    prune:--filter)
      _netctl_offer_prefixes 'label= label!= until=' ;;
  esac
}

_netctl_is_in() {
  [[ " ${2//$'\n'/ } " == *" $1 "* ]]
}

# The words up to the cursor, those joined again that bash splits at "=" and ":".
_netctl_read_words() {
  local index word glued=
  words=()
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [[ ${#words[@]} -gt 0 && (-n $glued || $word == [=:]*) ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    glued=
    if [[ $word == *[=:] ]]; then glued=1; fi
  done
  current=${words[${#words[@]} - 1]}
}

# Bash puts a reply after the last "=" or ":" only: drops from replies what stands before.
_netctl_trim_replies() {
  local index typed=${current%"${current##*[=:]}"}
  for index in "${!COMPREPLY[@]}"; do
    COMPREPLY[index]=${COMPREPLY[index]#"$typed"}
  done
}

_netctl() {
  local words current
  COMPREPLY=()
  _netctl_read_words
  _netctl_complete
  _netctl_trim_replies
}

_netctl_complete() {
  local command=netctl index word flag switches valued arguments=0 only_arguments=
  _netctl_flags netctl

  for ((index = 1; index < ${#words[@]} - 1; index++)); do
    word=${words[index]}
    if [[ -n $only_arguments || $word != -?* ]]; then
      case $command in
        netctl) command=$word ;;
        network)
          command=$word
          case $command in
            list) command=ls ;;
            remove) command=rm ;;
          esac ;;
        *) ((arguments += 1)) ;;
      esac
      _netctl_flags "$command"
    elif [[ $word == -- ]]; then
      only_arguments=1
    elif _netctl_is_in "$word" "$valued"; then
      if ((index == ${#words[@]} - 2)); then
        _netctl_offer_values "$command" "$word"
        return
      fi
      ((index += 1))
    fi
  done

  if [[ -z $only_arguments && $current == --*=* ]]; then
    flag=${current%%=*}
    current=${current#*=}
    if _netctl_is_in "$flag" "$valued"; then _netctl_offer_values "$command" "$flag"; fi
  elif [[ -z $only_arguments && $current == -* ]]; then
    _netctl_offer_words "$switches $valued --help"
  else
    case $command in
      netctl) _netctl_offer_words 'help network version' ;;
      network) _netctl_offer_words "$_netctl_commands" ;;
      help)
        case $arguments in
          0) _netctl_offer_words 'network version' ;;
          1) _netctl_offer_words "$_netctl_commands" ;;
        esac ;;
      inspect | rm) _netctl_offer_networks ;;
      connect | disconnect)
        case $arguments in
          0) _netctl_offer_networks ;;
          1) _netctl_offer_containers ;;
        esac ;;
      port | publish | unpublish)
        if ((arguments == 0)); then _netctl_offer_containers; fi ;;
    esac
  fi
}

complete -F _netctl netctl
