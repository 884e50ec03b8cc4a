noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
  src/cli/check.c \
  src/cli/cli.c src/cli/cli.h \
  src/cli/help.c src/cli/help.h \
  src/cli/option.c src/cli/option.h \
  src/cli/event.c src/cli/event.h \
  src/cli/json.c src/cli/json.h \
  src/cli/keys.c \
  src/cli/link.c \
  src/cli/link_keys.c src/cli/link_keys.h \
  src/cli/link_screen.c src/cli/link_screen.h \
  src/cli/link_terminal.c src/cli/link_terminal.h \
  src/cli/print.c src/cli/print.h \
  src/cli/render.c \
  src/cli/settings.c src/cli/settings.h \
  src/cli/start.c src/cli/start.h \
  src/cli/status.c
libcli_a_CFLAGS = $(AM_CFLAGS) $(UV_CFLAGS) $(CJSON_CFLAGS)
# For --version: this room may not know the libraries themselves, their rooms alone do.
libcli_a_CPPFLAGS = $(AM_CPPFLAGS) -DSCANDECK_LIBRARIES="\"libwebsockets `$(PKG_CONFIG) --modversion libwebsockets | sed s,-$$,,`, \
libuv `$(PKG_CONFIG) --modversion libuv`, ncursesw `$(PKG_CONFIG) --modversion ncursesw`, \
cJSON `$(PKG_CONFIG) --modversion libcjson`, libqrencode `$(PKG_CONFIG) --modversion libqrencode`, \
libpng `$(PKG_CONFIG) --modversion libpng`, inih `$(PKG_CONFIG) --modversion inih`, \
libcrypto `$(PKG_CONFIG) --modversion libcrypto`\""

noinst_PROGRAMS += scandeck-manual
scandeck_manual_SOURCES = src/cli/manual.c
scandeck_manual_LDADD = libcli.a libconfig.a libqr.a libcore.a $(CJSON_LIBS)

if HAVE_CMOCKA
check_PROGRAMS += test_cli
test_cli_SOURCES = tests/unit/test_cli.c
test_cli_CFLAGS = $(unit_cflags)
test_cli_LDADD = libcli.a libconfig.a libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS) $(INIH_LIBS)
endif

dist_check_SCRIPTS += tests/docs/man_current.py tests/docs/formats.py
