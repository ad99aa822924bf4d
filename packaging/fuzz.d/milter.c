// SPDX-License-Identifier: Apache-2.0
// Stands in for libmilter: hands the daemon's own callbacks what a hostile MTA and its senders may send, in any order, one
// line of the input a step, and looks at all that the daemon asks for in return.
//
//   N flags    negotiates with what the MTA offers      C kind host    connects: 4 or 6, port 0 (0) or 40000 (p), u, -
//   E name     HELO                                     M a b c        MAIL, words divided by blanks; R likewise RCPT
//   D          DATA                                     H name:value   a header field; 0x1F stands for LF
//   O          the end of the header                    B bytes        a piece of the body, with CR LF; P without
//   X          the end of the message                   A              abort
//   Z          close, and another connection            Slogin  Iid  Jdaemon   sets a macro
//
// What must hold: modifications come at the end of a message only and cannot tear the header, replies are such as Postfix
// honours, and nothing is left of a connection that was closed.
#include <assert.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <libmilter/mfapi.h>

// The session's side, in milter.swift: makes the server, which registers its callbacks here.
void fuzz_prepare(void);

struct smfi_str {
    void *private;
    char *login, *id, *daemon;
    bool negotiated, at_end;
};

static struct smfiDesc daemon_side;

static void must(bool holds) {
    if (!holds) abort();
}

int smfi_register(struct smfiDesc description) {
    daemon_side = description;
    return MI_SUCCESS;
}
int smfi_setconn(char *socket) { return MI_SUCCESS; }
int smfi_settimeout(int seconds) { return MI_SUCCESS; }
size_t smfi_setmaxdatasize(size_t size) { return size; }
int smfi_opensocket(bool remove) { return MI_FAILURE; }
int smfi_main(void) { return MI_FAILURE; }
int smfi_stop(void) { return MI_SUCCESS; }
int smfi_setpriv(SMFICTX *context, void *private) {
    context->private = private;
    return MI_SUCCESS;
}
void *smfi_getpriv(SMFICTX *context) { return context->private; }
int smfi_setsymlist(SMFICTX *context, int stage, char *names) { return MI_SUCCESS; }

char *smfi_getsymval(SMFICTX *context, char *name) {
    if (strcmp(name, "{auth_authen}") == 0) return context->login;
    if (strcmp(name, "{daemon_name}") == 0) return context->daemon;
    return strcmp(name, "i") == 0 ? context->id : NULL;
}

static void must_be_name(const char *name) {
    must(*name != 0);
    for (; *name; name++) must(*name > 0x20 && *name < 0x7F && *name != ':');
}

static void must_be_value(const char *value) {
    for (; *value; value++) {
        must(*value != '\r');
        if (*value == '\n') must(value[1] == ' ' || value[1] == '\t');
    }
}

int smfi_insheader(SMFICTX *context, int index, char *name, char *value) {
    must(context->at_end && index >= 0);
    must_be_name(name);
    must_be_value(value);
    return MI_SUCCESS;
}
int smfi_addheader(SMFICTX *context, char *name, char *value) { return smfi_insheader(context, 0, name, value); }
int smfi_chgheader(SMFICTX *context, char *name, int index, char *value) {
    must(index >= 1);
    return smfi_insheader(context, index, name, value);
}
int smfi_quarantine(SMFICTX *context, char *reason) {
    must(context->at_end && *reason);
    for (; *reason; reason++) must(*reason != '\n' && *reason != '\r');
    return MI_SUCCESS;
}
int smfi_addrcpt(SMFICTX *context, char *address) { abort(); }
int smfi_delrcpt(SMFICTX *context, char *address) { abort(); }
int smfi_chgfrom(SMFICTX *context, char *address, char *arguments) { abort(); }
int smfi_replacebody(SMFICTX *context, unsigned char *bytes, int count) { abort(); }
int smfi_progress(SMFICTX *context) { return MI_SUCCESS; }
int smfi_setreply(SMFICTX *context, char *code, char *status, char *text) { abort(); }

int smfi_setmlreply(SMFICTX *context, const char *code, const char *status, ...) {
    must(strlen(code) == 3 && (code[0] == '4' || code[0] == '5') && status[0] == code[0] && status[1] == '.');
    va_list lines;
    va_start(lines, status);
    int count = 0;
    for (const char *line; (line = va_arg(lines, const char *)); count++) {
        must(strlen(line) <= 980);
        for (; *line; line++) must(*line >= 0x20 && *line < 0x7F);
    }
    va_end(lines);
    must(count >= 1 && count <= 32);
    return MI_SUCCESS;
}

// A copy of its own length, so that whoever reads on is caught; LF may stand in it.
static char *copy(const uint8_t *text, size_t count) {
    char *copy = malloc(count + 1);
    must(copy != NULL);
    if (count > 0) memcpy(copy, text, count);
    copy[count] = 0;
    for (size_t i = 0; i < count; i++)
        if (copy[i] == 0x1F) copy[i] = '\n';
    return copy;
}

static void set(char **place, const uint8_t *text, size_t count) {
    free(*place);
    *place = copy(text, count);
}

