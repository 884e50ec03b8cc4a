/* SPDX-License-Identifier: MIT */
#include "config_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int config_rig_set_up(void **state)
{
    struct fixture *it = calloc(1, sizeof *it);
    if (!it)
        return -1;
    snprintf(it->folder, sizeof it->folder, "/tmp/scandeck-test-XXXXXX");
    if (!mkdtemp(it->folder))
        return -1;
    snprintf(it->path, sizeof it->path, "%s/f", it->folder);
    config_init(&it->config);
    *state = it;
    return 0;
}

int config_rig_tear_down(void **state)
{
    struct fixture *it = *state;
    unlink(it->path);
    rmdir(it->folder);
    config_free(&it->config);
    config_errors_free(&it->errors);
    free(it);
    return 0;
}

void write_file(struct fixture *it, const char *bytes, size_t len)
{
    int fd = open(it->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), len);
    close(fd);
}

bool read_text(struct fixture *it, const char *text)
{
    write_file(it, text, strlen(text));
    return config_read(&it->config, it->path, &it->errors);
}

void assert_complaints(struct fixture *it, const char *text, const char *expected)
{
    char wanted[4096] = "";
    size_t used = 0;
    assert_false(read_text(it, text));
    for (const char *line = expected; *line;) {
        size_t len = strcspn(line, "\n");
        used += (size_t)snprintf(wanted + used, sizeof wanted - used, "%s:%.*s\n", it->path, (int)len, line);
        line += len + (line[len] == '\n');
    }
    assert_string_equal(it->errors.text, wanted);
}
