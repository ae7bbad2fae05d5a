#define _GNU_SOURCE

#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

int clinux_enter_network_namespace(int descriptor) {
  return setns(descriptor, CLONE_NEWNET);
}

int clinux_unshare_network_namespace(void) { return unshare(CLONE_NEWNET); }

int clinux_is_network_namespace(int descriptor) {
  int type = ioctl(descriptor, NS_GET_NSTYPE);
  return type < 0 ? -1 : type == CLONE_NEWNET;
}

int clinux_open_local_socket(void) {
  return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

int clinux_open_packet_socket(void) {
  return socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
}

int clinux_socket_namespace_cookie(int descriptor, uint64_t *cookie) {
  socklen_t length = sizeof *cookie;
  return getsockopt(descriptor, SOL_SOCKET, SO_NETNS_COOKIE, cookie, &length);
}

int clinux_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

const char *clinux_errno_description(int number) {
  return strerrordesc_np(number);
}

ssize_t clinux_send_frame(int descriptor, uint32_t interface_index, const void *frame,
                          size_t length) {
  struct ethhdr header;
  if (length < sizeof header) {
    errno = EINVAL;
    return -1;
  }
  memcpy(&header, frame, sizeof header);
  struct sockaddr_ll address = {
      .sll_family = AF_PACKET,
      .sll_protocol = header.h_proto,
      .sll_ifindex = (int)interface_index,
      .sll_halen = ETH_ALEN,
  };
  memcpy(address.sll_addr, header.h_dest, ETH_ALEN);
  return sendto(descriptor, frame, length, 0, (struct sockaddr *)&address, sizeof address);
}
