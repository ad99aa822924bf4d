// SPDX-License-Identifier: Apache-2.0
// A milter that does nothing, with what a signing milter negotiates: the floor that libmilter itself sets.
// Build: cc -O2 null-milter.c -lmilter -o null-milter      Run: null-milter unix:/path
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <libmilter/mfapi.h>

static sfsistat negotiate(SMFICTX *ctx, unsigned long actions, unsigned long steps, unsigned long f2, unsigned long f3,
                          unsigned long *wanted_actions, unsigned long *wanted_steps, unsigned long *p2,
                          unsigned long *p3) {
    smfi_setsymlist(ctx, SMFIM_CONNECT, "{client_addr} {client_port}");
    smfi_setsymlist(ctx, SMFIM_ENVFROM, "i {auth_authen}");
    smfi_setsymlist(ctx, SMFIM_ENVRCPT, "i");
    smfi_setsymlist(ctx, SMFIM_EOM, "i");
    *wanted_actions = actions & (SMFIF_ADDHDRS | SMFIF_QUARANTINE | SMFIF_SETSYMLIST);
    *wanted_steps = steps & (SMFIP_NOHELO | SMFIP_NOUNKNOWN | SMFIP_NODATA | SMFIP_NR_CONN | SMFIP_NR_HDR |
                             SMFIP_NR_EOH | SMFIP_NR_BODY | SMFIP_SKIP | SMFIP_HDR_LEADSPC);
    return SMFIS_CONTINUE;
}
static sfsistat connected(SMFICTX *ctx, char *host, _SOCK_ADDR *address) { return SMFIS_NOREPLY; }
static sfsistat sender(SMFICTX *ctx, char **arguments) {
    smfi_getsymval(ctx, "{auth_authen}");
    return SMFIS_CONTINUE;
}
static sfsistat recipient(SMFICTX *ctx, char **arguments) { return SMFIS_CONTINUE; }
static sfsistat header(SMFICTX *ctx, char *name, char *value) { return SMFIS_NOREPLY; }
static sfsistat end_of_headers(SMFICTX *ctx) { return SMFIS_NOREPLY; }
static sfsistat body(SMFICTX *ctx, unsigned char *bytes, size_t count) { return SMFIS_NOREPLY; }
static sfsistat end_of_message(SMFICTX *ctx) {
    smfi_getsymval(ctx, "i");
    smfi_insheader(ctx, 0, "X-Null", " none");
    return SMFIS_CONTINUE;
}

int main(int count, char **arguments) {
    struct smfiDesc filter = {"null-milter", SMFI_VERSION, SMFIF_ADDHDRS | SMFIF_QUARANTINE | SMFIF_SETSYMLIST,
                              connected,     NULL,         sender,
                              recipient,     header,       end_of_headers,
                              body,          end_of_message, NULL,
                              NULL,          NULL,         NULL,
                              negotiate};
    umask(0117);
    if (count != 2 || smfi_register(filter) != MI_SUCCESS || smfi_setconn(arguments[1]) != MI_SUCCESS ||
        smfi_opensocket(true) != MI_SUCCESS)
        return 2;
    return smfi_main() == MI_SUCCESS ? 0 : 1;
}
