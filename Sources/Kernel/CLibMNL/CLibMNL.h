#pragma once

// Kernel headers below libmnl.h clash with Glibc's module unless the C library's come first.
#include <netinet/in.h>

#include <libmnl/libmnl.h>
