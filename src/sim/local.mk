noinst_LIBRARIES += libsim.a
libsim_a_SOURCES = \
  src/sim/actor.c src/sim/actor.h \
  src/sim/dice.c src/sim/dice.h \
  src/sim/fate.c src/sim/fate.h \
  src/sim/house.c src/sim/house.h \
  src/sim/pngmaker.c src/sim/pngmaker.h \
  src/sim/rest.c src/sim/rest.h \
  src/sim/roster.c src/sim/roster.h \
  src/sim/serve.c src/sim/serve.h \
  src/sim/sim.c src/sim/sim.h \
  src/sim/speech.c src/sim/speech.h \
  src/sim/visit.c src/sim/visit.h \
  src/sim/wacode.c src/sim/wacode.h
libsim_a_CFLAGS = $(AM_CFLAGS) $(LWS_CFLAGS) $(UV_CFLAGS) $(QRENCODE_CFLAGS)

if HAVE_CMOCKA
check_PROGRAMS += test_sim_app test_sim_code test_sim_fate test_sim_serve
# libpng's users may call zlib as well; its pkg-config file does not name it.
test_sim_code_SOURCES = tests/unit/test_sim_code.c
test_sim_code_CFLAGS = $(unit_cflags) $(QRENCODE_CFLAGS) $(PNG_CFLAGS)
test_sim_code_LDADD = libsim.a $(CMOCKA_LIBS) $(QRENCODE_LIBS) $(PNG_LIBS) -lz
test_sim_fate_SOURCES = tests/unit/test_sim_fate.c
test_sim_fate_CFLAGS = $(unit_cflags)
test_sim_fate_LDADD = libsim.a $(CMOCKA_LIBS) $(QRENCODE_LIBS) -lz
test_sim_app_SOURCES = tests/unit/test_sim_app.c src/app.c src/app_feed.c src/app_life.c src/enlist.c src/logfile.c src/timestamp.c
test_sim_app_CFLAGS = $(unit_cflags) $(UV_CFLAGS) $(CJSON_CFLAGS)
test_sim_app_LDADD = libsim.a libnet.a libconfig.a libqr.a libcore.a $(CMOCKA_LIBS) $(LWS_LIBS) $(UV_LIBS) $(CRYPTO_LIBS) \
  $(CJSON_LIBS) $(QRENCODE_LIBS) $(PNG_LIBS) $(INIH_LIBS) -lz
test_sim_serve_SOURCES = tests/unit/test_sim_serve.c
test_sim_serve_CFLAGS = $(unit_cflags) $(LWS_CFLAGS) $(UV_CFLAGS)
test_sim_serve_LDADD = libsim.a $(CMOCKA_LIBS) $(LWS_LIBS) $(UV_LIBS) $(QRENCODE_LIBS) -lz
endif
