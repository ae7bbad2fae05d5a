// Stands between netctl and the C library (LD_PRELOAD), counts what netctl does to the kernel and
// to the disk, and ends the process, or refuses an operation, at a chosen point. Identities and the
// clock come from a seed, so that the same commands leave the same bytes.
//
//   NETCTL_TEST_SEED the seed NETCTL_TEST_BOOT a file with the identity of the boot, in the place
//   of the kernel's NETCTL_TEST_POINT the number of the operation, counted from 1 NETCTL_TEST_FAULT
//   what happens there: "stop" ends the process just before it, "interrupt" sends
//                       it SIGTERM, "refuse" makes it fail, "fill" makes it and all that take space
//                       on the disk from then on fail NETCTL_TEST_FORBID the type of netlink
//                       messages all of which fail NETCTL_TEST_LOG a file for one line per
//                       operation: its number, whether it may change
//                       something (c) or not (r), and what it is
//
// Starting the program takes longer than most commands. With NETCTL_TEST_SERVER, the prefix of two
// files, it is started once and stops before it does anything: then a copy of it runs each command
// that comes in a line of words on standard input, variables first. Its output goes to PREFIX.out
// and PREFIX.err, and its status, as of a shell, to standard output.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum fault { NONE, STOP, INTERRUPT, REFUSE, FILL };

static enum fault fault;
static unsigned long point;
static unsigned long *count; // shared with the child that does the kernel's waiting
static pid_t program;
static int forbidden_type = -1;
static const char *log_path;
static const char *boot_path;
static uint64_t randomness;
static int is_full;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static uint64_t next_random(void) {
  uint64_t word = (randomness += 0x9e3779b97f4a7c15u);
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
  word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
  return word ^ (word >> 31);
}

// The end of the program is the last place to be stopped at.
__attribute__((destructor)) static void end(void);

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("NETCTL_TEST_FAULT");
  if (text)
    fault = !strcmp(text, "stop")        ? STOP
            : !strcmp(text, "interrupt") ? INTERRUPT
            : !strcmp(text, "refuse")    ? REFUSE
                                         : FILL;
  if ((text = getenv("NETCTL_TEST_POINT")))
    point = strtoul(text, NULL, 10);
  if ((text = getenv("NETCTL_TEST_SEED")))
    randomness = strtoull(text, NULL, 10);
  if ((text = getenv("NETCTL_TEST_FORBID")))
    forbidden_type = atoi(text);
  log_path = getenv("NETCTL_TEST_LOG");
  boot_path = getenv("NETCTL_TEST_BOOT");
  count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  program = getpid();
}

// Opened for each line: the child closes all descriptors that it does not know.
static void note(unsigned long number, int changes, const char *format, va_list arguments) {
  char line[512];
  int length = snprintf(line, sizeof line, "%lu %c ", number, changes ? 'c' : 'r');
  length += vsnprintf(line + length, sizeof line - (size_t)length - 1, format, arguments);
  if (length > (int)sizeof line - 2)
    length = sizeof line - 2;
  line[length++] = '\n';
  int file = NEXT(open)(log_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) {
    NEXT(write)(file, line, (size_t)length);
    close(file);
  }
}

/// Counts an operation and says whether it is to fail.
static int is_refused(int changes, int needs_space, const char *format, ...) {
  unsigned long number = __atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
  if (log_path) {
    va_list arguments;
    va_start(arguments, format);
    note(number, changes, format, arguments);
    va_end(arguments);
  }
  if (number == point) {
    if (fault == STOP) {
      kill(program, SIGKILL);
      kill(getpid(), SIGKILL);
    }
    if (fault == INTERRUPT)
      kill(program, SIGTERM);
    if (fault == FILL)
      is_full = 1;
    if (fault == REFUSE)
      return 1;
  }
  return is_full && needs_space;
}

static int refusal(int number) {
  errno = number;
  return -1;
}

static int is_system_value(const char *path) { return strncmp(path, "/proc/", 6) == 0; }

// MARK: Files

static int is_refused_opening(int folder, const char *path, int flags) {
  int creates = (flags & O_CREAT) && faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW);
  return is_refused(creates || (flags & O_TRUNC), creates, "open %s %#x", path, flags);
}

