dist_check_SCRIPTS += tests/e2e/fates.py