static void negotiate(SMFICTX *context, unsigned long actions, unsigned long steps) {
    if (context->negotiated) return;
    context->negotiated = true;
    unsigned long wanted_actions = 0, wanted_steps = 0, third = 0, fourth = 0;
    daemon_side.xxfi_negotiate(context, actions, steps, 0, 0, &wanted_actions, &wanted_steps, &third, &fourth);
    must((wanted_actions & ~actions) == 0 && (wanted_steps & ~steps) == 0);
}

static void connect_from(SMFICTX *context, const uint8_t *text, size_t count) {
    union { struct sockaddr any; struct sockaddr_in v4; struct sockaddr_in6 v6; struct sockaddr_un local; } peer;
    memset(&peer, 0, sizeof peer);
    uint16_t port = count > 1 && text[1] == 'p' ? 40000 : 0;
    struct sockaddr *address = &peer.any;
    switch (count > 0 ? text[0] : '-') {
    case '4':
        peer.v4.sin_family = AF_INET;
        peer.v4.sin_port = htons(port);
        for (size_t i = 0; i < 4 && i + 2 < count; i++) ((uint8_t *)&peer.v4.sin_addr)[i] = text[i + 2];
        break;
    case '6':
        peer.v6.sin6_family = AF_INET6;
        peer.v6.sin6_port = htons(port);
        for (size_t i = 0; i < 16 && i + 2 < count; i++) peer.v6.sin6_addr.s6_addr[i] = text[i + 2];
        break;
    case 'u':
        peer.local.sun_family = AF_UNIX;
        for (size_t i = 0; i + 1 < sizeof peer.local.sun_path && i + 2 < count; i++) peer.local.sun_path[i] = text[i + 2];
        break;
    default: address = NULL;
    }
    char *host = copy(text, count);
    daemon_side.xxfi_connect(context, host, address);
    free(host);
}

static void envelope(SMFICTX *context, sfsistat (*step)(SMFICTX *, char **), const uint8_t *text, size_t count) {
    char *words = copy(text, count), *arguments[5] = {words};
    int number = 1;
    for (char *blank = words; number < 4 && (blank = strchr(blank, ' ')); number++) {
        *blank++ = 0;
        arguments[number] = blank;
    }
    step(context, arguments);
    free(words);
}

static void header(SMFICTX *context, const uint8_t *text, size_t count) {
    const uint8_t *colon = count > 0 ? memchr(text, ':', count) : NULL;
    size_t length = colon ? (size_t)(colon - text) : count;
    char *name = copy(text, length), *value = colon ? copy(colon + 1, count - length - 1) : copy(NULL, 0);
    daemon_side.xxfi_header(context, name, value);
    free(name);
    free(value);
}

static void body(SMFICTX *context, const uint8_t *text, size_t count, const char *end) {
    size_t length = count + strlen(end);
    if (length == 0) return;
    unsigned char *bytes = malloc(length);
    must(bytes != NULL);
    if (count > 0) memcpy(bytes, text, count);
    memcpy(bytes + count, end, strlen(end));
    daemon_side.xxfi_body(context, bytes, length);
    free(bytes);
}

static void close_connection(SMFICTX *context) {
    daemon_side.xxfi_close(context);
    must(context->private == NULL);
    free(context->login);
    free(context->id);
    free(context->daemon);
    memset(context, 0, sizeof *context);
}

static void take(SMFICTX *context, uint8_t step, const uint8_t *text, size_t count) {
    if (step != 'N' && step != 'Z') negotiate(context, 0xFF, 0x1FFFFF);
    switch (step) {
    case 'N':
        negotiate(context, count > 0 ? text[0] : 0, (count > 1 ? text[1] : 0) | (count > 2 ? text[2] << 13 : 0));
        break;
    case 'C': connect_from(context, text, count); break;
    case 'E': {
        char *name = copy(text, count);
        daemon_side.xxfi_helo(context, name);
        free(name);
        break;
    }
    case 'M': envelope(context, daemon_side.xxfi_envfrom, text, count); break;
    case 'R': envelope(context, daemon_side.xxfi_envrcpt, text, count); break;
    case 'D': daemon_side.xxfi_data(context); break;
    case 'H': header(context, text, count); break;
    case 'O': daemon_side.xxfi_eoh(context); break;
    case 'B': body(context, text, count, "\r\n"); break;
    case 'P': body(context, text, count, ""); break;
    case 'X':
        context->at_end = true;
        daemon_side.xxfi_eom(context);
        context->at_end = false;
        break;
    case 'A': daemon_side.xxfi_abort(context); break;
    case 'Z': close_connection(context); break;
    case 'S': set(&context->login, text, count); break;
    case 'I': set(&context->id, text, count); break;
    case 'J': set(&context->daemon, text, count); break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    if (daemon_side.xxfi_negotiate == NULL) fuzz_prepare();
    struct smfi_str context;
    memset(&context, 0, sizeof context);
    for (size_t start = 0; start < count;) {
        const uint8_t *end = memchr(bytes + start, '\n', count - start);
        size_t stop = end ? (size_t)(end - bytes) : count;
        if (stop > start) take(&context, bytes[start], bytes + start + 1, stop - start - 1);
        start = stop + 1;
    }
    close_connection(&context);
    return 0;
}
