noinst_LIBRARIES += libconfig.a
libconfig_a_SOURCES = \
  src/config/bindings.c src/config/bindings.h \
  src/config/child.c src/config/child.h src/config/child_hidden.c src/config/child_hidden.h \
  src/config/child_output.c src/config/child_output.h \
  src/config/complaints.c src/config/complaints.h \
  src/config/config.c src/config/config.h \
  src/config/diff.c src/config/diff.h \
  src/config/exposed.c src/config/exposed.h \
  src/config/file.c src/config/file.h \
  src/config/lines.c src/config/lines.h \
  src/config/misread.c src/config/misread.h \
  src/config/parse.c src/config/parse.h \
  src/config/secret.c src/config/secret.h \
  src/config/secret_command.c src/config/secret_command.h \
  src/config/setting.c src/config/setting.h \
  src/config/setting_words.c src/config/setting_words.h \
  src/config/styles.c src/config/styles.h \
  src/config/token.c src/config/token.h \
  src/config/unique.c src/config/unique.h \
  src/config/watch.c src/config/watch.h
libconfig_a_CFLAGS = $(AM_CFLAGS) $(UV_CFLAGS) $(INIH_CFLAGS)

if HAVE_CMOCKA
check_PROGRAMS += test_config test_settings test_diff test_secret test_watch test_misread test_file
test_config_SOURCES = tests/unit/test_config.c tests/unit/config_rig.c tests/unit/config_rig.h
test_config_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
test_config_LDADD = libconfig.a libcore.a $(CMOCKA_LIBS) $(INIH_LIBS)
test_misread_SOURCES = tests/unit/test_misread.c tests/unit/config_rig.c tests/unit/config_rig.h
test_misread_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
test_misread_LDADD = libconfig.a libcore.a $(CMOCKA_LIBS) $(INIH_LIBS)
test_file_SOURCES = tests/unit/test_file.c
test_file_CFLAGS = $(unit_cflags)
test_file_LDADD = libconfig.a libcore.a $(CMOCKA_LIBS)
test_settings_SOURCES = tests/unit/test_settings.c tests/unit/config_rig.c tests/unit/config_rig.h
test_settings_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
test_settings_LDADD = libconfig.a libcore.a $(CMOCKA_LIBS) $(INIH_LIBS) $(CJSON_LIBS)
test_diff_SOURCES = tests/unit/test_diff.c
test_diff_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
test_diff_LDADD = libconfig.a libcore.a $(CMOCKA_LIBS) $(INIH_LIBS)
test_watch_SOURCES = tests/unit/test_watch.c
test_watch_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
test_watch_LDADD = libconfig.a $(CMOCKA_LIBS) $(UV_LIBS)
test_secret_SOURCES = tests/unit/test_secret.c
test_secret_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
test_secret_LDADD = libconfig.a libcore.a $(CMOCKA_LIBS) $(UV_LIBS)
endif
