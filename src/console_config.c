/* SPDX-License-Identifier: MIT
 * The configuration edited from the console, and taken over when it changes.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "config/bindings.h"
#include "config/child.h"
#include "console.h"

/* The editor's name may be a command with arguments, as for other programs that call one. */
#define EDITOR_SCRIPT "%s \"$0\""
#define SCRIPT_MAX 512

void console_styles(const struct config *config, struct style styles[THEME_ROLE_COUNT])
{
    for (int i = 0; i < THEME_ROLE_COUNT; i++)
        styles[i] = config_style(config, (enum theme_role)i);
}

/* What the operator changed by a key since the start stays as long as the file says the same as before. */
void console_configure(struct console *con, const struct config *config)
{
    struct style styles[THEME_ROLE_COUNT];
    bindings_make_keymap(&con->keymap, config);
    console_styles(config, styles);
    ui_restyle(con->ui, styles, con->request->no_color);
    announce_configure(&con->announce, config);
    if (con->configured_order != (enum order)config->sort)
        con->order = con->configured_order = (enum order)config->sort;
    if (con->configured_mouse != (config->mouse == CONFIG_YES))
        console_set_mouse(con, con->configured_mouse = config->mouse == CONFIG_YES);
    con->dirty = true;
}

static void come_back(struct console *con)
{
    con->editing = false;
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    app_watch_end_signals(con->app, true);
    console_take_terminal_back(con);
    con->dirty = true;
}

static void on_editor_closed(uv_handle_t *handle)
{
    struct console *con = handle->data;
    con->editor_open = false;
}

static void on_editor_end(uv_process_t *process, int64_t status, int number)
{
    struct console *con = process->data;
    char text[96];
    uv_close((uv_handle_t *)process, on_editor_closed);
    come_back(con);
    if (status || number) {
        snprintf(text, sizeof text, "the editor ended with %s %d", number ? "signal" : "exit status",
                 number ? number : (int)status);
        console_notice(con, text);
    }
    reload_now(con->reload);
}

static const char *editor(void)
{
    const char *visual = getenv("VISUAL"), *plain = getenv("EDITOR");
    return visual && *visual ? visual : plain && *plain ? plain : "vi";
}

static int start_editor(struct console *con, char *script)
{
    char path[4096];
    snprintf(path, sizeof path, "%s", reload_path(con->reload));
    char *arguments[] = {(char[]){"sh"}, (char[]){"-c"}, script, path, NULL};
    uv_stdio_container_t stdio[3];
    for (int i = 0; i < 3; i++)
        stdio[i] = (uv_stdio_container_t){.flags = UV_INHERIT_FD, .data.fd = i};
    const uv_process_options_t options = {
        .exit_cb = on_editor_end, .file = "/bin/sh", .args = arguments, .stdio_count = 3, .stdio = stdio};
    con->editor.data = con;
    con->editor_open = true;
    return child_spawn(app_loop(con->app), &con->editor, &options, &reload_config(con->reload)->hidden, NULL);
}

/* The terminal is the editor's meanwhile: Ctrl-C there is none of ours, nothing is drawn and no key is read; sockets and clocks go
 * on. */
void console_edit(struct console *con)
{
    char script[SCRIPT_MAX], text[96];
    bool fits = snprintf(script, sizeof script, EDITOR_SCRIPT, editor()) < (int)sizeof script;
    if (!con->reload || !fits) {
        console_notice(con, fits ? "there is no configuration file to edit" : "the editor's command in $VISUAL or $EDITOR is too long");
        return;
    }
    if (con->editor_open)
        return;
    console_watch_keys(con, false);
    app_watch_end_signals(con->app, false);
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    ui_suspend(con->ui);
    con->editing = true;
    int failed = start_editor(con, script);
    if (!failed)
        return;
    uv_close((uv_handle_t *)&con->editor, on_editor_closed);
    come_back(con);
    snprintf(text, sizeof text, "the editor could not be started: %s", uv_strerror(failed));
    console_notice(con, text);
}
