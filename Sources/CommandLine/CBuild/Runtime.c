// Functions that replace members of Swift's runtime where the Makefile links it statically; those
// would take a tenth of a short command.

#ifdef NETCTL_STATIC_RUNTIME

#include <stddef.h>

static int argument_count;
static char **arguments;

// The C library passes them to every constructor; the runtime's own version looks for them in
// /proc/self/maps.
__attribute__((constructor)) static void keep_arguments(int count, char **values) {
  argument_count = count;
  arguments = values;
}

char **_swift_stdlib_getUnsafeArgvArgc(int *count) {
  *count = argument_count;
  return arguments;
}

void _swift_stdlib_overrideUnsafeArgvArgc(char **values, int count) {
  argument_count = count;
  arguments = values;
}

// The runtime would look for its crash reporter, which is not installed with netctl, in eight
// places.
char *swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}

const char *swift_getRuntimeLibraryPath(void) { return NULL; }

const char *swift_getRootPath(void) { return NULL; }

#endif
