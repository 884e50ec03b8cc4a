noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = src/cli/cli.c src/cli/cli.h src/cli/check.c src/cli/render.c
libcli_a_CFLAGS = $(AM_CFLAGS) $(UV_CFLAGS) $(CJSON_CFLAGS)
