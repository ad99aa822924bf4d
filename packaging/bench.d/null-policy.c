// SPDX-License-Identifier: Apache-2.0
// A policy service that knows one answer: the floor that the kernel sets. One thread, epoll, no look at what is asked.
// Build: cc -O2 null-policy.c -o null-policy      Run: null-policy /path/of/the/socket
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char answer[] = "action=DUNNO\n\n";

int main(int count, char **arguments) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (count != 2 || strlen(arguments[1]) >= sizeof address.sun_path) return 2;
    strcpy(address.sun_path, arguments[1]);
    unlink(arguments[1]);
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 64)) return 1;
    int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event wish = {.events = EPOLLIN, .data.fd = server}, events[64];
    epoll_ctl(set, EPOLL_CTL_ADD, server, &wish);
    for (;;) {
        int ready = epoll_wait(set, events, 64, -1);
        for (int i = 0; i < ready; i++) {
            int descriptor = events[i].data.fd;
            if (descriptor == server) {
                wish.data.fd = accept4(server, NULL, NULL, SOCK_CLOEXEC);
                if (wish.data.fd >= 0) epoll_ctl(set, EPOLL_CTL_ADD, wish.data.fd, &wish);
                continue;
            }
            char request[65536];
            ssize_t size = read(descriptor, request, sizeof request);
            if (size <= 0) close(descriptor);
            else if (size >= 2 && request[size - 1] == '\n' && request[size - 2] == '\n' &&
                     write(descriptor, answer, sizeof answer - 1) < 0)
                close(descriptor);
        }
    }
}
