/* SPDX-License-Identifier: MIT
 * lws server callbacks. Errors are given in the service's order: the instance first, then the token, then the method.
 */
#include "sim/serve.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "sim/rest.h"
#include "sim/visit.h"

#define PATH_MAX_BYTES 160
#define HEADER_MAX 512
#define SEND_AT_ONCE (16 << 10) /* lws' own 4 KiB would cut each code in two */
#define HANG_UP (-1)

static bool is_post(struct lws *wsi)
{
    return lws_hdr_total_length(wsi, WSI_TOKEN_POST_URI) > 0;
}

/* An empty path where it has another shape. */
static void read_request(struct lws *wsi, struct rest_path *out)
{
    char path[PATH_MAX_BYTES];
    if (lws_hdr_copy(wsi, path, sizeof path, is_post(wsi) ? WSI_TOKEN_POST_URI : WSI_TOKEN_GET_URI) <= 0 ||
        !rest_read_path(out, path))
        out->id[0] = '\0';
}

/* 0 = welcome; else an HTTP status or HANG_UP. *actor is set when the instance exists. */
static int check_request(struct sim *sim, const struct rest_path *path, struct actor **actor)
{
    *actor = NULL;
    if (!path->id[0])
        return 404;
    *actor = house_find(sim, path->id);
    if (!*actor)
        return 403;
    if ((*actor)->fate->drops)
        return HANG_UP;
    if ((*actor)->fate->refusal)
        return (int)(*actor)->fate->refusal;
    return strcmp((*actor)->token, path->token) == 0 ? 0 : 401;
}

/* The upgrade is the last moment at which an HTTP status can be sent. */
static int confirm_upgrade(struct sim *sim, struct lws *wsi)
{
    struct rest_path path;
    struct actor *actor;
    read_request(wsi, &path);
    int verdict = check_request(sim, &path, &actor);
    if (verdict == 0 && strcmp(path.method, "scanqrcode") != 0)
        verdict = 404;
    if (verdict == 0)
        verdict = (int)actor->fate->wall;
    if (verdict == 0) {
        lws_set_opaque_user_data(wsi, actor);
        return 0;
    }
    if (verdict == HANG_UP)
        return HANG_UP;
    return lws_return_http_status(wsi, (unsigned)verdict, NULL) < 0 ? HANG_UP : 1;
}

static int send_head(struct sim *sim, struct lws *wsi, const struct rest_answer *answer)
{
    unsigned char *start = sim->scratch + LWS_PRE;
    unsigned char *at = start;
    unsigned char *end = start + HEADER_MAX;
    if (lws_add_http_common_headers(wsi, answer->status, answer->type, answer->body.len, &at, end) ||
        lws_finalize_write_http_header(wsi, start, &at, end))
        return -1;
    return 0;
}

static int begin_answer(struct sim *sim, struct lws *wsi, struct visit *visit, const char *body)
{
    struct rest_question question = {.method = visit->path.method,
                                     .body = body,
                                     .now = house_now(sim),
                                     .unix_now = (int64_t)time(NULL),
                                     .speed = sim->speed,
                                     .suspended_until = sim->suspended_until};
    const int verdict = check_request(sim, &visit->path, &question.actor);
    if (verdict == HANG_UP)
        return -1;
    struct rest_answer answer = verdict ? rest_refusal((unsigned)verdict) : rest_call(&question);
    speech_free(&visit->out);
    visit->out = answer.body;
    if (!visit->out.text || send_head(sim, wsi, &answer))
        return -1;
    lws_callback_on_writable(wsi);
    return 0;
}

/* A POST is answered when its body is there. */
static int begin_request(struct sim *sim, struct lws *wsi, struct visit *visit)
{
    read_request(wsi, &visit->path);
    visit->posted_len = 0;
    return is_post(wsi) ? 0 : begin_answer(sim, wsi, visit, NULL);
}

static int take_body(struct visit *visit, const char *in, size_t len)
{
    if (len >= sizeof visit->posted - visit->posted_len)
        return -1;
    memcpy(visit->posted + visit->posted_len, in, len);
    visit->posted_len += len;
    visit->posted[visit->posted_len] = '\0';
    return 0;
}

/* A REST body is one code at the most and always fits one piece. */
static int finish_answer(struct sim *sim, struct lws *wsi, struct visit *visit)
{
    const size_t len = visit->out.len;
    if (!visit->out.text || len > HOUSE_PIECE)
        return -1;
    memcpy(sim->scratch + LWS_PRE, visit->out.text, len);
    speech_free(&visit->out);
    if (lws_write(wsi, sim->scratch + LWS_PRE, len, LWS_WRITE_HTTP_FINAL) < (int)len)
        return -1;
    return lws_http_transaction_completed(wsi) ? -1 : 0;
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
    struct visit *visit = user;
    struct sim *sim = lws_get_protocol(wsi) ? lws_get_protocol(wsi)->user : NULL;
    switch (reason) {
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return confirm_upgrade(sim, wsi);
    case LWS_CALLBACK_ESTABLISHED:
        visit_begin(sim, visit, wsi, lws_get_opaque_user_data(wsi));
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return visit_write(sim, visit);
    case LWS_CALLBACK_CLOSED:
        visit_end(sim, visit);
        return 0;
    case LWS_CALLBACK_HTTP:
        return begin_request(sim, wsi, visit);
    case LWS_CALLBACK_HTTP_BODY:
        return take_body(visit, in, len);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return begin_answer(sim, wsi, visit, visit->posted_len ? visit->posted : "");
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return finish_answer(sim, wsi, visit);
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
        if (visit)
            speech_free(&visit->out);
        return 0;
    default:
        return 0;
    }
}

bool serve_start(struct sim *sim, char *why, size_t why_size)
{
    void *loops[] = {sim->loop};
    sim->protocols[0] = (struct lws_protocols){
        .name = "scandeck-sim", .callback = on_event, .per_session_data_size = sizeof(struct visit), .user = sim};
    const struct lws_context_creation_info info = {
        .port = 0, /* any free one */
        .iface = "127.0.0.1",
        .protocols = sim->protocols,
        .pt_serv_buf_size = SEND_AT_ONCE,
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_DISABLE_IPV6,
        .foreign_loops = loops,
        .pcontext = &sim->context,
        .vhost_name = "scandeck-sim",
    };
    sim->context = lws_create_context(&info);
    if (!sim->context) {
        snprintf(why, why_size, "the simulator cannot start libwebsockets with libuv; "
                                "is its plug-in (Debian: libwebsockets-evlib-uv) installed?");
        return false;
    }
    struct lws_vhost *vhost = lws_get_vhost_by_name(sim->context, info.vhost_name);
    const int port = vhost ? lws_get_vhost_listen_port(vhost) : 0;
    if (port <= 0) {
        snprintf(why, why_size, "the simulator cannot listen on 127.0.0.1");
        return false;
    }
    sim->port = (uint16_t)port;
    return true;
}
