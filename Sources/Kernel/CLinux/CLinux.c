#define _GNU_SOURCE

#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/errqueue.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/nsfs.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

int clinux_enter_network_namespace(int descriptor) {
  return setns(descriptor, CLONE_NEWNET);
}

static _Thread_local int is_away;

int clinux_return_to_network_namespace(int descriptor) {
  int result = setns(descriptor, CLONE_NEWNET);
  is_away = result != 0;
  return result;
}

int clinux_thread_is_away(void) { return is_away; }

int clinux_unshare_network_namespace(void) { return unshare(CLONE_NEWNET); }

int clinux_is_network_namespace(int descriptor) {
  int type = ioctl(descriptor, NS_GET_NSTYPE);
  return type < 0 ? -1 : type == CLONE_NEWNET;
}

int clinux_mount_file(int descriptor, const char *target) {
  char source[32];
  snprintf(source, sizeof source, "/proc/self/fd/%d", descriptor);
  return mount(source, target, NULL, MS_BIND, NULL);
}

int clinux_unmount_file(const char *target) {
  return umount2(target, MNT_DETACH | UMOUNT_NOFOLLOW);
}

int clinux_open_local_socket(void) {
  return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

int clinux_connect_local_stream(const void *name, size_t length, unsigned int milliseconds) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (length > sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(address.sun_path, name, length);
  int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0)
    return -1;
  // Zero would mean no limit.
  milliseconds += milliseconds == 0;
  struct timeval limit = {milliseconds / 1000, milliseconds % 1000 * 1000L};
  socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
  if (setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0 &&
      connect(descriptor, (struct sockaddr *)&address, size) == 0)
    return descriptor;
  int number = errno;
  close(descriptor);
  errno = number;
  return -1;
}

int clinux_send_local_datagram(const void *name, size_t length, const void *bytes, size_t count) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (length > sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(address.sun_path, name, length);
  int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0)
    return -1;
  socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
  ssize_t sent = sendto(descriptor, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL,
                        (struct sockaddr *)&address, size);
  int number = errno;
  close(descriptor);
  errno = number;
  return sent < 0 ? -1 : 0;
}

int clinux_peer_user(int descriptor, uint32_t *user) {
  struct ucred peer;
  socklen_t length = sizeof peer;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0)
    return -1;
  *user = peer.uid;
  return 0;
}

ssize_t clinux_directory_entries(int directory, void *buffer, size_t size) {
  return syscall(SYS_getdents64, directory, buffer, size);
}

