# Tests that run the real program; the unit tests stand in the rooms they test.
dist_check_SCRIPTS += \
  tests/dev/configure.py \
  tests/dev/dev.py \
  tests/tui/announce.py \
  tests/tui/charsets.py \
  tests/tui/clipboard.py \
  tests/tui/clocks.py \
  tests/tui/codes.py \
  tests/tui/config.py \
  tests/tui/header.py \
  tests/tui/help.py \
  tests/tui/hostile.py \
  tests/tui/keys.py \
  tests/tui/leave.py \
  tests/tui/link.py \
  tests/tui/list.py \
  tests/tui/log.py \
  tests/tui/memory.py \
  tests/tui/options.py \
  tests/tui/orders.py \
  tests/tui/paste.py \
  tests/tui/phases.py \
  tests/tui/pictures.py \
  tests/tui/queue.py \
  tests/tui/replay.py \
  tests/tui/resize.py \
  tests/tui/sizes.py \
  tests/tui/theme.py \
  tests/scan/corpus.py \
  tests/scan/screens.py \
  tests/scan/selftest.py \
  tests/scan/terminals.py \
  tests/e2e/service_selftest.py \
  tests/e2e/colours.py \
  tests/e2e/config.py \
  tests/e2e/fates.py \
  tests/e2e/foreign.py \
  tests/e2e/leaks.py \
  tests/e2e/render.py \
  tests/e2e/room.py \
  tests/e2e/scarce.py \
  tests/e2e/secrets.py \
  tests/e2e/stall.py \
  tests/e2e/terminal.py

dist_noinst_DATA += \
  tests/e2e/service.py \
  tests/lib/cells.py \
  tests/lib/certs.py \
  tests/lib/console.py \
  tests/lib/corpus_kinds.py \
  tests/lib/corpus_payloads.py \
  tests/lib/corpus_pictures.py \
  tests/lib/corpus_symbols.py \
  tests/lib/decode.py \
  tests/lib/eight_bit.py \
  tests/lib/fake_terminal.py \
  tests/lib/few.py \
  tests/lib/glyphs.py \
  tests/lib/lsan.supp \
  tests/lib/matrix.py \
  tests/lib/png.py \
  tests/lib/python.sh \
  tests/lib/qrcode.py \
  tests/lib/raster.py \
  tests/lib/relay.py \
  tests/lib/service_http.py \
  tests/lib/service_instance.py \
  tests/lib/service_log.py \
  tests/lib/service_scripts.py \
  tests/lib/service_session.py \
  tests/lib/service_steps.py \
  tests/lib/sixel.py \
  tests/lib/table.py \
  tests/lib/tap.py \
  tests/lib/term.py \
  tests/lib/terminal_kinds.py \
  tests/lib/ttys.py \
  tests/lib/websocket.py \
  tests/lib/xserver.py \
  tests/scan/golden/blur-half-a-module.png \
  tests/scan/golden/blur-half-a-module.txt \
  tests/scan/golden/jpeg-quality-15.png \
  tests/scan/golden/jpeg-quality-15.txt \
  tests/scan/golden/kanji.png \
  tests/scan/golden/kanji.txt \
  tests/scan/golden/light-is-clear.png \
  tests/scan/golden/light-is-clear.txt \
  tests/scan/golden/logo-level-h.png \
  tests/scan/golden/logo-level-h.txt \
  tests/scan/golden/one-pixel-a-module.png \
  tests/scan/golden/one-pixel-a-module.txt \
  tests/scan/golden/round-finders.png \
  tests/scan/golden/round-finders.txt \
  tests/scan/golden/service-rgba.png \
  tests/scan/golden/service-rgba.txt \
  tests/scan/golden/tilted-2-degrees.png \
  tests/scan/golden/tilted-2-degrees.txt \
  tests/scan/golden/turned-30-degrees.png \
  tests/scan/golden/turned-30-degrees.txt

if HAVE_CMOCKA
# The kernel's answer is replaced.
check_PROGRAMS += test_linux_console
test_linux_console_SOURCES = tests/unit/test_linux_console.c
test_linux_console_CFLAGS = $(unit_cflags)
test_linux_console_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=ioctl
test_linux_console_LDADD = libui.a libcore.a $(CMOCKA_LIBS)

# The terminal is replaced by one that stops taking output.
check_PROGRAMS += test_overlay
test_overlay_SOURCES = tests/unit/test_overlay.c
test_overlay_CFLAGS = $(unit_cflags)
test_overlay_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=write -Wl,--wrap=stall_happened
test_overlay_LDADD = libui.a libqr.a libcore.a $(CMOCKA_LIBS) $(NCURSESW_LIBS) $(PNG_LIBS)

check_PROGRAMS += test_memory
test_memory_SOURCES = tests/unit/test_memory.c src/memory.c
test_memory_CFLAGS = $(unit_cflags)
test_memory_LDADD = libqr.a libconfig.a libcore.a $(CMOCKA_LIBS)

check_PROGRAMS += test_logfile
test_logfile_SOURCES = tests/unit/test_logfile.c src/logfile.c src/save.c src/timestamp.c
test_logfile_CFLAGS = $(unit_cflags) $(CJSON_CFLAGS)
test_logfile_LDADD = libconfig.a libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)

# The terminal and the hook are replaced.
check_PROGRAMS += test_announce
test_announce_SOURCES = tests/unit/test_announce.c tests/unit/link_rig.c tests/unit/link_rig.h src/announce.c
test_announce_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
test_announce_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)

# A test that waits for the end of a program need not wait so long.
check_PROGRAMS += test_hook
test_hook_SOURCES = tests/unit/test_hook.c src/hook.c
test_hook_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
test_hook_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=uv_timer_start
test_hook_LDADD = libconfig.a libcore.a $(CMOCKA_LIBS) $(UV_LIBS)

check_PROGRAMS += test_disguise
test_disguise_SOURCES = tests/unit/test_disguise.c src/disguise.c
test_disguise_CFLAGS = $(unit_cflags) $(CJSON_CFLAGS)
test_disguise_LDADD = libsim.a libqr.a libcore.a $(CMOCKA_LIBS) $(QRENCODE_LIBS) $(PNG_LIBS) $(CJSON_LIBS) -lz -lm
# The proof is replaced by one that can be made to fail.
check_PROGRAMS += test_viewer
test_viewer_SOURCES = tests/unit/test_viewer.c src/viewer.c
test_viewer_CFLAGS = $(unit_cflags) $(CRYPTO_CFLAGS)
test_viewer_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=qr_drawing_proves
test_viewer_LDADD = libsim.a libqr.a libcore.a $(CMOCKA_LIBS) $(QRENCODE_LIBS) $(PNG_LIBS) $(CRYPTO_LIBS) $(CJSON_LIBS) -lz -lm
else
dist_check_SCRIPTS += tests/unit/without_cmocka
endif
