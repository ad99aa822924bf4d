// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <spawn.h>

// glibc (since 2.34) declares it only under _GNU_SOURCE, which Swift's own Glibc module is not built with; defining it here would
// come too late for headers that module has already read. So the prototype stands here, as in <spawn.h>.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int lowest);
