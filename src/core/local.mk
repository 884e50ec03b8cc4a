noinst_LIBRARIES += libcore.a
libcore_a_SOURCES = \
  src/core/action.c src/core/action.h \
  src/core/blank.c src/core/blank.h \
  src/core/endpoint.c src/core/endpoint.h \
  src/core/json_add.c src/core/json_add.h \
  src/core/keymap.c src/core/keymap.h \
  src/core/filter.c src/core/filter.h \
  src/core/fleet.c src/core/fleet.h \
  src/core/link.c src/core/link.h src/core/link_step.c src/core/link_step.h \
  src/core/link_attempt.c src/core/link_idle.c src/core/link_pairing.c src/core/link_polled.c src/core/link_session.c \
  src/core/link_signal.c \
  src/core/log.c src/core/log.h \
  src/core/logview.c src/core/logview.h \
  src/core/method.c src/core/method.h \
  src/core/order.c src/core/order.h \
  src/core/phase.c src/core/phase.h \
  src/core/phone.c src/core/phone.h src/core/phone_text.c src/core/phone_text.h \
  src/core/prompt.c src/core/prompt.h \
  src/core/queue.c src/core/queue.h src/core/queue_words.c \
  src/core/redact.c src/core/redact.h \
  src/core/style.c src/core/style.h \
  src/core/suggest.c src/core/suggest.h \
  src/core/surrogate.c src/core/surrogate.h \
  src/core/text.c src/core/text.h \
  src/core/unescape.c src/core/unescape.h \
  src/core/transcript.c src/core/transcript.h src/core/transcript_read.c \
  src/core/wire.c src/core/wire.h \
  src/core/wire_details.c src/core/wire_details.h \
  src/core/wire_json.c src/core/wire_json.h
libcore_a_CFLAGS = $(AM_CFLAGS) $(CJSON_CFLAGS)

if HAVE_CMOCKA
check_PROGRAMS += test_transcript test_style
test_style_SOURCES = tests/unit/test_style.c
test_style_CFLAGS = $(unit_cflags)
test_style_LDADD = libcore.a $(CMOCKA_LIBS)
test_transcript_SOURCES = tests/unit/test_transcript.c
test_transcript_CFLAGS = $(unit_cflags)
test_transcript_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
check_PROGRAMS += test_text test_redact test_json_add test_endpoint test_wire test_link test_link_sessions test_link_ways test_phone test_suggest test_details test_log test_logview test_queue test_filter test_order test_prompt
test_queue_SOURCES = tests/unit/test_queue.c
test_queue_CFLAGS = $(unit_cflags)
test_queue_LDADD = libcore.a $(CMOCKA_LIBS)
test_filter_SOURCES = tests/unit/test_filter.c
test_filter_CFLAGS = $(unit_cflags)
test_filter_LDADD = libcore.a $(CMOCKA_LIBS)
test_order_SOURCES = tests/unit/test_order.c
test_order_CFLAGS = $(unit_cflags)
test_order_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_prompt_SOURCES = tests/unit/test_prompt.c
test_prompt_CFLAGS = $(unit_cflags)
test_prompt_LDADD = libcore.a $(CMOCKA_LIBS)
test_json_add_SOURCES = tests/unit/test_json_add.c
test_json_add_CFLAGS = $(unit_cflags) $(CJSON_CFLAGS)
test_json_add_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_redact_SOURCES = tests/unit/test_redact.c
test_redact_CFLAGS = $(unit_cflags)
test_redact_LDADD = libcore.a $(CMOCKA_LIBS)
test_text_SOURCES = tests/unit/test_text.c
test_text_CFLAGS = $(unit_cflags)
test_text_LDADD = libcore.a $(CMOCKA_LIBS)
test_endpoint_SOURCES = tests/unit/test_endpoint.c
test_endpoint_CFLAGS = $(unit_cflags)
test_endpoint_LDADD = libcore.a $(CMOCKA_LIBS)
test_wire_SOURCES = tests/unit/test_wire.c
test_wire_CFLAGS = $(unit_cflags)
test_wire_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_link_SOURCES = tests/unit/test_link.c tests/unit/link_rig.c tests/unit/link_rig.h
test_link_CFLAGS = $(unit_cflags)
test_link_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_link_sessions_SOURCES = tests/unit/test_link_sessions.c tests/unit/link_rig.c tests/unit/link_rig.h
test_link_sessions_CFLAGS = $(unit_cflags)
test_link_sessions_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_link_ways_SOURCES = tests/unit/test_link_ways.c tests/unit/link_rig.c tests/unit/link_rig.h
test_link_ways_CFLAGS = $(unit_cflags)
test_link_ways_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_phone_SOURCES = tests/unit/test_phone.c
test_phone_CFLAGS = $(unit_cflags)
test_phone_LDADD = libcore.a $(CMOCKA_LIBS)
test_suggest_SOURCES = tests/unit/test_suggest.c
test_suggest_CFLAGS = $(unit_cflags)
test_suggest_LDADD = libcore.a $(CMOCKA_LIBS)
test_details_SOURCES = tests/unit/test_details.c
test_details_CFLAGS = $(unit_cflags)
test_details_LDADD = libcore.a $(CMOCKA_LIBS) $(CJSON_LIBS)
test_log_SOURCES = tests/unit/test_log.c
test_log_CFLAGS = $(unit_cflags)
test_log_LDADD = libcore.a $(CMOCKA_LIBS)
test_logview_SOURCES = tests/unit/test_logview.c
test_logview_CFLAGS = $(unit_cflags)
test_logview_LDADD = libcore.a $(CMOCKA_LIBS)
endif
