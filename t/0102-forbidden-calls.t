#!/bin/sh
# Calls that this program does not make, or makes in one place only.  Comments and strings are not looked at; calls
# through a table (sys->openat(…)) are not calls of libc.
. "${0%/*}/lib/test-lib.sh"

cat >"$tap_dir/calls.pl" <<'END'
use strict;
use warnings;
use File::Find;
my ($top) = @ARGV;
my @rules = (
    # where, except where, the words, why
    [qr{^src/}, qr{^$}, 'strcpy strcat sprintf vsprintf gets', 'writes without a limit'],
    [qr{^src/}, qr{^$}, 'system popen', 'a shell'],
    [qr{^src/}, qr{^$}, 'alloca strtok localtime gmtime ctime', 'not safe for stack or threads'],
    [qr{^src/}, qr{^$}, 'mmap', 'a tree that shrinks would kill us: pread'],
    [qr{^src/}, qr{^src/cli/}, 'printf vprintf puts putchar perror exit abort', 'only src/cli prints and ends'],
    # Files about a foreign program deal with pipes, /proc and the places of programs; its tree comes from work.c.
    [qr{^src/(?:probe|eval|act)/}, qr{^src/act/(?:child|child-become|descendants|exec-words)\.c$},
        'open openat openat2 creat fopen fdopen freopen stat lstat fstat fstatat statx access faccessat euidaccess
         statvfs fstatvfs opendir fdopendir readdir scandir nftw getdents64 readlink readlinkat realpath
         read readv pread preadv write writev pwrite pwritev sendfile copy_file_range
         rename renameat renameat2 unlink unlinkat remove mkdir mkdirat rmdir mknod mknodat link linkat symlink symlinkat
         chmod fchmod fchmodat chown fchown lchown fchownat utime utimes utimensat futimens futimes
         truncate ftruncate fallocate posix_fallocate fsync fdatasync sync syncfs flock lockf fcntl ioctl
         getxattr fgetxattr lgetxattr setxattr fsetxattr listxattr flistxattr syscall',
        'a tree is touched through struct gp_sys (src/util/sys.h) alone'],
);
for (@rules) {
    my $words = join '|', split ' ', $_->[2];
    $_->[2] = qr{(?<![\w.])(?<!->)($words)\s*\(};
}
my $found = 0;
my @files;
find({ no_chdir => 1, wanted => sub { push @files, $_ if /\.[ch]$/ } }, "$top/src");
for my $file (sort @files) {
    open my $in, '<', $file or die "$file: $!\n";
    my $text = do { local $/; <$in> };
    my @raw = split /\n/, $text;
    # Comments, strings and characters become blanks; lines stay lines.
    $text =~ s{(/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')}{ $1 =~ s/[^\n]/ /gr }gse;
    my $path = $file =~ s{^\Q$top\E/}{}r;
    my $line = 0;
    for my $code (split /\n/, $text) {
        $line++;
        # What is not a tree, for example the pipe to a child, says so where it is used.
        next if $raw[$line - 1] =~ /not a tree/;
        for my $rule (@rules) {
            my ($where, $except, $call, $why) = @$rule;
            next if $path !~ $where || $path =~ $except;
            # A pointer's declaration, int (*open)(…), has no "(" right after the word.
            print "$path:$line: $1: $why\n" and $found = 1 while $code =~ /$call/g;
        }
        print "$path:$line: $1: only src/cli prints\n" and $found = 1
            if $path !~ m{^src/cli/} && $code =~ /(?<![\w.>])(stdout|stderr)\b/;
    }
}
exit $found;
END
check_calls() { perl "$tap_dir/calls.pl" "$1"; }

exits 0 "no forbidden call" check_calls "$srcdir"

mkdir -p "$work/src/util" "$work/src/act" "$work/src/cli" "$work/src/probe"
cat >"$work/src/act/fine.c" <<'END'
/* unlink(name) and printf("x") in a comment, // strcpy(a, b) */
int f(const struct gp_sys *sys) { return sys->unlinkat(sys, 3, "open(name)", 0) + t.open(1) + gp_open(2); }
struct t { int (*open)(const char *name); char quote; };
char c = '"'; // system("x")
int g(int fd) { return write(fd, "x", 1); /* the child's pipe, not a tree */ }
END
echo 'int main(void) { printf("%s", "x"); exit(0); }' >"$work/src/cli/fine.c"
echo 'int f(void) { return unlinkat(3, "x", 0); }' >"$work/src/util/sys.c"
exits 0 "what is allowed passes" check_calls "$work"

# planted PLACE CODE WORD: a violation is found.
planted() {
    printf '/* a\n * comment */\nvoid f(void) { %s; }\n' "$2" >"$work/src/$1"
    exits 1 "planted: $2 in src/$1" check_calls "$work"
    has "  is named" "src/$1:3: $3"
    rm "$work/src/$1"
}
planted util/a.c 'strcpy(a, b)' strcpy
planted cli/a.c 'sprintf (a, "%%s", b)' sprintf
planted cli/a.c 'system("ls")' system
planted probe/a.h 'p = mmap(0, n, 1, 2, fd, 0)' mmap
planted util/a.c 'printf("%%d", 1)' printf
planted util/a.c 'fprintf(stderr, "x")' stderr
planted act/a.c 'exit(1)' exit
planted act/a.c 'unlink(name)' unlink
planted probe/a.c 'int fd = openat(dir, name, 0)' openat
planted probe/a.c "c = '\"'; fstat(fd, &st); c = '\"'" fstat

done_testing
