noinst_LIBRARIES += libui.a
