noinst_LIBRARIES += libnet.a
libnet_a_SOURCES = \
  src/net/buffer.c src/net/buffer.h \
  src/net/call.c src/net/call.h \
  src/net/conn.c src/net/conn.h \
  src/net/connect.c src/net/connect.h \
  src/net/lack.c src/net/lack.h \
  src/net/liveness.c src/net/liveness.h \
  src/net/lwslog.c src/net/lwslog.h \
  src/net/memory.c src/net/memory.h \
  src/net/net.c src/net/net.h \
  src/net/resolve.c src/net/resolve.h \
  src/net/service.c src/net/service.h \
  src/net/socket.c src/net/socket.h \
  src/net/state.h \
  src/net/threads.c src/net/threads.h \
  src/net/tls.c src/net/tls.h
libnet_a_CFLAGS = $(AM_CFLAGS) $(LWS_CFLAGS) $(UV_CFLAGS) $(CRYPTO_CFLAGS)

if HAVE_CMOCKA
check_PROGRAMS += test_net test_net_alive test_net_lack test_net_tls
net_test_sources = \
  tests/unit/net_acts.c tests/unit/net_acts.h \
  tests/unit/net_peer.c tests/unit/net_peer.h \
  tests/unit/net_rig.c tests/unit/net_rig.h
net_test_cflags = $(unit_cflags) $(UV_CFLAGS) $(CRYPTO_CFLAGS)
net_test_libs = libnet.a libcore.a $(CMOCKA_LIBS) $(LWS_LIBS) $(UV_LIBS) $(CRYPTO_LIBS) -lpthread
test_net_SOURCES = tests/unit/test_net.c tests/unit/net_fixture.c tests/unit/net_fixture.h $(net_test_sources)
test_net_CFLAGS = $(net_test_cflags)
test_net_LDADD = $(net_test_libs)
test_net_alive_SOURCES = tests/unit/test_net_alive.c $(net_test_sources)
test_net_alive_CFLAGS = $(net_test_cflags)
test_net_alive_LDADD = $(net_test_libs)
test_net_lack_SOURCES = tests/unit/test_net_lack.c $(net_test_sources)
test_net_lack_CFLAGS = $(net_test_cflags)
test_net_lack_LDADD = $(net_test_libs)
test_net_tls_SOURCES = tests/unit/test_net_tls.c $(net_test_sources)
test_net_tls_CFLAGS = $(net_test_cflags)
test_net_tls_LDADD = $(net_test_libs)
endif
