#pragma once

// Kernel headers that pull in linux/in.h clash with Glibc's module unless this one comes first.
#include <netinet/in.h>

#include <linux/capability.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/neighbour.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <signal.h>
#include <stdint.h>
#include <sys/types.h>

// Calls that the C library declares only under _GNU_SOURCE, or as variadic functions.
// All return -1 and set errno like the call they stand for.

/// Moves the calling thread into the network namespace behind a descriptor.
int clinux_enter_network_namespace(int descriptor);

/// Moves the calling thread back into the network namespace that it left.
int clinux_return_to_network_namespace(int descriptor);

/// Returns whether the last return of the calling thread failed, so that it is in another namespace.
int clinux_thread_is_away(void);

/// Gives the calling thread a new, empty network namespace.
int clinux_unshare_network_namespace(void);

/// Returns whether a descriptor refers to a network namespace: 1, 0, or -1 when it is no namespace.
int clinux_is_network_namespace(int descriptor);

/// Opens an AF_UNIX datagram socket that is closed on exec.
int clinux_open_local_socket(void);

/// Reads the cookie of the network namespace that a socket belongs to.
int clinux_socket_namespace_cookie(int descriptor, uint64_t *cookie);

/// Sends a datagram on a connected or netlink socket from a child process that holds nothing but that
/// socket and `kept` (-1 for none), and ends when the call returns. Does not wait for the child; `child`
/// becomes a descriptor that can be read from when it has ended (pidfd_open(2)), -1 before Linux 5.2.
int clinux_send_from_child(int socket, const void *bytes, size_t length, int kept, int *child);

/// Takes an exclusive lock of flock(2), waiting for it. Sets EINTR after the milliseconds, by a SIGALRM to
/// this thread alone; from then on the signal has a handler that does nothing, unless it had one.
int clinux_lock(int descriptor, unsigned int milliseconds);

/// Returns whether the calling thread may make use of a capability (capabilities(7)): 1, 0, or -1
/// when that is not to be found out.
int clinux_has_capability(unsigned int number);

/// Waits until a descriptor can be read from, with this signal mask meanwhile (ppoll(2)).
int clinux_wait_for_input(int descriptor, const sigset_t *mask);

/// Makes a pipe whose ends are closed on exec.
int clinux_pipe(int descriptors[2]);

/// Returns the C library's untranslated sentence for an errno value, or NULL.
const char *clinux_errno_description(int number);
