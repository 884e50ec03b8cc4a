noinst_LIBRARIES += libqr.a
libqr_a_SOURCES = \
  src/qr/attempt.c src/qr/attempt.h \
  src/qr/base64.c src/qr/base64.h \
  src/qr/chunks.c src/qr/chunks.h \
  src/qr/code.c src/qr/code.h \
  src/qr/codewords.c src/qr/codewords.h \
  src/qr/decode.c src/qr/decode.h \
  src/qr/draw.c \
  src/qr/encode.c \
  src/qr/even.c src/qr/even.h \
  src/qr/failure.c src/qr/failure.h \
  src/qr/finder.c src/qr/finder.h \
  src/qr/format.c src/qr/format.h \
  src/qr/galois.c src/qr/galois.h \
  src/qr/glyph.c src/qr/glyph.h \
  src/qr/graphics.c src/qr/graphics.h \
  src/qr/grid.c src/qr/grid.h \
  src/qr/kind.c src/qr/kind.h \
  src/qr/kitty.c src/qr/kitty.h \
  src/qr/look.c src/qr/look.h \
  src/qr/mode.c src/qr/mode.h \
  src/qr/modules.c src/qr/modules.h \
  src/qr/octant.c src/qr/octant.h \
  src/qr/picture.c src/qr/picture.h \
  src/qr/proof.c \
  src/qr/raster.c src/qr/raster.h \
  src/qr/read.c src/qr/read.h \
  src/qr/reed_solomon.c src/qr/reed_solomon.h \
  src/qr/ring.c src/qr/ring.h \
  src/qr/ruler.c src/qr/ruler.h \
  src/qr/sample.c src/qr/sample.h \
  src/qr/segments.c src/qr/segments.h \
  src/qr/shrink.c src/qr/shrink.h \
  src/qr/sixel.c src/qr/sixel.h \
  src/qr/slant.c src/qr/slant.h \
  src/qr/spec.c src/qr/spec.h \
  src/qr/timing.c src/qr/timing.h \
  src/qr/triple.c src/qr/triple.h \
  src/qr/view.c src/qr/view.h
libqr_a_CFLAGS = $(AM_CFLAGS) $(PNG_CFLAGS) $(QRENCODE_CFLAGS)

if HAVE_CMOCKA
qr_unit_cflags = $(unit_cflags) $(PNG_CFLAGS) $(QRENCODE_CFLAGS)
qr_unit_ldadd = libqr.a $(CMOCKA_LIBS) $(QRENCODE_LIBS) $(PNG_LIBS) -lm
qr_rig = tests/unit/qr_rig.c tests/unit/qr_rig.h

check_PROGRAMS += test_qr_base64 test_qr_decode test_qr_draw test_qr_graphics test_qr_mode test_qr_picture test_qr_read test_qr_reed_solomon
test_qr_base64_SOURCES = tests/unit/test_qr_base64.c
test_qr_base64_CFLAGS = $(qr_unit_cflags)
test_qr_base64_LDADD = $(qr_unit_ldadd)
test_qr_decode_SOURCES = tests/unit/test_qr_decode.c $(qr_rig)
test_qr_decode_CFLAGS = $(qr_unit_cflags)
test_qr_decode_LDADD = $(qr_unit_ldadd)
test_qr_draw_SOURCES = tests/unit/test_qr_draw.c $(qr_rig)
test_qr_draw_CFLAGS = $(qr_unit_cflags)
test_qr_draw_LDADD = $(qr_unit_ldadd)
test_qr_graphics_SOURCES = tests/unit/test_qr_graphics.c $(qr_rig)
test_qr_graphics_CFLAGS = $(qr_unit_cflags)
test_qr_graphics_LDADD = $(qr_unit_ldadd)
test_qr_mode_SOURCES = tests/unit/test_qr_mode.c
test_qr_mode_CFLAGS = $(qr_unit_cflags)
test_qr_mode_LDADD = $(qr_unit_ldadd)
test_qr_picture_SOURCES = tests/unit/test_qr_picture.c $(qr_rig)
test_qr_picture_CFLAGS = $(qr_unit_cflags)
test_qr_picture_LDADD = $(qr_unit_ldadd)
test_qr_read_SOURCES = tests/unit/test_qr_read.c $(qr_rig)
test_qr_read_CFLAGS = $(qr_unit_cflags)
test_qr_read_LDADD = $(qr_unit_ldadd)
test_qr_reed_solomon_SOURCES = tests/unit/test_qr_reed_solomon.c $(qr_rig)
test_qr_reed_solomon_CFLAGS = $(qr_unit_cflags)
test_qr_reed_solomon_LDADD = $(qr_unit_ldadd)
endif
