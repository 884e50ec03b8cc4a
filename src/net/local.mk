noinst_LIBRARIES += libnet.a
