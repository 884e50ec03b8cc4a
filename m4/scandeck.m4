dnl SPDX-License-Identifier: MIT

dnl SCANDECK_LIB(VARIABLE, MODULE, [VERSION])
dnl A library that pkg-config knows. A missing one is noted in $missing_libraries, so that all are named at once.
AC_DEFUN([SCANDECK_LIB], [
  PKG_CHECK_MODULES([$1], [$2]m4_ifnblank([$3], [ >= $3]), [found_libraries="$found_libraries, $2 `$PKG_CONFIG --modversion $2`"], [
    missing_libraries="$missing_libraries $2"
    m4_ifnblank([$3], [AS_IF([$PKG_CONFIG --exists $2],
      [old_libraries="$old_libraries
  $2 `$PKG_CONFIG --modversion $2` is too old: $3 or newer is needed"])])
  ])
])

dnl SCANDECK_LWS_ANSWERS
dnl These versions hand a ping with a payload to the program as if it were a message, and answer no pong.
AC_DEFUN([SCANDECK_LWS_ANSWERS], [
  lws_version=`$PKG_CONFIG --modversion libwebsockets 2>/dev/null`
  AS_CASE([$lws_version],
    [4.4.@<:@2-5@:>@|4.4.@<:@2-5@:>@@<:@!0-9@:>@*|4.5.0|4.5.0@<:@!0-9@:>@*], [AC_MSG_ERROR([libwebsockets $lws_version cannot be used.
  Versions 4.4.2 to 4.4.5 and 4.5.0 do not answer control frames that have a payload: each ping of the service
  would be taken for a message, and connections would be lost. Use 4.4.1 or older, or 4.5.1 or newer.])])
])

dnl SCANDECK_CFLAG(FLAG, VARIABLE)
AC_DEFUN([SCANDECK_CFLAG], [
  saved_CFLAGS=$CFLAGS
  CFLAGS="$CFLAGS -Werror $1"
  AC_MSG_CHECKING([whether $CC takes $1])
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM()], [AC_MSG_RESULT([yes]); CFLAGS=$saved_CFLAGS; $2="$$2 $1"],
    [AC_MSG_RESULT([no]); CFLAGS=$saved_CFLAGS])
])

dnl SCANDECK_LDFLAG(FLAG)
AC_DEFUN([SCANDECK_LDFLAG], [
  saved_LDFLAGS=$LDFLAGS
  LDFLAGS="$LDFLAGS $1"
  AC_MSG_CHECKING([whether the linker takes $1])
  AC_LINK_IFELSE([AC_LANG_PROGRAM()], [AC_MSG_RESULT([yes]); LDFLAGS=$saved_LDFLAGS; HARDEN_LDFLAGS="$HARDEN_LDFLAGS $1"],
    [AC_MSG_RESULT([no]); LDFLAGS=$saved_LDFLAGS])
])
