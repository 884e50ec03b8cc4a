# SPDX-License-Identifier: MIT
# What building and testing need; read by ./dev and by ./configure.
# shellcheck shell=sh

# group | what | how to see it | what is lost without it | its packages with apt | dnf | pacman | apk | brew. A dash: no package there.
needs() {
    cat <<'END'
build|autoconf|cmd autoconf|configure cannot be made|autoconf|autoconf|autoconf|autoconf|autoconf
build|automake|cmd automake|configure cannot be made|automake|automake|automake|automake|automake
build|make|cmd make|nothing is built|make|make|make|make|make
build|a C compiler|cc|nothing is built|gcc libc6-dev|gcc|gcc|gcc musl-dev|gcc
build|pkg-config|cmd pkg-config|no library is found|pkg-config|pkgconf-pkg-config|pkgconf|pkgconf|pkgconf
build|ncurses|mod ncursesw|nothing is built|libncurses-dev|ncurses-devel|ncurses|ncurses-dev|ncurses
build|libwebsockets|mod libwebsockets|nothing is built|libwebsockets-dev libwebsockets-evlib-uv|libwebsockets-devel|libwebsockets|libwebsockets-dev libwebsockets-evlib_uv|libwebsockets
build|libwebsockets' libuv plug-in|lws_uv|the program does not start|libwebsockets-evlib-uv|-|-|libwebsockets-evlib_uv|-
build|libuv|mod libuv|nothing is built|libuv1-dev|libuv-devel|libuv|libuv-dev|libuv
build|cJSON|mod libcjson|nothing is built|libcjson-dev|cjson-devel|cjson|cjson-dev|cjson
build|libqrencode|mod libqrencode|nothing is built|libqrencode-dev|qrencode-devel|qrencode|libqrencode-dev|qrencode
build|libpng|mod libpng|nothing is built|libpng-dev|libpng-devel|libpng|libpng-dev|libpng
build|zlib|mod zlib|nothing is built|zlib1g-dev|zlib-devel|zlib|zlib-dev|zlib
build|inih|mod inih|nothing is built|libinih-dev|inih-devel|libinih|inih-dev|inih
build|OpenSSL|mod libcrypto|nothing is built|libssl-dev|openssl-devel|openssl|openssl-dev|openssl
check|cmocka|mod cmocka|all unit tests|libcmocka-dev|libcmocka-devel|cmocka|cmocka-dev|cmocka
check|valgrind|cmd valgrind|the test for leaks|valgrind|valgrind|valgrind|valgrind|-
check|openssl|cmd openssl|the tests over TLS|openssl|openssl|openssl|openssl|openssl
check|groff|cmd groff|half of the manual's tests, ./dev man|groff-base|groff-base|groff|groff|groff
check|man|cmd man|half of the manual's tests|man-db|man-db|man-db|mandoc|-
scan|python3|cmd python3|all tests but the unit tests|python3|python3|python|python3|python
scan|tmux|cmd tmux|all tests of the console|tmux|tmux|tmux|tmux|tmux
scan|tmux's terminfo|term tmux-256color|all tests of the console|ncurses-term|ncurses-base|ncurses|ncurses-terminfo|ncurses
scan|a terminfo of 16 colours|term screen-16color|the tests with 16 colours|ncurses-term|ncurses-term|ncurses|ncurses-terminfo|ncurses
scan|zbarimg|cmd zbarimg|the tests that scan|zbar-tools|zbar|zbar|zbar|zbar
scan|ZXingReader|cmd ZXingReader|the tests that scan|zxing-cpp-tools|zxing-cpp|zxing-cpp|-|zxing-cpp
scan|ImageMagick|cmd import|the photographs of terminals|imagemagick|ImageMagick|imagemagick|imagemagick|imagemagick
scan|Xvfb|cmd Xvfb|the photographs of terminals|xvfb|xorg-x11-server-Xvfb|xorg-server-xvfb|xvfb|-
scan|xterm|cmd xterm|the photographs of xterm|xterm|xterm|xterm|xterm|xterm
scan|GNU screen|cmd screen|the photographs of GNU screen|screen|screen|screen|screen|screen
scan|kitty|cmd kitty|the photographs of kitty|kitty|kitty|kitty|kitty|-
scan|OpenGL without a graphics card|file swrast_dri.so|the photographs of kitty|libgl1-mesa-dri|mesa-dri-drivers|mesa|mesa-dri-gallium|-
scan|DejaVu Sans Mono|file DejaVuSansMono.ttf|the photographs of terminals|fonts-dejavu-core|dejavu-sans-mono-fonts|ttf-dejavu|font-dejavu|-
END
}

# The package managers in the order of the table's columns: tool | systems | as one types it | as ./dev runs it.
managers() {
    cat <<'END'
apt-get|Debian, Ubuntu|apt install|apt-get install -y --no-install-recommends
dnf|Fedora|dnf install|dnf install -y
pacman|Arch|pacman -S|pacman -S --needed --noconfirm
apk|Alpine|apk add|apk add
brew|Homebrew|brew install|brew install
END
}

# $1: the name of a file, wherever the system keeps libraries and fonts.
has_file() {
    find /usr/lib /usr/lib64 /usr/local/lib /usr/share/fonts -name "$1" 2>/dev/null | grep -q .
}

# libwebsockets has its event loops built in, or as plug-ins that are packages of their own.
has_lws_uv() {
    pkg-config --exists libwebsockets || return 1
    config=$(pkg-config --variable=includedir libwebsockets)/lws_config.h
    ! grep -qs '^#define LWS_WITH_EVLIB_PLUGINS' "$config" || has_file 'libwebsockets-evlib_uv.so*'
}

is_there() {
    case $1 in
    cmd) command -v "$2" ;;
    mod) pkg-config --exists "$2" ;;
    term) infocmp "$2" ;;
    file) has_file "$2" ;;
    lws_uv) has_lws_uv ;;
    cc) command -v "${CC:-cc}" || command -v gcc || command -v clang ;;
    esac >/dev/null 2>&1
}

# Prints the rows that are not met, of the groups named, in the order of the table.
lacking() {
    groups=" $* "
    needs | while IFS='|' read -r group what see rest; do
        # shellcheck disable=SC2086 # what is to be seen is two words
        case $groups in *" $group "*) is_there $see || echo "$group|$what|$see|$rest" ;; esac
    done
}

# $1: rows of the table. Their names in one line.
names_of() {
    echo "$1" | cut -d'|' -f2 | paste -sd, - | sed 's/,/, /g'
}

# $1: rows of the table, $2: a package manager. Its packages in one line, each once.
packages_of() {
    column=$(managers | cut -d'|' -f1 | grep -nx -- "$2" | cut -d: -f1)
    echo "$1" | cut -d'|' -f"$((column + 4))" | tr ' ' '\n' | awk '$0 != "-" && !seen[$0]++' | paste -sd' ' -
}

# $1: rows of the table. How each system gets them, a line for each.
advice_for() {
    managers | while IFS='|' read -r tool systems typed _; do
        packages=$(packages_of "$1" "$tool")
        [ -z "$packages" ] || echo "  $systems: $typed $packages"
    done
}
