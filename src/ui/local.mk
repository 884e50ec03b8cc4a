noinst_LIBRARIES += libui.a
libui_a_SOURCES = \
  src/ui/abilities.c src/ui/abilities.h \
  src/ui/advise.c src/ui/advise.h \
  src/ui/answer.c src/ui/answer.h \
  src/ui/big_text.c src/ui/big_text.h \
  src/ui/canvas.c src/ui/canvas.h \
  src/ui/charset.c src/ui/charset.h \
  src/ui/clock_words.c src/ui/clock_words.h \
  src/ui/clipboard.c src/ui/clipboard.h \
  src/ui/code_colors.c src/ui/code_colors.h \
  src/ui/crash.c src/ui/crash.h \
  src/ui/draw.c src/ui/draw.h \
  src/ui/explain.c src/ui/explain.h \
  src/ui/header.c src/ui/header.h \
  src/ui/identity.c src/ui/identity.h \
  src/ui/input.c src/ui/input.h \
  src/ui/layout.c src/ui/layout.h \
  src/ui/linux_console.c src/ui/linux_console.h \
  src/ui/list_columns.c src/ui/list_columns.h \
  src/ui/notify.c src/ui/notify.h \
  src/ui/offer.c src/ui/offer.h \
  src/ui/overlay.c src/ui/overlay.h \
  src/ui/panel_clocks.c src/ui/panel_clocks.h \
  src/ui/panel_code.c src/ui/panel_code.h \
  src/ui/panel_header.c src/ui/panel_header.h \
  src/ui/panel_help.c src/ui/panel_help.h \
  src/ui/panel_hints.c src/ui/panel_hints.h \
  src/ui/panel_list.c src/ui/panel_list.h \
  src/ui/paging.c src/ui/paging.h \
  src/ui/panel_log.c src/ui/panel_log.h \
  src/ui/panel_page.c src/ui/panel_page.h \
  src/ui/panel_panes.c src/ui/panel_panes.h \
  src/ui/probe.c src/ui/probe.h \
  src/ui/send.c src/ui/send.h \
  src/ui/stall.c src/ui/stall.h \
  src/ui/survey.c src/ui/survey.h \
  src/ui/terminal.c src/ui/terminal.h \
  src/ui/terminfo.c src/ui/terminfo.h \
  src/ui/theme.c src/ui/theme.h \
  src/ui/tmux_clients.c src/ui/tmux_clients.h \
  src/ui/wrap.c src/ui/wrap.h \
  src/ui/ui.c src/ui/ui.h
libui_a_CFLAGS = $(AM_CFLAGS) $(NCURSESW_CFLAGS)

if HAVE_CMOCKA
check_PROGRAMS += test_abilities test_advise test_header test_explain test_layout test_list_columns test_keymap test_answer test_clipboard
test_advise_SOURCES = tests/unit/test_advise.c
test_advise_CFLAGS = $(unit_cflags)
test_advise_LDADD = libui.a libqr.a libcore.a $(CMOCKA_LIBS)
test_explain_SOURCES = tests/unit/test_explain.c
test_explain_CFLAGS = $(unit_cflags)
test_explain_LDADD = libui.a libqr.a libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_header_SOURCES = tests/unit/test_header.c
test_header_CFLAGS = $(unit_cflags)
test_header_LDADD = libui.a libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_layout_SOURCES = tests/unit/test_layout.c
test_layout_CFLAGS = $(unit_cflags)
test_layout_LDADD = libui.a libqr.a libcore.a $(CMOCKA_LIBS)
test_list_columns_SOURCES = tests/unit/test_list_columns.c
test_list_columns_CFLAGS = $(unit_cflags)
test_list_columns_LDADD = libui.a libcore.a $(CMOCKA_LIBS)
test_keymap_SOURCES = tests/unit/test_keymap.c
test_keymap_CFLAGS = $(unit_cflags)
test_keymap_LDADD = libcore.a $(CMOCKA_LIBS)
test_answer_SOURCES = tests/unit/test_answer.c
test_answer_CFLAGS = $(unit_cflags)
test_answer_LDADD = libui.a libcore.a $(CMOCKA_LIBS)
test_clipboard_SOURCES = tests/unit/test_clipboard.c
test_clipboard_CFLAGS = $(unit_cflags)
test_clipboard_LDADD = libui.a libqr.a libcore.a $(CMOCKA_LIBS)
# ncurses is replaced by a list of characters.
check_PROGRAMS += test_input
test_input_SOURCES = tests/unit/test_input.c
test_input_CFLAGS = $(unit_cflags) $(NCURSESW_CFLAGS)
test_input_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=wget_wch
test_input_LDADD = libui.a libcore.a $(CMOCKA_LIBS)
test_abilities_SOURCES = tests/unit/test_abilities.c
test_abilities_CFLAGS = $(unit_cflags)
test_abilities_LDADD = libui.a libqr.a libcore.a $(CMOCKA_LIBS)
endif
