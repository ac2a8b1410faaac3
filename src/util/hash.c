/*
 * SipHash with one round a block and three at the end: strong enough to keep an
 * attacker from choosing collisions, and cheap for keys of a dozen bytes.
 */
#include "util/hash.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/auxv.h>

#include "util/text.h"

struct state {
    uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

static inline void round_of(struct state *s)
{
    s->v0 += s->v1;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v2 = rotate(s->v2, 32);
}

static inline void block(struct state *s, uint64_t word)
{
    s->v3 ^= word;
    round_of(s);
    s->v0 ^= word;
}

/* The kernel leaves 16 random bytes with every process.  Their address is kept because asking for it is a walk through
 * a list; every thread would store the same one.  Should they be missing, address space randomisation has to do. */
static void seed(uint64_t ret_seed[2])
{
    static _Atomic(const void *) kept;
    const void *random = atomic_load_explicit(&kept, memory_order_relaxed);

    if (!random) {
        random = (const void *)getauxval(AT_RANDOM);
        atomic_store_explicit(&kept, random, memory_order_relaxed);
    }
    if (random) {
        memcpy(ret_seed, random, 2 * sizeof(ret_seed[0]));
    } else {
        ret_seed[0] = (uint64_t)(uintptr_t)&kept;
        ret_seed[1] = (uint64_t)(uintptr_t)&getauxval;
    }
}

/* Up to eight bytes as a number; which byte order does not matter. */
static inline uint64_t word_at(const char *data, size_t len, bool fold)
{
    unsigned char bytes[8] = {0};

    memcpy(bytes, data, len);
    if (fold)
        for (size_t i = 0; i < len; i++)
            bytes[i] = (unsigned char)gp_ascii_lower((char)bytes[i]);
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    return word;
}

uint64_t gp_hash(struct gp_str key, uint64_t salt, bool fold)
{
    uint64_t k[2];
    seed(k);
    struct state s = {k[0] ^ 0x736f6d6570736575, k[1] ^ 0x646f72616e646f6d, k[0] ^ 0x6c7967656e657261,
                      k[1] ^ 0x7465646279746573};

    block(&s, salt);
    size_t at = 0;
    for (; key.len - at >= 8; at += 8)
        block(&s, word_at(key.data + at, 8, fold));
    if (at < key.len)
        block(&s, word_at(key.data + at, key.len - at, fold));
    block(&s, (uint64_t)key.len); /* tells "a" from "a\0" */
    s.v2 ^= 0xff;
    round_of(&s);
    round_of(&s);
    round_of(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
