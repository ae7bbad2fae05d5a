#pragma once

// Build information. The Makefile links an object with these functions; a plain `swift build` uses
// those of this target, which return "unknown".

/// Returns the commit that the executable was built from, or "unknown".
const char *cbuild_commit(void);

/// Returns the version of the compiler that built the executable, or "unknown".
const char *cbuild_swift_version(void);
