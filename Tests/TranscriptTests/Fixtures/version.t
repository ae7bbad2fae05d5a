The version of netctl is netctl's own; what a kernel has differs from host to host.

== version
$$ --version
netctl version 0.1.0
$$ version --format {{.Version}}
0.1.0
@host netctl version --format json | tr , '\n' | sed -n 's/"KernelVersion":"\(.*\)"/\1/p' | grep -Fx "$(uname -r)" | wc -l
1
@host netctl version | sed -E 's/: +.*/:/' | tr '\n' ';'
netctl:; Version:; Swift version:; Git commit:; OS/Arch:; Kernel version:; Kernel features:;  bridge:;  veth:;  nftables:;  conntrack:;  br_netfilter:;  macvlan:;  ipvlan:;  vlan:;  dummy:;  vxlan:;
@host setpriv --reuid 65534 --clear-groups netctl version --format '{{.Features.bridge}}'
built in
$$ version --format {{.Version
! template parsing error: template: :1: unclosed action
? 64
$$ version --format {{.Nope}}
! template parsing error: template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type version.Report
? 1
$$ version now
! 'netctl version' accepts no arguments
! Usage:  netctl version [OPTIONS]
! Run 'netctl version --help' for more information
? 1
