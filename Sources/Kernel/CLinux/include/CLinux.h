#pragma once

// Kernel headers that pull in linux/in.h clash with Glibc's module unless this one comes first.
#include <netinet/in.h>

#include <linux/capability.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/ip.h>
#include <linux/neighbour.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_nat.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netfilter_arp.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/veth.h>
#include <signal.h>
#include <stdint.h>
#include <sys/types.h>

// Calls that the C library declares only under _GNU_SOURCE, or as variadic functions. All return -1
// and set errno like the call they wrap.

/// Moves the calling thread into the network namespace that a descriptor refers to.
int clinux_enter_network_namespace(int descriptor);

/// Moves the calling thread back into the network namespace that it left.
int clinux_return_to_network_namespace(int descriptor);

/// Returns whether the calling thread failed to return, so that it is in another namespace.
int clinux_thread_is_away(void);

/// Gives the calling thread a new, empty network namespace.
int clinux_unshare_network_namespace(void);

/// Returns whether a descriptor refers to a network namespace: 1, 0, or -1 if it is not a
/// namespace.
int clinux_is_network_namespace(int descriptor);

/// Mounts the file that a descriptor refers to on the file `target`.
int clinux_mount_file(int descriptor, const char *target);

/// Takes the topmost mount off the file `target`, which is no symbolic link.
int clinux_unmount_file(const char *target);

/// Opens an AF_UNIX datagram socket that is closed on exec.
int clinux_open_local_socket(void);

/// Connects a new AF_UNIX stream socket, closed on exec, to a name: a path, or a zero byte and an
/// abstract name. Fails with EAGAIN if that takes longer than the given milliseconds.
int clinux_connect_local_stream(const void *name, size_t length, unsigned int milliseconds);

/// Sends one datagram to a local socket with such a name, without waiting.
int clinux_send_local_datagram(const void *name, size_t length, const void *bytes, size_t count);

/// Reads the user ID of the process that listens on the other end of a connected local socket.
int clinux_peer_user(int descriptor, uint32_t *user);

/// Reads entries of an open directory (getdents64(2)).
ssize_t clinux_directory_entries(int directory, void *buffer, size_t size);

/// Opens an entry of a directory without its contents (O_PATH), and follows no symbolic link.
int clinux_open_entry(int directory, const char *name);

/// Reads the user ID that created the user namespace to which a namespace belongs.
int clinux_namespace_owner(int descriptor, uint32_t *user);

/// Reads the cookie of the network namespace that a socket belongs to.
int clinux_socket_namespace_cookie(int descriptor, uint64_t *cookie);

/// Returns the index of the interface with this name in the network namespace of any socket; -1
/// with ENODEV if there is none.
int clinux_interface_index(int socket, const char *name);

/// Sends a datagram on a connected or netlink socket from a child process that holds only that
/// socket and `kept` (-1 for none), and exits when the call returns. Does not wait for the child;
/// `child` is set to a descriptor that becomes readable when it has exited (pidfd_open(2)), or -1
/// before Linux 5.2.
int clinux_send_from_child(int socket, const void *bytes, size_t length, int kept, int *child);

/// Takes an exclusive flock(2) lock, waiting for it. After the given milliseconds it fails with
/// EINTR, by a real-time signal to this thread alone; from then on that has an empty handler, unless
/// it already had a handler.
int clinux_lock(int descriptor, unsigned int milliseconds);

/// Waits until whoever waits first for the lock of this file has it, if anybody does. Fails likewise
/// after the given milliseconds.
int clinux_let_others_lock(int descriptor, unsigned int milliseconds);

/// Returns whether the calling thread has an effective capability (capabilities(7)): 1, 0, or -1 if
/// that cannot be determined.
int clinux_has_capability(unsigned int number);

/// Waits until a descriptor is readable, with this signal mask while waiting (ppoll(2)).
int clinux_wait_for_input(int descriptor, const sigset_t *mask);

/// Takes all capabilities but those of a mask of numbers from the calling thread and what it starts
/// or executes, and the chance to get others by executing a program.
int clinux_keep_capabilities(uint64_t mask);

/// Refuses, with EPERM, system calls that no network server needs to every thread of the process:
/// starting or tracing programs, mounting, loading code into the kernel, changing the clock.
int clinux_refuse_system_calls(void);

/// Creates a pipe whose ends are closed on exec.
int clinux_pipe(int descriptors[2]);

/// Returns the C library's untranslated message for an errno value, or NULL.
const char *clinux_errno_description(int number);

/// What the kernel reports of a frame besides its bytes.
struct clinux_frame {
  /// The link that it was seen on.
  unsigned int link;
  /// Whether it was leaving through the link.
  int is_outgoing;
  /// The protocol as in an Ethernet header, in host byte order.
  unsigned short protocol;
  /// The kernel's clock at that moment (CLOCK_REALTIME), in nanoseconds.
  int64_t nanoseconds;
  /// The length of the whole frame, which may exceed the buffer.
  size_t length;
};

/// Opens a nonblocking packet socket for all links of the thread's network namespace: IPv4, IPv6
/// and ARP, without the link-layer header; of TCP only segments with SYN or RST.
int clinux_open_packet_socket(void);

/// Opens a packet socket that receives nothing, in the thread's network namespace.
int clinux_open_frame_socket(void);

/// Sends a frame by a link, as it is: with its link-layer header, and the protocol that stands
/// there.
int clinux_send_frame(int socket, const void *bytes, size_t length, unsigned int link);

/// Receives one packet without waiting; returns its number of bytes in the buffer.
ssize_t clinux_receive_frame(int socket, void *buffer, size_t capacity, struct clinux_frame *frame);

/// Returns the number of packets lost since the last call because the socket's buffer was full.
int clinux_lost_packets(int socket);

/// An error that a socket received for something it had sent.
struct clinux_socket_error {
  unsigned int number;
  /// SO_EE_ORIGIN_*: 1 for this host, 2 for ICMP, 3 for ICMPv6.
  unsigned char origin;
  unsigned char type;
  unsigned char code;
  /// The path MTU of EMSGSIZE.
  unsigned int information;
  /// The family and address of the sender; family 0 if there is none.
  unsigned short family;
  unsigned char address[16];
};

/// Takes one error off the error queue of a socket; 0 if there is one.
int clinux_receive_socket_error(int socket, struct clinux_socket_error *error);

/// Enables the error queue (IP_RECVERR or IPV6_RECVERR) of a socket.
int clinux_enable_error_queue(int socket, int is_ipv6);

/// Makes closing a TCP socket reset the connection (SO_LINGER).
int clinux_reset_on_close(int socket);

/// Forbids fragmenting what a socket sends, and ignores the path MTU that is known.
int clinux_forbid_fragments(int socket, int is_ipv6);

/// Loads an XDP program that passes every packet (bpf(2)) and returns its descriptor.
int clinux_load_pass_program(void);

/// Lets the kernel receive an Ethernet frame on a link (BPF_PROG_TEST_RUN with live frames).
int clinux_inject_frame(int program, const void *frame, size_t length, unsigned int link);