int clinux_open_entry(int directory, const char *name) {
  return openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

int clinux_namespace_owner(int descriptor, uint32_t *user) {
  int owner = ioctl(descriptor, NS_GET_USERNS);
  if (owner < 0)
    return -1;
  uid_t identity;
  int result = ioctl(owner, NS_GET_OWNER_UID, &identity);
  int number = errno;
  close(owner);
  errno = number;
  if (result == 0)
    *user = identity;
  return result;
}

int clinux_socket_namespace_cookie(int descriptor, uint64_t *cookie) {
  socklen_t length = sizeof *cookie;
  return getsockopt(descriptor, SOL_SOCKET, SO_NETNS_COOKIE, cookie, &length);
}

int clinux_interface_index(int socket, const char *name) {
  struct ifreq request = {0};
  if (strlen(name) >= sizeof request.ifr_name) {
    errno = ENODEV;
    return -1;
  }
  strcpy(request.ifr_name, name);
  return ioctl(socket, SIOCGIFINDEX, &request) == 0 ? request.ifr_ifindex : -1;
}

// Closes all descriptors from `first` up to, not including, `end`.
static void close_descriptors(unsigned int first, unsigned int end) {
  if (first >= end || close_range(first, end - 1, 0) == 0)
    return;
  for (unsigned int number = first; number < end && number < 1024; number++)
    close((int)number);
}

int clinux_send_from_child(int socket, const void *bytes, size_t length, int kept, int *child) {
  // Children without an exit signal are invisible to callers of waitpid(). Earlier helpers are
  // reaped here, the last one when this process ends.
  while (waitpid(-1, NULL, WNOHANG | __WCLONE) > 0)
    ;
  *child = -1;
  long process = syscall(SYS_clone, CLONE_PIDFD, NULL, child, NULL, 0);
  if (process != 0)
    return process < 0 ? -1 : 0;
  // The child must hold neither this process's output, whose readers would wait for it, nor its
  // locks.
  unsigned int low = (unsigned int)(kept >= 0 && kept < socket ? kept : socket);
  unsigned int high = (unsigned int)(kept > socket ? kept : socket);
  close_descriptors(0, low);
  close_descriptors(low + 1, high);
  close_descriptors(high + 1, ~0U);
  send(socket, bytes, length, 0);
  _exit(0);
}

static void do_nothing(int signal) { (void)signal; }

// Whoever waits for a lock of a file holds another one meanwhile (fcntl_locking(2)).
static int change_place(int descriptor, int command, short type) {
  struct flock place = {.l_type = type, .l_whence = SEEK_SET};
  return fcntl(descriptor, command, &place);
}

static int wait_for_lock(int descriptor) {
  // A file that cannot be written to has no queue.
  if (change_place(descriptor, F_OFD_SETLKW, F_WRLCK) != 0 && errno == EINTR)
    return -1;
  int result = flock(descriptor, LOCK_EX);
  int number = errno;
  change_place(descriptor, F_OFD_SETLK, F_UNLCK);
  errno = number;
  return result;
}

static int wait_for_queue(int descriptor) {
  int result = change_place(descriptor, F_OFD_SETLKW, F_WRLCK);
  int number = errno;
  change_place(descriptor, F_OFD_SETLK, F_UNLCK);
  errno = number;
  return result;
}

static int wait_until(unsigned int milliseconds, int (*wait)(int), int descriptor);

int clinux_lock(int descriptor, unsigned int milliseconds) {
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    return 0;
  if (errno != EWOULDBLOCK)
    return -1;
  return wait_until(milliseconds, wait_for_lock, descriptor);
}

int clinux_let_others_lock(int descriptor, unsigned int milliseconds) {
  if (change_place(descriptor, F_OFD_SETLK, F_WRLCK) == 0)
    return change_place(descriptor, F_OFD_SETLK, F_UNLCK);
  if (errno != EAGAIN && errno != EACCES)
    return -1;
  return wait_until(milliseconds, wait_for_queue, descriptor);
}

static int wait_until(unsigned int milliseconds, int (*wait)(int), int descriptor) {
  // Not SIGALRM, which any other part of the process may use and reset.
  const int expiry = SIGRTMIN + 5;
  struct sigaction action;
  if (sigaction(expiry, NULL, &action) == 0 &&
      (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN)) {
    // Without SA_RESTART, so that the waiting call returns.
    action = (struct sigaction){.sa_handler = do_nothing};
    sigaction(expiry, &action, NULL);
  }
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = expiry};
  event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
  timer_t timer;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0)
    return -1;
  sigset_t expiries, mask;
  sigemptyset(&expiries);
  sigaddset(&expiries, expiry);
  pthread_sigmask(SIG_UNBLOCK, &expiries, &mask);
  // The timer repeats, because the first signal may arrive before the wait.
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  struct itimerspec times = {.it_interval = time, .it_value = time};
  timer_settime(timer, 0, &times, NULL);
  int result = wait(descriptor);
  int number = errno;
  timer_delete(timer);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  errno = number;
  return result;
}

int clinux_has_capability(unsigned int number) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
  if (syscall(SYS_capget, &header, data) != 0)
    return -1;
  return data[number / 32].effective >> number % 32 & 1;
}

int clinux_wait_for_input(int descriptor, const sigset_t *mask) {
  struct pollfd input = {.fd = descriptor, .events = POLLIN};
  return ppoll(&input, 1, NULL, mask);
}

int clinux_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

const char *clinux_errno_description(int number) {
  return strerrordesc_np(number);
}

// Offsets relative to the network header, whatever precedes it.
#define NETWORK(offset) ((__u32)(SKF_NET_OFF + (offset)))

