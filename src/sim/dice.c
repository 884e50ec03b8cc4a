/* SPDX-License-Identifier: MIT
 * The splitmix64 generator: one addition and a mixer, so that any seed is as good as another.
 */
#include "sim/dice.h"

#include <string.h>

static uint64_t dice_roll(struct dice *dice)
{
    uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct dice dice_seed(uint64_t seed, uint64_t serial)
{
    struct dice dice = {seed ^ (serial * UINT64_C(0xd1342543de82ef95))};
    dice_roll(&dice);
    return dice;
}

void dice_text(struct dice *dice, char *dst, size_t count, const char *alphabet)
{
    const size_t letters = strlen(alphabet);
    for (size_t i = 0; i < count; i++)
        dst[i] = alphabet[dice_roll(dice) % letters];
}
