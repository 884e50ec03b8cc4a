noinst_LIBRARIES += libsim.a
