// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <spawn.h>

// glibc declares these only under _GNU_SOURCE, which Swift's own Glibc module is not built with; defining it here would come too
// late for headers that module has already read. So the prototypes stand here, as in their manual pages.
extern int setns(int fd, int nstype);
extern int unshare(int flags);
extern int memfd_create(const char *name, unsigned int flags);
extern int pipe2(int pipefd[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int lowest);

// <linux/sched.h>
static const int CNamespaces_NEWNS = 0x00020000;
static const int CNamespaces_NEWUTS = 0x04000000;
static const int CNamespaces_NEWIPC = 0x08000000;
static const int CNamespaces_NEWPID = 0x20000000;
static const int CNamespaces_NEWNET = 0x40000000;
static const int CNamespaces_FS = 0x00000200;

// <linux/memfd.h>
static const unsigned int CNamespaces_MFD_CLOEXEC = 0x0001U;