static int opening_errno(const char *path, int flags) {
  return flags & O_CREAT ? ENOSPC : is_system_value(path) && (flags & O_WRONLY) ? EROFS : EIO;
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  int mode = flags & O_CREAT ? va_arg(arguments, int) : 0;
  va_end(arguments);
  if (is_refused_opening(AT_FDCWD, path, flags))
    return refusal(opening_errno(path, flags));
  if (boot_path && !strcmp(path, "/proc/sys/kernel/random/boot_id"))
    path = boot_path;
  return NEXT(open)(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  int mode = flags & O_CREAT ? va_arg(arguments, int) : 0;
  va_end(arguments);
  if (is_refused_opening(folder, path, flags))
    return refusal(opening_errno(path, flags));
  return NEXT(openat)(folder, path, flags, mode);
}

// A disk that becomes full takes the first half, and refuses the rest when that is tried.
ssize_t write(int file, const void *bytes, size_t length) {
  static const void *refused;
  int is_output = file == STDOUT_FILENO || file == STDERR_FILENO;
  if (is_output)
    return NEXT(write)(file, bytes, length);
  if (refused && bytes == refused) {
    refused = NULL;
    return refusal(ENOSPC);
  }
  if (!is_refused(1, 1, "write %zu bytes", length))
    return NEXT(write)(file, bytes, length);
  if (length < 2)
    return refusal(ENOSPC);
  refused = (const char *)bytes + length / 2;
  return NEXT(write)(file, bytes, length / 2);
}

// Nothing of what would make the file longer is taken.
ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
  struct stat status;
  int grows = !fstat(file, &status) && offset + (off_t)length > status.st_size;
  if (is_refused(1, grows, "write %zu bytes at %ld", length, (long)offset))
    return refusal(ENOSPC);
  return NEXT(pwrite)(file, bytes, length, offset);
}