int clinux_open_packet_socket(void) {
  // Most TCP segments carry data; only the handshake is needed.
  static const struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_H | BPF_ABS, (__u32)(SKF_AD_OFF + SKF_AD_PROTOCOL)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_ARP, 14, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IPV6, 8, 13),
      // IPv4
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, NETWORK(9)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 10),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, NETWORK(0)),
      BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xf),
      BPF_STMT(BPF_ALU | BPF_LSH | BPF_K, 2),
      BPF_STMT(BPF_MISC | BPF_TAX, 0),
      BPF_STMT(BPF_LD | BPF_B | BPF_IND, NETWORK(13)),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x06, 4, 5),
      // IPv6
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, NETWORK(6)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 2),
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, NETWORK(53)),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x06, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 0x40000),
      BPF_STMT(BPF_RET | BPF_K, 0),
  };
  int descriptor = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0)
    return -1;
  struct sock_fprog filter = {sizeof program / sizeof *program, (struct sock_filter *)program};
  int size = 4 << 20, on = 1;
  if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  struct sockaddr_ll name = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
  if (setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0 ||
      setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) != 0 ||
      bind(descriptor, (struct sockaddr *)&name, sizeof name) != 0) {
    int number = errno;
    close(descriptor);
    errno = number;
    return -1;
  }
  return descriptor;
}

int clinux_open_frame_socket(void) { return socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0); }

int clinux_send_frame(int socket, const void *bytes, size_t length, unsigned int link) {
  struct sockaddr_ll name = {.sll_family = AF_PACKET, .sll_ifindex = (int)link};
  if (length < ETH_HLEN) {
    errno = EINVAL;
    return -1;
  }
  memcpy(&name.sll_protocol, (const char *)bytes + 2 * ETH_ALEN, sizeof name.sll_protocol);
  ssize_t sent;
  do
    sent = sendto(socket, bytes, length, MSG_DONTWAIT, (struct sockaddr *)&name, sizeof name);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? -1 : 0;
}

ssize_t clinux_receive_frame(
    int socket, void *buffer, size_t capacity, struct clinux_frame *frame) {
  struct sockaddr_ll name = {0};
  struct iovec part = {buffer, capacity};
  char control[128] __attribute__((aligned(8)));
  struct msghdr message = {
      .msg_name = &name, .msg_namelen = sizeof name, .msg_iov = &part, .msg_iovlen = 1,
      .msg_control = control, .msg_controllen = sizeof control};
  ssize_t length = recvmsg(socket, &message, MSG_TRUNC | MSG_DONTWAIT);
  if (length < 0)
    return -1;
  *frame = (struct clinux_frame){
      .link = (unsigned int)name.sll_ifindex, .is_outgoing = name.sll_pkttype == PACKET_OUTGOING,
      .protocol = ntohs(name.sll_protocol), .length = (size_t)length};
  for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    struct timespec time;
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SO_TIMESTAMPNS)
      continue;
    memcpy(&time, CMSG_DATA(part), sizeof time);
    frame->nanoseconds = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
  }
  return (size_t)length < capacity ? length : (ssize_t)capacity;
}

int clinux_lost_packets(int socket) {
  struct tpacket_stats statistics = {0};
  socklen_t length = sizeof statistics;
  if (getsockopt(socket, SOL_PACKET, PACKET_STATISTICS, &statistics, &length) != 0)
    return -1;
  return (int)statistics.tp_drops;
}

int clinux_receive_socket_error(int socket, struct clinux_socket_error *result) {
  char bytes[64], control[512] __attribute__((aligned(8)));
  struct iovec part = {bytes, sizeof bytes};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  if (recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
    return -1;
  for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    int is_ipv6 = part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_RECVERR;
    if (!is_ipv6 && !(part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR))
      continue;
    struct sock_extended_err error;
    memcpy(&error, CMSG_DATA(part), sizeof error);
    *result = (struct clinux_socket_error){
        .number = error.ee_errno, .origin = error.ee_origin, .type = error.ee_type,
        .code = error.ee_code, .information = error.ee_info};
    const unsigned char *sender = CMSG_DATA(part) + sizeof error;
    memcpy(&result->family, sender, sizeof result->family);
    if (result->family == AF_INET)
      memcpy(result->address, sender + 4, 4);
    else if (result->family == AF_INET6)
      memcpy(result->address, sender + 8, 16);
    else
      result->family = 0;
    return 0;
  }
  errno = EAGAIN;
  return -1;
}

