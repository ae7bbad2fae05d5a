#define _GNU_SOURCE

#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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

int clinux_peer_user(int descriptor, uint32_t *user) {
  struct ucred peer;
  socklen_t length = sizeof peer;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0)
    return -1;
  *user = peer.uid;
  return 0;
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

int clinux_lock(int descriptor, unsigned int milliseconds) {
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    return 0;
  if (errno != EWOULDBLOCK)
    return -1;
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
  int result = flock(descriptor, LOCK_EX);
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
