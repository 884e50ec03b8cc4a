noinst_LIBRARIES += libconfig.a
