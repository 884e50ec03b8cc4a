EXTRA_PROGRAMS = bench_frame
bench_frame_SOURCES = bench/bench_frame.c
bench_frame_CFLAGS = $(AM_CFLAGS) $(CJSON_CFLAGS) $(PNG_CFLAGS) $(QRENCODE_CFLAGS)
bench_frame_LDADD = libqr.a $(CJSON_LIBS) $(QRENCODE_LIBS) $(PNG_LIBS)
CLEANFILES += bench_frame$(EXEEXT)

# Ratios measured side by side; never a pass or a failure.
bench: bench_frame$(EXEEXT)
	@./bench_frame$(EXEEXT)
.PHONY: bench
