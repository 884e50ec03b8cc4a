noinst_LIBRARIES += libqr.a