int mkdir(const char *path, mode_t mode) {
  if (is_refused(1, 1, "mkdir %s", path))
    return refusal(ENOSPC);
  return NEXT(mkdir)(path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode) {
  if (is_refused(1, 1, "mkdir %s", path))
    return refusal(ENOSPC);
  return NEXT(mkdirat)(folder, path, mode);
}

int renameat(int from, const char *path, int to, const char *new_path) {
  if (is_refused(1, 0, "rename %s %s", path, new_path))
    return refusal(EIO);
  return NEXT(renameat)(from, path, to, new_path);
}

int unlinkat(int folder, const char *path, int flags) {
  if (is_refused(1, 0, "unlink %s", path))
    return refusal(EIO);
  return NEXT(unlinkat)(folder, path, flags);
}

int ftruncate(int file, off_t length) {
  if (is_refused(1, 0, "truncate"))
    return refusal(EIO);
  return NEXT(ftruncate)(file, length);
}

int fsync(int file) {
  if (is_refused(0, 0, "fsync"))
    return refusal(EIO);
  return NEXT(fsync)(file);
}

int flock(int file, int operation) {
  if (is_refused(0, 0, "flock"))
    return refusal(ENOLCK);
  return NEXT(flock)(file, operation);
}

// MARK: The kernel

int socket(int domain, int type, int protocol) {
  if (is_refused(0, 0, "socket %d", domain))
    return refusal(EMFILE);
  return NEXT(socket)(domain, type, protocol);
}

int setns(int file, int kind) {
  // A thread that cannot go home is of no use, not even for undoing what was done.
  static int depth;
  depth = !depth;
  if (depth && is_refused(0, 0, "setns")) {
    depth = 0;
    return refusal(EPERM);
  }
  return NEXT(setns)(file, kind);
}

// Whether a netlink message only asks.
static int asks(int socket, const void *bytes, size_t length) {
  const struct nlmsghdr *message = bytes;
  int protocol = -1;
  socklen_t size = sizeof protocol;
  if (length < sizeof *message || getsockopt(socket, SOL_SOCKET, SO_PROTOCOL, &protocol, &size))
    return 0;
  unsigned type = message->nlmsg_type;
  if (protocol == NETLINK_ROUTE)
    return type % 4 == 2;
  if (protocol == NETLINK_NETFILTER && type >> 8 == NFNL_SUBSYS_NFTABLES)
    return (type & 0xff) % 3 == 1;
  return 0;
}

static int is_refused_request(int socket, const void *bytes, size_t length) {
  const struct nlmsghdr *message = bytes;
  int type = length >= sizeof *message ? message->nlmsg_type : -1;
  if (type >= 0 && type == forbidden_type)
    return 1;
  return is_refused(!asks(socket, bytes, length), 0, "request %#x, %zu bytes", type, length);
}

ssize_t sendto(
    int socket, const void *bytes, size_t length, int flags, const struct sockaddr *address,
    socklen_t size) {
  if (is_refused_request(socket, bytes, length))
    return refusal(EPERM);
  return NEXT(sendto)(socket, bytes, length, flags, address, size);
}

ssize_t send(int socket, const void *bytes, size_t length, int flags) {
  if (is_refused_request(socket, bytes, length))
    return refusal(EPERM);
  return NEXT(send)(socket, bytes, length, flags);
}

// MARK: What differs from run to run

static ssize_t fill_randomly(void *bytes, size_t length) {
  for (size_t offset = 0; offset < length; offset += sizeof(uint64_t)) {
    uint64_t word = next_random();
    size_t rest = length - offset;
    memcpy((char *)bytes + offset, &word, rest < sizeof word ? rest : sizeof word);
  }
  return (ssize_t)length;
}

ssize_t getrandom(void *bytes, size_t length, unsigned flags) {
  (void)flags;
  return fill_randomly(bytes, length);
}

int getentropy(void *bytes, size_t length) {
  fill_randomly(bytes, length);
  return 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (clock != CLOCK_REALTIME)
    return NEXT(clock_gettime)(clock, time);
  *time = (struct timespec){.tv_sec = 1767225600};
  return 0;
}

long syscall(long number, ...) {
  long arguments[6];
  va_list list;
  va_start(list, number);
  for (int index = 0; index < 6; index++)
    arguments[index] = va_arg(list, long);
  va_end(list);
  if (number == SYS_getrandom)
    return fill_randomly((void *)arguments[0], (size_t)arguments[1]);
  if (number == SYS_clone && is_refused(0, 0, "clone"))
    return refusal(EAGAIN);
  return NEXT(syscall)(
      number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}

// MARK: The server

typedef int (*program_main)(int, char **, char **);

static program_main run_program;
static char line[64 * 1024];

static int run_command(const char *prefix, char **variables) {
  static char path[4096];
  static char *arguments[512];
  for (int stream = 1; stream <= 2; stream++) {
    snprintf(path, sizeof path, "%s.%s", prefix, stream == 1 ? "out" : "err");
    int file = NEXT(open)(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(file, stream);
    close(file);
  }
  dup2(NEXT(open)("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  int number = 0;
  for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) {
    if (number == 0 && strchr(word, '='))
      putenv(word);
    else
      arguments[number++] = word;
  }
  unsetenv("NETCTL_TEST_SERVER");
  alarm(60);
  // Where Swift keeps the arguments, if its library is not part of the program.
  void (*set_arguments)(char **, int) = dlsym(RTLD_DEFAULT, "_swift_stdlib_overrideUnsafeArgvArgc");
  if (!set_arguments)
    return execv("/proc/self/exe", arguments);
  set_arguments(arguments, number);
  begin();
  return run_program(number, arguments, variables);
}

static int serve(int number, char **arguments, char **variables) {
  const char *prefix = getenv("NETCTL_TEST_SERVER");
  if (!prefix)
    return run_program(number, arguments, variables);
  while (fgets(line, sizeof line, stdin)) {
    pid_t child = fork();
    if (child == 0)
      return run_command(prefix, variables);
    int status = -1;
    waitpid(child, &status, 0);
    dprintf(STDOUT_FILENO, "%d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  }
  return 0;
}

int __libc_start_main(
    program_main program_main, int number, char **arguments, void (*init)(void), void (*fini)(void),
    void (*loader_fini)(void), void *stack_end) {
  run_program = program_main;
  __typeof__(&__libc_start_main) next = dlsym(RTLD_NEXT, "__libc_start_main");
  return next(serve, number, arguments, init, fini, loader_fini, stack_end);
}

// A command that finds the networks in another order may have had an operation less.
static void end(void) {
  if (point > *count)
    point = *count + 1;
  is_refused(1, 0, "end");
}
