/* SPDX-License-Identifier: MIT
 * argv to one command of a table; nothing else.
 */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/cli.h"
#include "rlimits.h"
#include "ui/charset.h"

/* A descriptor 0, 1 or 2 that was closed at exec would be taken by the first socket, and printed into. Standard output then
 * refuses what is written, as it should. */
static void fill_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY);
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
    rlimits_keep_memory_private();
    rlimits_raise_files();
    signal(SIGPIPE, SIG_IGN);
    charset_choose();
    if (!cli_parse(&request, argc, argv, &code))
        return code;
    return commands[request.command](&request);
}
