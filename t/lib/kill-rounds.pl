#!/usr/bin/perl
# kill-rounds.pl ROUNDS USERS [SEED]: real processes, real disk, `kill -9` at random moments.
#
# Each round runs an operation that makes, replaces, moves and removes files all over a postoffice of USERS users, kills
# it somewhere, recovers (some rounds kill the recovery too) and compares the tree with what it was before and with what
# the operation makes of it: names, bytes, modes and, before, times.  Prints a line of totals; status 1 if anything was
# between, lost or left over.  $GATEPOST names the program.
use strict;
use warnings;
use Digest::SHA;
use File::Find;
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use POSIX qw(WNOHANG);
use Time::HiRes qw(time usleep);

my ($rounds, $users, $seed) = (@ARGV, 1);
my $program = $ENV{GATEPOST} or die "GATEPOST names no program\n";
my $top     = tempdir('gatepost-kill.XXXXXX', TMPDIR => 1, CLEANUP => 1);
my ($tree, $rules, $log) = ("$top/po", "$top/kill", "$top/log");
srand $seed;

# --- the postoffice and the operation ----------------------------------------------------------------------------

sub spew {
    my ($path, $bytes) = @_;
    open my $out, '>', $path or die "$path: $!\n";
    print $out $bytes;
    close $out or die "$path: $!\n";
    utime 841_536_000, 841_536_000, $path;
}

sub build {
    mkdir "$tree$_" for '', '/GLB', '/KEY', '/MBG', '/NME', '/MAI', '/ATT';
    spew("$tree/GLB/MASTER.GLB", "\0" x 176);
    spew("$tree/GLB/ACCESS.GLB", "\1" x (586 * $users));
    for my $user (1 .. $users) {
        spew(sprintf("$tree/KEY/%08X.KEY", $user), "\0" x 560);
        spew(sprintf("$tree/MBG/%08X.MBG", $user), "\2" x 116);
    }
    utime 841_536_000, 841_536_000, map {"$tree$_"} '/GLB', '/KEY', '/MBG', '/NME', '/MAI', '/ATT', '';
}

sub write_rules {
    my @steps = (
        '{ patch: GLB/MASTER.GLB, at: 148, u8: 1 }',
        '{ move: GLB/ACCESS.GLB, to: NME/ACCESS.GLB }',
        '{ mkdir: [CAL, MMF] }',
        '{ write: CAL/SCHEDULE.KEY, zeros: 1000 }',
        '{ copy: KEY, to: INI }',
        '{ remove: "KEY/*1.KEY" }',
        '{ attributes: GLB/MASTER.GLB, read-only: true }',
    );
    push @steps, map { sprintf '{ patch: MBG/%08X.MBG, at: %d, string: %s }', $_, $_ % 100, 'XY' } 1 .. ($users < 60 ? $users : 60);
    push @steps, map { sprintf '{ write: MAI/%08X.MAI, text: "message %d" }', $_, $_ } 1 .. 40;
    mkdir $rules;
    spew("$rules/ruleset.yaml",
        "gatepost: 1\nruleset: kill\ntitle: Kill\nversion: 1.0.0\nnames: dos\noperations:\n  act:\n    title: Act\n"
            . "    requires:\n      there: { that: { file: GLB/MASTER.GLB, size: 176 }, otherwise: { cause: None. } }\n"
            . "    action:\n" . join('', map {"      - $_\n"} @steps));
}

# --- looking ------------------------------------------------------------------------------------------------------

sub slurp {
    my ($path) = @_;
    open my $in, '<', $path or return "unreadable: $!";
    local $/;
    return <$in> // '';
}