int clinux_enable_error_queue(int socket, int is_ipv6) {
  int on = 1;
  return is_ipv6 ? setsockopt(socket, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on)
                 : setsockopt(socket, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
}

int clinux_reset_on_close(int socket) {
  struct linger linger = {1, 0};
  return setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

int clinux_forbid_fragments(int socket, int is_ipv6) {
  int how = is_ipv6 ? IPV6_PMTUDISC_PROBE : IP_PMTUDISC_PROBE;
  return is_ipv6 ? setsockopt(socket, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &how, sizeof how)
                 : setsockopt(socket, IPPROTO_IP, IP_MTU_DISCOVER, &how, sizeof how);
}

int clinux_load_pass_program(void) {
  // r0 = XDP_PASS; exit
  const struct bpf_insn program[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = XDP_PASS},
      {.code = BPF_JMP | BPF_EXIT}};
  union bpf_attr attributes = {
      .prog_type = BPF_PROG_TYPE_XDP, .insn_cnt = 2, .insns = (uintptr_t)program,
      .license = (uintptr_t)"GPL"};
  return (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof attributes);
}

#ifndef BPF_F_TEST_XDP_LIVE_FRAMES
#define BPF_F_TEST_XDP_LIVE_FRAMES (1U << 1)
#endif

int clinux_inject_frame(int program, const void *frame, size_t length, unsigned int link) {
  struct xdp_md context = {.data_end = (__u32)length, .ingress_ifindex = link};
  union bpf_attr attributes = {
      .test = {
          .prog_fd = (__u32)program, .data_in = (uintptr_t)frame, .data_size_in = (__u32)length,
          .ctx_in = (uintptr_t)&context, .ctx_size_in = sizeof context, .repeat = 1,
          .flags = BPF_F_TEST_XDP_LIVE_FRAMES, .batch_size = 1}};
  return (int)syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attributes, sizeof attributes);
}

int clinux_keep_capabilities(uint64_t mask) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];
  if (syscall(SYS_capget, &header, data) != 0)
    return -1;
  // Needs CAP_SETPCAP, and comes first; without it, the others cannot be got back either.
  for (unsigned int number = 0; prctl(PR_CAPBSET_READ, number, 0, 0, 0) >= 0; number++)
    if (!(mask >> number & 1))
      prctl(PR_CAPBSET_DROP, number, 0, 0, 0);
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  for (int half = 0; half < 2; half++) {
    data[half].permitted &= (uint32_t)(mask >> (32 * half));
    data[half].effective = data[half].permitted;
    data[half].inheritable = 0;
  }
  if (syscall(SYS_capset, &header, data) != 0)
    return -1;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

#if defined __x86_64__
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

int clinux_refuse_system_calls(void) {
#ifdef OWN_ARCHITECTURE
  static const unsigned int refused[] = {
      SYS_acct, SYS_add_key, SYS_bpf, SYS_chroot, SYS_clock_adjtime, SYS_clock_settime,
      SYS_delete_module, SYS_execve, SYS_execveat, SYS_finit_module, SYS_init_module,
      SYS_kexec_load, SYS_keyctl, SYS_mount, SYS_open_by_handle_at, SYS_perf_event_open,
      SYS_personality, SYS_pivot_root, SYS_process_vm_readv, SYS_process_vm_writev, SYS_ptrace,
      SYS_quotactl, SYS_reboot, SYS_request_key, SYS_sethostname, SYS_setdomainname,
      SYS_settimeofday, SYS_swapon, SYS_swapoff, SYS_syslog, SYS_umount2, SYS_unshare,
      SYS_userfaultfd,
#ifdef SYS_fsopen
      SYS_fsmount, SYS_fsopen, SYS_move_mount, SYS_open_tree,
#endif
#ifdef SYS_iopl
      SYS_ioperm, SYS_iopl,
#endif
  };
  enum { count = sizeof refused / sizeof *refused };
  struct sock_filter filter[count + 8];
  unsigned int length = 0;
  filter[length++] = (struct sock_filter)BPF_STMT(
      BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
  filter[length++] =
      (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0);
  filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  filter[length++] = (struct sock_filter)BPF_STMT(
      BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  // The numbers of x32 begin at this bit.
  filter[length++] = (struct sock_filter)BPF_JUMP(
      BPF_JMP | BPF_JGE | BPF_K, 0x40000000, count + 1, 0);
  for (unsigned int index = 0; index < count; index++)
    filter[length++] = (struct sock_filter)BPF_JUMP(
        BPF_JMP | BPF_JEQ | BPF_K, refused[index], count - index, 0);
  filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[length++] =
      (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  struct sock_fprog program = {.len = (unsigned short)length, .filter = filter};
  return (int)syscall(
      SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
#else
  return 0;
#endif
}
