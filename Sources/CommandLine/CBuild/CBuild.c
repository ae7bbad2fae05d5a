#include "CBuild.h"

__attribute__((weak)) const char *cbuild_commit(void) { return "unknown"; }

__attribute__((weak)) const char *cbuild_swift_version(void) { return "unknown"; }
