// SPDX-License-Identifier: Apache-2.0
#pragma once
// mfapi.h makes `bool` an int unless this came first.
#include <stdbool.h>
#include <libmilter/mfapi.h>

/// smfi_setmlreply is variadic, which Swift cannot call; 32 lines is libmilter's own limit (MAXREPLYLINES).
/// The lines from `count` on are NULL, which ends the list.
static inline int CMilter_setmlreply(SMFICTX *ctx, const char *code, const char *xcode, char *const line[32]) {
    return smfi_setmlreply(ctx, code, xcode, line[0], line[1], line[2], line[3], line[4], line[5], line[6], line[7],
        line[8], line[9], line[10], line[11], line[12], line[13], line[14], line[15], line[16], line[17], line[18],
        line[19], line[20], line[21], line[22], line[23], line[24], line[25], line[26], line[27], line[28], line[29],
        line[30], line[31], (char *)0);
}
