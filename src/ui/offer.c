/* SPDX-License-Identifier: MIT */
#include "ui/offer.h"

const char *offer_why_off(const struct ui_model *model, enum action action)
{
    switch (action) {
    case ACTION_LOGOUT:
    case ACTION_REBOOT:
        if (model->readonly)
            return "read-only";
        /* fall through */
    case ACTION_LINK:
    case ACTION_STOP:
    case ACTION_REFRESH:
    case ACTION_PAIR:
    case ACTION_VENDOR_PAGE:
    case ACTION_QUEUE:
    case ACTION_EDIT:
        return model->replay ? "replay" : NULL;
    default:
        return NULL;
    }
}

static bool takes(const struct instance *it, enum link_event_kind order)
{
    return it->token && link_takes(&it->link, order);
}

/* Of a linked or a banned number there is no code. */
static bool may_be_linked(const struct instance *it)
{
    enum phase phase = it->link.phase;
    return phase != PHASE_LINKED && phase != PHASE_SUSPENDED && phase != PHASE_BLOCKED;
}

bool offer_works(const struct ui_model *model, const struct instance *it, enum action action)
{
    if (offer_why_off(model, action))
        return false;
    switch (action) {
    case ACTION_LINK:
        return may_be_linked(it) && takes(it, LINK_EV_LINK);
    case ACTION_PAIR:
        return may_be_linked(it) && takes(it, LINK_EV_PAIR);
    case ACTION_STOP:
        return takes(it, LINK_EV_STOP);
    case ACTION_REFRESH:
        return takes(it, LINK_EV_REFRESH);
    case ACTION_LOGOUT:
        return takes(it, LINK_EV_LOGOUT);
    case ACTION_REBOOT:
        return takes(it, LINK_EV_REBOOT);
    case ACTION_VENDOR_PAGE:
        return it->token && it->link.phase == PHASE_PASSKEY;
    default:
        return true;
    }
}

bool offer_key(const struct ui_model *model, enum action action, char name[OFFER_KEY_MAX])
{
    int key = model->keymap->keys[action][0];
    name[0] = '\0';
    if (key != KEYNAME_NONE)
        keymap_key_name(name, OFFER_KEY_MAX, key);
    return key != KEYNAME_NONE;
}
