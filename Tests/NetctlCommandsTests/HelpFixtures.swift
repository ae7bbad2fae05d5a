/// Help as Docker 29 lays it out, with the program's name replaced.
enum HelpFixtures {
  static let program = """
    Usage:  netctl [OPTIONS] COMMAND

    Container networking without a daemon

    Management Commands:
      container   Show containers
      network     Manage networks
      system      Show the configuration, and integrate netctl with engines

    Commands:
      agent       Keep this host in a cluster of hosts
      dns         Answer the DNS queries of containers
      events      Show what happened to networks, and what happens
      inspect     Return low-level information on containers and networks
      oci-hook    Connect or disconnect a container on behalf of an OCI runtime
      version     Show the netctl version information

    Global Options:
      -D, --debug     Enable debug mode
      -v, --version   Print version information and quit

    Run 'netctl COMMAND --help' for more information on a command.

    """

  static let network = """
    Usage:  netctl network COMMAND

    Manage networks

    Commands:
      connect     Connect a container to a network
      create      Create a network
      disconnect  Disconnect a container from a network
      graph       Draw networks, their containers and the routes to the outside
      inspect     Display detailed information on one or more networks
      leases      List the addresses that are in use or reserved
      lookup      Show what a container is answered when it asks for a name
      ls          List networks
      port        List port mappings or a specific mapping for the container
      prune       Remove all unused networks
      publish     Publish ports of a connected container to the host
      reload      Restore networks in the kernel from the stored state
      rename      Rename a network
      rm          Remove one or more networks
      trace       Follow one packet and show what stops it
      unpublish   Withdraw published ports of a container
      update      Change a network and what is connected to it
      verify      Compare the stored networks with the kernel

    Run 'netctl network COMMAND --help' for more information on a command.

    """