# What is there, but GATEPOST; with times or without.
sub picture {
    my ($times) = @_;
    my @lines;
    find(
        {   no_chdir   => 1,
            preprocess => sub { sort grep { $_ ne 'GATEPOST' } @_ },
            wanted     => sub {
                my @st = lstat;
                push @lines, join ' ', substr($_, length $tree), sprintf('%o', $st[2]), ($times ? $st[9] : ()),
                    -f _ ? ($st[7], Digest::SHA::sha256_hex(slurp($_))) : ();
            },
        },
        $tree
    );
    return join "\n", @lines;
}

sub ledger_lines { my $text = -e "$tree/GATEPOST/LEDGER" ? slurp("$tree/GATEPOST/LEDGER") : ''; return $text =~ tr/\n// }

# --- acting -------------------------------------------------------------------------------------------------------

# Runs gatepost; kills it after `$after` seconds if that is given, counted from when the journal lies there with
# `$journal`.  Its wait status.
sub gatepost {
    my ($after, @words) = @_;
    my $journal = @words && $words[0] eq 'journal' && shift @words;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        open STDOUT, '>', $log;
        open STDERR, '>&', \*STDOUT;
        exec $program, @words or exit 127;
    }
    if (defined $after) {
        while ($journal && !-e "$tree/GATEPOST/JOURNAL") {
            return $? if waitpid($pid, WNOHANG) == $pid;
        }
        usleep($after * 1e6);
        kill 9, $pid;
    }
    waitpid $pid, 0;
    return $?;
}

sub fresh {
    remove_tree($tree);
    build();
}

# How long a run takes, and how long of that the journal lies there; the shortest of three.
sub measure {
    my ($whole, $commit) = (10, 10);
    for (1 .. 3) {
        fresh();
        my $began = time;
        my $pid   = fork // die "fork: $!\n";
        if (!$pid) {
            open STDOUT, '>', $log;
            open STDERR, '>&', \*STDOUT;
            exec $program, '-r', $rules, 'run', 'act', $tree or exit 127;
        }
        my $journal;
        while (waitpid($pid, WNOHANG) == 0) {
            $journal //= time if -e "$tree/GATEPOST/JOURNAL";
        }
        die 'the operation does not work: ' . slurp($log) if $?;
        my $end = time;
        $whole  = $end - $began   if $end - $began < $whole;
        $commit = $end - $journal if $journal && $end - $journal < $commit;
    }
    return ($whole, $commit);
}

write_rules();
fresh();
my $before = picture(1);
my ($whole, $commit) = measure();
my $after = picture(0);

my %count = (killed => 0, finished => 0, before => 0, after => 0, recoveries_killed => 0, bad => 0);
for my $round (1 .. $rounds) {
    fresh();
    my @run    = ('-r', $rules, 'run', 'act', $tree);
    my $status = $round % 2 ? gatepost(rand($whole), @run) : gatepost(rand($commit), 'journal', @run);
    $count{ ($status & 127) == 9 ? 'killed' : 'finished' }++;
    if (rand() < 0.4) {
        gatepost(rand($whole * 0.5), 'recover', $tree);
        $count{recoveries_killed}++;
    }
    my $recovered = gatepost(undef, 'recover', $tree);
    my ($now, $plain) = (picture(1), picture(0));
    my $fault
        = $recovered != 0                            ? 'recover failed: ' . slurp($log)
        : $now ne $before && $plain ne $after         ? 'neither before nor after'
        : ledger_lines() != ($now eq $before ? 0 : 1) ? 'the ledger does not say what happened'
        : grep({ -e "$tree/GATEPOST/$_" } qw(TX JOURNAL JOURNAL.NEW DONE LOST)) ? 'something is left in GATEPOST'
        :                                               undef;
    $count{ $now eq $before ? 'before' : 'after' }++;
    if ($fault) {
        $count{bad}++;
        print STDERR "# round $round: $fault\n";
    }
}
printf "%d rounds, %d users, seed %d: %d killed, %d finished; %d recoveries killed; %d before, %d after; %d bad\n", $rounds,
    $users, $seed, @count{qw(killed finished recoveries_killed before after bad)};
exit($count{bad} ? 1 : 0);
