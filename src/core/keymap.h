/* SPDX-License-Identifier: MIT
 * Which key does what. Keys are numbers: a Unicode code point, or one of enum key for the named ones.
 */
#ifndef SCANDECK_CORE_KEYMAP_H
#define SCANDECK_CORE_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/action.h"

/* Keys that are no character: id, name. Control keys are their control code, written C-a … C-z. */
#define KEY_TABLE(X)        \
    X(KEYNAME_UP, "Up")     \
    X(KEYNAME_DOWN, "Down") \
    X(KEYNAME_LEFT, "Left") \
    X(KEYNAME_RIGHT, "Right") \
    X(KEYNAME_PAGE_UP, "PgUp") \
    X(KEYNAME_PAGE_DOWN, "PgDn") \
    X(KEYNAME_HOME, "Home") \
    X(KEYNAME_END, "End")   \
    X(KEYNAME_INSERT, "Insert") \
    X(KEYNAME_DELETE, "Delete") \
    X(KEYNAME_BACKSPACE, "Backspace") \
    X(KEYNAME_F1, "F1") X(KEYNAME_F2, "F2") X(KEYNAME_F3, "F3") X(KEYNAME_F4, "F4") X(KEYNAME_F5, "F5") \
    X(KEYNAME_F6, "F6") X(KEYNAME_F7, "F7") X(KEYNAME_F8, "F8") X(KEYNAME_F9, "F9") X(KEYNAME_F10, "F10") \
    X(KEYNAME_F11, "F11") X(KEYNAME_F12, "F12")

enum key {
    KEYNAME_NONE = 0,
    KEYNAME_TAB = 9,
    KEYNAME_ENTER = 13, /* both CR and LF arrive as this */
    KEYNAME_ESC = 27,
    KEYNAME_SPACE = 32,
    KEYNAME_FIRST = 0x110000, /* past the last code point */
#define KEY_ENUM(id, name) id,
    KEY_TABLE(KEY_ENUM)
#undef KEY_ENUM
};

/* What the mouse did, as keys that nobody can bind: past all others. */
enum mouse_key { KEYNAME_CLICK = 0x120000, KEYNAME_WHEEL_UP, KEYNAME_WHEEL_DOWN };
/* A whole paste; nobody can bind it either. */
#define KEYNAME_PASTE 0x130000

#define KEYMAP_KEYS_MAX 4

struct keymap {
    int keys[ACTION_COUNT][KEYMAP_KEYS_MAX]; /* KEYNAME_NONE ends a row early */
};

/* The keys of the action table. */
void keymap_init(struct keymap *map);
/* Gives `action` the named keys instead of those it has. False, with a sentence in `why` and *map unchanged, when a
 * name is unknown, there are too many, or another action has one of them. */
bool keymap_bind(struct keymap *map, const char *action, const char *keys, char *why, size_t why_size);
/* What the key does in these contexts (CONTEXT_EVERYWHERE is always among them); ACTION_NONE when nothing. */
enum action keymap_action(const struct keymap *map, context_set contexts, int key);
/* The key as the character that it types, in UTF-8; returns its bytes, 0 where it types none. */
#define KEYMAP_CHARACTER_SIZE 5
size_t keymap_character(char dst[KEYMAP_CHARACTER_SIZE], int key);
/* "Enter", "C-l", "x"; dst of 16 bytes is enough. */
void keymap_key_name(char *dst, size_t size, int key);
/* The names of all keys of an action, joined by blanks. */
void keymap_names(const struct keymap *map, enum action action, char *dst, size_t size);

#endif