  static let commands: [(name: String, width: Int, text: String)] = [
    (
      "connect", 80,
      """
      Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER

      Connect a container to a network

      Options:
            --alias strings           Add network-scoped alias for the container
            --driver-opt strings      driver options for the network
            --gw-priority int         Highest gw-priority provides the default
                                      gateway. Accepts positive and negative values.
            --ip ip                   IPv4 address (e.g., "172.30.100.104")
            --ip6 ip                  IPv6 address (e.g., "2001:db8::33")
            --link list               Add link to another container
            --link-local-ip ipSlice   Add a link-local address for the
                                      container (default [])
            --mac-address string      MAC address of the interface (e.g.,
                                      "92:d0:c6:0a:29:33")
        -p, --publish list            Publish a container's port(s) to the host

      """
    ),
    (
      "create", 80,
      """
      Usage:  netctl network create [OPTIONS] NETWORK

      Create a network

      Options:
            --attachable            Enable manual container attachment
            --aux-address map       Auxiliary IPv4 or IPv6 addresses used by
                                    Network driver (default map[])
            --config-from string    The network from which to copy the configuration
            --config-only           Create a configuration only network
        -d, --driver string         Driver to manage the Network (default "bridge")
            --gateway ipSlice       IPv4 or IPv6 Gateway for the master subnet
                                    (default [])
            --ignore-existing       Do not error if the network exists as requested
            --ingress               Create swarm routing-mesh network
            --internal              Restrict external access to the network
            --ip-range ipNetSlice   Allocate container ip from a sub-range
                                    (default [])
            --ipam-driver string    IP Address Management Driver (default "default")
            --ipam-opt map          Set IPAM driver specific options (default map[])
            --ipv4                  Enable or disable IPv4 address assignment
                                    (default true)
            --ipv6                  Enable or disable IPv6 address assignment
            --label list            Set metadata on a network
        -o, --opt map               Set driver specific options (default map[])
            --scope string          Control the network's scope
            --subnet strings        Subnet in CIDR format that represents a
                                    network segment

      """
    ),
    (
      "disconnect", 80,
      """
      Usage:  netctl network disconnect [OPTIONS] NETWORK CONTAINER

      Disconnect a container from a network

      Options:
        -f, --force   Force the container to disconnect from a network

      """
    ),
    (
      "graph", 80,
      """
      Usage:  netctl network graph [OPTIONS] [NETWORK...]

      Draw networks, their containers and the routes to the outside

      Options:
            --format string   Output format: tree, dot, mermaid, json, svg
                              (default "tree")

      """
    ),
    (
      "inspect", 80,
      """
      Usage:  netctl network inspect [OPTIONS] NETWORK [NETWORK...]

      Display detailed information on one or more networks

      Options:
        -f, --format string   Format output using a custom template:
                              'json':             Print in JSON format
                              'TEMPLATE':         Print output using the given
                              Go template.
                              Refer to https://docs.docker.com/go/formatting/
                              for more information about formatting output with
                              templates
        -v, --verbose         Verbose output for diagnostics

      """
    ),
    (
      "ls", 80,
      """
      Usage:  netctl network ls [OPTIONS]

      List networks

      Aliases:
        netctl network ls, netctl network list

      Options:
        -f, --filter filter   Provide filter values (e.g. "driver=bridge")
            --format string   Format output using a custom template:
                              'table':            Print output in table format
                              with column headers (default)
                              'table TEMPLATE':   Print output in table format
                              using the given Go template
                              'json':             Print in JSON format
                              'TEMPLATE':         Print output using the given
                              Go template.
                              Refer to https://docs.docker.com/go/formatting/
                              for more information about formatting output with
                              templates
            --no-trunc        Do not truncate the output
        -q, --quiet           Only display network IDs

      """
    ),
    (
      "port", 80,
      """
      Usage:  netctl network port [CONTAINER [PRIVATE_PORT[/PROTO]]]

      List port mappings or a specific mapping for the container

      """
    ),
    (
      "publish", 80,
      """
      Usage:  netctl network publish CONTAINER [IP:][HOSTPORT:]PORT[/PROTO]...

      Publish ports of a connected container to the host

      """
    ),
    (
      "trace", 80,
      """
      Usage:  netctl network trace [OPTIONS] CONTAINER DEST[:PORT][/PROTO]

      Follow one packet and show what stops it

      Options:
            --all              Show every rule that the packet met
            --dry-run          Drop the packet after all rules, so that it does
                               not leave the host
        -f, --format string    Format output using a custom template:
                               'json':             Print in JSON format
                               'TEMPLATE':         Print output using the given
                               Go template.
                               Refer to https://docs.docker.com/go/formatting/
                               for more information about formatting output
                               with templates
            --from string      Follow a packet to the container, from an
                               address, an interface or "host"
            --size int         Send an echo request of this many bytes that may
                               not be fragmented
            --timeout string   Seconds to wait for an answer (default "0.9")
            --wait int[=60]    Follow the next client that connects within this
                               many seconds

      """
    ),
    (
      "unpublish", 80,
      """
      Usage:  netctl network unpublish CONTAINER [IP:][HOSTPORT:]PORT[/PROTO]...

      Withdraw published ports of a container

      """
    ),
    (
      "reload", 80,
      """
      Usage:  netctl network reload [NETWORK...]

      Restore networks in the kernel from the stored state

      """
    ),
    (
      "verify", 80,
      """
      Usage:  netctl network verify [NETWORK...]

      Compare the stored networks with the kernel

      """
    ),
    (
      "prune", 80,
      """
      Usage:  netctl network prune [OPTIONS]

      Remove all unused networks

      Options:
            --filter filter   Provide filter values (e.g. "until=<timestamp>")
        -f, --force           Do not prompt for confirmation

      """
    ),
    (
      "rm", 80,
      """
      Usage:  netctl network rm NETWORK [NETWORK...]

      Remove one or more networks

      Aliases:
        netctl network rm, netctl network remove

      Options:
        -f, --force   Do not error if the network does not exist

      """
    ),
    (
      "create", 40,
      """
      Usage:  netctl network create [OPTIONS] NETWORK

      Create a network

      Options:
            --attachable            Enable manual container attachment
            --aux-address map       Auxiliary IPv4 or IPv6 addresses used by Network driver (default map[])
            --config-from string    The network from which to copy the configuration
            --config-only           Create a configuration only network
        -d, --driver string         Driver to manage the Network (default "bridge")
            --gateway ipSlice       IPv4 or IPv6 Gateway for the master subnet (default [])
            --ignore-existing       Do not error if the network exists as requested
            --ingress               Create swarm routing-mesh network
            --internal              Restrict external access to the network
            --ip-range ipNetSlice   Allocate container ip from a sub-range (default [])
            --ipam-driver string    IP Address Management Driver (default "default")
            --ipam-opt map          Set IPAM driver specific options (default map[])
            --ipv4                  Enable or disable IPv4 address assignment (default true)
            --ipv6                  Enable or disable IPv6 address assignment
            --label list            Set metadata on a network
        -o, --opt map               Set driver specific options (default map[])
            --scope string          Control the network's scope
            --subnet strings        Subnet in CIDR format that represents a network segment

      """
    ),
    (
      "ls", 90,
      """
      Usage:  netctl network ls [OPTIONS]

      List networks

      Aliases:
        netctl network ls, netctl network list

      Options:
        -f, --filter filter   Provide filter values (e.g. "driver=bridge")
            --format string   Format output using a custom template:
                              'table':            Print output in table format with
                              column headers (default)
                              'table TEMPLATE':   Print output in table format using the
                              given Go template
                              'json':             Print in JSON format
                              'TEMPLATE':         Print output using the given Go
                              template.
                              Refer to https://docs.docker.com/go/formatting/ for more
                              information about formatting output with templates
            --no-trunc        Do not truncate the output
        -q, --quiet           Only display network IDs

      """
    ),
    (
      "create", 60,
      """
      Usage:  netctl network create [OPTIONS] NETWORK

      Create a network

      Options:
            --attachable            Enable manual container
                                    attachment
            --aux-address map       Auxiliary IPv4 or IPv6
                                    addresses used by
                                    Network driver (default
                                    map[])
            --config-from string    The network from which
                                    to copy the configuration
            --config-only           Create a configuration
                                    only network
        -d, --driver string         Driver to manage the
                                    Network (default "bridge")
            --gateway ipSlice       IPv4 or IPv6 Gateway
                                    for the master subnet
                                    (default [])
            --ignore-existing       Do not error if the
                                    network exists as requested
            --ingress               Create swarm
                                    routing-mesh network
            --internal              Restrict external
                                    access to the network
            --ip-range ipNetSlice   Allocate container ip
                                    from a sub-range
                                    (default [])
            --ipam-driver string    IP Address Management
                                    Driver (default "default")
            --ipam-opt map          Set IPAM driver
                                    specific options
                                    (default map[])
            --ipv4                  Enable or disable IPv4
                                    address assignment
                                    (default true)
            --ipv6                  Enable or disable IPv6
                                    address assignment
            --label list            Set metadata on a network
        -o, --opt map               Set driver specific
                                    options (default map[])
            --scope string          Control the network's scope
            --subnet strings        Subnet in CIDR format
                                    that represents a
                                    network segment

      """
    ),
    (
      "connect", 30,
      """
      Usage:  netctl network connect [OPTIONS] NETWORK CONTAINER

      Connect a container to a network

      Options:
            --alias strings           Add network-scoped alias for the container
            --driver-opt strings      driver options for the network
            --gw-priority int         Highest gw-priority provides the default gateway. Accepts positive and negative values.
            --ip ip                   IPv4 address (e.g., "172.30.100.104")
            --ip6 ip                  IPv6 address (e.g., "2001:db8::33")
            --link list               Add link to another container
            --link-local-ip ipSlice   Add a link-local address for the container (default [])
            --mac-address string      MAC address of the interface (e.g., "92:d0:c6:0a:29:33")
        -p, --publish list            Publish a container's port(s) to the host

      """
    ),
  ]
}
