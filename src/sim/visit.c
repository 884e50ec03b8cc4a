/* SPDX-License-Identifier: MIT
 * A message is made when it is due and lws can write, so that a waiting websocket holds no memory for it.
 */
#include "sim/visit.h"

#include <string.h>

#define SECOND 1000
#define NO_CODE (-1)
/* 20 s, and a little for a successor that is on its way. */
#define CODE_LIFE_MS 21000

static void set_step(struct visit *visit, const struct fate_step *step, int64_t from)
{
    visit->step = step;
    visit->due = from + (int64_t)step->after_s * SECOND;
    visit->ready = false;
}

void visit_begin(struct sim *sim, struct visit *visit, struct lws *wsi, struct actor *actor)
{
    const int64_t now = house_now(sim);
    visit->wsi = wsi;
    visit->actor = actor;
    visit->code_at = NO_CODE;
    set_step(visit, actor_script(actor, now), now);
    visit->next = sim->visits;
    sim->visits = visit;
    house_arm(sim);
}

void visit_prompt(struct visit *visit)
{
    if (visit->step->say != SAY_CLOSE) {
        visit->ready = true;
        lws_callback_on_writable(visit->wsi);
        return;
    }
    visit->step++;
    lws_close_reason(visit->wsi, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
    /* Not by -1 from a callback: Debian's build, made with _DEBUG, then closes twice and loses the close frame. */
    lws_set_timeout(visit->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_SYNC);
}

static void note_code(struct visit *visit, enum fate_say say, int64_t now)
{
    if (say == SAY_CODE)
        visit->code_at = now;
    else if (say == SAY_BROKEN_CODE || fate_is_final(say))
        visit->code_at = NO_CODE;
}

static void finish_step(struct sim *sim, struct visit *visit)
{
    const enum fate_say say = visit->step->say;
    const int64_t now = house_now(sim);
    note_code(visit, say, now);
    if (fate_links(say))
        actor_link(visit->actor, now);
    visit->actor->wants_passkey = say == SAY_PASSKEY;
    if (fate_is_final(say))
        set_step(visit, fate_closing_steps, now);
    else
        set_step(visit, visit->step + 1, visit->due);
    house_arm(sim);
}

static int send_piece(struct sim *sim, struct visit *visit)
{
    const size_t left = visit->out.len - visit->sent;
    const size_t piece = left < HOUSE_PIECE ? left : HOUSE_PIECE;
    const int flags = lws_write_ws_flags(visit->out.binary ? LWS_WRITE_BINARY : LWS_WRITE_TEXT, visit->sent == 0,
                                         piece == left);
    memcpy(sim->scratch + LWS_PRE, visit->out.text + visit->sent, piece);
    if (lws_write(visit->wsi, sim->scratch + LWS_PRE, piece, (enum lws_write_protocol)flags) < (int)piece)
        return -1;
    visit->sent += piece;
    if (piece < left) {
        lws_callback_on_writable(visit->wsi);
        return 0;
    }
    speech_free(&visit->out);
    finish_step(sim, visit);
    return 0;
}

int visit_write(struct sim *sim, struct visit *visit)
{
    if (visit->out.text)
        return send_piece(sim, visit);
    if (!visit->ready)
        return 0;
    if (visit->step->say == SAY_CUT)
        return -1;
    visit->out = speech_say(visit->actor, visit->step->say);
    visit->sent = 0;
    return visit->out.text ? send_piece(sim, visit) : -1;
}

void visit_end(struct sim *sim, struct visit *visit)
{
    for (struct visit **at = &sim->visits; *at; at = &(*at)->next)
        if (*at == visit) {
            *at = visit->next;
            break;
        }
    speech_free(&visit->out);
    house_arm(sim);
}

bool visit_scan(struct sim *sim, struct visit *visit)
{
    const int64_t now = house_now(sim);
    if (visit->code_at == NO_CODE || now - visit->code_at > CODE_LIFE_MS || visit->out.text)
        return false;
    visit->code_at = NO_CODE;
    set_step(visit, fate_scanned_steps, now);
    house_arm(sim);
    return true;
}
