/* SPDX-License-Identifier: MIT
 * argv to one command of a table; nothing else.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "cli/cli.h"
#include "ui/charset.h"

/* A descriptor 0, 1 or 2 that was closed at exec would be taken by the first socket, and printed into. */
static void fill_standard_descriptors(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= 2);
    if (fd > 2)
        close(fd);
}

/* Tokens live in this process' memory: no core file, and no other process of the user may look. */
static void keep_memory_private(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

int main(int argc, char *argv[])
{
    static int (*const commands[COMMAND_COUNT])(const struct cli_request *) = {
        [COMMAND_CONSOLE] = cli_console, [COMMAND_LINK] = cli_link,     [COMMAND_STATUS] = cli_status,
        [COMMAND_LOGOUT] = cli_logout,   [COMMAND_REBOOT] = cli_reboot, [COMMAND_RENDER] = cli_render,
        [COMMAND_CHECK] = cli_check,     [COMMAND_TERMINAL] = cli_terminal,
        [COMMAND_KEYS] = cli_keys,
    };
    struct cli_request request;
    int code;
    fill_standard_descriptors();
    keep_memory_private();
    signal(SIGPIPE, SIG_IGN);
    charset_choose();
    if (!cli_parse(&request, argc, argv, &code))
        return code;
    return commands[request.command](&request);
}
