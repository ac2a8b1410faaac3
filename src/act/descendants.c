/*
 * Who descends from this process, as /proc tells.  A process may have left its
 * group and its session; it cannot leave its ancestors, as this process is the
 * one to which orphans come (subreaper).
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act/child-internal.h"

struct process {
    pid_t pid, parent;
    bool ours;
};

struct processes {
    struct process *data;
    size_t count, capacity;
};

/* "PID (NAME) STATE PPID …"; the name may hold anything, a ")" too.  0: it has ended. */
static pid_t parent_of(const char *pid)
{
    char path[64], text[512];
    int parent = 0;
    char state = 'Z';

    snprintf(path, sizeof(path), "/proc/%.20s/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return 0;
    text[n] = '\0';
    const char *end = strrchr(text, ')');
    return end && sscanf(end + 1, " %c %d", &state, &parent) == 2 && state != 'Z' ? parent : 0;
}

static void add(struct processes *all, struct process process)
{
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? 2 * all->capacity : 256;
        struct process *data = realloc(all->data, capacity * sizeof(*data));
        if (!data)
            return; /* the next round finds the rest */
        all->data = data;
        all->capacity = capacity;
    }
    all->data[all->count++] = process;
}

static void read_all(struct processes *all)
{
    DIR *proc = opendir("/proc");
    const struct dirent *entry;

    while (proc && (entry = readdir(proc)))
        if (isdigit((unsigned char)entry->d_name[0]))
            add(all, (struct process){.pid = (pid_t)atoi(entry->d_name), .parent = parent_of(entry->d_name)});
    if (proc)
        closedir(proc);
}

/* Marks the children of a process; true if there were new ones. */
static bool mark_children(struct processes *all, pid_t parent)
{
    bool found = false;

    for (size_t i = 0; i < all->count; i++) {
        if (all->data[i].parent == parent && !all->data[i].ours)
            found = all->data[i].ours = true;
    }
    return found;
}

static void mark_descendants(struct processes *all)
{
    bool more = mark_children(all, getpid());

    while (more) {
        more = false;
        for (size_t i = 0; i < all->count; i++)
            if (all->data[i].ours && mark_children(all, all->data[i].pid))
                more = true;
    }
}

unsigned gp_descendants_kill(int signal)
{
    struct processes all = {0};
    unsigned count = 0;

    read_all(&all);
    mark_descendants(&all);
    for (size_t i = 0; i < all.count; i++)
        if (all.data[i].ours && kill(all.data[i].pid, signal) == 0)
            count++;
    free(all.data);
    return count;
}
